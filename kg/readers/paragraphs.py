"""Plain text as paragraphs, whichever way its lines are broken."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from kg.readers.phrases import normal
from kg.records import TextSpan

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060"
_FULL_STOP = re.compile(r"[^\W\d_A-Z]{2}[.!?][\"”’»)]*\s")
_BULLET = re.compile(r"(?:[•●○▪■◦·*+–—-]\s?|\(?[0-9]{1,2}[.)]\s|\(?[a-zA-Z][.)]\s)(?=\S)")
_QUESTION_WORDS = frozenset(("what", "what's", "what’s", "who", "why", "how", "where", "when"))
_OPENING = "\"“„«‘'"
_CLOSING = "\"”“»’')]"
_STOPS = ".!?…。؟।"

WRAP_COLUMNS = (40, 100)
"""Widths, in characters, between which a text broken at a fixed column has its longest lines."""


@dataclass(frozen=True)
class Paragraph:
    """Words between line breaks, without the white space around them.

    `block` counts the stretches between blank lines; paragraphs of one block follow one another
    without a blank line.
    """

    text: str
    span: TextSpan
    block: int

    @cached_property
    def key(self) -> str:
        """The words as the lexicon compares them."""
        return normal(self.text)

    @cached_property
    def n_words(self) -> int:
        """Words between white space."""
        return len(self.text.split())

    @cached_property
    def is_sentence(self) -> bool:
        """Ends as a sentence does: with a full stop, perhaps inside closing quotation marks."""
        return self.text.rstrip(_CLOSING + "*_ ")[-1:] in tuple(_STOPS)

    @cached_property
    def is_prose(self) -> bool:
        """Sentences, or one that nobody ended."""
        if self.is_sentence:
            return self.n_words >= 5
        return self.n_words > 25 or (self.n_words > 12 and _FULL_STOP.search(self.text) is not None)

    @cached_property
    def is_bullet(self) -> bool:
        """An item of a list."""
        return _BULLET.match(self.text) is not None

    @cached_property
    def is_title(self) -> bool:
        """Words set as a title is: short, begun with a capital, without a full stop."""
        text = self.text
        last = text.rstrip(_CLOSING)[-1:]
        ends_open = last in tuple(".!…:;,–—-") or (last == "?" and not self._asks_as_title)
        return (
            1 <= self.n_words <= 20
            and len(text) <= 160
            and not ends_open
            and not self.is_bullet
            and not text.lstrip(_OPENING)[:1].islower()
            and any(c.isalpha() for c in text)
            and not any(c in "{}<>=" for c in text)
            and not self._is_quotation
        )

    @cached_property
    def is_title_case(self) -> bool:
        """Most long words begin with a capital; three at least, or there is nothing to see."""
        longs = [w.lstrip(_OPENING) for w in self.text.split() if len(w) >= 4 and w[-1:].isalnum()]
        return len(longs) >= 3 and sum(w[:1].isupper() for w in longs) >= 0.7 * len(longs)

    @cached_property
    def _is_quotation(self) -> bool:
        """Speech rather than a title: one mark is missing, or the marks hold many words."""
        opened = self.text[:1] in tuple('"“„«')
        closed = self.text[-1:] in tuple('"”“»')
        paired = any(mark in self.text[1:] for mark in '"”“»')
        return opened and (not paired or (closed and self.n_words > 8))

    @cached_property
    def _asks_as_title(self) -> bool:
        """A question as subheads ask it; longer ones and others are asked in the story."""
        first = self.text.split(maxsplit=1)[0].lower()
        return self.is_title_case or (self.n_words <= 8 and first in _QUESTION_WORDS)


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a text, in order.

    A line is a paragraph, unless the text is broken at a fixed column, as in mail: then what
    stands between blank lines is one.
    """
    lines = _lines(text)
    return _joined(lines, text) if _is_wrapped(lines) else lines


def _lines(text: str) -> list[Paragraph]:
    lines: list[Paragraph] = []
    block, previous_end = 0, 0
    for match in _LINE.finditer(text):
        words = match[0].strip().strip(_INVISIBLE).strip()
        if not words:
            continue
        start = match.start() + match[0].index(words)
        gap = text[previous_end:start]
        if lines and sum(1 for _ in _BREAK.finditer(gap)) > 1:
            block += 1
        previous_end = start + len(words)
        lines.append(Paragraph(words, TextSpan(start, previous_end), block))
    return lines


def _is_wrapped(lines: list[Paragraph]) -> bool:
    """Most lines that follow another one directly go on with a small letter."""
    following = [b for a, b in pairwise(lines) if a.block == b.block]
    if len(following) < 4:
        return False
    low, high = WRAP_COLUMNS
    width = max(len(line.text) for line in lines)
    going_on = sum(line.text[:1].islower() for line in following)
    return low <= width <= high and going_on > len(following) / 2


def _joined(lines: list[Paragraph], text: str) -> list[Paragraph]:
    width = max(len(line.text) for line in lines)
    joined: list[Paragraph] = []
    previous: Paragraph | None = None
    for line in lines:
        goes_on = (
            previous is not None
            and line.block == previous.block
            and not previous.text.endswith(":")
            # Two thirds: a line that ends early although the next word had room ends a paragraph.
            and len(previous.text) >= width * 2 / 3
        )
        if goes_on and joined:
            span = TextSpan(joined[-1].span.start, line.span.end)
            joined[-1] = replace(joined[-1], text=span.of(text), span=span)
        else:
            joined.append(line)
        previous = line
    return joined
