"""Opening graphs wherever they live, and asking them."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, ReadError, StoreError
from kg.exports import exported
from kg.queries import Graph, Table, Triples, iri, literal, open_graph, select
from kg.queries.querytext import check

COUNT = "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a kg:Statement }"
BELMORA = iri("https://w3id.org/newskg/actor/BLM")


def statements(graph: Graph) -> int:
    (row,) = select(graph, COUNT).rows
    assert row[0] is not None
    return int(row[0].value)


@pytest.mark.parametrize(
    ("format", "suffix"),
    [
        ("nquads", ".nq"),
        ("trig", ".trig"),
        ("turtle", ".ttl"),
        ("ntriples", ".nt"),
        ("jsonld", ".jsonld"),
        ("rdfxml", ".rdf"),
        ("rdfxml", ".xml"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_every_kind_of_rdf_file_opens(
    format: str, suffix: str, packed: bool, golden: Graph, tmp_path: Path
) -> None:
    content = exported(golden, format)[""]
    path = tmp_path / f"some.graph{suffix}{'.gz' if packed else ''}"
    path.write_bytes(gzip.compress(content) if packed else content)
    with open_graph(path) as graph:
        assert statements(graph) == 13


def test_a_folder_opens_by_its_store(golden: Graph, tmp_path: Path) -> None:
    store = ox.Store(str(tmp_path / "store"))
    store.bulk_load(exported(golden, "nquads")[""], ox.RdfFormat.N_QUADS)
    store.flush()
    del store
    (tmp_path / "graph.nq.gz").write_bytes(b"not looked at")
    with open_graph(tmp_path) as graph:
        assert statements(graph) == 13


def test_a_folder_without_store_opens_by_its_dump(golden: Graph, tmp_path: Path) -> None:
    (tmp_path / "graph.nq.gz").write_bytes(gzip.compress(exported(golden, "nquads")[""]))
    with open_graph(str(tmp_path)) as graph:
        assert statements(graph) == 13
        assert graph.name == str(tmp_path)


def test_a_broken_store_is_named(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "CURRENT").write_text("MANIFEST-000009\n")
    with pytest.raises(StoreError, match="store: this store cannot be opened"):
        open_graph(tmp_path)


def test_what_is_no_graph_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    with pytest.raises(ReadError, match=r"a\.txt: unknown kind of graph; known are \.nq"):
        open_graph(tmp_path / "a.txt")
    with pytest.raises(ReadError, match=r"b\.nq: no such folder or file"):
        open_graph(tmp_path / "b.nq")
    with pytest.raises(ReadError, match="no graph in here"):
        open_graph(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("a.nq", b"<http://a> <http://b> .\n", "not valid N-Quads"),
        ("a.ttl", b"\xff\xfe\x00", "not valid Turtle"),
        ("a.nq.gz", b"<http://a>", "broken or cut off"),
        (
            "a.nq.gz",
            gzip.compress(b"<http://a> <http://b> <http://c> .\n" * 99, mtime=0)[:-9],
            "cut off",
        ),
    ],
)
def test_a_broken_file_is_refused_by_name(
    name: str, content: bytes, complaint: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ReadError, match=rf"{name}: .*{complaint}"):
        open_graph(tmp_path / name)


def test_a_query_asks_the_union_of_all_graphs(either: Graph) -> None:
    across = "SELECT ?label WHERE { ?s kg:speaker/skos:prefLabel ?label ; kg:cueLemma 'deny' }"
    assert [str(row[0]) for row in select(either, across)] == ["Belmora"]


def test_every_form_has_its_own_answer(either: Graph) -> None:
    assert isinstance(either.query(COUNT), Table)
    assert either.query("ASK { ?s kg:speaker ?o }") is True
    assert either.query("ASK { ?s kg:speaker 'nobody' }") is False
    made = either.query("CONSTRUCT { ?a kg:about ?b } WHERE { ?s kg:speaker ?a ; kg:about ?b }")
    assert isinstance(made, Triples)
    assert len(made) == len(set(made.triples)) > 5
    assert list(made.triples) == sorted(made.triples, key=str)


def test_select_wants_a_select(golden: Graph) -> None:
    with pytest.raises(QueryError, match="expected a SELECT"):
        select(golden, "ASK { ?s ?p ?o }")


def test_both_engines_hold_the_same_quads(golden: Graph, golden_in_rdflib: Graph) -> None:
    assert set(golden.quads()) == set(golden_in_rdflib.quads())


def test_a_binding_holds_a_variable(either: Graph) -> None:
    query = "SELECT ?s WHERE { ?s kg:speaker ?who ; kg:cueLemma ?cue }"
    table = select(either, query, {"who": BELMORA, "cue": [literal("deny"), literal("add")]})
    assert len(table) == 2


def test_a_binding_enters_a_construct_after_its_template(either: Graph) -> None:
    query = "CONSTRUCT { ?s kg:cueLemma ?cue } WHERE { ?s kg:speaker ?who ; kg:cueLemma ?cue }"
    made = either.query(query, {"who": BELMORA, "cue": literal("deny")})
    assert isinstance(made, Triples)
    assert len(made) == 1


def test_braces_in_text_and_comments_do_not_mislead_a_binding(golden: Graph) -> None:
    query = "# { all\nSELECT ?s ('{' AS ?x) WHERE # {\n { ?s kg:speaker ?who }"
    assert len(select(golden, query, {"who": BELMORA})) == 5


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <http://a> <http://b> <http://c> }",
        "PREFIX a: <http://a/>\n# SELECT\nDELETE WHERE { ?s ?p ?o }",
        "clear all",
        "WITH <http://g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "LOAD <http://a>",
    ],
)
def test_an_update_is_refused(update: str, either: Graph) -> None:
    before = set(either.quads())
    with pytest.raises(QueryError, match="only asked"):
        either.query(update)
    assert set(either.quads()) == before


def test_a_syntax_error_shows_line_column_and_caret(either: Graph) -> None:
    with pytest.raises(QueryError) as caught:
        either.query("SELECT ?s WHERE {\n  ?s kg:speaker ?o ;\n  ?s nope:x ?y .\n}")
    assert str(caught.value).splitlines() == [
        "line 3, column 6: this prefix is not declared",
        "    ?s nope:x ?y .",
        "       ^",
    ]


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("SELECT ?s WHERE { ?s ?p ?o", "line 1, column 25: the query ends before its { is closed"),
        ("SELECT ?s WHERE { ?s ?p }", "line 1, column 25: this cannot stand here"),
        ("SELECT ?s WHERE { ?s <b> ?o }", "line 1, column"),
        ("SELECT * WHERE { ?s ?p ?o } GROUP BY ?s", "SELECT * cannot stand with GROUP BY"),
        ("SELECT ?s WHERE { ?s ?p <http://a b> }", "this is no IRI"),
        ("SELEKT ?s WHERE { ?s ?p ?o }", "this is no query"),
        ("", "this is no query"),
    ],
)
def test_what_is_wrong_is_said_in_words(query: str, complaint: str) -> None:
    with pytest.raises(QueryError) as caught:
        check(query)
    assert complaint in str(caught.value)


def test_known_prefixes_need_no_declaration_and_own_ones_win(golden: Graph) -> None:
    assert statements(golden) == 13
    own = "PREFIX kg: <http://other/> SELECT (COUNT(*) AS ?n) WHERE { ?s a kg:Statement }"
    assert [str(row[0]) for row in select(golden, own)] == ["0"]


def test_cells_become_values_of_python(golden: Graph) -> None:
    query = """SELECT ?confidence ?start ?known ?day ?iri ?none WHERE {
      ?iri kg:confidence ?confidence ; kg:saidFrom ?day ; kg:speaker/kg:knownActor ?known .
      ?iri kg:contentSpan/oa:hasSelector/oa:start ?start } ORDER BY ?start LIMIT 1"""
    (row,) = select(golden, query).records()
    assert {name: repr(value) for name, value in row.items()} == {
        "confidence": "Decimal('0.9')",
        "start": "38",
        "known": "True",
        "day": "datetime.date(2024, 3, 11)",
        "iri": "'https://w3id.org/newskg/article/ferry-dispute/statement/s1'",
        "none": "None",
    }
