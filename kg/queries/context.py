"""What stands around words in their article, as far as a graph quotes the article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_PARAGRAPH_END = re.compile(r"\n\s*\n")
_FIRST_WORD = re.compile(r"^\S*\s*")  # it may be the end of one
_LAST_LETTERS = re.compile(r"(^|\s+)\S*\w$|\s+$")  # a word that nothing closes may go on


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """A quoted span: `start` and `end` are code points of the article's text, half-open.

    `words` is `None` where the graph holds a hash instead.
    """

    start: int
    end: int
    words: str | None = None
    before: str = ""
    after: str = ""


def surroundings(pieces: Iterable[Piece], start: int, end: int) -> tuple[str | None, str | None]:
    """What the article says before `start` and after `end`, in whole words, within the paragraph.

    Pieces that touch are joined, so that the words of source and cue beside a content are there
    too: of a statement, give all its spans. `None` where no piece tells.
    """
    before = after = None
    for low, text in _runs(pieces):
        high = low + len(text)
        if low < start <= high:
            before = _before(text[: start - low], from_beginning=low == 0)
        if low <= end < high:
            after = _after(text[end - low :])
    return before or None, after or None


def _before(text: str, *, from_beginning: bool) -> str:
    *earlier, paragraph = _PARAGRAPH_END.split(text)
    if earlier or from_beginning:
        return paragraph.lstrip()
    return _FIRST_WORD.sub("", paragraph, count=1)


def _after(text: str) -> str:
    paragraph, *later = _PARAGRAPH_END.split(text)
    return paragraph.rstrip() if later else _LAST_LETTERS.sub("", paragraph)


def _runs(pieces: Iterable[Piece]) -> list[tuple[int, str]]:
    """Stretches of the article that the pieces cover, each with its start; gaps lie between."""
    runs: list[tuple[int, str]] = []
    for begin, text in sorted(_stretch for piece in pieces for _stretch in _stretches(piece)):
        if runs and begin <= runs[-1][0] + len(runs[-1][1]):
            low, known = runs[-1]
            runs[-1] = (low, known + text[low + len(known) - begin :])
        else:
            runs.append((begin, text))
    return runs


def _stretches(piece: Piece) -> list[tuple[int, str]]:
    low = piece.start - len(piece.before)
    if piece.words is None:
        return [(low, piece.before), (piece.end, piece.after)]
    return [(low, piece.before + piece.words + piece.after)]
