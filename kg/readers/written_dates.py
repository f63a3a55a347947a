"""Calendar dates as articles write them: "Sep 19, 2023", "19 September 2023", "2023-09-19".

Only what needs no context is read here: dates with a year, and day and month without one. What
"Tuesday" or "last month" mean is for `kg.extraction.dates`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

# English, not `calendar.month_name`, which follows the locale.
# fmt: off
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# fmt: on

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
# A clock time may be glued to the year where a page was copied: "September 19, 20233:15 PM".
YEAR = r"(?:19|20)[0-9]{2}(?=[0-9]{1,2}:[0-9]{2}|[^0-9]|$)"
DAY = r"(?<![0-9])[0-3]?[0-9](?:st|nd|rd|th)?"

FULL = re.compile(
    rf"""
      (?P<iso_y>(?<![0-9])(?:19|20)[0-9]{{2}})-(?P<iso_m>[01][0-9])-(?P<iso_d>[0-3][0-9])(?![0-9])
    | \b(?P<mdy_m>{MONTH})\s{{0,2}}(?P<mdy_d>{DAY})(?:\s?,\s{{0,2}}|\s{{1,2}})(?P<mdy_y>{YEAR})
    | (?P<dmy_d>{DAY})(?:\s?(?:of\s)?|-)(?P<dmy_m>{MONTH})(?:\s?,?\s{{0,2}}|-)(?P<dmy_y>{YEAR})
    | (?<![0-9./])(?P<num_a>[0-3]?[0-9])(?P<sep>[./])(?P<num_b>[0-3]?[0-9])(?P=sep)(?P<num_y>{YEAR})
    """,
    re.IGNORECASE | re.VERBOSE,
)
DAY_MONTH = re.compile(
    rf"\b(?P<mdy_m>{MONTH})\s{{0,2}}(?P<mdy_d>{DAY})(?![0-9])"
    rf"|(?P<dmy_d>{DAY})(?:\s?(?:of\s)?|-)(?P<dmy_m>{MONTH})(?![a-z])",
    re.IGNORECASE,
)


class WrittenDate(NamedTuple):
    """A day of the calendar and where it stands, half-open, in code points."""

    start: int
    end: int
    day: date


class DayOfYear(NamedTuple):
    """A day without its year and where it stands."""

    start: int
    end: int
    month: int
    day: int

    def in_year(self, year: int) -> date | None:
        """The day in some year; `None` for 29 February of most."""
        return _date(year, self.month, self.day)


def full_dates(text: str) -> Iterator[WrittenDate]:
    """The dates with a year, in reading order; those that no calendar has are left out.

    Numbers alone count only where they can be read in one way: 19/09/2023 and 03.04.2023 (day
    first), not 03/04/2023.
    """
    for match in FULL.finditer(text):
        day = _day(match)
        if day is not None:
            yield WrittenDate(match.start(), match.end(), day)


def days_of_year(text: str) -> Iterator[DayOfYear]:
    """The days without a year: "September 19", "19 Sept"; in reading order."""
    for match in DAY_MONTH.finditer(text):
        group = "mdy" if match["mdy_m"] else "dmy"
        month, day = _month(match[f"{group}_m"]), _number(match[f"{group}_d"])
        if _date(2000, month, day):
            yield DayOfYear(match.start(), match.end(), month, day)


def _day(match: re.Match[str]) -> date | None:
    for form in ("iso", "mdy", "dmy"):
        if year := match[f"{form}_y"]:
            month = match[f"{form}_m"]
            month_number = int(month) if month.isdigit() else _month(month)
            return _date(int(year), month_number, _number(match[f"{form}_d"]))
    first, second, year = int(match["num_a"]), int(match["num_b"]), int(match["num_y"])
    if match["sep"] == ".":  # full stops are written where the day comes first
        return _date(year, second, first)
    if first == second or second > 12:
        return _date(year, first, second)
    if first > 12:
        return _date(year, second, first)
    return None


def _month(name: str) -> int:
    return next(i for i, month in enumerate(MONTHS, 1) if month.startswith(name[:3].lower()))


def _number(day: str) -> int:
    return int(day.lower().rstrip("stndrh"))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
