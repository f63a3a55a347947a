"""The tables that events are read by: every row well-formed, every word and class known."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from kg.extraction import event_lexicon as lexicon
from kg.extraction.event_conditions import OF_TYPE

TABLES = {
    "event_types.tsv": 7,
    "event_triggers.tsv": 5,
    "event_operators.tsv": 4,
    "event_words.tsv": 2,
    "event_forms.tsv": 2,
    "event_modality.tsv": 3,
}
KINDS = {"ACTOR", "PLACE", "PERSON", "HUMAN", *OF_TYPE}
RELATIONS = set(["@", "+", ">"]) | lexicon._KEYWORDS
COMPLEMENTS = {"inf", "that", "finite", "if", "other", "bare"}
ROLES = {"obj", "iobj", "subj", "that", "other", "poss", "each", "-"}
EFFECTS = {
    *("do", "begin", "undergo", "stop", "cancel", "try", "decide", "intend", "about"),
    *("prevent", "ponder", "fail", "possible", "unconfirmed", "unaware"),
}


def lines(name: str) -> list[str]:
    text = (resources.files("kg") / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


@pytest.mark.parametrize(("name", "columns"), TABLES.items())
def test_rows_are_well_formed(name: str, columns: int) -> None:
    rows = lines(name)
    assert rows
    for row in rows:
        cells = row.split("\t")
        assert len(cells) == columns, row
        assert all(cell == " ".join(cell.split()) for cell in cells), row


@pytest.mark.parametrize("name", TABLES)
def test_no_row_stands_twice(name: str) -> None:
    rows = lines(name)
    assert len(rows) == len(set(rows))


def test_no_word_stands_twice_in_a_class() -> None:
    for row in lines("event_words.tsv")[1:]:
        words = row.split("\t")[1].split()
        assert len(words) == len(set(words)), row


def test_types_are_the_sixteen_of_the_scheme() -> None:
    assert len(lexicon.types()) == 16
    assert lexicon.verbal() | lexicon.harmful() | lexicon.cooperative() == set(lexicon.types())
    for kind in lexicon.types().values():
        assert {kind.announced, kind.intended} <= set(lexicon.types())


def test_rows_name_known_types_classes_conditions_and_roles() -> None:
    for rows in lexicon.triggers().values():
        for row in rows:
            assert row.type in {*lexicon.types(), lexicon.NO_EVENT}
            assert all(r in ROLES or r.isalpha() for r in row.target), row
            for condition in row.conditions:
                unknown = {w for w in condition.words if w.isupper()} - KINDS
                assert not unknown, row
                for relation, word in condition.slots:
                    assert relation in RELATIONS, row
                    assert relation != ">" or word in COMPLEMENTS, row


def test_operators_have_known_effects() -> None:
    found = {o.effect for operators in lexicon.operators().values() for o in operators}
    assert found == EFFECTS


def test_irregular_forms_lead_to_known_words() -> None:
    strangers = {lemma for lemma in lexicon.forms().values() if lemma not in lexicon.vocabulary()}
    # verbs that only the parser's lemmas need
    assert all(re.fullmatch(r"[a-z]+", lemma) for lemma in strangers)


@pytest.mark.parametrize(
    ("word", "tagged", "lemma"),
    [
        ("froze", "froze", "freeze"),
        ("vetoed", "vetoed", "veto"),
        ("stopped", "stopp", "stop"),
        ("supplies", "supplies", "supply"),
        ("hopes", "hop", "hope"),
        ("its", "its", "its"),
        ("unknown", "unknown", "unknown"),
    ],
)
def test_lemmas_are_those_of_the_tables(word: str, tagged: str, lemma: str) -> None:
    assert lexicon.lemma_of(word, tagged) == lemma
