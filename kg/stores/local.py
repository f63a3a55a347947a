"""The embedded store: pyoxigraph in a folder, no server, rdflib's interface over it.

One process writes, others read. A reader sees the store as it was when opened, and never half of a
replaced graph. A store is no original: `build` makes it again from `graph.nq.gz`.
"""

from __future__ import annotations

import gzip
import logging
import shutil
import time
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType

import pyoxigraph as ox
import rdflib
from oxrdflib import OxigraphStore

from kg.errors import StoreError
from kg.folders import quiet, settle_quietly, sibling, swap

log = logging.getLogger(__name__)

Quads = bytes | Iterable[ox.Quad]
"""Statements of one graph: N-Triples or N-Quads as bytes, or quads of pyoxigraph."""

READER_ATTEMPTS = 6
"""Openings that a reader tries before it gives up; see `_opened_for_reading`."""

_COUNTS = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


class LocalStore:
    """A store in a folder, made if there is none; `read_only` needs one that exists.

    What is written survives the end of the process at any moment, each `replace` whole or not at
    all. `close`, or the end of a `with`, releases the folder and ends the datasets given out.

    Raises:
        StoreError: If another process writes to the store, or the folder holds something else.
    """

    def __init__(self, path: Path | str, *, read_only: bool = False):
        self.path = Path(path)
        self.read_only = read_only
        self._inner: ox.Store | None = (
            _opened_for_reading(self.path) if read_only else _opened_for_writing(self.path)
        )
        self._plugin: OxigraphStore | None = None

    @property
    def _store(self) -> ox.Store:
        if self._inner is None:
            raise StoreError(f"{self.path}: the store was closed")
        return self._inner

    def replace(self, graph: str, quads: Quads) -> bool:
        """Make `quads` all that the named graph holds; tells whether anything changed.

        One transaction. Graph names within `quads` are not looked at. No quads: the graph is gone.
        """
        name = _graph_name(graph)
        new = set(_in_graph(name, quads))
        old = set(self._store.quads_for_pattern(None, None, None, name))
        if new == old:
            return False
        self._update(name, gone=old - new, come=new - old)
        if not new:
            self._store.remove_graph(name)
        return True

    def remove(self, graph: str) -> bool:
        """Take a named graph out whole; tells whether there was one."""
        return self.replace(graph, ())

    def load(self, source: Path | str) -> None:
        """Add a whole N-Quads file (gzip or not) to what is there, all of it or nothing.

        The fast way for many graphs at once; quads that are there already stay as they are.
        """
        self._writable()
        _bulk_load(self._store, Path(source))

    def graphs(self) -> dict[str, int]:
        """Number of triples of each named graph, in order of their names."""
        rows = self._store.query(_COUNTS)
        assert isinstance(rows, ox.QuerySolutions)
        return dict(sorted(map(_graph_and_count, rows)))

    def dataset(self) -> rdflib.Dataset:
        """The store as an rdflib dataset; a query without GRAPH asks the union of all graphs."""
        if self._plugin is None:
            self._plugin = OxigraphStore(store=self._store)
        return rdflib.Dataset(store=self._plugin, default_union=True)

    def close(self) -> None:
        """Write out what is buffered and let the folder go."""
        if self._inner is not None and not self.read_only:
            self._inner.flush()
        if self._plugin is not None:
            # a Dataset lies in a reference cycle and would hold the lock until the next collection
            self._plugin.close()
        self._inner = self._plugin = None

    def __len__(self) -> int:
        """Number of quads."""
        return len(self._store)

    def _writable(self) -> None:
        if self.read_only:
            raise StoreError(f"{self.path}: opened for reading only; open it without read_only")

    def _update(self, graph: ox.NamedNode, *, gone: set[ox.Quad], come: set[ox.Quad]) -> None:
        self._writable()
        # pyoxigraph has no transactions of several calls; one SPARQL update is one
        steps = [
            f"{verb} DATA {{ GRAPH {graph} {{\n{_triples(quads)}}} }}"
            for verb, quads in (("DELETE", gone), ("INSERT", come))
            if quads
        ]
        try:
            self._store.update(";\n".join(steps))
        except OSError as error:
            raise StoreError(f"{self.path}: cannot write {graph.value}: {error}") from error

    def __enter__(self) -> LocalStore:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def build(source: Path | str, folder: Path | str) -> Path:
    """Make the store of an N-Quads file in `folder`; a store that is there is replaced whole.

    The new one is built beside and renamed into place: whenever the process ends, `folder` opens
    again as the old store or as the new one. Who reads the old one may go on until the end of its
    process or the next opening.

    Raises:
        StoreError: If the file is no N-Quads, `folder` is in use by a writer or holds other things.
    """
    source, folder = Path(source), Path(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = sibling(folder, "new")
    with quiet(folder.parent):
        settle_quietly(folder)
        held = _lock_on(folder)
        _discard(fresh)
        store = _opened(fresh)
    try:
        _bulk_load(store, source)
        store.flush()
        with quiet(folder.parent):
            # RocksDB tidies up by path when it closes: both must be closed before the names change
            del store, held
            _put_in_place(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return folder


def _opened_for_writing(folder: Path) -> ox.Store:
    if folder.parent.is_dir():
        with quiet(folder.parent):
            settle_quietly(folder)
            _refuse_foreign(folder)
            return _opened(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    return _opened(folder)


def _opened_for_reading(folder: Path) -> ox.Store:
    """The store, though a writer may be at work.

    RocksDB lists the files and then opens them, and a writer may tidy one away in between: such an
    opening fails with an error of a missing file and succeeds a moment later.
    """
    for attempt in range(READER_ATTEMPTS):
        if not folder.exists() and folder.parent.is_dir():
            with quiet(folder.parent):
                settle_quietly(folder)
        if not _is_store(folder):
            raise StoreError(f"{folder}: no store there; `kg build` makes one")
        try:
            return ox.Store.read_only(str(folder))
        except (OSError, RuntimeError) as error:
            log.debug("%s: opening, attempt %d: %s", folder, attempt + 1, error)
            failure = error
            time.sleep(0.02 * 2**attempt)
    raise StoreError(
        f"{folder}: cannot be opened ({failure}); if no other process writes to it, it is damaged: "
        "build it again from graph.nq.gz"
    ) from failure


def _opened(folder: Path) -> ox.Store:
    try:
        return ox.Store(str(folder))
    except (OSError, RuntimeError) as error:
        if "lock" in str(error).lower():
            raise StoreError(
                f"{folder}: another process writes to this store; wait until it has ended, "
                "or open the store for reading only"
            ) from error
        raise StoreError(
            f"{folder}: cannot be opened as a store ({error}); "
            "if it is damaged, build it again from graph.nq.gz"
        ) from error


def _lock_on(folder: Path) -> ox.Store | None:
    """The old store, held so that nobody writes to it while its successor is made."""
    _refuse_foreign(folder)
    if not _is_store(folder):
        return None
    try:
        return _opened(folder)
    except StoreError as error:
        if "another process" in str(error):
            raise
        log.warning("%s: the old store is damaged and will be replaced", folder)
        return None


def _bulk_load(store: ox.Store, source: Path) -> None:
    opener = gzip.open if source.suffix == ".gz" else open
    try:
        with opener(source, "rb") as file:
            store.bulk_load(file, ox.RdfFormat.N_QUADS)  # type: ignore[arg-type]
    except SyntaxError as error:
        raise StoreError(f"{source}: no N-Quads: {error.msg}") from error
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise StoreError(f"{source}: damaged or cut off ({error}); make it again") from error
    except OSError as error:
        raise StoreError(f"{source}: cannot be loaded: {error}") from error


def _is_store(folder: Path) -> bool:
    return (folder / "CURRENT").is_file()  # the file by which RocksDB knows its own


def _refuse_foreign(folder: Path) -> None:
    if not folder.exists() or _is_store(folder):
        return
    if not folder.is_dir() or any(folder.iterdir()):
        raise StoreError(f"{folder}: is there and holds no store; name another folder")


def _put_in_place(fresh: Path, folder: Path) -> None:
    try:
        swap(fresh, folder)
    except OSError as error:
        raise StoreError(f"{folder}: the new store cannot be put in place: {error}") from error


def _discard(fresh: Path) -> None:
    """Remove what a dead build left; one that lives still is left alone."""
    if _is_store(fresh):
        _opened(fresh)
    shutil.rmtree(fresh, ignore_errors=True)


def _graph_and_count(row: ox.QuerySolution) -> tuple[str, int]:
    graph, number = row
    assert isinstance(graph, ox.NamedNode) and isinstance(number, ox.Literal)
    return graph.value, int(number.value)


def _graph_name(graph: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(graph)
    except ValueError as error:
        raise StoreError(f"{graph!r} cannot name a graph: {error}") from error


def _in_graph(name: ox.NamedNode, quads: Quads) -> Iterator[ox.Quad]:
    if isinstance(quads, bytes):
        try:
            quads = list(ox.parse(quads, ox.RdfFormat.N_QUADS))
        except SyntaxError as error:
            raise StoreError(f"{name.value}: no N-Quads: {error.msg}") from error
    for quad in quads:
        yield ox.Quad(quad.subject, quad.predicate, quad.object, name)


def _triples(quads: set[ox.Quad]) -> str:
    return "".join(f"{quad.triple} .\n" for quad in quads)
