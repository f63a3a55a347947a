"""The read-only endpoint over the embedded store."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from pathlib import Path

import pytest
from store_servers import (
    counts,
    graph_iri,
    oxigraph_binary,
    rows,
    small_graphs,
    triples,
    write_nquads,
)

from kg.errors import StoreError
from kg.queries.querytext import DEEPEST
from kg.stores.local import LocalStore, build
from kg.stores.serve import Server, oxigraph, serving


@pytest.fixture
def folder(source: Path, tmp_path: Path) -> Path:
    oxigraph_binary()
    return build(source, tmp_path / "store")


def test_endpoint_answers_over_all_graphs_and_ends_with_the_block(folder: Path) -> None:
    with serving(folder) as server:
        found = rows(server.query_url, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        assert found == [[str(sum(counts(small_graphs()).values()))]]
    assert server.process.poll() is not None


def test_nothing_can_be_written(folder: Path) -> None:
    with serving(folder) as server:
        for path in ("update", f"store?graph={graph_iri(1)}"):
            request = urllib.request.Request(
                f"{server.url}/{path}",
                data=b"DROP ALL",
                method="PUT" if "store" in path else "POST",
                headers={"Content-Type": "application/sparql-update"},
            )
            with pytest.raises(urllib.error.HTTPError):
                urllib.request.urlopen(request, timeout=10)
    with LocalStore(folder, read_only=True) as store:
        assert store.graphs() == counts(small_graphs())


def test_store_can_be_written_while_it_is_served(folder: Path) -> None:
    with serving(folder) as server, LocalStore(folder) as store:
        store.replace(graph_iri(9), f"{triples(9)[0]} .\n".encode())
        assert rows(server.query_url, "ASK {}") is not None
    with LocalStore(folder, read_only=True) as store:
        assert graph_iri(9) in store.graphs()


def test_taken_port_is_told(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(StoreError, match=f"port {port} is taken"), serving(folder, port=port):
            pass


def test_port_that_cannot_be_is_told(folder: Path) -> None:
    with pytest.raises(StoreError, match="port 70000: there are"), serving(folder, port=70_000):
        pass


def said(
    server: Server,
    path: str,
    *,
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> tuple[int, str]:
    """Status and text of an answer, with the headers just as they are given."""
    url = urllib.parse.urlsplit(server.url)
    connection = http.client.HTTPConnection(url.hostname or "", url.port, timeout=30)
    with contextlib.closing(connection):
        connection.putrequest(method, path, skip_host=True)
        length = {} if body is None else {"Content-Length": str(len(body))}
        for name, value in ({"Host": url.netloc} | length | dict(headers or {})).items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


ASKED = "/query?query=" + urllib.parse.quote("ASK {}")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def test_only_requests_to_this_machine_come_in(folder: Path) -> None:
    with serving(folder) as server:
        port = server.url.rpartition(":")[2]
        for host in (f"localhost:{port}", f"127.0.0.1:{port}", "LOCALHOST", f"[::1]:{port}"):
            assert said(server, ASKED, headers={"Host": host})[0] == 200
        for host in (f"evil.test:{port}", "localhost.evil.test", "127.0.0.1.evil.test", "[", ""):
            for path in (ASKED, "/", "/store"):
                assert said(server, path, headers={"Host": host})[0] == 403


def test_a_query_that_would_call_out_is_refused(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as elsewhere, serving(folder) as server:
        elsewhere.settimeout(0.2)
        url = f"http://127.0.0.1:{elsewhere.getsockname()[1]}/"
        query = f"ASK {{ SERVICE <{url}> {{ ?s ?p ?o }} }}"
        form = urllib.parse.urlencode({"query": query})
        kind = {"Content-Type": "application/sparql-query"}
        for path in ("/query", "/sparql"):
            answers = [
                said(server, f"{path}?{form}"),
                said(server, path, method="POST", body=form.encode(), headers=FORM),
                said(server, path, method="POST", body=query.encode(), headers=kind),
            ]
            assert {status for status, _ in answers} == {400}
            assert all("SERVICE" in text for _, text in answers)
        with pytest.raises(TimeoutError):
            elsewhere.accept()


@pytest.mark.parametrize("link", ["+1", " && true", " UNION {}"])
def test_a_chain_without_end_is_refused_and_the_server_lives_on(folder: Path, link: str) -> None:
    query = (
        f"ASK {{ {{}}{link * 20_000} }}" if "U" in link else f"ASK {{ FILTER(1{link * 20_000}) }}"
    )
    form = urllib.parse.urlencode({"query": query}).encode()
    with serving(folder) as server:
        status, text = said(server, "/query", method="POST", body=form, headers=FORM)
        assert (status, "too long" in text) == (400, True)
        assert rows(server.query_url, "SELECT ?o { ?s ?p ?o }")


def test_a_chain_as_long_as_a_query_may_be_breaks_nothing(folder: Path) -> None:
    with serving(folder) as server:
        for link in ("!", "+1", "{}UNION"):
            chain = link * (2_900 if len(link) < 3 else 2_000)
            query = f"ASK {{ {chain}{{}} }}" if "U" in link else f"ASK {{ FILTER({chain}1) }}"
            form = urllib.parse.urlencode({"query": query}).encode()
            said(server, "/query", method="POST", body=form, headers=FORM)
            assert rows(server.query_url, "SELECT ?o { ?s ?p ?o }")


def test_a_deep_query_is_refused_and_the_server_lives_on(folder: Path) -> None:
    def asked(depth: int) -> tuple[int, str]:
        form = urllib.parse.urlencode({"query": f"ASK {'{' * depth}{'}' * depth}"}).encode()
        return said(server, "/query", method="POST", body=form, headers=FORM)

    with serving(folder) as server:
        status, text = asked(2_500)
        assert status == 400
        assert "nested too deeply" in text
        assert asked(DEEPEST)[0] == 200


SERVE = """
import sys
from kg.stores.serve import serving
with serving(sys.argv[1]) as server:
    print(server.process.pid, flush=True)
    server.wait()
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc tells of processes")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_the_server_ends_with_a_program_that_is_told_to(how: signal.Signals, folder: Path) -> None:
    program = [sys.executable, "-c", SERVE, str(folder)]
    with subprocess.Popen(program, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        assert _runs(child)
        process.send_signal(how)
        status = process.wait(timeout=20)
    assert status == (143 if how == signal.SIGTERM else -how)
    deadline = time.monotonic() + 10
    while _runs(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    alive = _runs(child)
    if alive:
        os.kill(child, signal.SIGKILL)
    assert not alive


def _runs(process: int) -> bool:
    """Whether a process is there, and not just its entry that nobody has collected."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def test_a_second_query_or_an_update_cannot_hide_in_a_request(folder: Path) -> None:
    with serving(folder) as server:
        for more in ("query=ASK+%7B%7D", "update=DROP+ALL"):
            assert said(server, f"{ASKED}&{more}")[0] == 400
            assert said(server, ASKED, method="POST", body=more.encode(), headers=FORM)[0] == 400


def test_nothing_but_questions_and_the_page_comes_in(folder: Path) -> None:
    with serving(folder) as server:
        for method in ("PUT", "POST", "DELETE", "PATCH"):
            assert said(server, f"/store?graph={graph_iri(1)}", method=method, body=b"")[0] == 403
        assert (
            said(server, "/update", method="POST", body=b"update=DROP+ALL", headers=FORM)[0] == 403
        )
        assert said(server, "/query", method="DELETE")[0] == 403
        assert said(server, "/elsewhere")[0] == 404
        assert said(server, "/query", method="POST", body=b"ASK {}")[0] == 415
        assert said(server, "/query", method="POST", headers={"Content-Length": "x"})[0] == 411
        too_long = {"Content-Length": "99999999999"}
        assert said(server, "/query", method="POST", headers=too_long)[0] == 413
        endless = {"Content-Length": "9" * 5_000}
        assert said(server, "/query", method="POST", headers=endless)[0] == 400


def test_the_page_and_whole_graphs_can_be_read(folder: Path) -> None:
    with serving(folder) as server:
        status, page = said(server, "/")
        assert status == 200
        assert "yasgui" in page
        status, graph = said(
            server, f"/store?graph={graph_iri(1)}", headers={"Accept": "text/turtle"}
        )
        assert status == 200
        assert graph.count("first") == 5
        assert said(server, "/", method="HEAD") == (200, "")


def test_the_page_may_ask_this_server_only(folder: Path) -> None:
    with serving(folder) as server, urllib.request.urlopen(server.url, timeout=10) as answer:
        policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self' ")
    assert "http" not in policy


def test_a_long_answer_arrives_whole(tmp_path: Path) -> None:
    oxigraph_binary()
    graphs = {graph_iri(1): triples(1, count=5_000)}
    folder = build(write_nquads(tmp_path / "graph.nq.gz", graphs), tmp_path / "store")
    with serving(folder) as server:
        assert len(rows(server.query_url, "SELECT ?o { ?s ?p ?o }")) == 5_000


def test_folder_without_a_store_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store there"), serving(tmp_path / "none"):
        pass


def test_missing_program_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name, path=None: None)
    with pytest.raises(StoreError, match="pip install oxigraph"):
        oxigraph()
