"""Small graphs, real servers on loopback, and a stub server that misbehaves on command."""

from __future__ import annotations

import base64
import contextlib
import gzip
import hashlib
import json
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.stores.endpoint import Profile

BASE = "https://example.test/"
USER, PASSWORD, TOKEN = "loader", "geheim-Wort-77", "token-of-great-secrecy"

Graphs = Mapping[str, Iterable[str]]
"""Graph IRI → triples in N-Triples without the final full stop."""


def graph_iri(number: int) -> str:
    return f"{BASE}graph/article/{number}"


def triples(number: int, *, count: int = 5, tag: str = "first") -> list[str]:
    subject = f"{BASE}article/{number}/statement"
    return [f'<{subject}/{i}> <{BASE}says> "{tag} {i}"' for i in range(count)]


def small_graphs(count: int = 3, *, tag: str = "first") -> dict[str, list[str]]:
    return {graph_iri(n): triples(n, count=n + 4, tag=tag) for n in range(count)}


def nquads(graphs: Graphs) -> bytes:
    """Canonical order: sorted lines, so that the quads of one graph are scattered."""
    lines = [f"{triple} <{graph}> .\n" for graph, held in graphs.items() for triple in held]
    return "".join(sorted(lines)).encode()


def write_nquads(path: Path, graphs: Graphs) -> Path:
    path.write_bytes(gzip.compress(nquads(graphs), mtime=0))
    return path


def counts(graphs: Graphs) -> dict[str, int]:
    return {graph: len(list(held)) for graph, held in graphs.items()}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def rows(query_url: str, query: str) -> list[list[str]]:
    """Rows of a SELECT as CSV fields, asked without any code of `kg`."""
    request = urllib.request.Request(
        query_url,
        data=urllib.parse.urlencode({"query": query}).encode(),
        headers={"Accept": "text/csv"},
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=30) as answer:
        lines = answer.read().decode().splitlines()
    return [[cell.strip('"') for cell in line.split(",")] for line in lines[1:]]


@dataclass
class Running:
    """A store to load into; `graphs()` counts what it holds under `BASE` and in graphs of kg."""

    kind: str
    url: str
    query_url: str

    def graphs(self) -> dict[str, int]:
        found = rows(
            self.query_url,
            "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } "
            f'FILTER(STRSTARTS(STR(?g), "{BASE}") || CONTAINS(STR(?g), "newskg")) }} GROUP BY ?g',
        )
        return {graph: int(number) for graph, number in found}

    def values(self, graph: str) -> set[str]:
        query = f"SELECT ?o WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        return {row[0] for row in rows(self.query_url, query)}


# --- Oxigraph -------------------------------------------------------------------------------------


def oxigraph_binary() -> str:
    here = str(Path(sys.executable).parent)
    found = shutil.which("oxigraph", path=here) or shutil.which("oxigraph")
    if found is None:
        pytest.skip("wants the program `oxigraph` (pip install oxigraph)")
    return found


class OxigraphServer:
    """Oxigraph's server over a folder; can be killed and started again."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [oxigraph_binary(), "serve", "--location", self.folder, "--bind", self.url[7:]],
            stderr=subprocess.DEVNULL,
        )
        wait_for(lambda: rows(f"{self.url}/query", "SELECT * {}") is not None)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


def wait_for(answers: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            if answers():
                return
        time.sleep(0.05)
    raise TimeoutError("the server did not come up")


# --- Virtuoso -------------------------------------------------------------------------------------

VIRTUOSO_INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
DirsAllowed = {folder}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http_port}
ServerRoot = {folder}
ServerThreads = 5
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 10000
"""


# --- the stub -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Seen:
    """One request as it arrived."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def graph(self) -> str | None:
        return self.query.get("graph") or self.query.get("graph-uri")


@dataclass
class Fault:
    """What to do instead of answering rightly, for the next `times` requests that `when` picks."""

    when: Callable[[Seen], bool]
    status: int = 0  # 0: hang up without a word
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    times: int = 1
    unread: bool = False  # answer before the body is read
    seconds: float = 0.0  # of silence first


class StubStore:
    """A triplestore of the rules that the W3C protocols and the recorded behaviour of stores give.

    `half_put` and `max_rows` make it fail as Virtuoso 7.2.5 does: a bad line leaves the graph with
    the lines before it, and answers end after 10,000 rows.
    """

    def __init__(self, profile: Profile, *, auth: str | None = None, max_rows: int = 10**9):
        self.profile = profile
        self.auth = auth
        self.max_rows = max_rows
        self.half_put = profile.put == "half"
        self.store = ox.Store()
        self.seen: list[Seen] = []
        self.faults: list[Fault] = []
        self.nonce = "nonce-1"
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.server.daemon_threads = True
        self.prefix = "/news" if profile.graph_store in ("/data", "") else ""
        self.url = f"http://127.0.0.1:{self.server.server_port}{self.prefix}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def fail(self, when: Callable[[Seen], bool], status: int = 0, **how: object) -> None:
        self.faults.append(Fault(when, status, **how))  # type: ignore[arg-type]

    def graphs(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for quad in self.store:
            found[quad.graph_name.value] = found.get(quad.graph_name.value, 0) + 1
        return dict(sorted(found.items()))

    def values(self, graph: str) -> set[str]:
        quads = self.store.quads_for_pattern(None, None, None, ox.NamedNode(graph))
        return {quad.object.value for quad in quads}

    def sent(self, method: str) -> list[str | None]:
        """Graphs named by the requests of a method, in order."""
        return [seen.graph for seen in self.seen if seen.method == method]

    # each answer is (status, body)

    def answer(self, seen: Seen) -> tuple[int, bytes]:
        path = seen.path.removeprefix(self.prefix)
        asks = seen.headers.get("content-type") == "application/x-www-form-urlencoded"
        if asks and seen.method == "POST" and path == self.profile.query:
            return self.query(seen)
        if seen.method in ("PUT", "POST", "DELETE") and path == self.profile.graph_store:
            return self.graph_store(seen)
        return 404, b"no such service"

    def graph_store(self, seen: Seen) -> tuple[int, bytes]:
        if seen.graph is None:  # as Oxigraph does
            self.store.clear()
            return 204, b""
        name = ox.NamedNode(seen.graph)
        there = bool(list(self.store.quads_for_pattern(None, None, None, name)))
        if seen.method == "DELETE":
            self.store.remove_graph(name)
            return (204, b"") if there else (404, b"no such graph")
        if seen.headers.get("content-type") != "application/n-triples":
            return 415, b"unsupported media type"
        return self.take_in(seen, name, there)

    def take_in(self, seen: Seen, name: ox.NamedNode, there: bool) -> tuple[int, bytes]:
        taken: list[ox.Quad] = []
        try:
            for triple in ox.parse(seen.body, ox.RdfFormat.N_TRIPLES):
                taken += [ox.Quad(triple.subject, triple.predicate, triple.object, name)]
        except SyntaxError:
            if self.half_put:
                self.store.remove_graph(name)
                self.store.extend(taken)
                return 500, b"the submitted resource is of unsupported type text/plain"
            return 400, b"parse error"
        if seen.method == "PUT":
            self.store.remove_graph(name)
        self.store.extend(taken)
        return (204 if there else 201), b""

    def query(self, seen: Seen) -> tuple[int, bytes]:
        query = urllib.parse.parse_qs(seen.body.decode())["query"][0]
        found = self.store.query(query)
        answer = json.loads(found.serialize(format=ox.QueryResultsFormat.JSON) or b"{}")
        del answer["results"]["bindings"][self.max_rows :]
        return 200, json.dumps(answer).encode()

    def lets_in(self, seen: Seen) -> bool:
        given = seen.headers.get("authorization", "")
        if self.auth == "basic":
            return given == "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if self.auth == "bearer":
            return given == f"Bearer {TOKEN}"
        return self.auth is None or self.digest_is_right(seen, given)

    def digest_is_right(self, seen: Seen, given: str) -> bool:
        """RFC 2617, section 3.2.2."""
        if not given.startswith("Digest "):
            return False
        items = urllib.request.parse_keqv_list(urllib.request.parse_http_list(given[7:]))

        def md5(text: str) -> str:
            return hashlib.md5(text.encode()).hexdigest()

        middle = [items["nonce"], items["nc"], items["cnonce"], items["qop"]]
        ends = md5(f"{USER}:SPARQL:{PASSWORD}"), md5(f"{seen.method}:{items['uri']}")
        right = md5(":".join([ends[0], *middle, ends[1]]))
        return items["nonce"] == self.nonce and items["response"] == right

    @property
    def challenge(self) -> str:
        if self.auth == "digest":
            return f'Digest realm="SPARQL", nonce="{self.nonce}", qop="auth", algorithm="MD5"'
        return f'{str(self.auth).capitalize()} realm="SPARQL"'


def _handler(stub: StubStore) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            url = urllib.parse.urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            query = dict(urllib.parse.parse_qsl(url.query))
            seen = Seen(self.command, url.path, query, headers, b"")
            fault = next((f for f in stub.faults if f.times and f.when(seen)), None)
            if not (fault and fault.unread):
                body = self.rfile.read(int(headers.get("content-length", 0)))
                seen = Seen(self.command, url.path, query, headers, body)
            stub.seen.append(seen)
            if fault:
                self.misbehave(fault)
            elif not stub.lets_in(seen):
                self.say(401, b"", {"WWW-Authenticate": stub.challenge})
            else:
                self.say(*stub.answer(seen), {})

        def misbehave(self, fault: Fault) -> None:
            fault.times -= 1
            time.sleep(fault.seconds)
            if fault.status:
                self.say(fault.status, fault.body, fault.headers)

        def say(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            with contextlib.suppress(ConnectionError):
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        do_GET = do_PUT = do_POST = do_DELETE = handle_any

        def log_message(self, *_: object) -> None:
            pass

    return Handler
