"""Who says it, set between the subject and the verb of what is said: "Norland, *said Lee*, will".

The parser mostly takes the subject of what is said for who says it, and the other way round.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.cues import verb_entry
from kg.extraction.edges import FINITE_TAGS, enclosing_stretch, finite
from kg.extraction.reading import Reading
from kg.extraction.tables import word_list
from kg.nlp.tokens import Token

LONGEST_SPEAKER = 14
"""Tokens of who is named: "one of the aides to regional army chief Gen. Ann Lee"."""

SPEAKER_POS = frozenset({"NOUN", "PROPN", "DET", "ADJ", "NUM", "PART", "ADP"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})


@dataclass(frozen=True, slots=True)
class Insertion:
    """What stands before who says it, who says it, and what goes on behind; token ranges."""

    front: range
    speaker: range
    rest: range

    def speaks(self, reading: Reading) -> Token:
        """The noun that heads who says it."""
        return _head(reading, self.speaker)

    def told_of(self, reading: Reading) -> Token:
        """The noun that heads the subject of what is said."""
        return _head(reading, self.front)


def insertion(reading: Reading, verb: Token) -> Insertion | None:
    """The insertion that a verb of saying opens, wherever the parser hung its parts."""
    doc, i = reading.doc, verb.i
    entry = verb_entry(verb)
    if verb.tag_ not in {"VBD", "VBZ"} or i < 2 or doc[i - 1].text != ",":
        return None
    if entry is None or entry.kind != "say" or not entry.takes("clause") or reading.quoted(i):
        return None
    low, high = _within_semicolons(reading, i)
    front = range(low, i - 1)
    if doc[i - 2].pos_ not in NOMINAL or finite(reading, set(front)):
        return None
    end = _speaker_end(reading, i + 1, high)
    if end is None or doc[i + 1].pos_ == "ADP" or doc[end - 1].pos_ not in NOMINAL:
        return None
    rest = range(end + 1, high)
    if _predicate_opens(doc[end + 1]):
        adverbial = doc[low].pos_ == "ADP" or doc[i - 2].lower_ in word_list("calendar")
        return None if adverbial else Insertion(front, range(i + 1, end), rest)
    opens = doc[low].pos_ == "ADP" and doc[end + 1].pos_ in {"DET", "PROPN", "PRON"}
    return (
        Insertion(front, range(i + 1, end), rest) if opens and finite(reading, set(rest)) else None
    )


def _within_semicolons(reading: Reading, i: int) -> tuple[int, int]:
    low, high = enclosing_stretch(reading, i)
    signs = [k for k in range(low, high) if reading.doc[k].text == ";"]
    first = max((k + 1 for k in signs if k < i), default=low)
    return first, min((k for k in signs if k > i), default=high)


def _speaker_end(reading: Reading, start: int, high: int) -> int | None:
    """Where a comma closes who says it, with what is set beside the name: "Lee, mayor of Vik"."""
    commas = 0
    for i in range(start, min(high - 2, start + LONGEST_SPEAKER)):
        token = reading.doc[i]
        if token.text == ",":
            if commas or i == start or not _set_beside(reading, i, high):
                return i if i > start else None
            commas += 1
        elif token.pos_ not in SPEAKER_POS and token.tag_ != "PRP$":
            return None
    return None


def _set_beside(reading: Reading, comma: int, high: int) -> bool:
    """Behind a comma stands a phrase without verb, and behind the next comma a predicate."""
    for i in range(comma + 1, min(high - 1, comma + LONGEST_SPEAKER)):
        token = reading.doc[i]
        if token.text == ",":
            return _predicate_opens(reading.doc[i + 1])
        if token.pos_ not in SPEAKER_POS and token.tag_ != "PRP$":
            return False
    return False


def _predicate_opens(word: Token) -> bool:
    word = word.nbor() if word.pos_ == "ADV" and word.i + 1 < len(word.doc) else word
    return word.tag_ in FINITE_TAGS


def beside_insertion(reading: Reading, head: Token | None, verb: Token) -> Token | None:
    """The subject of what is said, where the parser gave its verb the one who says it."""
    before = head.left_edge.i - 1 if head is not None else -1
    if head is None or before < 2 or before >= verb.i:
        return head
    found = insertion(reading, reading.doc[before])
    if found is None or verb.i not in found.rest or not _predicate_opens(_first(reading, found)):
        return head
    return found.told_of(reading)


def _first(reading: Reading, found: Insertion) -> Token:
    return reading.doc[found.rest.start]


def _head(reading: Reading, words: range) -> Token:
    return reading.doc.root(words.start, words.stop)
