"""The small golden graph, in a pyoxigraph store and in an rdflib Dataset."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

from kg.queries import DatasetGraph, Graph, open_graph

GOLDEN = Path(__file__).with_name("golden.trig")
BASE = "https://w3id.org/newskg/"


@pytest.fixture(scope="session")
def golden_path() -> Path:
    return GOLDEN


@pytest.fixture(scope="session")
def golden() -> Graph:
    return open_graph(GOLDEN)


@pytest.fixture(scope="session")
def golden_in_rdflib() -> Graph:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(GOLDEN, format="trig")
    return DatasetGraph(dataset)


@pytest.fixture(scope="session", params=["pyoxigraph", "rdflib"])
def either(request: pytest.FixtureRequest, golden: Graph, golden_in_rdflib: Graph) -> Graph:
    """The golden graph in each of two engines."""
    return golden if request.param == "pyoxigraph" else golden_in_rdflib
