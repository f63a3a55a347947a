"""The verbs as a notebook uses them, on the small golden graph."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import rdflib

import kg
from kg.errors import QueryError, ReadError
from kg.queries import Table, Term, literal

GOLDEN = Path(__file__).parent / "queries" / "golden.trig"


@pytest.fixture(scope="module")
def graph() -> Iterator[kg.OpenGraph]:
    with kg.open(GOLDEN) as opened:
        yield opened


def test_questions_give_rows(graph: kg.OpenGraph) -> None:
    table = graph.query("who-said-what-about", about="Aldin Accord")
    assert isinstance(table, Table)
    assert {row["speaker"] for row in table.records()} >= {"Belmora"}


def test_sparql_gives_what_it_asks_for(graph: kg.OpenGraph) -> None:
    assert graph.query("ASK { ?s a kg:Statement }") is True


def test_sparql_takes_no_parameters(graph: kg.OpenGraph) -> None:
    with pytest.raises(QueryError, match="parameters go with questions"):
        graph.query("ASK { ?s a kg:Statement }", speaker="Belmora")


def test_statements_are_all_or_those_that_fit(graph: kg.OpenGraph) -> None:
    everything = set(graph.statements())
    by_one = set(graph.statements(speaker="Belmora"))
    narrowed = set(graph.statements(speaker="Belmora", force="call_on"))
    assert narrowed < by_one < everything
    assert len(narrowed) == 1


def test_statements_narrowed_by_what_there_is_not_are_refused(graph: kg.OpenGraph) -> None:
    with pytest.raises(QueryError, match="knows no parameter 'mood'"):
        graph.statements(mood="angry")


def test_the_dataset_is_rdflibs_and_the_union_of_all_graphs(graph: kg.OpenGraph) -> None:
    assert isinstance(graph.dataset, rdflib.Dataset)
    (row,) = graph.dataset.query("ASK { ?s a <https://w3id.org/newskg/ontology#Statement> }")
    assert row is True


def test_the_network_has_actors_and_links(graph: kg.OpenGraph) -> None:
    network = graph.network()
    assert network.number_of_nodes() > 3
    assert network.number_of_edges() > 3


def test_no_graph_is_said(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such folder"):
        kg.open(tmp_path / "none")


def test_rows_become_a_data_frame(graph: kg.OpenGraph) -> None:
    pytest.importorskip("pandas", reason="wants pandas (pip install pandas)")
    frame = graph.statements(speaker="Belmora").to_pandas()
    assert list(frame.columns) == ["published", "name", "kind", "words", "id", "statement"]
    assert len(frame) == len(graph.statements(speaker="Belmora"))
    assert "Belmora" in set(frame["name"])


def test_values_in_a_data_frame_are_numbers_and_nothing() -> None:
    pytest.importorskip("pandas", reason="wants pandas (pip install pandas)")
    cells: tuple[Term | None, ...] = (literal(Decimal("0.9")), literal(3), None)
    frame = Table(("a", "b", "c"), (cells, cells)).to_pandas()
    assert (frame["a"].sum(), frame["b"].sum()) == (1.8, 6)
    assert frame["c"].isna().all()


def test_a_table_without_rows_keeps_its_columns() -> None:
    pytest.importorskip("pandas", reason="wants pandas (pip install pandas)")
    assert list(Table(("a", "b"), ()).to_pandas().columns) == ["a", "b"]


def test_without_pandas_the_way_to_get_it_is_told(
    graph: kg.OpenGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(QueryError, match="pip install pandas"):
        graph.statements().to_pandas()
