"""Bytes and files: canonical, whole or absent, the same graph when read again."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from worked import EXAMPLES, example_quads

from kg import vocab
from kg.errors import OutputError, ReadError
from kg.rdf.files import trig, trig_blocks
from kg.rdf.write import (
    Run,
    TrigFile,
    dataset,
    nquads,
    provenance_quads,
    read_quads,
    write_nquads_gz,
)

RUN = Run("1.0", "model", "2", settings=(("text", "true"),))


@pytest.fixture
def quads() -> list[ox.Quad]:
    every = [quad for name in EXAMPLES for quad in example_quads(name)]
    return [*every, *provenance_quads(RUN)]


def lines_of(quads: list[ox.Quad]) -> list[bytes]:
    return nquads(quads).splitlines(keepends=True)


def test_lines_are_sorted_and_each_stands_once(quads: list[ox.Quad]) -> None:
    lines = lines_of(quads * 2)
    assert lines == sorted(set(lines))
    assert len(lines) == len(set(quads))
    assert all(line.endswith(b" .\n") for line in lines)
    assert nquads([]) == b""


def test_strings_have_no_datatype_written() -> None:
    assert b"XMLSchema#string" not in nquads(provenance_quads(RUN))


def test_gzip_holds_no_time_and_no_name(tmp_path: Path, quads: list[ox.Quad]) -> None:
    first, second = tmp_path / "one.nq.gz", tmp_path / "two.nq.gz"
    digest = write_nquads_gz(first, lines_of(quads))
    assert digest == write_nquads_gz(second, lines_of(quads))
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes()[3:8] == bytes(5)  # no flags, so no name; time 0
    assert gzip.decompress(first.read_bytes()) == nquads(quads)


def test_failed_writing_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "graph.nq.gz"
    path.write_bytes(b"old")

    def failing() -> Iterator[bytes]:
        yield b"<a:a> <a:b> <a:c> .\n"
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match="No space left"):
        write_nquads_gz(path, failing())
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_file_is_on_disk_before_it_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, seen = tmp_path / "graph.nq.gz", []
    monkeypatch.setattr("kg.rdf.files.os.fsync", lambda _: seen.append(path.exists()))
    write_nquads_gz(path, [])
    assert seen == [False]
    assert path.exists()


def test_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"graph\.nq\.gz"):
        write_nquads_gz(tmp_path / "missing" / "graph.nq.gz", [])


def test_trig_is_the_same_graph(tmp_path: Path, quads: list[ox.Quad]) -> None:
    path = tmp_path / "graph.trig"
    graphs = sorted({q.graph_name for q in quads}, key=str, reverse=True)
    with TrigFile(path) as file:
        for graph in graphs:
            file.add(trig_blocks(q for q in quads if q.graph_name == graph))
    assert set(read_quads(path)) == set(quads)
    assert path.read_bytes() == trig(quads)
    assert list(tmp_path.iterdir()) == [path]


def test_trig_that_fails_midway_leaves_nothing(tmp_path: Path, quads: list[ox.Quad]) -> None:
    with pytest.raises(ValueError, match="midway"), TrigFile(tmp_path / "graph.trig") as file:
        file.add(trig_blocks(quads))
        raise ValueError("midway")
    assert list(tmp_path.iterdir()) == []


def test_trig_says_each_graph_and_subject_once(quads: list[ox.Quad]) -> None:
    lines = trig(quads).decode().splitlines()
    graphs = [line for line in lines if line.endswith("{")]
    assert len(graphs) == len({q.graph_name for q in quads})
    # Virtuoso 7.2.5 refuses a whole file for the keyword
    assert not [line for line in lines if line.startswith("GRAPH")]
    article = [line.split()[0] for line in lines if line.startswith("\t<") and " a kg:" in line]
    statements = [line for line in article if "/statement/" in line]
    assert len(statements) == len(set(statements))


def test_trig_reads_in_the_order_of_the_text() -> None:
    text = trig(example_quads("contested-status")).decode()
    order = ["/statement/26-56>", "/statement/58-63>", "/status/", "/claim/", "/mention/0-7> a"]
    places = [text.index(f"contested-status{part}") for part in order]
    assert places == sorted(places)


def test_dataset_has_all_graphs_and_answers_over_their_union(
    tmp_path: Path, quads: list[ox.Quad]
) -> None:
    path = tmp_path / "graph.nq.gz"
    write_nquads_gz(path, lines_of(quads))
    told = [s for example in EXAMPLES.values() for x in example() for s in x.statements]
    statements = sum(s.speaker is not None for s in told)
    for source in (path, quads):
        found = dataset(source)
        assert len(found) == len(set(quads))
        rows = found.query("SELECT DISTINCT ?s WHERE { ?s a kg:Statement ; kg:speaker/a kg:Actor }")
        assert len(list(rows)) == statements
    assert (None, None, vocab.Statement) in dataset(quads)


def test_cut_off_file_is_said(tmp_path: Path, quads: list[ox.Quad]) -> None:
    path = tmp_path / "graph.nq.gz"
    write_nquads_gz(path, lines_of(quads))
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(ReadError, match=r"graph\.nq\.gz"):
        list(read_quads(path))


@pytest.mark.parametrize(("name", "content"), [("a.nq", b"<a"), ("a.txt", b""), ("b.nq.gz", b"x")])
def test_what_is_no_rdf_is_said(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ReadError, match=name):
        list(read_quads(tmp_path / name))
