"""Time of the whole job against the bare language pipeline on the same texts, in one run.

    python tests/benchmarks/whole_job.py [--articles 200] [--processes 1]

The articles are those of the demo, repeated with other names and numbers. "Bare" is `nlp.pipe` of
the shipped pipeline as it comes, without any component of ours. Prints seconds and the ratio.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import spacy

import kg
from kg import api, readers
from kg.nlp.load import default_path
from kg.records import Article

NAMES = ("Dovic", "Ostrin", "Terzin", "Amiguet", "Halvorsen", "Lindvik", "Kyprou")


def variants(count: int) -> Iterator[tuple[str, str, str]]:
    """(id, date, text) of articles made of the demo's, no two alike."""
    paths = [p for p in sorted(api.demo_folder().iterdir()) if p.name[0] == "0"]
    demo = [a for a in readers.articles(paths) if isinstance(a, Article)]
    for i in range(count):
        article = demo[i % len(demo)]
        text = re.sub(r"\b\d\d\b", partial(_shifted, by=i), article.text)
        for name in NAMES:
            text = text.replace(name, name[:-1] + "aeiou"[i // len(demo) % 5] + name[-1])
        yield f"v{i:04}", article.published or "2024-10-12", f"{text}\n\nReport {i} of the series."


def _shifted(number: re.Match[str], by: int) -> str:
    return str(10 + (int(number[0]) + by) % 18)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--processes", type=int, help="as of kg build; default: its own")
    options = parser.parse_args()
    count = options.articles
    items = list(variants(count))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = [json.dumps({"id": i, "published": day, "text": text}) for i, day, text in items]
        (folder / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
        nlp = spacy.load(default_path())
        texts = [text for _, _, text in items]
        list(nlp.pipe(texts[:5]))
        start = time.perf_counter()
        words = sum(len(doc) for doc in nlp.pipe(texts, batch_size=16))
        bare = time.perf_counter() - start
        start = time.perf_counter()
        gazetteers = (str(api.demo_folder() / "gazetteer.ttl"),)
        settings = kg.Settings(gazetteers=gazetteers, processes=options.processes)
        report = kg.build([folder / "articles.jsonl"], folder / "graph", settings)
        whole = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count} articles, {words:,} tokens, {report.quads:,} quads")  # noqa: T201
    print(f"bare nlp.pipe {bare:.1f} s, whole job {whole:.1f} s, ratio {whole / bare:.2f}")  # noqa: T201
    print({k: round(v, 2) for k, v in report.seconds.items()}, f"peak {peak:.0f} MB")  # noqa: T201


if __name__ == "__main__":
    main()
