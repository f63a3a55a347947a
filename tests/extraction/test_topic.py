"""Whose country a title or a body without one belongs to."""

from __future__ import annotations

import pytest
from actor_marks import ids, pipeline, read

from kg.extraction.actors import actors
from kg.nlp.articles import article_doc
from kg.records import Actor, Article, Section, TextSpan


def people(text: str) -> dict[str, Actor]:
    return {a.name: a for a in actors(read(text)) if a.type == "person"}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        # whom the sentence before is about, not who was named last
        ('Peru accused Chile of fishing there. "Enough," Foreign Minister Ada Vidal said.',
         "Ada Vidal", "PER"),
        # not whom the quotation talks of
        ('Ghana closed a road. "Togo lies and Togo knows it," Interior Minister Kofi Boakye said.',
         "Kofi Boakye", "GHA"),
        # where it is said outweighs what was told
        ("Chile's navy left. Chile's army left. In Lima, Defence Minister Ada Vidal thanked Peru.",
         "Ada Vidal", "PER"),
        ("Chile's navy left, Peru said. Defence Minister Ada Vidal told reporters in Lima no.",
         "Ada Vidal", "PER"),
        # two states alike: nobody knows
        ("Peru and Chile met. Foreign Minister Ada Vidal was late.", "Ada Vidal", None),
        # in a quotation the speaker may talk of anybody's minister
        ('Peru sent a note. "I wrote to Foreign Minister Ada Vidal," a priest said.',
         "Ada Vidal", None),
        # a rank tells no state
        ("Peru sent a note. Major General Ada Vidal kept it.", "Ada Vidal", None),
    ],
)  # fmt: skip
def test_a_minister_is_of_the_country_that_it_is_about(
    text: str, name: str, country: str | None
) -> None:
    assert people(text)[name].country == country


def test_a_dateline_speaks_for_the_state_that_acts() -> None:
    text = "LIMA (Andes Desk) - Peru and Chile met. Foreign Minister Ada Vidal was late."
    sections = (Section("dateline", TextSpan(0, text.index(" - "))),)
    nlp = pipeline()
    doc = nlp(article_doc(nlp, Article("a", "a", text, published="2024-01-01", sections=sections)))
    assert {a.id: a.country for a in actors(doc)}["person-ada-vidal"] == "PER"


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("Amnesty blamed Ethiopian soldiers. The government did not.", "government",
         "ETH-GOVERNMENT"),
        ("Eritrea denied moving soldiers to the border.", "soldiers", "ERI-ARMED-FORCES"),
        ("Eritrea sent a note. Ethiopia's prime minister told lawmakers no.", "lawmakers",
         "ETH-LAWMAKERS"),
        ("UNIFIL said the soldiers were from Indonesia.", "soldiers", None),
        ("Peru sent a note. Officials from both countries met.", "Officials", None),
    ],
)  # fmt: skip
def test_bodies_of_a_country_are_taken_up_only_where_it_is_clear(
    text: str, words: str, actor: str | None
) -> None:
    assert ids(text, words) == actor


STORY = (
    "Peru's government met. Peru waited. Lima's parliament slept. It rained. Snow fell. Hail came."
)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        # nobody was told of just before: the country that the text tells of most
        (f"{STORY} Buses stood still. The army slept.", "PER-ARMED-FORCES"),
        # no clear one
        ("Peru and Chile met. Bolivia and Ghana met. Snow fell. Hail came. The army slept.", None),
        # whose rebels the same sentence names outweighs lists of others
        (
            "Kenya, Angola and Uganda act as guarantors. Elsewhere the army accuses M23 of theft.",
            "COD-ARMED-FORCES",
        ),
        # whose tanks they were, in what others said, counts like a main clause
        (
            "A Chilean spokesman waited. Bolivian tanks rolled in, residents said. The army slept.",
            "BOL-ARMED-FORCES",
        ),
        # a victim tells nothing of whose it is
        ("Peru waited. A Chilean soldier was killed. The army slept.", None),
    ],
)  # fmt: skip
def test_a_bare_army_is_of_the_country_of_the_story(text: str, body: str | None) -> None:
    assert ids(text, "army") == body
