"""Interviews and transcripts: turns of speech, each behind the name of who speaks and a colon.

Nothing stands in quotation marks there, and no verb of saying: that a line is a turn shows only by
its likes, so that a text has turns when several speakers come back.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extraction.drafts import Draft
from kg.extraction.reading import Reading
from kg.extraction.tables import word_list

FRAME = "transcript"
LABEL = re.compile(
    r"\s*[*_]{0,3}(?:(?P<letter>[QA])[:.]|"
    r"(?P<name>[A-Z][^\s:,;.!?*_]*\.?(?:[ ][^\s:,;!?*_]+){0,5}?)"
    r"(?:[ ]\([^()\n:]{1,40}\))?:)[*_]{0,3}(?:\s+|$)"
)
"""What stands before a turn: "Q:", "ANN LEE (Norland):", "Moderator:", at most six words."""

FEWEST_TURNS = 3
QUESTION = frozenset({"q", "question", "reporter", "journalist", "correspondent", "interviewer"})
NO_PERSON = frozenset({"GPE", "LOC", "DATE"})
BODY = frozenset({None, "standfirst"})
LABELLED = BODY | {"subhead"}
"""A short question, set apart, looks like a subhead."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A paragraph with a label, or one that goes on with what the label began; token ranges."""

    label: range
    name: str
    colon: int
    speech: range


def transcript_drafts(reading: Reading) -> Iterator[Draft]:
    """The turns of an interview or transcript, each paragraph a statement of its own."""
    for turn in turns(reading):
        words = [i for i in turn.speech if not reading.doc[i].is_space]
        if not any(reading.is_word[i] for i in words):
            continue
        source = set(turn.label)
        head = reading.doc[turn.label.start : turn.label.stop].root
        asks = turn.name in QUESTION or _only_asks(reading, words)
        yield Draft(
            reading.doc[turn.colon],
            {turn.colon} - source,
            set(range(words[0], words[-1] + 1)),
            source,
            head,
            FRAME,
            ":",
            force="ask" if asks else "assert",
            topic_only=asks,
        )


def turns(reading: Reading) -> list[Turn]:
    """All turns in reading order; none where the labels do not recur as speakers do."""
    labelled: dict[int, Turn] = {}
    for number in range(len(reading.paragraphs)):
        turn = _labelled(reading, number)
        if turn is not None:
            labelled[number] = turn
    said = Counter(turn.name for turn in labelled.values())
    labelled = {n: t for n, t in labelled.items() if said[t.name] > 1 or _is_name(reading, t)}
    said = Counter(turn.name for turn in labelled.values())
    recurring = [name for name, count in said.items() if count > 1]
    if len(labelled) < FEWEST_TURNS or len(said) < 2 or not recurring:
        return []
    if len(recurring) < 2 and not _converses(reading, labelled.values()):
        return []
    return list(_carried_on(reading, labelled))


def _labelled(reading: Reading, number: int) -> Turn | None:
    start, end = reading.paragraphs[number]
    if start >= end or reading.kinds[start] not in LABELLED or reading.quoted(start):
        return None
    first, last = reading.starts[start], reading.starts[end - 1] + len(reading.doc[end - 1])
    found = LABEL.match(reading.text, first, last)
    if found is None:
        return None
    group = "letter" if found["letter"] else "name"
    name = found[group]
    label = range(*_tokens(reading, found.start(group), found.end(group)))
    speech = range(bisect_left(reading.starts, found.end()), end)
    if not label or not _is_speaker(reading, label, name):
        return None
    if label.stop >= speech.start:  # "Q." is one token
        return Turn(label, name.casefold(), label.start, speech)
    colon = label.stop
    while colon < speech.start - 1 and reading.doc[colon].text != ":":
        colon += 1
    return Turn(label, name.casefold(), min(colon, end - 1), speech)


def _tokens(reading: Reading, start: int, end: int) -> tuple[int, int]:
    return bisect_left(reading.starts, start), bisect_left(reading.starts, end)


def _is_speaker(reading: Reading, label: range, name: str) -> bool:
    """Every longer word has a capital, as in names and titles, and the label is no topic."""
    words = [reading.doc[i] for i in label if reading.is_word[i]]
    capitals = all(w.text[0].isupper() for w in words if len(w) > 3)
    others = word_list("topics") | word_list("no_speakers") | word_list("calendar")
    topic = any(w.lower_ in others for w in words)
    return bool(words) and capitals and not topic and not name[0].isdigit()


def _is_name(reading: Reading, turn: Turn) -> bool:
    """The recogniser does not take the label for a place or a day."""
    return not all(reading.doc[i].ent_type_ in NO_PERSON for i in turn.label if reading.is_word[i])


def _only_asks(reading: Reading, words: list[int]) -> bool:
    ends = {reading.doc[i].text for i in words} & {".", "!", "?", "…"}
    return ends == {"?"}


def _converses(reading: Reading, some: Iterable[Turn]) -> bool:
    """Somebody says "I", "we" or "you"."""
    personal = {"i", "we", "you", "my", "our", "your"}
    return any(reading.doc[i].lower_ in personal for turn in some for i in turn.speech)


def _carried_on(reading: Reading, labelled: dict[int, Turn]) -> Iterator[Turn]:
    """The turns, and the paragraphs without a label between two of them, which go on with the
    first. Behind the last turn nothing shows where the speaker ends and the writer begins.
    """
    current: Turn | None = None
    last = max(labelled)
    for number, (start, end) in enumerate(reading.paragraphs[: last + 1]):
        turn = labelled.get(number)
        if turn is not None:
            current = turn
            yield turn
        elif current is not None and not all(reading.doc[i].is_space for i in range(start, end)):
            if reading.kinds[start] not in BODY or _has_label(reading, start, end):
                current = None
                continue
            yield Turn(current.label, current.name, current.colon, range(start, end))


def _has_label(reading: Reading, start: int, end: int) -> bool:
    """A label that is no speaker's: "Note: …"."""
    return LABEL.match(reading.text, reading.starts[start], reading.starts[end - 1]) is not None
