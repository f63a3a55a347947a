"""The word lists of actors: head nouns, titles, given names; read once from `kg/data`."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Generic, Literal, NamedTuple, TypeVar, cast

from kg.records import ActorType

PIECE = re.compile(r"'s\b|\w+|[^\w\s]")
"""How the tokenizer cuts the phrases of our lists."""

Sort = Literal[
    "body",
    "ministry",
    "self",
    "armed",
    "population",
    "persons",
    "representatives",
    "command",
    "contingent",
    "mission",
    "office",
    "alias",
]


T = TypeVar("T")


class Phrases(Generic[T]):
    """Phrases of one or more words with what is known of each, found among lower-case words."""

    def __init__(self, entries: dict[str, T]) -> None:
        self.entries = entries
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, value in entries.items():
            cut = tuple(PIECE.findall(phrase.replace(".", "")))
            self._by_first.setdefault(cut[0], []).append((cut, value))
        for candidates in self._by_first.values():
            candidates.sort(key=lambda c: -len(c[0]))

    def starts(self, words: Sequence[str]) -> list[int]:
        """Where in a text a phrase may start, by its first word."""
        first = self._by_first
        return [i for i, word in enumerate(words) if word in first]

    def at(self, words: Sequence[str], i: int) -> tuple[int, T] | None:
        """The longest phrase that starts at word `i`: where it ends, and what it is."""
        for cut, value in self._by_first.get(words[i], ()) if i < len(words) else ():
            end = i + len(cut)
            if len(cut) == 1 or tuple(words[i:end]) == cut:
                return end, value
        return None


class Head(NamedTuple):
    """A noun that, with a state or organisation, names an actor: "military", "foreign ministry"."""

    phrase: str
    sort: Sort
    suffix: str
    type: ActorType
    label: str


class Title(NamedTuple):
    """A person's office; `of` tells whose it is: "state", or "org" for whatever stands by."""

    phrase: str
    role: str
    of: str
    gender: str


def _rows(name: str) -> Iterator[dict[str, str]]:
    path = Path(str(resources.files("kg") / "data" / name))
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


@functools.lru_cache(maxsize=1)
def heads() -> Phrases[Head]:
    """Head nouns by phrase."""
    return Phrases(
        {
            row["phrase"]: Head(
                row["phrase"],
                cast(Sort, row["sort"]),
                row["suffix"],
                cast(ActorType, row["type"] or "organization"),
                row["label"],
            )
            for row in _rows("heads.tsv")
        }
    )


@functools.lru_cache(maxsize=1)
def titles() -> Phrases[Title]:
    """Titles by phrase."""
    return Phrases(
        {
            row["phrase"]: Title(row["phrase"], row["role"], row["of"], row["gender"])
            for row in _rows("titles.tsv")
        }
    )


@functools.lru_cache(maxsize=1)
def given_names() -> dict[str, str]:
    """Given names, lower case, with the gender that they nearly always have: "f" or "m"."""
    return {row["name"].lower(): row["gender"] for row in _rows("given_names.tsv")}


@functools.lru_cache(maxsize=1)
def kin_genders() -> dict[str, str]:
    """Words for kin that tell a gender: "f" or "m"."""
    return {word: gender for gender in "fm" for word in word_set(f"{gender}_kin")}


@functools.lru_cache(maxsize=1)
def kinds_of_role() -> dict[str, frozenset[str]]:
    """For a general title ("politician", "leader"), the roles whose holders may be called so."""
    found: dict[str, set[str]] = {}
    for row in _rows("roles.tsv"):
        found.setdefault(row["general"], set()).add(row["role"])
    return {general: frozenset(roles) for general, roles in found.items()}


@functools.lru_cache(maxsize=1)
def people_words() -> frozenset[str]:
    """Plural nouns for people that head phrases: "troops", "officers", "rebels", "villagers"."""
    sorts = ("body", "armed", "population", "persons", "representatives")
    last = {p.split()[-1] for p, head in heads().entries.items() if head.sort in sorts}
    return frozenset(word for word in last if word.endswith("s") or word in ("people", "police"))


@functools.lru_cache(maxsize=1)
def _word_sets() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in _rows("actor_words.tsv"):
        found.setdefault(row["kind"], set()).add(row["word"])
    return {kind: frozenset(words) for kind, words in found.items()}


def word_set(kind: str) -> frozenset[str]:
    """The words of one kind in `actor_words.tsv`: what tells places from actors."""
    return _word_sets()[kind]
