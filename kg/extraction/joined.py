"""Verbs of saying that share the speaker of another: participles behind it, second predicates,
verbs that the parser hung on what is said.
"""

from __future__ import annotations

from kg.extraction.cues import verb_entry
from kg.extraction.edges import FINITE_TAGS
from kg.extraction.reading import Reading
from kg.extraction.sources import source_head
from kg.nlp import syntax
from kg.nlp.tokens import Token


def joined_source(reading: Reading, verb: Token) -> Token | None:
    """Whose a participle behind a comma is: of the verb of saying before it, "said he would go,
    *adding* that …".
    """
    former = cue_before(reading, verb)
    return source_head(former) if former is not None else None


def cue_before(reading: Reading, verb: Token) -> Token | None:
    """The finite verb of saying in the sentence before a participle that a comma or quotation
    parts from it.
    """
    if verb.tag_ != "VBG" or syntax.subject(verb) is not None:
        return None
    before = reading.before(verb.i)
    if before is not None and reading.doc[before].lower_ in {"before", "also", "then"}:
        before = reading.before(before)  # "he said, *before* adding"
    if before is None:
        return None
    start = reading.sentence(verb.i)[0]
    if reading.doc[before].text != "," and reading.doc[before].pos_ not in {
        "VERB",
        "NOUN",
        "PROPN",
    }:
        return None
    nearest = reading.doc[before].text == ","
    for i in range(verb.i - 1, start - 1, -1):
        token = reading.doc[i]
        if token.tag_ not in {"VBD", "VBZ", "VBP"} or reading.quoted(i) != reading.quoted(verb.i):
            continue
        entry = verb_entry(token)
        if entry is not None and entry.kind == "say" and token.dep_ not in syntax.RELATIVE_CLAUSE:
            return token if nearest or i == before else None
    return None


def reporting_around(reading: Reading, verb: Token) -> Token | None:
    """The finite verb of saying in whose clause a verb stands, both inside or outside quotation
    marks.
    """
    for node in verb.ancestors:
        entry = verb_entry(node)
        if (
            entry is not None
            and entry.kind == "say"
            and node.tag_ in FINITE_TAGS
            and reading.quoted(node.i) == reading.quoted(verb.i)
        ):
            return node
    return None


def opens_behind_comma(reading: Reading, verb: Token) -> bool:
    """The verb of a second predicate: "…, *but insisted*"."""
    link = reading.before(verb.left_edge.i if verb.left_edge.text != "," else verb.left_edge.i + 1)
    comma = verb.left_edge.text == "," or (link is not None and reading.doc[link].text == ",")
    return comma and any(c.pos_ == "CCONJ" and 0 < verb.i - c.i <= 3 for c in verb.children)
