"""Every named question, its parameters, and the names that people give for things.

`answers.txt` holds the rows that each question must give on the golden graph. To make it anew after
a change, run this file (`python tests/queries/test_library.py`) and read the diff.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from kg.errors import QueryError
from kg.queries import GROUPS, Graph, Question, Term, ask, open_graph, questions, render
from kg.queries.library import parsed
from kg.queries.network import network
from kg.queries.querytext import check, form
from kg.rdf.validate import validate

ANSWERS = Path(__file__).with_name("answers.txt")
BASE = "https://w3id.org/newskg/"
ONTOLOGY = Path(__file__).parents[2] / "ontology" / "kg.ttl"


def answer(graph: Graph, question: Question) -> str:
    given = [f"{key}={shlex.quote(value)}" for key, value in question.example.items()]
    table = ask(graph, question.name, **question.example)
    return f"## {' '.join([question.name, *given])}\n{render(table, 'tsv').replace(BASE, '~')}"


def answers(graph: Graph) -> dict[str, str]:
    return {name: answer(graph, question) for name, question in questions().items()}


def expected() -> dict[str, str]:
    blocks = re.split(r"(?m)^(?=## )", ANSWERS.read_text(encoding="utf-8"))[1:]
    return {block.split()[1]: block.rstrip("\n") + "\n" for block in blocks}


def labels(table_column: tuple[Term | None, ...]) -> list[str]:
    return [str(cell) for cell in table_column]


def test_the_golden_graph_is_as_a_built_one(golden: Graph) -> None:
    report = validate(golden.quads(), None)
    assert report.conforms, str(report)


@pytest.mark.parametrize(("kind", "voices"), [("kg:UnnamedSource", 0), ("kg:Actor, kg:State", 1)])
def test_somebody_unnamed_is_no_second_voice(tmp_path: Path, kind: str, voices: int) -> None:
    path = tmp_path / "graph.trig"
    path.write_text(f"""@base <{BASE}> .
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<agreement/truce> a kg:Agreement ; skos:prefLabel "truce" .
<one/status> kg:ofAgreement <agreement/truce> ; kg:statusValue kg:status-ended .
<one/c1> kg:claims <one/status> ; kg:inArticle <article/one> ; kg:claimant <article/one> .
<one/c2> kg:claims <one/status> ; kg:inArticle <article/one> ; kg:claimant <one/official> .
<one/official> a {kind} ; skos:prefLabel "an official" .
""")
    assert len(ask(open_graph(path), "corroborated").rows) == voices


@pytest.mark.parametrize(("until", "found"), [("2024-03-31", 0), ("2024-12-31", 1)])
def test_a_time_that_had_passed_is_no_disagreement(tmp_path: Path, until: str, found: int) -> None:
    path = tmp_path / "graph.trig"
    path.write_text(f"""@base <{BASE}> .
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<article/one> a kg:Article ; dcterms:identifier "one" ;
  schema:datePublished "2024-05-03"^^xsd:date .
<actor/KES> a kg:Actor, kg:State ; skos:prefLabel "Kestria" .
<agreement/truce> a kg:Agreement ; skos:prefLabel "truce" .
<one/s1> kg:ofAgreement <agreement/truce> ; kg:statusValue kg:status-in_force ;
  kg:from "2024-03-01"^^xsd:date ; kg:until "{until}"^^xsd:date .
<one/s2> kg:ofAgreement <agreement/truce> ; kg:statusValue kg:status-suspended .
<one/c1> kg:claims <one/s1> ; kg:inArticle <article/one> ; kg:claimant <article/one> .
<one/c2> kg:claims <one/s2> ; kg:inArticle <article/one> ; kg:claimant <actor/KES> .
""")
    table = ask(open_graph(path), "disagreements")
    assert labels(table.column("one_date")) == ["2024-03-01"] * found
    assert labels(table.column("other_date")) == ["2024-05-03"] * found


def test_who_accuse_each_other_do_not_accuse_themselves(tmp_path: Path) -> None:
    path = tmp_path / "graph.trig"
    path.write_text(f"""@base <{BASE}> .
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<article/one> a kg:Article ; dcterms:identifier "one" .
<actor/KES> a kg:Actor, kg:State ; skos:prefLabel "Kestria" .
<actor/BLM> a kg:Actor, kg:State ; skos:prefLabel "Belmora" .
<one/s1> a kg:Statement ; kg:inArticle <article/one> ; kg:force kg:force-accuse ;
  kg:speaker <actor/KES> ; kg:coSpeaker <actor/BLM> ; kg:target <actor/KES> , <actor/BLM> .
""")
    graph = open_graph(path)
    table = ask(graph, "accusations")
    pairs = {(str(r[1]), str(r[2])) for r in table.rows}
    assert pairs == {("Kestria", "Belmora"), ("Belmora", "Kestria")}
    assert not [edge for edge in network(graph).edges if edge[0] == edge[1]]


def test_who_is_not_known_is_shown_in_the_words_of_the_article(tmp_path: Path) -> None:
    path = tmp_path / "graph.trig"
    path.write_text(f"""@base <{BASE}> .
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<article/one> a kg:Article ; dcterms:identifier "one" .
<actor/KES> a kg:Actor, kg:State ; skos:prefLabel "Kestria" .
<one/s1> a kg:Statement ; kg:inArticle <article/one> ; kg:about <actor/KES> ;
  kg:sourceSpan <one/w1> .
<one/w1> oa:hasSelector <one/w2> . <one/w2> oa:exact "a senior official" .
<one/s2> a kg:Statement ; kg:inArticle <article/one> ; kg:about <actor/KES> ;
  kg:sourceSpan <one/w3> ; kg:speaker <actor/KES> .
<one/w3> oa:hasSelector <one/w4> . <one/w4> oa:exact "it" .
""")
    table = ask(open_graph(path), "who-said-what-about", about="Kestria")
    assert sorted(labels(tuple(row[1] for row in table.rows))) == ["Kestria", "a senior official"]
    path.write_text(path.read_text().replace('oa:exact "a senior official"', "oa:start 3"))
    hidden = ask(open_graph(path), "who-said-what-about", about="Kestria")  # as with --no-text
    assert sorted(labels(tuple(row[1] for row in hidden.rows))) == ["Kestria", "unnamed source"]


def test_what_a_state_says_is_said_by_its_officials_too(tmp_path: Path) -> None:
    roles = {"minister": "foreign minister", "deputy": "lawmaker", "aide": "spokesperson"}
    of = {"minister": "KES", "deputy": "KES", "aide": "minister"}
    offices = "".join(
        f"<role/{who}> org:member <actor/{who}> ; org:organization <actor/{of[who]}> ; "
        f'kg:role "{role}" . <actor/{who}> skos:prefLabel "{who}" . '
        f"<one/{who}> a kg:Statement ; kg:inArticle <article/one> ; kg:speaker <actor/{who}> . "
        for who, role in roles.items()
    )
    path = tmp_path / "graph.trig"
    path.write_text(f"""@base <{BASE}> .
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<article/one> a kg:Article ; dcterms:identifier "one" .
<actor/KES> a kg:Actor, kg:State ; skos:prefLabel "Kestria" .
{offices}""")
    table = ask(open_graph(path), "statements", speaker="Kestria")
    assert sorted(labels(tuple(row[1] for row in table.rows))) == ["aide", "minister"]


def test_there_are_questions_in_every_group() -> None:
    assert len(questions()) >= 30
    assert {q.group for q in questions().values()} == set(GROUPS)


@pytest.mark.parametrize("name", list(questions()))
def test_question_gives_exactly_these_rows(name: str, either: Graph) -> None:
    assert answer(either, questions()[name]) == expected()[name]


def test_only_the_check_for_missing_evidence_is_without_rows() -> None:
    empty = [name for name, block in expected().items() if block.count("\n") == 2]
    assert empty == ["without-evidence"]


def test_every_answer_belongs_to_a_question() -> None:
    assert list(expected()) == list(questions())


@pytest.mark.parametrize("name", list(questions()))
def test_question_is_a_select_that_stands_alone(name: str) -> None:
    query = questions()[name].query
    check(query)
    assert form(query) == "SELECT"
    assert "ORDER BY" in query
    assert "DISTINCT" in query or "GROUP BY" in query  # the union may hold a triple twice


@pytest.mark.parametrize("name", list(questions()))
def test_every_parameter_is_used_in_the_query(name: str) -> None:
    question = questions()[name]
    bound = set(re.findall(r"#bind (\w+)", question.query))
    assert bound == {p.name for p in question.parameters}
    assert set(re.findall(r"#if (\w+)", question.query)) <= bound
    assert question.example.keys() <= bound


@pytest.mark.parametrize("name", list(questions()))
def test_every_term_is_in_the_ontology(name: str) -> None:
    defined = set(re.findall(r"(?m)^kg:([\w-]+) a ", ONTOLOGY.read_text(encoding="utf-8")))
    assert set(re.findall(r"(?<![\w#/])kg:([A-Za-z][\w-]*)", questions()[name].query)) <= defined


def test_a_triple_in_two_graphs_gives_one_row(tmp_path: Path, golden_path: Path) -> None:
    text = golden_path.read_text(encoding="utf-8")
    doubled = text + '<graph/copy> { <actor/BLM> skos:prefLabel "Belmora" ; a kg:State . }\n'
    (tmp_path / "doubled.trig").write_text(doubled, encoding="utf-8")
    with open_graph(tmp_path / "doubled.trig") as graph:
        assert answers(graph) == expected()


def test_an_actor_stands_for_its_parts(golden: Graph) -> None:
    table = ask(golden, "what-did-x-say", speaker="Kestria")
    assert set(labels(table.column("name"))) == {
        "Kestria",
        "Foreign Ministry of Kestria",
        "Mira Tolan",
    }


def test_exactly_leaves_the_parts_out(golden: Graph) -> None:
    table = ask(golden, "what-did-x-say", speaker="Kestria", exactly=True)
    assert set(labels(table.column("name"))) == {"Kestria"}


def test_who_calls_on_an_actor_finds_calls_on_groups_it_belongs_to(golden: Graph) -> None:
    calls = ask(golden, "who-calls-on-x", target="Belmora")
    assert labels(calls.column("speaker")) == ["Ostava"]
    assert not ask(golden, "who-calls-on-x", target="Belmora", exactly="yes")


@pytest.mark.parametrize(
    "name",
    [
        "BLM",
        "blm",
        "Belmora",
        " belmora ",
        "republic of BELMORA",
        BASE + "actor/BLM",
        f"<{BASE}actor/BLM>",
    ],
)
def test_an_actor_is_found_by_id_label_other_name_or_iri(name: str, golden: Graph) -> None:
    assert len(ask(golden, "denials", speaker=name)) == 1


def test_a_person_is_found_by_the_last_name(golden: Graph) -> None:
    assert len(ask(golden, "over-time", speaker="tolan")) == 1


def test_accents_and_country_codes_do_not_matter(tmp_path: Path, golden_path: Path) -> None:
    text = golden_path.read_text(encoding="utf-8").replace("Mira Tolan", "Mïra Tolán")
    text = text.replace("actor/KES>", "actor/kestria>")
    (tmp_path / "other.trig").write_text(text, encoding="utf-8")
    with open_graph(tmp_path / "other.trig") as graph:
        assert len(ask(graph, "over-time", speaker="Mira Tolan")) == 1
        assert len(ask(graph, "accusations", speaker="KES")) == 2


def test_a_name_that_fits_several_lists_them(tmp_path: Path, golden_path: Path) -> None:
    text = golden_path.read_text(encoding="utf-8").replace('"Ostava"', '"Belmora"')
    (tmp_path / "other.trig").write_text(text, encoding="utf-8")
    with (
        open_graph(tmp_path / "other.trig") as graph,
        pytest.raises(QueryError, match=r"fits several: Belmora \(BLM\), Belmora \(OST\)"),
    ):
        ask(graph, "denials", speaker="Belmora")


def test_an_unknown_name_is_answered_with_close_ones(golden: Graph) -> None:
    with pytest.raises(QueryError, match=r"no actor 'Belmorra'.*did you mean Belmora \(BLM\)"):
        ask(golden, "denials", speaker="Belmorra")


def test_an_agreement_is_no_actor(golden: Graph) -> None:
    with pytest.raises(QueryError, match="no actor 'Aldin Accord'"):
        ask(golden, "denials", speaker="Aldin Accord")


def test_an_article_is_found_by_its_headline(golden: Graph) -> None:
    assert len(ask(golden, "statements-in-article", article="ferries stay in port")) == 9


def test_evidence_takes_a_short_name_and_a_whole_iri(golden: Graph) -> None:
    short = ask(golden, "evidence", thing="article/harbour-talks/statement/s2")
    assert short == ask(golden, "evidence", thing=BASE + "article/harbour-talks/statement/s2")
    assert labels(short.column("part")) == ["content", "source", "cue"]


def test_disagreements_further_apart_than_asked_are_left_out(golden: Graph) -> None:
    same_day = ask(golden, "disagreements", days=0)
    assert labels(same_day.column("point")) == ["event", "status", "part"]


def test_voices_on_one_instrument_under_two_descriptions_can_disagree(golden: Graph) -> None:
    table = ask(golden, "disagreements")
    names = ("about", "one", "other")
    told = set(zip(*(labels(table.column(name)) for name in names), strict=True))
    assert ("Memorandum of 4 March 2024 on ferries", "Belmora", "the article") in told


def test_one_voice_with_two_views_is_a_changed_position_and_no_disagreement(golden: Graph) -> None:
    changed = ask(golden, "changed-positions")
    assert [labels(changed.column(c)) for c in ("who", "first_says", "later_says")] == [
        ["Belmora"],
        ["in_force"],
        ["suspended"],
    ]
    pairs = ask(golden, "disagreements")
    for one, other in zip(pairs.column("one"), pairs.column("other"), strict=True):
        assert str(one) != str(other) or str(one) == "the article"


@pytest.mark.parametrize(
    ("question", "given", "complaint"),
    [
        ("who-said-what", {}, "no question 'who-said-what'"),
        ("who-said-what-about", {}, "needs about: actor or agreement"),
        ("articles", {"speaker": "BLM"}, "knows no parameter 'speaker'; it takes: exactly"),
        ("roles-on-date", {"day": "19 Sept"}, "wants a day as 2023-09-19"),
        ("at-offset", {"article": "ferry-dispute", "offset": "x"}, "wants a whole number"),
        ("denials", {"speaker": "http://a b"}, "is no iri"),
    ],
)
def test_a_wrong_question_is_explained(
    question: str, given: dict[str, str], complaint: str, golden: Graph
) -> None:
    with pytest.raises(QueryError, match=re.escape(complaint)):
        ask(golden, question, **given)


@pytest.mark.parametrize(
    "text",
    ['keep" } UNION { ?statement ?p ?o } #', "\\u0022 } #", "\n}", "'''", "#bind text", "?words"],
)
def test_text_of_a_user_never_becomes_syntax(text: str, either: Graph) -> None:
    assert len(ask(either, "search", text=text)) == 0


@pytest.mark.parametrize(
    "head",
    [
        "# group: actors\n",
        "# help: a\n# help: b\n# group: actors\n",
        "# help: a\n# group: nothing\n",
        '# help: a\n# group: actors\n# param: x colour "y"\n',
        '# help: a\n# group: actors\n# param: x actor+friends "y"\n',
    ],
)
def test_a_malformed_head_is_refused(head: str) -> None:
    with pytest.raises(QueryError):
        parsed("some", head + "SELECT * { ?s ?p ?o }")


def test_a_head_is_read_whole() -> None:
    question = parsed(
        "some",
        "# help: What?\n# group: time\n"
        '# param: who actor+parts+groups required "a, b"\n# param: days integer=31 "c"\n'
        '# example: who="A B" days=3\n',
    )
    who, days = question.parameters
    assert (who.type, who.required, who.extensions) == ("actor", True, ("parts", "groups"))
    assert (days.default, days.required, days.help) == ("31", False, "c")
    assert question.example == {"who": "A B", "days": "3"}


def test_an_empty_graph_answers_every_question(tmp_path: Path) -> None:
    (tmp_path / "empty.nq").write_text("")
    with open_graph(tmp_path / "empty.nq") as graph:
        for question in questions().values():
            given = {p.name: BASE + "actor/BLM" for p in question.parameters if p.required}
            given |= {"text": "x"} if "text" in given else {}
            given |= {"offset": "1"} if "offset" in given else {}
            assert len(ask(graph, question.name, **given)) == 0


if __name__ == "__main__":
    golden = open_graph(Path(__file__).with_name("golden.trig"))
    ANSWERS.write_text("\n".join(answers(golden).values()), encoding="utf-8")
