"""The lexicon of phrases that show a part of a page to be no part of the story."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Literal, cast

from kg.records import SectionKind

Match = Literal["label", "colon", "whole", "start", "within", "cutoff"]
Place = Literal["any", "tail", "end"]

LABEL_CHARS = 60
"""How far into a paragraph a label such as "Read also:" may reach, in characters."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A row of `section_phrases.tsv`; `max_words` bounds the paragraph, `None` leaves it free."""

    kind: SectionKind
    match: Match
    place: Place
    max_words: int | None
    phrase: str


class Lexicon:
    """The phrases, sorted by how they are looked up."""

    def __init__(self, phrases: tuple[Phrase, ...]) -> None:
        self._by_words: dict[Match, dict[str, Phrase]] = {}
        self._starts: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            if phrase.match == "start":
                self._starts.setdefault(phrase.phrase.split()[0], []).append(phrase)
            else:
                self._by_words.setdefault(phrase.match, {})[phrase.phrase] = phrase
        inner = sorted(self._by_words.get("within", {}), key=len, reverse=True)
        self._within = re.compile("|".join(map(re.escape, inner)) or r"(?!)")

    def whole(self, key: str, match: Match) -> Phrase | None:
        """The `label`, `whole` or `cutoff` phrase that is all of a paragraph."""
        phrases = self._by_words.get(match, {})
        bare = key.rstrip(" :»>→-–—|")
        # One word and a full stop may be all that somebody answers: "Home." "Pause."
        return phrases.get(key) or phrases.get(bare.rstrip(".!…") if " " in bare else bare)

    def labelled(self, key: str) -> Phrase | None:
        """The `label` or `colon` phrase before the first colon or bar of a paragraph."""
        label, mark, _ = _cut(key[:LABEL_CHARS])
        if not mark:
            return None
        label = label.strip()
        found = self._by_words.get("label", {}).get(label)
        return found or self._by_words.get("colon", {}).get(label)

    def starting(self, key: str) -> Iterator[Phrase]:
        """The `start` phrases that a paragraph begins with."""
        first = key[:LABEL_CHARS].split(maxsplit=1)
        for phrase in self._starts.get(first[0], ()) if first else ():
            if key.startswith(phrase.phrase) and _ends_word(phrase.phrase, key):
                yield phrase

    def names(self, text: str) -> bool:
        """The words are a phrase of any kind that can stand alone, such as "Opinion" or "Live"."""
        key = normal(text)
        return any(self.whole(key, match) for match in ("label", "whole", "cutoff"))

    def within(self, key: str) -> Phrase | None:
        """The first `within` phrase of a paragraph, unless a quotation begins before it."""
        match = self._within.search(key)
        if match is None or any(mark in key[: match.start()] for mark in '"“„«'):
            return None
        return self._by_words["within"][match[0]]


def normal(text: str) -> str:
    """A paragraph as the lexicon compares it: small letters, plain apostrophes, no outer marks."""
    text = text.casefold().replace("’", "'").replace("‘", "'")
    return " ".join(text.split()).strip("*_[](){}#•●■□◆♦▪►▶→➤✓✔»> |")


@functools.cache
def lexicon() -> Lexicon:
    """The phrases of `kg/data/section_phrases.tsv`."""
    return Lexicon(phrases())


def phrases() -> tuple[Phrase, ...]:
    """The rows of the lexicon file, in its order."""
    rows = _lines("section_phrases.tsv")
    return tuple(_phrase(line.split("\t")) for line in rows)


@functools.cache
def agencies() -> frozenset[str]:
    """Names of agencies and newsrooms, as `normal` writes them."""
    return frozenset(normal(name) for name in _lines("news_agencies.tsv"))


def _phrase(row: list[str]) -> Phrase:
    kind, match, place, words, phrase = row
    return Phrase(
        cast(SectionKind, kind),
        cast(Match, match),
        cast(Place, place),
        None if words == "-" else int(words),
        normal(phrase),
    )


def _lines(name: str) -> list[str]:
    text = (resources.files("kg") / "data" / name).read_text("utf-8")
    return text.splitlines()[1:]


def _cut(key: str) -> tuple[str, str, str]:
    match = re.search(r" ?[:|]| [–—-] ", key)
    return (key[: match.start()], match[0], key[match.end() :]) if match else (key, "", "")


def _ends_word(phrase: str, key: str) -> bool:
    following = key[len(phrase) : len(phrase) + 1]
    return not (phrase[-1].isalpha() and following.isalnum())
