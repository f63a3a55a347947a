"""Reads treebanks in CoNLL-U, plain or compressed with xz, as spaCy would tokenise their text."""

from __future__ import annotations

import itertools
import lzma
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.nlp.pieces import GLUED, LINE_BREAK, SPACED
from kg.training.samples import Sample, Syntax, join

COLUMNS = 10


@dataclass(slots=True)
class Sentence:
    """One sentence of a treebank, column by column.

    `heads` are 0-based indices into the sentence, a root is its own head; `spaces[i]` says whether
    a space follows word `i`; `misc` is the last column as it stands. The parts of a multiword
    token are words of their own without a space between them (`do|n't`), as spaCy splits them.
    """

    id: str = ""
    document: str = ""
    new_document: bool = False
    new_paragraph: bool = False
    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    morph: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    dep: list[str] = field(default_factory=list)
    misc: list[str] = field(default_factory=list)


def read_text(path: Path) -> str:
    """The text of a corpus file, decompressed where its name ends in .xz."""
    if path.suffix == ".xz":
        return lzma.decompress(path.read_bytes()).decode("utf-8")
    return path.read_text("utf-8")


def read_conllu(path: Path) -> list[list[Sentence]]:
    """The documents of a treebank file, each a list of sentences.

    Raises:
        ValueError: If a line has not ten columns; names file and line.
    """
    documents: list[list[Sentence]] = []
    name = ""
    for sentence in _sentences(path):
        if sentence.new_document or not documents:
            documents.append([])
            name = sentence.document
        sentence.document = name
        documents[-1].append(sentence)
    return documents


def _sentences(path: Path) -> Iterator[Sentence]:
    sentence = Sentence()
    parts: _Multiword | None = None
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if not line.strip():
            if sentence.words:
                yield sentence
                sentence = Sentence()
            parts = None
        elif line.startswith("#"):
            _comment(sentence, line)
        else:
            columns = line.split("\t")
            if len(columns) != COLUMNS:
                raise ValueError(f"{path}:{number}: {len(columns)} columns instead of {COLUMNS}")
            if "." in columns[0]:
                continue  # an empty node of the enhanced graph: no word
            if "-" in columns[0]:
                first, last = map(int, columns[0].split("-"))
                parts = _Multiword(first - 1, last, columns[1], _space_after(columns[9]))
                continue
            _word(sentence, columns)
            if parts and len(sentence.words) == parts.end:
                parts.restore(sentence)
                parts = None
    if sentence.words:
        yield sentence


def _comment(sentence: Sentence, line: str) -> None:
    key, _, value = line[1:].partition("=")
    key = key.strip()
    if key.startswith("newdoc"):
        sentence.new_document = sentence.new_paragraph = True
        sentence.document = value.strip()
    elif re.match(r"newpar(\s|$)", key):
        sentence.new_paragraph = True
    elif key == "sent_id":
        sentence.id = value.strip()


def _word(sentence: Sentence, columns: Sequence[str]) -> None:
    here = len(sentence.words)
    sentence.words.append(columns[1])
    sentence.lemmas.append(columns[2])
    sentence.upos.append(columns[3])
    sentence.xpos.append(columns[4])
    sentence.morph.append("" if columns[5] == "_" else columns[5])
    sentence.heads.append(here if columns[6] == "0" else int(columns[6]) - 1)
    sentence.dep.append("ROOT" if columns[7] == "root" else columns[7])
    sentence.misc.append(columns[9])
    sentence.spaces.append(_space_after(columns[9]))


def _space_after(misc: str) -> bool:
    return "SpaceAfter=No" not in misc.split("|")


@dataclass(frozen=True, slots=True)
class _Multiword:
    """A surface token that the treebank splits into words `start` to `end`."""

    start: int
    end: int
    form: str
    space_after: bool

    def restore(self, sentence: Sentence) -> None:
        """Give the parts the letters that they have in the text ("ca" + "n't", not "can" +
        "not").
        """
        words = sentence.words
        if "".join(words[self.start : self.end]) != self.form:
            at = 0
            for i in range(self.start, self.end):
                left = len(self.form) - at
                length = len(words[i]) if i < self.end - 1 else left
                words[i] = self.form[at : at + length] or words[i]
                at += length
        for i in range(self.start, self.end):
            sentence.spaces[i] = self.space_after and i == self.end - 1


def sentence_sample(sentence: Sentence) -> Sample:
    """A sentence with its tree as a sample of its own."""
    spaces = sentence.spaces[:-1]
    return Sample(
        tuple(sentence.words),
        (LINE_BREAK, *(SPACED if space else GLUED for space in spaces)),
        Syntax(
            upos=tuple(sentence.upos),
            xpos=tuple(sentence.xpos),
            morph=tuple(sentence.morph),
            heads=tuple(sentence.heads),
            dep=tuple(sentence.dep),
            starts=tuple(i == 0 for i in range(len(sentence.words))),
        ),
    )


def document_sample(document: Sequence[Sentence]) -> Sample:
    """A whole document; paragraphs are set off by line breaks, sentences as the text has them."""
    before = [LINE_BREAK]
    for left, right in itertools.pairwise(document):
        gap = SPACED if left.spaces[-1] else GLUED
        before.append(LINE_BREAK if right.new_paragraph else gap)
    return join([sentence_sample(s) for s in document], before)


def document_text(document: Sequence[Sentence]) -> str:
    """The running text of a document, paragraphs divided by an empty line."""
    parts: list[str] = []
    for number, sentence in enumerate(document):
        if number and sentence.new_paragraph:
            parts = ["".join(parts).rstrip(" "), "\n\n"]
        parts += [
            word + (" " if space else "")
            for word, space in zip(sentence.words, sentence.spaces, strict=True)
        ]
    return "".join(parts).rstrip(" ")
