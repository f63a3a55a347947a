"""Calendar arithmetic for dates of news: the days of a month, a year, a part of one.

Conventions, where words are vague: the start, middle and end of a month are its ten-day thirds; the
start and end of a year its first and last quarter; early, mid and late take thirds of a year,
decade
or century.
"""

from __future__ import annotations

import calendar
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import NamedTuple

from kg.extraction.date_patterns import words


class Days(NamedTuple):
    """Days from `start` to `end`, both included; an open or unknown side is `None`."""

    start: date | None
    end: date | None
    granularity: str


def month_days(year: int, month: int) -> Days | None:
    """All days of a month."""
    if not MINYEAR <= year < MAXYEAR:
        return None
    return Days(
        date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month"
    )


def year_days(year: int) -> Days | None:
    """All days of a year."""
    return Days(date(year, 1, 1), date(year, 12, 31), "year") if MINYEAR <= year < MAXYEAR else None


def one_day(day: date) -> Days:
    """One day alone."""
    return Days(day, day, "day")


def shifted_month(day: date, months: int) -> Days | None:
    """The month that lies some months after (before, if negative) that of a day."""
    index = day.year * 12 + day.month - 1 + months
    return month_days(index // 12, index % 12 + 1)


def shifted_day(day: date, days: int) -> date | None:
    """The day some days later; `None` beyond the calendar."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return None


def shifted(day: date, unit: str, number: int) -> Days | None:
    """The calendar unit that lies `number` units after that of a day."""
    if unit in {"day", "night", "hour"}:
        other = shifted_day(day, number if unit != "hour" else 0)
        return one_day(other) if other else None
    if unit in {"week", "fortnight"}:
        monday = shifted_day(day, number * (7 if unit == "week" else 14) - day.weekday())
        last = shifted_day(monday, 6) if monday else None
        return Days(monday, last, "week") if last else None
    if unit == "weekend":
        saturday = shifted_day(day - timedelta(day.weekday()), 5 + 7 * number)
        sunday = shifted_day(saturday, 1) if saturday else None
        return Days(saturday, sunday, "weekend") if sunday else None
    if unit == "month":
        return shifted_month(day, number)
    if unit == "quarter":
        opening = shifted_month(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3 * number)
        closing = shifted_month(opening.start, 2) if opening and opening.start else None
        return Days(opening.start, closing.end, "quarter") if opening and closing else None
    size = {"year": 1, "decade": 10, "century": 100}[unit]
    year = day.year // size * size + number * size
    first_year, last_year = year_days(year), year_days(year + size - 1)
    return Days(first_year.start, last_year.end, unit) if first_year and last_year else None


def moved(day: date, unit: str, number: int) -> date | None:
    """The same day some units later, in the month's last day where the month is shorter."""
    if unit in {"day", "night", "week", "fortnight", "weekend"}:
        return shifted_day(day, number * {"week": 7, "weekend": 7, "fortnight": 14}.get(unit, 1))
    if unit == "hour":
        return shifted_day(day, -(-number // 24) if number > 0 else number // 24)
    months = number * {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
    month = shifted_month(day, months)
    if month is None or month.start is None or month.end is None:
        return None
    return month.start.replace(day=min(day.day, month.end.day))


def number_of(word: str) -> int | None:
    """The number that a word or digits stand for; `None` where it is vague."""
    word = word.lower().strip()
    if word.isdigit():
        return int(word)
    return 2 if word == "a couple of" else words("number").get(word)


def part_of(days: Days, part: str) -> Days:
    """The start, middle or end of a month, year, decade … (see the module's conventions)."""
    if days.start is None or days.end is None:
        return days
    length = (days.end - days.start).days + 1
    first, last = days.start, days.end
    if part in {"first half", "second half", "latter half"}:
        half = length // 2
        if days.granularity == "year":
            cut = date(first.year, 7, 1)
        elif days.granularity == "month":
            cut = date(first.year, first.month, 16)
        elif days.granularity in {"decade", "century"}:
            cut = date((first.year + last.year + 1) // 2, 1, 1)
        else:
            cut = first + timedelta(half)
        return (
            Days(first, cut - timedelta(1), "period")
            if part == "first half"
            else Days(cut, last, "period")
        )
    if days.granularity == "month":
        lo, hi = {"first": (1, 10), "middle": (11, 20), "last": (21, 31)}[_third(part)]
        return Days(first.replace(day=lo), first.replace(day=min(hi, last.day)), "period")
    if days.granularity == "year":
        quarter = part in {"start", "beginning", "end", "close", "opening"}
        low, high = {
            "first": (1, 3 if quarter else 4),
            "middle": (5, 8),
            "last": (10 if quarter else 9, 12),
        }[_third(part)]
        end = month_days(first.year, high)
        return Days(date(first.year, low, 1), end.end if end else None, "period")
    if days.granularity in {"decade", "century"}:
        step = (last.year - first.year + 1) // 3
        cuts = {
            "first": (0, step),
            "middle": (step, last.year - first.year - step),
            "last": (last.year - first.year - step, last.year - first.year),
        }
        low, high = cuts[_third(part)]
        return Days(date(first.year + low, 1, 1), date(first.year + high, 12, 31), "period")
    if days.granularity == "week":
        low, high = {"first": (0, 1), "middle": (2, 3), "last": (4, 6)}[_third(part)]
        return Days(first + timedelta(low), first + timedelta(high), "period")
    return days


def _third(part: str) -> str:
    if part in {"start", "beginning", "opening", "early", "first days"}:
        return "first"
    return "middle" if part in {"middle", "mid"} else "last"
