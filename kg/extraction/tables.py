"""The lexicons of `kg/data` as rows, and the word lists that the rules for statements look into."""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterator
from importlib import resources


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table in `kg/data`, by column; lines that begin with # are comments."""
    text = (resources.files("kg") / "data" / name).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    yield from csv.DictReader(lines, delimiter="\t")


@functools.cache
def word_list(group: str) -> frozenset[str]:
    """The words of one list of `statement_words.tsv`.

    Raises:
        KeyError: If there is no such list.
    """
    return _lists()[group]


@functools.cache
def _lists() -> dict[str, frozenset[str]]:
    lists: dict[str, list[str]] = {}
    for row in rows("statement_words.tsv"):
        lists.setdefault(row["list"], []).append(row["word"])
    return {name: frozenset(members) for name, members in lists.items()}
