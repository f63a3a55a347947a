"""Finds the expressions of time in an article and the days they stand for.

Relative ones count from the day of publication; where that is unknown, from a day that the text
itself
gives away, and their rule says so; else they keep their words and have no days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.date_calendar import Days
from kg.extraction.date_grammar import line_read, readers
from kg.extraction.date_patterns import patterns, words
from kg.extraction.date_timeline import Found, Timeline
from kg.nlp.articles import NOT_THE_STORY, published, sections
from kg.nlp.layers import Marked, read_layer, write_layer
from kg.records import DateExpression, TextSpan

DATES = "kg_dates"
"""Key of the layer."""

INFERRED = "day of the article inferred"
"""Stands in the rule of a relative date whose anchor the text gave away."""


@Language.factory("kg_dates", assigns=["doc.spans"])
def make_dates(nlp: Language, name: str) -> DateAnnotator:
    """The component that finds dates; needs no other."""
    return DateAnnotator()


class DateAnnotator:
    """Doc → Doc, with the layer of dates."""

    def __call__(self, doc: Doc) -> Doc:
        """Find and keep the dates of the story; teasers and boilerplate have none."""
        found = expressions(_story(doc), published(doc))
        marks = [Marked(d.span, d.granularity, f"{d.span.start}-{d.span.end}") for d in found]
        write_layer(doc, DATES, marks, dates=found)
        return doc


def dates(doc: Doc) -> tuple[DateExpression, ...]:
    """The expressions of time in the article behind `doc`, in reading order.

    Raises:
        MissingAnnotation: If `kg_dates` did not run.
    """
    return read_layer(doc, DATES, "dates", DateExpression)


def expressions(
    text: str, published: date | None = None, *, day_first: bool | None = None
) -> list[DateExpression]:
    """The expressions of time in a text, in reading order, none overlapping.

    Args:
        text: Any text; offsets count in it.
        published: The day from which relative dates count; `None` infers it from the text, if it
        can.
        day_first: How 03/04/2023 is read; `None` leaves it without days.
    """
    found = list(scan(Timeline(text, published, day_first)))
    day = _inferred(text, found) if published is None else None
    if day is not None:
        found = list(scan(Timeline(text, day, day_first)))
    return [_expression(start, one, day is not None) for start, one in found if one.days]


def inferred_day(text: str) -> date | None:
    """The day on which an undated article was written, where the text leaves no doubt.

    Either a line near the top is a date and nothing else; or the latest full date in the text lies
    not ahead, falls on a weekday that the text mentions without date, and no later year is named.
    """
    return _inferred(text, list(scan(Timeline(text))))


def _inferred(text: str, found: list[tuple[int, Found]]) -> date | None:
    """The day that a text gives away by what was read of it without one."""
    full = [
        (s, f) for s, f in found if f.year is not None and f.days and f.days.granularity == "day"
    ]
    for start, one in full:
        before, after = text.rfind("\n", 0, start) + 1, text.find("\n", one.end)
        rest = text[before:start] + text[one.end : after if after >= 0 else len(text)]
        # 10 lines: headline, by-line, place and blank lines between them
        if one.days and not rest.strip(" .,|()[]–-—") and text.count("\n", 0, start) < 10:
            return one.days.start
    weekdays = {text[s : f.end].split()[-1].rstrip("s") for s, f in found if f.rule == "weekday"}
    named = {_weekday_name(word) for word in weekdays}
    past = [f.days.start for s, f in full if f.days and f.days.start and _not_ahead(text, s, f)]
    latest = max(past, default=None)
    if latest is None or any(f.year is not None and f.year > latest.year for _, f in found):
        return None
    return latest if latest.weekday() in named else None


def _not_ahead(text: str, start: int, found: Found) -> bool:
    return Timeline(text).direction(start, found.end) != "future"


def _weekday_name(word: str) -> int | None:
    return words("weekday").get(word.title())


def scan(line: Timeline) -> Iterator[tuple[int, Found]]:
    """What is found in a text from left to right, with where it starts; impossible dates
    included.
    """
    table, done = readers(), 0
    for word in patterns().word.finditer(line.text):
        written = word[0]
        if written.lower() not in table and not written[0].isdigit():
            continue
        start = word.start()
        if start < done or _inside_number(line.text, start):
            continue
        found = line_read(line, start)
        if found is not None:
            done = found.end
            line.note(found, start)
            yield start, found


def _inside_number(text: str, start: int) -> bool:
    return start > 1 and text[start - 1] in ".,:_" and text[start - 2].isalnum()


def _expression(start: int, found: Found, inferred: bool) -> DateExpression:
    days = found.days or Days(None, None, "day")
    relative = found.year is None and (days.start or days.end) is not None
    return DateExpression(
        span=TextSpan(start, found.end),
        start=days.start.isoformat() if days.start else None,
        end=days.end.isoformat() if days.end else None,
        granularity=days.granularity,
        rule=f"{found.rule}; {INFERRED}" if inferred and relative else found.rule,
    )


def _story(doc: Doc) -> str:
    """The text with the words that are not the story blanked out; offsets stay."""
    text = doc.text
    for section in sections(doc):
        if section.kind in NOT_THE_STORY:
            start, end = section.span
            blank = "".join("\n" if c == "\n" else " " for c in text[start:end])
            text = text[:start] + blank + text[end:]
    return text
