from __future__ import annotations

import json

import networkx as nx
import pytest
from page_networks import actor, dispute, evidence, link

from kg.visual import payload as module
from kg.visual.payload import (
    payload,
    shown_after,
    shown_before,
    shown_date,
    shown_label,
    shown_text,
)
from kg.visual.selection import selection


def test_each_statement_is_carried_once() -> None:
    data = payload(selection(dispute(), max_nodes=99))
    rows = data.evidence["rows"]
    assert isinstance(rows, list)
    assert len(rows) == 3  # ten links with evidence, three statements
    assert all(0 <= i < 3 for edge in data.edges for i in edge["ev"])  # type: ignore[attr-defined]


def test_a_statement_iri_is_stored_by_what_its_article_lacks() -> None:
    data = payload(selection(dispute(), max_nodes=99))
    assert data.evidence["names"] == ["+/statement/ "]  # the blank stands for "0-40"


def test_several_edges_between_two_lie_side_by_side() -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name in ("a", "b", "c"):
        network.add_node(actor(name), label=name, type="state")
    for relation in ("accuses", "calls-on"):
        link(network, actor("a"), relation, actor("b"))
    link(network, actor("b"), "asks", actor("a"))
    link(network, actor("b"), "asks", actor("c"))
    edges = payload(selection(network, max_nodes=9)).edges
    bends = {(e["from"], e["to"], e["rel"]): e.get("bend", 0) for e in edges}
    nodes = payload(selection(network, max_nodes=9)).nodes
    places = {n["label"]: i for i, n in enumerate(nodes)}
    pair = {places["a"], places["b"]}
    between = {(a, b, bend) for (a, b, _), bend in bends.items() if {a, b} == pair}
    assert len(between) == 3
    assert all(bend for _, _, bend in between)
    assert [bend for (a, b, _), bend in bends.items() if {a, b} != pair] == [0]


def test_importance_is_area() -> None:
    nodes = payload(selection(dispute(), max_nodes=99)).nodes
    sizes = [n["size"] for n in nodes]
    assert sizes == sorted(sizes, reverse=True)  # type: ignore[type-var]
    assert sizes[0] == 26.0


def test_labels_lose_what_cannot_be_seen() -> None:
    assert shown_label("Oda\u202e Verrin\u2069\x00\n of  Tarsk") == "Oda Verrin of Tarsk"
    assert shown_label("\u200f\u202e") == "(no name)"
    assert shown_label("x" * 10_000) == "x" * 159 + "…"


def test_lone_surrogates_become_replacement_characters() -> None:
    assert shown_text("a\ud800b") == "a\ufffdb"


def test_missing_values_stay_missing() -> None:
    bare = evidence(None, article="bare", title=None, date=None, publisher=None, url=None)
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    link(network, actor("a"), "asks", actor("b"), [bare])
    data = payload(selection(network, max_nodes=9))
    assert data.evidence["articles"] == [[bare.article, None, None, None, None]]
    rows = data.evidence["rows"]
    assert isinstance(rows, list)
    assert rows[0][5] is None
    json.dumps([data.nodes, data.edges, data.evidence, data.looks], allow_nan=False)


def test_evidence_without_article_is_kept() -> None:
    known = evidence("", article="x", url=None)
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    background = type(known)(statement="https://w3id.org/newskg/role/1")
    link(network, actor("a"), "holds-office", actor("b"), [background])
    data = payload(selection(network, max_nodes=9))
    assert len(data.evidence["rows"]) == 1  # type: ignore[arg-type]
    assert data.evidence["names"] == ["https://w3id.org/newskg/role/1"]


@pytest.mark.parametrize("date", ["2024", "2024-02", "2024-02-29"])
def test_days_months_and_years_are_dates(date: str) -> None:
    assert shown_date(date) == date


@pytest.mark.parametrize("date", [None, "", "2024-13", "2023-02-29", "0024-01-01", "last week"])
def test_what_is_no_date_is_none(date: str | None) -> None:
    assert shown_date(date) is None


def test_what_stands_around_the_words_is_carried() -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    found = evidence(before="the envoy\nsaid ", after=None)
    link(network, actor("a"), "asks", actor("b"), [found])
    rows = payload(selection(network, max_nodes=9)).evidence["rows"]
    assert isinstance(rows, list)
    assert rows[0][-2:] == [0, "the envoy said "]  # what is missing at the end is left away


def test_context_is_cut_at_a_blank() -> None:
    assert shown_before("Officials in Tarsk said that ", 15) == "said that "
    assert shown_before("in Tarsk ", 9) == "in Tarsk "
    assert shown_after(", the ministry in Tarsk said", 15) == ", the ministry"
    assert (shown_before("said ", 0), shown_after(" again", 0)) == ("", "")
    assert shown_after(None, 9) == ""


def test_context_gives_way_where_there_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    def context(most: int) -> list[object]:
        monkeypatch.setattr(module, "MOST_CONTEXT", most)
        network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        found = [evidence(before="word " * 20, after=" word" * 20, start=i) for i in range(3)]
        link(network, actor("a"), "asks", actor("b"), found)
        rows = payload(selection(network, max_nodes=9)).evidence["rows"]
        assert isinstance(rows, list)
        return list(rows[0][10:])

    assert [len(str(text)) for text in context(10_000)] == [90, 90]
    assert [len(str(text)) for text in context(400)] == [60, 60]
    assert context(0) == []
