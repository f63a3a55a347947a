"""Which label a name gets where its corpus uses other kinds than ours: words and small rules."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent

_YEAR_OR_DAY = re.compile(
    r"(1\d{3}|20\d{2}|\d{1,2}(st|nd|rd|th)|(1[5-9]|20)\d{2}'?s|\d{1,2}:\d{2})"
)
_PARTS = re.compile(r"[\s-]+")


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a tab-separated file with a line of headings."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@functools.cache
def words_of(kind: str) -> frozenset[str]:
    """The words of one kind in `entity_words.tsv`, in lower case."""
    return frozenset(
        word
        for row in table(HERE / "entity_words.tsv")
        if row["kind"] == kind
        for word in (row["words"].split("|") if "|" in row["words"] else row["words"].split())
    )


def place_label(name: str) -> str:
    """GPE for what is governed (state, region, town), LOC for what is only there (sea, road)."""
    name = name.lower().removeprefix("the ")
    if name in words_of("governed"):
        return "GPE"
    return "LOC" if words_of("physical").intersection(_PARTS.split(name)) else "GPE"


def is_group(word: str) -> bool:
    """Whether a word names a nation's, a faith's or a movement's people, or is their adjective."""
    return word.lower() in words_of("group")


def is_date(word: str) -> bool:
    """Whether a word is by itself part of a date: a month, a weekday, a year, an ordinal."""
    lower = word.lower()
    month = lower in words_of("month") and word[0].isupper()
    return month or lower in words_of("day") or bool(_YEAR_OR_DAY.fullmatch(lower))


def is_title(word: str) -> bool:
    """Whether a word may stand before a person's name without being part of it."""
    lower = word.lower()
    return lower in words_of("title") or lower in words_of("before_name")


def bare_name(words: Sequence[str], start: int, end: int) -> tuple[int, int] | None:
    """The range without the titles before the name ("Environment Minister John Baird" → "John
    Baird"); `None` where it is a title only ("Governor of Virginia").
    """
    titles = words_of("title")
    last = max((i for i in range(start, end - 1) if words[i].lower() in titles), default=None)
    if last is not None:
        start = last + 1
        if words[start] in ("of", "for"):
            return None
    while end - start > 1 and is_title(words[start]):
        start += 1
    return start, end


def iob_spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Ranges with their label, of tags in IOB1 or IOB2."""
    spans: list[tuple[int, int, str]] = []
    start, label = -1, ""
    for i, tag in enumerate([*tags, "O"]):
        prefix, _, kind = tag.partition("-")
        if start >= 0 and (prefix in "OB" or kind != label):
            spans.append((start, i, label))
            start = -1
        if prefix == "B" or (prefix == "I" and start < 0):
            start, label = i, kind
    return spans
