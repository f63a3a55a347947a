"""Events in clauses inside clauses: whose subject, whose object, whose date, and how surely."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.extraction.events import events
from kg.nlp.articles import article_doc
from kg.records import Article, Event


def found(nlp: Language, text: str) -> list[Event]:
    article = Article("a", "a.txt", text, published="2023-09-19")
    return list(events(nlp(article_doc(nlp, article))))


def of_type(nlp: Language, text: str, kind: str) -> Event:
    read = found(nlp, text)
    matching = [e for e in read if e.type == kind]
    assert len(matching) == 1, [(e.type, e.trigger.of(text)) for e in read]
    return matching[0]


@pytest.mark.parametrize(
    ("text", "kind", "agents", "targets"),
    [
        (
            "Peru recalled its ambassador from Quito in December, and has since declared "
            "President Nayib Bukele persona non grata.",
            "SANCTION",
            ("PER",),
            ("nayib-bukele",),
        ),
        (
            "The envoy, Hanna Tetteh, whom Chad has asked the African Union to replace, left.",
            "REQUEST",
            ("TCD",),
            ("AU",),
        ),
        (
            "Eritrea, whose troops have fought alongside Ethiopian forces, was not invited.",
            "ASSAULT",
            ("ERI-ARMED-FORCES",),
            (),
        ),
        (
            "At least nine Chadian and four Nigerian soldiers died in Kenya in an ambush.",
            "ASSAULT",
            (),
            ("TCD", "NGA-ARMED-FORCES"),
        ),
        (
            "Japan gave the frigates to Kenya, a move that Russia condemned.",
            "ACCUSE",
            ("RUS",),
            ("JPN",),
        ),
        (
            "Serbia condemned the attack on the embassy at the United Nations.",
            "ACCUSE",
            ("SRB",),
            (),
        ),
        ("Sudan's warring factions agreed to extend the truce.", "AGREE", (), ()),
        ("Zambia's creditors, led by China, signed off on the plan.", "AGREE", (), ()),
        (
            "Slovakia has halted the shipments, a step that Kyiv called regrettable and "
            "Moscow praised.",
            "SUPPORT",
            ("RUS",),
            ("SVK",),
        ),
    ],
)
def test_who_does_it_to_whom(
    nlp: Language, text: str, kind: str, agents: tuple[str, ...], targets: tuple[str, ...]
) -> None:
    matching = [e for e in found(nlp, text) if e.type == kind]
    assert (matching[-1].agents, matching[-1].targets) == (agents, targets)


def test_who_is_in_the_middle_of_something_does_it(nlp: Language) -> None:
    text = "Egypt is in the process of pulling its soldiers out of Libya."
    assert of_type(nlp, text, "RETREAT").agents == ("EGY",)


def test_who_abstains_is_no_target_of_a_resolution(nlp: Language) -> None:
    text = (
        "The Security Council adopted resolution 2911 (2022) by a vote of 13 in favour, "
        "with 2 abstentions (Gabon, Russian Federation)."
    )
    adopted = of_type(nlp, text, "SUPPORT")
    assert (adopted.targets, adopted.date) == ((), None)


@pytest.mark.parametrize(
    ("text", "kind", "polarity", "modality"),
    [
        ("Hungary has yet to ratify the treaty.", "SUPPORT", "negative", "actual"),
        (
            "Both men were to attend the rites in Tehran, but neither was expected to hold "
            "talks with Iran.",
            "AGREE",
            "negative",
            "future",
        ),
        ("Mali said its junta had no mandate to negotiate.", "CONSULT", "negative", "actual"),
        (
            "Rwanda would lift the measures once Congo attacked the militia.",
            "ASSAULT",
            "positive",
            "conditional",
        ),
        (
            "The army asked that residents delay their return until Israel had withdrawn.",
            "RETREAT",
            "positive",
            "conditional",
        ),
        (
            "Modi spoke ahead of an expected meeting between India and China.",
            "CONSULT",
            "positive",
            "future",
        ),
    ],
)
def test_how_a_clause_claims_its_event(
    nlp: Language, text: str, kind: str, polarity: str, modality: str
) -> None:
    event = of_type(nlp, text, kind)
    assert (event.polarity, event.modality) == (polarity, modality)


def test_a_promise_that_nobody_will_attack_is_no_threat(nlp: Language) -> None:
    text = "The leaders of Guyana and Venezuela promised that neither side would use force."
    assert [e.type for e in found(nlp, text)] == ["AGREE"]


def test_a_date_stays_on_its_side_of_a_semicolon(nlp: Language) -> None:
    text = (
        "A 1993 accord commits both nations to keep peace; another, signed in 1996, bans firearms."
    )
    assert of_type(nlp, text, "AGREE").date is None


@pytest.mark.parametrize(
    "text",
    [
        "The lawyer declined to take questions.",
        "Russia wants to ensure that Hezbollah does not rebuild its camps in Lebanon.",
        "“We are ready,” the minister said in comments released by Serhiy Nykyforov.",
        "The firm agreed to sell its stake to a Dutch rival.",
    ],
)
def test_what_is_no_deed_of_one_to_another_is_silent(nlp: Language, text: str) -> None:
    assert [e.type for e in found(nlp, text)] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Russia halted the U.N.-brokered deal that lets Ukraine export grain.", "RETREAT"),
        (
            "Israel will withdraw as the army of Lebanon takes control of the area.",
            "ASSAULT",
        ),
    ],
)
def test_what_a_deal_lets_and_what_is_left_to_somebody(nlp: Language, text: str, kind: str) -> None:
    assert kind not in [e.type for e in found(nlp, text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The front will hand over its heavy weapons within ten days.", "RETREAT"),
        ("Moscow called the blast a strike by Ukrainian drones.", "ASSAULT"),
        ("Algeria closed its airspace to Moroccan planes.", "SANCTION"),
        ("The mission has handed eight of its camps to the Malian army.", "RETREAT"),
        ("Iran suspended the inspections by the UN agency.", "SANCTION"),
        ("Colombia suspended the ceasefire in November.", "SANCTION"),
        ("The World Bank resumed lending to Zambia.", "AID"),
    ],
)
def test_wordings_of_inner_clauses_have_a_type(nlp: Language, text: str, kind: str) -> None:
    assert kind in [e.type for e in found(nlp, text)]
