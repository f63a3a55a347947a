"""Apache Jena takes what we write, and would complain: a validator that is not ours."""

from __future__ import annotations

from pathlib import Path

import pytest
import worked
from riot import riot_command, validated

from kg.exports import exported
from kg.queries import open_graph
from kg.rdf.write import (
    Entities,
    Run,
    article_quads,
    dataset_quads,
    identity_quads,
    nquads,
    provenance_quads,
    trig,
)

RUN = Run(version="0", model="model", model_version="0")


@pytest.fixture(scope="module")
def riot(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return riot_command(tmp_path_factory.mktemp("riot"))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one graph of all worked articles, as `kg build` writes and `kg export` does."""
    folder = tmp_path_factory.mktemp("written")
    items = [item for make in worked.EXAMPLES.values() for item in make()]
    entities = Entities()
    quads = [q for item in items for q in article_quads(item, run=RUN)]
    for item in items:
        entities.add(item)
    quads += [*entities.quads(), *identity_quads(items), *provenance_quads(RUN)]
    quads += dataset_quads(nquads(quads).splitlines(keepends=True), run=RUN)
    (folder / "graph.nq").write_bytes(nquads(quads))
    (folder / "graph.trig").write_bytes(trig(quads))
    with open_graph(folder / "graph.nq") as graph:
        for format, name in (("turtle", "graph.ttl"), ("rdfxml", "graph.rdf")):
            (content,) = exported(graph, format).values()
            (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize("name", ["graph.nq", "graph.trig", "graph.ttl", "graph.rdf"])
def test_jena_has_nothing_to_say_against_a_graph(name: str, riot: list[str], written: Path) -> None:
    done = validated(riot, written / name)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["kg.ttl", "shapes.ttl"])
def test_jena_has_nothing_to_say_against_the_ontology(name: str, riot: list[str]) -> None:
    done = validated(riot, Path(__file__).parents[2] / "ontology" / name)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "triple",
    [
        '<http://a.example/s> <http://a.example/p> "2024-02-30"'
        "^^<http://www.w3.org/2001/XMLSchema#date> .",
        "<http://a.example/s t> <http://a.example/p> <http://a.example/o> .",
    ],
)
def test_jena_would_tell(triple: str, riot: list[str], tmp_path: Path) -> None:
    (tmp_path / "bad.nq").write_text(triple + "\n", encoding="utf-8")
    done = validated(riot, tmp_path / "bad.nq")
    assert done.returncode != 0
    assert "[line: 1," in done.stderr
