"""Counts of agreement, on small treebanks and Docs built by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.nlp.pieces import GLUED, LINE_BREAK, SPACED
from kg.training.samples import Sample
from kg.training.scoring import (
    Entity,
    GoldNames,
    GoldText,
    Tally,
    TreebankTally,
    count_document,
    count_names,
    gold_names,
    gold_text,
    total,
)
from kg.training.treebanks import read_conllu

TREEBANK = """\
# newdoc id = GUM_news_harbour
# sent_id = harbour-1
1\tPilots\tpilot\tNOUN\tNNS\t_\t4\tnsubj\t_\t_
2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
2\tcan\tcan\tAUX\tMD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tdock\tdock\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# newpar
# sent_id = harbour-2
1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2\twait\twait\tVERB\tVBP\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""
VOCAB = spacy.blank("en").vocab
WORDS = ["Pilots", "can", "'t", "dock", ".", "\n\n", "They", "wait", "."]
SPACES = [True, False, True, False, False, False, True, False, False]
HEADS = [3, 3, 3, 3, 3, 3, 7, 7, 7]
DEPS = ["nsubj", "aux", "advmod", "ROOT", "punct", "dep", "nsubj", "ROOT", "punct"]


@pytest.fixture
def gold(tmp_path: Path) -> GoldText:
    path = tmp_path / "test.conllu"
    path.write_text(TREEBANK, "utf-8")
    (document,) = read_conllu(path)
    return gold_text(document)


def parsed(
    words: list[str] = WORDS,
    spaces: list[bool] = SPACES,
    heads: list[int] = HEADS,
    deps: list[str] = DEPS,
    tags: list[str] | None = None,
    lemmas: list[str] | None = None,
) -> Doc:
    return Doc(VOCAB, words=words, spaces=spaces, heads=heads, deps=deps, tags=tags, lemmas=lemmas)


def scores(gold: GoldText, doc: Doc) -> TreebankTally:
    tally = TreebankTally()
    count_document(tally, gold, doc)
    return tally


def test_gold_words_lie_where_the_text_has_them(gold: GoldText) -> None:
    assert gold.text == "Pilots can't dock.\n\nThey wait."
    assert [gold.text[a:b] for a, b in gold.words][:4] == ["Pilots", "can", "'t", "dock"]
    assert sorted(gold.text[a:b] for a, b in gold.sentences) == [
        "Pilots can't dock.",
        "They wait.",
    ]
    assert gold.heads == (3, 3, 3, 3, 3, 6, 6, 6)


def test_the_gold_tree_itself_scores_a_hundred(gold: GoldText) -> None:
    tally = scores(gold, parsed())
    assert [tally.f(m) for m in ("tokens", "uas", "las", "sentences")] == [100.0] * 4
    assert tally.words == 8


def test_white_space_is_no_word_to_be_missed(gold: GoldText) -> None:
    tags = ["NNS", "MD", "RB", "VB", ".", "_SP", "PRP", "VBP", "."]
    tally = scores(gold, parsed(tags=tags))
    assert tally.of["xpos"] == Tally(right=8)
    assert tally.of["tokens"] == Tally(right=8)


def test_punctuation_counts_in_neither_uas_nor_las(gold: GoldText) -> None:
    heads = [3, 3, 3, 3, 0, 3, 7, 7, 6]
    tally = scores(gold, parsed(heads=heads))
    assert tally.of["las"] == tally.of["uas"] == Tally(right=6)


def test_a_wrong_relation_costs_las_alone(gold: GoldText) -> None:
    deps = ["obj", *DEPS[1:]]
    tally = scores(gold, parsed(deps=deps))
    assert tally.of["uas"] == Tally(right=6)
    assert tally.of["las"] == Tally(right=5, wrong=1, missed=1)


def test_a_token_across_two_words_is_wrong_and_both_are_missed(gold: GoldText) -> None:
    doc = parsed(
        ["Pilots", "can't", *WORDS[3:]],
        [True, True, *SPACES[3:]],
        [2, 2, 2, 2, 2, 6, 6, 6],
        ["nsubj", "aux", *DEPS[3:]],
        tags=["NNS", "MD", "VB", ".", "_SP", "PRP", "VBP", "."],
    )
    tally = scores(gold, doc)
    assert tally.of["tokens"] == Tally(right=6, wrong=1, missed=2)
    assert tally.of["las"] == Tally(right=4, wrong=1, missed=2)
    assert tally.of["xpos"] == Tally(right=6, missed=2)


def test_a_sentence_cut_in_two_is_missed_and_both_halves_are_wrong(gold: GoldText) -> None:
    starts: list[bool | int | None] = [True, False, False, True, False, False, True, False, False]
    doc = Doc(VOCAB, words=WORDS, spaces=SPACES, sent_starts=starts)
    assert scores(gold, doc).of["sentences"] == Tally(right=1, wrong=2, missed=1)


def test_what_a_pipeline_does_not_annotate_has_no_figure(gold: GoldText) -> None:
    doc = Doc(VOCAB, words=WORDS, spaces=SPACES)
    tally = scores(gold, doc)
    assert tally.f("tokens") is not None
    assert [tally.f(m) for m in ("upos", "xpos", "lemma", "uas", "las", "sentences")] == [None] * 6


def test_what_a_treebank_does_not_tell_is_not_asked(gold: GoldText) -> None:
    silent = replace(gold, lemmas=("_", *gold.lemmas[1:]))
    lemmas = ["wrong", "can", "not", "dock", ".", "\n\n", "they", "wait", "."]
    doc = parsed(lemmas=lemmas)
    assert scores(gold, doc).of["lemma"] == Tally(right=7, wrong=1, missed=1)
    assert scores(silent, doc).of["lemma"] == Tally(right=7)


SAMPLE = Sample(
    ("The", "Varn", "Institute", "'s", "Ilya", "Brask", "left", "Oder", "in", "May", "."),
    (LINE_BREAK, *[SPACED] * 2, GLUED, *[SPACED] * 4, LINE_BREAK, SPACED, GLUED),
    entities=(
        *("B-ORG", "I-ORG", "I-ORG", "I-ORG", "B-PERSON", "I-PERSON", "O", "B-GPE", "O"),
        None,
        "O",
    ),
)


def names(doc_entities: list[tuple[int, int, str]]) -> Doc:
    spaces = [True, True, False, True, True, True, True, False, True, False, False]
    words = [*SAMPLE.words]
    words.insert(8, "\n\n")
    spaces.insert(8, False)
    doc = Doc(VOCAB, words=words, spaces=spaces)
    doc.ents = [Span(doc, a, b, label=label) for a, b, label in doc_entities]
    return doc


def tallies(gold: GoldNames, doc: Doc) -> dict[str, Tally]:
    found: dict[str, Tally] = {}
    count_names(found, gold, doc, lambda label: label)
    return found


def test_gold_entities_are_trimmed_and_masked() -> None:
    gold = gold_names(SAMPLE)
    assert gold.text == "The Varn Institute's Ilya Brask left Oder\n\nin May."
    assert {(gold.text[e.start : e.end], e.label) for e in gold.entities} == {
        ("Varn Institute", "ORG"),
        ("Ilya Brask", "PERSON"),
        ("Oder", "GPE"),
    }
    assert gold.text[min(gold.masked) : max(gold.masked) + 1] == "May"


def test_articles_and_possessives_around_a_name_do_not_count() -> None:
    gold = gold_names(SAMPLE)
    for start, end in ((0, 4), (1, 3), (0, 3), (1, 4)):
        assert tallies(gold, names([(start, end, "ORG")]))["ORG"] == Tally(right=1)


def test_a_name_found_where_the_corpus_is_silent_is_not_wrong() -> None:
    gold = gold_names(SAMPLE)
    assert "DATE" not in tallies(gold, names([(10, 11, "DATE")]))
    assert "DATE" not in tallies(gold, names([(9, 11, "DATE")]))
    assert tallies(gold, names([(9, 10, "DATE")]))["DATE"] == Tally(wrong=1)


def test_a_name_under_another_label_is_wrong_there_and_missed_here() -> None:
    found = tallies(gold_names(SAMPLE), names([(4, 6, "ORG"), (7, 8, "GPE")]))
    assert found["GPE"] == Tally(right=1)
    assert found["PERSON"] == Tally(missed=1)
    assert found["ORG"] == Tally(wrong=1, missed=1)
    assert total(found.values()) == Tally(right=1, wrong=1, missed=2)


def test_labels_of_other_pipelines_are_read_as_ours() -> None:
    found = tallies(gold_names(SAMPLE), names([(4, 6, "PER"), (6, 7, "CARDINAL"), (7, 8, "FAC")]))
    assert found["PERSON"] == Tally(right=1)
    assert found["LOC"] == Tally(wrong=1)
    assert "CARDINAL" not in found


def test_a_scheme_decides_what_counts() -> None:
    found: dict[str, Tally] = {}
    doc = names([(4, 6, "PERSON"), (7, 8, "LOC")])
    places = {"GPE": "PLACE", "LOC": "PLACE"}
    count_names(found, gold_names(SAMPLE), doc, places.get)
    assert found == {"PLACE": Tally(right=1)}


def test_precision_recall_and_f() -> None:
    tally = Tally(right=3, wrong=1, missed=3)
    assert (tally.precision, tally.recall, tally.f) == (75.0, 50.0, 60.0)
    assert Tally().f == 0.0


def test_an_entity_that_begins_inside_is_an_entity() -> None:
    sample = Sample(("Oder", "Brask"), (LINE_BREAK, SPACED), entities=("I-GPE", "I-PERSON"))
    assert gold_names(sample).entities == {Entity(0, 4, "GPE"), Entity(5, 10, "PERSON")}
