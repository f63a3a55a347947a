"""Who answers in an interview whose answers bear a letter only: "A: We had no choice"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extraction.reading import Reading
from kg.extraction.tables import word_list
from kg.nlp import syntax

ANSWER = frozenset({"a", "answer"})
"""Labels, in small letters, of what the person interviewed says."""

TOLD_IN = frozenset({None, "standfirst", "headline", "subhead"})
"""Kinds of text that introduce who is interviewed; a byline names who asks."""


def interviewee(reading: Reading, first: int, answering: Iterable[range]) -> range | None:
    """The words that name who answers: the one label with a name, else the one person whom the
    text before the first turn names, or of several the one of whom it says that he or she talks.
    """
    labels = list(answering)
    if labels:
        return labels[0]
    people = _people(reading, first)
    if len(people) == 1:
        return next(iter(people.values()))
    talking = [p for p in people.values() if _talks(reading, p)]
    return talking[0] if len(talking) == 1 else None


def _people(reading: Reading, stop: int) -> dict[str, range]:
    """The persons named before a token, by surname, each where named first with most words."""
    found: dict[str, range] = {}
    for name in _names(reading, stop):
        surname = reading.doc[name.stop - 1].lower_
        if surname not in found or len(name) > len(found[surname]):
            found[surname] = name
    return found


def _names(reading: Reading, stop: int) -> Iterator[range]:
    start = None
    for i in range(stop + 1):
        word = reading.doc[i]
        inside = i < stop and word.ent_type_ == "PERSON" and reading.kinds[i] in TOLD_IN
        inside = inside and word.text[:1].isupper() and not reading.quoted(i)
        if inside and start is None:
            start = i
        elif not inside and start is not None:
            yield range(start, i)
            start = None


def _talks(reading: Reading, name: range) -> bool:
    """ "Lee *talks* to the Review", "an interview *with* Lee", "we *met* Lee"."""
    before = reading.doc[name.start - 1].lower_ if name.start else ""
    if before == "with" and reading.doc[name.start - 2].lower_ in word_list("interviews"):
        return True
    head = reading.doc.root(name.start, name.stop)
    while head.dep_ in syntax.APPOSITION and head.head != head:
        head = head.head
    return head.dep_ in syntax.SUBJECT and head.head.lemma_.lower() in word_list("interviewed")
