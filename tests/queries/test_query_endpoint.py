"""A graph behind an endpoint: a small server here answers as stores do, and as they fail."""

from __future__ import annotations

import logging
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, StoreError
from kg.queries import Graph, Triples, ask, open_graph, questions, select
from kg.queries.endpoint import EndpointGraph
from kg.queries.network import network

Reply = tuple[int, str, bytes]
Respond = Callable[[dict[str, str], str], Reply]


class Server:
    """Answers queries by `respond`, and keeps what it was sent."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond
        self.seen: list[dict[str, str]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
                outer.seen.append(form)
                code, kind, content = outer.respond(form, self.headers["Accept"])
                self.send_response(code)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that left
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/query"

    def stop(self) -> None:
        if self.thread.is_alive():
            self.server.shutdown()
            self.thread.join()
            self.server.server_close()


@pytest.fixture
def serve() -> Iterator[Callable[[Respond], Server]]:
    servers: list[Server] = []

    def started(respond: Respond) -> Server:
        servers.append(Server(respond))
        return servers[-1]

    yield started
    for server in servers:
        server.stop()


def store_answers(store: ox.Store, union: Callable[[dict[str, str]], bool]) -> Respond:
    """A server over a store, which answers over the union of graphs where `union` says so."""

    def respond(form: dict[str, str], accept: str) -> Reply:
        try:
            answer = store.query(form["query"], use_default_graph_as_union=union(form))
        except SyntaxError as error:
            return 400, "text/plain", str(error).encode()
        if isinstance(answer, ox.QueryTriples):
            return 200, accept, answer.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
        return 200, accept, answer.serialize(format=ox.QueryResultsFormat.JSON) or b""

    return respond


@pytest.fixture(scope="module")
def store(golden_path: Path) -> ox.Store:
    loaded = ox.Store()
    loaded.bulk_load(golden_path.read_bytes(), ox.RdfFormat.TRIG)
    return loaded


STORES: dict[str, Callable[[dict[str, str]], bool]] = {
    "union anyway": lambda form: True,
    "oxigraph": lambda form: "union-default-graph" in form,
    "fuseki": lambda form: form.get("default-graph-uri") == "urn:x-arq:UnionGraph",
}


@pytest.mark.parametrize("kind", STORES)
def test_every_question_gives_the_same_answer_as_here(
    kind: str, store: ox.Store, golden: Graph, serve: Callable[[Respond], Server]
) -> None:
    server = serve(store_answers(store, STORES[kind]))
    with open_graph(server.url) as graph:
        for name, question in questions().items():
            assert ask(graph, name, **question.example) == ask(golden, name, **question.example)


def test_network_and_quads_come_whole_from_an_endpoint(
    store: ox.Store,
    golden: Graph,
    serve: Callable[[Respond], Server],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kg.queries.endpoint.PAGE_ROWS", 100)
    server = serve(store_answers(store, STORES["oxigraph"]))
    graph = open_graph(server.url)
    here, there = network(golden), network(graph)
    assert list(here.edges(keys=True, data=True)) == list(there.edges(keys=True, data=True))
    assert set(graph.quads()) == set(golden.quads())


def test_pages_that_miss_triples_are_noticed(
    store: ox.Store, serve: Callable[[Respond], Server]
) -> None:
    whole = store_answers(store, STORES["union anyway"])

    def cut(form: dict[str, str], accept: str) -> Reply:
        if "OFFSET" in form["query"]:
            return 200, accept, b'{"head":{"vars":["s","p","o"]},"results":{"bindings":[]}}'
        return whole(form, accept)

    with pytest.raises(StoreError, match=r"counts .* triples in .* but hands out only 0"):
        list(open_graph(serve(cut).url).quads())


def test_construct_and_ask(store: ox.Store, serve: Callable[[Respond], Server]) -> None:
    graph = open_graph(serve(store_answers(store, STORES["union anyway"])).url)
    assert graph.query("ASK { ?s kg:speaker ?o }") is True
    made = graph.query("CONSTRUCT { ?s kg:speaker ?o } WHERE { ?s kg:speaker ?o }")
    assert isinstance(made, Triples)
    assert len(made) == 12


HTML = b"<html><head><style>p{}</style></head><body><h1>Oh</h1>no</body></html>"
JSON = "application/sparql-results+json"


# fmt: off
FAILURES: list[tuple[Reply, str]] = [
    ((500, "text/html", HTML), r"HTTP 500, the store failed: Oh no$"),
    ((401, "text/plain", b"who?"), r"HTTP 401, it wants a name and password: who\?"),
    ((404, "text/plain", b""), r"HTTP 404, there is nothing at this address: \(nothing\)"),
    ((413, "text/plain", b"x" * 999), r"HTTP 413, the query is too long for it: x{300} …$"),
    ((200, "text/html", HTML), r"text/html that cannot be read .*: Oh no. Is this the address"),
    ((200, JSON, b'{"head": {'), r"cannot be read as SPARQL results"),
    ((200, JSON, b"[1]"), r"cannot be read as SPARQL results"),
]
# fmt: on


@pytest.mark.parametrize(("reply", "complaint"), FAILURES)
def test_a_failing_store_is_named_with_its_words(
    reply: Reply, complaint: str, serve: Callable[[Respond], Server]
) -> None:
    server = serve(lambda form, accept: reply)
    with pytest.raises(StoreError, match=complaint) as caught:
        open_graph(server.url).query("SELECT ?s WHERE { ?s ?p ?o }")
    assert str(caught.value).startswith(server.url)


def test_a_store_that_rejects_the_query_makes_it_the_query_s_fault(
    store: ox.Store, serve: Callable[[Respond], Server]
) -> None:
    answers = store_answers(store, STORES["union anyway"])

    def picky(form: dict[str, str], accept: str) -> Reply:
        if "SELECT" in form["query"]:
            return 400, "text/plain", b"Virtuoso 37000 Error SP030"
        return answers(form, accept)

    with pytest.raises(QueryError, match="does not understand the query: Virtuoso 37000"):
        select(open_graph(serve(picky).url), "SELECT ?s WHERE { ?s ?p ?o }")


def test_an_update_never_leaves_the_house(serve: Callable[[Respond], Server]) -> None:
    server = serve(lambda form, accept: (200, accept, b"{}"))
    with pytest.raises(QueryError, match="only asked"):
        open_graph(server.url).query("DROP ALL")
    assert server.seen == []


def test_a_store_that_is_away_is_said_to_be(serve: Callable[[Respond], Server]) -> None:
    server = serve(lambda form, accept: (200, accept, b"{}"))
    server.stop()
    with pytest.raises(StoreError, match="cannot be reached"):
        open_graph(server.url).query("ASK { ?s ?p ?o }")


def test_a_store_that_does_not_answer_is_not_waited_for(
    serve: Callable[[Respond], Server],
) -> None:
    going_on = threading.Event()

    def slow(form: dict[str, str], accept: str) -> Reply:
        going_on.wait(5)
        return 200, accept, b"{}"

    server = serve(slow)
    with pytest.raises(StoreError, match=r"no answer within 0\.2 seconds"):
        open_graph(server.url, timeout=0.2).query("ASK { ?s ?p ?o }")
    going_on.set()


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(StoreError) as caught:
        EndpointGraph("http://user:geheim@localhost/sparql")
    assert "geheim" not in str(caught.value)


def test_typed_and_unusual_cells_are_read(serve: Callable[[Respond], Server]) -> None:
    rows = b"""{"head":{"vars":["a","b","c","d"]},"results":{"bindings":[{
      "a":{"type":"typed-literal","datatype":"http://www.w3.org/2001/XMLSchema#boolean","value":"1"},
      "b":{"type":"literal","xml:lang":"en","value":"x"},"c":{"type":"bnode","value":"b0"}}]}}"""
    server = serve(
        lambda form, accept: (200, accept, b'{"boolean":true}' if "ASK" in form["query"] else rows)
    )
    (row,) = select(open_graph(server.url), "SELECT ?a ?b ?c ?d WHERE { ?a ?b ?c }").rows
    a, b, c, d = row
    assert a is not None and b is not None and c is not None
    assert (a.python, b.language, c.kind, d) == (True, "en", "bnode", None)


def test_a_store_without_articles_is_warned_of(
    store: ox.Store, serve: Callable[[Respond], Server], caplog: pytest.LogCaptureFixture
) -> None:
    server = serve(store_answers(store, lambda form: False))
    with caplog.at_level(logging.WARNING):
        assert len(select(open_graph(server.url), "SELECT ?s WHERE { ?s ?p ?o }")) == 0
    assert "no article found there" in caplog.text
