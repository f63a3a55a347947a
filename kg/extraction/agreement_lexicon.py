"""The words that agreements are known by, read from `kg/data/agreement_*.tsv`."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from importlib import resources
from typing import NamedTuple


class Noun(NamedTuple):
    """A noun that names an agreement; `needs` says what must stand around it."""

    words: tuple[str, ...]
    type: str
    plural: bool
    needs: str


class Cue(NamedTuple):
    """A word that tells of an agreement's status: `base` is what it claims with nothing around
    it.
    """

    kind: str
    lemma: str
    frame: str
    base: str


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a table below its head, as lists of cells."""
    text = (resources.files("kg") / "data" / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return (line.split("\t") for line in lines[1:])


@functools.cache
def nouns() -> dict[str, tuple[Noun, ...]]:
    """Agreement nouns by their first word, longest first."""
    table: dict[str, list[Noun]] = {}
    for words, kind, number, needs in rows("agreement_nouns.tsv"):
        noun = Noun(tuple(words.split()), kind, number == "p", needs)
        table.setdefault(noun.words[0], []).append(noun)
    return {w: tuple(sorted(ns, key=lambda n: -len(n.words))) for w, ns in table.items()}


@functools.cache
def words(kind: str) -> frozenset[str]:
    """The words of one kind in `agreement_words.tsv`."""
    return frozenset(word for k, word in rows("agreement_words.tsv") if k == kind)


@functools.cache
def cues(kind: str) -> dict[str, dict[str, str]]:
    """Status words of a kind: lemma → frame → base."""
    table: dict[str, dict[str, str]] = {}
    for k, lemma, frame, base in rows("agreement_status.tsv"):
        if k == kind:
            table.setdefault(lemma, {}).setdefault(frame, base)
    return table


@functools.cache
def effects() -> dict[str, str]:
    """What a word around a status word does to the claim: lemma → effect."""
    table: dict[str, str] = {}
    for effect, lemma in rows("agreement_modality.tsv"):
        table.setdefault(lemma, effect)
    return table
