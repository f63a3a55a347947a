"""The network that is drawn from a graph."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.queries import Graph, open_graph
from kg.queries.network import Evidence, network, relation_table, relations

BASE = "https://w3id.org/newskg/"
ONTOLOGY = Path(__file__).parents[2] / "ontology" / "kg.ttl"

EDGES = {
    ("BLM", "calls-on", "KES"): 1,
    ("BLM", "criticizes", "KES"): 1,
    ("BLM", "member-of", "group-blm-kes"): 1,
    ("BLM", "party-to", "aldin-accord"): 1,
    ("BLM", "says-about", "OST"): 1,
    ("BLM", "says-about", "aldin-accord"): 3,
    ("KES", "accuses", "BLM"): 2,
    ("KES", "addresses", "harbour-pilots-union"): 1,
    ("KES", "member-of", "group-blm-kes"): 1,
    ("KES", "party-to", "aldin-accord"): 1,
    ("KES", "says-about", "OST"): 1,
    ("KES", "says-about", "aldin-accord"): 2,
    ("OST", "calls-on", "group-blm-kes"): 1,
    ("OST", "mediates", "aldin-accord"): 1,
    ("OST", "party-to", "aldin-accord"): 1,
    ("OST", "signs", "march-papers"): 1,
    ("OST", "supports", "KES"): 1,
    ("kes-foreign-ministry", "part-of", "KES"): 1,
    ("kes-foreign-ministry", "says-about", "aldin-accord"): 1,
    ("mira-tolan", "part-of", "kes-foreign-ministry"): 1,
    ("mira-tolan", "says-about", "aldin-accord"): 1,
    ("mira-tolan", "speaks-for", "kes-foreign-ministry"): 3,
}


def end(iri: str) -> str:
    return iri.rpartition("/")[2]


def test_edges_are_typed_and_weighted(either: Graph) -> None:
    edges = network(either).edges(keys=True, data=True)
    assert {(end(a), key, end(b)): data["weight"] for a, b, key, data in edges} == EDGES
    assert all(data["relation"] == key for _, _, key, data in edges)


def test_nodes_are_actors_and_agreements_with_type_country_and_mentions(either: Graph) -> None:
    nodes = dict(network(either).nodes(data=True))
    assert nodes[BASE + "actor/BLM"] == {
        "label": "Belmora",
        "kind": "actor",
        "type": "state",
        "country": "BLM",
        "mentions": 8,
    }
    assert nodes[BASE + "agreement/aldin-accord"] == {
        "label": "Aldin Accord",
        "kind": "agreement",
        "type": "memorandum",
        "country": None,
        "mentions": 3,
    }
    assert nodes[BASE + "actor/kes-foreign-ministry"]["type"] == "government_body"
    assert BASE + "place/strait-of-aldin" not in nodes


def test_an_edge_carries_its_evidence(golden: Graph) -> None:
    (evidence,) = network(golden)[BASE + "actor/BLM"][BASE + "actor/KES"]["calls-on"]["evidence"]
    assert evidence == Evidence(
        statement=BASE + "article/harbour-talks/statement/s1",
        article=BASE + "article/harbour-talks",
        title="Belmora and Kestria sign ferry accord",
        date="2024-03-05",
        publisher="Northern Wire",
        url="https://news.example/harbour-talks",
        speaker="Belmora",
        cue="call on",
        force="call_on",
        polarity="positive",
        words="Kestria to open the strait",
        start=79,
        end=105,
        confidence=0.9,
        before="5 March – Belmora called on ",
        after=". “We will",
    )


def test_evidence_of_pieces_reaches_from_the_first_to_the_last(golden: Graph) -> None:
    accusations = network(golden)[BASE + "actor/KES"][BASE + "actor/BLM"]["accuses"]["evidence"]
    assert [(e.words, e.start, e.end) for e in accusations] == [
        ("Belmora … of breaking the Aldin Accord", 38, 84),
        ("we seized its ferries", 274, 295),
    ]


def test_parts_in_agreements_name_who_says_so(golden: Graph) -> None:
    made = network(golden)
    accord = BASE + "agreement/aldin-accord"
    (mediates,) = made[BASE + "actor/OST"][accord]["mediates"]["evidence"]
    (party,) = made[BASE + "actor/BLM"][accord]["party-to"]["evidence"]
    assert (mediates.speaker, mediates.words) == ("Belmora", "Ostava mediated")
    assert party.speaker == "Northern Wire"


def test_a_part_that_is_only_denied_makes_no_edge(tmp_path: Path, golden_path: Path) -> None:
    lines = golden_path.read_text(encoding="utf-8").split("\n")
    denied = [
        line.replace("kg:polarity-positive", "kg:polarity-negative")
        if "OST-party>" in line
        else line
        for line in lines
    ]
    (tmp_path / "other.trig").write_text("\n".join(denied), encoding="utf-8")
    with open_graph(tmp_path / "other.trig") as graph:
        made = network(graph)
    between = made[BASE + "actor/OST"][BASE + "agreement/aldin-accord"]
    assert set(between) == {"mediates"}


def test_days_of_an_edge_are_those_of_its_articles(golden: Graph) -> None:
    edge = network(golden)[BASE + "actor/BLM"][BASE + "agreement/aldin-accord"]["says-about"]
    assert (edge["first"], edge["last"]) == ("2024-03-05", "2024-03-12")


def test_relations_can_be_chosen(golden: Graph) -> None:
    made = network(golden, ["mediates", "part-of"])
    assert {key for _, _, key in made.edges(keys=True)} == {"mediates", "part-of"}
    assert made.number_of_nodes() == 10


def test_order_is_the_same_in_both_engines(golden: Graph, golden_in_rdflib: Graph) -> None:
    one, other = network(golden), network(golden_in_rdflib)
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))


def test_a_graph_without_text_gives_the_same_edges(tmp_path: Path, golden_path: Path) -> None:
    text = golden_path.read_text(encoding="utf-8")
    text = re.sub(r' ; kg:contentText "[^"]*"', "", text)
    text = re.sub(r' ; oa:(exact|prefix|suffix) "[^"]*"', "", text)
    (tmp_path / "bare.trig").write_text(text, encoding="utf-8")
    with open_graph(tmp_path / "bare.trig") as graph:
        made = network(graph)
    edges = made.edges(keys=True, data=True)
    assert {(end(a), key, end(b)): data["weight"] for a, b, key, data in edges} == EDGES
    assert {e.words for _, _, _, data in edges for e in data["evidence"]} == {None}


def test_an_empty_graph_is_an_empty_network(tmp_path: Path) -> None:
    (tmp_path / "empty.nq").write_text("")
    with open_graph(tmp_path / "empty.nq") as graph:
        assert network(graph).number_of_nodes() == 0


@pytest.mark.parametrize("key", sorted(relation_table()))
def test_the_table_of_relations_knows_only_concepts_of_the_ontology(key: tuple[str, str]) -> None:
    kind, value = key
    if kind != "role":
        assert f"\nkg:{kind}-{value} a skos:Concept" in ONTOLOGY.read_text(encoding="utf-8")
    assert relation_table()[key] in relations()
