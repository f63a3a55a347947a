"""Files of a built folder that were damaged or edited are named."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg.checking import folder_validation
from kg.folders import GRAPH, PAGE, REPORT, STORE, TRIG
from kg.rdf.validate import Validation
from kg.resolve import decisions
from kg.stores.local import LocalStore, build

ARTICLE = (Path(__file__).parent / "border.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checking")
    (folder / "border.txt").write_text(ARTICLE, encoding="utf-8")
    return kg.build([folder / "border.txt"], folder / "graph").folder


@pytest.fixture
def graph(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "graph")
    return tmp_path / "graph"


def named(report: Validation) -> list[str]:
    """The files that a report names."""
    return [p.node for p in report.problems if p.kind == "file"]


def edit_dump(graph: Path) -> None:
    """Take a line out of the dump."""
    lines = gzip.decompress((graph / GRAPH).read_bytes()).splitlines(keepends=True)
    (graph / GRAPH).write_bytes(gzip.compress(b"".join(lines[:100] + lines[101:])))


def cut_dump(graph: Path) -> None:
    (graph / GRAPH).write_bytes((graph / GRAPH).read_bytes()[:-2000])


def edit_trig(graph: Path) -> None:
    with (graph / TRIG).open("a", encoding="utf-8") as file:
        file.write("# seen\n")


def edit_store(graph: Path) -> None:
    with LocalStore(graph / STORE) as store:
        store.remove(next(name for name in store.graphs() if "/article/" in name))


def add_to_store(graph: Path) -> None:
    with LocalStore(graph / STORE) as store:
        store.replace(
            "https://example.test/g", b"<http://a.test/s> <http://a.test/p> <http://a.test/o> ."
        )


def damage_store(graph: Path) -> None:
    (graph / STORE / "CURRENT").write_text("MANIFEST-000999\n")


def damage_report(graph: Path) -> None:
    (graph / REPORT).write_text("{")


def remove_report(graph: Path) -> None:
    (graph / REPORT).unlink()


def damage_decisions(graph: Path) -> None:
    (graph / decisions.FILE).write_text("- merge: [one]\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (edit_dump, [GRAPH, STORE]),  # the store holds a quad more
        (cut_dump, [GRAPH, GRAPH]),
        (edit_trig, [TRIG]),
        (edit_store, [STORE]),
        (add_to_store, [STORE]),
        (damage_store, [STORE]),
        (damage_report, [REPORT]),
        (remove_report, [REPORT]),
        (damage_decisions, [decisions.FILE]),
    ],
)
def test_a_changed_file_is_named(
    damage: Callable[[Path], None], expected: list[str], graph: Path
) -> None:
    damage(graph)
    report = kg.validate(graph)
    assert named(report) == expected
    assert not report.conforms
    assert expected[0] in str(report)


@pytest.mark.parametrize("as_folder", [False, True])
def test_a_dump_that_is_not_there_is_named(as_folder: bool, graph: Path) -> None:
    (graph / GRAPH).unlink()
    if as_folder:
        (graph / GRAPH).mkdir()
    report = folder_validation(graph)
    assert named(report) == [GRAPH]
    assert not report.conforms


def test_an_edited_dump_is_judged_itself(graph: Path) -> None:
    lines = gzip.decompress((graph / GRAPH).read_bytes()).splitlines(keepends=True)
    edited = [line for line in lines if b"#textLength>" not in line]
    (graph / GRAPH).write_bytes(gzip.compress(b"".join(edited)))
    (graph / REPORT).unlink()
    build(graph / GRAPH, graph / STORE)
    report = kg.validate(graph)
    assert named(report) == [REPORT]
    assert {p.kind for p in report.problems} == {"file", "shape"}


def test_a_page_made_again_is_no_damage(graph: Path) -> None:
    kg.view(graph, title="Another title")
    assert (graph / PAGE).read_text(encoding="utf-8").count("Another title")
    assert kg.validate(graph).conforms


def test_a_folder_of_dump_and_report_alone_is_judged(graph: Path, tmp_path: Path) -> None:
    (tmp_path / "alone").mkdir()
    for name in (GRAPH, REPORT):
        shutil.copy(graph / name, tmp_path / "alone")
    report = kg.validate(tmp_path / "alone")
    assert report.conforms
    assert report.quads == json.loads((graph / REPORT).read_text())["quads"]
