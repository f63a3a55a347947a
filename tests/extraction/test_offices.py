"""Which office a title tells of whom, and of which country an office or body without one is."""

from __future__ import annotations

import pytest
from actor_marks import found, read

from kg.extraction.actors import actors


def offices(text: str, person: str) -> set[tuple[str, str]]:
    """The roles of a person and whose they are, as a text tells them."""
    by_id = {a.id: a for a in actors(read(text))}
    return {(r.role, r.of) for r in by_id[person].roles if r.basis == "text"}


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("The delegate of Peru, Ivo Paz, objected.", ("representative", "PER")),
        ("Danish security chief Ivo Paz resigned.", ("security chief", "DNK")),
        ("Indian Foreign Secretary Ivo Paz spoke.", ("foreign secretary", "IND")),
        ("British Foreign Secretary Ivo Paz spoke.", ("foreign minister", "GBR")),
        (
            "He met the ELN's leader. The guerrillas' top commander, Ivo Paz, left.",
            ("commander", "ELN"),
        ),
        (
            "Ivo Paz, press officer of Angolan President Joao Lourenco, left.",
            ("spokesperson", "joao-lourenco"),
        ),
        ("Ivo Paz, head of the U.N. Palestinian refugee agency UNRWA, left.", ("head", "UNRWA")),
        ("Ivo Paz, the UN Emergency Relief Coordinator, left.", ("coordinator", "UN")),
        (
            "The army will act, said Ivo Paz, a spokesperson for China's State Council Taiwan "
            "Affairs Office.",
            ("spokesperson", "CHN-TAO"),
        ),
        (
            "The Chinese army will act, said Ivo Paz, a spokesperson for the Defence Ministry.",
            ("spokesperson", "CHN-MOD"),
        ),
        ("Ivo Paz, the prime minister of St. Vincent, left.", ("prime minister", "VCT")),
    ],
)
def test_a_title_tells_an_office(text: str, office: tuple[str, str]) -> None:
    assert offices(text, "person-ivo-paz") == {office}


def test_a_region_s_spokesman_speaks_for_no_state() -> None:
    text = "Tigray spokesman Ivo Paz left. Ethiopia was silent."
    assert offices(text, "person-ivo-paz") == set()


def at(text: str, words: str) -> str | None:
    """Whom the first mention of some words means."""
    return next((a for s, a in found(read(text)).items() if s.of(text) == words), None)


def test_a_diplomat_speaks_of_the_country_to_which_a_mission_is_sent() -> None:
    text = (
        "The Security Council extended the mandate of the United Nations Mission in South Sudan. "
        "The representative of the United States said the Government had failed."
    )
    assert at(text, "Government") == "SSD-GOVERNMENT"


def test_two_before_a_comma_share_the_leaders_of_a_headline() -> None:
    text = "Peru, Chile leaders meet\n\nThe leaders of Peru and Chile met."
    mentions = found(read(text, headline=True))
    assert len({a for s, a in mentions.items() if "leaders" in s.of(text)}) == 1


def test_ministers_of_whom_it_is_not_understood_are_nobody() -> None:
    text = "The leaders of Peru and Chile met. A panel of the foreign ministers of both is next."
    assert at(text, "foreign ministers") is None


def test_a_militia_of_a_people_has_its_name() -> None:
    names = {a.name for a in actors(read("The FDLR, a Hutu militia, left."))}
    assert "Militias in Hutu" not in names


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        (
            "Ethiopia was calm. Tigray's interim administration said that the federal government "
            "would pay.",
            "federal government",
            "ETH-GOVERNMENT",
        ),
        ("Moldova was calm. Authorities in the breakaway region denied it.", "Authorities", None),
        (
            "India was calm. The Indian prime minister met Congress lawmakers.",
            "Congress",
            "IND-CONGRESS",
        ),
        (
            "Russian Foreign Ministry spokeswoman Ada Vidal spoke. The diplomat left.",
            "diplomat",
            "person-ada-vidal",
        ),
        ("The UN moved its staff out of Khartoum.", "Khartoum", "@khartoum"),
        (
            "Kenya told Russia, Iran and Peru nothing. The two countries were silent.",
            "countries",
            None,
        ),
        ("Minister Ivo Paz said his forces had left.", "his forces", None),
        (
            "Ivo Paz leads the Blue River Alliance. "
            + "Peru was calm. " * 6
            + "The alliance left.",
            "alliance",
            "organization-blue-river-alliance",
        ),
    ],
)
def test_a_body_is_whose_the_text_tells(text: str, words: str, actor: str | None) -> None:
    assert at(text, words) == actor


def test_a_region_s_president_is_not_the_state_s() -> None:
    text = "The president of Tigray's interim administration left. Ethiopia was calm."
    assert "taye-atske-selassie" not in {a.id for a in actors(read(text, day="2025-04-09"))}


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("The Danish army's chief, Ivo Paz, left.", ("army chief", "DNK")),
        ("UN rights chief Ivo Paz left.", ("rights chief", "UN")),
        ("Ivo Paz, Special Representative and head of UNMISS, left.", ("head", "UNMISS")),
        ("Cambodian Senate President Ivo Paz left.", ("speaker", "KHM")),
    ],
)
def test_a_chief_heads_what_the_words_before_tell(text: str, office: tuple[str, str]) -> None:
    assert offices(text, "person-ivo-paz") == {office}


def test_parties_with_the_name_of_one_elsewhere_are_not_that_one() -> None:
    text = "Kosovo was calm. The Democratic Party of Ivo Paz blamed the Kosovo police."
    assert "USA-DEMOCRATIC-PARTY" not in {a.id for a in actors(read(text))}


def test_an_opposition_accuses_no_government_of_elsewhere() -> None:
    text = (
        "The Cambodian government wrote a letter. Peru was calm. Chile was calm. Cuba was calm. "
        "Thai opposition leader Ivo Paz accused the government of silence."
    )
    mentions = sorted((s.start, a) for s, a in found(read(text)).items() if "gov" in s.of(text))
    assert [a for _, a in mentions] == ["KHM-GOVERNMENT"]
