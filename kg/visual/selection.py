"""Which part of a network the page shows: the most important actors and what links them."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.errors import SettingsError

if TYPE_CHECKING:
    import networkx as nx

    from kg.queries.network import Evidence

DATE = re.compile(r"[1-9]\d{3}(-\d\d){0,2}", re.ASCII)


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
class Excerpt:
    """Which part of a network to show: all of it, unless told.

    `ego` is the IRI of an actor or agreement that alone is shown, with what lies at most `steps`
    links away. `since` and `until` are a day, month or year (ISO), both inside: what is said at
    other times, or at a time unknown, is left out. `types` are those of the legend.
    """

    ego: str | None = None
    steps: int = 1
    since: str | None = None
    until: str | None = None
    types: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name, date in (("since", self.since), ("until", self.until)):
            if date is not None and not is_date(date):
                raise SettingsError(f'{name}: "{date}" is no date; write YYYY-MM-DD or YYYY-MM')
        if self.since and self.until and self.since[: len(self.until)] > self.until:
            raise SettingsError(f"since {self.since} is later than until {self.until}")
        if self.steps < 1:
            raise SettingsError(f"steps: {self.steps} is not a positive number")

    @property
    def is_all(self) -> bool:
        """Whether nothing is asked for but the whole."""
        return self == Excerpt()

    def covers(self, date: str | None) -> bool:
        """Whether what is said on a day belongs to it."""
        if not (self.since or self.until):
            return True
        if not date or (self.since and date < self.since):
            return False
        return not self.until or date[: len(self.until)] <= self.until


ALL = Excerpt()


@dataclass(frozen=True, slots=True)
class Selection:
    """What is shown, the most important first, and how many vertices and ties there were.

    `fitting` vertices belong to the `excerpt`; fewer are shown where they are too many.
    """

    vertices: tuple[Vertex, ...]
    ties: tuple[Tie, ...]
    all_vertices: int
    all_ties: int
    fitting: int
    excerpt: Excerpt = ALL


def selection(
    network: nx.MultiDiGraph[str], *, max_nodes: int, excerpt: Excerpt = ALL
) -> Selection:
    """The `max_nodes` most important vertices of (an excerpt of) a network, the ties between them.

    Parallel edges of one relation become one tie. Order does not depend on that of the network.

    Raises:
        SettingsError: If the excerpt names an actor or a type that the network does not hold.
    """
    every = _ties(network)
    kept, ties = _excerpted(network, every, excerpt)
    weights = _weights(network, ties)
    vertices = sorted(
        (_vertex(iri, data, weights[iri]) for iri, data in network.nodes(data=True) if iri in kept),
        key=lambda v: (-v.importance, v.label, v.iri),
    )
    shown = _most_important(vertices, max_nodes, excerpt.ego)
    names = {v.iri for v in shown}
    return Selection(
        vertices=tuple(shown),
        ties=tuple(t for t in ties if t.source in names and t.target in names),
        all_vertices=network.number_of_nodes(),
        all_ties=len(every),
        fitting=len(vertices),
        excerpt=excerpt,
    )


def is_date(text: str) -> bool:
    """Whether a text is a day, month or year (ISO) of the calendar."""
    if not DATE.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _most_important(vertices: Sequence[Vertex], count: int, ego: str | None) -> list[Vertex]:
    """The first `count`, but never without the one that all is about."""
    shown = list(vertices[: max(0, count)])
    middle = next((v for v in vertices if v.iri == ego), None)
    if shown and middle is not None and middle not in shown:
        shown[-1] = middle
    return shown


def _excerpted(
    network: nx.MultiDiGraph[str], ties: Sequence[Tie], excerpt: Excerpt
) -> tuple[set[str], list[Tie]]:
    """The vertices and ties of an excerpt."""
    kept, left = _of_types(network, excerpt), list(ties)
    if excerpt.since or excerpt.until:
        left = _of_time(left, excerpt)
        kept &= {end for tie in left for end in (tie.source, tie.target)}
    left = [tie for tie in left if tie.source in kept and tie.target in kept]
    if excerpt.ego is not None:
        kept = _around(excerpt.ego, left, excerpt.steps)
    return kept, left


def _of_types(network: nx.MultiDiGraph[str], excerpt: Excerpt) -> set[str]:
    if excerpt.ego is not None and excerpt.ego not in network:
        raise SettingsError(f"ego: the graph holds no actor or agreement {excerpt.ego}")
    types = {iri: _vertex(iri, data, 0).type for iri, data in network.nodes(data=True)}
    if unknown := sorted(set(excerpt.types) - set(types.values())):
        known = ", ".join(sorted(set(types.values()))) or "none"
        raise SettingsError(f"type: the graph holds no {', '.join(unknown)}; it holds {known}")
    wanted = set(excerpt.types) or set(types.values())
    return {iri for iri, kind in types.items() if kind in wanted or iri == excerpt.ego}


def _of_time(ties: Iterable[Tie], excerpt: Excerpt) -> list[Tie]:
    """Ties with what proves them in that time; those without proof if both ends stay anyway."""
    dated, timeless = [], []
    for tie in ties:
        evidence = tuple(e for e in tie.evidence if excerpt.covers(e.date))
        if evidence:
            weight = float(len({e.statement for e in evidence}))
            dated.append(replace(tie, evidence=evidence, weight=weight))
        elif not tie.evidence:
            timeless.append(tie)
    there = {end for tie in dated for end in (tie.source, tie.target)}
    return dated + [t for t in timeless if t.source in there and t.target in there]


def _around(ego: str, ties: Iterable[Tie], steps: int) -> set[str]:
    neighbours: dict[str, set[str]] = defaultdict(set)
    for tie in ties:
        neighbours[tie.source].add(tie.target)
        neighbours[tie.target].add(tie.source)
    found, rim = {ego}, {ego}
    for _ in range(steps):
        rim = {other for one in rim for other in neighbours[one]} - found
        found |= rim
    return found


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
