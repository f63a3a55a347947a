"""Which unlisted actors of several articles that are called alike are one.

Within an article its own extraction decides. Across articles a name proves little: two that share
a full name are one if country or office agree and nothing speaks against it; a bare surname never
suffices; a country or an exclusive office that differs keeps them apart. The reason is kept, for
the identity graph and for `kg actors why`.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.records import Actor, Extraction
from kg.resolve import names

PERSON = "person-"
ORGANIZATION = "organization-"
ONE_OF_SEVERAL = "one-"
"""Beginnings of the ids that extraction makes of names, and of "an official of X"."""

SAME_OFFICE = "same name and office"
SAME_COUNTRY = "same full name and country"
OTHER_SPELLING = "same office, name in another spelling"
SURNAME_AND_OFFICE = "same surname and office"
NOTHING_AGAINST = "same full name, nothing against it"
APART = "same name, but country or office differ"
AMBIGUOUS = "several bear the name, and nothing tells who is meant"
BARE = "a bare surname, in several articles"
UNNAMED = "unnamed, in several articles"

EXCLUSIVE = frozenset(
    {"president", "prime minister", "monarch", "foreign minister", "defence minister"}
    | {"chancellor", "spokesperson", "commander", "army chief", "governor", "mayor"}
    | {"ambassador", "interior minister", "finance minister", "opposition leader"}
)
"""Roles that somebody hardly holds of two bodies of one state at a time."""
_VAGUE = frozenset({"official", "member", "lawmaker", "officer", "adviser", "representative"})
"""Roles that many of the same surname may hold of one body."""


class Link(NamedTuple):
    """The id of an actor of one article over all articles, and why it is or is not another's."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Bearer:
    """An unlisted actor as one article shows it."""

    article: str
    id: str
    name: str
    country: str | None
    offices: frozenset[tuple[str, str]]

    @property
    def spelling(self) -> str:
        """The name less case, accents and marks."""
        return names.slug(self.name)

    @property
    def is_full(self) -> bool:
        """More than a surname is known."""
        return len(self.name.split()) > 1

    @property
    def telling(self) -> frozenset[tuple[str, str]]:
        """The offices that few hold."""
        return frozenset(o for o in self.offices if o[0] not in _VAGUE)


@dataclass(slots=True)
class _Cluster:
    """Bearers taken for one, with what their articles tell together."""

    bearers: list[tuple[_Bearer, str]] = field(default_factory=list)
    countries: set[str] = field(default_factory=set)
    offices: set[tuple[str, str]] = field(default_factory=set)
    spellings: set[str] = field(default_factory=set)
    full: bool = False

    @property
    def id(self) -> str:
        """The id that its name gives; of several spellings, the one best attested."""
        first = self.bearers[0][0]
        same = [b.id for b, _ in self.bearers if b.spelling == first.spelling]
        return next((i for i in sorted(same) if i.endswith(f"-{first.spelling}")), min(same))

    def add(self, bearer: _Bearer, reason: str) -> None:
        """Take somebody in."""
        self.bearers.append((bearer, reason))
        self.spellings.add(bearer.spelling)
        self.full = self.full or bearer.is_full
        self.offices |= bearer.offices
        if bearer.country is not None:
            self.countries.add(bearer.country)

    def contradicts(self, bearer: _Bearer) -> bool:
        """Its country, or an office that one person has once, is another."""
        if bearer.country is not None and self.countries - {bearer.country}:
            return True
        return any(
            role == other and role in EXCLUSIVE and not _nested(of, another)
            for role, of in bearer.offices
            for other, another in self.offices
        )

    def reason_for(self, bearer: _Bearer) -> str | None:
        """What speaks for taking somebody of a like name in; `None` if that is too little."""
        if self.contradicts(bearer):
            return None
        alike = bearer.spelling in self.spellings
        if bearer.telling & self.offices:
            if not (bearer.is_full and self.full):
                return SURNAME_AND_OFFICE
            return SAME_OFFICE if alike else OTHER_SPELLING
        if not (alike and bearer.is_full):
            return None
        return SAME_COUNTRY if bearer.country in self.countries else NOTHING_AGAINST


def _nested(one: str, other: str) -> bool:
    """One body is the other or a part of it: a ministry of its state."""
    return one == other or one.startswith(f"{other}-") or other.startswith(f"{one}-")


class Bearers:
    """Gathers the unlisted actors of articles and tells which are one; order does not matter.

    Memory grows with unlisted actors, once for each article that has them.
    """

    def __init__(self) -> None:
        self._met: dict[str, dict[str, _Bearer]] = defaultdict(dict)

    def add(self, extraction: Extraction) -> None:
        """Take in the unlisted actors of an article."""
        article = extraction.article.id
        for actor in extraction.actors:
            if _is_candidate(actor):
                self._met[actor.id][article] = _bearer(article, actor)

    def links(self) -> dict[tuple[str, str], Link]:
        """For (article, actor) the id over all articles; only where several articles matter."""
        found: dict[tuple[str, str], Link] = {}
        for bucket in self._buckets():
            found.update(_links(bucket))
        return found

    def _buckets(self) -> Iterator[list[_Bearer]]:
        """Those who are to be compared: of one id, and bare surnames with who bears them."""
        groups: dict[str, list[str]] = defaultdict(list)
        for name, met in sorted(self._met.items()):
            if name.startswith(PERSON):
                last = names.surname(min(met.values(), key=lambda b: b.article).name)
                groups[f"{PERSON}{names.skeleton(last)}"].append(name)
            else:
                groups[name].append(name)
        for _, ids in sorted(groups.items()):
            bearers = [b for i in ids for _, b in sorted(self._met[i].items())]
            if len({b.article for b in bearers}) > 1:
                yield bearers


def _is_candidate(actor: Actor) -> bool:
    return (
        not actor.known
        and bool(actor.mentions)
        and actor.id.startswith((PERSON, ORGANIZATION, ONE_OF_SEVERAL))
    )


def _bearer(article: str, actor: Actor) -> _Bearer:
    offices = frozenset((r.role, r.of) for r in actor.roles)
    return _Bearer(article, actor.id, actor.name, actor.country, offices)


def _links(bearers: list[_Bearer]) -> Iterator[tuple[tuple[str, str], Link]]:
    """The links of those who share a surname, or an id."""
    sort = bearers[0].id
    if sort.startswith(ONE_OF_SEVERAL):
        for b in bearers:
            yield (b.article, b.id), Link(f"{b.id}-{_mark(b.article)}", UNNAMED)
        return
    is_person = sort.startswith(PERSON)
    full = [b for b in bearers if b.is_full or not is_person]
    clusters: list[_Cluster] = []
    for _, those in sorted(_alike(full).items()):
        clusters += _clustered(those, is_person=is_person)
    bare = [b for b in bearers if is_person and not b.is_full]
    alone = _attached(bare, clusters)
    for name, cluster in _named(clusters):
        yield from _told(name, cluster)
    for name, cluster in _named(alone, bare=True):
        yield from _told(name, cluster)


def _alike(bearers: Iterable[_Bearer]) -> Mapping[str, list[_Bearer]]:
    """Those of one full name, in any romanisation of its first and last word."""
    found: dict[str, list[_Bearer]] = defaultdict(list)
    for b in bearers:
        words = b.name.split()
        found[f"{names.skeleton(words[0])} {names.skeleton(words[-1])}"].append(b)
    return found


def _strength(bearer: _Bearer) -> tuple[bool, bool, str, str]:
    """Who shows most of himself comes first."""
    return not bearer.telling, bearer.country is None, bearer.article, bearer.id


def _clustered(bearers: list[_Bearer], *, is_person: bool) -> list[_Cluster]:
    """Those of one full name as clusters; who shows nothing of himself joins only the only one."""
    clusters: list[_Cluster] = []
    for b in sorted(bearers, key=_strength):
        named = [c for c in clusters if b.spelling in c.spellings]
        silent = b.country is None and not b.telling
        fitting = [(c, r) for c in clusters if (r := _reason(c, b, is_person=is_person))]
        sure = [(c, r) for c, r in fitting if r != NOTHING_AGAINST]
        chosen = sure[:1] or (fitting[:1] if len(named) == 1 else [])
        if not chosen:
            clusters.append(_Cluster())
            chosen = [(clusters[-1], AMBIGUOUS if silent and named else "")]
        chosen[0][0].add(b, chosen[0][1])
    return clusters


def _reason(cluster: _Cluster, bearer: _Bearer, *, is_person: bool) -> str | None:
    if is_person:
        return cluster.reason_for(bearer)
    if cluster.contradicts(bearer):
        return None
    return SAME_COUNTRY if bearer.country in cluster.countries else NOTHING_AGAINST


def _attached(bare: list[_Bearer], clusters: list[_Cluster]) -> list[_Cluster]:
    """Give bare surnames to the one person of that name and office; the clusters of the others."""
    alone: list[_Cluster] = []
    for b in sorted(bare, key=_strength):
        fitting = [(c, r) for c in clusters if (r := c.reason_for(b)) == SURNAME_AND_OFFICE]
        if len(fitting) != 1:
            fitting = [(c, r) for c in alone if (r := c.reason_for(b)) == SURNAME_AND_OFFICE][:1]
        if fitting:
            fitting[0][0].add(b, SURNAME_AND_OFFICE)
            continue
        alone.append(_Cluster())
        alone[-1].add(b, "")
    return alone


def _named(clusters: list[_Cluster], *, bare: bool = False) -> Iterator[tuple[str, _Cluster]]:
    """Each cluster with its id: the plain one if no other claims it, else with what tells apart."""
    by_id: dict[str, list[_Cluster]] = defaultdict(list)
    for cluster in clusters:
        by_id[cluster.id].append(cluster)
    for plain, rivals in sorted(by_id.items()):
        marks = [_distinction(c) for c in rivals]
        for cluster, mark in zip(rivals, marks, strict=True):
            if len(rivals) == 1:
                yield plain, cluster
            elif bare or mark is None or marks.count(mark) > 1:
                first = min(b.article for b, _ in cluster.bearers)
                yield f"{plain}-{_mark(first)}", cluster
            else:
                yield f"{plain}-{mark}", cluster


def _distinction(cluster: _Cluster) -> str | None:
    return next(iter(cluster.countries)) if len(cluster.countries) == 1 else None


def _told(name: str, cluster: _Cluster) -> Iterator[tuple[tuple[str, str], Link]]:
    """The links of a cluster; its first member is there for the reason of the next."""
    shared = len({b.article for b, _ in cluster.bearers}) > 1
    reasons = [r for _, r in cluster.bearers if r]
    for bearer, reason in cluster.bearers:
        if shared:
            yield (bearer.article, bearer.id), Link(name, reason or reasons[0])
        elif bearer.id != name:
            apart = reason or (APART if bearer.is_full else BARE)
            yield (bearer.article, bearer.id), Link(name, apart)


def _mark(article: str) -> str:
    """An article as the end of an id."""
    return hashlib.sha256(article.encode("utf-8", "surrogatepass")).hexdigest()[:8]
