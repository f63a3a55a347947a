"""The shipped demo: the graph in `graphs/demo` is what the demo articles give, byte for byte."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.building import GRAPH, BuildReport

KEPT = Path(__file__).resolve().parents[1] / "graphs" / "demo"


def lines(folder: Path) -> set[bytes]:
    return set(gzip.decompress((folder / GRAPH).read_bytes()).splitlines())


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuildReport]:
    yield kg.build([], tmp_path_factory.mktemp("demo") / "demo", demo=True)


def test_the_kept_graph_is_what_the_articles_give(demo: BuildReport) -> None:
    kept, made = lines(KEPT), lines(demo.folder)
    assert sorted(made - kept)[:5] == sorted(kept - made)[:5] == []
    assert (demo.folder / GRAPH).read_bytes() == (KEPT / GRAPH).read_bytes()


def test_the_demo_reads_without_failure_or_warning(demo: BuildReport) -> None:
    assert demo.failures == ()
    assert demo.warnings == ()


def test_the_demo_conforms_with_all_its_evidence(demo: BuildReport) -> None:
    report = kg.validate(demo.folder, sorted(p for p in kg.api.demo_folder().glob("0*")))
    assert report.conforms, str(report)
    assert report.quoted == report.selectors
