"""The word lists of actors: their form, and how phrases are found."""

from __future__ import annotations

import csv
from importlib import resources
from pathlib import Path

import pytest

from kg.extraction.actor_lexicon import (
    Phrases,
    given_names,
    heads,
    kinds_of_role,
    titles,
    word_set,
)

DATA = Path(str(resources.files("kg") / "data"))
FILES = ["heads.tsv", "titles.tsv", "roles.tsv", "given_names.tsv", "actor_words.tsv"]


@pytest.mark.parametrize("name", FILES)
def test_rows_are_whole_single_and_without_stray_space(name: str) -> None:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert all(len(row) == len(rows[0]) for row in rows)
    assert all(cell == " ".join(cell.split()) for row in rows for cell in row)
    keyed = 2 if name in ("roles.tsv", "actor_words.tsv") else 1
    keys = [tuple(row[:keyed]) for row in rows]
    assert len(keys) == len(set(keys)), [k for k in keys if keys.count(k) > 1]


def test_labels_have_a_place_for_the_state() -> None:
    for head in heads().entries.values():
        assert not head.label or "{state}" in head.label, head.phrase


def test_each_organ_has_one_type_and_label() -> None:
    known: dict[str, tuple[str, str]] = {}
    for head in heads().entries.values():
        if head.sort == "body":
            assert known.setdefault(head.suffix, (head.type, head.label)) == (head.type, head.label)


def test_general_titles_cover_roles_that_exist() -> None:
    roles = {t.role for t in titles().entries.values()}
    for general, covered in kinds_of_role().items():
        assert covered <= roles | {"chief executive", "monarch"}, (general, covered - roles)


def test_genders_are_marked_by_one_letter() -> None:
    assert set(given_names().values()) == {"f", "m"}
    assert {t.gender for t in titles().entries.values()} == {"", "f", "m"}


def test_the_longest_phrase_is_found() -> None:
    phrases = Phrases({"army": 1, "army chief": 2, "army chief of staff": 3})
    assert phrases.at(["the", "army", "chief", "said"], 1) == (3, 2)
    assert phrases.at(["army"], 0) == (1, 1)
    assert phrases.at(["navy"], 0) is None


def test_the_ministries_are_those_of_the_heads() -> None:
    suffixes = {h.suffix for h in heads().entries.values()}
    assert word_set("ministries") <= suffixes
    assert word_set("national") <= suffixes
