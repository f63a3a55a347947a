"""Rates of the embedded store on a large graph, against pyoxigraph's own bulk load, in one run.

    python tests/benchmarks/many_articles.py FOLDER
    python tests/benchmarks/stores.py FOLDER

Prints quads a second of `kg.stores.local.build` and of `pyoxigraph.Store.bulk_load` of the same
file (the median of three, taken in turns), the time to open the store and to replace the graph of
one article (the median of fifty articles, each changed), and the growth of memory while
`kg.stores.parts` takes the file apart to send it.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from kg.stores import local
from kg.stores.parts import GraphParts


def seconds(job: Callable[[], object]) -> float:
    """Wall time of a call."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def bare_load(source: Path, folder: Path) -> None:
    """The same file by pyoxigraph alone."""
    store = ox.Store(str(folder))
    with gzip.open(source) as file:
        store.bulk_load(file, ox.RdfFormat.N_QUADS)  # type: ignore[arg-type]
    store.flush()


def replacing(store: local.LocalStore, graph: str) -> float:
    """Time to replace a graph by itself with one literal changed."""
    name = ox.NamedNode(graph)
    quads = list(store._store.quads_for_pattern(None, None, None, name))
    i = next(i for i, q in enumerate(quads) if q.predicate.value.endswith("#contentText"))
    quads[i] = ox.Quad(quads[i].subject, quads[i].predicate, ox.Literal("other words"), name)
    return seconds(lambda: store.replace(graph, quads))


def peak_megabytes() -> float:
    """Most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    source = parser.parse_args().folder / "graph.nq.gz"
    before = peak_megabytes()
    with GraphParts(source) as parts:
        graphs = sum(1 for _ in parts)
    print(f"streaming {graphs:,} graphs: peak memory {before:.0f} → {peak_megabytes():.0f} MB")  # noqa: T201
    with tempfile.TemporaryDirectory() as name:
        ours: list[float] = []
        bare: list[float] = []
        for run in range(3):
            ours.append(seconds(lambda: local.build(source, Path(name) / "ours")))
            bare.append(seconds(lambda r=run: bare_load(source, Path(name) / f"bare{r}")))  # type: ignore[misc]
        with local.LocalStore(Path(name) / "ours") as store:
            quads, known = len(store), store.graphs()
            articles = [g for g in known if "/graph/article/" in g]
            took = [
                replacing(store, g)
                for g in itertools.islice(articles, 0, None, len(articles) // 50)
            ]
        opened = seconds(lambda: local.LocalStore(Path(name) / "ours", read_only=True).close())
    rate, own = (quads / statistics.median(times) for times in (ours, bare))
    print(f"load: {rate:,.0f} quads a second, pyoxigraph alone {own:,.0f}: {rate / own:.0%}")  # noqa: T201
    print(f"open: {opened * 1000:.1f} ms")  # noqa: T201
    print(f"replace an article: {statistics.median(took) * 1000:.1f} ms, at {quads:,} quads")  # noqa: T201


if __name__ == "__main__":
    main()
