"""How long the gazetteer takes to load, alone and with many names of a user, and in how much room.

    python tests/benchmarks/gazetteer.py [NAMES]

Limits: 0.3 s alone; with 100,000 names 2 s and 300 MB, each in a process of its own.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

PREFIXES = """@prefix actor: <https://w3id.org/newskg/actor/> .
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
SHOW = "import sys; sys.path.insert(0, sys.argv[1]); import gazetteer; gazetteer.load(sys.argv[2:])"


def load(files: list[str]) -> None:
    """Load with some files and print CPU seconds and megabytes of the largest size."""
    import time

    from kg.resolve.gazetteer import load as loaded

    started = time.process_time()
    names = len(loaded(tuple(files)).index)
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{names:>9,} names  {seconds:6.2f} s  {peak:6.0f} MB")  # noqa: T201


def written(folder: Path, names: int) -> Path:
    """A file of invented persons."""
    path = folder / "many.ttl"
    with path.open("w", encoding="utf-8") as out:
        out.write(PREFIXES)
        for i in range(names):
            out.write(f'actor:P{i} a kg:Person ; skos:prefLabel "Given{i} Family{i}"@en .\n')
    return path


def main() -> None:
    """Measure both."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    here = str(Path(__file__).parent)
    with tempfile.TemporaryDirectory() as folder:
        for files in ([], [str(written(Path(folder), count))]):
            subprocess.run([sys.executable, "-c", SHOW, here, *files], check=True)


if __name__ == "__main__":
    main()
