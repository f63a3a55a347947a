"""Parts of days, months and years: "early 2020", "the end of May", "noon on Friday"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from kg.extraction.date_calendar import Days, month_days, part_of, shifted
from kg.extraction.date_patterns import patterns
from kg.extraction.date_readers import (
    calendar_date,
    century,
    decade,
    quarter,
    season,
    year_alone,
    year_range,
)
from kg.extraction.date_relative import deictic, relative, weekday
from kg.extraction.date_timeline import Found, Timeline

Reader = Callable[[Timeline, int], Found | None]


def first_of(line: Timeline, pos: int, readers: tuple[Reader, ...]) -> Found | None:
    """What the reader that reads furthest finds; of equals, the first."""
    best: Found | None = None
    for reader in readers:
        found = reader(line, pos)
        if found is not None and (best is None or found.end > best.end):
            best = found
    return best


def clock_time(line: Timeline, pos: int) -> Found | None:
    """A time of day before its day: "12:00 [08:00 am GMT] on September 19", "noon on Friday"."""
    m = patterns().clock.match(line.text, pos)
    if not m or "\n" in m[0]:
        return None
    day = first_of(line, m.end(), (calendar_date, weekday, deictic, relative))
    if day is None or day.days is None or day.days.granularity != "day":
        return None
    return day._replace(rule=f"time of day, {day.rule}")


def early(line: Timeline, pos: int) -> Found | None:
    """ "early 2020", "mid-September", "late last year", "earlier in September", "later in the
    day", "late on Monday".
    """
    m = patterns().early.match(line.text, pos)
    if not m:
        return None
    part = m["part"].lower()
    whole = (
        _unit_of_publication(line, m.end(), m["unit"])
        if m["unit"]
        else first_of(
            line,
            m.end(),
            (
                year_range,
                calendar_date,
                decade,
                century,
                season,
                relative,
                weekday,
                deictic,
                year_alone,
            ),
        )
    )
    if whole is None or whole.days is None:
        return whole
    days = whole.days
    if m["unit"] == "day" and line.anchor(pos) is None and line.published is None:
        days = Days(None, None, "day")
    if part in {"earlier", "later"}:
        days = _cut_at_publication(line, days, part)
    elif days.granularity in {"month", "year", "decade", "century", "week"}:
        days = part_of(days, part)
    return Found(whole.end, days, f"{part}: {whole.rule}", whole.year)


def _cut_at_publication(line: Timeline, days: Days, part: str) -> Days:
    today = line.published
    if (
        today is None
        or days.start is None
        or days.end is None
        or not days.start <= today <= days.end
    ):
        return days
    if part == "earlier":
        return Days(days.start, today, days.granularity)
    return Days(today, days.end, days.granularity)


def _unit_of_publication(line: Timeline, end: int, unit: str) -> Found:
    days = shifted(line.published, unit, 0) if line.published else None
    return Found(end, days or Days(None, None, unit), "relative to publication")


def part(line: Timeline, pos: int) -> Found | None:
    """ "the end of September 2020", "the first half of the year", "the beginning of last month",
    "year-end".
    """
    p = patterns()
    if m := p.ends.match(line.text, pos):
        whole = _unit_of_publication(line, m.end(), "month" if m["m"] else "year")
        return Found(m.end(), part_of(whole.days, "end") if whole.days else None, "end of the year")
    m = p.part.match(line.text, pos)
    if not m or m["part"] == "eve":
        return None
    if m["unit"]:
        whole = _unit_of_publication(line, m.end(), m["unit"])
    else:
        whole_or_none = first_of(
            line, m.end(), (calendar_date, decade, century, relative, season, year_alone, quarter)
        )
        if whole_or_none is None:
            return None
        whole = whole_or_none
    if whole.days is None:
        return whole
    name = m["part"].lower()
    days = _nth(whole.days, m["nth"], m["sub"]) if m["nth"] else part_of(whole.days, name)
    return Found(whole.end, days, f"{name} of: {whole.rule}", whole.year)


def _nth(days: Days, nth: str, sub: str) -> Days:
    """The first week of May, the last month of the year."""
    if days.start is None or days.end is None:
        return Days(None, None, "period")
    if sub == "days":
        week = timedelta(6)
        return (
            Days(days.start, days.start + week, "period")
            if nth == "first"
            else Days(days.end - week, days.end, "period")
        )
    step = {"week": 7, "month": 30, "quarter": 91}[sub]
    count = {"first": 0, "second": 1, "third": 2, "fourth": 3}.get(nth)
    if sub in {"month", "quarter"} and days.granularity == "year":
        size = 1 if sub == "month" else 3
        first_month = 13 - size if count is None else 1 + count * size
        first = month_days(days.start.year, first_month)
        last = month_days(days.start.year, first_month + size - 1)
        return Days(first.start if first else None, last.end if last else None, sub)
    if count is None:
        return Days(days.end - timedelta(step - 1), days.end, "period")
    low = days.start + timedelta(count * step)
    return Days(min(low, days.end), min(low + timedelta(step - 1), days.end), "period")
