"""The same answers for the same sentence in both label schemes; trees built by hand."""

from __future__ import annotations

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc, Token

from kg.nlp import syntax

VOCAB = English().vocab
Row = tuple[str, str, int, str]


def tree(rows: list[Row]) -> Doc:
    """A Doc from (word, part of speech, head position, relation)."""
    words, tags, heads, relations = zip(*rows, strict=True)
    return Doc(VOCAB, words=list(words), pos=list(tags), heads=list(heads), deps=list(relations))


def word(doc: Doc, text: str) -> Token:
    return next(t for t in doc if t.text == text)


# Oslo said on Monday that Bern had urged Rome to sign the pact with Malta .
UD = tree(
    [
        ("Oslo", "PROPN", 1, "nsubj"),
        ("said", "VERB", 1, "ROOT"),
        ("on", "ADP", 3, "case"),
        ("Monday", "PROPN", 1, "obl"),
        ("that", "SCONJ", 7, "mark"),
        ("Bern", "PROPN", 7, "nsubj"),
        ("had", "AUX", 7, "aux"),
        ("urged", "VERB", 1, "ccomp"),
        ("Rome", "PROPN", 7, "obj"),
        ("to", "PART", 10, "mark"),
        ("sign", "VERB", 7, "xcomp"),
        ("the", "DET", 12, "det"),
        ("pact", "NOUN", 10, "obj"),
        ("with", "ADP", 14, "case"),
        ("Malta", "PROPN", 12, "nmod"),
        (".", "PUNCT", 1, "punct"),
    ]
)
CLEAR = tree(
    [
        ("Oslo", "PROPN", 1, "nsubj"),
        ("said", "VERB", 1, "ROOT"),
        ("on", "ADP", 1, "prep"),
        ("Monday", "PROPN", 2, "pobj"),
        ("that", "SCONJ", 7, "mark"),
        ("Bern", "PROPN", 7, "nsubj"),
        ("had", "AUX", 7, "aux"),
        ("urged", "VERB", 1, "ccomp"),
        ("Rome", "PROPN", 7, "dobj"),
        ("to", "PART", 10, "aux"),
        ("sign", "VERB", 7, "xcomp"),
        ("the", "DET", 12, "det"),
        ("pact", "NOUN", 10, "dobj"),
        ("with", "ADP", 12, "prep"),
        ("Malta", "PROPN", 13, "pobj"),
        (".", "PUNCT", 1, "punct"),
    ]
)
# the pact was not signed by Oslo and Bern
UD_PASSIVE = tree(
    [
        ("the", "DET", 1, "det"),
        ("pact", "NOUN", 4, "nsubj:pass"),
        ("was", "AUX", 4, "aux:pass"),
        ("not", "PART", 4, "advmod"),
        ("signed", "VERB", 4, "ROOT"),
        ("by", "ADP", 6, "case"),
        ("Oslo", "PROPN", 4, "obl"),
        ("and", "CCONJ", 8, "cc"),
        ("Bern", "PROPN", 6, "conj"),
    ]
)
CLEAR_PASSIVE = tree(
    [
        ("the", "DET", 1, "det"),
        ("pact", "NOUN", 4, "nsubjpass"),
        ("was", "AUX", 4, "auxpass"),
        ("not", "PART", 4, "neg"),
        ("signed", "VERB", 4, "ROOT"),
        ("by", "ADP", 4, "agent"),
        ("Oslo", "PROPN", 5, "pobj"),
        ("and", "CCONJ", 6, "cc"),
        ("Bern", "PROPN", 6, "conj"),
    ]
)
# We stay , Oslo 's envoy Lund said , adding thanks
UD_SPEECH = tree(
    [
        ("We", "PRON", 1, "nsubj"),
        ("stay", "VERB", 1, "ROOT"),
        (",", "PUNCT", 1, "punct"),
        ("Oslo", "PROPN", 5, "nmod:poss"),
        ("'s", "PART", 3, "case"),
        ("envoy", "NOUN", 7, "nsubj"),
        ("Lund", "PROPN", 5, "appos"),
        ("said", "VERB", 1, "parataxis"),
        (",", "PUNCT", 9, "punct"),
        ("adding", "VERB", 7, "advcl"),
        ("thanks", "NOUN", 9, "obj"),
    ]
)
CLEAR_SPEECH = tree(
    [
        ("We", "PRON", 1, "nsubj"),
        ("stay", "VERB", 7, "ccomp"),
        (",", "PUNCT", 7, "punct"),
        ("Oslo", "PROPN", 5, "poss"),
        ("'s", "PART", 3, "case"),
        ("envoy", "NOUN", 7, "nsubj"),
        ("Lund", "PROPN", 5, "appos"),
        ("said", "VERB", 7, "ROOT"),
        (",", "PUNCT", 7, "punct"),
        ("adding", "VERB", 7, "advcl"),
        ("thanks", "NOUN", 9, "dobj"),
    ]
)

BOTH = pytest.mark.parametrize("doc", [UD, CLEAR], ids=["ud", "clearnlp"])
BOTH_PASSIVE = pytest.mark.parametrize("doc", [UD_PASSIVE, CLEAR_PASSIVE], ids=["ud", "clearnlp"])
BOTH_SPEECH = pytest.mark.parametrize("doc", [UD_SPEECH, CLEAR_SPEECH], ids=["ud", "clearnlp"])


@BOTH
def test_subject_object_and_complements(doc: Doc) -> None:
    said, urged, sign = word(doc, "said"), word(doc, "urged"), word(doc, "sign")
    assert syntax.subject(said) == word(doc, "Oslo")
    assert syntax.object_of(urged) == word(doc, "Rome")
    assert syntax.open_complement(urged) == sign
    assert syntax.object_of(sign) == word(doc, "pact")
    assert syntax.subject(sign) is None


@BOTH
def test_obliques_with_their_prepositions(doc: Doc) -> None:
    said = [(o.preposition, o.noun.text) for o in syntax.obliques(word(doc, "said"))]
    pact = [(o.preposition, o.noun.text) for o in syntax.obliques(word(doc, "pact"))]
    assert (said, pact) == ([("on", "Monday")], [("with", "Malta")])


@BOTH
def test_governor_of_a_noun_by_its_preposition(doc: Doc) -> None:
    assert syntax.governor_by_preposition(word(doc, "Malta")) == ("with", word(doc, "pact"))
    assert syntax.governor_by_preposition(word(doc, "Rome")) is None


@BOTH_PASSIVE
def test_passive_agent_negation_and_conjuncts(doc: Doc) -> None:
    signed = word(doc, "signed")
    assert syntax.is_passive(signed)
    assert syntax.is_negated(signed)
    agent = syntax.agent(signed)
    assert agent == word(doc, "Oslo")
    assert agent is not None
    assert syntax.conjuncts(agent) == [word(doc, "Bern")]


@BOTH
def test_active_and_positive(doc: Doc) -> None:
    assert not syntax.is_passive(word(doc, "said"))
    assert not syntax.is_negated(word(doc, "said"))


@BOTH_SPEECH
def test_participle_inherits_its_subject(doc: Doc) -> None:
    assert syntax.governing_subject(word(doc, "adding")) == word(doc, "envoy")


@BOTH_SPEECH
def test_possessor_and_apposition(doc: Doc) -> None:
    envoy = word(doc, "envoy")
    assert syntax.possessor(envoy) == word(doc, "Oslo")
    assert list(syntax.appositions(envoy)) == [word(doc, "Lund")]


@BOTH_SPEECH
def test_noun_chunks_hold_what_stands_before_the_noun(doc: Doc) -> None:
    chunks = [doc[start:end].text for start, end, _ in syntax.noun_chunks(doc)]
    assert "Oslo 's envoy" in chunks


def test_noun_chunks_keep_flat_names_whole() -> None:
    doc = tree(
        [
            ("President", "PROPN", 3, "nsubj"),
            ("Ada", "PROPN", 0, "flat"),
            ("Lund", "PROPN", 0, "flat"),
            ("met", "VERB", 3, "ROOT"),
            ("envoys", "NOUN", 3, "obj"),
            ("from", "ADP", 6, "case"),
            ("Oslo", "PROPN", 4, "nmod"),
        ]
    )
    chunks = [doc[start:end].text for start, end, _ in syntax.noun_chunks(doc)]
    assert chunks == ["President Ada Lund", "envoys", "Oslo"]
