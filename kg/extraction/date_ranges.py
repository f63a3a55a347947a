"""From one date to another: "from 3 to 5 May", "Monday to Friday", "May 3, 5 and 9"."""

from __future__ import annotations

import re
from datetime import timedelta

from kg.extraction.date_calendar import Days, shifted
from kg.extraction.date_parts import Reader, early, first_of, part
from kg.extraction.date_patterns import patterns, words
from kg.extraction.date_readers import (
    Fields,
    calendar_date,
    counts_things,
    fields,
    resolved,
    year_after,
    year_alone,
    year_range,
)
from kg.extraction.date_relative import weekday
from kg.extraction.date_timeline import Found, Timeline


def span(line: Timeline, pos: int) -> Found | None:
    """ "from 3 to 5 May", "between 2020 and 2022", "the period from 2020 to 2022", "from Monday
    to Friday".
    """
    p = patterns()
    m = p.span.match(line.text, pos)
    if not m:
        return None
    way = m["way"].lower()
    inner = range_from(line, m.end(), p.span_join["between" if way == "between" else "from"])
    if inner is None and way == "of":
        return year_range(line, m.end()) if "period" in m[0] else None
    return inner if way != "of" or "period" in m[0] else None


def bare_range(line: Timeline, pos: int) -> Found | None:
    """ "May 3-5", "3–5 May 2020", "June 4 to July 5", "2020 to 2022", "May 3 and 5,"."""
    p = patterns()
    return range_from(line, pos, p.joined) or range_from(line, pos, p.and_day)


def range_from(line: Timeline, pos: int, join: re.Pattern[str]) -> Found | None:
    """Two dates joined; what one of them leaves out is taken from the other."""
    left = _bound(line, pos)
    if left is None:
        return None
    middle = join.match(line.text, left.end)
    if middle is None:
        return None
    right = _bound(line, middle.end(), after=left)
    if right is None:
        return None
    left, right = _shared(left, right)
    if (left.day and not left.month) or (right.day and not right.month):
        return None
    if left.year is None and right.year is None and left.month and right.month:
        year = line.year_for(right.month, right.day, pos, right.end)
        left = left._replace(year=year if year is None or left.month <= right.month else year - 1)
        right = right._replace(year=year)
    low, high = (resolved(line, b, pos) for b in (left, right))
    if low.days is None or high.days is None:
        return Found(right.end, None, "impossible date")
    start, end = low.days.start, high.days.end
    if start is None or end is None:
        return Found(right.end, Days(None, None, "period"), "from … to, year unknown")
    if end < start:
        return None
    year = high.year or low.year
    return Found(right.end, Days(start, end, "period"), "from … to", year)


def _bound(line: Timeline, pos: int, after: Fields | None = None) -> Fields | None:
    """One end of a range: a calendar date, a year, or a bare day beside a month."""
    found = fields(line, pos)
    if found is not None:
        return found
    p = patterns()
    m = p.year.match(line.text, pos)
    if m and (1900 <= int(m["year"]) <= 2099 or line.word_before(pos) in words("year_after")):
        counted = counts_things(line, m.end(), int(m["year"]))
        return None if counted else Fields(m.end(), int(m["year"]), None, None, "year")
    if m := p.bare_day.match(line.text, pos):
        if after is not None and after.day is None:
            return None
        year, end, rule = (
            year_after(line, m.end()) if after is not None and after.month else (None, m.end(), "")
        )
        return Fields(end, year, None, int(m["day"]), f"day{rule}")
    if after is not None and after.year and (m := p.two_digits.match(line.text, pos)):
        return Fields(m.end(), after.year // 100 * 100 + int(m[0]), None, None, "year")
    return None


def _shared(left: Fields, right: Fields) -> tuple[Fields, Fields]:
    if left.month is None and left.day is not None:
        left = left._replace(month=right.month)
    if right.month is None and right.day is not None:
        right = right._replace(month=left.month)
    if left.month is not None and left.year is None and right.year is not None:
        earlier = right.month is not None and left.month > right.month
        left = left._replace(year=right.year - 1 if earlier else right.year)
    if right.month is not None and right.year is None and left.year is not None:
        right = right._replace(year=left.year)
    return left, right


def day_list(line: Timeline, pos: int) -> Found | None:
    """ "May 3, 5 and 9", "3, 5 and 9 May 2020": from the first to the last of some days."""
    p = patterns()
    start = fields(line, pos)
    if start is not None and start.day and start.month and start.year is None:
        m = p.days_after.match(line.text, start.end)
        if m is None or int(m["final"]) <= start.day:
            return None
        low = resolved(line, start, pos)
        if low.days is None or low.days.start is None:
            return None
        high = Fields(m.end(), low.days.start.year, start.month, int(m["final"]), "days")
        end = resolved(line, high, pos).days
        return Found(m.end(), Days(low.days.start, end.end, "period"), "days") if end else None
    m = p.days_before.match(line.text, pos)
    last = fields(line, m.start("final")) if m else None
    if m is None or last is None or not last.month or not last.day:
        return None
    high_days = resolved(line, last, pos).days
    first = int(re.match(r"\d+", line.text[pos:])[0])  # type: ignore[index]  # it starts with one
    if high_days is None or high_days.start is None or first >= last.day:
        return None
    low_day = high_days.start.replace(day=first)
    return Found(last.end, Days(low_day, high_days.end, "period"), "days", last.year)


def week_of(line: Timeline, pos: int) -> Found | None:
    """ "the week of May 8": Monday to Sunday around the day."""
    m = patterns().week_of.match(line.text, pos)
    day = calendar_date(line, m.end()) if m else None
    if day is None or day.days is None or day.days.granularity != "day":
        return None
    if day.days.start is None:
        return day
    return day._replace(days=shifted(day.days.start, "week", 0), rule=f"week of: {day.rule}")


def parts_range(line: Timeline, pos: int) -> Found | None:
    """ "from late 2019 until early 2021", "between mid-May and the end of June"."""
    p = patterns()
    m = p.span.match(line.text, pos)
    if not m or m["way"].lower() == "of":
        return None
    ends: tuple[Reader, ...] = (early, part, calendar_date, year_alone)
    low = first_of(line, m.end(), ends)
    middle = p.part_join.match(line.text, low.end) if low else None
    high = first_of(line, middle.end(), ends) if middle else None
    if low is None or high is None or low.days is None or high.days is None:
        return None
    if not (low.rule.startswith(PARTS) or high.rule.startswith(PARTS)):
        return None  # plain dates have a reader of their own
    start, end = low.days.start, high.days.end
    if start is None or end is None:
        return Found(high.end, Days(None, None, "period"), "from … to")
    if end < start:
        return None
    return Found(high.end, Days(start, end, "period"), "from … to", high.year or low.year)


PARTS = ("early", "late", "mid", "end", "start", "beginning", "middle")
"""How the rules of parts of a month or year begin."""


def weekday_range(line: Timeline, pos: int) -> Found | None:
    """ "Monday to Friday", "from Thursday until Sunday", "between Friday and Sunday"."""
    p = patterns()
    m = p.span.match(line.text, pos)
    way = m["way"].lower() if m else "from"
    if way == "of":
        return None
    start = m.end() if m else pos
    left = p.weekday.match(line.text, start)
    middle = (
        p.span_join["between" if way == "between" else "from"].match(line.text, left.end())
        if left
        else None
    )
    right = weekday(line, middle.end()) if middle else None
    if left is None or right is None or right.days is None:
        return None
    if right.days.end is None:
        return Found(right.end, Days(None, None, "period"), "weekdays from … to")
    number = words("weekday")[left["weekday"].title()]
    low = right.days.end - timedelta((right.days.end.weekday() - number) % 7)
    return Found(right.end, Days(low, right.days.end, "period"), "weekdays from … to")
