"""Quads as bytes and files: canonical N-Quads, a readable TriG, rdflib's Dataset."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import itertools
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
from kg.rdf.sorting import LineSorter

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
    with _replacing(path) as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as file:
        file.writelines(lines)
    return _digest(path)


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


def write_trig(source: Path, path: Path, *, base: str = DEFAULT_BASE) -> None:
    """Write a graph file as TriG for people to read: wholly or not at all.

    Graph by graph; in an article's graph first what it says, in the order of its text, then the
    words. Memory holds one graph and what is being sorted.

    Raises:
        ReadError: If the source cannot be read.
        OutputError: If the file cannot be written.
    """
    with _replacing(path) as file, LineSorter(path.parent) as lines:
        lines.add(_keyed(quad) for quad in read_quads(source))
        file.writelines(_trig(lines, base))


def trig(quads: Iterable[ox.Quad], *, base: str = DEFAULT_BASE) -> bytes:
    """Quads as TriG for people to read, as `write_trig` writes it."""
    return b"".join(_trig(sorted({_keyed(quad) for quad in quads}), base))


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


def _trig(lines: Iterable[bytes], base: str) -> Iterator[bytes]:
    """TriG from sorted `_keyed` lines, graph by graph."""
    prefixes = {**vocab.PREFIXES, "actor": f"{base}actor/", "agreement": f"{base}agreement/"}
    yield "".join(f"@prefix {p}: <{n}> .\n" for p, n in prefixes.items()).encode("utf-8")
    for _, keyed in itertools.groupby(lines, key=lambda line: line.split(b"\0", 1)[0]):
        quads = ox.parse(b"".join(line.rsplit(b"\0", 1)[1] for line in keyed), format=NQUADS)
        written = _serialized(quads, ox.RdfFormat.TRIG, prefixes)
        yield b"\n"
        # the serializer's own prefixes come in the order of a random hash
        for line in written.splitlines(True):
            if not line.startswith(b"@prefix"):
                yield line


def _keyed(quad: ox.Quad) -> bytes:
    """The quad as a line that sorts by graph, then as people read: numbers by size, types first."""
    subject = str(quad.subject)
    found = (k for k in _READING_ORDER if k in subject)
    # a claim's name holds the name of what it claims, so the first kind in it counts
    kind = min(found, key=subject.index, default=_READING_ORDER[0])
    rank = _READING_ORDER.index(kind)
    name = _NUMBER.sub(lambda number: number[0].zfill(9), subject)
    predicate = str(quad.predicate)
    first = "" if predicate.endswith("#type>") else predicate
    return f"{quad.graph_name}\0{rank:02}{name}\0{first}\0{quad} .\n".encode()


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
