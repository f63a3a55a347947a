"""The tokens of a Doc as plain objects, read out of it once for all rules of all components.

spaCy makes a token anew at each access, looks its strings up at each access, and searches the Doc
for its dependents. Rules ask for the same few things tens of times per token, so what they ask is
kept here as attributes, under the names that spaCy gives them: a rule reads either kind of token.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from spacy.strings import StringStore
from spacy.tokens import Doc, Span

COLUMNS: Final[list[int | str]] = [
    *("ORTH", "LOWER", "LEMMA", "TAG", "POS", "DEP", "ENT_TYPE"),
    *("HEAD", "IDX", "ENT_IOB", "SPACY"),
    *("SENT_START", "IS_SPACE", "IS_PUNCT"),
]
"""What is read: numbers of strings, other numbers, flags."""
N_STRINGS: Final = 7
FLAGS: Final = 11

IOB: Final = ("", "I", "O", "B")

UIntArray = npt.NDArray[np.uint64]


class Token:
    """A word, sign or stretch of white space, with its place in the tree; attributes as spaCy's."""

    __slots__ = (
        "children",
        "dep_",
        "doc",
        "ent_iob_",
        "ent_type_",
        "head",
        "i",
        "idx",
        "is_punct",
        "is_sent_start",
        "is_space",
        "left_edge",
        "lemma_",
        "lower_",
        "pos_",
        "right_edge",
        "tag_",
        "text",
        "whitespace_",
    )

    doc: Tokens
    head: Token
    """The token itself at a root."""
    children: Sequence[Token]
    """Its dependents, in reading order."""
    left_edge: Token
    right_edge: Token

    def __init__(
        self,
        i: int,
        text: str,
        lower_: str,
        lemma_: str,
        tag_: str,
        pos_: str,
        dep_: str,
        ent_type_: str,
        ent_iob_: str,
        idx: int,
        whitespace_: str,
        is_sent_start: bool,
        is_space: bool,
        is_punct: bool,
    ) -> None:
        self.i = i
        self.text = text
        self.lower_ = lower_
        self.lemma_ = lemma_
        self.tag_ = tag_
        self.pos_ = pos_
        self.dep_ = dep_
        self.ent_type_ = ent_type_
        self.ent_iob_ = ent_iob_
        self.idx = idx
        self.whitespace_ = whitespace_
        self.is_sent_start = is_sent_start
        self.is_space = is_space
        self.is_punct = is_punct
        self.children = ()

    def __repr__(self) -> str:
        return self.text

    def __len__(self) -> int:
        return len(self.text)

    @property
    def lefts(self) -> Sequence[Token]:
        """The dependents before it."""
        return [child for child in self.children if child.i < self.i]

    @property
    def rights(self) -> Sequence[Token]:
        """The dependents behind it."""
        return [child for child in self.children if child.i > self.i]

    @property
    def subtree(self) -> Sequence[Token]:
        """The token and all that hangs on it, in reading order as far as no branches cross."""
        if self.i in self.doc.torn:
            return list(_subtree(self))
        return self.doc[self.left_edge.i : self.right_edge.i + 1]

    @property
    def ancestors(self) -> Iterator[Token]:
        """What the token hangs on, what that hangs on, up to the root."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def is_ancestor(self, other: Token) -> bool:
        """The other token hangs on this one, by however many others."""
        return self in other.ancestors

    def nbor(self, i: int = 1) -> Token:
        """The token `i` places further on.

        Raises:
            IndexError: If the Doc has none there.
        """
        if self.i + i < 0:
            raise IndexError(f"token {self.i} has no neighbour {-i} places before it")
        return self.doc[self.i + i]

    @property
    def sent(self) -> Sentence:
        """The sentence around it."""
        return self.doc.sentence_of(self.i)

    @property
    def conjuncts(self) -> tuple[Token, ...]:
        """The tokens coordinated with it, without itself."""
        first = self
        while first.head is not first and first.dep_ == "conj":
            first = first.head
        found = [first]
        for token in found:  # it grows as we go
            found += [child for child in token.rights if child.dep_ == "conj"]
        return tuple(token for token in found if token is not self)

    @property
    def is_quote(self) -> bool:
        """The token is a quotation mark."""
        return bool(self.doc.spacy[self.i].is_quote)

    @property
    def is_title(self) -> bool:
        """The token begins with a capital, and no other letter of it is one."""
        return self.text.istitle()


def _subtree(token: Token) -> Iterator[Token]:
    for child in token.lefts:
        yield from _subtree(child)
    yield token
    for child in token.rights:
        yield from _subtree(child)


class Sentence:
    """A sentence of a Doc: token positions, half-open, and its tokens."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: Tokens, start: int, end: int) -> None:
        self.doc = doc
        self.start = start
        self.end = end

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc[self.start : self.end])


class Tokens(tuple[Token, ...]):
    """The tokens of a Doc, by position; a slice is a tuple of tokens.

    `of` gives the tokens of a Doc; they are those of its annotations at that time.
    """

    spacy: Doc
    text: str
    heads: list[int]
    starts: list[int]
    """Where each token starts, in characters."""

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other

    @staticmethod
    def of(doc: Doc) -> Tokens:
        """The tokens of a Doc; made anew only where its annotations are not those seen last."""
        global _last  # components read one Doc after the other
        columns: UIntArray = doc.to_array(COLUMNS)  # type: ignore[assignment]  # of whole numbers
        seen, last = _last
        if last is None or last.spacy is not doc or not np.array_equal(seen, columns):
            last = _made(doc, columns)
            _last = columns, last
        return last

    @functools.cached_property
    def ents(self) -> tuple[Span, ...]:
        """The names that the pipeline found."""
        return tuple(self.spacy.ents)

    @functools.cached_property
    def sents(self) -> list[Sentence]:
        """The sentences, in reading order."""
        return [Sentence(self, s.start, s.end) for s in self.spacy.sents]

    @functools.cached_property
    def _sentence_of(self) -> list[Sentence]:
        return [sent for sent in self.sents for _ in range(sent.start, sent.end)]

    def sentence_of(self, i: int) -> Sentence:
        """The sentence around token `i`."""
        return self._sentence_of[i]

    @functools.cached_property
    def torn(self) -> frozenset[int]:
        """The tokens whose subtree is no stretch of neighbours, because branches cross."""
        sizes = [t.right_edge.i - t.left_edge.i + 1 for t in self]
        torn: set[int] = set()
        for token in self:
            if token.children and sizes[token.i] > 1 + sum([sizes[c.i] for c in token.children]):
                while token.i not in torn:
                    torn.add(token.i)
                    token = token.head
        return frozenset(torn)

    def root(self, start: int, end: int) -> Token:
        """Of some neighbours, half-open, the one on which the others hang."""
        return self[self.spacy[start:end].root.i]


_last: tuple[UIntArray, Tokens | None] = (np.zeros(0, np.uint64), None)
"""The annotations that were read last, and their tokens."""


class _Strings(dict[int, str]):
    """The strings of a store by their numbers, looked up once."""

    def __init__(self, store: StringStore) -> None:
        super().__init__()
        self.store = store

    def __missing__(self, number: int) -> str:
        self[number] = found = self.store[number]
        return found


_strings = _Strings(StringStore())
"""The strings seen in the Docs of one pipeline; it keeps them as well."""


def _made(doc: Doc, columns: UIntArray) -> Tokens:
    global _strings
    if _strings.store is not doc.vocab.strings:
        _strings = _Strings(doc.vocab.strings)
    by_column = columns.T
    ids: list[list[int]] = by_column[:N_STRINGS].tolist()
    spelled = [list(map(_strings.__getitem__, column)) for column in ids]
    numbers: list[list[int]] = by_column[N_STRINGS:FLAGS].astype(np.int64).tolist()
    offsets, starts, iob, spaces = numbers  # spaCy gives those below zero as if they had no sign
    white = [" " if space else "" for space in spaces]
    flags: list[list[bool]] = (by_column[FLAGS:] == 1).tolist()
    tokens = Tokens(
        map(Token, range(len(doc)), *spelled, map(IOB.__getitem__, iob), starts, white, *flags)
    )
    tokens.spacy = doc
    tokens.text = "".join(itertools.chain.from_iterable(zip(spelled[0], white, strict=True)))
    tokens.starts = starts
    tokens.heads = [i + offset for i, offset in enumerate(offsets)]
    _tie(tokens)
    return tokens


def _tie(tokens: Tokens) -> None:
    """Set what tokens know of each other."""
    below: dict[int, list[Token]] = {}
    for token, head in zip(tokens, tokens.heads, strict=True):
        token.doc = tokens
        token.head = over = tokens[head]
        token.left_edge = token.right_edge = token
        if over is token:
            continue
        if head in below:
            below[head].append(token)
        else:
            below[head] = over.children = [token]
    # the first token of a subtree is the first that comes by on its way up, the last the last
    for token in tokens:
        over = token.head
        while over.left_edge.i > token.i:
            over.left_edge = token
            over = over.head
    for token in reversed(tokens):
        over = token.head
        while over.right_edge.i < token.i:
            over.right_edge = token
            over = over.head
