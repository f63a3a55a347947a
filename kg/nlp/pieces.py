"""What the encoder reads: word pieces, word shapes, and chunks of a document short enough for it.

Training and run time share this module, which knows neither spaCy nor PyTorch: words are strings
without white space, in reading order, each with what stood before it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

IntArray = npt.NDArray[np.int64]

CLS: Final = 101
SEP: Final = 102
UNKNOWN: Final = 100
"""The pieces of BERT's vocabularies that open a sequence, close it, and stand for no known word."""

GLUED: Final = 0
SPACED: Final = 1
LINE_BREAK: Final = 2
"""What stood before a word: nothing, white space, or a line break (or the document's start)."""

N_BEFORE: Final = 3
N_SHAPES: Final = 10
SHAPE_CODES: Final = N_BEFORE * N_SHAPES + 1
"""Values of the input `shape`: 0 for the pieces that open and close, then shape by `before`."""

NOT_A_START: Final = -1
MAYBE_A_START: Final = 0
A_START: Final = 1
"""What is known of a word before the encoder reads it: spaCy's values of `SENT_START`."""

LONGEST_WORD: Final = 200
"""Characters; the vocabulary knows no piece of more than 100 (its `max_input_chars_per_word`)."""

PIECES_OF_A_WORD: Final = 8
"""Pieces of a word that are read; 0.1 % of the words of news have more."""

CACHED_WORDS: Final = 200_000
"""Words; about 40 MB, the distinct words of some 20,000 articles."""

FINAL: Final = frozenset({".", "!", "?", "…", "...", "....", "?!", "!?"})
CLOSING_QUOTES: Final = frozenset({'"', "'", "”", "’", "''", "’’", "»", "“"})
CLOSING: Final = CLOSING_QUOTES | {")", "]"}
PAUSE: Final = frozenset({";", ":", ",", "–", "—", "--", "-"})


def word_shape(word: str) -> int:
    """How a word is written, from 1 to `N_SHAPES`.

    1 lower case, 2 Capitalised, 3 UPPER CASE, 4 one letter that is not lower case, 5 mIxed,
    6 a number, 7 digits and letters, 8 neither letters nor digits, 9 letters of no kind Python
    calls alphabetic, 10 upper case with punctuation within ("U.S.").
    """
    if word.isalpha():
        return _letters_shape(word)
    if not any(c.isalnum() for c in word):
        return 8
    if any(c.isdigit() for c in word):
        return 6 if all(c.isdigit() or c in ".,:" for c in word) else 7
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 9
    if all(c.isupper() for c in letters):
        return 10
    if all(c.islower() for c in letters):
        return 1
    return 2 if letters[0].isupper() else 5


def _letters_shape(word: str) -> int:
    if word.islower():
        return 1
    if len(word) == 1:
        return 4
    if word.isupper():
        return 3
    return 2 if word[0].isupper() and word[1:].islower() else 5


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the encoder reads at once.

    `words`: what a chunk aims at; `longest`: never more words than this, where nothing shows a
    sentence's end; `pieces`: never more pieces than this, without the two that open and close;
    `word_pieces`: pieces of one word that are read, the rest being left out.
    """

    words: int = 110
    longest: int = 160
    pieces: int = 510
    word_pieces: int = PIECES_OF_A_WORD

    def __post_init__(self) -> None:
        if not 0 < self.words <= self.longest or not 0 < self.word_pieces <= self.pieces:
            raise ValueError(f"limits contradict each other: {self}")


class WordPieces(NamedTuple):
    """The ids of a word's pieces, at least one, and the word's shape."""

    ids: tuple[int, ...]
    shape: int


class Encoded(NamedTuple):
    """One chunk as the encoder's inputs, without batch axis: `ids` and `shape` have one value per
    piece, `first` and `last` the position of each word's first and last piece.
    """

    ids: IntArray
    shape: IntArray
    first: IntArray
    last: IntArray


class Pieces:
    """Words → pieces, by the vocabulary of an encoder; remembers the words that it has seen."""

    def __init__(self, tokenizer: Path | str | bytes, *, cap: int = PIECES_OF_A_WORD) -> None:
        """`tokenizer`: the path of a `tokenizer.json`, or its bytes."""
        text = tokenizer if isinstance(tokenizer, bytes) else Path(tokenizer).read_bytes()
        self._tokenizer = Tokenizer.from_str(_without_limits(text))
        self._cap = cap
        self._seen: dict[str, WordPieces] = {}

    def __call__(self, words: Sequence[str]) -> list[WordPieces]:
        """The pieces of each word."""
        seen = self._seen
        new = list(dict.fromkeys(word for word in words if word not in seen))
        if new:
            if len(seen) + len(new) > CACHED_WORDS:
                seen.clear()
                new = list(dict.fromkeys(words))
            self._learn(new)
        return [seen[word] for word in words]

    def _learn(self, words: list[str]) -> None:
        # one call for a list that is already cut into words: `encode_batch` would start threads,
        # which do not survive a fork
        encoding = self._tokenizer.encode(
            [word[:LONGEST_WORD] for word in words], is_pretokenized=True, add_special_tokens=False
        )
        ids: list[list[int]] = [[] for _ in words]
        for piece, word_i in zip(encoding.ids, encoding.word_ids, strict=True):
            if word_i is not None and len(ids[word_i]) < self._cap:
                ids[word_i].append(piece)
        for word, pieces in zip(words, ids, strict=True):
            self._seen[word] = WordPieces(tuple(pieces) or (UNKNOWN,), word_shape(word))

    def encode(self, words: Sequence[str], before: Sequence[int]) -> Encoded:
        """The inputs for one chunk; `before` says for each word what stood before it."""
        return encode(self(words), before)


def encode(words: Sequence[WordPieces], before: Sequence[int]) -> Encoded:
    """The inputs for one chunk of words whose pieces are known."""
    sizes = np.fromiter((len(word.ids) for word in words), np.int64, len(words))
    shapes = np.fromiter((word.shape for word in words), np.int64, len(words))
    features = N_BEFORE * (shapes - 1) + np.asarray(before, np.int64) + 1
    last = np.cumsum(sizes)
    ids = [CLS, *(piece for word in words for piece in word.ids), SEP]
    shape = np.zeros(len(ids), np.int64)
    shape[1:-1] = np.repeat(features, sizes)
    return Encoded(np.array(ids, np.int64), shape, last - sizes + 1, last)


def chunks(
    words: Sequence[str],
    before: Sequence[int],
    starts: Sequence[int],
    sizes: Sequence[int],
    limits: Limits,
) -> list[tuple[int, int]]:
    """Half-open ranges of words that the encoder reads at once: every word once, in order.

    A chunk ends at a line break, a known sentence start or after a sentence's final punctuation,
    as far on as `limits` allow; in the midst of a sentence only where that alone exceeds them.

    `starts`: `A_START`, `NOT_A_START` or `MAYBE_A_START` for each word; `sizes`: its pieces.
    """
    edges = [edge(words, before, starts, i) for i in range(len(words))]
    found, start = [], 0
    while start < len(words):
        longest = _fitting(sizes, start, limits)
        end = _end(edges, start, min(start + limits.words, longest), longest, len(words))
        end = end or _forced_end(words, starts, start, longest)
        found.append((start, end))
        start = end
    return found


def edge(words: Sequence[str], before: Sequence[int], starts: Sequence[int], i: int) -> int:
    """How well a chunk can end before word `i`: 3 by layout, 2 after a full stop, 1 after a full
    stop and a closing quotation mark (the speaker may follow), 0 not known to.
    """
    if starts[i] == NOT_A_START:
        return 0
    if before[i] == LINE_BREAK or i == 0:
        return 3
    if starts[i] == A_START:
        return 2
    if before[i] == GLUED or words[i][0].islower():
        return 0
    end, quoted = i - 1, False
    while end > 0 and words[end] in CLOSING and before[end] == GLUED:
        quoted = quoted or words[end] in CLOSING_QUOTES
        end -= 1
    if words[end] not in FINAL:
        return 0
    return 1 if quoted else 2


def _fitting(sizes: Sequence[int], start: int, limits: Limits) -> int:
    """One past the last word that a chunk from `start` can hold."""
    end, pieces = start, 0
    stop = min(len(sizes), start + limits.longest)
    while end < stop and pieces + sizes[end] <= limits.pieces:
        pieces += sizes[end]
        end += 1
    return end


def _end(edges: Sequence[int], start: int, aim: int, longest: int, n: int) -> int | None:
    """Where a chunk from `start` ends between sentences; `None` where no sentence ends in reach."""
    if n <= aim:
        return n
    # a third: a chunk cut shorter, for a surer edge, would lose more context than it gains
    near = range(start + (aim - start) // 3 + 1, aim + 1)
    rest = range(start + 1, near.start)
    for reach, sure in ((near, 2), (rest, 2), (near, 1), (rest, 1)):
        best = max((edges[i] for i in reach), default=0)
        if best >= sure:
            return next(i for i in reversed(reach) if edges[i] == best)
    after = (i for i in range(aim + 1, longest + 1) if i == n or edges[i])
    return next(after, None)


def _forced_end(words: Sequence[str], starts: Sequence[int], start: int, longest: int) -> int:
    """Where a sentence longer than a chunk is cut: after its last pause, where there is one."""
    free = [i for i in range(start + 1, longest + 1) if starts[i] != NOT_A_START]
    late = [i for i in free if i > (start + longest) // 2]
    pauses = [i for i in late if words[i - 1] in PAUSE]
    return (pauses or late or free or [longest])[-1]


def _without_limits(tokenizer: bytes) -> str:
    """A `tokenizer.json` without truncation and padding, which the published ones come with."""
    settings: dict[str, object] = json.loads(tokenizer)
    return json.dumps(settings | {"truncation": None, "padding": None}, ensure_ascii=False)
