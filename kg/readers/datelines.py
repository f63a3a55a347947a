"""The words that say where, when and by whom an article was filed: "MOSCOW (Sputnik) –"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.readers.phrases import agencies, lexicon, normal
from kg.readers.written_dates import days_of_year, full_dates

PREFIX_CHARS = 160
"""How far into a paragraph a dateline may reach, in characters."""

LINE_CHARS = 160
"""Longest line that is nothing but a date, in characters."""

FULL_DATE_CHARS = 30
"""Longest date with its year, in characters: "the 19th of September, 2023" has fewer."""

DATED_LINE_WORDS = 9
"""Longest line that a date and a few other words make, in words."""

_SEPARATORS = ("|", "•", "·", "/", ",")
_NUMERIC_DAY = re.compile(r"(?<![0-9])[0-3]?[0-9]([./-])[0-3]?[0-9]\1(?:19|20)[0-9]{2}(?![0-9])")
_DASH = r"(?:--|[–—―-])"
_AGENCY = re.compile(r"\((?P<round>[^()\n]{2,50})\)|/(?P<slash>[^/\n]{2,40})/")
_AFTER_AGENCY = re.compile(
    rf"\.?\s{{0,2}}(?P<dash>{_DASH})(?=[\s\w\"'“‘«„]|$)|\s?[.:](?=\s|$)|\s*$"
)
_TOWN_COLON = re.compile(
    r"(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ.'’-]+){0,3}(?:/[A-ZÀ-Þ]{3,30})?)"
    r"\s?:\s(?=[\"“‘]?[A-Z])"
)
_OWN_WORDS = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Yy]ou)\b")
"""Words of who speaks: "PETROV: *We* thank you" is no report from a town."""
_SPACED_DASH = re.compile(rf"\s{_DASH}(?=\s|$)|(?<=\w)\s?[–—―](?=\s?[\w\"'“‘«„])")
_AFTER_DAY = re.compile(r"(?:,\s(?P<agency>[^\W\d_][\w /.-]{1,30}?))?\s?(?:[.:](?=\s|$)|$)")
_WEEKDAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)\b\.?", re.I
)
_NAME_JOINTS = frozenset(
    ("of", "the", "de", "la", "le", "el", "al", "da", "do", "del", "di", "and", "on")
)
_NO_PLACES = frozenset(
    ("on", "in", "at", "by", "since", "from", "until", "after", "before", "as", "of", "between")
)
_WHEN_WORDS = re.compile(
    r"\b(?:st|nd|rd|th|of|at|on|am|pm|[ap]\.m|gmt|utc|es?t|edt|ces?t|msk|bst|ist|local|time|"
    r"posted|published|first|last|updated?|modified|issued|released|date|created|"
    r"(?:hour|minute|min|day)s?|ago|read)\b",
    re.I,
)
_CLOCK = re.compile(r"[0-9]{1,2}(?:[:.][0-9]{2})?\s?(?:am|pm)\b|T?[0-9]{2}:[0-9]{2}\S*", re.I)


@dataclass(frozen=True, slots=True)
class _Filed:
    """What stands before a dateline's end: a place, and whether a day or agency stands with it."""

    place: str
    has_day: bool
    agency: str | None = None

    @property
    def in_capitals(self) -> bool:
        """The place is set as agencies set it; three letters, as "UN" is more often no place."""
        town = re.split(r"[,/]", self.place)[0]
        return town.isupper() and sum(map(str.isalpha, town)) >= 3

    @property
    def agency_known(self) -> bool:
        return self.agency is not None and normal(self.agency) in agencies()


def is_label(paragraph: str) -> bool:
    """It begins with words in capitals and a colon: a town, or who speaks in a transcript."""
    return _TOWN_COLON.match(paragraph) is not None


def dateline_end(paragraph: str, *, first: bool, alone: bool = False) -> int | None:
    """Where the dateline at the beginning of a paragraph ends, its dash not counted.

    Args:
        paragraph: A paragraph of prose, or a line that is nothing but a dateline.
        first: It opens the story, where a place and a dash are enough.
        alone: No other paragraph begins with a label, so that a colon is enough as well.
    """
    head = paragraph[:PREFIX_CHARS]
    end = _end_at_agency(head, first)
    if end is None:
        end = _end_at_day(head, first)
    if end is None:
        end = _end_at_dash(head, first)
    return _end_at_colon(head) if end is None and first and alone else end


def is_date_line(line: str) -> bool:
    """The line says nothing but when: a date with its year, "Published:", a time of day."""
    if len(line) > LINE_CHARS:
        return False
    spans = _day_spans(line)
    return bool(spans) and not _says_more(line, spans)


def is_bare_date(line: str) -> bool:
    """The line is a date with its year and nothing else."""
    line = line.strip(" .:")
    if len(line) > FULL_DATE_CHARS:
        return False
    return any(when.end - when.start == len(line) for when in full_dates(line))


def is_stamp(line: str) -> bool:
    """A day and an hour, as pages set them below the title of each story: "3 March, 10:44 GMT"."""
    if len(line) > FULL_DATE_CHARS * 2 or not _CLOCK.search(line):
        return False
    spans = _day_spans(line) or [(day.start, day.end) for day in days_of_year(line)]
    return bool(spans) and not _says_more(line, spans)


def is_dated_line(line: str) -> bool:
    """A date set beside a few other words: "4 March 2024 Peace and Security"."""
    words = line.split()
    if len(words) > DATED_LINE_WORDS or len(line) > LINE_CHARS or line.endswith((".", "!", "?")):
        return False
    for start, end in _day_spans(line):
        before = line[:start].rstrip()
        after = _CLOCK.sub("", line[end:], count=1).lstrip()
        set_apart = before.endswith(_SEPARATORS) or len(before.split()) <= 2
        if not before or (set_apart and (not after or after.startswith(_SEPARATORS))):
            return True
    return False


def _day_spans(line: str) -> list[tuple[int, int]]:
    """Where days with a year stand; of 03/04/2024, too, though one cannot tell which it is."""
    spans = [(when.start, when.end) for when in full_dates(line)]
    return spans or [match.span() for match in _NUMERIC_DAY.finditer(line)]


def _says_more(line: str, spans: list[tuple[int, int]]) -> bool:
    for start, end in reversed(spans):
        line = f"{line[:start]} {line[end:]}"
    for pattern in (_CLOCK, _WEEKDAY, _WHEN_WORDS):
        line = pattern.sub(" ", line)
    return any(c.isalpha() for c in line)


def _end_at_agency(head: str, first: bool) -> int | None:
    """KYIV, March 3 (AP) - …; MOSCOW, September 19. /TASS/. …; (AP) — …; KYIV (AP), May 3 – …"""
    match = _AGENCY.search(head)
    if match is None:
        return None
    end = _end_of_day(head, match.end())
    after = _AFTER_AGENCY.match(head, end)
    if after is None:
        return None
    agency = (match["round"] or match["slash"]).strip()
    filed = _filed(head[: match.start()], agency)
    if filed is None:
        return None
    if not filed.place:
        return end if filed.agency_known and after["dash"] else None
    if filed.agency_known or filed.has_day or end > match.end():
        return end
    likely = len(agency.split()) <= 4 and (filed.in_capitals or first)
    return end if likely and (after["dash"] or match["slash"]) else None


def _end_of_day(head: str, start: int) -> int:
    """Where the day ends that stands right behind `start`; `start` where none does."""
    rest = head[start:]
    when = next(iter(full_dates(rest)), None) or next(iter(days_of_year(rest)), None)
    beside = when is not None and not rest[: when.start].strip(" ,.")
    return start + when.end if when is not None and beside else start


def _end_at_day(head: str, first: bool) -> int | None:
    """BAKU, Azerbaijan, September 19. …; YEREVAN, MAY 3, ARMENPRESS. …; Geneva, 3 May 2024"""
    when = next(iter(full_dates(head)), None) or next(iter(days_of_year(head)), None)
    after = _AFTER_DAY.match(head, when.end) if when else None
    if when is None or after is None:
        return None
    filed = _filed(head[: when.end], None)
    if filed is None or not filed.place or not (first or filed.in_capitals):
        return None
    agency = after["agency"]
    if agency is None:
        return when.end
    return after.end("agency") if agency.isupper() or normal(agency) in agencies() else None


def _end_at_dash(head: str, first: bool) -> int | None:
    """LONDON — …; Brussels, 3 March 2024 – …; TBILISI, DFWatch–…"""
    match = _SPACED_DASH.search(head)
    filed = _filed(head[: match.start()], None) if match else None
    if match is None or filed is None or not filed.place:
        return None
    opening = head[match.end() :].lstrip("–—―- \t\u00a0")[:1]
    if opening.islower() or normal(filed.place) in agencies() or lexicon().names(filed.place):
        return None
    likely = filed.has_day or (first and len(filed.place.split()) <= 6)
    return len(head[: match.start()].rstrip(" :,")) if likely else None


def _filed(prefix: str, agency: str | None) -> _Filed | None:
    """The parts of a dateline; `None` if its words are not those of one."""
    when = next(iter(full_dates(prefix)), None) or next(iter(days_of_year(prefix)), None)
    place, rest = (prefix[: when.start], prefix[when.end :]) if when else (prefix, "")
    if any(c.isalnum() for c in _WEEKDAY.sub("", rest)):
        return None
    place = _WEEKDAY.sub("", place).strip(" \t\u00a0,.:–—―-")
    return _Filed(place, when is not None, agency) if _is_name(place) else None


def _is_name(place: str) -> bool:
    words = re.split(r"[\s,/]+", place) if place else []
    if words and words[0].lower() in _NO_PLACES:
        return False
    return len(words) <= 8 and all(
        word.lower() in _NAME_JOINTS
        if word[:1].islower()
        else word[:1].isalpha() and not any(c.isdigit() or c in '"“”!?();:' for c in word)
        for word in words
        if word
    )


def _end_at_colon(head: str) -> int | None:
    """NEW DELHI: …; of who speaks, no report from a town follows."""
    match = _TOWN_COLON.match(head)
    filed = _filed(match["place"], None) if match else None
    if match is None or filed is None or not filed.in_capitals:
        return None
    if normal(filed.place) in agencies() or lexicon().names(filed.place):
        return None
    return None if _OWN_WORDS.search(head, match.end()) else match.end("place")
