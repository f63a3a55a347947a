"""The graph in other shapes."""

from __future__ import annotations

import gzip
import importlib
import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

from kg.errors import OutputError, QueryError
from kg.queries.sparql import Graph

Files = Mapping[str, bytes]
"""What a writer makes: the content of each file by its name; of one file, by an empty name."""

FORMATS: Mapping[str, str] = {
    "turtle": "kg.exports.rdf:turtle",
    "trig": "kg.exports.rdf:trig",
    "nquads": "kg.exports.rdf:nquads",
    "ntriples": "kg.exports.rdf:ntriples",
    "jsonld": "kg.exports.jsonld:jsonld",
    "rdfxml": "kg.exports.rdf:rdfxml",
    "graphml": "kg.exports.networks:graphml",
    "gexf": "kg.exports.networks:gexf",
    "csv": "kg.exports.tables:tables",
}
"""What a graph can be written as, and the function that makes it; loaded when first used."""


def export(graph: Graph, format: str, out: str | Path) -> None:
    """Writes a graph as one of `FORMATS`: wholly or not at all, the same graph as the same bytes.

    `.gz` at the end of `out` compresses; `csv` makes a folder, or one file if `out` ends in `.zip`.
    A file that is there is replaced; a folder only if it holds nothing but tables of this export.

    Raises:
        QueryError: If the format is unknown.
        OutputError: If it cannot be written.
    """
    files = exported(graph, format)
    path = Path(out)
    try:
        if "" in files:
            _write_file(path, _packed(files[""]) if path.suffix == ".gz" else files[""])
        elif path.suffix == ".zip":
            _write_file(path, _zipped(files))
        else:
            _write_folder(path, files)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from error


def exported(graph: Graph, format: str) -> Files:
    """What `export` writes, in memory.

    Raises:
        QueryError: If the format is unknown.
    """
    if format not in FORMATS:
        raise QueryError(f"unknown format {format!r}; known are {', '.join(FORMATS)}")
    module, _, name = FORMATS[format].partition(":")
    writer = cast("Callable[[Graph], Files]", getattr(importlib.import_module(module), name))
    return writer(graph)


def _write_file(path: Path, content: bytes) -> None:
    fresh = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        with fresh.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _write_folder(path: Path, files: Files) -> None:
    if path.exists():
        if not path.is_dir():
            raise OutputError(f"{path}: is a file; several tables need a folder or a .zip")
        if foreign := sorted({p.name for p in path.iterdir()} - files.keys()):
            raise OutputError(f"{path}: holds other files ({foreign[0]}); name an empty folder")
        if foreign := sorted(p.name for p in path.iterdir() if not _is_ours(p, files[p.name])):
            raise OutputError(
                f"{path}: its {foreign[0]} was not written by this export; name an empty folder"
            )
    fresh = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
    try:
        for name, content in files.items():
            (fresh / name).write_bytes(content)
        fresh.chmod(0o755)  # mkdtemp makes a private folder
        if path.exists():
            shutil.rmtree(path)
        fresh.rename(path)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _is_ours(path: Path, content: bytes) -> bool:
    """Whether a file has the columns that it would have if we wrote it."""
    header = content.partition(b"\n")[0]
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.readline(len(header) + 2).rstrip(b"\r\n") == header


def _packed(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


def _zipped(files: Files) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))  # the format's earliest
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return out.getvalue()
