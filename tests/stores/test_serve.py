"""The read-only endpoint over the embedded store."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from store_servers import counts, graph_iri, oxigraph_binary, rows, small_graphs, triples

from kg.errors import StoreError
from kg.stores.local import LocalStore, build
from kg.stores.serve import oxigraph, serving


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
        with pytest.raises(StoreError, match="is the port taken"), serving(folder, port=port):
            pass


def test_folder_without_a_store_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store there"), serving(tmp_path / "none"):
        pass


def test_missing_program_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name, path=None: None)
    with pytest.raises(StoreError, match="pip install oxigraph"):
        oxigraph()
