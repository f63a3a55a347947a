from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import networkx as nx
import pytest
from page_networks import actor, agreement, evidence

from kg.queries.network import PART_OF, Told
from kg.queries.sparql import open_graph
from kg.visual.cards import Record, agreement_cards
from kg.visual.disagreements import (
    Disagreement,
    claim_disagreements,
    denied_accusations,
)
from kg.visual.page import graph_page

ACCORD = agreement("accord")
LABELS = {ACCORD: "Tarsk Accord", actor("ARV"): "Arvenia"}
VOCABULARY = "https://w3id.org/newskg/ontology#"


def claim(
    voice: str | None,
    value: str,
    *,
    said: str | None = "2024-05-01",
    denied: bool = False,
    since: str | None = None,
    until: str | None = None,
    by: str | None = None,
    part_of: str | None = None,
    modality: str = "actual",
) -> Record:
    """A row of a claim's query: `value` is a status, or the part of an actor where one is given."""
    names = "agreement claim claimed voice claimant article polarity modality start end words"
    more = "before after actor name role status by from until provision provides"
    row: dict[str, str | None] = dict.fromkeys(f"{names} {more}".split())
    row |= {
        "agreement": ACCORD,
        "claim": f"claim of {voice}: {value} {denied} {said} {since} {until} {by} {part_of}",
        "article": f"article/{said}",
        "voice": actor(voice) if voice else "article/x",
        "claimant": voice,
        "polarity": VOCABULARY + ("polarity-negative" if denied else "polarity-positive"),
        "modality": f"{VOCABULARY}modality-{modality}",
        "from": since,
        "until": until,
        "by": by,
        "words": value,
    }
    if part_of:
        row |= {"actor": actor(part_of), "role": f"{VOCABULARY}participation-{value}"}
    else:
        row |= {"status": f"{VOCABULARY}status-{value}"}
    return row


def found(*claims: Record) -> tuple[Disagreement, ...]:
    articles: dict[str, Record] = {
        str(c["article"]): {
            "published": None if c["article"] == "article/None" else str(c["article"])[8:],
            "publisher": "Northern Wire",
        }
        for c in claims
    }
    for order in (claims, claims[::-1]):
        result, _ = claim_disagreements(order, articles, LABELS)
    return result


def sides(disagreements: Sequence[Disagreement]) -> list[list[tuple[str, tuple[str, ...]]]]:
    return [[(s.position, s.holders) for s in d.sides] for d in disagreements]


def test_signed_and_not_signed() -> None:
    assert sides(found(claim("Arvenia", "signed"), claim("Velmark", "signed", denied=True))) == [
        [("signed", ("Arvenia",)), ("not signed", ("Velmark",))]
    ]


def test_equal_claims_stand_on_one_side() -> None:
    both = found(
        claim("Arvenia", "violated"),
        claim(None, "violated"),
        claim("Velmark", "violated", denied=True, said="2024-05-02"),
    )
    assert sides(both) == [
        [("violated", ("Arvenia", "Northern Wire")), ("not violated", ("Velmark",))]
    ]
    assert both[0].about == (ACCORD,)
    assert both[0].question == "Tarsk Accord: violated or not violated?"


def test_a_denial_that_there_is_an_agreement() -> None:
    one, other = claim("Arvenia", "signed"), claim("Velmark", "denied", denied=True)
    assert sides(found(one, other)) == [[("signed", ("Arvenia",)), ("denied", ("Velmark",))]]


def test_ended_and_in_force() -> None:
    over = claim("Velmark", "ended", said="2024-05-01")
    assert found(over, claim("Arvenia", "in_force", said="2024-05-03"))
    assert not found(over, claim("Arvenia", "in_force", said="2024-04-20"))


def test_a_time_that_had_passed_is_no_contradiction() -> None:
    over = claim("Velmark", "suspended", said="2024-05-03")
    extended = claim("Arvenia", "in_force", since="2024-03-01", until="2024-03-31")
    assert not found(over, {**extended, "article": over["article"]})
    still = claim("Arvenia", "in_force", since="2024-03-01")
    assert found(over, {**still, "article": over["article"]})


def test_what_came_about_after_the_denial_is_news() -> None:
    denied = claim("Velmark", "signed", denied=True, said="2024-05-01")
    assert not found(denied, claim("Arvenia", "signed", said="2024-05-09"))
    backdated = claim("Arvenia", "signed", said="2024-05-09", since="2024-04-30")
    assert found(denied, backdated)


def test_the_same_voice_may_change_its_position() -> None:
    before = claim("Velmark", "signed", said="2024-05-01")
    after = claim("Velmark", "signed", denied=True, said="2024-05-09")
    assert not found(before, after)


def test_who_has_come_round_contradicts_nobody_any_more() -> None:
    denied = claim("Velmark", "signed", denied=True, said="2024-05-02")
    round_now = claim("Velmark", "signed", said="2024-05-05")
    late = claim("Arvenia", "signed", said="2024-05-08", since="2024-05-01")
    assert not found(denied, round_now, late)
    assert found(denied, late)


def test_unknown_days_may_be_the_same() -> None:
    one = claim("Arvenia", "signed", said=None)
    assert found(one, claim("Velmark", "signed", denied=True))


@pytest.mark.parametrize("modality", ["possible", "called_for", "future", "conditional"])
def test_what_is_not_held_to_be_so_contradicts_nothing(modality: str) -> None:
    hoped = claim("Arvenia", "signed", modality=modality)
    assert not found(hoped, claim("Velmark", "signed", denied=True))


def test_a_breach_by_one_is_not_denied_by_a_word_on_another() -> None:
    breach = claim("Arvenia", "violated", by="Velmark")
    assert not found(breach, claim("Velmark", "violated", denied=True, by="Tarsk"))
    assert found(breach, claim("Velmark", "violated", denied=True, by="Velmark"))


def test_a_part_that_is_denied_or_excluded_by_another() -> None:
    party = claim("Velmark", "party", part_of="ARV")
    denied = claim("Arvenia", "party", part_of="ARV", denied=True)
    assert found(party, denied)[0].question == "Arvenia in Tarsk Accord: party or not party?"
    between = claim("Northern Wire", "mediator", part_of="ARV")
    assert sides(found(party, between)) == [
        [("mediator", ("Northern Wire",)), ("party", ("Velmark",))]
    ]
    assert not found(party, claim("Northern Wire", "guarantor", part_of="ARV"))
    assert not found(party, claim("Arvenia", "party", part_of="VEL", denied=True))


# ----------------------------------------------------------------------------------- accusations


def told(speaker: str, force: str, words: str = "this", start: int = 0, **more: object) -> Told:
    ties = {k: more.pop(k) for k in ("target", "about") if k in more}
    found = evidence(words, start=start, speaker=speaker, force=force, **more)
    ends = {k: tuple(actor(n) for n in v) for k, v in ties.items()}  # type: ignore[attr-defined]
    return Told(actor(speaker), (actor(speaker),), force, ends, found)


@pytest.fixture
def quarrel() -> nx.MultiDiGraph[str]:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name in ("Arvenia", "Velmark", "Ministry", "Tarsk"):
        network.add_node(actor(name), label=name, kind="actor", type="state")
    network.add_edge(actor("Ministry"), actor("Velmark"), key=PART_OF)
    return network


CHARGE = told("Arvenia", "accuse", "Velmark of shelling the road", target=["Velmark"])


def test_an_accusation_and_the_denial_of_the_accused(quarrel: nx.MultiDiGraph[str]) -> None:
    denial = told("Velmark", "deny", "the charge", 90)
    (one,) = denied_accusations([denial, CHARGE], quarrel)
    assert (one.kind, one.question) == ("accusation", "Arvenia accuses Velmark")
    assert [s.evidence[0].words for s in one.sides] == [
        "Velmark of shelling the road",
        "the charge",
    ]
    assert one.about == (actor("Arvenia"), actor("Velmark"))


def test_those_who_speak_for_the_accused_may_deny(quarrel: nx.MultiDiGraph[str]) -> None:
    denial = told("Ministry", "reject", "it", article="later", date="2024-03-09", about=["Arvenia"])
    (one,) = denied_accusations([CHARGE, denial], quarrel)
    assert one.sides[1].holders == ("Ministry",)


@pytest.mark.parametrize(
    "denial",
    [
        told("Tarsk", "deny", "the charge", 90),  # was not accused
        told("Velmark", "assert", "the charge is old", 90),
        told("Velmark", "reject", "an offer of talks", 90),  # another thing
        told("Velmark", "deny", "the charge", 90, article="elsewhere"),  # perhaps another charge
        told("Velmark", "deny", "it", article="old", date="2024-02-01", about=["Arvenia"]),
    ],
)
def test_what_answers_no_accusation(denial: Told, quarrel: nx.MultiDiGraph[str]) -> None:
    assert denied_accusations([CHARGE, denial], quarrel) == ()


def test_without_a_target_those_it_is_about_are_accused(quarrel: nx.MultiDiGraph[str]) -> None:
    charge = told("Arvenia", "accuse", "them", about=["Velmark"])
    assert denied_accusations([charge, told("Velmark", "deny", "the charge", 90)], quarrel)


# ----------------------------------------------------------------------------------------- graph


def test_a_graph_gives_its_disagreements_and_marks_the_claims() -> None:
    with open_graph(Path(__file__).with_name("accord.trig")) as graph:
        html = graph_page(graph, title="Accord")
        cards = agreement_cards(graph)
    assert html.count("Arvenia in Tarsk Accord: party or not party?") == 1
    assert html.count('"disputed":true') == 2
    assert not any(p.voices.disputed for p in cards[0].parts)  # nobody said which are
