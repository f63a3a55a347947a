"""A file is taken apart by graph, and what some store would refuse is refused before it is sent."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest
from store_servers import BASE, counts, graph_iri, nquads, small_graphs, triples, write_nquads

from kg.errors import StoreError
from kg.stores.parts import LITERAL_BYTES, GraphParts

LARGE = {graph_iri(n): triples(n, count=900) for n in range(30)}
SUBJECT = f"<{BASE}s> <{BASE}p>"


def plain(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "graph.nq"
    path.write_text(text, encoding="utf-8")
    return path


def test_scattered_quads_come_back_graph_by_graph(source: Path) -> None:
    with GraphParts(source) as parts:
        found = {part.graph: part.triples for part in parts}
        assert parts.graphs == set(found)
    assert list(found) == sorted(found)
    assert found == counts(small_graphs())


def test_graph_name_that_begins_another_one_stays_apart(tmp_path: Path) -> None:
    graphs = {graph_iri(1): triples(1), graph_iri(10): triples(10), graph_iri(100): triples(100)}
    with GraphParts(write_nquads(tmp_path / "g.nq.gz", graphs)) as parts:
        assert {part.graph: part.triples for part in parts} == counts(graphs)


def test_body_is_the_triples_and_can_be_sent_again(source: Path) -> None:
    with GraphParts(source) as parts:
        first = iter(parts)
        part = next(first)
        body = b"".join(part.body)
        assert body == b"".join(part.body)
        assert body == "".join(f"{line} .\n" for line in sorted(triples(0, count=4))).encode()
        assert part.body.size == len(body)
        assert part.sha256 == hashlib.sha256(body).hexdigest()


def test_little_memory_gives_the_same_parts(tmp_path: Path) -> None:
    path = write_nquads(
        tmp_path / "g.nq.gz", {graph_iri(n): triples(n, count=900) for n in range(30)}
    )
    with GraphParts(path) as ample, GraphParts(path, sort_bytes=100_000) as scarce:
        assert [(p.graph, p.sha256) for p in scarce] == [(p.graph, p.sha256) for p in ample]


def test_double_lines_count_once(tmp_path: Path) -> None:
    line = f'{SUBJECT} "x" <{BASE}g> .\n'
    same = f'{SUBJECT} "x"^^<http://www.w3.org/2001/XMLSchema#string> <{BASE}g> .\n'
    with GraphParts(plain(tmp_path, line * 2 + same)) as parts:
        assert [part.triples for part in parts] == [1]


def test_folder_stands_for_its_graph_file(source: Path) -> None:
    with GraphParts(source.parent) as parts:
        assert parts.source == source


def test_nothing_stays_behind(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    with GraphParts(source) as parts:
        assert list(parts) and list(scratch.iterdir())
    with pytest.raises(StoreError):
        GraphParts(plain(tmp_path, f"{SUBJECT} _:b <{BASE}g> .\n"))
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (f"{SUBJECT} _:b <{BASE}g> .", "blank node"),
        (f"_:b <{BASE}p> <{BASE}o> <{BASE}g> .", "blank node"),
        (f"{SUBJECT} <{BASE}o> .", "in no named graph"),
        (f"{SUBJECT} <{BASE}o> _:g .", "in no named graph"),
        (f"{SUBJECT} <<( {SUBJECT} <{BASE}o> )>> <{BASE}g> .", "triple term"),
        (f'{SUBJECT} "x"@en--ltr <{BASE}g> .', "text direction"),
    ],
)
def test_what_some_store_refuses_is_named(line: str, fault: str, tmp_path: Path) -> None:
    good = f'{SUBJECT} "good" <{BASE}g> .\n'
    with pytest.raises(StoreError, match=rf"graph\.nq: .*{fault}.*nothing was sent"):
        GraphParts(plain(tmp_path, good + line + "\n"))


@pytest.mark.parametrize("letter", ["a", "é", "😀"])
def test_longest_literal_is_counted_in_bytes(letter: str, tmp_path: Path) -> None:
    fits = letter * (LITERAL_BYTES // len(letter.encode()))
    with GraphParts(plain(tmp_path, f'{SUBJECT} "{fits}" <{BASE}g> .\n')) as parts:
        assert [part.triples for part in parts] == [1]
    with pytest.raises(StoreError, match=r"literal of 60,00\d bytes"):
        GraphParts(plain(tmp_path, f'{SUBJECT} "{fits}{letter}" <{BASE}g> .\n'))


def test_literal_of_70_kB_is_refused_by_name_and_size(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as refused:
        GraphParts(plain(tmp_path, f'{SUBJECT} "{"x" * 70_000}" <{BASE}g> .\n'))
    for part in (f"<{BASE}s>", f"<{BASE}p>", f"<{BASE}g>", "70,000 bytes", "60,000"):
        assert part in str(refused.value)
    assert len(str(refused.value)) < 500


@pytest.mark.parametrize(
    "iri", ["https://example.test/a b", "relative", "https://example.test/a|b"]
)
def test_iri_that_stores_refuse_is_named_with_its_line(iri: str, tmp_path: Path) -> None:
    good = f'{SUBJECT} "good" <{BASE}g> .\n'
    with pytest.raises(StoreError, match=r"no N-Quads: .*line 2"):
        GraphParts(plain(tmp_path, f'{good}<{iri}> <{BASE}p> "x" <{BASE}g> .\n'))


def test_cut_off_file_is_named(tmp_path: Path) -> None:
    content = gzip.compress(nquads(small_graphs()))
    path = tmp_path / "graph.nq.gz"
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(StoreError, match=r"graph\.nq\.gz: damaged or cut off"):
        GraphParts(path)
    path.write_bytes(b"no gzip at all")
    with pytest.raises(StoreError, match=r"graph\.nq\.gz: damaged or cut off"):
        GraphParts(path)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"graph\.nq\.gz: not there"):
        GraphParts(tmp_path)
