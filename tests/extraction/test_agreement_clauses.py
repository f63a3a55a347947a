"""What single clauses tell of an agreement: provisions, statuses, parties; and what they do not."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

import kg.extraction.actors
import kg.extraction.statements
import kg.nlp.boundaries  # noqa: F401
from kg.extraction.agreements import AGREEMENTS, agreements
from kg.extraction.dates import DATES
from kg.nlp.articles import article_doc
from kg.nlp.load import add_boundaries, default_path
from kg.records import Agreement, Article


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.load(default_path())
    add_boundaries(pipeline)
    for name in (DATES, "kg_actors", "kg_statements", "kg_speech_pronouns", AGREEMENTS):
        pipeline.add_pipe(name)
    return pipeline


def read(nlp: Language, text: str) -> tuple[Agreement, ...]:
    article = Article("a", "a.txt", text, published="2024-03-14")
    return agreements(nlp(article_doc(nlp, article)))


@pytest.mark.parametrize(
    ("text", "laid_down"),
    [
        (
            "The treaty forbids tanks near the ridge and lets farmers return.",
            ["tanks near the ridge", "lets farmers return"],
        ),
        (
            "Peru recalled the truce, under which both sides pledged not to shell towns.",
            ["shell towns"],
        ),
        (
            "Under the truce, brokered by Oman, Peru frees prisoners and the port is reopened.",
            ["Peru frees prisoners", "the port is reopened"],
        ),
        (
            "The treaty prohibits the use, production and transfer of such shells.",
            ["the use, production and transfer of such shells"],
        ),
        ("The treaty must contain guarantees.", []),
        ("The treaty creates no duties.", []),
    ],
)
def test_what_an_agreement_lays_down(nlp: Language, text: str, laid_down: list[str]) -> None:
    (found,) = read(nlp, text)
    assert [p.text for p in found.provisions] == laid_down


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Chile walked out of the truce with Peru.", "ended"),
        ("The list, which Lima called a breach of the truce, names ten men.", "violated"),
        ("Chile kept its ban, which Lima considers a violation of the truce.", "violated"),
        ("A peace treaty between Peru and Chile is within reach.", "possible"),
        ("Chile said it was ready for a truce provided that Peru left the port.", "possible"),
        ("The accord was negotiated by Peru and Chile.", "agreed"),
        ("Chile's parliament voted to leave the treaty with Peru.", "ended"),
        ("The truce between Peru and Chile has been put on hold.", "suspended"),
    ],
)
def test_how_a_clause_words_a_status(nlp: Language, text: str, value: str) -> None:
    (found,) = read(nlp, text)
    assert value in {s.value for s in found.status}


def test_a_decision_to_leave_is_told_as_future(nlp: Language) -> None:
    (treaty,) = read(nlp, "Chile's parliament voted to leave the treaty with Peru.")
    (ended,) = [s for s in treaty.status if s.value == "ended"]
    assert ended.modality == "future"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Both parliaments must ratify the treaty.", "sought"),
        ("The treaty, which Peru signed, has yet to be implemented.", "lapsed"),
        ("A truce without monitors will not last a day.", "in_force"),
        ("His warnings and the truce were ignored.", "violated"),
    ],
)
def test_what_a_clause_does_not_say(nlp: Language, text: str, value: str) -> None:
    assert value not in {s.value for a in read(nlp, text) for s in a.status}


@pytest.mark.parametrize(
    "text",
    [
        "Norway signed the treaty that Peru concluded with Chile.",
        "The treaty, which Peru had signed with Chile and which lapsed in 2019, was renewed.",
        "Peru and Chile are swapping prisoners under a truce.",
        "Peru is in talks with Chile on a peace treaty.",
        "Ana Solis cited the accord, in which Peru and Chile vowed to keep the peace.",
    ],
)
def test_partners_are_found_behind_and_before_the_verb(nlp: Language, text: str) -> None:
    (found,) = read(nlp, text)
    assert {"PER", "CHL"} <= set(found.parties)


@pytest.mark.parametrize(
    "text",
    [
        "Peru and Chile signed a truce in May. An earlier truce collapsed within a week.",
        "Peru and Chile endorsed the Oslo Accord. It complements the Paris Agreement.",
        "Peru left the Ottawa Convention. It keeps the Convention on Cluster Munitions.",
        "Peru and Chile signed a memorandum on rail. Peru quit the Black Sea grain deal.",
        "Peru wants an agreement on labour with Chile. Peru froze its protocol on gas with Chile.",
    ],
)
def test_agreements_told_apart(nlp: Language, text: str) -> None:
    assert len(read(nlp, text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "The Historic Pact coalition lost the vote in Lima.",
        "Protesters in Lima burnt a Honda Accord.",
        "The company signed a contract with a hospital in Lima.",
    ],
)
def test_other_things_of_the_name(nlp: Language, text: str) -> None:
    assert read(nlp, text) == ()


def test_a_day_inside_the_mention_is_not_that_of_the_verb(nlp: Language) -> None:
    (accords,) = read(nlp, "Peru accused Chile of flouting the Oslo accords of 2013.")
    (violated,) = accords.status
    assert violated.value == "violated" and violated.date is None


def test_the_day_of_signing_is_told_more_exactly_by_the_verb(nlp: Language) -> None:
    (treaty,) = read(
        nlp, "The 2021 treaty between Peru and Chile, signed on March 25 that year, holds."
    )
    assert treaty.date is not None and treaty.date.start == "2021-03-25"


@pytest.mark.parametrize(
    "text",
    [
        "the it Council deal talks 2023 signed",
        "ceasefire by",
        "Peru broke the pact signed",
        "the contract",
        "A truce, in which",
    ],
)
def test_texts_that_break_off_raise_nothing(nlp: Language, text: str) -> None:
    for found in read(nlp, text):
        assert all(m.span.end <= len(text) for m in found.mentions)
