"""Questions to a network."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

from kg.errors import QueryError
from kg.queries import Graph, analysis, render
from kg.queries.analyses import ANALYSES, analyse
from kg.queries.network import Evidence, network

BASE = "https://w3id.org/newskg/"
BLM, KES, OST = (BASE + "actor/" + name for name in ("BLM", "KES", "OST"))
ACCORD = BASE + "agreement/aldin-accord"
GIVEN = {"source": "Mira Tolan", "target": "OST", "actor": "Ostava"}


@pytest.fixture(scope="module")
def made(golden: Graph) -> nx.MultiDiGraph[str]:
    return network(golden)


@pytest.fixture
def empty() -> nx.MultiDiGraph[str]:
    return nx.MultiDiGraph()


def chain(*pairs: tuple[str, str]) -> nx.MultiDiGraph[str]:
    drawn: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for a, b in pairs:
        drawn.add_edge(a, b, key="says-about", weight=1, evidence=[Evidence(f"{a}-{b}")])
    return drawn


def test_who_addresses_whom_leaves_membership_out(made: nx.MultiDiGraph[str]) -> None:
    found = analysis.addressing(made)
    assert (found[0].source, found[0].target, found[0].weight) == (BLM, ACCORD, 3)
    assert not {t.relation for t in found} & {"part-of", "member-of", "speaks-for", "party-to"}


def test_the_matrix_counts_what_addressing_lists(made: nx.MultiDiGraph[str]) -> None:
    square = analysis.matrix(made)
    assert square.counts[square.actors.index(BLM)][square.actors.index(KES)] == 2
    assert sum(map(sum, square.counts)) == sum(t.weight for t in analysis.addressing(made))


def test_centrality_counts_statements_and_ranks(made: nx.MultiDiGraph[str]) -> None:
    found = {c.node: c for c in analysis.centrality(made)}
    assert next(iter(found)) == ACCORD
    assert (found[BLM].said, found[BLM].received) == (7, 2)
    assert sum(c.pagerank for c in found.values()) == pytest.approx(1, abs=1e-5)


def test_the_middle_of_a_chain_is_between() -> None:
    found = {c.node: c for c in analysis.centrality(chain(("a", "b"), ("b", "c")))}
    assert (found["b"].betweenness, found["a"].betweenness) == (1, 0)
    assert (found["b"].degree, found["a"].degree) == (2, 1)


def test_two_cliques_are_two_communities() -> None:
    one = [(a, b) for a in "abcd" for b in "abcd" if a != b]
    other = [(a.upper(), b.upper()) for a, b in one]
    found = analysis.communities(chain(*one, *other, ("a", "A")))
    assert found == (("A", "B", "C", "D"), ("a", "b", "c", "d"))


def test_paths_go_along_either_direction_with_evidence() -> None:
    drawn = chain(("a", "b"), ("c", "b"), ("a", "x"), ("x", "c"), ("c", "z"))
    found = analysis.paths(drawn, "a", "c")
    assert [[(t.source, t.target) for t in path] for path in found] == [
        [("a", "b"), ("c", "b")],
        [("a", "x"), ("x", "c")],
    ]
    assert found[0][1].evidence == (Evidence("c-b"),)
    assert len(analysis.paths(drawn, "a", "c", most=1)) == 1


def test_no_path_is_an_empty_answer_and_no_node_an_error() -> None:
    drawn = chain(("a", "b"))
    drawn.add_node("alone")
    assert analysis.paths(drawn, "a", "alone") == ()
    assert analysis.paths(drawn, "a", "a") == ()
    with pytest.raises(QueryError, match="nowhere is not in the network"):
        analysis.paths(drawn, "a", "nowhere")
    with pytest.raises(QueryError, match="nowhere is not in the network"):
        analysis.ego(drawn, "nowhere")


def test_ego_keeps_what_is_near() -> None:
    drawn = chain(("a", "b"), ("b", "c"), ("c", "d"))
    assert sorted(analysis.ego(drawn, "b")) == ["a", "b", "c"]
    assert sorted(analysis.ego(drawn, "a", radius=2)) == ["a", "b", "c"]
    assert analysis.ego(drawn, "b").number_of_edges() == 2


def test_exchanges_tell_each_direction(made: nx.MultiDiGraph[str]) -> None:
    first = analysis.exchanges(made)[0]
    assert (first.one, first.other, first.there, first.back, first.mutual) == (BLM, KES, 2, 2, 1)


def test_reciprocity_is_the_share_of_ties_returned() -> None:
    assert analysis.reciprocity(chain(("a", "b"), ("b", "a"), ("a", "c"))) == pytest.approx(2 / 3)


def test_mediators_come_with_the_parties_between_whom(made: nx.MultiDiGraph[str]) -> None:
    (found,) = analysis.mediators(made)
    assert (found.mediator, found.agreement, found.parties) == (OST, ACCORD, (BLM, KES))
    assert [e.speaker for e in found.evidence] == ["Belmora"]


def test_nothing_comes_of_an_empty_network(empty: nx.MultiDiGraph[str]) -> None:
    assert analysis.addressing(empty) == ()
    assert analysis.matrix(empty) == analysis.Matrix((), ())
    assert analysis.centrality(empty) == ()
    assert analysis.communities(empty) == ()
    assert analysis.exchanges(empty) == ()
    assert analysis.reciprocity(empty) is None
    assert analysis.mediators(empty) == ()


@pytest.mark.parametrize("name", ANALYSES)
def test_every_analysis_has_a_table(name: str, golden: Graph) -> None:
    given = {p.name: GIVEN[p.name] for p in ANALYSES[name].parameters if p.required}
    table = analyse(golden, name, **given)
    assert table.rows
    assert render(table, width=100)


def test_ties_of_one_relation(golden: Graph) -> None:
    table = analyse(golden, "ties", relation="accuses")
    assert [[str(cell) for cell in row] for row in table] == [
        ["Kestria", "accuses", "Belmora", "2", "2024-03-12", "2024-03-12"]
    ]


@pytest.mark.parametrize(
    ("name", "given", "complaint"),
    [
        ("clique", {}, "no analysis 'clique'; known are: addressing"),
        ("ego", {}, "ego needs actor"),
        ("ego", {"actor": "BLM", "radius": "far"}, "radius wants a whole number"),
        ("ego", {"actor": "nobody"}, "no actor or agreement 'nobody'"),
        ("matrix", {"actor": "BLM"}, "matrix knows no parameter 'actor'"),
    ],
)
def test_a_wrong_analysis_is_explained(
    name: str, given: dict[str, str], complaint: str, golden: Graph
) -> None:
    with pytest.raises(QueryError, match=complaint):
        analyse(golden, name, **given)


def test_results_do_not_depend_on_the_hash_seed(golden_path: Path) -> None:
    program = f"""
from kg.queries import open_graph, render
from kg.queries.analyses import ANALYSES, analyse
graph = open_graph({str(golden_path)!r})
for name, a in ANALYSES.items():
    given = {{p.name: {GIVEN!r}[p.name] for p in a.parameters if p.required}}
    print(render(analyse(graph, name, **given)))
"""
    root = str(Path(__file__).parents[2])
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": root,
                "PYTHONIOENCODING": "utf-8",
            },
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1
