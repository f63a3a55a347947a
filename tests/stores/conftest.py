"""Servers of the tests, started on loopback and stopped again."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from store_servers import (
    PASSWORD,
    USER,
    VIRTUOSO_INI,
    OxigraphServer,
    Running,
    StubStore,
    free_port,
    rows,
    small_graphs,
    wait_for,
    write_nquads,
)

from kg.stores import STORES


@pytest.fixture(autouse=True)
def _no_credentials_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("KG_STORE_USER", "KG_STORE_PASSWORD", "KG_STORE_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_nquads(tmp_path / "graph.nq.gz", small_graphs())


@pytest.fixture
def oxigraph_server(tmp_path: Path) -> Iterator[OxigraphServer]:
    server = OxigraphServer(tmp_path / "oxigraph")
    yield server
    server.kill()


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    server, isql = shutil.which("virtuoso-t"), shutil.which("isql-vt") or shutil.which("isql")
    if server is None or isql is None:
        pytest.skip("wants virtuoso-t and isql-vt on the PATH (Debian: virtuoso-opensource)")
    folder = tmp_path_factory.mktemp("virtuoso")
    sql_port, http_port = free_port(), free_port()
    ini = VIRTUOSO_INI.format(folder=folder, sql_port=sql_port, http_port=http_port)
    (folder / "virtuoso.ini").write_text(ini, encoding="utf-8")
    url = f"http://127.0.0.1:{http_port}"
    process = subprocess.Popen(
        [server, "+configfile", "virtuoso.ini", "+foreground"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(lambda: rows(f"{url}/sparql", "SELECT ?s { ?s ?p ?o } LIMIT 1") is not None)
        script = folder / "users.sql"
        script.write_text(
            f"DB.DBA.USER_CREATE('{USER}', '{PASSWORD}');\nGRANT SPARQL_UPDATE TO \"{USER}\";\n",
            encoding="utf-8",
        )
        subprocess.run(
            [isql, f"127.0.0.1:{sql_port}", "dba", "dba", script], check=True, capture_output=True
        )
        yield Running("virtuoso", url, f"{url}/sparql")
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def stub_of() -> Iterator[Callable[..., StubStore]]:
    """Starts stub servers; all end with the test."""
    made: list[StubStore] = []

    def start(store: str = "fuseki", **options: object) -> StubStore:
        made.append(StubStore(STORES[store], **options))  # type: ignore[arg-type]
        return made[-1]

    yield start
    for stub in made:
        stub.close()


@pytest.fixture(scope="session")
def fuseki_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    program = shutil.which("fuseki-server")
    if program is None:
        pytest.skip("wants fuseki-server on the PATH (Apache Jena Fuseki; no Debian package)")
    folder = tmp_path_factory.mktemp("fuseki")
    port = free_port()
    url = f"http://127.0.0.1:{port}/news"
    process = subprocess.Popen(
        [program, "--localhost", f"--port={port}", "--update", "--mem", "/news"],
        cwd=folder,
        env={**os.environ, "FUSEKI_BASE": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(lambda: rows(f"{url}/query", "SELECT * {}") is not None, 120)
        yield Running("fuseki", url, f"{url}/query")
    finally:
        process.terminate()
        process.wait()
