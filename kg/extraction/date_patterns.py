"""The words and regular expressions of dates; every pattern is bounded in length, none can
backtrack far.
"""

from __future__ import annotations

import functools
import re
from importlib import resources


@functools.cache
def words(kind: str) -> dict[str, int]:
    """The words of a kind in `time_words.tsv` with their number; 0 where they have none."""
    text = (resources.files("kg") / "data" / "time_words.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {w: 0 if v == "-" else int(v) for k, w, v in rows[1:] if k == kind}


def any_of(*alternatives: str) -> str:
    """A group that matches one of some patterns, longer ones first."""
    return "(?:" + "|".join(sorted(alternatives, key=lambda w: (-len(w), w))) + ")"


def cased(*names: str) -> str:
    """Names as they start a word or stand in capitals; never in lower case ("may", "march")."""
    return any_of(*{n for name in names for n in (name, name.upper())})


WS = r"(?:[ \t\u00a0\u202f]{1,3})"
DASH = r"[-–—‑]"
STOP = r"(?=[.,;:)\"”’?!\n]|$)"
"""Nothing that the words could be before or after follows."""


class Patterns:
    """The patterns, built once from the word lists."""

    def __init__(self) -> None:
        full, short = words("month"), words("month_short")
        month = rf"(?P<mon>(?:{cased(*full)}|{cased(*short)}\b\.?)(?![\w’'](?!s\b)))"
        day = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d:%]|[.,]\d|\w)"
        year = r"(?P<year>1\d{3}|2[01]\d\d)(?!\d|[.,]\d|%|s\b|\w)"
        long_day = cased(*words("weekday"))
        any_day = rf"(?:{long_day}|{cased(*words('weekday_short'))}\b\.?)"
        ref_year = (
            rf"(?P<ref>this|that|last|next|the same|the following|the previous|the){WS}year\b"
        )
        self.word = re.compile(r"[^\W\d_]+|\d+")
        self.capitals = re.compile(rf"(?:{WS}[A-Z][\w’'-]+){{1,2}}")
        self.following = re.compile(rf"{WS}([^\W\d_]+|\S)")
        self._calendar(month, day, year, ref_year)
        self._weekdays(long_day, any_day)
        self._years(year, ref_year)
        self._relative(cased(*full), long_day)
        self._around(month)

    def _calendar(self, month: str, day: str, year: str, ref_year: str) -> None:
        self.iso = re.compile(
            r"(?P<year>1[5-9]\d\d|20\d\d)([-/])(?P<mon>\d\d?)\2(?P<day>\d\d?)"
            r"(?:T\d\d:\d\d(?::\d\d)?Z?)?(?![\d/-])"
        )
        self.numeric = re.compile(
            r"(?P<a>\d\d?)([./-])(?P<b>\d\d?)\2(?P<year>1[5-9]\d\d|20\d\d)(?![\d/-])"
        )
        self.day_month = re.compile(rf"{day}(?:{WS}of)?(?:{WS}|{DASH}){month}")
        self.month_day = re.compile(rf"{month}{WS}(?:the{WS})?{day}")
        self.month_only = re.compile(rf"{month}(?!\w)")
        self.bare_day = re.compile(rf"(?:the{WS})?{day}")
        self.then_year = re.compile(rf"(?:,?{WS}(?:of{WS})?|,){year}")
        self.in_year = re.compile(rf"{WS}in{WS}{year}")
        self.then_ref_year = re.compile(rf",?{WS}(?:of{WS}|in{WS})?{ref_year}")

    def _weekdays(self, long_day: str, any_day: str) -> None:
        self.weekday_then = re.compile(rf"{any_day},?{WS}(?:the{WS})?(?=\d|[A-Z])")
        self.weekday = re.compile(rf"(?P<weekday>{long_day})(?:s(?=\b))?(?!\w)")
        self.daytime = re.compile(
            rf"{WS}(?:(?:early|late){WS})?"
            r"(?:morning|afternoon|evening|night|noon|midday|midnight)\b"
        )
        self.clock = re.compile(
            r"(?:(?:\d{1,2}[:.]\d\d(?::\d\d)?"
            r"|\d{4}(?=[ \u00a0](?:GMT|UTC|hours))"
            r"|\d{1,2}(?=[ \u00a0]?[ap]\.?m))(?:[ \u00a0]?(?:[ap]\.?m\b\.?|hours))?"
            r"|noon|midnight|midday)"
            rf"(?:{WS}(?:[A-Z]{{2,5}}|local|[A-Z][a-z]{{2,12}}){WS}?(?:time)?)?"
            rf"(?:{WS}?[\[(][^\])\n]{{1,40}}[\])])?,?{WS}(?:on{WS}|of{WS})?"
        )

    def _years(self, year: str, ref_year: str) -> None:
        ordinal = rf"(?i:\d{{1,2}}(?:st|nd|rd|th)|{any_of(*words('ordinal'))})"
        seasons = any_of(*words("season"), *(w.title() for w in words("season")))
        self.year = re.compile(rf"(?i:the{WS}year{WS})?{year}")
        self.years = re.compile(
            rf"{year}{WS}?(?:{DASH}|/){WS}?(?P<year2>\d{{4}}|\d\d)(?![\d\w]|[.,]\d|{DASH}\d)"
        )
        self.two_digits = re.compile(r"\d\d(?!\d|\w|[.,:]\d)")
        self.decade = re.compile(
            rf"(?i:the{WS})?(?:(?P<dec>1\d\d0|20\d0)[’']?s|[’'](?P<short>\d0)s"
            rf"|(?P<name>{any_of(*words('decade'))}))\b"
        )
        self.century = re.compile(
            rf"(?i:the{WS})?(?P<n>{ordinal})(?:{WS}(?:and|to|or){WS}(?P<n2>{ordinal}))?"
            rf"(?:{WS}|-)centur(?:y|ies)\b"
        )
        self.season = re.compile(
            rf"(?i:the{WS})?(?P<season>{seasons})(?:{WS}of)?{WS}"
            rf"(?:{year}|(?P<ref>this|that|last|next){WS}year\b)"
        )
        self.quarter = re.compile(
            rf"(?i:the{WS})?(?:Q(?P<q>[1-4])|(?P<ord>first|second|third|fourth|last){WS}quarter)"
            rf"(?:(?:{WS}of)?{WS}(?:{year}|{ref_year}))?"
        )

    def _relative(self, months: str, weekdays: str) -> None:
        numbers = any_of(*words("number"), *words("vague_number"), "a couple of", "a few")
        number = rf"(?i:\d{{1,3}}|{numbers})"
        unit = (
            r"(?P<unit>hour|day|night|week|weekend|fortnight|month|quarter|year|decade"
            r"|centur(?=y|ies))(?:s|y|ies)?\b"
        )
        listed = rf"{number}(?:,{WS}{number}){{0,3}}(?:,?{WS}(?:and|or|to){WS}{number})?"
        self.ago = re.compile(
            rf"(?:(?P<half>[Hh]alf{WS}an?)|(?P<n>{listed})(?:{WS}and{WS}(?P<n_half>a half))?)"
            rf"(?:{WS}(?:full|long|short|more|calendar|or{WS}so))?{WS}{unit}"
            rf"(?:{WS}(?P<and_half>and a half))?{WS}(?P<way>ago|earlier|later|prior(?!{WS}to)"
            rf"|beforehand|afterwards?|before{STOP}|after{STOP})\b"
        )
        self.vague_ago = re.compile(
            rf"(?:hours|days|weeks|months|years|decades|centuries){WS}ago\b", re.I
        )
        self.rolling = re.compile(
            rf"(?i:the{WS})?(?P<way>(?i:last|past|previous|next|coming|following|recent)){WS}"
            rf"(?:(?P<n>{number}){WS})?{unit}"
        )
        self.relative = re.compile(
            r"(?P<way>(?i:last|this|next|this past|this coming|the same|the following"
            r"|the previous|the next|that(?: same)?|that very|the coming))"
            rf"{WS}(?:(?P<unit>day|night|week|weekend|month|quarter|year|decade|century)\b"
            rf"|(?P<season>{any_of(*words('season'))})\b|(?P<weekday>{weekdays})\b"
            rf"|(?P<mon>{months})\b|(?P<time>morning|afternoon|evening)\b)"
        )
        self.deictic = re.compile(
            r"(?:the day (?:before (?P<bb>yesterday)|after (?P<at>tomorrow))"
            r"|(?P<word>today|yesterday|tomorrow|tonight))\b(?:’s|'s)?",
            re.I,
        )
        self.overnight = re.compile(
            rf"overnight(?:{STOP}|(?={WS}(?:in|into|near|at|as|by|with|from|after|when|and|but|that)\b))",
            re.I,
        )
        self.neighbour = re.compile(
            r"the (?P<unit>day|week|month|year) (?P<way>before|after)(?: (?P<last>last))?"
            rf"(?:{STOP}|(?= that\b))",
            re.I,
        )
        self.weekend = re.compile(rf"(?:(?:over|at|during|on){WS})?(?:the|a){WS}weekend\b", re.I)

    def _around(self, month: str) -> None:
        """What stands around a date: parts of it, openness, ranges, prepositions."""
        self.part = re.compile(
            rf"(?i:the{WS})?(?:very{WS})?(?P<part>start|beginning|end|middle|close|opening"
            r"|first half|second half|latter half"
            rf"|(?P<nth>first|second|third|fourth|last){WS}(?P<sub>week|days|month|quarter)"
            rf"|last{WS}days|final{WS}days){WS}of{WS}"
            rf"(?:the{WS}(?P<unit>year|month|week|decade|century|day|quarter)\b)?"
        )
        self.week_of = re.compile(rf"(?:the{WS})?week{WS}of{WS}(?=\d|[A-Z])", re.I)
        self.part_join = re.compile(rf"(?:,?{WS}(?:to|until|till|through|and|up to){WS}|{DASH})")
        self.ends = re.compile(
            rf"(?:the{WS})?(?:year(?:[’']s{WS}|-|{WS})end|end-year"
            rf"|(?P<m>month(?:[’']s{WS}|-|{WS})end))\b"
        )
        self.early = re.compile(
            rf"(?P<part>[Ee]arly|[Ll]ate|[Mm]id|[Ll]ater|[Ee]arlier)(?:{WS}|-)"
            rf"(?:(?:in|on){WS})?(?:the{WS}(?P<unit>day|week|month|year|decade|century)\b)?"
        )
        self.lead = re.compile(
            rf"(?:in|on|at|during|over|within|throughout|through){WS}"
            rf"(?:the{WS}(?:period|course|space|years?|months?|days?){WS}(?:of{WS})?)?",
            re.I,
        )
        self.open = re.compile(
            rf"(?P<way>since|until|till|by|before|up (?:to|until)|as of|from|not? later than){WS}"
            rf"(?:(?:early|late){WS}on{WS})?(?:the{WS}(?=morning|evening))?",
            re.I,
        )
        self.span = re.compile(
            rf"(?:(?:in|for|during|over){WS})?(?:the{WS}(?:period|years|time|months|days){WS})?"
            rf"(?P<way>from|between|of){WS}(?=\S)",
            re.I,
        )
        dashed = rf"{WS}?{DASH}{WS}?"
        self.span_join = {
            "from": re.compile(
                rf"(?:,?{WS}(?:to|until|till|through|up to){WS}(?:the{WS})?|{dashed})"
            ),
            "between": re.compile(rf"{WS}(?:and|to){WS}(?:the{WS})?|{dashed}"),
        }
        self.joined = re.compile(rf"(?:{WS}(?:to|through|until){WS}|{dashed})(?=[\dA-Z])")
        number = r"(?:0?[1-9]|[12]\d|3[01])(?!\d|[:.,]\d|%)"
        listed = rf"(?:,{WS}{number}){{0,5}},?{WS}(?:and|or){WS}(?P<final>{number})"
        self.days_after = re.compile(rf"{listed}(?=[.,;:)”\"’]|{WS}[a-z]|$)")
        self.days_before = re.compile(rf"{number}{listed}{WS}(?:of{WS})?(?=[A-Z])")
        plain_month = month.replace("(?P<mon>", "(?:")
        self.and_day = re.compile(
            rf"{WS}(?:and|or){WS}(?=(?:0?[1-9]|[12]\d|3[01])"
            rf"(?:[.,;:)]|{WS}(?:{plain_month}|of|this|last)\b))"
        )


@functools.cache
def patterns() -> Patterns:
    """The patterns, compiled at first use."""
    return Patterns()
