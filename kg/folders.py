"""Folders that change whole or not at all: made beside, put in place by renaming.

Between two renamings the folder's name is free for a moment. A process that ends just then leaves
the old folder beside it; `settle`, with which all that opens such a folder begins, puts it back.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from kg.errors import OutputError

try:
    import fcntl
except ImportError:  # Windows has none
    fcntl = None  # type: ignore[assignment]

GRAPH = "graph.nq.gz"
TRIG = "graph.trig"
PAGE = "graph.html"
REPORT = "report.json"
PARTS = "parts"
STORE = "store"
OURS = frozenset((GRAPH, TRIG, PAGE, REPORT, STORE, PARTS))
"""What lies in a folder that `kg build` made."""


def sibling(folder: Path, what: str) -> Path:
    """A hidden name beside a folder."""
    return folder.with_name(f".{folder.name}.{what}")


@contextlib.contextmanager
def quiet(parent: Path) -> Iterator[None]:
    """Nobody else of ours renames folders in `parent`, or opens them to write; for moments only."""
    if fcntl is None:
        yield
        return
    handle = os.open(parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def settle(folder: Path) -> None:
    """Finish what an interrupted `swap` left: the old folder goes back to its name."""
    old = sibling(folder, "old")
    if old.exists() and not folder.exists():
        with quiet(folder.parent):
            settle_quietly(folder)


def settle_quietly(folder: Path) -> None:
    """`settle`, for who is in `quiet` already."""
    old = sibling(folder, "old")
    if old.exists() and not folder.exists():
        old.rename(folder)


def swap(fresh: Path, folder: Path) -> None:
    """Put `fresh` in the place of `folder`; wants `quiet`.

    Raises:
        OSError: If it cannot be put there; the old folder has its name again.
    """
    old = sibling(folder, "old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        settle_quietly(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


@contextlib.contextmanager
def fresh_beside(folder: Path) -> Iterator[Path]:
    """An empty folder to make the next `folder` in, for one process at a time; gone afterwards.

    Raises:
        OutputError: If another process is at it.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = sibling(folder, "partial")
    with _alone(folder):
        try:
            shutil.rmtree(fresh, ignore_errors=True)  # what a process that was killed left
            fresh.mkdir()
            yield fresh
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """A lock of this process on the folder's name; it ends with the process, whatever happens.

    `lockf` and not `flock`: worker processes that outlive a killed build must not inherit it.
    """
    if fcntl is None:
        yield
        return
    path = sibling(folder, "lock")
    while True:
        with path.open("w") as file:
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise OutputError(
                    f"{folder}: another process is writing it; wait until it has ended"
                ) from error
            if not _is_open_file(path, file.fileno()):
                continue  # its former owner removed it while we waited for nothing
            try:
                yield
            finally:
                path.unlink(missing_ok=True)
            return


def _is_open_file(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False
