"""Which part of a network the page shows: the most important actors and what links them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

    from kg.queries.network import Evidence


@dataclass(frozen=True, slots=True)
class Vertex:
    """An actor or agreement; `importance` counts its mentions and what is said by or about it.

    `type` is an actor type or "agreement"; an agreement's own type is its `detail`.
    """

    iri: str
    label: str
    type: str
    detail: str | None
    country: str | None
    mentions: int
    importance: float


@dataclass(frozen=True, slots=True)
class Tie:
    """One relation from one vertex to another (by IRI), with all that proves it."""

    source: str
    target: str
    relation: str
    weight: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """What is shown, the most important first, and how many vertices and ties there were."""

    vertices: tuple[Vertex, ...]
    ties: tuple[Tie, ...]
    all_vertices: int
    all_ties: int


def selection(network: nx.MultiDiGraph[str], *, max_nodes: int) -> Selection:
    """The `max_nodes` most important vertices of a network and the ties between them.

    Parallel edges of one relation become one tie. Order does not depend on that of the network.
    """
    ties = _ties(network)
    weights = _weights(network, ties)
    vertices = sorted(
        (_vertex(iri, data, weights[iri]) for iri, data in network.nodes(data=True)),
        key=lambda v: (-v.importance, v.label, v.iri),
    )
    shown = vertices[: max(0, max_nodes)]
    names = {v.iri for v in shown}
    return Selection(
        vertices=tuple(shown),
        ties=tuple(t for t in ties if t.source in names and t.target in names),
        all_vertices=len(vertices),
        all_ties=len(ties),
    )


def _ties(network: nx.MultiDiGraph[str]) -> list[Tie]:
    bundles: dict[tuple[str, str, str], tuple[float, dict[Evidence, None]]] = {}
    for source, target, key, data in network.edges(keys=True, data=True):
        relation = _relation_name(str(data.get("relation") or key))
        weight, evidence = bundles.get((source, target, relation), (0.0, {}))
        found: Iterable[Evidence] = data.get("evidence") or ()
        evidence.update(dict.fromkeys(found))
        weight += float(data.get("weight") or 1.0)
        bundles[source, target, relation] = (weight, evidence)
    return [
        Tie(source, target, relation, weight, tuple(evidence))
        for (source, target, relation), (weight, evidence) in sorted(bundles.items(), key=_key)
    ]


def _key(item: tuple[tuple[str, str, str], object]) -> tuple[str, str, str]:
    return item[0]


def _relation_name(name: str) -> str:
    return name.replace("_", "-").replace(" ", "-").lower()


def _weights(network: nx.MultiDiGraph[str], ties: Iterable[Tie]) -> dict[str, float]:
    weights = dict.fromkeys(network, 0.0)
    for tie in ties:
        weights[tie.source] += tie.weight
        weights[tie.target] += tie.weight
    return weights


def _vertex(iri: str, data: Mapping[str, object], weight: float) -> Vertex:
    mentions = data.get("mentions")
    count = mentions if isinstance(mentions, int) else 0
    country = data.get("country")
    kind = str(data.get("type") or "other")
    is_agreement = data.get("kind") == "agreement"
    return Vertex(
        iri=iri,
        label=str(data.get("label") or _last_part(iri)),
        type="agreement" if is_agreement else kind,
        detail=kind if is_agreement and kind != "agreement" else None,
        country=str(country) if country else None,
        mentions=count,
        importance=count + weight,
    )


def _last_part(iri: str) -> str:
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2] or iri
