"""The graph in other shapes: nothing lost, same bytes, wholly or not at all."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import OutputError, QueryError
from kg.exports import FORMATS, export, exported
from kg.exports.jsonld import context_of
from kg.queries import Graph, StoreGraph, open_graph
from kg.queries.network import network

GOLDEN = Path(__file__).parents[1] / "queries" / "golden.trig"
BASE = "https://w3id.org/newskg/"
WITH_GRAPHS = {
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
}
WITHOUT_GRAPHS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
TABLES = ["actors", "agreements", "articles", "claims", "mentions", "statements"]


@pytest.fixture(scope="module")
def golden() -> Graph:
    return open_graph(GOLDEN)


def one(graph: Graph, format: str) -> bytes:
    (content,) = exported(graph, format).values()
    return content


def table(graph: Graph, name: str) -> list[dict[str, str]]:
    content = exported(graph, "csv")[f"{name}.csv"].decode()
    return list(csv.DictReader(io.StringIO(content, newline="")))


def hostile() -> Graph:
    """Literals and names that break careless writers."""
    name = ox.NamedNode
    kg = "https://w3id.org/newskg/ontology#"
    label = name("http://www.w3.org/2004/02/skos/core#prefLabel")
    article, actor = name(BASE + "article/a%20b"), name(BASE + "actor/x")
    type = name("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    store = ox.Store()
    graph = name(BASE + "graph/article/a%20b")
    words = ox.Literal('\x0b<b>&amp;"]]>\r\n\t\\ \U0001f600 \u202e=1+1')
    for s, p, o in [
        (article, type, name(kg + "Article")),
        (article, name("http://purl.org/dc/terms/identifier"), words),
        (actor, type, name(kg + "State")),
        (actor, label, words),
        (actor, label, ox.Literal("x", language="en")),
        (actor, name("http://other.example/p"), ox.Literal("1", datatype=name("urn:t"))),
        (name("urn:a:b"), name(kg + "about"), name(BASE)),
    ]:
        store.add(ox.Quad(s, p, o, graph))
    store.add(ox.Quad(name(BASE + "actor/y"), label, ox.Literal("in the default graph")))
    return StoreGraph(store)


@pytest.mark.parametrize("format", WITH_GRAPHS)
def test_documents_with_graphs_keep_every_quad(format: str, golden: Graph) -> None:
    for graph in (golden, hostile()):
        read = set(ox.parse(one(graph, format), WITH_GRAPHS[format]))
        assert read == set(graph.quads())


@pytest.mark.parametrize("format", WITHOUT_GRAPHS)
def test_documents_without_graphs_keep_every_triple(format: str, golden: Graph) -> None:
    read = {q.triple for q in ox.parse(one(golden, format), WITHOUT_GRAPHS[format])}
    assert read == {q.triple for q in golden.quads()}


@pytest.mark.parametrize(
    ("format", "parser"), [("nquads", "nquads"), ("trig", "trig"), ("jsonld", "json-ld")]
)
def test_rdflib_reads_the_same_number_of_quads(format: str, parser: str, golden: Graph) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=one(golden, format), format=parser)
    assert len(list(dataset.quads())) == len(set(golden.quads()))


def test_rdflib_reads_the_same_number_of_triples(golden: Graph) -> None:
    expected = len({q.triple for q in golden.quads()})
    for format, parser in (("turtle", "turtle"), ("ntriples", "nt"), ("rdfxml", "xml")):
        read = rdflib.Graph().parse(data=one(golden, format), format=parser)
        assert len(read) == expected


def test_lines_of_nquads_are_sorted(golden: Graph) -> None:
    lines = one(golden, "nquads").splitlines()
    assert lines == sorted(set(lines))


def test_trig_opens_each_graph_once_and_without_keyword(golden: Graph) -> None:
    text = one(golden, "trig").decode()
    assert text.count("<graph/article/ferry-dispute> {") == 1
    assert "GRAPH" not in text  # Virtuoso 7 refuses TriG with the keyword
    assert f"@base <{BASE}> ." in text


def test_rdfxml_holds_no_character_that_xml_refuses() -> None:
    content = one(hostile(), "rdfxml")
    ET.fromstring(content)
    (identifier,) = (
        rdflib.Graph().parse(data=content, format="xml").objects(None, rdflib.DCTERMS.identifier)
    )
    assert str(identifier) == '\ufffd<b>&amp;"]]>\r\n\t\\ \U0001f600 \u202e=1+1'


def test_jsonld_needs_no_network_and_is_short(golden: Graph) -> None:
    whole = json.loads(one(golden, "jsonld"))
    assert isinstance(whole["@context"], dict)
    assert whole["@context"]["@base"] == BASE
    graphs = {graph["@id"]: graph["@graph"] for graph in whole["@graph"]}
    (state,) = (node for node in graphs["graph/entities"] if node["@id"] == "actor/BLM")
    assert state["@type"] == ["Actor", "State"]


def test_a_context_is_used_only_where_it_says_the_same() -> None:
    context = context_of(
        {
            "kg": "https://k/",
            "who": {"@id": "kg:speaker", "@type": "@id"},
            "many": {"@id": "kg:about", "@container": "@set"},
            "plain": "kg:rule",
        }
    )
    assert context.name("https://k/speaker", "@id") == "who"
    assert context.name("https://k/speaker", None) is None
    assert context.name("https://k/about", "@id") is None
    assert context.name("https://k/rule", None) == "plain"
    assert context.compact("https://k/about") == "kg:about"


def test_graphml_gives_the_network_back(golden: Graph) -> None:
    read = nx.read_graphml(io.BytesIO(one(golden, "graphml")), force_multigraph=True)
    made = network(golden)
    assert set(read) == set(made)
    assert {(a, b, k) for a, b, k in read.edges(keys=True)} == set(made.edges(keys=True))
    edge = read[BASE + "actor/KES"][BASE + "actor/BLM"]["accuses"]
    assert edge["weight"] == 2
    assert "we seized its ferries; [274-295]" in edge["evidence"]


def test_gexf_gives_the_network_back_with_days(golden: Graph) -> None:
    content = one(golden, "gexf")
    read = nx.read_gexf(io.BytesIO(content))
    made = network(golden)
    assert (set(read), read.number_of_edges()) == (set(made), made.number_of_edges())
    assert read.nodes[BASE + "actor/BLM"]["country"] == "BLM"
    about = [
        data
        for data in read[BASE + "actor/BLM"][BASE + "agreement/aldin-accord"].values()
        if data["relation"] == "says-about"
    ]
    assert [(d["start"], d["end"], d["weight"]) for d in about] == [("2024-03-05", "2024-03-12", 3)]
    assert b"lastmodifieddate" not in content


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_hostile_labels_stay_xml(format: str) -> None:
    ET.fromstring(one(hostile(), format))


def test_csv_has_one_row_for_each_thing(golden: Graph) -> None:
    assert list(exported(golden, "csv")) == [f"{name}.csv" for name in TABLES]
    numbers = {name: len(table(golden, name)) for name in TABLES}
    assert numbers == {
        "actors": 7,
        "agreements": 3,
        "articles": 2,
        "claims": 21,
        "mentions": 26,
        "statements": 13,
    }
    for name in TABLES:
        first = next(iter(table(golden, name)[0]))
        assert len({row[first] for row in table(golden, name)}) == numbers[name]


def test_rows_carry_words_offsets_and_article(golden: Graph) -> None:
    rows = {
        row["statement"].rpartition("/")[2] + row["article"]: row
        for row in table(golden, "statements")
    }
    row = rows["s1ferry-dispute"]
    assert (row["start"], row["end"], row["words"]) == (
        "38 | 56",
        "45 | 84",
        "Belmora … of breaking the Aldin Accord",
    )
    assert (row["speaker"], row["target"], row["force"]) == ("Kestria", "Belmora", "accuse")
    assert row["about"] == "Aldin Accord | Belmora"
    claim = next(
        r
        for r in table(golden, "claims")
        if r["kind"] == "participation" and r["actor"] == "Ostava"
    )
    assert (claim["claimant"], claim["value"], claim["words"]) == (
        "Kestria",
        "party",
        "Ostava is a party",
    )


def test_claims_tell_what_is_called_for_of_whom_and_by_when(golden: Graph) -> None:
    owed = [r for r in table(golden, "claims") if r["kind"] == "obligation"]
    told = ("claimant", "value", "actor", "agreement", "until", "words", "start", "end")
    assert [tuple(row[name] for name in told) for row in owed] == [
        (
            "Ostava",
            "must",
            "Belmora | Kestria",
            "",
            "2024-03-11",
            "both sides to talk",
            "392",
            "410",
        ),
        ("Belmora", "should", "Kestria", "Aldin Accord", "", "open the strait", "90", "105"),
    ]


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_graph_has_every_shape(format: str, tmp_path: Path) -> None:
    (tmp_path / "empty.nq").write_text("")
    with open_graph(tmp_path / "empty.nq") as graph:
        export(graph, format, tmp_path / "out")
    assert (tmp_path / "out").exists()


def test_bytes_do_not_depend_on_the_process() -> None:
    program = f"""
import hashlib
from kg.exports import FORMATS, exported
from kg.queries import open_graph
graph = open_graph({str(GOLDEN)!r})
for format in FORMATS:
    for name, content in exported(graph, format).items():
        print(format, name, hashlib.sha256(content).hexdigest())
"""
    root = str(Path(__file__).parents[2])
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": root},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1


def test_a_file_is_replaced_whole(golden: Graph, tmp_path: Path) -> None:
    out = tmp_path / "a.ttl"
    out.write_text("old")
    export(golden, "turtle", out)
    assert out.read_bytes() == one(golden, "turtle")
    assert [p.name for p in tmp_path.iterdir()] == ["a.ttl"]


def test_packing_holds_no_time(golden: Graph, tmp_path: Path) -> None:
    export(golden, "nquads", tmp_path / "a.nq.gz")
    export(golden, "csv", tmp_path / "a.zip")
    assert gzip.decompress((tmp_path / "a.nq.gz").read_bytes()) == one(golden, "nquads")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.namelist() == [f"{name}.csv" for name in TABLES]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert (tmp_path / "a.nq.gz").read_bytes()[4:8] == b"\0\0\0\0"


def test_a_folder_of_tables_replaces_its_own_kind_only(golden: Graph, tmp_path: Path) -> None:
    out = tmp_path / "tables"
    export(golden, "csv", out)
    with (out / "actors.csv").open("a") as file:
        file.write("an older row\n")
    export(golden, "csv", out)
    assert (out / "actors.csv").read_bytes() == exported(golden, "csv")["actors.csv"]
    (out / "thesis.docx").write_text("years of work")
    with pytest.raises(OutputError, match=r"tables: holds other files \(thesis\.docx\)"):
        export(golden, "csv", out)
    assert (out / "thesis.docx").read_text() == "years of work"
    assert [p.name for p in tmp_path.iterdir()] == ["tables"]


def test_what_cannot_be_written_is_named(golden: Graph, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"a\.ttl: cannot be written: No such file"):
        export(golden, "turtle", tmp_path / "missing" / "a.ttl")
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="file: is a file; several tables need a folder"):
        export(golden, "csv", tmp_path / "file")


def test_an_unknown_format_names_the_known(golden: Graph, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="known are turtle, trig"):
        export(golden, "docx", tmp_path / "a")


def test_json_ld_loads_in_another_processor(golden: Graph) -> None:
    pyld = pytest.importorskip("pyld", reason="wants pyld (pip install pyld)")
    document = json.loads(one(golden, "jsonld"))
    written = pyld.jsonld.to_rdf(document, {"format": "application/n-quads"})
    assert _quads(written.encode()) == _quads(one(golden, "nquads"))


def _quads(content: bytes) -> set[ox.Quad]:
    return set(ox.parse(content, ox.RdfFormat.N_QUADS))


def test_a_table_of_somebody_else_is_not_written_over(golden: Graph, tmp_path: Path) -> None:
    export(golden, "csv", tmp_path / "tables")
    export(golden, "csv", tmp_path / "tables")
    mine = tmp_path / "tables" / "actors.csv"
    mine.write_text("name,telephone\nAldin,555\n", encoding="utf-8")
    with pytest.raises(OutputError, match=r"its actors\.csv was not written by this export"):
        export(golden, "csv", tmp_path / "tables")
    assert mine.read_text(encoding="utf-8") == "name,telephone\nAldin,555\n"
