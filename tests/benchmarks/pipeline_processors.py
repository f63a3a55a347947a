"""How many tokens another processor annotates otherwise: the default pipeline here and in QEMU.

    python tests/benchmarks/pipeline_processors.py [--cpu Haswell] [--model FOLDER] [FILE...]

Wants `qemu-x86_64` (Debian: qemu-user), which emulates processors without the newer instructions:
Haswell has AVX2, Nehalem has no AVX. Reads the articles of the demo, or those that are named; one
of 300 words takes QEMU about ten seconds. Prints what differs.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from spacy.tokens import Token

from kg import api, readers
from kg.nlp import load
from kg.nlp.articles import article_doc
from kg.records import Article

FIELDS = ("text", "tag", "pos", "morph", "lemma", "head", "dep", "sent_start", "iob", "entity")


def annotations(model: str, files: Sequence[str]) -> list[list[object]]:
    """The article and the annotations of each token, in the order of `FIELDS`."""
    nlp = load.base(model)
    return [
        [article.id, *_annotations(token)]
        for article in readers.articles([Path(file) for file in files])
        if isinstance(article, Article)
        for token in nlp(article_doc(nlp, article))
    ]


def _annotations(token: Token) -> list[object]:
    return [
        *(token.text, token.tag_, token.pos_, str(token.morph), token.lemma_, token.head.i),
        *(token.dep_, token.is_sent_start, token.ent_iob_, token.ent_type_),
    ]


def main() -> None:
    """Compare and print, or as the child that QEMU runs: annotate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cpu", default="Haswell", help="as `qemu-x86_64 -cpu help` lists them")
    parser.add_argument("--model", default=load.DEFAULT_MODEL)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("files", nargs="*")
    chosen = parser.parse_args()
    demo = [str(p) for p in sorted(api.demo_folder().iterdir()) if p.name[0] == "0"]
    files = chosen.files or demo
    here = annotations(chosen.model, files)
    if chosen.child:
        json.dump(here, sys.stdout)
        return
    child = [sys.executable, __file__, "--child", "--model", chosen.model, *files]
    emulated = ["qemu-x86_64", "-cpu", chosen.cpu, *child]
    there = json.loads(
        subprocess.run(
            emulated, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
        ).stdout
    )
    differing = [(a, b) for a, b in zip(here, there, strict=True) if a != b]
    for a, b in differing:
        told = (
            f"{f} {x}, there {y}" for f, x, y in zip(FIELDS, a[1:], b[1:], strict=True) if x != y
        )
        print(f"{a[0]}: {a[1]}: {'; '.join(told)}")  # noqa: T201
    print(f"{len(differing)} of {len(here)} tokens differ on {chosen.cpu}")  # noqa: T201


if __name__ == "__main__":
    main()
