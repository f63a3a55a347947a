"""The embedded store: whole graphs or nothing, one writer, folders that always open again."""

from __future__ import annotations

import gzip
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import URIRef
from store_servers import BASE, counts, graph_iri, nquads, small_graphs, triples, write_nquads

from kg.errors import StoreError
from kg.stores.local import LocalStore, build

ROOT = Path(__file__).resolve().parents[2]


def as_bytes(held: list[str]) -> bytes:
    return "".join(f"{triple} .\n" for triple in held).encode()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStore]:
    with LocalStore(tmp_path / "store") as opened:
        yield opened


def values(store: LocalStore, graph: str) -> set[str]:
    return {str(o) for _, _, o, _ in store.dataset().quads((None, None, None, URIRef(graph)))}


# --- graphs ---------------------------------------------------------------------------------------


def test_replaced_graph_holds_the_new_triples_only(store: LocalStore) -> None:
    store.replace(graph_iri(1), as_bytes(triples(1, count=5, tag="old")))
    assert store.replace(graph_iri(1), as_bytes(triples(1, count=2, tag="new")))
    assert values(store, graph_iri(1)) == {"new 0", "new 1"}


def test_replacing_one_graph_leaves_the_others(store: LocalStore) -> None:
    store.replace(graph_iri(1), as_bytes(triples(1)))
    store.replace(graph_iri(2), as_bytes(triples(2, count=3)))
    store.replace(graph_iri(1), as_bytes(triples(1, count=1)))
    assert store.graphs() == {graph_iri(1): 1, graph_iri(2): 3}


def test_same_graph_again_changes_nothing_and_says_so(store: LocalStore) -> None:
    assert store.replace(graph_iri(1), as_bytes(triples(1)))
    assert not store.replace(graph_iri(1), as_bytes(triples(1)))


def test_quads_go_into_the_graph_that_was_named(store: LocalStore) -> None:
    store.replace(graph_iri(7), nquads({graph_iri(1): triples(1, count=2)}))
    quad = ox.Quad(ox.NamedNode(BASE + "s"), ox.NamedNode(BASE + "p"), ox.Literal("o"))
    store.replace(graph_iri(8), [quad])
    assert store.graphs() == {graph_iri(7): 2, graph_iri(8): 1}


def test_removed_graph_is_gone(store: LocalStore) -> None:
    store.replace(graph_iri(1), as_bytes(triples(1)))
    assert store.remove(graph_iri(1))
    assert not store.remove(graph_iri(1))
    assert store.graphs() == {}
    assert not list(store.dataset().store.contexts())


def test_bad_syntax_leaves_the_old_graph(store: LocalStore) -> None:
    store.replace(graph_iri(1), as_bytes(triples(1)))
    with pytest.raises(StoreError, match="no N-Quads"):
        store.replace(graph_iri(1), as_bytes(triples(1, tag="new")) + b"<half a line")
    assert values(store, graph_iri(1)) == {f"first {i}" for i in range(5)}


def test_graph_name_that_is_no_iri_is_refused(store: LocalStore) -> None:
    with pytest.raises(StoreError, match="cannot name a graph"):
        store.replace("> } ; DROP ALL #", as_bytes(triples(1)))


@settings(max_examples=150, deadline=None)
@given(text=st.text())
def test_every_text_survives(text: str) -> None:
    # the update is text too: nothing in a literal may end it
    quad = ox.Quad(
        ox.NamedNode(BASE + "s"), ox.NamedNode(BASE + "p"), ox.Literal(text), ox.NamedNode(BASE)
    )
    store = MEMORY
    store.replace(BASE, [quad])
    assert list(store._store) == [quad]


class _Memory(LocalStore):
    def __init__(self) -> None:
        self.path, self.read_only = Path("memory"), False
        self._inner, self._plugin = ox.Store(), None


MEMORY = _Memory()


def test_dataset_answers_over_the_union_of_graphs(store: LocalStore) -> None:
    store.replace(graph_iri(1), as_bytes(triples(1, count=2)))
    store.replace(graph_iri(2), as_bytes(triples(2, count=3)))
    dataset = store.dataset()
    assert len(list(dataset.query("SELECT * WHERE { ?s ?p ?o }"))) == 5
    asked = f"SELECT * WHERE {{ GRAPH <{graph_iri(2)}> {{ ?s ?p ?o }} }}"
    assert len(list(dataset.query(asked))) == 3


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["graph.nq", "graph.nq.gz"])
def test_file_loads_plain_and_packed_and_twice_equals_once(
    name: str, tmp_path: Path, store: LocalStore
) -> None:
    content = nquads(small_graphs())
    path = tmp_path / name
    path.write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    store.load(path)
    store.load(path)
    assert store.graphs() == counts(small_graphs())
    assert len(store) == sum(counts(small_graphs()).values())


def cut_off(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:-20])
    return path


def test_cut_off_file_is_named_and_nothing_of_it_stays(
    source: Path, tmp_path: Path, store: LocalStore
) -> None:
    many = write_nquads(tmp_path / "many.nq.gz", {graph_iri(0): triples(0, count=5000)})
    with pytest.raises(StoreError, match=r"many\.nq\.gz: damaged or cut off"):
        store.load(cut_off(many))
    assert store.graphs() == {}


def test_file_that_is_no_nquads_is_named(tmp_path: Path, store: LocalStore) -> None:
    path = tmp_path / "graph.nq"
    path.write_text("@prefix x: <y> .", encoding="utf-8")
    with pytest.raises(StoreError, match=r"graph\.nq: no N-Quads"):
        store.load(path)
    with pytest.raises(StoreError, match=r"missing\.nq"):
        store.load(tmp_path / "missing.nq")


# --- opening --------------------------------------------------------------------------------------


def python(script: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


HOLD = """
import sys
from kg.stores.local import LocalStore
with LocalStore(sys.argv[1]) as store:
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Path]:
    """A store that another process writes to."""
    folder = build(write_nquads(tmp_path / "g.nq.gz", small_graphs()), tmp_path / "store")
    process = python(HOLD, folder)
    assert process.stdout and process.stdout.readline() == "open\n"
    yield folder
    process.communicate()


def test_second_writer_is_told(held: Path) -> None:
    with pytest.raises(StoreError, match="another process writes to this store") as told:
        LocalStore(held)
    assert str(held) in str(told.value)


def test_building_over_a_store_in_use_is_refused_and_harms_nothing(held: Path) -> None:
    with pytest.raises(StoreError, match="another process writes"):
        build(held.parent / "g.nq.gz", held)
    with LocalStore(held, read_only=True) as reader:
        assert reader.graphs() == counts(small_graphs())


def test_readers_come_in_beside_a_writer(held: Path) -> None:
    with LocalStore(held, read_only=True) as one, LocalStore(held, read_only=True) as other:
        assert one.graphs() == other.graphs() == counts(small_graphs())


def test_reader_keeps_what_it_saw(tmp_path: Path) -> None:
    with LocalStore(tmp_path / "store") as writer:
        writer.replace(graph_iri(1), as_bytes(triples(1, tag="old")))
        with LocalStore(tmp_path / "store", read_only=True) as reader:
            writer.replace(graph_iri(1), as_bytes(triples(1, tag="new")))
            assert all(value.startswith("old") for value in values(reader, graph_iri(1)))
        with LocalStore(tmp_path / "store", read_only=True) as reader:
            assert all(value.startswith("new") for value in values(reader, graph_iri(1)))


def test_reader_tries_again_when_a_file_vanishes_while_it_opens(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = build(source, tmp_path / "store")
    failures = iter([RuntimeError("Corruption: No such file"), OSError("IO error: 12.sst")])

    class Flaky:
        @staticmethod
        def read_only(path: str) -> ox.Store:
            for failure in failures:
                raise failure
            return opened(path)

    opened = ox.Store.read_only
    monkeypatch.setattr(ox, "Store", Flaky)
    assert LocalStore(folder, read_only=True).graphs() == counts(small_graphs())


def test_reader_of_a_damaged_store_is_told_to_build_it_again(tmp_path: Path, source: Path) -> None:
    folder = build(source, tmp_path / "store")
    (folder / "CURRENT").write_text("MANIFEST-999999\n", encoding="ascii")
    with pytest.raises(StoreError, match=r"damaged: build it again from graph\.nq\.gz"):
        LocalStore(folder, read_only=True)


def test_reader_cannot_write(tmp_path: Path, source: Path) -> None:
    folder = build(source, tmp_path / "store")
    with LocalStore(folder, read_only=True) as reader:
        with pytest.raises(StoreError, match="reading only"):
            reader.replace(graph_iri(1), as_bytes(triples(1, tag="new")))
        with pytest.raises(StoreError, match="reading only"):
            reader.load(source)


def test_reading_where_no_store_is_says_so_and_makes_none(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store there"):
        LocalStore(tmp_path / "nothing", read_only=True)
    assert not list(tmp_path.glob("*nothing*"))


@pytest.mark.parametrize("use", [LocalStore, lambda folder: build(folder / "graph.nq", folder)])
def test_folder_of_other_things_is_left_alone(use, tmp_path: Path) -> None:
    (tmp_path / "graph.nq").write_bytes(nquads(small_graphs()))
    with pytest.raises(StoreError, match="holds no store"):
        use(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["graph.nq"]


def test_closing_ends_the_datasets_too(tmp_path: Path, source: Path) -> None:
    with LocalStore(build(source, tmp_path / "store")) as store:
        dataset = store.dataset()
        assert len(dataset) > 0
    with LocalStore(tmp_path / "store") as again:
        assert again.graphs() == counts(small_graphs())
    with pytest.raises(AttributeError):
        len(dataset)


def test_closed_store_says_so(tmp_path: Path) -> None:
    store = LocalStore(tmp_path / "store")
    store.close()
    store.close()
    with pytest.raises(StoreError, match="was closed"):
        store.graphs()
    LocalStore(tmp_path / "store").close()


# --- sudden ends ----------------------------------------------------------------------------------

WRITE = """
import sys
from kg.stores.local import LocalStore
store = LocalStore(sys.argv[1])
for turn in range(10**6):
    for graph in ("https://example.test/a", "https://example.test/b"):
        line = '<https://example.test/{}> <https://example.test/p> "{}" .\\n'
        store.replace(graph, "".join(line.format(i, turn) for i in range(200)).encode())
    print(turn, flush=True)
"""


def killed_after(lines: int, process: subprocess.Popen[str]) -> str:
    """The last line that a process had printed when `kill -9` struck."""
    assert process.stdout
    last = ""
    for _ in range(lines):
        last = process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return last.strip()


def test_killed_writer_leaves_whole_graphs_and_all_that_it_finished(tmp_path: Path) -> None:
    for _ in range(3):
        finished = int(killed_after(8, python(WRITE, tmp_path / "store")))
        with LocalStore(tmp_path / "store") as store:
            for graph in ("https://example.test/a", "https://example.test/b"):
                assert store.graphs()[graph] == 200
                (turn,) = values(store, graph)
                assert finished <= int(turn) <= finished + 1
            store.remove("https://example.test/a")


REBUILD = """
import sys
from kg.stores.local import build
print("begin", flush=True)
while True:
    for source in sys.argv[2:]:
        build(source, sys.argv[1])
        print(source, flush=True)
"""


def test_killed_build_leaves_the_old_store_or_the_new_one(tmp_path: Path) -> None:
    sources = [
        write_nquads(tmp_path / f"{tag}.nq.gz", {graph_iri(1): triples(1, count=4000, tag=tag)})
        for tag in ("one", "two")
    ]
    folder = tmp_path / "store"
    build(sources[0], folder)
    for lines in (1, 2, 3):
        killed_after(lines, python(REBUILD, folder, *sources))
        with LocalStore(folder, read_only=True) as store:
            assert store.graphs() == {graph_iri(1): 4000}
            assert len({value.split()[0] for value in values(store, graph_iri(1))}) == 1
    build(sources[1], folder)
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {"store"}


@pytest.mark.parametrize("read_only", [True, False])
def test_store_comes_back_after_an_end_between_the_two_renames(
    read_only: bool, tmp_path: Path, source: Path
) -> None:
    folder = build(source, tmp_path / "store")
    folder.rename(tmp_path / ".store.old")
    with LocalStore(folder, read_only=read_only) as store:
        assert store.graphs() == counts(small_graphs())


# --- building -------------------------------------------------------------------------------------


def test_build_replaces_the_whole_store(tmp_path: Path, source: Path) -> None:
    folder = build(source, tmp_path / "deep" / "store")
    other = write_nquads(tmp_path / "other.nq.gz", {graph_iri(9): triples(9)})
    build(other, folder)
    with LocalStore(folder) as store:
        assert store.graphs() == {graph_iri(9): 5}
    assert [path.name for path in folder.parent.iterdir()] == ["store"]


def test_build_from_a_bad_file_leaves_the_old_store(tmp_path: Path, source: Path) -> None:
    folder = build(source, tmp_path / "store")
    with pytest.raises(StoreError, match="damaged or cut off"):
        build(cut_off(source), folder)
    with LocalStore(folder) as store:
        assert store.graphs() == counts(small_graphs())
    assert not (tmp_path / ".store.new").exists()


def test_build_that_cannot_be_put_in_place_leaves_the_old_store(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = build(source, tmp_path / "store")
    rename = Path.rename

    def refusing(self: Path, target: Path) -> Path:
        if self.name == ".store.new":
            raise PermissionError("not today")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refusing)
    with pytest.raises(StoreError, match="cannot be put in place: not today"):
        build(source, folder)
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["store"]
    with LocalStore(folder, read_only=True) as store:
        assert store.graphs() == counts(small_graphs())


def test_build_clears_away_what_a_dead_build_left(tmp_path: Path, source: Path) -> None:
    rest = LocalStore(tmp_path / ".store.new")
    rest.replace(graph_iri(99), as_bytes(triples(99)))
    rest.close()
    build(source, tmp_path / "store")
    with LocalStore(tmp_path / "store") as store:
        assert store.graphs() == counts(small_graphs())


def test_build_replaces_a_damaged_store(tmp_path: Path, source: Path) -> None:
    folder = build(source, tmp_path / "store")
    (folder / "CURRENT").write_text("MANIFEST-999999\n", encoding="ascii")
    build(source, folder)
    with LocalStore(folder) as store:
        assert store.graphs() == counts(small_graphs())
