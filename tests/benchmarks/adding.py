"""Time to add an article to a graph, to build it again unchanged, and to take one out.

    python tests/benchmarks/adding.py [--articles 200]

The articles are those of `whole_job.py`. Prints seconds, and whether the grown graph has the bytes
of one that is built at once.

One more article on 200 (372,000 quads, two cores) took 11.3 s: 2.7 to start Python and the pipeline
and to read the article, 2.9 to write the quads of the kept findings again, 3.5 to sort, count and
compress them, 3.4 for store and page. All of it hangs on all articles: who is whom and which
utterances recur show only over all, the dump is one sorted file, its statistics count every line,
and the page is drawn anew. Kept findings are judged again, so their quads could be kept only by
a digest of what was judged.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from whole_job import variants

import kg
from kg import api
from kg.building import GRAPH


def write(path: Path, items: Iterable[tuple[str, str, str]]) -> Path:
    """Articles as JSON Lines."""
    lines = [json.dumps({"id": i, "published": day, "text": text}) for i, day, text in items]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def timed(what: str, job: Callable[[], object]) -> None:
    """Do it and print how long it took."""
    start = time.perf_counter()
    job()
    print(f"{what:32} {time.perf_counter() - start:7.2f} s")  # noqa: T201


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=200)
    count = parser.parse_args().articles
    items = list(variants(count + 1))
    settings = kg.Settings(gazetteers=(str(api.demo_folder() / "gazetteer.ttl"),))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        every, first = write(folder / "all.jsonl", items), write(folder / "first.jsonl", items[:-1])
        last = write(folder / "last.jsonl", items[-1:])
        whole, grown = folder / "whole" / "graph", folder / "grown" / "graph"
        timed(f"{count} articles", lambda: kg.build([first], grown, settings))
        timed("the same again", lambda: kg.build([first], grown, settings))
        timed("one more", lambda: kg.build([last], grown, settings))
        kg.build([every], whole, settings)
        same = (whole / GRAPH).read_bytes() == (grown / GRAPH).read_bytes()
        timed("one removed", lambda: kg.remove(grown, [items[0][0]]))
        kept = sum(p.stat().st_size for p in (grown / "parts").iterdir())
        print(f"same bytes as built at once: {same}; kept findings {kept / 1e6:.1f} MB")  # noqa: T201


if __name__ == "__main__":
    main()
