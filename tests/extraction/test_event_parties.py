"""Who takes part in an event, where its words are not simply subject and object of a verb."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.extraction.events import events
from kg.nlp.articles import article_doc
from kg.records import Article, Event


def of_type(nlp: Language, text: str, kind: str) -> Event:
    found = events(nlp(article_doc(nlp, Article("a", "a.txt", text, published="2023-09-19"))))
    matching = [e for e in found if e.type == kind]
    assert len(matching) == 1, [(e.type, e.trigger.of(text)) for e in found]
    return matching[0]


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        ("France is to send two warships to the Gulf of Guinea.", ("FRA",)),
        ("North Korea is to test a missile next week.", ("PRK",)),
    ],
)
def test_what_is_to_be_done_has_not_been_done(
    nlp: Language, text: str, agents: tuple[str, ...]
) -> None:
    event = of_type(nlp, text, "THREATEN")
    assert (event.modality, event.agents) == ("future", agents)


@pytest.mark.parametrize(
    ("text", "kind", "targets"),
    [
        ("The army attacked the militants backed by Iran.", "ASSAULT", ()),
        ("Israel bombed a base used by Iranian forces.", "ASSAULT", ("IRN-ARMED-FORCES",)),
        ("Police broke up a march by Ethiopian students.", "COERCE", ("students-ETH",)),
    ],
)
def test_who_is_hit_is_not_who_stands_behind(
    nlp: Language, text: str, kind: str, targets: tuple[str, ...]
) -> None:
    assert of_type(nlp, text, kind).targets == targets


@pytest.mark.parametrize(
    ("text", "agents", "targets"),
    [
        ("Peru's ambassador was recalled from Managua.", ("PER",), ("NIC",)),
        ("Peru's ambassador to Bolivia was recalled by Lima.", ("PER",), ("BOL",)),
        ("France recalled its ambassador in Niamey.", ("FRA",), ("NER",)),
    ],
)
def test_a_recall_is_directed_at_the_state_of_the_post(
    nlp: Language, text: str, agents: tuple[str, ...], targets: tuple[str, ...]
) -> None:
    event = of_type(nlp, text, "SANCTION")
    assert (event.agents, event.targets) == (agents, targets)


def test_those_who_say_something_after_talks_held_them(nlp: Language) -> None:
    text = "Ghana and Togo will share the water, their presidents said after talks in Accra."
    assert of_type(nlp, text, "CONSULT").agents
    text = "The Omani minister said after talks with Iran that a deal was near."
    assert of_type(nlp, text, "CONSULT").agents


def test_what_stands_in_a_state_is_hit_there(nlp: Language) -> None:
    text = "Drones set an oil depot ablaze in Chad's Salamat region."
    assert of_type(nlp, text, "ASSAULT").targets == ("TCD",)


def test_who_fired_a_missile_hits_with_it(nlp: Language) -> None:
    text = "A rocket fired by NATO forces hit a building in Pakistan."
    assert "NATO" in of_type(nlp, text, "ASSAULT").agents[0]


def test_whose_bid_is_ratified_is_backed(nlp: Language) -> None:
    text = "Slovakia's parliament ratified Bosnia's bid to join NATO."
    assert of_type(nlp, text, "SUPPORT").targets == ("BIH",)


def test_two_who_hold_drills_cooperate(nlp: Language) -> None:
    text = "Kenya and Uganda held naval drills on Lake Victoria."
    event = of_type(nlp, text, "COOPERATE")
    assert event.agents == event.targets == ("KEN", "UGA")


def test_a_warrant_is_one_event(nlp: Language) -> None:
    text = "The International Criminal Court issued arrest warrants for two Sudanese generals."
    assert len(events(nlp(article_doc(nlp, Article("a", "a.txt", text))))) == 1


def test_a_subjunctive_taken_for_a_plural_asks(nlp: Language) -> None:
    text = "Beirut insists that Israel withdraw from the hilltops."
    assert of_type(nlp, text, "REQUEST").targets == ("ISR",)


def test_a_stadium_alone_is_no_sport(nlp: Language) -> None:
    text = "The Taliban flogged 12 people in a stadium."
    assert of_type(nlp, text, "ASSAULT").agents == ("TALIBAN",)


def test_what_marchers_denounce_is_the_aim_of_the_march(nlp: Language) -> None:
    text = "Thousands marched through Lima to denounce the government of Bolivia."
    assert of_type(nlp, text, "PROTEST").targets


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('Anna Kovac called Peter Lang "a useful idiot".', "CONSULT"),
        ("The law allows the president to stay for a third term.", "RETREAT"),
        ("Anna Kovac said she was encouraged by the decision of Georgia.", "REQUEST"),
        ("Kenya met all the deadlines of the programme.", "CONSULT"),
        ("The minister Anna Kovac talked about the weather.", "CONSULT"),
        ("The figures underscore the need for a new harbour.", "REQUEST"),
        ("The senator offered no evidence for his view.", "AGREE"),
    ],
)
def test_words_of_other_things_are_no_events(nlp: Language, text: str, kind: str) -> None:
    found = events(nlp(article_doc(nlp, Article("a", "a.txt", text))))
    assert kind not in {e.type for e in found}


def test_a_person_who_attacks_a_person_uses_words(nlp: Language) -> None:
    text = "Senator Anna Kovac attacked the rival candidate Peter Lang on Monday."
    found = events(nlp(article_doc(nlp, Article("a", "a.txt", text))))
    assert {e.type for e in found} == {"ACCUSE"}


def test_what_is_avenged_has_taken_place(nlp: Language) -> None:
    text = "Burundi vowed to avenge the killing of nine of its soldiers."
    assert of_type(nlp, text, "THREATEN").targets == ()
    assert of_type(nlp, text, "ASSAULT").modality == "actual"


def test_who_will_act_is_not_whom_the_threat_is_directed_at(nlp: Language) -> None:
    text = "Iran would respond to any strike on its nuclear sites, a commander warned."
    assert of_type(nlp, text, "THREATEN").targets == ()


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Kenya said it would host talks with Somalia.", "future"),
        ("Kenya said it would host talks with Somalia if it was asked.", "conditional"),
        ("Kenya said it would have hosted talks with Somalia.", "conditional"),
    ],
)
def test_what_somebody_said_they_would_do_is_to_come(
    nlp: Language, text: str, modality: str
) -> None:
    found = events(nlp(article_doc(nlp, Article("a", "a.txt", text))))
    assert [e.modality for e in found] == [modality]
