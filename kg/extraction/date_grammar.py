"""How English news words a date: small patterns, each read against a `Timeline`, none able to
backtrack far.

A reader takes the timeline and a position and returns what it could read there, or nothing. Which
readers are tried at a word is looked up by the word, so that a text costs one pass.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from datetime import timedelta

from kg.extraction.date_calendar import (
    Days,
    month_days,
    part_of,
    shifted,
)
from kg.extraction.date_patterns import patterns, words
from kg.extraction.date_readers import (
    Fields,
    calendar_date,
    century,
    counts_things,
    decade,
    fields,
    numeric_date,
    quarter,
    resolved,
    season,
    year_after,
    year_alone,
    year_range,
)
from kg.extraction.date_relative import (
    ago,
    deictic,
    neighbour,
    overnight,
    relative,
    rolling,
    weekday,
    weekend,
)
from kg.extraction.date_timeline import Found, Timeline

Reader = Callable[[Timeline, int], Found | None]


# ---------------------------------------------------------- compositions


def clock_time(line: Timeline, pos: int) -> Found | None:
    """A time of day before its day: "12:00 [08:00 am GMT] on September 19", "noon on Friday"."""
    m = patterns().clock.match(line.text, pos)
    if not m or "\n" in m[0]:
        return None
    day = _first(line, m.end(), (calendar_date, weekday, deictic, relative))
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
        else _first(
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
        whole_or_none = _first(
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
    low = _first(line, m.end(), ends)
    middle = p.part_join.match(line.text, low.end) if low else None
    high = _first(line, middle.end(), ends) if middle else None
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


def opened(line: Timeline, pos: int) -> Found | None:
    """ "since 1994", "until Friday", "by the end of the year", "before the end of May"; one side
    stays open.
    """
    m = patterns().open.match(line.text, pos)
    if not m:
        return None
    way = m["way"].lower()
    inner = line_read(line, m.end(), deep=True)
    if inner is None or inner.days is None:
        return inner
    days = inner.days
    if way in {"as of", "from"} or days == Days(None, None, days.granularity):
        return inner
    if way == "before":
        return _deadline(line, inner, "before") if "end" in inner.rule.split(" of: ")[0] else None
    if way == "since":
        return inner._replace(
            days=Days(days.start, None, days.granularity), rule=f"since: {inner.rule}"
        )
    return _deadline(line, inner, way)


def _deadline(line: Timeline, inner: Found, way: str) -> Found:
    assert inner.days is not None
    end = inner.days.end
    ahead = line.published is not None and end is not None and line.published <= end
    start = line.published if ahead else None
    return inner._replace(days=Days(start, end, "period"), rule=f"{way}: {inner.rule}")


def led(line: Timeline, pos: int) -> Found | None:
    """Any of the others after "in", "on", "at", "during": the preposition belongs to the words."""
    m = patterns().lead.match(line.text, pos)
    found = line_read(line, m.end(), deep=True) if m else None
    # "went on overnight": the word takes no preposition
    return None if found is not None and found.rule == "overnight" else found


# ---------------------------------------------------------- which readers at which word


def _first(line: Timeline, pos: int, readers: tuple[Reader, ...]) -> Found | None:
    best: Found | None = None
    for reader in readers:
        found = reader(line, pos)
        if found is not None and (best is None or found.end > best.end):
            best = found
    return best


def _table() -> Iterator[tuple[str, tuple[Reader, ...]]]:
    dates: tuple[Reader, ...] = (calendar_date, bare_range, day_list)
    for name in (*words("month"), *words("month_short")):
        yield name.lower(), dates
    for name in (*words("weekday"), *words("weekday_short")):
        yield name.lower(), (calendar_date, bare_range, weekday_range, weekday)
    yield (
        "#",
        (
            calendar_date,
            bare_range,
            day_list,
            numeric_date,
            year_range,
            year_alone,
            decade,
            century,
            ago,
            clock_time,
        ),
    )
    for name in (*words("number"), *words("vague_number"), "half"):
        yield name, (ago,)
    for name in words("ordinal"):
        yield name, (century, quarter, part)
    for name in words("season"):
        yield name, (season,)
    the = (
        decade,
        century,
        season,
        quarter,
        rolling,
        relative,
        deictic,
        neighbour,
        weekend,
        part,
        year_alone,
        span,
        the_date,
        week_of,
    )
    yield "the", the
    yield "week", (week_of,)
    yield "overnight", (overnight,)
    for name in ("no", "not"):
        yield name, (opened,)
    for name in (
        "last",
        "this",
        "next",
        "that",
        "past",
        "previous",
        "coming",
        "following",
        "recent",
    ):
        yield name, (relative, rolling, part)
    for name in ("today", "yesterday", "tomorrow", "tonight"):
        yield name, (deictic,)
    for name in ("early", "late", "mid", "earlier", "later"):
        yield name, (early,)
    for name in ("start", "beginning", "end", "middle", "close", "final", "year", "month"):
        yield name, (part,)
    for name in ("since", "until", "till", "by", "before", "up", "as"):
        yield name, (opened,)
    yield "from", (span, weekday_range, opened, parts_range)
    yield "between", (span, weekday_range, parts_range)
    for name in ("in", "on", "at", "during", "over", "throughout", "through", "for"):
        yield name, (led, span, weekend)
    for name in ("noon", "midnight", "midday"):
        yield name, (clock_time,)
    for name in ("hours", "days", "weeks", "months", "years", "decades", "centuries"):
        yield name, (ago,)
    yield "q", (quarter,)


def the_date(line: Timeline, pos: int) -> Found | None:
    """ "the 19th of September"."""
    return calendar_date(line, pos + 4) if line.text[pos + 4 : pos + 5].isdigit() else None


@functools.cache
def readers() -> dict[str, tuple[Reader, ...]]:
    """Which readers may find something at a word ("#": at digits)."""
    table: dict[str, tuple[Reader, ...]] = {}
    for word, some in _table():
        table[word] = tuple(dict.fromkeys((*table.get(word, ()), *some)))
    return table


def line_read(line: Timeline, pos: int, *, deep: bool = False) -> Found | None:
    """The longest expression at a position; `deep` leaves out readers that would start over
    inside.
    """
    word = patterns().word.match(line.text, pos)
    if word is None:
        return None
    some = readers().get("#" if word[0][0].isdigit() else word[0].lower(), ())
    if deep:
        some = tuple(r for r in some if r is not led and r is not opened)
    return _first(line, pos, some)
