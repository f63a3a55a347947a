"""When an article was published, read from its own words where no metadata tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import chain

from kg.readers.phrases import agencies, normal
from kg.readers.written_dates import MONTH, WEEKDAYS, WrittenDate, days_of_year, full_dates
from kg.records import Section

NEAR = timedelta(days=60)
"""How long after the latest full date in its body an article may have been filed."""

OPENING = 600
"""How much body, in characters, can stand above a date line: a standfirst and a summary."""

_BRACKETED = re.compile(r"\((?=[A-Z])([^()0-9]{2,40})\)$")
_CHANGED = re.compile(r"\b(?:updated?|modified|corrected|amended)\b", re.IGNORECASE)
_PUBLISHED = re.compile(r"\b(?:published|posted|issued|released)\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:by|until|till|before|expires?|expiry|scheduled|due|deadline|planned|slated|effective|"
    r"will|through|from|starting|beginning)\s(?:[\w,]+\s){0,3}$",
    re.IGNORECASE,
)
_BACK = re.compile(r"\b(?:since|of|dated|after|following|before)\s+$", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"(?<!last )(?<!next )(?<!every )(?<!each )(?<!coming )"
    rf"\b({'|'.join(WEEKDAYS)})\b(?!,?\s+{MONTH})",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!by )(?<!until )(?<!before )(?<!through )\b((?:19|20)[0-9]{2})\b(?!-)")
_TODAY = re.compile(r"\btoday,?\s\(?$|\btoday is\s$", re.IGNORECASE)


def published_in(text: str, sections: Iterable[Section]) -> str | None:
    """The ISO date on which an article says that it was published; `None` where it does not tell.

    A date line counts first ("Published" before "Updated"), then a note such as "first published
    on", then a dateline's day without a year, if a nearby date in the body gives the year. A full
    date in the body counts only if it is the latest one and falls on the weekday that the article
    names most: agencies call the day of publication by its weekday.
    """
    found = tuple(sections)
    body = _body(text, found)
    day = (
        _on_date_line(text, found)
        or _in_note(text, found)
        or _on_dateline(text, found, body)
        or _in_body(body)
    )
    return day.isoformat() if day else None


def agency_in(text: str, sections: Iterable[Section]) -> str | None:
    """The agency or newsroom that a dateline or source line names; `None` where there is none."""
    for section in sections:
        if section.kind == "dateline":
            words = section.span.of(text)
            parts = (words, *re.split(r"[(),/|:]", words))
            known = (part.strip() for part in parts if normal(part) in agencies())
            bracketed = (match[1].strip() for match in _BRACKETED.finditer(words))
            name = next(chain(known, bracketed), None)
            if name:
                return name
    return None


def _body(text: str, sections: tuple[Section, ...]) -> str:
    """The text with what is not body blanked out, so that offsets stay."""
    parts, at = [], 0
    for section in sections:
        parts += [text[at : section.span.start], " " * (section.span.end - section.span.start)]
        at = section.span.end
    return "".join((*parts, text[at:]))


def _opening(text: str, sections: tuple[Section, ...]) -> int:
    """Where the first `OPENING` characters of body end."""
    body, at = 0, 0
    for section in sections:
        body += len(text[at : section.span.start].strip())
        if body > OPENING:
            return section.span.start - 1
        at = section.span.end
    return len(text)


def _on_date_line(text: str, sections: tuple[Section, ...]) -> date | None:
    changed: date | None = None
    opening = _opening(text, sections)
    for section in sections:
        # Lines below the story, without "Published", date corrections and other articles.
        if section.kind != "dateline" or not (
            section.span.start <= opening or _PUBLISHED.search(section.span.of(text))
        ):
            continue
        words = section.span.of(text)
        for when in full_dates(words):
            before = words[: when.start]
            if not _CHANGED.search(before) or _PUBLISHED.search(before):
                return when.day
            changed = changed or when.day
    return changed


def _in_note(text: str, sections: tuple[Section, ...]) -> date | None:
    notes = (s.span for s in sections if s.kind in ("boilerplate", "credit"))
    for span in notes:
        words = span.of(text)
        for when in full_dates(words):
            if _PUBLISHED.search(words[max(0, when.start - 60) : when.start]):
                return when.day
    return None


def _on_dateline(text: str, sections: tuple[Section, ...], body: str) -> date | None:
    written = _written(body)
    latest = max((when.day for when in written), default=None)
    if latest is None:
        return None
    opening = _opening(text, sections)
    for section in sections:
        if section.kind == "dateline" and section.span.start <= opening:
            for day in days_of_year(section.span.of(text)):
                years = (latest.year, latest.year + 1)
                days = [found for year in years if (found := day.in_year(year))]
                return next((d for d in days if latest <= d <= latest + NEAR), None)
    return None


def _in_body(body: str) -> date | None:
    written = _written(body)
    latest = max((when.day for when in written), default=None)
    if latest is None or any(int(year) > latest.year for year in _YEAR.findall(body)):
        return None
    if any(
        when.day == latest and _TODAY.search(body[max(0, when.start - 10) : when.start])
        for when in written
    ):
        return latest
    weekdays = Counter(match[1].lower() for match in _WEEKDAY.finditer(body))
    today = WEEKDAYS[latest.weekday()]
    named_most = weekdays[today] > 0 and weekdays[today] == max(weekdays.values())
    return latest if named_most else None


def _written(body: str) -> list[WrittenDate]:
    """The full dates of the body, save those to come ("by May 1") and past ("since May 1")."""
    found = []
    for when in full_dates(body):
        before = body[max(0, when.start - 40) : when.start]
        if not _AHEAD.search(before) and not _BACK.search(before):
            found.append(when)
    return found
