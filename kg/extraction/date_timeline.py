"""A text with what has been read of its dates so far: the anchors of relative ones, the tense
around them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from kg.extraction.date_calendar import (
    Days,
    month_days,
)
from kg.extraction.date_direction import Direction, around, before, is_promised, is_vowed
from kg.extraction.date_patterns import words


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
        return around(self.text, start, end)

    def _described(self, start: int) -> str | None:
        """The noun that a date tells from others: "the *ceasefire* of November"."""
        found = _DESCRIBED.search(self.text[max(0, start - 60) : start])
        return found["noun"].lower() if found else None

    def _distinguishes(self, start: int, end: int, day: int | None) -> bool:
        """A day tells its noun from others, in any tense: "the 5 May truce", "talks of 5 May"."""
        if day is None:
            return False
        if self._described(start) is not None:
            return True
        owned = self.word_before(start) in _OWNING or self.text[start:end].startswith("the ")
        return owned and _NOUN_AFTER.match(self.text[end : end + 20]) is not None

    def _noun_after(self, start: int, end: int) -> str:
        """The noun that a day stands before: "the September 11 *attacks*"."""
        owned = self.word_before(start) in _OWNING or self.text[start:end].startswith("the ")
        found = _WORD_AFTER.match(self.text[end : end + 24]) if owned else None
        return found[1].lower() if found else ""

    def _known_day(self, month: int, day: int | None, start: int, end: int) -> int | None:
        """The year of a day that an event is known by everywhere."""
        if day is None:
            return None
        return words("known_day").get(f"{month}-{day} {self._noun_after(start, end)}")

    def _is_inside(self, start: int) -> bool:
        """A word stands before it in its clause: "the raid on 3 May could", not ", on 3 May"."""
        return self.text[max(0, start - 40) : start].rstrip(" \u00a0")[-1:].isalnum()

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
        known = self._known_day(month, day, start, end)
        if known is not None and (self.published is None or known <= self.published.year):
            return known
        if self.published is None:
            return None
        today = self.published
        named = (month, day or (today.day if month == today.month else 1))
        now = (today.month, today.day)
        earlier = today.year if named <= now else today.year - 1
        later = today.year if named >= now else today.year + 1
        past, future = (month_days(y, month) for y in (earlier, later))
        if earlier == later or not past or not future or not past.start or not future.start:
            return later if self.direction(start, end) == "future" else earlier
        first = day or 1
        behind = (today - past.start).days - first
        ahead = (future.start - today).days + first
        return later if self._is_ahead(start, end, day, behind, ahead) else earlier

    def _is_ahead(self, start: int, end: int, day: int | None, behind: int, ahead: int) -> bool:
        """The day or month to come is meant, so many days ahead, not the last, so many behind."""
        described = self._described(start)
        if described is not None and described not in words("undescribed"):
            return False
        left, whole = before(self.text, start), self.direction(start, end)
        if day is not None and self._noun_after(start, end) in words("happened"):
            return False  # "the May 9 attack" has been
        if self._distinguishes(start, end, day):
            return (2 if whole == "past" else 1) * ahead < behind
        if left == "past" and is_vowed(self.text, start):
            return True
        open_ = left == "past" and is_promised(self.text, start)
        if open_:
            return ahead < behind  # "decided to leave on 3 May": which verb's day it is, is open
        if whole is None:
            return behind > 2 * ahead
        if left is None and whole == "future" and self._is_inside(start):
            return ahead <= 2 * behind  # "his arrest on 3 May could …": it may have been
        return whole == "future"


_DESCRIBED = re.compile(
    r"\b(?:the|that|this|its|their|his|her)[ \u00a0](?:[\w’'-]+[ \u00a0]){0,3}?"
    r"(?P<noun>[^\W\d_]{4,})[ \u00a0]of[ \u00a0]$",
    re.IGNORECASE,
)
_OWNING = frozenset({"the", "a", "an", "its", "his", "her", "their", "this", "that"})
_NOUN_AFTER = re.compile(r"[ \u00a0][a-z]{4,}")
_WORD_AFTER = re.compile(r"[ \u00a0]([a-z]{4,})")
_SENTENCE_END = re.compile(r"[.!?][”\"’]?\s+[^\W\d_a-z]")
