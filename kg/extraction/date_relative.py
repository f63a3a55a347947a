"""Dates that count from the day of publication or the last date named.

"N years ago" is the calendar year, months and weeks alike; a weekday is the latest such day up to
the publication day, or the next one where the clause is in the future.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from kg.extraction.date_calendar import (
    Days,
    month_days,
    moved,
    number_of,
    one_day,
    shifted,
    shifted_day,
    year_days,
)
from kg.extraction.date_patterns import WS, patterns, words
from kg.extraction.date_readers import month_number, season_days
from kg.extraction.date_timeline import Found, Timeline


def deictic(line: Timeline, pos: int) -> Found | None:
    """ "today", "yesterday", "the day after tomorrow"."""
    m = patterns().deictic.match(line.text, pos)
    if not m or (m[0][0] == "T" and re.search(r"[A-Z]\w*[ ]$", line.text[max(0, pos - 12) : pos])):
        return None  # none, or the name of a paper that ends in "Today"
    step = (
        -2
        if m["bb"]
        else 2
        if m["at"]
        else {"yesterday": -1, "tomorrow": 1}.get((m["word"] or "").lower(), 0)
    )
    end = m.end() - (2 if m[0].endswith(("’s", "'s")) else 0)
    end = _with_daytime(line, end)
    moved_day = shifted_day(line.published, step) if line.published else None
    return Found(
        end, one_day(moved_day) if moved_day else Days(None, None, "day"), "relative to today"
    )


def overnight(line: Timeline, pos: int) -> Found | None:
    """ "overnight": the night that the day of publication began with."""
    m = patterns().overnight.match(line.text, pos)
    if not m:
        return None
    before = shifted_day(line.published, -1) if line.published else None
    if before is None:
        return Found(m.end(), Days(None, None, "day"), "overnight")
    return Found(m.end(), Days(before, line.published, "period"), "overnight")


def _with_daytime(line: Timeline, end: int) -> int:
    m = patterns().daytime.match(line.text, end)
    return m.end() if m else end


def weekday(line: Timeline, pos: int) -> Found | None:
    """ "Tuesday", "Monday night"; the latest such day, or the next where the clause looks ahead."""
    m = patterns().weekday.match(line.text, pos)
    if not m or line.word_before(pos) in words("no_day_before"):
        return None
    after = re.match(rf"{WS}([A-Z][a-z]+|agreement|accords?)", line.text[m.end() : m.end() + 24])
    if after and after[1].lower() in words("no_day_after"):
        return None
    end = _with_daytime(line, m.end("weekday"))
    if m.end("weekday") != m.end():  # "on Tuesdays" is no day
        return None
    number = words("weekday")[m["weekday"].title()]
    if line.published is None:
        return Found(end, Days(None, None, "day"), "weekday")
    future = line.direction(pos, end) == "future"
    step = (
        (number - line.published.weekday()) % 7
        if future
        else -((line.published.weekday() - number) % 7)
    )
    day = shifted_day(line.published, step)
    rule = "next such weekday" if future else "latest such weekday"
    return Found(end, one_day(day) if day else Days(None, None, "day"), rule)


def relative(line: Timeline, pos: int) -> Found | None:
    """ "last year", "this week", "next Friday", "that day", "the following month", "this
    summer".
    """
    m = patterns().relative.match(line.text, pos)
    if not m:
        return None
    way = m["way"].lower()
    back = way in {
        "the same",
        "the following",
        "the previous",
        "the next",
        "that",
        "that same",
        "that very",
    }
    unit = m["unit"] or ("day" if m["time"] else "")
    if back:
        return _anchored(line, pos, m.end(), way, unit) if unit else None
    if way == "the coming" and unit:
        way = "next"
    if unit == "night" and way == "this":
        return None
    step = {"last": -1, "this": 0, "next": 1}.get(way, 0)
    if unit in {"day", "century"} and not m["time"]:
        return None
    today = line.published
    if today is None:
        return Found(
            _with_daytime(line, m.end()), Days(None, None, unit or "day"), "relative to publication"
        )
    if unit:
        days = shifted(today, "day" if unit == "night" else unit, step)
    elif m["season"]:
        days = _relative_season(today, m["season"], step)
    elif m["mon"]:
        days = _relative_month(today, month_number(m["mon"]), way)
    else:
        days = one_day(_relative_weekday(today, words("weekday")[m["weekday"].title()], way))
    end = _with_daytime(line, m.end()) if m["weekday"] else m.end()
    return Found(end, days, "relative to publication")


def _relative_weekday(today: date, number: int, way: str) -> date:
    back, ahead = (today.weekday() - number) % 7, (number - today.weekday()) % 7
    if way in {"last", "this past"}:
        return today - timedelta(back or 7)
    if (
        way == "next"
    ):  # in the week that follows; the nearer one would be "this Friday" or "on Friday"
        return today + timedelta(number - today.weekday() + 7)
    if way == "this coming":
        return today + timedelta(ahead)
    return today + timedelta(number - today.weekday())


def _relative_month(today: date, month: int, way: str) -> Days | None:
    if way in {"last", "this past"}:
        return month_days(today.year if month < today.month else today.year - 1, month)
    if way in {"next", "this coming"}:
        return month_days(today.year if month > today.month else today.year + 1, month)
    return month_days(today.year, month)


def _relative_season(today: date, name: str, step: int) -> Days | None:
    if step == 0:
        return season_days(name, today.year)
    for year in (today.year, today.year + step):
        days = season_days(name, year)
        if (
            days
            and days.end
            and days.start
            and (days.end < today if step < 0 else days.start > today)
        ):
            return days
    return None


def _anchored(line: Timeline, pos: int, end: int, way: str, unit: str) -> Found | None:
    step = {"the following": 1, "the next": 1, "the previous": -1}.get(way, 0)
    anchor = line.anchor(pos)
    if unit == "night":
        unit = "day"
    if unit == "year" and line.last_year is not None and way != "the next":
        return Found(end, year_days(line.last_year + step), "relative to the last year named")
    usable = (
        anchor and anchor.start and (unit not in {"day", "week"} or anchor.granularity in {"day"})
    )
    if not usable or anchor is None or anchor.start is None:
        if way in {"the next", "that very"}:
            return None
        return Found(end, Days(None, None, unit), "relative to a date not found")
    return Found(end, shifted(anchor.start, unit, step), "relative to the last date")


def ago(line: Timeline, pos: int) -> Found | None:
    """ "three days ago", "two and three years ago", "half a year ago", "a day earlier", "two
    weeks later".
    """
    p = patterns()
    if m := p.vague_ago.match(line.text, pos):
        unit = m[0].split()[0].rstrip("s").replace("centurie", "century")
        return Found(m.end(), Days(None, None, unit), "some time ago")
    m = p.ago.match(line.text, pos)
    if not m:
        return None
    unit = "century" if m["unit"] == "centur" else m["unit"]
    way = m["way"].lower()
    base = _base(line, pos, way, unit)
    sign = 1 if way in {"later", "after", "afterward", "afterwards"} else -1
    if m["half"]:
        numbers, unit = [6], "month" if unit == "year" else "none"
    else:
        pieces = re.split(r",|\band\b|\bor\b|\bto\b", m["n"])
        numbers = (
            [n for n in map(number_of, pieces) if n is not None]
            if all(number_of(x) is not None for x in pieces)
            else []
        )
    if (m["n_half"] or m["and_half"]) and unit == "year" and numbers:
        numbers, unit = [numbers[-1] * 12 + 6], "month"
    if not numbers or base is None or unit == "none":
        return Found(m.end(), Days(None, None, unit.replace("none", "day")), "some time ago")
    found = [shifted(base, unit, sign * n) for n in numbers]
    starts = [d.start for d in found if d and d.start]
    ends = [d.end for d in found if d and d.end]
    if not starts or not ends:
        return Found(m.end(), Days(None, None, unit), "some time ago")
    rule = f"{unit}s {'ago' if way == 'ago' else 'from the last date'}"
    return Found(m.end(), Days(min(starts), max(ends), "day" if unit == "hour" else unit), rule)


def _base(line: Timeline, pos: int, way: str, unit: str) -> date | None:
    if way == "ago":
        return line.published
    anchor = line.anchor(pos)
    fine = {
        "hour": {"day"},
        "day": {"day"},
        "night": {"day"},
        "week": {"day", "week"},
        "month": {"day", "month"},
    }
    if anchor and anchor.start and anchor.granularity in fine.get(unit, {anchor.granularity}):
        return anchor.start
    return line.published if way == "earlier" and anchor is None else None


def rolling(line: Timeline, pos: int) -> Found | None:
    """ "the past 24 hours", "the last two years", "the coming days", "recent weeks", "the next
    three months".
    """
    m = patterns().rolling.match(line.text, pos)
    if not m:
        return None
    way, unit = m["way"].lower(), "century" if m["unit"] == "centur" else m["unit"]
    plural = m[0].endswith("s")
    the = m[0][:3].lower() == "the"
    if (
        not m["n"]
        and not plural
        and not (the and way in {"past", "last", "coming"} and unit != "night")
    ):
        return None
    number = number_of(m["n"]) if m["n"] else None if plural else 1
    ahead = way in {"next", "coming", "following"}
    if m["n"] and not plural and number != 1:
        return None
    rule = f"{'next' if ahead else 'past'} {unit}s"
    today = line.published
    if way in {"previous", "following"}:
        anchor = line.anchor(pos)
        today = anchor.start if anchor and anchor.granularity == "day" else None
    if today is None:
        return Found(m.end(), Days(None, None, "period"), rule)
    if number is None:
        far = shifted_day(today, 1) if ahead and unit == "hour" else None
        return Found(
            m.end(), Days(today, far, "period") if ahead else Days(None, today, "period"), rule
        )
    far = moved(today, unit, number if ahead else -number)
    return Found(m.end(), Days(today, far, "period") if ahead else Days(far, today, "period"), rule)


def neighbour(line: Timeline, pos: int) -> Found | None:
    """ "the day before", "the year after", "the year before last", with nothing that they would
    be before.
    """
    m = patterns().neighbour.match(line.text, pos)
    if not m:
        return None
    unit, way = m["unit"].lower(), m["way"].lower()
    if m["last"]:
        days = shifted(line.published, unit, -2) if line.published else None
        return Found(m.end(), days or Days(None, None, unit), "relative to publication")
    base = _base(line, pos, "earlier" if way == "before" else "later", unit)
    days = shifted(base, unit, -1 if way == "before" else 1) if base else None
    return Found(m.end(), days or Days(None, None, unit), "relative to the last date")


def weekend(line: Timeline, pos: int) -> Found | None:
    """ "over the weekend": the latest, or the next where the clause looks ahead."""
    m = patterns().weekend.match(line.text, pos)
    if not m:
        return None
    if line.published is None:
        return Found(m.end(), Days(None, None, "weekend"), "weekend")
    future = line.direction(pos, m.end()) == "future"
    step = 0 if future or line.published.weekday() >= 5 else -1
    return Found(m.end(), shifted(line.published, "weekend", step), "weekend")
