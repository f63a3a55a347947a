"""The words of a source: the phrase around the noun that says it."""

from __future__ import annotations

from kg.extraction.reading import Reading, is_calendar
from kg.extraction.tables import word_list
from kg.nlp import syntax
from kg.nlp.tokens import Token

_BESIDE_SOURCE = (
    syntax.RELATIVE_CLAUSE
    | syntax.SPEECH_PARATAXIS
    | {"advcl", "ccomp", "csubj", "aux", "cop", "mark", "advmod", "nsubj", "expl", "case"}
    | {"aux:pass", "discourse"}
)
"""Relations of what hangs on a source and is no part of it."""

LEFT_EDGES = frozenset({",", ":", ";", "—", "–", "--"})
"""Signs that no source reaches across to the left: "On Capitol Hill, *Republicans* said"."""


def noun_phrase(reading: Reading, head: Token, *, barred: frozenset[int] = frozenset()) -> set[int]:
    """The words of a source around its head: the whole phrase, less relative clauses after a
    comma.
    """
    left_out: set[int] = set()
    for child in head.children:
        if child.dep_ in _BESIDE_SOURCE:
            if child.dep_ in syntax.RELATIVE_CLAUSE and not _after_comma(reading, child):
                continue
            if child.dep_ == "case" and child.i > head.i:
                continue
            left_out.update(t.i for t in child.subtree)
    left_out.update(t.i for c in head.children if _dated(c, head) for t in c.subtree)
    for child in head.children:
        if child.dep_ == "acl" and child.tag_ in {"VBG", "VBN"} and _after_comma(reading, child):
            left_out.update(t.i for t in child.subtree)
    ids = {t.i for t in head.subtree} - left_out - barred
    ids = {i for i in ids if not reading.quoted(i) or reading.quoted(head.i)}
    start = end = head.i
    while start - 1 in ids and reading.doc[start - 1].text not in LEFT_EDGES:
        start -= 1
    while not _opens_clause(reading, end + 1) and (end + 1 in ids or _torn(reading, ids, end + 1)):
        end += 1
    while start < head.i and (
        reading.doc[start].pos_ in {"CCONJ", "ADP", "SCONJ", "PUNCT", "SPACE"}
        or (
            reading.doc[start].dep_ == "advmod"
            and reading.doc[start].pos_ == "ADV"
            and reading.doc[start].head != head
        )
    ):
        start += 1
    if head.pos_ == "ADJ" and start and reading.doc[start - 1].lower_ == "the":
        start -= 1
    start = _with_possessor(reading, start, barred)
    start, end = _undated(reading, head, start), _before_aside(reading, head, end)
    found = set(
        range(_title_start(reading, head, start, barred), _name_end(reading, head, end, barred) + 1)
    )
    return found | _beyond_aside(reading, head, found, left_out, barred)


def _beyond_aside(
    reading: Reading, head: Token, found: set[int], left_out: set[int], barred: frozenset[int]
) -> set[int]:
    """Who speaks too, behind a clause on the first: "The army, led by Vik, *and the rebels*"."""
    end = max(found)
    for other in head.children:
        joint = other.dep_ in syntax.CONJUNCT and other.pos_ in {"NOUN", "PROPN"}
        if not joint or other.i <= end or syntax.subject(other) is not None:
            continue
        between = range(end + 1, other.left_edge.i)
        aside = [i for i in between if i in left_out]
        if aside and all(i in left_out or reading.doc[i].text == "," for i in between):
            return noun_phrase(reading, other, barred=barred)
    return set()


def _torn(reading: Reading, ids: set[int], i: int) -> bool:
    """A name within an apposition that the parser hung elsewhere: "Lee, the *U.N.* envoy, …"."""
    inside = i - 1 in ids and i + 1 in ids and reading.doc[i - 1].pos_ == "DET"
    return inside and reading.doc[i].pos_ == "PROPN" and not reading.quoted(i)


def _with_possessor(reading: Reading, start: int, barred: frozenset[int]) -> int:
    """Where a source begins whose possessor the parser hung elsewhere: "*Oslo's* envoy said"."""
    if start < 2 or reading.doc[start - 1].tag_ != "POS" or start - 1 in barred:
        return start
    owner = reading.doc[start - 2]
    torn = owner.pos_ == "PROPN" and not reading.quoted(start - 1)
    return syntax.noun_phrase(owner)[0] if torn and start - 2 not in barred else start


def _undated(reading: Reading, head: Token, start: int) -> int:
    """Where a source begins behind a date that was drawn to it: "*March 3,* Secretary Adler"."""
    comma = next((i for i in range(start, head.i) if reading.doc[i].text == ","), None)
    if comma is None or not is_calendar(reading.doc[start]):
        return start
    return comma + 1


def _before_aside(reading: Reading, head: Token, end: int) -> int:
    """Where a source ends before a clause or participle behind a comma: "Lee*, who leads it*"."""
    for i in range(head.i + 1, end):
        if reading.doc[i].text != ",":
            continue
        word = reading.doc[i + 1]
        participle = word.pos_ == "VERB" and word.tag_ in {"VBN", "VBG"}
        dated = word.lower_ == "on" and reading.doc[i + 2].lower_ in word_list("calendar")
        if (
            dated
            or participle
            or word.tag_ in {"WP", "WDT", "WP$"}
            or word.lower_ in {"for", "meanwhile"}
        ):
            return i - 1
    return end


def _name_end(reading: Reading, head: Token, end: int, barred: frozenset[int]) -> int:
    """Where a name ends that the parser tore apart: "party *chair Ann Lee*"."""
    if head.pos_ not in {"PROPN", "NOUN"}:
        return end
    i = end
    while i + 1 < head.sent.end and i + 1 not in barred:
        word = reading.doc[i + 1]
        if (
            (word.pos_ != "PROPN" and not (word.pos_ == "NOUN" and head.pos_ == "PROPN"))
            or is_calendar(word)
            or reading.quoted(i + 1)
        ):
            break
        i += 1
    return i


def _title_start(reading: Reading, head: Token, start: int, barred: frozenset[int]) -> int:
    """Where the title before a name begins, which the parser may have hung elsewhere."""
    if head.pos_ != "PROPN":
        return start
    i = start
    while i > head.sent.start:
        word = reading.doc[i - 1]
        if (
            word.pos_ not in {"NOUN", "PROPN", "ADJ"}
            or is_calendar(word)
            or i - 1 in barred
            or reading.quoted(i - 1)
        ):
            break
        i -= 1
    if (
        i < start
        and i > head.sent.start
        and reading.doc[i - 1].pos_ == "DET"
        and i - 1 not in barred
    ):
        i -= 1
    return _of_office(reading, i)


def _of_office(reading: Reading, start: int) -> int:
    """Where a title of two nouns begins that "of" joins: "army *chief of* staff Gen. Lee"."""
    doc = reading.doc
    if start < 2 or doc[start - 1].lower_ != "of" or doc[start - 2].pos_ not in {"NOUN", "PROPN"}:
        return start
    if doc[start].pos_ != "NOUN" or doc[start + 1].pos_ != "PROPN":
        return start
    return syntax.noun_phrase(doc[start - 2])[0]


def _dated(child: Token, head: Token) -> bool:
    """When, hung on who speaks: "Norland *on Thursday* accused …", "the fund *at first* asked"."""
    if child.i < head.i:
        return False
    links = [c.lower_ for c in child.children if c.dep_ == "case" or c.pos_ == "ADP"]
    if links == ["at"] and child.lower_ in {"first", "last", "least", "once"}:
        return True
    if not is_calendar(child):
        return False
    return child.dep_ not in syntax.PART_OF_NAME and links in (["on"], ["in"], [])


def _opens_clause(reading: Reading, i: int) -> bool:
    """A question or infinitive that the parser hung on the speaker: "asked by a caller *why …*"."""
    if i >= len(reading.doc):
        return True
    token = reading.doc[i]
    return token.lower_ in {"why", "whether", "how", "if"} or (
        token.lower_ == "that" and token.pos_ == "SCONJ"
    )


def _after_comma(reading: Reading, clause: Token) -> bool:
    left = clause.left_edge.i
    if reading.doc[left].text == ",":
        return True
    return left > 0 and reading.doc[left - 1].text == ","
