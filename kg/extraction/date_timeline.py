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
    context_year: int | None = None

    def note(self, found: Found, end: int) -> None:
        """Remember an expression, for those that refer back to it."""
        if found.days is None or (found.days.start is None and found.days.end is None):
            return
        self.last, self.last_end = found.days, end
        if found.year is not None:
            self.last_year = found.year
        explicit = found.year is not None and found.days.granularity in {"day", "month", "period"}
        self.context_year = found.year if explicit else None

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

    def year_for(self, month: int, day: int | None, start: int, end: int) -> int | None:
        """The year meant by a month (and day) without one."""
        here = self.context_year is not None and "\n" not in self.text[self.last_end : start]
        if here and (self.published is None or (self.context_year or 0) < self.published.year):
            return self.context_year
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
