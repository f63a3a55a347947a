"""How English news words a date: small patterns, each read against a `Timeline`, none able to
backtrack far.

A reader takes the timeline and a position and returns what it could read there, or nothing. Which
readers are tried at a word is looked up by the word, so that a text costs one pass.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from kg.extraction.date_calendar import Days
from kg.extraction.date_parts import Reader, clock_time, early, first_of, part
from kg.extraction.date_patterns import patterns, words
from kg.extraction.date_ranges import (
    bare_range,
    day_list,
    parts_range,
    span,
    week_of,
    weekday_range,
)
from kg.extraction.date_readers import (
    calendar_date,
    century,
    decade,
    numeric_date,
    quarter,
    season,
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

# ---------------------------------------------------------- compositions


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


LEADING = ("in", "on", "at", "during", "over", "throughout", "through", "for")
"""Prepositions that belong to the words of a date."""


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
    for name in LEADING:
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


@functools.cache
def following() -> dict[str, frozenset[str]]:
    """Of the commonest words that begin a date, the words behind which they do.

    They stand before something else nearly always; that is seen by the next word, at less cost
    than by a dozen patterns.
    """
    dated = frozenset(readers()) | {"a", "of", "opening", "latter", "very"}
    table = dict.fromkeys(
        (*LEADING, "from", "between", "by", "since", "until", "till", "before"), dated
    )
    units = {"day", "days", "week", "weekend", "month", "months", "year", "years"}
    table["the"] = frozenset(
        {
            *(w for kind in ("decade", "ordinal", "season") for w in words(kind)),
            *(units | {"period", "time", "same", "q"}),
            *("last", "past", "previous", "next", "coming", "following", "recent"),
            *("very", "start", "beginning", "end", "middle", "close", "opening", "latter", "final"),
            *("fourth", "half"),
        }
    )
    table |= {"up": frozenset({"to", "until", "till"}), "as": frozenset({"of"})}
    table |= dict.fromkeys(("no", "not"), frozenset({"later"}))
    return table


def _goes_on(text: str, end: int, words: frozenset[str]) -> bool:
    """One of some words follows, or what is no word: a figure, an apostrophe."""
    m = patterns().following.match(text, end)
    if m is not None and (not m[1].isalpha() or m[1].lower() in words):
        return True
    return text[end + 1 : end + 2].isdigit()


def line_read(line: Timeline, pos: int, *, deep: bool = False) -> Found | None:
    """The longest expression at a position; `deep` leaves out readers that would start over
    inside.
    """
    word = patterns().word.match(line.text, pos)
    if word is None:
        return None
    key = "#" if word[0][0].isdigit() else word[0].lower()
    some = readers().get(key, ())
    if not some or (key in following() and not _goes_on(line.text, word.end(), following()[key])):
        return None
    if deep:
        some = tuple(r for r in some if r is not led and r is not opened)
    return first_of(line, pos, some)
