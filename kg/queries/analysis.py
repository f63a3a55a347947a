"""Questions to a network: who addresses whom, who is central, who belongs together, by what path.

Each function takes a network as `kg.queries.network` makes it and gives typed results in a fixed
order, also for a network without nodes.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import networkx as nx

from kg.errors import QueryError
from kg.queries.network import (
    ADDRESSES,
    HOLDS_OFFICE,
    MEMBER_OF,
    PART_OF,
    SAYS_ABOUT,
    SPEAKS_FOR,
    Evidence,
    relation_table,
)

STRUCTURE = frozenset([PART_OF, MEMBER_OF, SPEAKS_FOR, HOLDS_OFFICE])
"""Relations that tell what somebody belongs to, not what passes between two."""
DIGITS = 6  # of scores: below it, pagerank's iteration stops (tolerance 1e-6)
SEED = 0  # of Louvain's method, which visits nodes in a random order
MOST_PATHS = 10
"""Shortest paths that are told; between hubs there may be thousands."""


@dataclass(frozen=True, slots=True)
class Tie:
    """One edge: its ends, what it says, how often, and the words."""

    source: str
    target: str
    relation: str
    weight: int
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """How often each actor speaks about, to or upon each: `counts[row][column]`."""

    actors: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Centrality:
    """How much an actor or agreement is in the middle of things.

    `said` and `received` count statements out and in; `pagerank` sums up to 1 over all nodes;
    `betweenness` is the share of shortest paths, directions left out, that lead through it.
    """

    node: str
    said: int
    received: int
    degree: int
    pagerank: float
    betweenness: float


@dataclass(frozen=True, slots=True)
class Exchange:
    """Two actors, and how often each speaks about the other; `there` from the first one."""

    one: str
    other: str
    there: int
    back: int

    @property
    def mutual(self) -> float:
        """The weaker direction's share of the stronger: 1 is even, 0 is one way."""
        return min(self.there, self.back) / max(self.there, self.back)


@dataclass(frozen=True, slots=True)
class Mediation:
    """An actor that somebody names as mediator of an agreement, and the parties between whom."""

    mediator: str
    agreement: str
    parties: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def statement_relations() -> frozenset[str]:
    """Relations that statements make: what is said about, to or upon somebody."""
    forces = (relation for (kind, _), relation in relation_table().items() if kind == "force")
    return frozenset([SAYS_ABOUT, ADDRESSES, *forces])


def ties(network: nx.MultiDiGraph[str], relations: Iterable[str] | None = None) -> tuple[Tie, ...]:
    """The edges, the heaviest first; `relations` keeps those alone."""
    wanted = None if relations is None else frozenset(relations)
    found = [
        Tie(source, target, str(key), int(data["weight"]), tuple(data["evidence"]))
        for source, target, key, data in network.edges(keys=True, data=True)
        if wanted is None or key in wanted
    ]
    return tuple(sorted(found, key=lambda t: (-t.weight, t.source, t.target, t.relation)))


def addressing(network: nx.MultiDiGraph[str]) -> tuple[Tie, ...]:
    """Who speaks about, to or upon whom, the most often first."""
    return ties(network, statement_relations())


def matrix(network: nx.MultiDiGraph[str]) -> Matrix:
    """`addressing` as a square: speakers down, those spoken about across."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for tie in addressing(network):
        counts[tie.source, tie.target] += tie.weight
    actors = tuple(sorted({actor for pair in counts for actor in pair}))
    return Matrix(actors, tuple(tuple(counts.get((a, b), 0) for b in actors) for a in actors))


def centrality(network: nx.MultiDiGraph[str]) -> tuple[Centrality, ...]:
    """All nodes that have an edge, the most central (by pagerank) first.

    Statements count; membership and office do not, or a state would be central for its ministries.
    """
    simple = _simple(network, frozenset(_relations(network)) - STRUCTURE)
    if not simple:
        return ()
    ranks = nx.pagerank(simple, weight="weight")
    between = nx.betweenness_centrality(simple.to_undirected())
    found = [
        Centrality(
            node,
            said=int(simple.out_degree(node, weight="weight")),
            received=int(simple.in_degree(node, weight="weight")),
            degree=len(set(simple.successors(node)) | set(simple.predecessors(node))),
            pagerank=round(ranks[node], DIGITS),
            betweenness=round(between[node], DIGITS),
        )
        for node in simple
    ]
    return tuple(sorted(found, key=lambda c: (-c.pagerank, -c.degree, c.node)))


def communities(network: nx.MultiDiGraph[str]) -> tuple[tuple[str, ...], ...]:
    """Who belongs together by the density of edges (Louvain's method), the largest first.

    Nodes without an edge belong to none.
    """
    simple = _simple(network, _relations(network))
    if not simple:
        return ()
    order = sorted(simple)  # numbers, because sets of strings change their order between processes
    numbered = nx.relabel_nodes(simple, {node: i for i, node in enumerate(order)})
    plain: nx.Graph[int] = nx.Graph()
    plain.add_nodes_from(range(len(order)))
    for a, b, data in sorted(numbered.edges(data=True), key=lambda edge: edge[:2]):
        before = plain.edges[a, b]["weight"] if plain.has_edge(a, b) else 0
        plain.add_edge(a, b, weight=before + data["weight"])
    found = nx.community.louvain_communities(plain, weight="weight", seed=SEED)
    named = [tuple(sorted(order[i] for i in members)) for members in found]
    return tuple(sorted(named, key=lambda members: (-len(members), members)))


def paths(
    network: nx.MultiDiGraph[str], source: str, target: str, *, most: int = MOST_PATHS
) -> tuple[tuple[Tie, ...], ...]:
    """The shortest paths between two nodes, along edges of either direction, with their evidence.

    Where two nodes share several edges, the path goes by the heaviest. Empty where nothing leads
    from one to the other.

    Raises:
        QueryError: If one of them is not in the network.
    """
    for node in (source, target):
        if node not in network:
            raise QueryError(f"{node} is not in the network")
    simple = _simple(network, _relations(network), keep=(source, target)).to_undirected()
    if source == target or not nx.has_path(simple, source, target):
        return ()
    # The list is cut before it is sorted: neighbours come in a fixed order, and it can be long.
    found = itertools.islice(nx.all_shortest_paths(simple, source, target), most)
    return tuple(tuple(_steps(network, nodes)) for nodes in sorted(found))


def ego(network: nx.MultiDiGraph[str], node: str, *, radius: int = 1) -> nx.MultiDiGraph[str]:
    """The part of the network within `radius` edges of a node, directions left out.

    Raises:
        QueryError: If it is not in the network.
    """
    if node not in network:
        raise QueryError(f"{node} is not in the network")
    near = nx.single_source_shortest_path_length(
        network.to_undirected(as_view=True), node, cutoff=radius
    )
    part: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    part.add_nodes_from((n, data) for n, data in network.nodes(data=True) if n in near)
    for a, b, key, data in network.edges(keys=True, data=True):
        if a in near and b in near:
            part.add_edge(a, b, key=key, **data)
    return part


def exchanges(network: nx.MultiDiGraph[str]) -> tuple[Exchange, ...]:
    """Pairs of actors of whom at least one speaks about the other; the most even and busy first."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for tie in addressing(network):
        counts[tie.source, tie.target] += tie.weight
    pairs = {(min(pair), max(pair)) for pair in counts}
    found = [Exchange(a, b, counts.get((a, b), 0), counts.get((b, a), 0)) for a, b in pairs]
    return tuple(
        sorted(found, key=lambda e: (-min(e.there, e.back), -(e.there + e.back), e.one, e.other))
    )


def reciprocity(network: nx.MultiDiGraph[str]) -> float | None:
    """The share of ties by statements that are returned; `None` where there are none."""
    found = exchanges(network)
    both = sum(1 for e in found if e.there and e.back)
    total = 2 * both + (len(found) - both)
    return round(2 * both / total, DIGITS) if total else None


def mediators(network: nx.MultiDiGraph[str]) -> tuple[Mediation, ...]:
    """Who is said to mediate which agreement between which parties."""
    parties: dict[str, set[str]] = defaultdict(set)
    for tie in ties(network, ["party-to", "signs"]):
        parties[tie.target].add(tie.source)
    found = [
        Mediation(t.source, t.target, tuple(sorted(parties[t.target] - {t.source})), t.evidence)
        for t in ties(network, ["mediates"])
    ]
    return tuple(sorted(found, key=lambda m: (m.mediator, m.agreement)))


def _relations(network: nx.MultiDiGraph[str]) -> frozenset[str]:
    return frozenset(str(key) for _, _, key in network.edges(keys=True))


def _simple(
    network: nx.MultiDiGraph[str], relations: Iterable[str], keep: Iterable[str] = ()
) -> nx.DiGraph[str]:
    """One edge for all between two nodes, weights summed up; nodes without an edge left out."""
    wanted = frozenset(relations)
    simple: nx.DiGraph[str] = nx.DiGraph()
    simple.add_nodes_from(sorted(keep))
    for source, target, key, data in sorted(
        network.edges(keys=True, data=True), key=lambda edge: edge[:3]
    ):
        if key in wanted:
            before = (
                simple.edges[source, target]["weight"] if simple.has_edge(source, target) else 0
            )
            simple.add_edge(source, target, weight=before + int(data["weight"]))
    return simple


def _steps(network: nx.MultiDiGraph[str], nodes: list[str]) -> Iterator[Tie]:
    for a, b in itertools.pairwise(nodes):
        between = [
            Tie(source, target, str(key), int(data["weight"]), tuple(data["evidence"]))
            for source, target in ((a, b), (b, a))
            if network.has_edge(source, target)
            for key, data in network[source][target].items()
        ]
        yield min(between, key=lambda t: (-t.weight, t.source != a, t.relation))
