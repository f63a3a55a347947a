"""Single dates: calendar dates, years, and what counts from the day of publication or the last
date.

"N years ago" is the calendar year, months and weeks alike; a weekday is the latest such day up to
the
publication day, or the next one where the clause is in the future.
"""

from __future__ import annotations

import calendar
import re
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import NamedTuple

from kg.extraction.date_calendar import (
    Days,
    month_days,
    moved,
    number_of,
    one_day,
    shifted,
    shifted_day,
    shifted_month,
    year_days,
)
from kg.extraction.date_patterns import WS, patterns, words
from kg.extraction.date_timeline import Found, Timeline


class Fields(NamedTuple):
    """A calendar date as far as it is spelled out."""

    end: int
    year: int | None
    month: int | None
    day: int | None
    rule: str


# ---------------------------------------------------------- calendar dates


def _month(word: str) -> int:
    name = word.rstrip(".").title()
    return words("month").get(name) or words("month_short")[name]


def _ref_year(line: Timeline, ref: str | None) -> int | None:
    if ref in {"that", "the same", "the following", "the previous"}:
        base = line.last_year
        step = {"the following": 1, "the previous": -1}.get(ref or "", 0)
    else:
        base = line.published.year if line.published else None
        step = {"last": -1, "next": 1}.get(ref or "", 0)
    return None if base is None else base + step


def fields(line: Timeline, pos: int) -> Fields | None:
    """A calendar date at a position, from ISO form to a bare month; weekday before it included."""
    p = patterns()
    start = pos
    weekday = p.weekday_then.match(line.text, pos)
    if weekday:
        start = weekday.end()
    if found := p.iso.match(line.text, start):
        return Fields(
            found.end(), int(found["year"]), int(found["mon"]), int(found["day"]), "iso date"
        )
    for pattern in (p.day_month, p.month_day):
        if found := pattern.match(line.text, start):
            month, day, end = _month(found["mon"]), int(found["day"]), found.end()
            year, end, rule = year_after(line, end)
            return Fields(end, year, month, day, f"day and month{rule}")
    if weekday:
        return None
    if found := p.month_only.match(line.text, pos):
        year, end, rule = year_after(line, found.end())
        bare = year is None and not rule
        if bare and not _month_alone(line, pos, end, found["mon"]):
            return None
        return Fields(end, year, _month(found["mon"]), None, f"month{rule}")
    return None


def year_after(line: Timeline, end: int) -> tuple[int | None, int, str]:
    """The year that follows a day or month, where it ends, and how it is told."""
    p = patterns()
    if found := p.then_year.match(line.text, end):
        return int(found["year"]), found.end(), " and year"
    if found := p.then_ref_year.match(line.text, end):
        return _ref_year(line, found["ref"]), found.end(), f" of {found['ref']} year"
    return None, end, ""


def _month_alone(line: Timeline, pos: int, end: int, name: str) -> bool:
    if name.rstrip(".").title() not in words("month"):
        return False
    before = line.word_before(pos)
    if before in words("year_after") or line.text[max(0, pos - 4) : pos].lower() == "mid-":
        return True
    after = re.match(rf"(?:{WS}|-)([^\W\d_]+)", line.text[end : end + 20])
    if name.title() in {"May", "March"}:
        # "its May trial", "the March vote"; not "the March on the capital", "Mrs May"
        return bool(
            before in words("month_after") and after and after[1].islower() and len(after[1]) > 3
        )
    return bool(before) and not name.isupper() and not (after and after[1][0].isupper())


def calendar_date(line: Timeline, pos: int) -> Found | None:
    """ "19 September 2023", "Tuesday, Sept. 19", "2023-09-19", "September 2023", "in September"."""
    found = fields(line, pos)
    return None if found is None else resolved(line, found, pos)


def resolved(line: Timeline, found: Fields, pos: int) -> Found:
    """The days of a calendar date; the year is looked for where it is not spelled out."""
    named = "of" in found.rule or "year" in found.rule or found.rule == "iso date"
    year = found.year
    if year is None and not named and found.month is not None:
        year = line.year_for(found.month, found.day, pos, found.end)
    granularity = "day" if found.day else "month" if found.month else "year"
    if found.month is not None and not 1 <= found.month <= 12:
        return Found(found.end, None, "impossible date")
    if found.day and found.month:
        longest = calendar.monthrange(year if year and year > 0 else 2000, found.month)[1]
        if found.day > longest:
            return Found(found.end, None, "impossible date")
    explicit = found.year
    if year is None or not MINYEAR <= year < MAXYEAR:
        return Found(found.end, Days(None, None, granularity), f"{found.rule}, year unknown")
    if found.month is None:
        return Found(found.end, year_days(year), found.rule, explicit)
    if found.day is None:
        return Found(found.end, month_days(year, found.month), found.rule, explicit)
    return Found(found.end, one_day(date(year, found.month, found.day)), found.rule, explicit)


def numeric_date(line: Timeline, pos: int) -> Found | None:
    """ "19.09.2023", "09/19/2023"; with two readings ("03/04/2023") no days unless told which."""
    m = patterns().numeric.match(line.text, pos)
    if not m:
        return None
    a, b, year = int(m["a"]), int(m["b"]), int(m["year"])
    # Dots are written day first wherever they are written
    first = True if m[2] == "." else line.day_first
    readings = [(b, a)] if first is True else [(a, b)] if first is False else [(b, a), (a, b)]
    if first is None and a <= 12 and b <= 12 and a != b:
        return Found(m.end(), Days(None, None, "day"), "numeric date, ambiguous")
    for month, day in readings:
        if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
            return Found(m.end(), one_day(date(year, month, day)), "numeric date", year)
    return Found(m.end(), None, "impossible date")


def year_alone(line: Timeline, pos: int) -> Found | None:
    """ "in 2020", "since 1994", "the year 1648"; not "1960 troops", "Resolution 1701", "over 2000
    people".
    """
    m = patterns().year.match(line.text, pos)
    if not m:
        return None
    year, text = int(m["year"]), line.text
    if m.start("year") == pos:
        before = line.word_before(pos)
        if text[max(0, pos - 1) : pos] in {
            "$",
            "€",
            "£",
            "¥",
            "#",
            "№",
            ".",
            ",",
            "/",
            "-",
            "–",
            "+",
            "~",
        } and (
            text[pos - 1] not in "-–,"
            or text[max(0, pos - 2) : pos - 1].isdigit()
            or text[pos - 1] == ","
        ):
            return None
        bracketed = text[pos - 1 : pos] == "("
        if (not bracketed and before in words("numbered")) or text[
            max(0, pos - 4) : pos
        ].lower() == "no. ":
            return None
        if re.match(r"[-–/]\d", text[m.end() : m.end() + 2]):
            return None
        if (
            not 1900 <= year <= 2099
            and before not in words("year_after")
            and text[pos - 1 : pos] != "("
        ):
            return None
        if (
            year % 1000 == 0
            and before not in {*words("year_after"), "the"}
            and text[pos - 1 : pos] != "("
        ):
            return None
        if counts_things(line, m.end(), year):
            return None
    return Found(m.end(), year_days(year), "year", year)


def counts_things(line: Timeline, end: int, year: int) -> bool:
    """The number at a position counts things: "1960 soldiers", "2000-strong"."""
    m = re.match(rf"(?:{WS}|-)(?:[^\W\d_]+{WS})?([^\W\d_]+)", line.text[end : end + 40])
    if not m:
        return bool(re.match(r"[°%]|-[a-z]|[a-z]", line.text[end : end + 2]))
    following = re.findall(r"[^\W\d_]+", m[0].lower())
    counted = words("counted")
    if following[0] in counted or (
        line.text[end] == "-" and following[0] in {"strong", "man", "member"}
    ):
        return True
    if (
        len(following) > 1
        and following[1] in counted
        and following[0] not in {"the", "and", "in", "for", "as", "by", "of", "to", "on", "a"}
    ):
        return bool(re.match(rf"{WS}[a-zA-Z]+{WS}", line.text[end:])) and not following[0].endswith(
            "ed"
        )
    return year < 1900 and following[0].endswith("s") and line.text[end + 1].islower()


def year_range(line: Timeline, pos: int) -> Found | None:
    """ "2020-2022", "1994/95"."""
    m = patterns().years.match(line.text, pos)
    if not m:
        return None
    first = int(m["year"])
    last = int(m["year2"]) if len(m["year2"]) == 4 else first // 100 * 100 + int(m["year2"])
    # 60: longer than any span of years that news writes with a dash; beyond it are room and line
    # numbers
    if not first < last <= first + 60:
        return None
    return Found(m.end(), Days(date(first, 1, 1), date(last, 12, 31), "period"), "years", last)


def decade(line: Timeline, pos: int) -> Found | None:
    """ "the 1990s", "the ’90s", "the nineties"."""
    m = patterns().decade.match(line.text, pos)
    if not m or (m["name"] and m.start("name") == pos):
        return None
    if m["dec"]:
        first = int(m["dec"])
        if first % 100 == 0 and first < 1900:
            return Found(
                m.end(), Days(date(first, 1, 1), date(first + 99, 12, 31), "century"), "century"
            )
    else:
        first = words("decade")[m["name"]] if m["name"] else 1900 + int(m["short"])
    return Found(m.end(), Days(date(first, 1, 1), date(first + 9, 12, 31), "decade"), "decade")


def century(line: Timeline, pos: int) -> Found | None:
    """ "the 19th century", "the 12th and 13th centuries"."""
    m = patterns().century.match(line.text, pos)
    if not m:
        return None
    low, high = (_ordinal(m[g]) if m[g] else None for g in ("n", "n2"))
    if low is None or not 1 <= low <= 22 or (high is not None and not low <= high <= 22):
        return None
    first, last = (low - 1) * 100 + 1, ((high or low) - 1) * 100 + 100
    return Found(m.end(), Days(date(first, 1, 1), date(last, 12, 31), "century"), "century")


def _ordinal(word: str) -> int | None:
    return int(word[:-2]) if word[0].isdigit() else words("ordinal").get(word.lower())


def season(line: Timeline, pos: int) -> Found | None:
    """ "the summer of 2020", "winter this year"; seasons of the northern half."""
    m = patterns().season.match(line.text, pos)
    if not m:
        return None
    year = int(m["year"]) if m["year"] else _ref_year(line, m["ref"])
    if year is None:
        return Found(m.end(), Days(None, None, "season"), "season, year unknown")
    return Found(
        m.end(), _season_days(m["season"], year), "season", int(m["year"]) if m["year"] else None
    )


def _season_days(name: str, year: int) -> Days | None:
    first = month_days(year, words("season")[name.lower()])
    last = shifted_month(first.start, 2) if first and first.start else None
    return Days(first.start, last.end, "season") if first and last else None


def quarter(line: Timeline, pos: int) -> Found | None:
    """ "Q3 2020", "the third quarter of the year", "the first quarter"."""
    m = patterns().quarter.match(line.text, pos)
    if not m or (m["q"] and not m["year"]):
        return None
    number = int(m["q"]) if m["q"] else {"first": 1, "second": 2, "third": 3}.get(m["ord"], 4)
    year = int(m["year"]) if m["year"] else _ref_year(line, m["ref"])
    if year is None or (not m["year"] and not m["ref"]):
        return None
    days = shifted(date(year, number * 3 - 2, 1), "quarter", 0)
    return Found(m.end(), days, "quarter", int(m["year"]) if m["year"] else None)


# ---------------------------------------------------------- relative to a day


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
        days = _relative_month(today, _month(m["mon"]), way)
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
        return _season_days(name, today.year)
    for year in (today.year, today.year + step):
        days = _season_days(name, year)
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
