"""Peak memory of a streaming load of one file and of one four times as long.

    python tests/benchmarks/load_memory.py [--graphs 4000] [--store]

Each load is a process of its own. Prints the peak (MB) of taking the file apart, or with `--store`
of `kg load` into an Oxigraph server on this machine, and the ratio of the two; flat memory is a
ratio of about 1, once the shorter file is more than what is sorted in memory (64 MB of lines).
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.stores.serve import oxigraph

TRIPLES = 150  # of one graph: as many as a short article has

TAKE_APART = """
import sys
from pathlib import Path
from kg.stores.parts import GraphParts

with GraphParts(Path(sys.argv[1]), sort_bytes=int(sys.argv[2])) as parts:
    assert sum(part.triples for part in parts)
"""

LOAD = """
import sys
from kg.stores import load

assert load(sys.argv[1], sys.argv[2], store="oxigraph").triples
"""

# Linux counts in `ru_maxrss` what the parent had before it became this process
PEAK = """
import re, resource
from pathlib import Path

status = Path("/proc/self/status")
if status.exists():
    print(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1])
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def write_dump(path: Path, graphs: int) -> Path:
    """Canonical N-Quads, in which the triples of one graph lie far apart, as those of `kg` may."""
    base = "https://example.test"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for i in range(TRIPLES):
            lines = (
                f"<{base}/claim/{i:04}/{g:06}> <{base}/ontology#contentText> "
                f'"words of claim {i} in article {g}, about as long as such words are" '
                f"<{base}/graph/article/{g:06}> .\n"
                for g in range(graphs)
            )
            file.write("".join(lines).encode())
    return path


def peak(code: str, *arguments: object) -> float:
    """Peak memory (MB) of a process that runs `code`."""
    command = [sys.executable, "-c", code + PEAK, *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, encoding="ascii")
    return int(done.stdout) / (1024 * 1024 if sys.platform == "darwin" else 1024)


def taken_apart(graphs: int, folder: Path, *, sort_bytes: int) -> float:
    """Peak memory (MB) of taking a dump of some graphs apart."""
    return peak(TAKE_APART, write_dump(folder / "graph.nq.gz", graphs), sort_bytes)


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    command = [oxigraph(), "serve", "--location", str(folder), "--bind", address]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with suppress(OSError), urllib.request.urlopen(f"http://{address}/"):
                break
            time.sleep(0.05)
        yield f"http://{address}"
    finally:
        process.kill()
        process.wait()


def loaded(graphs: int, folder: Path) -> float:
    """Peak memory (MB) of loading a dump of some graphs into a server."""
    dump = write_dump(folder / "graph.nq.gz", graphs)
    shutil.rmtree(folder / "server", ignore_errors=True)
    with _server(folder / "server") as url:
        return peak(LOAD, dump, url)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--graphs", type=int, default=4000)
    parser.add_argument("--store", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        peaks = [
            loaded(graphs, Path(name))
            if options.store
            else taken_apart(graphs, Path(name), sort_bytes=64 * 1024 * 1024)
            for graphs in (options.graphs, 4 * options.graphs)
        ]
    print(  # noqa: T201
        f"{options.graphs * TRIPLES:,} quads: {peaks[0]:.0f} MB; four times as many: "
        f"{peaks[1]:.0f} MB; ratio {peaks[1] / peaks[0]:.2f}"
    )


if __name__ == "__main__":
    main()
