"""What the rules for statements need of a Doc, worked out once: quotations in tokens, paragraphs,
sections.

Everything is linear in the length of the text. Sets of token positions are the working currency of
the rules; `Reading.spans` turns them into character spans at the end.
"""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from spacy.tokens import Doc

from kg.extraction.quotations import quotations
from kg.extraction.tables import word_list
from kg.nlp import syntax
from kg.nlp.articles import section_kinds
from kg.nlp.tokens import Token, Tokens
from kg.records import SectionKind, TextSpan

ENDS = frozenset({".", "!", "?", "…", "..."})
INNER_MARKS = "'’‘”\"»›"
DASHES = frozenset({"-", "–", "—", "--"})
LONGEST_SENTENCE = 400
"""Tokens; PolNeAR's longest has 190. What is longer is a list, a table or text without
punctuation.
"""


def is_calendar(token: Token) -> bool:
    """A day, month or time of day; "May" is none where it is somebody's name."""
    return token.lower_ in word_list("calendar") and token.ent_type_ != "PERSON"


@dataclass(frozen=True, slots=True)
class Run:
    """A quotation in tokens, half-open; `ends_clause` tells that punctuation stands before its
    close.
    """

    number: int
    start: int
    end: int
    span: TextSpan
    words: int
    last: str
    closed: bool
    """The last inner character."""


def _kinds(doc: Tokens) -> list[SectionKind | str | None]:
    """For each token the kind of its section; the dash behind a dateline belongs to it."""
    kinds: list[SectionKind | str | None] = list(section_kinds(doc.spacy))
    for i in range(1, len(kinds) if "dateline" in kinds else 0):
        follows = kinds[i] is None and kinds[i - 1] == "dateline"
        if follows and (doc[i].text in DASHES | {":", ",", ")"} or doc[i].text == " "):
            kinds[i] = "dateline"
    return kinds


class Reading:
    """An article as the rules see it."""

    def __init__(self, doc: Doc) -> None:
        self.doc = Tokens.of(doc)
        self.text = self.doc.text
        self.kinds: list[SectionKind | str | None] = _kinds(self.doc)
        texts = {t.text for t in self.doc}
        words = {text for text in texts if text.isalnum() or any(c.isalnum() for c in text)}
        self.is_word = [t.text in words for t in self.doc]
        breaks = {text for text in texts if "\n" in text or "\r" in text}
        self._breaks = [t.text in breaks for t in self.doc]
        self.starts = self.doc.starts
        self.heads = self.doc.heads
        self.runs: list[Run] = []
        self.run_of = [-1] * len(doc)
        self.inner: list[tuple[int, int]] = []
        """Tokens of the quotations within quotations."""
        self.clauses: dict[int, Token | None] = {}
        """For each verb that was asked about, the head of the clause to its right."""
        self.stretches: dict[int, tuple[int, int]] = {}
        """For each token that was asked about, the sentence around it."""
        self._read_quotations()
        self.inner_ends = dict(self.inner)
        self.inner_starts = {end: start for start, end in self.inner}
        self.paragraph_of, self.paragraphs = self._paragraphs()
        self.sentence_of = self._sentences()

    def _sentences(self) -> list[tuple[int, int]]:
        """For each token, the parser's sentence, cut at line breaks."""
        starts = {sent.start for sent in self.doc.sents} | set(self._full_stops())
        starts |= {start for start, _ in self.paragraphs}
        of: list[tuple[int, int]] = []
        for start, end in pairwise([*sorted(starts), len(self.doc)]):
            of += [(start, end)] * (end - start)
        return of

    def _full_stops(self) -> Iterator[int]:
        """Where a sentence of the parser's ends earlier: at a quotation with a full stop, before a
        capital.
        """
        for run in self.runs:
            i = run.end
            last = i < len(self.doc) and self.run_of[i] < 0 and self.run_of[i - 1] == run.number
            if last and run.closed and run.last == "." and self.doc[i].text[0].isupper():
                yield i

    def _read_quotations(self) -> None:
        for quotation in quotations(self.text):
            start, end = self._tokens(quotation.span)
            if start >= end:
                continue
            if quotation.level > 1:
                self.inner.append((start, end))
                continue
            number = len(self.runs)
            inner = quotation.inner.of(self.text).rstrip().rstrip(INNER_MARKS)
            words = sum(self.is_word[start:end])
            self.runs.append(
                Run(number, start, end, quotation.span, words, inner[-1:], quotation.closed)
            )
            self.run_of[start:end] = [number] * (end - start)

    def _tokens(self, span: TextSpan) -> tuple[int, int]:
        """The tokens that begin inside a span of characters."""
        start = bisect_right(self.starts, span.start - 1)
        end = bisect_right(self.starts, span.end - 1)
        return start, end

    def _paragraphs(self) -> tuple[list[int], list[tuple[int, int]]]:
        """Token ranges between line breaks, and for each token the number of its range."""
        ends = [i + 1 for i, breaks in enumerate(self._breaks) if breaks]
        starts = [0, *(end for end in ends if end < len(self.doc))]
        ranges = list(pairwise([*starts, len(self.doc)])) if len(self.doc) else []
        of: list[int] = []
        for number, (start, end) in enumerate(ranges):
            of += [number] * (end - start)
        return of, ranges

    def cut(self, run: Run, end: int) -> None:
        """Let a quotation end at token `end`, its last one having lacked the closing mark."""
        last = self.doc[end - 1]
        span = TextSpan(run.span.start, last.idx + len(last))
        self.run_of[end : run.end] = [-1] * (run.end - end)
        words = sum(self.is_word[run.start : end])
        self.runs[run.number] = Run(run.number, run.start, end, span, words, last.text[-1:], True)

    def quoted(self, i: int) -> bool:
        """Token `i` stands inside quotation marks."""
        return self.run_of[i] >= 0

    def is_dash(self, i: int) -> bool:
        """A dash between parts of a sentence; a hyphen in a name is none."""
        token = self.doc[i]
        if token.text not in DASHES:
            return False
        return token.text in {"—", "--"} or (
            bool(token.whitespace_) and i > 0 and bool(self.doc[i - 1].whitespace_)
        )

    def parts(self, i: int) -> bool:
        """A comma or dash outside quotation marks."""
        return (self.doc[i].text == "," or self.is_dash(i)) and not self.quoted(i)

    def ends(self, i: int) -> bool:
        """The token ends a sentence; the point of a title before a name does not ("Lt. Lee"), that
        of an abbreviation does where the next sentence begins ("at 3 a.m. The …").
        """
        if self.doc[i].text not in ENDS:
            abbreviated = self.doc[i].text[-1] == "." and i + 1 < len(self.doc)
            return abbreviated and bool(self.doc[i + 1].is_sent_start)
        if (
            self.doc[i].text != "."
            or i == 0
            or self.doc[i - 1].text not in word_list("title_abbreviations")
        ):
            return True
        after = i + 1
        return after >= len(self.doc) or not self.doc[after].text[:1].isupper()

    def before(self, i: int) -> int | None:
        """The nearest token before `i` in its paragraph that is no white space."""
        start = self.paragraphs[self.paragraph_of[i]][0]
        k = i - 1
        while k >= start and self.doc[k].is_space:
            k -= 1
        return k if k >= start else None

    def after(self, i: int) -> int | None:
        """The nearest token after `i` in its paragraph that is no white space."""
        end = self.paragraphs[self.paragraph_of[i]][1]
        k = i + 1
        while k < end and self.doc[k].is_space:
            k += 1
        return k if k < end else None

    def words_in(self, ids: Iterable[int]) -> int:
        """How many of the tokens are words or numbers."""
        return sum([self.is_word[i] for i in ids])

    def sentence(self, i: int) -> tuple[int, int]:
        """The parser's sentence around a token, within its paragraph."""
        return self.sentence_of[i]

    def readable(self, i: int) -> bool:
        """The token's sentence is of a length that sentences have; the tree of a longer one says
        nothing.
        """
        start, end = self.sentence_of[i]
        return end - start <= LONGEST_SENTENCE

    def spans(self, ids: Iterable[int]) -> tuple[TextSpan, ...]:
        """Characters of some tokens: runs of neighbours, bare of edge punctuation outside
        quotations.
        """
        found: list[TextSpan] = []
        for start, end in self._neighbours(sorted(ids)):
            while start < end and (self._bare(start) or self._half_quoted(start, start, end)):
                start += 1
            while start < end and (self._bare(end - 1) or self._half_quoted(end - 1, start, end)):
                end -= 1
            if start < end and self.doc[min(end, len(self.doc) - 1)].text.endswith(")"):
                words = [t.text for t in self.doc[start:end]]
                end += words.count("(") > words.count(")")
            if start < end and any(self.is_word[start:end]):
                found.append(TextSpan(self._left_edge(start), self._right_edge(end - 1)))
        return tuple(self._joined(found))

    def spans_any(self, ids: Iterable[int]) -> tuple[TextSpan, ...]:
        """Characters of some tokens as they are, for a cue that may be a colon."""
        found = [
            TextSpan(self._left_edge(start), self._right_edge(end - 1))
            for start, end in self._neighbours(sorted(ids))
        ]
        return tuple(self._joined(found))

    def _neighbours(self, ids: list[int]) -> list[tuple[int, int]]:
        ranges: list[tuple[int, int]] = []
        for i in ids:
            if ranges and i == ranges[-1][1]:
                ranges[-1] = (ranges[-1][0], i + 1)
            else:
                ranges.append((i, i + 1))
        return ranges

    def _bare(self, i: int) -> bool:
        token = self.doc[i]
        return token.is_space or (
            not self.quoted(i)
            and not self.is_word[i]
            and token.text not in {"$", "€", "£", "#", "%", "@"}
        )

    def _half_quoted(self, i: int, start: int, end: int) -> bool:
        """A sign at the edge of a piece that was cut out of a quotation."""
        run = self.run_of[i]
        if run < 0 or self.is_word[i] or self._marks_inner(i, start, end):
            return False
        return not (start <= self.runs[run].start and self.runs[run].end <= end)

    def _marks_inner(self, i: int, start: int, end: int) -> bool:
        """A mark of a quotation within the quotation, all of which is in the piece."""
        if i in self.inner_ends:
            return self.inner_ends[i] <= end
        return i + 1 in self.inner_starts and self.inner_starts[i + 1] >= start

    def _left_edge(self, i: int) -> int:
        run = self.run_of[i]
        if run >= 0 and self.runs[run].start == i:
            return self.runs[run].span.start
        text = self.doc[i].text
        signed = text[0] in DASHES and text[1:2].isalpha()
        return self.starts[i] + signed  # "-Lee", a signature

    def _right_edge(self, i: int) -> int:
        run = self.run_of[i]
        if run >= 0 and self.runs[run].end == i + 1:
            return self.runs[run].span.end
        return self.starts[i] + len(self.doc[i])

    def _joined(self, spans: list[TextSpan]) -> list[TextSpan]:
        """Spans with nothing but white space between them become one."""
        joined: list[TextSpan] = []
        for span in spans:
            if joined and not self.text[joined[-1].end : span.start].strip():
                joined[-1] = TextSpan(joined[-1].start, max(span.end, joined[-1].end))
            else:
                joined.append(span)
        return joined

    def in_inner(self, i: int, content: set[int]) -> bool:
        """The token stands in a quotation within a quotation, and the content is more than that."""
        return any(
            start <= i < end and any(not start <= k < end for k in (min(content), max(content)))
            for start, end in (self.inner if content else ())
        )

    def story_line(self, offset: int) -> int:
        """The number of the paragraph at a character, those without words not counted."""
        i = max(0, bisect_right(self.starts, offset) - 1)
        return self._story_lines[self.paragraph_of[i]]

    @functools.cached_property
    def _story_lines(self) -> list[int]:
        return list(accumulate(any(self.is_word[a:b]) for a, b in self.paragraphs))

    @functools.cached_property
    def in_first_person(self) -> list[Token]:
        """The verbs whose subject is "I" or "we", in reading order."""
        own = ((t, syntax.subject(t)) for t in self.doc if t.pos_ == "VERB")
        return [t for t, one in own if one is not None and one.lower_ in {"i", "we"}]

    def token(self, i: int) -> Token:
        """The token at a position."""
        return self.doc[i]
