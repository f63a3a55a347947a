"""Quotations within quotations: what a speaker says that somebody else said, word for word."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.cues import verb_entry, verb_group
from kg.extraction.drafts import Draft
from kg.extraction.reading import ENDS, Reading
from kg.extraction.source_words import noun_phrase
from kg.extraction.sources import source_head
from kg.extraction.tables import word_list
from kg.nlp import syntax
from kg.nlp.tokens import Token

FARTHEST = 8
"""Tokens between an inner quotation and its cue: "told me over the phone, ‘…’"."""


def inner_drafts(reading: Reading) -> Iterator[Draft]:
    """The statements that stand in inner marks with a cue beside them; scare quotes have none."""
    for start, end in reading.inner:
        if not any(reading.is_word[start:end]):
            continue
        verb = _introducing(reading, start) or _following(reading, start, end)
        draft = _draft(reading, verb, start, end) if verb is not None else None
        if draft is not None:
            yield draft


def _introducing(reading: Reading, start: int) -> Token | None:
    """The verb before the quotation, in the same outer one: "he answered: ‘…’"."""
    before = reading.before(start)
    if before is None:
        return None
    touches = reading.doc[before].text in {",", ":"}
    for i in range(before, max(-1, before - FARTHEST), -1):
        if reading.run_of[i] != reading.run_of[start] or reading.doc[i].text in ENDS:
            return None
        if _reports(reading.doc[i]):
            receiver = all(reading.doc[k].pos_ == "PRON" for k in range(i + 1, before + 1))
            return reading.doc[i] if touches or receiver else None
    return None


def _following(reading: Reading, start: int, end: int) -> Token | None:
    """The verb behind the quotation, which a comma or other sign closed: "‘…,’ he said"."""
    signs = (
        {reading.doc[end - 1].text[-1:], *(reading.doc[i].text for i in (end - 2, end))}
        if (1 < end < len(reading.doc))
        else set()
    )
    if not signs & {",", "!", "?"}:
        return None
    for i in range(end, min(end + FARTHEST, len(reading.doc))):
        token = reading.doc[i]
        if (
            reading.run_of[i] != reading.run_of[start]
            or token.text in ENDS
            or token.pos_ == "CCONJ"
        ):
            return None
        if _reports(token):
            return token
    return None


def _reports(token: Token) -> bool:
    if token.tag_ not in {"VBD", "VBZ", "VBP", "VBN"}:
        return False
    entry = verb_entry(token)
    return (
        entry is not None
        and entry.kind == "say"
        and entry.takes("quote")
        and entry.words not in word_list("not_spoken")
    )


def _draft(reading: Reading, verb: Token, start: int, end: int) -> Draft | None:
    head = source_head(verb)
    if head is None or head.lower_ == "i" or start <= head.i < end:
        return None
    entry = verb_entry(verb)
    if entry is None:
        return None
    cue = verb_group(reading, verb)
    if reading.doc[start - 1].text == ":" and start - 2 in cue:
        cue.add(start - 1)
    content = set(range(start, end))
    source = noun_phrase(reading, head, barred=frozenset(cue | content))
    frame = "introduced" if verb.i < start else "followed"
    draft = Draft.of(entry, verb, frame, cue - content, content, source, head)
    draft.rate = entry.rate("quote")
    draft.receiver = next(
        (c for c in verb.children if c.i > verb.i and c.dep_ in syntax.ANY_OBJECT and c.i < start),
        None,
    )
    return draft
