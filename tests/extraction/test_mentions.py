"""Who is meant by a span: the mention that heads it."""

from __future__ import annotations

import pytest
from actor_marks import read

from kg.extraction.mentions import Referents
from kg.records import TextSpan

TEXT = (
    "Kremlin spokesman Dmitry Peskov met Omani Foreign Minister Badr Albusaidi in Muscat. "
    "The Omani Defence Ministry and the armed forces of Yemen agreed. "
    "Lena Brandt, the Swiss ambassador, objected. The ambassador left for Bern. "
    "Brandt's Omani counterpart, Tariq Said, and a spokesman for President Ueli Maurer waited. "
    "Maurer's party, the Tigray People's Liberation Front (TPLF), thanked Chief of Staff Ivo Lund. "
    "Lebanese caretaker Prime Minister Nadim Haddad, citing Yemen, agreed."
)


@pytest.fixture(scope="module")
def referents() -> Referents:
    return Referents.of(read(TEXT))


def span(words: str) -> TextSpan:
    start = TEXT.index(words)
    return TextSpan(start, start + len(words))


@pytest.mark.parametrize(
    ("words", "actor"),
    [
        ("Kremlin spokesman Dmitry Peskov", "dmitry-peskov"),
        ("The Omani Defence Ministry", "OMN-MOD"),
        ("the armed forces of Yemen", "YEM-ARMED-FORCES"),
        ("Lena Brandt, the Swiss ambassador", "person-lena-brandt"),
        ("The ambassador", "person-lena-brandt"),
        ("Omani Foreign Minister Badr Albusaidi", "person-badr-albusaidi"),
        ("the Swiss ambassador", "person-lena-brandt"),
        ("Brandt's Omani counterpart, Tariq Said", "person-tariq-said"),
        ("a spokesman for President Ueli Maurer", "one-person-ueli-maurer-spokesperson"),
        ("Maurer's party, the Tigray People's Liberation Front (TPLF)", "TPLF"),
        ("Chief of Staff Ivo Lund", "person-ivo-lund"),
        ("Lebanese caretaker", "person-nadim-haddad"),
        ("Muscat", None),
        ("agreed", None),
    ],
)
def test_the_mention_that_heads_some_words_tells_the_actor(
    referents: Referents, words: str, actor: str | None
) -> None:
    assert referents.at(span(words)) == actor


def test_actors_within_some_words_come_in_order_and_once(referents: Referents) -> None:
    first = TEXT[: TEXT.index(". ")]
    assert referents.within(span(first)) == (
        "RUS-KREMLIN",
        "dmitry-peskov",
        "OMN",
        "person-badr-albusaidi",
    )


def test_each_id_answered_is_an_actor(referents: Referents) -> None:
    for actor in referents.within(TextSpan(0, len(TEXT))):
        assert referents.actor(actor).id == actor


def test_mentions_inside_a_span_lie_inside_it(referents: Referents) -> None:
    where = span("The Omani Defence Ministry and the armed forces of Yemen")
    found = referents.mentions_in(where)
    assert {actor for _, actor in found} == {"OMN", "OMN-MOD", "YEM", "YEM-ARMED-FORCES"}
    assert all(where.contains(mention.span) for mention, _ in found)
