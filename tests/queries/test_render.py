"""Answers as text."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.queries import Graph, Table, Term, ask, iri, literal, questions, render
from kg.queries.render import NARROWEST, short

WORDS = literal("She said: “Très bien”,\nand left | 5 < 6 *now*")
TABLE = Table(
    ("who", "times", "words"),
    (
        (iri("https://w3id.org/newskg/actor/BLM"), literal(7), WORDS),
        (Term("Ostava", language="en"), literal(12), None),
    ),
)


def test_a_table_lines_up_with_numbers_to_the_right() -> None:
    assert render(TABLE) == (
        "who        times  words\n"
        "─────────  ─────  ─────────────────────────────────────────────────\n"
        "actor/BLM      7  She said: “Très bien”, and left | 5 < 6 *now*\n"
        "Ostava        12\n"
        "2 rows\n"
    ).replace("─" * 49, "─" * 45)


@pytest.mark.parametrize("width", [30, 40, 60, 80, 120])
def test_a_table_fits_the_terminal(width: int, golden: Graph) -> None:
    for name, question in questions().items():
        answer = ask(golden, name, **question.example)
        least = len(answer.columns) * (NARROWEST + 2) - 2
        lines = render(answer, width=width).splitlines()
        assert max(map(len, lines)) <= max(width, least), name


def test_only_what_does_not_fit_is_cut() -> None:
    lines = render(TABLE, width=40).splitlines()
    assert lines[2] == "actor/BLM      7  She said: “Très bien”…"
    assert max(map(len, lines)) == 40


def test_wide_characters_take_two_columns() -> None:
    table = Table(("a", "b"), ((literal("日本"), literal("x")), (literal("abcd"), literal("y"))))
    assert render(table).splitlines()[2:4] == ["日本  x", "abcd  y"]


def test_control_characters_do_not_reach_the_terminal() -> None:
    text = render(Table(("a",), ((literal("\x1b[31mred\x07\u202e\u2028x"),),)))
    assert text.splitlines()[2] == " [31mred  x"


def test_csv_can_be_read_back() -> None:
    rows = list(csv.reader(io.StringIO(render(TABLE, "csv"))))
    assert rows[0] == ["who", "times", "words"]
    assert rows[1] == ["https://w3id.org/newskg/actor/BLM", "7", WORDS.value]
    assert rows[2] == ["Ostava", "12", ""]


@pytest.mark.parametrize(
    ("format", "kind"), [("json", ox.QueryResultsFormat.JSON), ("tsv", ox.QueryResultsFormat.TSV)]
)
def test_json_and_tsv_keep_every_term(format: str, kind: ox.QueryResultsFormat) -> None:
    solutions = ox.parse_query_results(render(TABLE, format), format=kind)
    assert isinstance(solutions, ox.QuerySolutions)
    assert [v.value for v in solutions.variables] == list(TABLE.columns)
    read = [[solution[i] for i in range(3)] for solution in solutions]
    assert read == [[None if c is None else c.node for c in row] for row in TABLE]


def test_markdown_stays_a_table() -> None:
    lines = render(TABLE, "markdown").splitlines()
    assert lines[1] == "| --- | ---: | --- |"
    assert lines[2].endswith("“Très bien”, and left \\| 5 &lt; 6 \\*now\\* |")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("https://w3id.org/newskg/ontology#force-call_on", "kg:force-call_on"),
        ("http://www.wikidata.org/entity/Q1", "wd:Q1"),
        ("https://example.org/x/article/a%20b#char=1,2", "article/a%20b#char=1,2"),
        ("https://w3id.org/newskg/graph/article/x", "graph/article/x"),
        ("http://www.w3.org/2004/02/skos/core#a/b", "http://www.w3.org/2004/02/skos/core#a/b"),
        ("urn:x", "urn:x"),
    ],
)
def test_iris_are_shortened_where_that_is_clear(value: str, shown: str) -> None:
    assert short(iri(value)) == shown


def test_truth_and_triples_have_their_forms(golden: Graph) -> None:
    assert render(True) == "yes\n"
    assert json.loads(render(False, "json")) == {"head": {}, "boolean": False}
    made = golden.query("CONSTRUCT { ?s a kg:State } WHERE { ?s a kg:State }")
    assert render(made).rstrip().endswith("<https://w3id.org/newskg/actor/OST> a kg:State .")
    assert len(json.loads(render(made, "json"))) == 3
    assert render(made, "csv").splitlines()[0] == "subject,predicate,object"


def test_an_empty_answer_is_said_to_be_empty() -> None:
    assert render(Table(("a", "b"), ())).splitlines() == ["a  b", "─  ─", "0 rows"]


def test_an_unknown_format_names_the_known() -> None:
    with pytest.raises(QueryError, match="known are table, csv, tsv, json, markdown"):
        render(TABLE, "xlsx")
