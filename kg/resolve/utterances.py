"""Which statements report one utterance: in several articles, in headline and body, quoted and
retold.

Two statements are one utterance if they share nearly all words that carry meaning, or the shorter
lies in the longer; if the same actor speaks, or one speaks for the other; and if the days can be
the same. Numbers and negations must agree. Rare words find the candidates, so that time grows with
the number of statements and not with its square.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib import resources

from kg.records import Actor, Extraction, Statement, TextSpan

WORD = re.compile(r"\w+(?:-\w+)*")
STEM = 6
"""Letters that are compared: resume and resumed, Armenia and Armenian."""

SAME = 0.55
"""Share of the words of both that both have (Jaccard)."""

PART = 0.8
"""Share of the shorter one's words that the longer one has, where one is cut or retold."""

TITLE = 0.5
"""The same, where the shorter is a headline or subhead of the article."""

FEWEST = 3
"""Words that carry meaning; fewer say too little ("the talks continue")."""

KEYS = 8
"""Rarest words of a statement by which others are looked up."""

CROWD = 200
"""Statements that may share a key; a word more frequent than that finds nobody."""

NEAR = 60
"""Statements of an article, by their place in it, that a headline is compared with."""

DAYS_APART = 3


@functools.cache
def _words(group: str) -> frozenset[str]:
    """The words of one list of `utterance_words.tsv`: "negation" or "stop"."""
    table = resources.files("kg") / "data" / "utterance_words.tsv"
    lines = table.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return frozenset(word for name, word in pairs if name == group)


@dataclass(frozen=True, slots=True)
class _Said:
    """What is compared of one statement."""

    key: tuple[str, str]
    statement: Statement
    words: frozenset[str]
    numbers: frozenset[str]
    negative: bool
    speakers: frozenset[str]
    """The speaker, who voices it, and the bodies that the speaker speaks for."""

    days: tuple[date, date] | None


class Utterances:
    """Gathers what was said, article by article, and tells which of it is the same utterance.

    Memory grows with the words of statements, not with articles.
    """

    def __init__(self) -> None:
        self._said: list[_Said] = []

    def add(self, extraction: Extraction) -> None:
        """Take in the statements of an article."""
        self._said += _all([extraction])

    def ids(self) -> dict[tuple[str, str], str]:
        """For each statement that shares its utterance with another: (article id, statement id) →
        utterance id.

        Ids are made of the speaker and the words: the same input gives the same ids in any order.
        """
        return _ids(self._said)


def utterance_ids(extractions: Iterable[Extraction]) -> dict[tuple[str, str], str]:
    """`Utterances.ids` of some extractions."""
    return _ids(_all(extractions))


def _ids(all_said: Iterable[_Said]) -> dict[tuple[str, str], str]:
    said = sorted(all_said, key=_place)
    clusters = _Clusters(said)
    titled = _titles_and_bodies(said)
    for a, b in sorted(_candidates(said) | titled):
        if _same(said[a], said[b], PART if (a, b) not in titled else TITLE):
            clusters.join(a, b)
    found: dict[tuple[str, str], str] = {}
    for members in clusters.groups():
        name = _name([said[m] for m in members])
        found.update({said[m].key: name for m in members})
    return found


def _place(said: _Said) -> tuple[str, TextSpan, str]:
    return said.key[0], said.statement.content[0], said.key[1]


def _all(extractions: Iterable[Extraction]) -> Iterator[_Said]:
    for extraction in extractions:
        actors = {a.id: a for a in extraction.actors}
        for statement in extraction.statements:
            said = _said(extraction, statement, actors)
            if len(said.words) >= FEWEST:
                yield said


def _said(extraction: Extraction, statement: Statement, actors: dict[str, Actor]) -> _Said:
    text = extraction.article.text
    tokens = WORD.findall(
        " ".join(s.of(text) for s in statement.content)
        .lower()
        .replace("n't", " not")
        .replace("n’t", " not")
    )
    return _Said(
        key=(extraction.article.id, statement.id),
        statement=statement,
        words=frozenset(w[:STEM] for w in tokens if w not in _words("stop") and not w.isdigit()),
        numbers=frozenset(w for w in tokens if w.isdigit()),
        negative=any(w in _words("negation") for w in tokens),
        speakers=frozenset(_speakers(statement, actors)),
        days=_days(extraction, statement),
    )


def _speakers(statement: Statement, actors: dict[str, Actor]) -> Iterator[str]:
    for name in (statement.speaker, statement.voiced_by, *statement.co_speakers):
        if name is None:
            continue
        yield name
        actor = actors.get(name)
        if actor is not None and actor.type == "person":
            for role in actor.roles:
                yield from _up(role.of, actors)
            if actor.part_of is not None:
                yield from _up(actor.part_of, actors)


def _up(body: str, actors: dict[str, Actor]) -> Iterator[str]:
    """A body and those it is part of."""
    seen: list[str] = []
    current: str | None = body
    while current is not None and current not in seen:
        seen.append(current)
        actor = actors.get(current)
        current = actor.part_of if actor is not None else None
    return iter(seen)


def _days(extraction: Extraction, statement: Statement) -> tuple[date, date] | None:
    said, day = statement.said_on, extraction.article.published
    start = (said.start if said is not None else None) or day
    end = (said.end if said is not None else None) or start
    if start is None or end is None:
        return None
    try:
        return date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        return None


def _candidates(said: list[_Said]) -> set[tuple[int, int]]:
    """Pairs that share one of their rarest words."""
    frequency = Counter(w for s in said for w in s.words)
    holders: dict[str, list[int]] = defaultdict(list)
    for i, one in enumerate(said):
        for word in sorted(one.words, key=lambda w: (frequency[w], w))[:KEYS]:
            holders[word].append(i)
    return {
        (a, b)
        for members in holders.values()
        if len(members) <= CROWD
        for n, a in enumerate(members)
        for b in members[n + 1 :]
    }


def _titles_and_bodies(said: list[_Said]) -> set[tuple[int, int]]:
    """Each headline or subhead with the statement near it that repeats most of its words."""
    pairs = set()
    for i, title in enumerate(said):
        if not title.statement.headline:
            continue
        near = range(max(0, i - NEAR), min(len(said), i + NEAR + 1))
        bodies = [
            k for k in near if said[k].key[0] == title.key[0] and not said[k].statement.headline
        ]
        if bodies:
            ranked = [(len(title.words & said[k].words), k > i, -abs(k - i), k) for k in bodies]
            best = max(ranked)[-1]
            pairs.add((min(i, best), max(i, best)))
    return pairs


def _same(a: _Said, b: _Said, part: float) -> bool:
    return _speak_as_one(a, b) and _may_be_one_day(a, b) and _alike(a, b, part)


def _speak_as_one(a: _Said, b: _Said) -> bool:
    if a.speakers & b.speakers:
        return True
    unnamed = a if not a.speakers else b if not b.speakers else None
    return unnamed is not None and (unnamed.statement.headline or not (a.speakers or b.speakers))


def _may_be_one_day(a: _Said, b: _Said) -> bool:
    if a.days is None or b.days is None:
        return True
    gap = max((b.days[0] - a.days[1]).days, (a.days[0] - b.days[1]).days)
    return gap <= DAYS_APART


def _alike(a: _Said, b: _Said, part: float = PART) -> bool:
    """The words are nearly the same, or `part` of the shorter one's lies in the longer."""
    shared = len(a.words & b.words)
    fewer = min(len(a.words), len(b.words))
    if shared < FEWEST or a.statement.topic_only != b.statement.topic_only:
        return False
    if a.numbers and b.numbers and not (a.numbers <= b.numbers or b.numbers <= a.numbers):
        return False
    if _nested_pair(a, b):
        return False
    if shared / len(a.words | b.words) >= SAME:
        return a.negative == b.negative
    return shared / fewer >= part and _negation_fits(a, b)


def _nested_pair(a: _Said, b: _Said) -> bool:
    """One is a part of the other's content that the author marked as another's words."""
    return (
        a.key[0] == b.key[0]
        and (a.statement.nested_in == b.statement.id or b.statement.nested_in == a.statement.id)
        and a.statement.force != b.statement.force
    )


def _negation_fits(a: _Said, b: _Said) -> bool:
    """The shorter has no negation that the longer lacks."""
    shorter, longer = (a, b) if len(a.words) <= len(b.words) else (b, a)
    return longer.negative or not shorter.negative


class _Clusters:
    """Groups of statements; two join only where their fullest members are alike, too."""

    def __init__(self, said: list[_Said]) -> None:
        self.said = said
        self.members = {i: [i] for i in range(len(said))}
        self.of = list(range(len(said)))

    def join(self, a: int, b: int) -> None:
        """Make one group of two, unless they are one or their fullest members differ."""
        first, second = sorted((self.of[a], self.of[b]))
        if first == second or not self._fits(first, second):
            return
        for member in self.members.pop(second):
            self.members[first].append(member)
            self.of[member] = first

    def _fits(self, first: int, second: int) -> bool:
        if len(self.members[first]) == 1 or len(self.members[second]) == 1:
            return True
        return _alike(self._fullest(first), self._fullest(second))

    def _fullest(self, cluster: int) -> _Said:
        return max(
            (self.said[m] for m in self.members[cluster]), key=lambda s: (len(s.words), s.key)
        )

    def groups(self) -> list[list[int]]:
        """The groups of two and more, in order."""
        return [sorted(m) for _, m in sorted(self.members.items()) if len(m) > 1]


def _name(members: list[_Said]) -> str:
    first = min(members, key=lambda s: (-len(s.words), sorted(s.words), s.key))
    parts = [first.statement.speaker or "", *sorted(first.words), *sorted(first.numbers)]
    return "u" + hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()[:16]
