"""Who lent an organisation its voice: the official of it who is quoted beside its statement."""

from __future__ import annotations

import dataclasses

from kg.extraction.attribution import Participants
from kg.extraction.links import content_words, overlap
from kg.extraction.reading import Reading
from kg.records import Statement

SIMILAR = 0.3
"""Share of the organisation's content words that the official repeats in a neighbouring
paragraph.
"""

ASKING = frozenset({"call_on", "demand"})
"""Forces whose targets are spoken to."""


def voiced(reading: Reading, statements: list[Statement], cast: Participants) -> list[Statement]:
    """The statements, those of an organisation with the official who makes them in person.

    "*Norland denied the charge.* “This is untrue,” its spokesman Lee said": somebody with a name,
    in the same paragraph, or in the next where he says the same or the organisation opens the
    report.
    """
    body = [s for s in statements if _asserts(s)]
    persons = [s for s in body if cast.kind(s.speaker) == "person" and cast.is_named(s.speaker)]
    first = _paragraph(reading, body[0]) if body else 0
    names = {
        s.id: _official(reading, s, _paragraph(reading, s) == first, persons, cast) for s in body
    }
    return [
        dataclasses.replace(s, voiced_by=names[s.id]) if names.get(s.id) else s for s in statements
    ]


def _asserts(statement: Statement) -> bool:
    return not (statement.headline or statement.topic_only or statement.nested_in)


def _official(
    reading: Reading,
    statement: Statement,
    opens: bool,
    persons: list[Statement],
    cast: Participants,
) -> str | None:
    if statement.speaker is None or statement.co_speakers or statement.voiced_by is not None:
        return statement.voiced_by
    if cast.kind(statement.speaker) == "person" or _is_possessor(reading, statement):
        return None
    here = _paragraph(reading, statement)
    mine = content_words(" ".join(c.of(reading.text) for c in statement.content))
    near = []
    for other in persons:
        distance = _paragraph(reading, other) - here
        if abs(distance) > 1 or other.speaker is None:
            continue
        if statement.speaker not in cast.bodies(other.speaker):
            continue
        theirs = content_words(" ".join(c.of(reading.text) for c in other.content))
        asked = other.targets if other.force in ASKING else ()
        elsewhere = cast.told((*other.addressees, *asked))  # "told Belgium to stop"
        beside = distance == 0 or (opens and distance == 1)
        if (beside and not elsewhere) or overlap(mine, theirs) >= SIMILAR:
            after = other.content[0].start < statement.content[0].start
            near.append((abs(distance), after, other.content[0].start, other.speaker))
    return min(near)[3] if near else None


def _is_possessor(reading: Reading, statement: Statement) -> bool:
    """The source only owns the cue: "took back *its* announcement that …"."""
    return [s.of(reading.text).lower() for s in statement.source] in (["its"], ["their"])


def _paragraph(reading: Reading, statement: Statement) -> int:
    """The number of the statement's paragraph, empty lines not counted."""
    return reading.story_line(statement.content[0].start)
