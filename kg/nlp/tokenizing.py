"""Cuts a text into tokens, in time linear in its length also where a line is drawn in it.

spaCy's tokenizer peels signs off an unbroken stretch one by one and searches what is left anew each
time, so that a line drawn with 20,000 signs takes it a minute. It is given such lines shortened;
their middle, which is cut alike throughout, is then put back.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

import numpy as np
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.tokens import Doc

KEPT: Final = 400
"""Signs that are left of a line, far more than any rule of the tokenizer counts (63, in URLs)."""

MOST_BESIDE: Final = 100
"""Other signs in the same stretch; they are all peeled off while much of the line is left."""

_STRETCH: Final = re.compile(rf"\S{{{2 * KEPT},}}")
_LINE: Final = re.compile(rf"([^\w\s]|_)\1{{{2 * KEPT - 1},}}")
_SIGN: Final = re.compile(r"[^\w\s]|_")

GLUED: Final = r"|".join(
    [
        r"(?<=[^\W\d_]{2})[,;:.!?](?=[\"“”«»][^\W\d_])",
        r"(?<=[^\W\d_]{2}[,;:.!?])[\"“”«»](?=[^\W\d_])",
        r"(?<=[^\W\d_])[“](?=[^\W\d_])",
        r"(?<=[.!?,])[\"”»](?=[\"“«])",
        r"(?<=[.!?,][\"”»])[\"“«](?=[^\W\d_])",
    ]
)
"""Signs that lack the space beside a quotation mark: `she said,“Look`, `Vik:"We`, `over.”He`."""


def split_glued(nlp: Language) -> None:
    """Let the tokenizer of a pipeline cut at quotation marks that lack the space beside them."""
    tokenizer = nlp.tokenizer
    if not isinstance(tokenizer, Tokenizer):
        return
    known = getattr(tokenizer.infix_finditer, "__self__", None)
    if isinstance(known, re.Pattern) and GLUED not in known.pattern:
        tokenizer.infix_finditer = re.compile(f"{known.pattern}|{GLUED}").finditer


class _Gap(NamedTuple):
    """Signs taken out of a text; `at` is where they were, in the shortened text."""

    at: int
    signs: str


def make_doc(nlp: Language, text: str) -> Doc:
    """The tokens of a text, as `nlp.make_doc` cuts it."""
    if len(text) <= nlp.max_length and _may_have_line(text):
        short, gaps = _shortened(text)
        filled = _filled(nlp.make_doc(short), gaps)
        if filled is not None:
            return filled
    return nlp.make_doc(text)


def _may_have_line(text: str) -> bool:
    """One of the blocks that a text falls into repeats one character; a long line has one."""
    starts = range(0, len(text) - KEPT + 1, KEPT)
    return any(text[i] == text[i + 1] and text[i : i + KEPT] == text[i] * KEPT for i in starts)


def _shortened(text: str) -> tuple[str, list[_Gap]]:
    """A text without the middle of its long lines, where few other signs stand in the stretch."""
    pieces: list[str] = []
    gaps: list[_Gap] = []
    done = length = 0
    for stretch in _STRETCH.finditer(text):
        line = _LINE.search(text, stretch.start(), stretch.end())
        if line is None:
            continue
        beside = text[stretch.start() : line.start()] + text[line.end() : stretch.end()]
        if len(_SIGN.findall(beside)) > MOST_BESIDE:
            continue
        # signs go in pairs, one at each end; whether one is left in the middle must not change
        signs = line.group()[: (line.end() - line.start() - KEPT) // 2 * 2]
        start = line.start() + KEPT // 2
        pieces.append(text[done:start])
        length += start - done
        gaps.append(_Gap(length, signs))
        done = start + len(signs)
    return "".join([*pieces, text[done:]]), gaps


def _filled(doc: Doc, gaps: list[_Gap]) -> Doc | None:
    """The tokens of a shortened text with its gaps filled; `None` where they are neither of one
    sign each nor one for all.
    """
    words: list[str] = []
    spaces: list[bool] = []
    norms: list[int] = []
    left = iter(gaps)
    gap = next(left, None)
    for token in doc:
        text, norm = token.text, token.norm
        if gap is not None and gap.at < token.idx + len(text):
            before, behind = text[: gap.at - token.idx], text[gap.at - token.idx :]
            if not before and text == words[-1] == gap.signs[0]:
                words += gap.signs
                spaces += [False] * len(gap.signs)
                norms += [norm] * len(gap.signs)
            elif min(len(before), len(behind)) >= KEPT // 2:
                text = before + gap.signs + behind
                norm = doc.vocab[text].norm
            else:
                return None
            gap = next(left, None)
        words.append(text)
        spaces.append(bool(token.whitespace_))
        norms.append(norm)
    filled = Doc(doc.vocab, words, spaces)
    return filled.from_array(["NORM"], np.array(norms, np.uint64)[:, None])  # type: ignore[arg-type]
