"""Queries that would make the machine call another one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg.errors import QueryError
from kg.queries import DatasetGraph, Graph, Table
from kg.queries.querytext import DEEPEST, check, offline, tokens


class Elsewhere:
    """A server that should never be asked; `url` is its address, `asked` what was."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_any(self) -> None:
                outer.asked.append(f"{self.command} {self.path}")
                self.send_error(500)

            do_GET = do_POST = do_HEAD = do_any

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/sparql"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    server = Elsewhere()
    yield server
    server.server.shutdown()
    server.server.server_close()


CALLS = [
    "SELECT * { SERVICE <%s> { ?s ?p ?o } }",
    "ASK { SERVICE <%s> { ?s ?p ?o } }",
    "SELECT * { service silent <%s> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { { SELECT * { SERVICE <%s>{ ?s ?p ?o } } } }",
    "SELECT * { ?x a kg:Article FILTER EXISTS { SERVICE <%s> { ?s ?p ?o } } }",
    "SELECT * { VALUES ?e { <%s> } SERVICE ?e { ?s ?p ?o } }",
    # what a reader of words takes for a comment, a name or a string
    "SELECT * { VALUES ?z { kg:a\\# } SERVICE <%s> { ?s ?p ?o } }",
    "SELECT * { VALUES ?z { kg:a\\' } SERVICE <%s> { ?s ?p ?o } VALUES ?y { kg:a\\' } }",
    "SELECT * { OPTIONAL { ?a ?b kg:.SERVICE<%s>{ ?s ?p ?o } } }",
    "PREFIX : <http://example.test/> SELECT * { VALUES ?x {1}SERVICE<%s>{ ?s ?p ?o } }",
]


@pytest.mark.parametrize("query", CALLS)
def test_a_query_that_would_call_out_is_refused_unasked(
    query: str, either: Graph, elsewhere: Elsewhere
) -> None:
    with pytest.raises(QueryError):
        either.query(query % elsewhere.url)
    with pytest.raises(QueryError):
        check(query % elsewhere.url)
    assert elsewhere.asked == []


def test_the_refusal_says_what_is_wrong(golden: Graph) -> None:
    with pytest.raises(QueryError, match="SERVICE would call another machine"):
        golden.query("SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }")


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ?x { VALUES ?x { "SERVICE <http://localhost/> {}" } }',
        "SELECT ?x { VALUES ?x { 'an intelligence service' } } # SERVICE <http://localhost/> {}",
        "PREFIX service: <http://a.test/service/> SELECT ?x { VALUES ?x { service:service } }",
        "SELECT ?x { VALUES ?x { <http://example.test/SERVICE> } }",
        "SELECT ?x { { SELECT (1 AS ?service) {} } BIND (?service AS ?x) }",
        'SELECT ?x { VALUES ?x { "Dienst"@service } }',
    ],
)
def test_the_word_itself_may_be_asked_for(query: str, either: Graph) -> None:
    answer = either.query(query)
    assert isinstance(answer, Table)
    assert len(answer.rows) == 1


def test_a_mistake_beside_the_word_is_explained_in_its_place(golden: Graph) -> None:
    with pytest.raises(QueryError, match="line 2, column 30") as caught:
        golden.query('SELECT ?x {\n  ?x ?y "a secret service" ] }')
    assert "secret service" in str(caught.value)


def test_from_asks_that_graph_alone(golden: Graph) -> None:
    graph = "https://w3id.org/newskg/graph/entities"
    count = "SELECT (COUNT(*) AS ?n) %s WHERE { %s }"
    named = golden.query(count % ("", f"GRAPH <{graph}> {{ ?s ?p ?o }}"))
    assert golden.query(count % (f"FROM <{graph}>", "?s ?p ?o")) == named
    assert golden.query(count % ("", "?s ?p ?o")) != named


def test_from_fetches_nothing(either: Graph, elsewhere: Elsewhere) -> None:
    query = f"SELECT ?s FROM <{elsewhere.url}> {{ ?s ?p ?o }}"
    if isinstance(either, DatasetGraph):
        with pytest.raises(QueryError, match="FROM"):
            either.query(query)
    else:
        assert either.query(query) == Table(("s",), ())
    assert elsewhere.asked == []


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT * { ?x ?y kg:.SERVICE }", ["SELECT", "kg:", "SERVICE"]),
        ("SELECT * { ?x ?y kg:a\\#b . }", ["SELECT", "kg:a\\#b"]),
        ("ASK { ?x ?y kg:a.b. }", ["ASK", "kg:a.b"]),
        (
            "ASK { ?x ?y kg:%41-c, kg:d.e\\', k.g:, : }",
            ["ASK", "kg:%41-c", "kg:d.e\\'", "k.g:", ":"],
        ),
    ],
)
def test_names_end_where_the_grammar_ends_them(query: str, told: list[str]) -> None:
    assert [t.text for t in tokens(query) if t.kind in ("word", "prefixed")] == told


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * %s",
        # what would hide the braces from a careless reader of comments
        "SELECT * { VALUES ?x { <http://a.test/\\u0041#> } %s",
        "SELECT * { # a comment\r %s",
    ],
)
@pytest.mark.parametrize("opening", ["{", "(", "[", "{ FILTER(["])
def test_what_is_nested_too_deeply_is_not_parsed(query: str, opening: str, golden: Graph) -> None:
    deep = query % (opening * 20_000)
    for refused in (golden.query, check, offline):
        with pytest.raises(QueryError, match="nested too deeply"):
            refused(deep)


def test_braces_side_by_side_or_in_a_string_are_not_deep(golden: Graph) -> None:
    many = "{} " * (DEEPEST + 1)
    assert golden.query(f"ASK {{ {many} }}") is True
    assert golden.query(f"ASK {{ VALUES ?x {{ '{'{' * (DEEPEST + 1)}' }} }}") is True
    assert golden.query(f"ASK {'{' * DEEPEST}{'}' * DEEPEST}") is True
