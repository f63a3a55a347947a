"""Agreements in the sentences of ordinary agency reports: what is theirs, and what is another's."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.extraction.agreements import agreements
from kg.nlp.articles import article_doc
from kg.records import Agreement, Article, Section, TextSpan


def read(nlp: Language, text: str) -> tuple[Agreement, ...]:
    article = Article("a", "a.txt", text, published="2024-03-27")
    return agreements(nlp(article_doc(nlp, article)))


@pytest.mark.parametrize(
    ("text", "laid_down"),
    [
        (
            "NATO, which keeps 900 soldiers in Kosovo under a 1999 U.N. resolution, urged both "
            "governments to return to talks.",
            [],
        ),
        (
            "Egypt's foreign minister Badr Abdelatty, who helped broker the agreement, said he "
            "believed that Sudan wanted it to continue.",
            [],
        ),
        (
            "Chile halted its part in the fish deal that lets Peru export through Arica, raising "
            "concern abroad of higher prices.",
            ["lets Peru export through Arica"],
        ),
        (
            "The pact bans drones near the border.",
            ["bans drones near the border"],
        ),
        (
            "Under the accord signed in Quito on May 20, the parties undertook to refrain from "
            "attacks and to withdraw from hospitals and public buildings.",
            [
                "the parties undertook to refrain from attacks",
                "withdraw from hospitals and public buildings",
            ],
        ),
        (
            "Under a deal reached in Quito in March, Peru agreed to cut duties while Chile "
            "undertook not to block its exports.",
            ["Peru agreed to cut duties", "Chile undertook not to block its exports"],
        ),
        (
            "Peru is bound by a 1951 treaty to defend Chile if its ships come under attack.",
            ["defend Chile if its ships come under attack"],
        ),
    ],
)
def test_provisions_are_the_agreements_own(nlp: Language, text: str, laid_down: list[str]) -> None:
    found = [p.text for a in read(nlp, text) for p in a.provisions]
    assert found == laid_down


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (
            "Under a deal reached in Quito in March, Peru agreed to cut duties while Chile "
            "undertook not to block its exports.",
            {"PER", "CHL"},
        ),
        ("Peru is bound by a 1951 treaty to defend Chile if it is attacked.", {"PER", "CHL"}),
        (
            "Peru and Chile signed the Arica accord on Monday. It was unclear whether Bolivia "
            "would abide by the accord.",
            {"PER", "CHL"},
        ),
    ],
)
def test_parties_are_who_is_bound(nlp: Language, text: str, parties: set[str]) -> None:
    (found,) = read(nlp, text)
    assert set(found.parties) == parties


def test_whom_the_headline_has_agree_sent_the_delegates(nlp: Language) -> None:
    head = "Peru, Chile agree to end fish war"
    text = f"{head}\n\nDelegates signed an agreement on a permanent ceasefire at sea."
    sections = (Section("headline", TextSpan(0, len(head))),)
    article = Article("a", "a.txt", text, published="2024-03-27", sections=sections)
    (found,) = agreements(nlp(article_doc(nlp, article)))
    assert set(found.parties) == {"PER", "CHL"}


@pytest.mark.parametrize(
    ("text", "not_told"),
    [
        ("Peru and Chile keep a ceasefire. The army reported no ceasefire violations.", "denied"),
        ('Bolivia\'s president dismissed the ceasefire with Peru as "a gift".', "denied"),
        ("Peru signed a truce with Chile. Lima said it was against extending it.", "in_force"),
    ],
)
def test_an_opinion_is_no_status(nlp: Language, text: str, not_told: str) -> None:
    assert not [s for a in read(nlp, text) for s in a.status if s.value == not_told]


@pytest.mark.parametrize(
    ("text", "instrument"),
    [
        (
            "Armenia and Azerbaijan met in Kazan. The statement of 9 November 2020 speaks of "
            "roads, Yerevan said.",
            "trilateral-statement-2020-11-09",
        ),
        (
            "Armenia and Azerbaijan met in Kazan. The commission was set up under the statement "
            "of 26 November 2021, signed in Sochi.",
            "trilateral-statement-2021-11-26",
        ),
        (
            "Serbia and Kosovo reached a deal on 18 March 2023, the EU said.",
            "ohrid-agreement-2023",
        ),
        (
            "The United States is bound by a 1951 treaty to defend the Philippines.",
            "mutual-defense-treaty-usa-phl-1951",
        ),
    ],
)
def test_the_day_and_the_powers_told_of_link_what_is_known(
    nlp: Language, text: str, instrument: str
) -> None:
    (found,) = read(nlp, text)
    assert found.resolves_to == (instrument,)


def test_a_statement_of_a_day_on_which_others_made_one_is_none(nlp: Language) -> None:
    assert not read(nlp, "Peru recalled the statement of 9 November 2020 by its fishermen.")


def test_whom_a_provision_names_is_bound_where_the_registry_has_him(nlp: Language) -> None:
    (found,) = read(
        nlp,
        "Russia left the Black Sea Grain Initiative, which the United Nations brokered in July "
        "2022. The grain deal lets Ukraine export maize.",
    )
    assert set(found.parties) == {"RUS", "UKR"}


def test_a_set_by_its_years(nlp: Language) -> None:
    (found,) = read(nlp, "Peru and Chile quarrel. There is no alternative to the set of agreements "
                         "of 2020-2022, Lima said.")  # fmt: skip
    assert found.is_set and found.date is not None and found.date.start == "2020-01-01"


def test_what_an_agreement_is_on_is_no_second_one(nlp: Language) -> None:
    found = read(nlp, "Peru and Chile signed an agreement on a “permanent ceasefire” on Monday.")
    assert [(a.type, a.parties) for a in found] == [("ceasefire", ("PER", "CHL"))]


def test_who_guaranteed_the_talks_a_sentence_later(nlp: Language) -> None:
    (found,) = read(
        nlp,
        "Colombia and the ELN signed a truce on Friday. Bishops hailed the news. Norway and Cuba "
        "act as guarantors of the talks.",
    )
    assert found.guarantors == ("NOR", "CUB")


SIGNED = "Peru and Chile signed a fishing accord on Monday. "


@pytest.mark.parametrize(
    ("text", "laid_down"),
    [
        (
            "The accord sets a quota of two tonnes. Lima will pay a third of the costs. "
            "Trawlers must carry an observer.",
            ["Lima will pay a third of the costs", "Trawlers must carry an observer"],
        ),
        (
            "Under the accord, Peru will free 70 sailors, among them ten Bolivians. Chile "
            "undertook to let boats out.",
            [
                "Peru will free 70 sailors, among them ten Bolivians",
                "Chile undertook to let boats out",
            ],
        ),
        ("It includes loans for Chilean ports.", ["loans for Chilean ports"]),
        (
            "Under the accord, Peru will build two ports, where officials count the fish.",
            ["Peru will build two ports, where officials count the fish"],
        ),
        (
            "The accord sets a quota of two tonnes, half of what Peru had asked for.",
            ["a quota of two tonnes"],
        ),
        ("Under the accord, Peru will move its boats and nets north.", 1),
    ],
)
def test_the_next_sentence_goes_on(nlp: Language, text: str, laid_down: list[str] | int) -> None:
    (found,) = read(nlp, SIGNED + text)
    told = [p.text for p in found.provisions]
    if isinstance(laid_down, int):
        assert len(told) == laid_down
    else:
        assert told[-len(laid_down) :] == laid_down


@pytest.mark.parametrize(
    "text",
    [
        "The accord sets a quota. The ministers will visit both ports.",
        "The accord sets a quota. Fishermen will ask for more, the union said.",
        "The accord sets a quota. The union will meet on Friday.",
        "Chile is glad. It includes Arica in its plans.",
    ],
)
def test_what_comes_after_is_not_laid_down(nlp: Language, text: str) -> None:
    (found,) = read(nlp, SIGNED + text)
    assert {p.text for p in found.provisions} <= {"a quota"}


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Peru and Chile will amend their 2019 fishing deal, officials said.", {"PER", "CHL"}),
        (
            "Peru and Chile on Tuesday signed a pledge to protect divers and a 10-day truce.",
            {"PER", "CHL"},
        ),
    ],
)
def test_whose_deal_it_is(nlp: Language, text: str, parties: set[str]) -> None:
    assert {p for a in read(nlp, text) for p in a.parties} == parties


def test_one_ceasefire_that_both_accepted(nlp: Language) -> None:
    (found,) = read(
        nlp,
        "A ceasefire between Peru and Chile came into force on Monday after both accepted an "
        "agreement brokered by Brazil.",
    )
    assert found.type == "ceasefire" and found.mediators == ("BRA",)


def test_what_another_one_is_not_denies_nothing(nlp: Language) -> None:
    (found,) = read(nlp, SIGNED + "No similar agreement would be offered to Bolivia, Lima said.")
    assert "denied" not in {s.value for s in found.status}


def test_what_lapsed_is_the_resolution_it_is_based_on(nlp: Language) -> None:
    found = read(
        nlp,
        SIGNED + "The accord is based on U.N. Security Council resolution 1701, which ended a war "
        "but was never implemented.",
    )
    accord = next(a for a in found if a.parties)
    assert "lapsed" not in {s.value for s in accord.status}


def test_a_resolution_has_no_mediators(nlp: Language) -> None:
    found = read(
        nlp,
        "NATO, which keeps soldiers in Kosovo under a 1999 U.N. resolution, hailed talks "
        "mediated by the European Union.",
    )
    assert [a.mediators for a in found] == [()]


def test_days_of_talks_are_not_agreed_on(nlp: Language) -> None:
    (deal,) = read(
        nlp,
        "Peru and Chile agreed on Monday to free ten sailors after days of talks in Quito. The "
        "agreement takes effect in May.",
    )
    assert [p.text for p in deal.provisions] == ["free ten sailors"]


def test_the_day_is_not_that_of_what_came_after(nlp: Language) -> None:
    (deal,) = read(
        nlp, "Talks were put off on Monday, nine months after Peru and Chile signed a border pact."
    )
    assert deal.date is None


def test_we_have_signed_takes_up_what_the_headline_tells(nlp: Language) -> None:
    found = read(
        nlp,
        "Delegates of both sides signed an agreement on a “permanent ceasefire”, mediators in Lima "
        "said.\n\n“We have now signed an agreement,” said Peru's president Dina Boluarte.",
    )
    assert len(found) == 1
