"""Time of each of our components against the language pipeline before them, in one run.

    python tests/benchmarks/political.py [--rounds 5] [FILE...]

Reads the articles of the demo, or those that are named, all of them in each round. Prints for each
component its share of the pipeline's time (tagger, parser, lemmas, names; percent, the median of
the rounds), and the share of `kg_dates`, `kg_agreements` and `kg_events` together, for which the
limit is 15. Obligations are found by `kg_events`. Processor seconds of this process are counted, so
that what else runs on the machine matters little; what a component builds at its first article
(tables, patterns) is not counted.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg import api, readers
from kg.nlp.articles import article_doc
from kg.nlp.load import EXTRACTORS, load
from kg.records import Article

POLITICAL = ("kg_dates", "kg_agreements", "kg_events")


def seconds(nlp: Language, articles: list[Article]) -> dict[str, float]:
    """Processor seconds that each component took for all articles."""
    took = dict.fromkeys(nlp.pipe_names, 0.0)
    for article in articles:
        doc: Doc = article_doc(nlp, article)
        for name, component in nlp.pipeline:
            start = time.process_time()
            doc = component(doc)
            took[name] += time.process_time() - start
    return took


def shares(took: dict[str, float]) -> dict[str, float]:
    """Of each of our components, and of the political ones together, percent of the pipeline."""
    before = sum(t for name, t in took.items() if name not in EXTRACTORS)
    found = {name: 100 * took[name] / before for name in EXTRACTORS}
    return {**found, "political": sum(found[name] for name in POLITICAL)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("files", nargs="*", type=Path)
    chosen = parser.parse_args()
    paths = chosen.files or [p for p in sorted(api.demo_folder().iterdir()) if p.name[0] == "0"]
    articles = [a for a in readers.articles(paths) if isinstance(a, Article)]
    nlp = load()
    seconds(nlp, articles)
    gc.collect()
    gc.freeze()  # a collection counts for whoever happens to set it off
    rounds = [seconds(nlp, articles) for _ in range(chosen.rounds)]
    words = sum(len(nlp.make_doc(a.text)) for a in articles)
    before = statistics.median(
        sum(t for name, t in took.items() if name not in EXTRACTORS) for took in rounds
    )
    print(f"{len(articles)} articles, {words:,} tokens, pipeline {before:.2f} s")  # noqa: T201
    told = [shares(took) for took in rounds]
    for name in (*EXTRACTORS, "political"):
        print(f"{name:20} {statistics.median(t[name] for t in told):6.1f} %")  # noqa: T201


if __name__ == "__main__":
    main()
