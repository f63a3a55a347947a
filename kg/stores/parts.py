"""Takes an N-Quads file apart into its named graphs, checked, in bounded memory.

`graph.nq.gz` is sorted by subject, so the quads of one graph lie all over it; the file is sorted
once more, by graph, on disk where memory does not hold it. All of it is checked before the first
graph is given out.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import itertools
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO

import pyoxigraph as ox

from kg.errors import StoreError
from kg.folders import settle
from kg.sorting import LineSorter

LITERAL_BYTES = 60_000
"""Longest literal, in bytes of UTF-8.

Virtuoso 7.2.5 refuses a graph that begins with one of more than about 65,500, for it tells the
format by the first 64 kB.
"""

SORT_BYTES = 64 * 1024 * 1024
"""Lines held in memory while sorting."""

SPOOL_BYTES = 4 * 1024 * 1024
"""One graph's triples held in memory while sending; more goes to a temporary file."""

_BATCH = 10_000
_BLOCK = 256 * 1024


class Body:
    """Bytes to send, as often as need be: every iteration begins at the start."""

    def __init__(self, file: IO[bytes], size: int):
        self._file = file
        self.size = size

    def __iter__(self) -> Iterator[bytes]:
        self._file.seek(0)
        while block := self._file.read(_BLOCK):
            yield block

    @classmethod
    def of(cls, content: bytes) -> Body:
        """A body of these bytes."""
        return cls(io.BytesIO(content), len(content))


@dataclass(frozen=True, slots=True)
class GraphPart:
    """One named graph: its distinct triples as N-Triples, their number and SHA-256 (hex).

    `body` is good until the next part is asked for.
    """

    graph: str
    triples: int
    sha256: str
    body: Body = field(repr=False)


class GraphParts:
    """The named graphs of `graph.nq.gz`, or of the folder that holds it; each once, by name.

    Raises:
        StoreError: If the file is missing, damaged or no N-Quads, or holds what not every store
            keeps: blank nodes, triples in no named graph, RDF 1.2, literals over `LITERAL_BYTES`.
    """

    def __init__(self, source: Path | str, *, sort_bytes: int = SORT_BYTES):
        self.source = _quads_file(Path(source))
        self.sha256 = ""
        self.graphs: set[str] = set()
        self._folder = tempfile.TemporaryDirectory(prefix="kg-load-")
        self._sorter = LineSorter(Path(self._folder.name), sort_bytes)
        try:
            self._read()
        except BaseException:
            self.close()
            raise

    def __iter__(self) -> Iterator[GraphPart]:
        for graph, lines in itertools.groupby(self._sorter, key=_graph_of):
            with tempfile.SpooledTemporaryFile(SPOOL_BYTES, dir=self._folder.name) as spool:
                yield _part(graph[1:-1].decode("utf-8"), lines, spool)

    def _read(self) -> None:
        opener = gzip.open if self.source.suffix == ".gz" else open
        try:
            with self.source.open("rb") as raw:
                self.sha256 = hashlib.file_digest(raw, "sha256").hexdigest()
            with opener(self.source, "rb") as file:
                quads = ox.parse(file, ox.RdfFormat.N_QUADS)  # type: ignore[arg-type]
                while batch := [self._line(quad) for quad in itertools.islice(quads, _BATCH)]:
                    self._sorter.add(batch)
        except SyntaxError as error:
            raise StoreError(f"{self.source}: no N-Quads: {error.msg}") from error
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise StoreError(
                f"{self.source}: damaged or cut off ({error}); make it again"
            ) from error
        except OSError as error:
            raise StoreError(f"{self.source}: {error.strerror or error}") from error

    def _line(self, quad: ox.Quad) -> bytes:
        """The quad as a line that begins with its graph, so that sorting brings graphs together."""
        if fault := _fault(quad):
            raise StoreError(f"{self.source}: {_shown(quad)}: {fault}; nothing was sent")
        graph = quad.graph_name
        assert isinstance(graph, ox.NamedNode)
        self.graphs.add(graph.value)
        return f"{graph} {quad.triple} .\n".encode()

    def close(self) -> None:
        """Remove the temporary files."""
        self._sorter.close()
        self._folder.cleanup()

    def __enter__(self) -> GraphParts:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _quads_file(source: Path) -> Path:
    settle(source)
    if source.is_dir():
        source = source / "graph.nq.gz"
    if not source.is_file():
        raise StoreError(
            f"{source}: not there; give graph.nq.gz or the folder that `kg build` made"
        )
    return source


def _part(graph: str, lines: Iterator[bytes], spool: IO[bytes]) -> GraphPart:
    digest, triples, size = hashlib.sha256(), 0, 0
    for line in lines:
        triple = line.partition(b" ")[2]
        digest.update(triple)
        size += spool.write(triple)
        triples += 1
    return GraphPart(graph, triples, digest.hexdigest(), Body(spool, size))


def _graph_of(line: bytes) -> bytes:
    return line.partition(b" ")[0]


def _fault(quad: ox.Quad) -> str | None:
    """Why some store would refuse the quad, or keep it wrongly."""
    value = quad.object
    if not isinstance(quad.graph_name, ox.NamedNode):
        return "is in no named graph"
    if isinstance(quad.subject, ox.BlankNode) or isinstance(value, ox.BlankNode):
        return "has a blank node, which loading twice would double"
    if isinstance(quad.subject, ox.Triple) or isinstance(value, ox.Triple):
        return "holds a triple term of RDF 1.2, which few stores read"
    if isinstance(value, ox.Literal):
        return _literal_fault(value)
    return None


def _literal_fault(literal: ox.Literal) -> str | None:
    if literal.direction is not None:
        return "has a text direction of RDF 1.2, which few stores read"
    # four bytes a character at most: only long ones need counting
    if len(literal.value) * 4 > LITERAL_BYTES:
        size = len(literal.value.encode("utf-8"))
        if size > LITERAL_BYTES:
            return f"has a literal of {size:,} bytes; stores keep {LITERAL_BYTES:,} at most"
    return None


def _shown(quad: ox.Quad) -> str:
    return f"{quad.subject} {quad.predicate} in {quad.graph_name}"
