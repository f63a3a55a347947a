"""Our tokens say what spaCy's say, and are read out of a Doc once."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st
from spacy.lang.en import English
from spacy.tokens import Doc

from kg.nlp.tokens import Tokens

VOCAB = English().vocab
WORDS = ("Oslo", "said", ",", "pact", "“", "\n", "Bern's", "3")
SPELLED = ("text", "lower_", "lemma_", "tag_", "pos_", "dep_", "ent_type_", "ent_iob_")
SAID = (*SPELLED, "i", "idx", "whitespace_", "is_space", "is_punct", "is_quote", "is_title")
TIED = ("head", "left_edge", "right_edge")
TIES = ("children", "lefts", "rights", "subtree", "ancestors", "conjuncts")


@st.composite
def trees(draw: st.DrawFn) -> Doc:
    """A sentence with any tree, branches crossing or not."""
    n = draw(st.integers(1, 9))
    order = draw(st.permutations(range(n)))
    heads = [0] * n
    for k, i in enumerate(order):
        heads[i] = order[draw(st.integers(0, k - 1))] if k else i
    words = draw(st.lists(st.sampled_from(WORDS), min_size=n, max_size=n))
    deps = [
        "ROOT" if heads[i] == i else draw(st.sampled_from(["conj", "obj", "nsubj"]))
        for i in range(n)
    ]
    pos = draw(st.lists(st.sampled_from(["NOUN", "VERB", ""]), min_size=n, max_size=n))
    ents = draw(st.lists(st.sampled_from(["O", "B-ORG", "B-PERSON"]), min_size=n, max_size=n))
    spaces = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    doc = Doc(VOCAB, words, spaces, heads=heads, deps=deps, pos=pos, lemmas=words, ents=ents)
    edges = [(t.left_edge.i, t.right_edge.i) for t in doc]
    assume(edges == [_edges(doc, i) for i in range(n)])  # spaCy gives up on wild ones
    return doc


def _edges(doc: Doc, i: int) -> tuple[int, int]:
    """The first and last token that hang on token `i`, by however many others."""
    under = [t.i for t in doc if i in {t.i, *(a.i for a in t.ancestors)}]
    return min(under), max(under)


@given(trees())
def test_tokens_say_what_spacy_says(doc: Doc) -> None:
    tokens = Tokens.of(doc)
    assert len(tokens) == len(doc) and tokens.text == doc.text
    for ours, theirs in zip(tokens, doc, strict=True):
        assert {k: getattr(ours, k) for k in SAID} == {k: getattr(theirs, k) for k in SAID}
        assert ours.is_sent_start == bool(theirs.is_sent_start)
        for name in TIED:
            assert getattr(ours, name).i == getattr(theirs, name).i, name
        for name in TIES:
            ids = [t.i for t in getattr(theirs, name)]
            assert [t.i for t in getattr(ours, name)] == ids, name
        assert (ours.sent.start, ours.sent.end) == (theirs.sent.start, theirs.sent.end)
        assert [t.i for t in ours.sent] == [t.i for t in theirs.sent]
        assert [t.i for t in tokens if ours.is_ancestor(t)] == [
            t.i for t in doc if theirs.is_ancestor(t)
        ]
    assert tokens.root(0, len(tokens)).i == doc[:].root.i
    assert [ent.text for ent in tokens.ents] == [ent.text for ent in doc.ents]


def test_tokens_are_read_once_and_anew_where_annotations_changed() -> None:
    doc = Doc(VOCAB, ["Oslo", "said"], heads=[1, 1], deps=["obj", "ROOT"])
    tokens = Tokens.of(doc)
    assert Tokens.of(doc) is tokens
    doc[0].dep_ = "nsubj"
    assert Tokens.of(doc)[0].dep_ == "nsubj"
    assert not Tokens.of(Doc(VOCAB, []))
