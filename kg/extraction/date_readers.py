"""Dates that name their day, month or year, and parts of years: "3 May 2020", "the 1990s"."""

from __future__ import annotations

import calendar
import re
from datetime import MAXYEAR, MINYEAR, date
from typing import NamedTuple

from kg.extraction.date_calendar import (
    Days,
    month_days,
    one_day,
    shifted,
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


def month_number(word: str) -> int:
    """The number of a month by its name or abbreviation."""
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
            month, day, end = month_number(found["mon"]), int(found["day"]), found.end()
            year, end, rule = year_after(line, end)
            return Fields(end, year, month, day, f"day and month{rule}")
    if weekday:
        return None
    if found := p.month_only.match(line.text, pos):
        year, end, rule = year_after(line, found.end())
        bare = year is None and not rule
        if bare and not _month_alone(line, pos, end, found["mon"]):
            return None
        return Fields(end, year, month_number(found["mon"]), None, f"month{rule}")
    return None


def _in_name(line: Timeline, pos: int, end: int) -> bool:
    """The day names what it stands before: "the March 23 Movement", "the 17 November Brigade"."""
    m = patterns().capitals.match(line.text, end)
    if m is None or line.word_before(pos) not in {"the", "of", "a", "an"}:
        return False
    return not words("name_after").keys().isdisjoint(m[0].lower().split())


def year_after(line: Timeline, end: int) -> tuple[int | None, int, str]:
    """The year that follows a day or month, where it ends, and how it is told."""
    p = patterns()
    if found := p.then_year.match(line.text, end):
        return int(found["year"]), found.end(), " and year"
    if found := p.in_year.match(line.text, end):
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
    if found is None:
        return None
    if found.day and found.year is None and _in_name(line, pos, found.end):
        return Found(found.end, None, "part of a name")
    return resolved(line, found, pos)


def resolved(line: Timeline, found: Fields, pos: int) -> Found:
    """The days of a calendar date; the year is looked for where it is not spelled out."""
    named = "of" in found.rule or "year" in found.rule or found.rule == "iso date"
    year = found.year
    if year is None and not named and found.month is not None:
        year = line.year_for(found.month, found.day, pos, found.end)
    granularity = "day" if found.day else "month" if found.month else "year"
    if found.month is not None and not 1 <= found.month <= 12:
        return Found(found.end, None, "impossible date")
    if found.day is not None and found.month is not None:
        longest = calendar.monthrange(year if year and year > 0 else 2000, found.month)[1]
        if not 1 <= found.day <= longest:
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
        m.end(), season_days(m["season"], year), "season", int(m["year"]) if m["year"] else None
    )


def season_days(name: str, year: int) -> Days | None:
    """The three months of a season of the northern half; winter begins in the year given."""
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
