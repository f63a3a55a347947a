"""Quads as bytes and files: canonical N-Quads, a readable TriG, rdflib's Dataset."""

from __future__ import annotations

import contextlib
import functools
import gzip
import hashlib
import itertools
import operator
import os
import re
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox
from rdflib import Dataset

from kg import vocab
from kg.errors import OutputError, ReadError
from kg.rdf.iris import DEFAULT_BASE

NQUADS = ox.RdfFormat.N_QUADS
_FORMATS = {
    ".nq": NQUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".ttl": ox.RdfFormat.TURTLE,
}


def nquads(quads: Iterable[ox.Quad]) -> bytes:
    """Sorted N-Quads, each line once, each ending in a line feed."""
    lines = sorted(set(_serialized(quads).split(b"\n")))
    # all lines end in a line feed, so one empty piece is left over
    return b"\n".join(lines[1:]) + b"\n" if len(lines) > 1 else b""


def write_nquads_gz(path: Path, lines: Iterable[bytes]) -> str:
    """Write the lines, gzipped with no time in it: wholly or not at all; gives the file's SHA-256.

    Raises:
        OutputError: If the file cannot be written.
    """
    with _replacing(path) as raw, _gzipped(raw) as file:
        # one call for many lines: each costs more than the line
        for batch in _batched(lines):
            file.write(b"".join(batch))
    return _digest(path)


def _gzipped(raw: IO[bytes]) -> gzip.GzipFile:
    # level 6 takes a third of the time of 9, for files that are 2 % larger
    return gzip.GzipFile("", "wb", compresslevel=6, fileobj=raw, mtime=0)


def _batched(lines: Iterable[bytes], size: int = 5_000) -> Iterator[list[bytes]]:
    rest = iter(lines)
    while batch := list(itertools.islice(rest, size)):
        yield batch


def read_quads(path: Path) -> Iterator[ox.Quad]:
    """The quads of a file, by its ending: `.nq`, `.trig`, `.nt`, `.ttl`, each also with `.gz`.

    Raises:
        ReadError: If it cannot be read, is cut off, or is not what its ending says.
    """
    plain = path.with_suffix("") if path.suffix == ".gz" else path
    kind = _FORMATS.get(plain.suffix)
    if kind is None:
        raise ReadError(f"{path}: not known by its ending; {', '.join(_FORMATS)} (.gz) are")
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            # a GzipFile reads as any binary file does, but is not declared as one
            yield from ox.parse(cast(IO[bytes], file), format=kind)
    except (OSError, EOFError, zlib.error, SyntaxError) as error:
        raise ReadError(f"{path}: {error}") from error


class TrigFile:
    """A TriG file for people to read, made graph by graph: there whole or not at all.

    Graphs stand in the order of their names, whatever the order of `add`. In an article's graph
    first comes what it says, in the order of its text, then the words. Memory holds one graph.

    Raises:
        OutputError: If the file cannot be written.
    """

    def __init__(self, path: Path, *, base: str = DEFAULT_BASE):
        self._path = path
        self._prefixes = _prefixes(base)
        self._places: dict[str, tuple[int, int]] = {}
        # closed by `__exit__`
        self._spool = tempfile.TemporaryFile(dir=path.parent)  # noqa: SIM115

    def add(self, blocks: Iterable[tuple[str, bytes]]) -> None:
        """Take in one or more graphs, each of them whole, as `trig_blocks` gives them."""
        for graph, block in blocks:
            self._places[graph] = (self._spool.tell(), len(block))
            self._spool.write(block)

    def __enter__(self) -> TrigFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, *exception: object) -> None:
        with self._spool:
            if kind is None:
                with _replacing(self._path) as file:
                    file.write(_head(self._prefixes))
                    for _, (place, length) in sorted(self._places.items()):
                        self._spool.seek(place)
                        file.write(self._spool.read(length))


def trig(quads: Iterable[ox.Quad], *, base: str = DEFAULT_BASE) -> bytes:
    """Quads as TriG for people to read, as `TrigFile` writes it."""
    return _head(_prefixes(base)) + b"".join(b for _, b in sorted(trig_blocks(quads, base=base)))


def dataset(source: Path | Iterable[ox.Quad]) -> Dataset:
    """A graph file or quads as an rdflib Dataset in memory, asked as the union of its graphs.

    Raises:
        ReadError: If the file cannot be read.
    """
    quads = read_quads(source) if isinstance(source, Path) else source
    found = Dataset(store="Oxigraph", default_union=True)
    found.parse(data=_serialized(quads), format="ox-nq")
    for prefix, namespace in vocab.PREFIXES.items():
        found.bind(prefix, namespace)
    return found


def _serialized(
    quads: Iterable[ox.Quad],
    kind: ox.RdfFormat = NQUADS,
    prefixes: dict[str, str] | None = None,
) -> bytes:
    written = ox.serialize(quads, format=kind, prefixes=prefixes)
    assert written is not None  # it is, where no output is given
    return written


def _prefixes(base: str) -> dict[str, str]:
    return {**vocab.PREFIXES, "actor": f"{base}actor/", "agreement": f"{base}agreement/"}


def _head(prefixes: dict[str, str]) -> bytes:
    return "".join(f"@prefix {p}: <{n}> .\n" for p, n in prefixes.items()).encode("utf-8")


def trig_blocks(
    quads: Iterable[ox.Quad], *, base: str = DEFAULT_BASE
) -> Iterator[tuple[str, bytes]]:
    """The name of each graph and its TriG, for a `TrigFile`: the prefixes stand at its head."""
    prefixes = _prefixes(base)
    graphs: dict[str, list[tuple[tuple[str, str, str], ox.Quad]]] = {}
    for quad in set(quads):
        subject, predicate, rest = str(quad).split(" ", 2)
        # types come first; the end of a line is the graph, and no graph's name has a space
        key = _subject_key(subject), predicate.removesuffix(_TYPE), rest
        graphs.setdefault(rest[rest.rindex(" ") :], []).append((key, quad))
    for graph, keyed in graphs.items():
        keyed.sort(key=operator.itemgetter(0))
        written = _serialized((q for _, q in keyed), ox.RdfFormat.TRIG, prefixes)
        # the serializer's own prefixes come in the order of a random hash
        lines = itertools.dropwhile(lambda x: x.startswith(b"@prefix"), written.splitlines(True))
        yield graph, b"\n" + b"".join(lines)


@functools.lru_cache(maxsize=65_536)  # more than one article's graph has
def _subject_key(subject: str) -> str:
    found = (k for k in _READING_ORDER if k in subject)
    # a claim's name holds the name of what it claims, so the first kind in it counts
    kind = min(found, key=subject.index, default=_READING_ORDER[0])
    return f"{_READING_ORDER.index(kind):02}{_NUMBER.sub(lambda n: n[0].zfill(9), subject)}"


_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_NUMBER = re.compile(r"\d+", re.ASCII)
_READING_ORDER = (
    "/graph/",  # stands for what is not listed
    "/statement/",
    "/participation/",
    "/status/",
    "/provision/",
    "/event/",
    "/claim/",
    "/role/",
    "/date/",
    "/mention/",
    "#char=",
)


@contextlib.contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file beside `path` to write into; put in its place, on disk, when all went well."""
    handle: IO[bytes] | None = None
    try:
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as handle:
            yield handle
            handle.flush()
            os.fsync(handle.fileno())
        Path(handle.name).chmod(0o644)  # temporary files are their owner's only
        Path(handle.name).replace(path)
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror or error}") from error
    finally:
        if handle is not None:
            Path(handle.name).unlink(missing_ok=True)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
