"""What the encoder learns from: stretches of documents as words, with whatever is known of them."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.nlp.pieces import GLUED, LINE_BREAK, SPACED

OPENING = frozenset({"``", "“"})
DOUBLE = frozenset({'"', "``", "''", "“", "”"})
APOSTROPHES = frozenset("'’‘")
DASHES = ("-", "–", "—", "--")
ABBREVIATED = {
    "Mr.": "Mr",
    "Mrs.": "Mrs",
    "Ms.": "Ms",
    "Dr.": "Dr",
    "U.S.": "US",
    "U.N.": "UN",
    "U.K.": "UK",
    "E.U.": "EU",
    "Gen.": "Gen",
    "Sen.": "Sen",
}
"""How agencies that write no full stops write what others write with them."""


@dataclass(frozen=True, slots=True)
class Syntax:
    """A tree per sentence over the words of a sample; `heads` are indices into the sample, a root
    is its own head.
    """

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    morph: tuple[str, ...]
    heads: tuple[int, ...]
    dep: tuple[str, ...]
    starts: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """Words of one document, white space left out.

    `before` says for each word what stands before it: `GLUED`, `SPACED` or `LINE_BREAK`.
    `entities` are IOB2 tags; `None` for a word whose tag the corpus does not tell, which is masked
    in training and never counted as "O". A corpus without trees has no `syntax`.
    """

    words: tuple[str, ...]
    before: tuple[int, ...]
    syntax: Syntax | None = None
    entities: tuple[str | None, ...] | None = None

    def cut(self, start: int, end: int) -> Sample:
        """The words from `start` up to `end`; a head outside becomes -1."""
        syntax = self.syntax
        if syntax is not None:
            syntax = Syntax(
                upos=syntax.upos[start:end],
                xpos=syntax.xpos[start:end],
                morph=syntax.morph[start:end],
                heads=tuple(h - start if start <= h < end else -1 for h in syntax.heads[start:end]),
                dep=syntax.dep[start:end],
                starts=syntax.starts[start:end],
            )
        entities = None if self.entities is None else self.entities[start:end]
        return Sample(
            self.words[start:end], (LINE_BREAK, *self.before[start + 1 : end]), syntax, entities
        )


def join(samples: Sequence[Sample], before: Sequence[int]) -> Sample:
    """One sample out of consecutive ones; `before[i]` stands before the first word of the i-th."""
    words: list[str] = []
    gaps: list[int] = []
    trees: dict[str, list[object]] = {k: [] for k in Syntax.__slots__}
    entities: list[str | None] = []
    for sample, gap in zip(samples, before, strict=True):
        offset = len(words)
        words += sample.words
        gaps += (gap, *sample.before[1:])
        if sample.syntax is not None:
            for name, column in trees.items():
                values = getattr(sample.syntax, name)
                column += [h + offset for h in values] if name == "heads" else values
        if sample.entities is not None:
            entities += sample.entities
    return Sample(
        tuple(words),
        tuple(gaps),
        Syntax(**{k: tuple(v) for k, v in trees.items()}) if trees["dep"] else None,  # type: ignore[arg-type]
        tuple(entities) if entities else None,
    )


def varied(sample: Sample, rng: random.Random) -> Sample:
    """The same sample as another publisher would print it: quotation marks straight, curly or
    mixed, dashes, dots, capitals, abbreviations; the number of words stays.
    """
    words = _capitals(list(sample.words), sample, rng)
    quotes = rng.choices(("keep", "curly", "mixed", "straight"), (0.3, 0.5, 0.12, 0.08))[0]
    dash = rng.choice(("keep", "keep", *DASHES))
    dots = rng.choice(("keep", "keep", "…", "..."))
    abbreviate = rng.random() < 0.5
    for i, word in enumerate(words):
        if word in DOUBLE or APOSTROPHES & set(word):
            words[i] = _quoted(word, _opens(sample, i), quotes, rng)
        elif word in DASHES and dash != "keep" and i and _between_spaces(sample, i):
            words[i] = dash
        elif word in ("...", "…") and dots != "keep":
            words[i] = dots
        elif abbreviate:
            words[i] = ABBREVIATED.get(word, word)
    return replace(sample, words=tuple(words))


def _opens(sample: Sample, i: int) -> bool:
    word = sample.words[i]
    if sample.syntax is not None and sample.syntax.xpos[i] in ("``", "''"):
        return sample.syntax.xpos[i] == "``"
    glued_after = i + 1 < len(sample.words) and sample.before[i + 1] == GLUED
    return word in OPENING or (word in ('"', "'") and sample.before[i] != GLUED and glued_after)


def _quoted(word: str, opens: bool, style: str, rng: random.Random) -> str:
    if style == "keep":
        return word
    if word in DOUBLE:
        curly, straight = ("“" if opens else "”"), '"'
        return {"curly": curly, "straight": straight}.get(style) or rng.choice((curly, straight))
    if style == "straight" or (style == "mixed" and rng.random() < 0.5):
        return word.replace("’", "'").replace("‘", "'")
    return word.replace("'", "‘" if opens else "’")


def _between_spaces(sample: Sample, i: int) -> bool:
    return sample.before[i] != GLUED and i + 1 < len(sample.words) and sample.before[i + 1] != GLUED


def _capitals(words: list[str], sample: Sample, rng: random.Random) -> list[str]:
    """A few sentences in lower case, in capitals, or in Title Case as headlines print them."""
    starts = sentence_starts(sample)
    for start, end in zip(starts, [*starts[1:], len(words)], strict=True):
        draw = rng.random()
        if draw < 0.015:
            words[start:end] = [w.lower() for w in words[start:end]]
        elif draw < 0.035:
            words[start:end] = [w.upper() for w in words[start:end]]
        elif draw < 0.065 and end - start < 18:
            words[start:end] = [
                w[:1].upper() + w[1:] if len(w) > 3 else w for w in words[start:end]
            ]
    return words


def sentence_starts(sample: Sample) -> list[int]:
    """Where sentences start; by line breaks and full stops where the corpus does not say."""
    if sample.syntax is not None:
        return [i for i, start in enumerate(sample.syntax.starts) if start or i == 0]
    words, before = sample.words, sample.before
    return [
        i
        for i in range(len(words))
        if i == 0
        or before[i] == LINE_BREAK
        or (words[i - 1] in (".", "!", "?") and before[i] == SPACED and not words[i][0].islower())
    ]


def stretches(sample: Sample, limit: int, hard: int = 160) -> Iterator[tuple[int, int]]:
    """Ranges of whole sentences with at most `limit` words; a longer sentence stays whole up to
    `hard` words.
    """
    edges = [*sentence_starts(sample), len(sample.words)]
    start = 0
    for left, right in itertools.pairwise(edges):
        if right - start > limit and left > start:
            yield from _pieces(start, left, hard)
            start = left
    yield from _pieces(start, edges[-1], hard)


def _pieces(start: int, end: int, hard: int) -> Iterator[tuple[int, int]]:
    for left in range(start, end, hard):
        yield left, min(left + hard, end)
