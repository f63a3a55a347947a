from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import QueryError
from kg.queries.sparql import Graph, open_graph
from kg.visual.cards import AgreementCard, agreement_cards
from kg.visual.page import graph_page
from kg.visual.selection import Excerpt

BASE = "https://w3id.org/newskg/"


@pytest.fixture
def graph() -> Iterator[Graph]:
    with open_graph(Path(__file__).with_name("accord.trig")) as opened:
        yield opened


@pytest.fixture
def card(graph: Graph) -> AgreementCard:
    return agreement_cards(graph)[0]


def test_dated_agreements_come_first(graph: Graph) -> None:
    assert [c.label for c in agreement_cards(graph)] == ["Tarsk Accord", "the border papers"]


def test_a_card_tells_type_date_and_members(graph: Graph, card: AgreementCard) -> None:
    assert (card.iri, card.type) == (BASE + "agreement/tarsk", "peace_treaty")
    assert (card.made_from, card.made_until) == ("2024-04-01", "2024-04-01")
    papers = agreement_cards(graph)[1]
    assert (papers.is_set, papers.type, papers.members) == (True, None, ("Tarsk Accord",))


def test_equal_claims_stand_on_one_line_with_all_who_make_them(card: AgreementCard) -> None:
    agreed = next(p for p in card.parts if p.voices.polarity == "positive")
    assert (agreed.actor, agreed.label, agreed.role) == (BASE + "actor/ARV", "Arvenia", "party")
    assert agreed.voices.claimants == ("Northern Wire", "Velmark")
    assert [p.article for p in agreed.voices.evidence] == [
        BASE + "article/one",
        BASE + "article/two",
    ]


def test_a_denial_stands_beside_what_it_denies(card: AgreementCard) -> None:
    denied = [p for p in card.parts if p.voices.polarity == "negative"]
    assert [p.voices.claimants for p in denied] == [("Arvenia",)]
    assert len(card.parts) == 2


def test_statuses_are_in_order_of_time(card: AgreementCard) -> None:
    told = [(s.value, s.by, s.date_from, s.said_on) for s in card.statuses]
    assert told == [
        ("signed", ("Arvenia", "Velmark"), "2024-04-01", "2024-04-02"),
        ("compliance_called_for", (), None, "2024-04-02"),
    ]


def test_a_passage_carries_words_context_and_source(card: AgreementCard) -> None:
    passage = card.parts[1].voices.evidence[0]
    assert (passage.before, passage.words, passage.after) == ("and ", "Arvenia", " signed it.")
    assert (passage.start, passage.end) == (4, 11)
    assert (passage.title, passage.date) == ("Two sides sign", "2024-04-02")
    assert passage.url == "https://news.example/one"


def test_a_graph_without_words_keeps_place_and_number_of_provisions(card: AgreementCard) -> None:
    passage = card.parts[1].voices.evidence[1]
    assert (passage.words, passage.start, passage.end) == (None, 0, 7)
    assert sorted(p.text or "" for p in card.provisions) == ["", "open the valley road"]


def test_the_page_of_a_graph_tells_its_articles(graph: Graph) -> None:
    html = graph_page(graph, title="Accord")
    assert (
        '["Articles",2],["Sources",["Northern Wire"]],["Dates","2024-04-02 to 2024-05-09"]' in html
    )
    assert html.count("open the valley road") == 1


def test_the_page_of_a_part_is_asked_for_by_name(graph: Graph) -> None:
    html = graph_page(graph, title="Accord", excerpt=Excerpt(ego="tarsk accord"))
    assert '"ego":"Tarsk Accord"' in html
    assert '"label":"the border papers"' not in html
    assert '"label":"Arvenia"' in html
    with pytest.raises(QueryError, match="no actor or agreement 'Atlantis'"):
        graph_page(graph, title="Accord", excerpt=Excerpt(ego="Atlantis"))


def test_cards_of_agreements_that_are_left_out_are_left_out(graph: Graph) -> None:
    html = graph_page(graph, title="Accord", excerpt=Excerpt(types=("state",)))
    assert '<script type="application/json" id="kg-agreements">[]</script>' in html
    assert '<script type="application/json" id="kg-disagreements">[]</script>' in html
