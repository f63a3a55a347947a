"""Sorts more lines than fit in memory, once each, for the canonical N-Quads."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType

RUN_BYTES = 256 * 1024 * 1024
"""Lines held before a sorted run goes to disk; Python objects take about three times as much."""


class LineSorter:
    """Collects lines (bytes, each with its line feed) and gives them back sorted by bytes,
    without doubles.

    Runs that overflow memory lie in a temporary folder, which `close` (or leaving the `with`)
    removes.
    """

    def __init__(self, folder: Path, run_bytes: int = RUN_BYTES):
        self._folder = tempfile.TemporaryDirectory(prefix=".sort-", dir=folder)
        self._run_bytes = run_bytes
        self._lines: set[bytes] = set()
        self._size = 0
        self._runs: list[Path] = []

    def add(self, lines: Iterable[bytes]) -> None:
        """Take some lines in."""
        for line in lines:
            if line not in self._lines:
                self._lines.add(line)
                self._size += len(line)
                if self._size >= self._run_bytes:
                    self._spill()

    def __iter__(self) -> Iterator[bytes]:
        """All lines taken in so far, in order."""
        files = [run.open("rb") for run in self._runs]
        try:
            last = None
            for line in heapq.merge(*files, sorted(self._lines)):
                if line != last:
                    yield line
                last = line
        finally:
            for file in files:
                file.close()

    def __len__(self) -> int:
        """The number of different lines; as long as one takes to read them all."""
        return sum(1 for _ in self) if self._runs else len(self._lines)

    def _spill(self) -> None:
        run = Path(self._folder.name) / f"{len(self._runs)}.nq"
        with run.open("wb") as out:
            out.writelines(sorted(self._lines))
        self._runs.append(run)
        self._lines.clear()
        self._size = 0

    def close(self) -> None:
        """Remove the temporary folder."""
        self._folder.cleanup()

    def __enter__(self) -> LineSorter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
