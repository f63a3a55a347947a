"""Sentence boundaries made for news, set before the parser, which honours them.

A line break ends whatever stood before it (headline, caption, paragraph). No sentence starts
between a closing quotation mark after a comma and the clause that names the speaker ("…," Abe
said), nor inside a headline, nor before white space.
"""

from __future__ import annotations

import functools
from importlib import resources
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp.articles import section_kinds

CLOSING = frozenset({'"', "”", "’’", "''", "’", "'", "»", "“"})
END = frozenset({".", "!", "?", "…", "..."})
TITLE_KINDS = frozenset({"headline", "subhead"})
LONGEST_TITLE = 30
"""Tokens; longer single lines without final punctuation are captions or broken prose, left to the
parser.
"""


@functools.cache
def title_abbreviations() -> frozenset[str]:
    """Titles before a name that end in a full stop."""
    text = (resources.files("kg") / "data" / "title_abbreviations.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and line[0] != "#")


@Language.factory("kg_boundaries", assigns=["token.is_sent_start"])
def make_boundaries(nlp: Language, name: str) -> Boundaries:
    """The component that sets sentence boundaries; belongs before the parser."""
    return Boundaries()


class Boundaries:
    """Doc → Doc, with `is_sent_start` set where the layout or quotation marks decide it."""

    def __call__(self, doc: Doc) -> Doc:
        """Set what is certain; leave the rest to the parser."""
        lines = line_ranges(doc)
        for start, end in lines:
            words = [i for i in range(start, end) if not doc[i].is_space]
            for i in range(start, end):
                if i and doc[i].is_space:
                    doc[i].is_sent_start = False
            if not words:
                continue
            if words[0]:
                doc[words[0]].is_sent_start = True
            for before, here in pairwise(words):
                if self._goes_on(doc, before):
                    doc[here].is_sent_start = False
        kinds = section_kinds(doc)
        for start, end in lines:
            self._keep_title_whole(doc, start, end, kinds)
        return doc

    @staticmethod
    def _goes_on(doc: Doc, i: int) -> bool:
        """The sentence goes on after token `i`: a comma, a quotation closed after one, a title."""
        word = doc[i].text
        return (
            word == ","
            or (word in CLOSING and i > 0 and doc[i - 1].text == ",")
            or word in title_abbreviations()
            or (word == "." and i > 0 and f"{doc[i - 1].text}." in title_abbreviations())
        )

    @staticmethod
    def _keep_title_whole(doc: Doc, start: int, end: int, kinds: list[str | None]) -> None:
        words = [i for i in range(start, end) if not doc[i].is_space]
        if not words or len(words) > LONGEST_TITLE:
            return
        ends_open = doc[words[-1]].text not in END | CLOSING | {":"}
        broken = any(doc[i].text in END for i in words[:-1])
        if kinds[words[0]] in TITLE_KINDS or (ends_open and not broken):
            for i in words[1:]:
                doc[i].is_sent_start = False


def line_ranges(doc: Doc) -> list[tuple[int, int]]:
    """Token ranges between line breaks, half-open; the breaking token belongs to the line it
    ends.
    """
    ranges = []
    start = 0
    for token in doc:
        if "\n" in token.text:
            ranges.append((start, token.i + 1))
            start = token.i + 1
    if start < len(doc):
        ranges.append((start, len(doc)))
    return ranges
