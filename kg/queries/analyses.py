"""The analyses of a network by name, with help, parameters and tables, for people to ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import networkx as nx

from kg.errors import QueryError
from kg.queries import analysis
from kg.queries.analysis import DIGITS, Tie
from kg.queries.library import Parameter, ParameterValue
from kg.queries.lookup import Names
from kg.queries.network import Evidence, network
from kg.queries.sparql import Graph
from kg.queries.terms import Row, Table, Term, Value, iri, literal


@dataclass(frozen=True, slots=True)
class Analysis:
    """An analysis that can be asked by name: its help, its parameters and its table."""

    help: str
    table: Callable[[nx.MultiDiGraph[str], Mapping[str, str]], Table]
    parameters: tuple[Parameter, ...] = ()


def analyse(graph: Graph, name: str, /, **parameters: ParameterValue | None) -> Table:
    """The answer of one of `ANALYSES` on a graph, as a table.

    Raises:
        QueryError: If analysis, parameter or name is unknown.
    """
    found = ANALYSES.get(name)
    if found is None:
        raise QueryError(f"no analysis {name!r}; known are: {', '.join(ANALYSES)}")
    known = {p.name: p for p in found.parameters}
    given = {key: str(value) for key, value in parameters.items() if value not in (None, "")}
    if unknown := sorted(given.keys() - known.keys()):
        accepted = ", ".join(known) or "none"
        raise QueryError(f"{name} knows no parameter {unknown[0]!r}; it takes: {accepted}")
    if missing := [p for p in found.parameters if p.required and p.name not in given]:
        raise QueryError(f"{name} needs {missing[0].name}: {missing[0].help}")
    names = Names(graph)
    for key in given:
        if known[key].type == "topic":
            given[key] = names.resolved("topic", given[key]).value
    return found.table(network(graph), given)


def _label(network: nx.MultiDiGraph[str], node: str) -> Term:
    return literal(str(network.nodes[node].get("label") or node))


def _cell(value: Value | None) -> Term | None:
    return None if value is None else literal(value)


def _score(value: float) -> Term:
    return literal(Decimal(str(value)).quantize(Decimal(1).scaleb(-DIGITS)).normalize() + 0)


def _days(evidence: Iterable[Evidence]) -> tuple[Term | None, Term | None]:
    days = sorted(e.date for e in evidence if e.date)
    return (_cell(days[0]), _cell(days[-1])) if days else (None, None)


def _tie_rows(network: nx.MultiDiGraph[str], found: Iterable[Tie]) -> tuple[Row, ...]:
    return tuple(
        (
            _label(network, t.source),
            literal(t.relation),
            _label(network, t.target),
            literal(t.weight),
            *_days(t.evidence),
        )
        for t in found
    )


_TIE_COLUMNS = ("from", "relation", "to", "times", "first", "last")


def _ties_table(network: nx.MultiDiGraph[str], given: Mapping[str, str]) -> Table:
    relation = given.get("relation")
    found = analysis.ties(network, None if relation is None else [relation])
    return Table(_TIE_COLUMNS, _tie_rows(network, found))


def _addressing_table(network: nx.MultiDiGraph[str], _: Mapping[str, str]) -> Table:
    return Table(_TIE_COLUMNS, _tie_rows(network, analysis.addressing(network)))


def _matrix_table(network: nx.MultiDiGraph[str], _: Mapping[str, str]) -> Table:
    square = analysis.matrix(network)
    labels = [_label(network, actor) for actor in square.actors]
    rows = [
        (label, *(literal(n) if n else None for n in counts))
        for label, counts in zip(labels, square.counts, strict=True)
    ]
    return Table(("speaker", *(label.value for label in labels)), tuple(rows))


def _centrality_table(network: nx.MultiDiGraph[str], _: Mapping[str, str]) -> Table:
    rows = tuple(
        (
            _label(network, c.node),
            _cell(str(network.nodes[c.node].get("type") or "")),
            literal(c.said),
            literal(c.received),
            literal(c.degree),
            _score(c.pagerank),
            _score(c.betweenness),
        )
        for c in analysis.centrality(network)
    )
    columns = ("name", "type", "said", "received", "degree", "pagerank", "betweenness")
    return Table(columns, rows)


def _communities_table(network: nx.MultiDiGraph[str], _: Mapping[str, str]) -> Table:
    rows = tuple(
        (literal(number), _label(network, node), _cell(str(network.nodes[node].get("type") or "")))
        for number, members in enumerate(analysis.communities(network), 1)
        for node in members
    )
    return Table(("community", "name", "type"), rows)


def _paths_table(network: nx.MultiDiGraph[str], given: Mapping[str, str]) -> Table:
    rows: list[Row] = []
    for number, path in enumerate(analysis.paths(network, given["source"], given["target"]), 1):
        for step, tie in enumerate(path, 1):
            shown = tie.evidence[0] if tie.evidence else None
            rows.append(
                (
                    literal(number),
                    literal(step),
                    _label(network, tie.source),
                    literal(tie.relation),
                    _label(network, tie.target),
                    literal(tie.weight),
                    _cell(shown.date) if shown else None,
                    _cell(shown.words) if shown else None,
                    iri(shown.statement) if shown else None,
                )
            )
    columns = ("path", "step", "from", "relation", "to", "times", "date", "words", "statement")
    return Table(columns, tuple(rows))


def _ego_table(network: nx.MultiDiGraph[str], given: Mapping[str, str]) -> Table:
    try:
        radius = int(given.get("radius", "1"))
    except ValueError as error:
        raise QueryError(f"radius wants a whole number, not {given['radius']!r}") from error
    part = analysis.ego(network, given["actor"], radius=radius)
    return Table(_TIE_COLUMNS, _tie_rows(part, analysis.ties(part)))


def _exchanges_table(network: nx.MultiDiGraph[str], _: Mapping[str, str]) -> Table:
    rows = tuple(
        (
            _label(network, e.one),
            _label(network, e.other),
            literal(e.there),
            literal(e.back),
            _score(round(e.mutual, DIGITS)),
        )
        for e in analysis.exchanges(network)
    )
    return Table(("one", "other", "there", "back", "mutual"), rows)


def _mediators_table(network: nx.MultiDiGraph[str], _: Mapping[str, str]) -> Table:
    rows = tuple(
        (
            _label(network, m.mediator),
            _label(network, m.agreement),
            literal(", ".join(_label(network, p).value for p in m.parties)),
            literal(", ".join(dict.fromkeys(e.speaker for e in m.evidence if e.speaker))),
        )
        for m in analysis.mediators(network)
    )
    return Table(("mediator", "agreement", "parties", "according to"), rows)


# fmt: off
ANALYSES: Mapping[str, Analysis] = {
    "addressing": Analysis("Who speaks about, to or upon whom, and how often", _addressing_table),
    "matrix": Analysis("The same as a square, speakers down", _matrix_table),
    "ties": Analysis("All edges, the heaviest first", _ties_table, (
        Parameter("relation", "text", "only this relation"),)),
    "centrality": Analysis("Who is in the middle: by three measures", _centrality_table),
    "communities": Analysis("Who belongs together by density of ties", _communities_table),
    "paths": Analysis("The shortest paths between two, with the words along them", _paths_table, (
        Parameter("source", "topic", "actor or agreement to begin with", required=True),
        Parameter("target", "topic", "actor or agreement to end with", required=True))),
    "ego": Analysis("All ties around one", _ego_table, (
        Parameter("actor", "topic", "actor or agreement in the middle", required=True),
        Parameter("radius", "integer", "how many edges away; 1 if not given"))),
    "exchanges": Analysis("Pairs who speak about each other, and how evenly", _exchanges_table),
    "mediators": Analysis("Who is said to mediate what, between whom", _mediators_table),
}
"""The analyses that can be asked by name."""
# fmt: on
