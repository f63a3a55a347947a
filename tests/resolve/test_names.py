"""Comparing names: folding, slugs, romanisations, misspellings, short forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve import names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pashinyan", "Pashinian"),
        ("Aliyev", "Əliyev"),
        ("Zelenskyy", "Zelensky"),
        ("Zelenskyy", "Zelenskiy"),
        ("Shoigu", "Shoygu"),
        ("Medvedev", "Medvedyev"),
        ("Erdoğan", "Erdogan"),
        ("Orbán", "Orban"),
        ("Netanyahu", "Netanyahyu"),
        ("Marukyan", "Marukian"),
        ("Araghchi", "Araqchi"),
    ],
)
def test_spellings_of_one_surname_agree(one: str, other: str) -> None:
    assert names.same_surname(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Khan", "Kahn"),
        ("Xi", "Li"),
        ("Putin", "Rutin"),
        ("Sharif", "Tarif"),
        ("Macron", "Micron Technology"),
        ("Johnson", "Johnston Smith"),
        ("Ali", "Aliyev"),
    ],
)
def test_surnames_of_different_people_do_not(one: str, other: str) -> None:
    assert not names.same_surname(one, other)


def test_a_slug_has_ascii_letters_digits_and_hyphens() -> None:
    assert names.slug("Côte d’Ivoire’s N'Djamena (2)") == "cote-divoires-ndjamena-2"
    assert names.slug("Ilham Əliyev") == "ilham-aliyev"


def test_short_forms_keep_the_particles_of_a_surname() -> None:
    assert names.name_forms("Ursula von der Leyen") == ("von der Leyen", "Leyen")
    assert names.name_forms("Abdel Fattah al-Burhan") == ("al-Burhan", "al Burhan", "Burhan")
    assert names.name_forms("Pele") == ()


def test_one_edit_is_one_letter_in_out_changed_or_swapped() -> None:
    assert names.one_edit_apart("lavrov", "lavrow")
    assert names.one_edit_apart("lavrov", "lavro")
    assert names.one_edit_apart("lavrov", "lavorv")
    assert not names.one_edit_apart("lavrov", "lavrov")
    assert not names.one_edit_apart("lavrov", "lovrav")


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert names.fold(names.fold(text)) == names.fold(text)


@given(st.text(max_size=40))
def test_slugs_hold_nothing_else(text: str) -> None:
    slug = names.slug(text)
    assert slug.isascii()
    assert all(c.isalnum() or c == "-" for c in slug)
    assert not slug.startswith("-")
