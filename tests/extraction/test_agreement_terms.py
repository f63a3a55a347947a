"""What an agreement lays down by its parts and in lists; what names one; what its days are."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.extraction.agreements import agreements
from kg.nlp.articles import article_doc
from kg.records import Agreement, Article


def read(nlp: Language, text: str) -> tuple[Agreement, ...]:
    article = Article("a", "a.txt", text, published="2024-03-27")
    return agreements(nlp(article_doc(nlp, article)))


SIGNED = "Peru and Chile signed a trade pact on Monday. "


@pytest.mark.parametrize(
    ("text", "laid_down"),
    [
        (
            SIGNED + "According to the text, Peru will cut duties and Chile will open its ports.",
            ["Peru will cut duties", "Chile will open its ports"],
        ),
        (
            SIGNED + "Its third chapter obliges Lima to publish permits.",
            ["Lima to publish permits"],
        ),
        (
            SIGNED + "The pact's second annex bans nets. Article 4 allows checks.",
            ["bans nets", "allows checks"],
        ),
        (
            SIGNED + "The text, which lawyers drafted, also tasks a panel with checks.",
            ["a panel with checks"],
        ),
        (
            SIGNED + "Key terms include:\n- a register of lakes;\n- free access to data; and\n"
            "- pay for fishermen.\n\nLima was pleased.",
            ["a register of lakes", "free access to data", "pay for fishermen"],
        ),
        (
            SIGNED + "The terms of the pact are simple: lawyers will finish by June, and the first"
            " exercise will follow in July.",
            ["lawyers will finish by June", "the first exercise will follow in July"],
        ),
        ("Oman seeks a truce. A draft would see Riyadh pay wages.", ["Riyadh pay wages"]),
        (
            "Peru and Chile signed a protocol on Friday that stipulates the withdrawal of tanks.",
            ["the withdrawal of tanks"],
        ),
        (
            "Peru has a treaty with Chile, dating from 1951, which obliges both to aid the other.",
            ["both to aid the other"],
        ),
        (
            "Under the treaty, co-drafted by Peru and Chile, rates of interest are cut.",
            ["rates of interest are cut"],
        ),
        (
            "Peru and Chile signed a pact. It obliges both sides to report losses. Under its second"
            " article, captives will go home.",
            ["both sides to report losses", "captives will go home"],
        ),
        (
            "Peru and Chile reached a deal. The agreement saw Lima release ten men.",
            ["Lima release ten men"],
        ),
        (
            "Peru and Chile signed a memorandum on rail defence providing for joint crews.",
            ["joint crews"],
        ),
        (
            "Joint patrols will start in May, according to the treaty.",
            ["Joint patrols will start in May"],
        ),
        (
            "Israel will free 50 men and reopen the crossing under the truce.",
            ["Israel will free 50 men", "reopen the crossing"],
        ),
        (
            "The truce provides for the release of 88 men: 70 rebels are to go home.",
            ["the release of 88 men", "70 rebels are to go home"],
        ),
        (
            "The truce had allowed flights from Lima and fuel imports through Callao.",
            ["allowed flights from Lima", "fuel imports through Callao"],
        ),
        (
            "The UN Security Council adopted a resolution that permits a mission, with 13 votes in"
            " favour.",
            ["permits a mission"],
        ),
        (
            "Peru and Chile negotiate a treaty. It would exempt Peruvians from duties.",
            ["exempt Peruvians from duties"],
        ),
        (
            "Peru and Chile signed a pact on radar. Lima agreed to pay for two stations and share"
            " images, while Santiago promised to exempt ships.",
            [
                "Lima agreed to pay for two stations",
                "share images",
                "Santiago promised to exempt ships",
            ],
        ),
        (
            "Peru and Chile signed a pact that bans tolls. Papers may not be kept."
            " In return, Chile will lift its ban and speed up checks.",
            ["bans tolls", "Chile will lift its ban", "speed up checks"],
        ),
        (
            "Under a roadmap adopted by the UN in April, the two are to share data and to set up a"
            " joint panel.",
            ["the two are to share data", "set up a joint panel"],
        ),
        ("Captives were exchanged, as the truce stipulated.", ["Captives were exchanged"]),
        (
            "Peru and Chile signed a pact on Monday giving troops access to bases.",
            ["troops access to bases"],
        ),
        (
            "Peru and Chile signed a pact in Lima, committing themselves to relief and to talks.",
            ["relief", "talks"],
        ),
        (
            "The UN Security Council adopted a resolution that welcomes the vote and demands aid.",
            ["welcomes the vote", "demands aid"],
        ),
        (
            "The treaty does not allow tanks near the ridge.",
            ["does not allow tanks near the ridge"],
        ),
        (
            "The treaty obliges both to call the envoy, Ana Solis.",
            ["both to call the envoy, Ana Solis"],
        ),
        (
            "Peru would prefer a protocol on rain, obliging both sides to share data.",
            ["both sides to share data"],
        ),
        (
            "Peru and Chile plan a truce. The plan would see Peru free ten men.",
            ["Peru free ten men"],
        ),
        (
            "The treaty limits tanks in Peru and sets up a panel.",
            ["limits tanks in Peru", "sets up a panel"],
        ),
    ],
)
def test_what_its_parts_lists_and_clauses_lay_down(
    nlp: Language, text: str, laid_down: list[str]
) -> None:
    (found,) = read(nlp, text)
    assert [p.text for p in found.provisions] == laid_down


@pytest.mark.parametrize(
    "text",
    [
        "Peru freed 50 men under the truce.",
        "The truce does not mention tanks.",
        SIGNED + "Chile voted down a rival draft, which bans nets.",
        "The accord, Peru says, has promised much the same.",
        "The truce saw thousands return to Lima.",
        "The truce, which left much open, holds.",
        "The pact, which is to give Peru a new government, was signed in Lima.",
        SIGNED + "Chile's parliament debated a law. The text bans nets.",
        SIGNED + "Rain fell. Snow fell. Sheep died. Prices rose. The text bans nets.",
    ],
)
def test_what_no_agreement_lays_down(nlp: Language, text: str) -> None:
    assert all(not a.provisions for a in read(nlp, text))


@pytest.mark.parametrize(
    ("text", "value", "day"),
    [
        ("Peru and Chile agreed on Tuesday to a 60-day ceasefire.", "agreed", "2024-03-26"),
        (
            "The UN Security Council on Tuesday approved a resolution on Haiti.",
            "adopted",
            "2024-03-26",
        ),
        ("Peru and Chile endorsed a roadmap on Tuesday.", "adopted", "2024-03-26"),
        ("Peru and Chile signed the Lima Framework on Monday.", "signed", "2024-03-25"),
        ("The ceasefire of April 2021 lasted nine months.", "ended", "2021-04-01"),
        (
            "Peru and Chile recalled a 2009 protocol which expired last year.",
            "lapsed",
            "2009-01-01",
        ),
    ],
)
def test_how_and_when_it_was_made_or_ended(nlp: Language, text: str, value: str, day: str) -> None:
    (found,) = read(nlp, text)
    assert value in {s.value for s in found.status}
    assert found.date is not None and found.date.start == day


def test_a_treaty_dates_from_a_year(nlp: Language) -> None:
    (found,) = read(nlp, "Peru has a treaty with Chile, dating back to 1951, on water.")
    assert found.date is not None and found.date.start == "1951-01-01"


def test_one_that_was_never_published_may_have_collapsed(nlp: Language) -> None:
    (found,) = read(nlp, "The truce, which left much open, was never published and collapsed.")
    assert [(s.value, s.polarity) for s in found.status] == [("ended", "positive")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The planned pact was aimed at no other country, Peru said.", "sought"),
        ("The treaty tasks the force with guarding Lima.", "in_force"),
    ],
)
def test_what_is_no_status(nlp: Language, text: str, value: str) -> None:
    assert value not in {s.value for a in read(nlp, text) for s in a.status}


@pytest.mark.parametrize(
    "text",
    [
        "A 2021 understanding between neighbours gave herders in Peru the right to cross.",
        "Peru recalled a memorandum in which the UN undertook to ease exports.",
        "Peru has floated a new arrangement allowing exports through Chile.",
    ],
)
def test_what_names_an_agreement(nlp: Language, text: str) -> None:
    assert len(read(nlp, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The frontier between Peru and Chile has seen many truces.",
        "Peru's president, in agreement with the Supreme Court, declined to sign a bill.",
        "Shares in a Lima group jumped after it reached an agreement to buy a Peruvian rival.",
        "Peru cited a 2001 memorandum issued by its immigration agency.",
        "Union leaders in Peru accepted a wage deal. The deal runs until March 2026.",
    ],
)
def test_what_names_none(nlp: Language, text: str) -> None:
    assert read(nlp, text) == ()


def test_who_calls_for_observance_is_no_party(nlp: Language) -> None:
    text = (
        "Peru and Chile signed a truce. Cuba called for observance of the truce and offered maps"
        " from its archives."
    )
    (truce,) = read(nlp, text)
    assert set(truce.parties) == {"PER", "CHL"}


def test_with_whom_a_deal_is_discussed_is_no_party(nlp: Language) -> None:
    (deal,) = read(nlp, "Peru and Chile signed a grain deal. Peru will discuss the deal with Cuba.")
    assert set(deal.parties) == {"PER", "CHL"}


def test_another_word_beside_a_name_is_of_the_same(nlp: Language) -> None:
    (found,) = read(nlp, "Peru worries about New START, the last pact limiting warheads.")
    assert len(found.mentions) == 2


def test_the_document_may_be_a_resolution(nlp: Language) -> None:
    text = "The UN Security Council adopted a resolution on Haiti. Peru said the document went far."
    (found,) = read(nlp, text)
    assert len(found.mentions) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Peru and Chile struck a prisoner exchange deal this month. Oman called on both to renew"
        " the truce that lapsed in October.",
    ],
)
def test_two_that_are_told_apart(nlp: Language, text: str) -> None:
    assert len(read(nlp, text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Peru accused Chile on Monday of disregarding a water treaty the two concluded in 2002.",
        "Peru and Chile have put into effect a memorandum on rain that the two signed in January.",
        "Chile, with which Peru has been negotiating a separate accord, still refuses to sign it.",
        "Peru and Chile have had a visiting forces agreement since 2012.",
    ],
)
def test_who_made_it_is_told_from_afar(nlp: Language, text: str) -> None:
    (found,) = read(nlp, text)
    assert set(found.parties) == {"PER", "CHL"}


def test_an_instrument_of_another_year_is_another(nlp: Language) -> None:
    text = "Forty states adopted an accord on ice on Monday. The Kyoto Protocol was no model."
    assert len(read(nlp, text)) == 2


def test_two_that_are_introduced_by_other_words(nlp: Language) -> None:
    text = (
        "Peru signed a roadmap towards a defence pact.\n\nChile and Cuba have had a visiting"
        " forces agreement since 2012."
    )
    assert len(read(nlp, text)) == 3


def test_the_other_agreement_is_not(nlp: Language) -> None:
    text = "Peru and Chile signed an accord. Lima stressed that the agreement was no peace treaty."
    (accord,) = read(nlp, text)
    assert len(accord.mentions) == 2


def test_what_is_made_public_is_not_made(nlp: Language) -> None:
    text = "Peru and Chile signed a memorandum. The memorandum has not been made public."
    (found,) = read(nlp, text)
    assert [s.value for s in found.status] == ["signed"]


def test_the_size_of_a_declaration_tells_no_other(nlp: Language) -> None:
    text = "Peru and Chile signed a declaration of principles. The two-page declaration bans tanks."
    (found,) = read(nlp, text)
    assert len(found.mentions) == 2


@pytest.mark.parametrize(
    ("text", "taken_up"),
    [
        (
            "Peru and Chile signed two statements in 2020 and 2021. These very agreements hold.",
            ["two statements", "These very agreements"],
        ),
        (
            "Peru and Chile signed the Busia protocol in 2019.\n\nThat agreement is dead.",
            ["the Busia protocol", "That agreement"],
        ),
        (
            "Peru and Chile agreed to a truce. The arrangement has held.",
            ["a truce", "The arrangement"],
        ),
    ],
)
def test_what_takes_up_an_agreement(nlp: Language, text: str, taken_up: list[str]) -> None:
    (found,) = read(nlp, text)
    assert [m.span.of(text) for m in found.mentions] == taken_up


def test_the_accords_of_two_years_bind_two(nlp: Language) -> None:
    (found,) = read(nlp, "The two accords of 2020 and 2021 bind Peru and Chile.")
    assert (found.parties, found.provisions, found.is_set) == (("PER", "CHL"), (), True)


def test_the_members_of_a_set_were_signed_in_two_years(nlp: Language) -> None:
    text = "The Minsk agreements were signed in 2014 and 2015. Neither of the documents was kept."
    (found,) = read(nlp, text)
    assert found.date is not None and (found.date.start, found.date.end) == (
        "2014-01-01",
        "2015-12-31",
    )
    assert "lapsed" in {s.value for s in found.status}


def test_two_treaties_of_one_day(nlp: Language) -> None:
    text = (
        "Peru and Chile signed a fishing treaty and an extradition treaty on Monday. The fishing"
        " treaty takes effect in May; the extradition treaty bans torture."
    )
    fishing, extradition = read(nlp, text)
    assert (fishing.id, len(fishing.mentions)) == ("treaty-chl-per-2024-03-25-fishing", 2)
    assert [p.text for p in extradition.provisions] == ["bans torture"]


def test_the_pact_is_what_was_called_a_pact(nlp: Language) -> None:
    text = (
        "Peru and Chile reached a ceasefire on Monday. Peru and Cuba signed a trade pact on"
        " Tuesday. The ceasefire was violated, and the pact was put on hold."
    )
    ceasefire, pact = read(nlp, text)
    assert ("suspended" in {s.value for s in pact.status}) and len(ceasefire.mentions) == 2


def test_the_deal_of_2020_is_not_what_is_negotiated(nlp: Language) -> None:
    text = (
        "Peru and Chile resumed talks on a free-trade agreement. The interim deal that the two"
        " struck in 2020 lapsed."
    )
    planned, interim = read(nlp, text)
    assert planned.date is None
    assert interim.date is not None and interim.date.start == "2020-01-01"


def test_an_understanding_that_is_acted_on(nlp: Language) -> None:
    text = "Under a separate understanding with Kyiv, Russia has freed 95 soldiers."
    (found,) = read(nlp, text)
    assert [p.text for p in found.provisions] == ["Russia has freed 95 soldiers"]
