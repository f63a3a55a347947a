"""A text with what has been read of its dates so far: the anchors of relative ones, the tense
around them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from kg.extraction.date_calendar import (
    Days,
    month_days,
)
from kg.extraction.date_patterns import words

Direction = Literal["past", "future"]


class Found(NamedTuple):
    """What a reader read: where it ends, the days, the rule; `year` if the words name one.

    `days` is `None` for a date that cannot be (30 February): its words are consumed and say
    nothing.
    """

    end: int
    days: Days | None
    rule: str
    year: int | None = None


@dataclass(slots=True)
class Timeline:
    """A text with what has been read of its dates so far; the anchor of "that year" and "a day
    later".

    `day_first` says how 03/04/2023 is to be read; `None` keeps it ambiguous.
    """

    text: str
    published: date | None = None
    day_first: bool | None = None
    last: Days | None = None
    last_end: int = 0
    last_year: int | None = None
    context: tuple[int, int] | None = None
    """Year and month of the last day or month told with its year."""
    fronted: bool = False
    """It opens its sentence, and with it a story: "In May 2021 they met. In July …"."""

    def note(self, found: Found, start: int) -> None:
        """Remember an expression, for those that refer back to it."""
        if found.days is None or (found.days.start is None and found.days.end is None):
            return
        self.last, self.last_end = found.days, found.end
        if found.year is not None:
            self.last_year = found.year
        explicit = found.year is not None and found.days.granularity in {"day", "month", "period"}
        month = found.days.end.month if explicit and found.days.end is not None else 12
        self.context = (found.year, month) if explicit and found.year is not None else None
        self.fronted = self.context is not None and self._opens(start)

    def word_before(self, pos: int) -> str:
        """The word that ends before a position, on its line, in lower case."""
        found = re.search(
            r"([^\W_]+)[ \t\u00a0\u202f(“\"'‘]{0,3}$", self.text[max(0, pos - 20) : pos]
        )
        return found[1].lower() if found else ""

    def anchor(self, pos: int) -> Days | None:
        """The last date before a position that "later" and "the same day" may refer to."""
        # 600: about a paragraph of agency prose and the one before it
        return self.last if self.last and pos - self.last_end < 600 else None

    def direction(self, start: int, end: int) -> Direction | None:
        """Whether the clause around some words is about what was or what is to come."""
        left = re.split(r"[.!?][”\"’]?\s|\n|[;:]\s", self.text[max(0, start - 110) : start])[-1]
        found = _direction_left(left)
        if found is None or not left.strip():
            right = re.split(r"[.!?][”\"’]?\s|\n|[;:]\s", self.text[end : end + 110])[0]
            return found or _direction_right(right)
        return found

    def _describes(self, start: int) -> bool:
        """ "the ceasefire of November": what has happened is told from others by its month."""
        found = _DESCRIBED.search(self.text[max(0, start - 60) : start])
        return found is not None and found["noun"].lower() not in words("undescribed")

    def _opens(self, start: int) -> bool:
        left = self.text[max(0, start - 3) : start].rstrip(' “"\u00a0')
        return not left or left[-1] in ".!?\n"

    def _told_year(self, month: int, day: int | None, start: int) -> int | None:
        """The year that the sentence tells, or for a day its paragraph.

        Told in one sentence, what follows comes later: "signed in June 2023, broke in January".
        """
        if self.context is None:
            return None
        (year, last), between = self.context, self.text[self.last_end : start]
        apart = _SENTENCE_END.search(between) is not None
        if "\n" in between or (self.published is not None and year >= self.published.year):
            return None
        if self.published is None:
            return year
        if apart:
            return year if day is not None or (self.fronted and month >= last) else None
        past = (self.published.year, self.published.month)
        return year + 1 if month < last and (year + 1, month) <= past else year

    def year_for(self, month: int, day: int | None, start: int, end: int) -> int | None:
        """The year meant by a month (and day) without one."""
        told = self._told_year(month, day, start)
        if told is not None:
            return told
        if self.published is None:
            return None
        today = self.published
        named = (month, day or (today.day if month == today.month else 1))
        now = (today.month, today.day)
        before = today.year if named <= now else today.year - 1
        after = today.year if named >= now else today.year + 1
        direction = "past" if self._describes(start) else self.direction(start, end)
        if direction is None and before != after:
            past, future = (month_days(y, month) for y in (before, after))
            if past and future and past.start and future.start:
                nearer_future = (today - past.start).days > 2 * (future.start - today).days
                direction = "future" if nearer_future else "past"
        return after if direction == "future" else before


_DESCRIBED = re.compile(
    r"\b(?:the|that|this|its|their|his|her)[ \u00a0](?:[\w’'-]+[ \u00a0]){0,3}?"
    r"(?P<noun>[^\W\d_]{4,})[ \u00a0]of[ \u00a0]$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?][”\"’]?\s+[^\W\d_a-z]")
_WORDS = re.compile(r"[^\W\d_]+(?:[’'][a-z]+)?")


def _direction_left(text: str) -> Direction | None:
    tokens = [w.lower() for w in _WORDS.findall(text)][-12:]
    future, past = words("future"), words("past")
    for i in range(len(tokens) - 1, -1, -1):
        token = tokens[i]
        if token in future or token.endswith(("’ll", "'ll")):
            return "future"
        if token in past or (token.endswith("ed") and len(token) > 3):
            if any(t in future or t.endswith("’ll") for t in tokens[max(0, i - 4) : i]):
                between = tokens[max(0, i - 4) : i]
                return "past" if "that" in between[-1:] else "future"
            return "past"
    return None


def _direction_right(text: str) -> Direction | None:
    future, past = words("future"), words("past")
    for token in [w.lower() for w in _WORDS.findall(text)][:12]:
        if token in {"by", "until", "till"}:
            continue  # what is dated by them stands behind them
        if token in future or token.endswith(("’ll", "'ll")):
            return "future"
        if token in past or (token.endswith("ed") and len(token) > 3):
            return "past"
    return None
