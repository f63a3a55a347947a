"""What all articles together know of actors, places and agreements: the entities graph.

Written once each: a label repeated in every article's graph makes an ordinary join return each row
once for every article.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import DCTERMS, RDFS, SKOS

from kg import vocab
from kg.rdf.iris import DEFAULT_BASE, Minter
from kg.rdf.nodes import Quads, boolean, day, outside, string, strings
from kg.rdf.terms import ORG, class_of
from kg.records import Actor, Agreement, Extraction, Interval, Mention, Place, Registered, Role

LONGEST_LABEL = 200
"""Characters of a name taken from a text; the longest official names have about 90."""

# the finest first; what is not listed comes last
_GRANULARITIES = ("day", "month", "season", "year", "decade", "period")

_Value = str | bool | Role | Interval


class _Votes:
    """Values of the properties of one entity, with how many descriptions give each."""

    def __init__(self) -> None:
        self._counts: dict[str, Counter[_Value]] = defaultdict(Counter)

    def count(self, name: str, values: Iterable[_Value | None], times: int) -> None:
        """Enter some values; a negative number of times takes them out again."""
        counts = self._counts[name]
        for value in values:
            if value is not None:
                counts[value] += times
                if not counts[value]:
                    del counts[value]

    def words(self, name: str) -> list[str]:
        """All values, in alphabetical order."""
        return sorted(v for v in self._counts[name] if isinstance(v, str))

    def best(self, name: str) -> str | None:
        """The value most often given; of equals, the first in the alphabet."""
        words = self.words(name)
        return min(words, key=lambda w: (-self._counts[name][w], w)) if words else None

    def is_ever(self, name: str) -> bool:
        """Some description says true."""
        return True in self._counts[name]

    def roles(self) -> list[Role]:
        """All roles, in a fixed order."""
        roles = (v for v in self._counts["role"] if isinstance(v, Role))
        return sorted(roles, key=lambda r: (r.role, r.of, r.on or "", r.title or ""))

    def interval(self) -> Interval | None:
        """The finest interval; of equals, the one most often given, then the earliest."""
        counts = self._counts["date"]
        intervals = [v for v in counts if isinstance(v, Interval)]
        return min(
            intervals,
            key=lambda i: (_coarseness(i), -counts[i], i.start or "", i.end or ""),
            default=None,
        )

    def __bool__(self) -> bool:
        return bool(self._counts["name"])


def _coarseness(interval: Interval) -> int:
    known = interval.granularity in _GRANULARITIES
    return _GRANULARITIES.index(interval.granularity) if known else len(_GRANULARITIES)


class Entities:
    """Gathers actors, places and agreements over articles; the order of articles does not matter.

    Where descriptions differ, the one most often given counts. Memory grows with distinct entities
    and names, not with articles.

    Raises:
        EvidenceError: From `quads`, if a link to another data set is no IRI.
    """

    def __init__(self, base: str = DEFAULT_BASE):
        self._minter = Minter(base)
        self._actors: dict[str, _Votes] = defaultdict(_Votes)
        self._places: dict[str, _Votes] = defaultdict(_Votes)
        self._agreements: dict[str, _Votes] = defaultdict(_Votes)

    def add(self, extraction: Extraction) -> None:
        """Take in what an article knows of its actors, places and agreements."""
        self._count(extraction, 1)

    def discard(self, extraction: Extraction) -> None:
        """Undo `add` of the same extraction."""
        self._count(extraction, -1)

    def describe(
        self,
        *,
        actors: Iterable[Actor] = (),
        places: Iterable[Place] = (),
        agreements: Iterable[Agreement] = (),
    ) -> None:
        """Take in what a gazetteer or registry knows, for entities that articles only refer to."""
        for actor in actors:
            self._actor(actor, (), 1)
        for place in places:
            self._place(place, (), 1)
        for agreement in agreements:
            self._agreement(agreement, 1)

    def register(self, places: Iterable[Registered]) -> None:
        """Take in where agreements can be looked up."""
        for place in places:
            votes = self._agreements[place.id]
            votes.count("identifier", place.identifiers, 1)
            votes.count("source", place.sources, 1)
            votes.count("to_check", place.to_check, 1)

    @property
    def agreements(self) -> frozenset[str]:
        """Ids of the agreements that somebody described."""
        return frozenset(name for name, votes in self._agreements.items() if votes)

    def missing_actors(self) -> frozenset[str]:
        """Ids of actors that others refer to (part of, member, role) and nobody described."""
        wanted = {
            name
            for votes in list(self._actors.values())
            for name in (*filter(None, [votes.best("part_of")]), *votes.words("member"))
        }
        wanted |= {r.of for votes in list(self._actors.values()) for r in votes.roles()}
        return frozenset(n for n in wanted if n not in self._actors or not self._actors[n])

    def missing_agreements(self) -> frozenset[str]:
        """Ids of known instruments that described agreements may be and nobody described."""
        wanted = {n for v in list(self._agreements.values()) for n in v.words("may_be")}
        return frozenset(n for n in wanted if n not in self._agreements or not self._agreements[n])

    def quads(self) -> list[ox.Quad]:
        """The entities graph."""
        graph = Quads(self._minter.entities_graph)
        for name, votes in sorted(self._actors.items()):
            if votes:
                self._write_actor(graph, name, votes)
        for name, votes in sorted(self._places.items()):
            if votes:
                self._write_place(graph, name, votes)
        for name, votes in sorted(self._agreements.items()):
            if votes:
                self._write_agreement(graph, name, votes)
        return graph.quads()

    # -- taking in

    def _count(self, extraction: Extraction, times: int) -> None:
        text = extraction.article.text
        for actor in extraction.actors:
            self._actor(actor, _names(actor.mentions, text), times)
        for place in extraction.places:
            self._place(place, _names(place.mentions, text), times)
        for agreement in extraction.agreements:
            self._agreement(agreement, times)

    def _actor(self, actor: Actor, names: Iterable[str], times: int) -> None:
        votes = self._actors[actor.id]
        votes.count("name", [actor.name], times)
        votes.count("alternative", names, times)
        votes.count("type", [actor.type], times)
        votes.count("country", [actor.country], times)
        votes.count("part_of", [actor.part_of], times)
        votes.count("member", actor.members, times)
        votes.count("same_as", actor.same_as, times)
        votes.count("known", [actor.known], times)
        votes.count("role", (r for r in actor.roles if r.basis == "gazetteer"), times)

    def _place(self, place: Place, names: Iterable[str], times: int) -> None:
        votes = self._places[place.id]
        votes.count("name", [place.name], times)
        votes.count("alternative", names, times)
        votes.count("country", [place.country], times)
        votes.count("same_as", place.same_as, times)

    def _agreement(self, agreement: Agreement, times: int) -> None:
        votes = self._agreements[agreement.id]
        votes.count("name", [agreement.label], times)
        votes.count("type", [agreement.type], times)
        votes.count("is_set", [agreement.is_set], times)
        votes.count("date", [agreement.date], times)
        others = (n for n in agreement.resolves_to if n != agreement.id)
        votes.count("may_be", others, times)

    # -- writing

    def _write_actor(self, graph: Quads, name: str, votes: _Votes) -> None:
        node, mint = self._minter.actor(name), self._minter
        graph.add_types(node, vocab.Actor, class_of(votes.best("type") or "actor"))
        _write_names(graph, node, votes)
        graph.add(node, vocab.country, string(votes.best("country")))
        if whole := votes.best("part_of"):
            graph.add(node, vocab.partOf, mint.actor(whole))
        graph.add(node, vocab.member, *map(mint.actor, votes.words("member")))
        graph.add(node, vocab.knownActor, boolean(votes.is_ever("known")))
        for role in votes.roles():
            self._write_role(graph, name, role)

    def _write_role(self, graph: Quads, name: str, role: Role) -> None:
        node = self._minter.role(name, role.role, role.of)
        graph.add_types(node, ORG.Membership)
        graph.add(node, ORG.member, self._minter.actor(name))
        graph.add(node, ORG.organization, self._minter.actor(role.of))
        graph.add(node, vocab.role, string(role.role))
        graph.add(node, vocab.roleTitle, string(role.title))
        graph.add(node, vocab.attestedOn, day(role.on))
        graph.add(node, vocab.basis, string(role.basis))

    def _write_place(self, graph: Quads, name: str, votes: _Votes) -> None:
        node = self._minter.place(name)
        graph.add_types(node, vocab.Place)
        _write_names(graph, node, votes)
        graph.add(node, vocab.country, string(votes.best("country")))

    def _write_agreement(self, graph: Quads, name: str, votes: _Votes) -> None:
        node, mint = self._minter.agreement(name), self._minter
        is_set = votes.is_ever("is_set")
        graph.add_types(node, vocab.Agreement, class_of(votes.best("type") or "agreement"))
        if is_set:
            graph.add_types(node, vocab.AgreementSet)
        _write_names(graph, node, votes)
        if made := votes.interval():
            graph.add(node, vocab.madeFrom, day(made.start))
            graph.add(node, vocab.madeUntil, day(made.end))
            graph.add(node, vocab.granularity, string(made.granularity))
        graph.add(node, DCTERMS.identifier, *strings(votes.words("identifier")))
        graph.add(node, DCTERMS.source, *map(outside, votes.words("source")))
        graph.add(node, RDFS.seeAlso, *map(outside, votes.words("to_check")))
        candidates = map(mint.agreement, votes.words("may_be"))
        graph.add(node, DCTERMS.hasPart if is_set else vocab.mayBe, *candidates)


def _write_names(graph: Quads, node: ox.NamedNode, votes: _Votes) -> None:
    name = votes.best("name")
    others = {*votes.words("name"), *votes.words("alternative")} - {name}
    graph.add(node, SKOS.prefLabel, string(name))
    graph.add(node, SKOS.altLabel, *strings(sorted(others)))
    graph.add(node, SKOS.exactMatch, *map(outside, votes.words("same_as")))


def _names(mentions: Iterable[Mention], text: str) -> set[str]:
    """The names by which a text calls somebody, spaces and line breaks made one space."""
    words = (m.span.of(text).split() for m in mentions if m.kind == "name")
    called = {" ".join(w) for w in words if w and w[0].lower() not in _DETERMINERS}
    return {name for name in called if len(name) <= LONGEST_LABEL}


_DETERMINERS = frozenset(["its", "his", "her", "their", "our", "my", "your", "this", "that"])
"""Who is called "its ministry" in one sentence is not called so elsewhere."""
