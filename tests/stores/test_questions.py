"""Every named question gives on real servers the rows that it gives in the embedded store."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from store_servers import PASSWORD, USER, OxigraphServer, Running

from kg.queries import Graph, ask, open_graph, questions
from kg.queries.network import network
from kg.stores import load

GOLDEN = Path(__file__).parents[1] / "queries" / "golden.trig"


@pytest.fixture(scope="module")
def golden() -> Iterator[Graph]:
    with open_graph(GOLDEN) as graph:
        yield graph


@pytest.fixture(scope="module")
def golden_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("golden") / "graph.nq.gz"
    quads = ox.parse(GOLDEN.read_bytes(), ox.RdfFormat.TRIG)
    path.write_bytes(gzip.compress(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""))
    return path


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory, golden_file: Path) -> Iterator[Graph]:
    server = OxigraphServer(tmp_path_factory.mktemp("oxigraph") / "store")
    try:
        load(golden_file, server.url, store="oxigraph")
        with open_graph(f"{server.url}/query") as graph:
            yield graph
    finally:
        server.kill()


@pytest.fixture(scope="module")
def virtuoso(virtuoso_server: Running, golden_file: Path) -> Iterator[Graph]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_STORE_USER", USER)
        patch.setenv("KG_STORE_PASSWORD", PASSWORD)
        load(golden_file, virtuoso_server.url, store="virtuoso")
    with open_graph(virtuoso_server.query_url) as graph:
        yield graph


@pytest.fixture(scope="module")
def fuseki(fuseki_server: Running, golden_file: Path) -> Iterator[Graph]:
    load(golden_file, fuseki_server.url, store="fuseki")
    with open_graph(fuseki_server.query_url) as graph:
        yield graph


@pytest.fixture(params=["oxigraph", "virtuoso", "fuseki"])
def server(request: pytest.FixtureRequest) -> Graph:
    graph: Graph = request.getfixturevalue(request.param)
    return graph


@pytest.mark.parametrize("name", list(questions()))
def test_a_server_gives_the_rows_of_the_embedded_store(
    name: str, server: Graph, golden: Graph
) -> None:
    example = questions()[name].example
    there, here = ask(server, name, **example), ask(golden, name, **example)
    assert there.columns == here.columns
    # stores sort characters outside ASCII, and unbound cells, each in its own way
    assert sorted(there.texts(), key=str) == sorted(here.texts(), key=str)


def test_a_server_gives_the_network_of_the_embedded_store(server: Graph, golden: Graph) -> None:
    there, here = network(server), network(golden)
    assert dict(there.nodes(data=True)) == dict(here.nodes(data=True))
    assert list(there.edges(keys=True, data=True)) == list(here.edges(keys=True, data=True))
