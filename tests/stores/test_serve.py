"""The read-only endpoint over the embedded store."""

from __future__ import annotations

import contextlib
import http.client
import socket
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
