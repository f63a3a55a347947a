"""Base noun phrases, right for Universal Dependencies and for ClearNLP labels, as spaCy's
`Doc.noun_chunks` asks for them.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from kg.nlp import syntax
from kg.nlp.tokens import Tokens

NOUN_CHUNK = "NP"


def noun_chunks(doclike: Doc | Span) -> Iterator[tuple[int, int, int]]:
    """Start, end (tokens) and label of each base noun phrase; fit for `Vocab.get_noun_chunks`."""
    doc = doclike.doc
    label = doc.vocab.strings.add(NOUN_CHUNK)
    for start, end, head in syntax.noun_chunks(Tokens.of(doc)):
        while end > head.i + 1 and doc[end - 1].is_space:
            end -= 1
        yield start, end, label
