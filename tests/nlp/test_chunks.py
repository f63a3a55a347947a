from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.nlp.chunks import noun_chunks
from kg.nlp.syntax import noun_chunks as ranges

# fmt: off
UNIVERSAL = [
    ("The",      "DET",   "det",     2), ("Karan",    "PROPN", "compound", 2),
    ("envoy",    "NOUN",  "nsubj",   5), ("Ada",      "PROPN", "appos",    2),
    ("Berg",     "PROPN", "flat",    3), ("met",      "VERB",  "ROOT",     5),
    ("rebels",   "NOUN",  "obj",     5), ("from",     "ADP",   "case",     9),
    ("the",      "DET",   "det",     9), ("hills",    "NOUN",  "nmod",     6),
    ("in",       "ADP",   "case",   11), ("Orlen",    "PROPN", "obl",      5),
    ("\n\n",     "SPACE", "dep",    11),
]
CLEARNLP = [
    ("The",      "DET",   "det",     2), ("Karan",    "PROPN", "compound", 2),
    ("envoy",    "NOUN",  "nsubj",   5), ("Ada",      "PROPN", "compound", 4),
    ("Berg",     "PROPN", "appos",   2), ("met",      "VERB",  "ROOT",     5),
    ("rebels",   "NOUN",  "dobj",    5), ("from",     "ADP",   "prep",     6),
    ("the",      "DET",   "det",     9), ("hills",    "NOUN",  "pobj",     7),
    ("in",       "ADP",   "prep",    5), ("Orlen",    "PROPN", "pobj",    10),
    ("\n\n",     "SPACE", "dep",    11),
]
# fmt: on


def doc_of(rows: list[tuple[str, str, str, int]], vocab: Vocab | None = None) -> Doc:
    words, pos, deps, heads = (list(column) for column in zip(*rows, strict=True))
    return Doc(vocab or spacy.blank("en").vocab, words=words, pos=pos, deps=deps, heads=heads)


@pytest.mark.parametrize("rows", [UNIVERSAL, CLEARNLP], ids=["UD", "ClearNLP"])
def test_spacys_noun_chunks_are_right_in_both_schemes(
    rows: list[tuple[str, str, str, int]],
) -> None:
    vocab = spacy.blank("en").vocab
    vocab.get_noun_chunks = noun_chunks
    doc = doc_of(rows, vocab)
    expected = ["The Karan envoy", "Ada Berg", "rebels", "the hills", "Orlen"]
    assert [chunk.text for chunk in doc.noun_chunks] == expected
    assert {chunk.label_ for chunk in doc.noun_chunks} == {"NP"}


def test_a_span_has_the_noun_chunks_within_it() -> None:
    vocab = spacy.blank("en").vocab
    vocab.get_noun_chunks = noun_chunks
    assert [c.text for c in doc_of(UNIVERSAL, vocab)[5:10].noun_chunks] == ["rebels", "the hills"]


def test_no_noun_chunk_ends_in_white_space() -> None:
    doc = doc_of(UNIVERSAL)
    assert [end for _, end, _ in noun_chunks(doc)][-1] == 12
    assert len(list(noun_chunks(doc))) == len(list(ranges(doc)))
