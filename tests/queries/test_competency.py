"""The questions that the research asked of two real articles, answered from what is extracted.

Expected are ids, days, counts and offsets, never words of the articles. Each test names the
question of `research/competency` that it stands for.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.queries import Graph, ask, open_graph, select
from kg.queries.terms import Table

KREMLIN_PRESS, FOREIGN_PRESS = "Dmitry Peskov", "Maria Zakharova"
ONE, OTHER = "000_ad9039b2d6be9212", "002_45085102b7c6cd8c"


@pytest.fixture(scope="module")
def graph(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """The graph of the two articles, built as a user builds it."""
    folder = tmp_path_factory.mktemp("competency") / "graph"
    kg.build([shared / "articles"], folder)
    with open_graph(folder) as opened:
        yield opened


def rows(table: Table, *columns: str) -> set[tuple[str, ...]]:
    """Some columns, each cell as text; empty for none."""
    picked = [table.column(c) for c in columns]
    return {tuple("" if c is None else str(c) for c in row) for row in zip(*picked, strict=True)}


OFFICERS = """
VALUES ?russia { <https://w3id.org/newskg/actor/RUS> }
{ ?actor kg:partOf* ?russia } UNION
{ ?office org:member ?actor ; org:organization/kg:partOf* ?russia }
"""
"""Russia, its bodies and forces, and who holds an office in one of them."""


def the_set(graph: Graph, until: str) -> str:
    """The id of the set of trilateral documents that ends in a year."""
    found = rows(ask(graph, "agreements"), "is_set", "made_until", "agreement")
    return next(g for is_set, end, g in found if is_set == "yes" and end.startswith(until))


def test_01_agreements_with_parts_and_voices(graph: Graph) -> None:
    told = rows(ask(graph, "agreement-parties"), "label", "actor", "part", "according_to")
    for actor in ("Armenia", "Azerbaijan", "Russia"):
        assert any(row[1:] == (actor, "party", KREMLIN_PRESS) for row in told)
    treaty = {row[1:] for row in told if "eace treaty" in row[0]}
    assert {row[0] for row in treaty if row[1] == "party"} == {"Armenia", "Azerbaijan"}
    assert {row[0] for row in treaty if row[1] == "mediator"} == {
        "Russia",
        "United States",
        "European Union",
    }


def test_02_documents_of_two_and_three_years_ago(graph: Graph) -> None:
    known = ask(graph, "known-instruments", agreement=the_set(graph, "2021"))
    assert [str(day) for day in known.column("made_from")] == [
        "2020-11-10",  # as an article dates it; signed the night before
        "2021-01-11",
        "2021-11-26",
    ]
    numbers = [str(number) for number in known.column("identifier")]
    assert numbers == ["PA-X 2324", "PA-X 2455", "PA-X 2396"]


def test_02_the_words_lead_to_the_documents(graph: Graph) -> None:
    table = select(
        graph,
        """SELECT DISTINCT ?article ?day WHERE {
             ?mention kg:refersTo ?set ; kg:evidence/oa:hasSelector/oa:exact ?words ;
                      kg:inArticle/dcterms:identifier ?article .
             FILTER(CONTAINS(?words, "years ago"))
             ?set dcterms:hasPart/kg:madeFrom ?day }""",
    )
    days = {"2020-11-10", "2021-01-11", "2021-11-26"}
    assert rows(table, "article", "day") == {(a, d) for a in (ONE, OTHER) for d in days}


def test_03_offices_on_the_day(graph: Graph) -> None:
    held = rows(ask(graph, "roles-on-date", day="2023-09-19"), "name", "role")
    assert {
        (KREMLIN_PRESS, "spokesperson"),
        (FOREIGN_PRESS, "spokesperson"),
        ("Edmon Marukyan", "ambassador-at-large"),
    } <= held
    names = {name for name, _ in held}
    assert {"Vladimir Putin", "Nikol Pashinyan", "Ilham Aliyev"} <= names


def test_04_names_of_azerbaijan(graph: Graph) -> None:
    table = ask(graph, "mention-forms", actor="AZE")
    counts = zip(table.column("kind"), table.column("words"), table.column("times"), strict=True)
    times = {(str(kind), str(words)): int(str(n)) for kind, words, n in counts}
    assert times["name", "Azerbaijan"] >= 18
    assert times["metonym", "Baku"] >= 12
    assert times["name", "Azerbaijani"] >= 10
    assert {kind for kind, _ in times} >= {"name", "metonym", "nominal", "pronoun"}


def test_05_obligations(graph: Graph) -> None:
    table = ask(graph, "obligations")
    called = rows(table, "demanded_by", "who", "force")
    for bearer in ("Armenia", "Azerbaijan"):
        assert ("Russia", bearer, "should") in called
        assert ("Ministry of Defence of Russia", bearer, "should") in called
        assert ("Russia", bearer, "hoped") in called
    assert ("Edmon Marukyan", "United States", "should") in called
    assert any(by == KREMLIN_PRESS and force == "must" for by, _, force in called)
    assert any("2020" in under for (under,) in rows(table, "under"))


def test_06_statuses_with_their_voices(graph: Graph) -> None:
    told = rows(ask(graph, "agreement-status"), "status", "by", "according_to")
    assert ("violated", "Azerbaijan", "Ministry of Defence of Russia") in told
    assert {status for status, _, _ in told} >= {
        "signed",
        "adopted",
        "agreed",
        "invoked",
        "compliance_called_for",
        "sought",
        "under_negotiation",
        "possible",
    }


def test_07_russia_is_mediator_for_one_voice_and_party_for_others(graph: Graph) -> None:
    table = ask(graph, "disagreements")
    parts = rows(table, "subject", "one", "one_says", "other", "other_says")
    for voice in (KREMLIN_PRESS, FOREIGN_PRESS):
        assert ("Russia", "the article", "mediator", voice, "party") in parts


def test_08_uses_of_force_and_how_firmly(graph: Graph) -> None:
    table = ask(graph, "events", type="ASSAULT")
    told = rows(table, "from", "agent", "modality", "according_to")
    assert ("2023-09-19", "Azerbaijan", "actual", "the article") in told
    assert any(by == KREMLIN_PRESS for day, _, _, by in told if day == "2023-09-19")


def test_09_what_each_voice_calls_the_operation(graph: Graph) -> None:
    table = ask(graph, "event-wordings", type="ASSAULT", actor="AZE")
    spots = rows(table, "according_to", "article", "start")
    assert ("Azerbaijan", ONE, "5176") in spots or ("Azerbaijan", ONE, "5161") in spots
    assert any(by.startswith("Ministry of Defence of Az") for by, _, _ in spots)
    assert any(by == KREMLIN_PRESS for by, _, _ in spots)


def test_10_contacts_that_were_were_not_and_may_be(graph: Graph) -> None:
    table = ask(graph, "events", type="CONSULT", actor="RUS")
    told = rows(table, "agent", "target", "polarity", "modality")
    assert ("Russia", "", "negative", "actual") in told
    met = ask(graph, "events", type="CONSULT", actor="Vladimir Putin")
    assert ("negative",) in rows(met, "polarity")
    for target in ("Armenia", "Azerbaijan"):
        assert any(t == target and p == "positive" for _, t, p, _ in told)
    assert any(m == "possible" for *_, m in rows(ask(graph, "events", type="CONSULT"), "modality"))


def test_10_contacts_of_russia_its_bodies_and_officials(graph: Graph) -> None:
    table = select(
        graph,
        f"""SELECT DISTINCT ?who ?polarity ?modality WHERE {{
             {OFFICERS} ?event kg:eventType kg:event-CONSULT ; kg:agent ?actor .
             ?claim kg:claims ?event ; kg:polarity ?polarity ; kg:modality ?modality .
             ?actor skos:prefLabel ?who }}""",
    )
    told = {
        (who, *(c.rsplit("-")[-1] for c in cells)) for who, *cells in rows(table, *table.columns)
    }
    assert {
        ("Armed forces of Russia", "positive", "actual"),
        ("Command of Peacekeepers of Russia", "positive", "actual"),
        ("Russia", "positive", "actual"),
        ("Russia", "negative", "actual"),
        ("Vladimir Putin", "negative", "actual"),
    } <= told


def test_11_timeline_with_granularity(graph: Graph) -> None:
    told = rows(ask(graph, "timeline"), "from", "granularity", "kind")
    assert ("2020-09-21", "period", "event") in told
    assert ("2020-11-10", "day", "event") in told
    assert ("2022-01-01", "year", "event") in told
    assert ("2023-09-19", "day", "event") in told


def test_12_events_of_both_articles(graph: Graph) -> None:
    table = ask(graph, "recurring-events")
    assert len(table) >= 10
    assert {str(n) for n in table.column("articles")} == {"2"}
    assert len(table) >= 16  # as many as the research counted by hand
    assert any(int(str(n)) > 1 for n in table.column("voices"))


def test_12_reports_of_the_same_kind_have_several_voices(graph: Graph) -> None:
    table = ask(graph, "recurring-events")
    kinds = {row[:2] for row in rows(table, "value", "agent")}
    assert {("ASSAULT", "Azerbaijan"), ("CONSULT", "Armed forces of Russia")} <= kinds
    voices = {row[:2]: int(row[2]) for row in rows(table, "value", "agent", "voices")}
    assert voices["ASSAULT", "Azerbaijan"] >= 4


def test_13_peace_treaty_mediators_condition_and_deadline(graph: Graph) -> None:
    table = ask(graph, "agreement-prospects")
    treaty = {row[1:] for row in rows(table, "label", "mediator", "deadline") if "eace" in row[0]}
    assert {mediator for mediator, _ in treaty} == {"Russia", "United States", "European Union"}
    assert "2023-12-31" in {deadline for _, deadline in treaty}
    possible = rows(table, "status", "according_to", "condition", "since")
    (conditions,) = {row[2] for row in possible if row[:2] == ("possible", "Ilham Aliyev")}
    assert len(conditions) == 7429 - 7390
    assert ("under_negotiation", "2022-01-01") in {(row[0], row[3]) for row in possible}


def test_14_where_russia_acts_through_its_bodies(graph: Graph) -> None:
    agents = {agent for (agent,) in rows(ask(graph, "events", actor="RUS"), "agent")}
    assert {"Russia", "Kremlin", "Vladimir Putin"} <= agents
    assert sum("Russia" in agent for agent in agents) >= 4


def test_14_with_the_officials(graph: Graph) -> None:
    table = select(
        graph,
        f"""SELECT DISTINCT ?type ?who WHERE {{
             {OFFICERS} ?event kg:eventType ?type ; kg:agent ?actor .
             ?actor skos:prefLabel ?who }}""",
    )
    assert {"Russia", "Kremlin", "Vladimir Putin", KREMLIN_PRESS} <= {
        w for (w,) in rows(table, "who")
    }
    assert len(rows(table, "type")) >= 7


def test_15_territory_that_changed_hands(graph: Graph) -> None:
    table = ask(graph, "events", type="RETREAT", actor="AZE")
    assert ("", "Azerbaijan", "positive", "actual") in rows(
        table, "agent", "target", "polarity", "modality"
    )


def test_15_which_territory(graph: Graph) -> None:
    table = select(
        graph,
        """SELECT ?day ?place ?whom WHERE {
             ?event kg:eventType kg:event-RETREAT ; kg:from ?day ;
                    kg:place/skos:prefLabel ?place ; kg:target/skos:prefLabel ?whom }""",
    )
    assert ("2020-11-10", "Kelbajar", "Azerbaijan") in rows(table, "day", "place", "whom")


HANDED_OVER = """
?event kg:eventType kg:event-RETREAT ; kg:from ?day ; kg:inArticle ?article ;
       kg:target ?new ; kg:evidence/oa:hasSelector/oa:start ?at . ?new skos:prefLabel ?whom .
?provision a kg:Provision ; kg:inArticle ?article ; kg:evidence/oa:hasSelector ?words .
?words oa:start ?low ; oa:end ?high . FILTER(?low <= ?at && ?at < ?high)
?mention kg:inArticle ?article ; kg:refersTo ?named ; kg:evidence/oa:hasSelector/oa:start ?start .
FILTER(?low <= ?start && ?start < ?high)
"""
"""What is named in the words of the provision that somebody is handed something over by."""


def test_15_all_territories_that_the_provision_names(graph: Graph) -> None:
    table = select(
        graph,
        f"""SELECT DISTINCT ?day ?place ?whom WHERE {{
             {HANDED_OVER} ?named a kg:Place ; skos:prefLabel ?place }}""",
    )
    assert rows(table, "day", "place", "whom") == {
        ("2020-11-10", place, "Azerbaijan") for place in ("Kelbajar", "Lachin", "Aghdam")
    }


def test_15_from_whom(graph: Graph) -> None:
    table = select(
        graph,
        f"""SELECT DISTINCT ?before WHERE {{
             {HANDED_OVER} VALUES ?power {{ kg:State kg:DeFactoState }}
             ?named a ?power ; skos:prefLabel ?before . FILTER(?named != ?new) }}""",
    )
    assert rows(table, "before") == {("Nagorno-Karabakh Republic",)}


def test_16_armenian_that_is_not_the_state(graph: Graph) -> None:
    table = ask(graph, "what-words-mean", words="armenian", **{"except": "ARM"})
    spots = rows(table, "article", "start", "meant")
    assert spots
    assert not {meant for _, _, meant in spots if meant == "Armenia"}
    assert {article for article, _, _ in spots} == {ONE, OTHER}


def test_17_what_may_not_be_loaded_as_fact(graph: Graph) -> None:
    told = rows(ask(graph, "not-asserted"), "kind", "value", "polarity", "modality")
    assert ("Event", "CONSULT", "negative", "actual") in told
    assert ("Event", "THREATEN", "negative", "unconfirmed") in told
    assert any(row[3] == "conditional" for row in told)
    assert any(row[1] == "CONSULT" and row[3] == "unconfirmed" for row in told)
