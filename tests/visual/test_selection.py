from __future__ import annotations

from typing import Any

import networkx as nx
import pytest
from page_networks import actor, agreement, dispute, evidence, link

from kg.errors import SettingsError
from kg.visual.selection import Excerpt, Selection, selection


def labels(network: nx.MultiDiGraph[str], max_nodes: int) -> list[str]:
    return [v.label for v in selection(network, max_nodes=max_nodes).vertices]


def test_the_most_important_come_first_and_the_rest_is_left_out() -> None:
    shown = selection(dispute(), max_nodes=3)
    assert [v.label for v in shown.vertices] == ["Arvenia", "Velmark", "Arvenian Foreign Ministry"]
    assert (shown.all_vertices, shown.all_ties) == (10, 11)
    assert {(t.source, t.target) for t in shown.ties} == {
        (actor("arvenia"), actor("velmark")),
        (actor("velmark"), actor("arvenia")),
        (actor("arvenian-foreign-ministry"), actor("arvenia")),
    }


def test_order_of_the_network_does_not_matter() -> None:
    network = dispute()
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(network.nodes(data=True))))
    turned.add_edges_from(reversed(list(network.edges(keys=True, data=True))))
    assert selection(turned, max_nodes=9) == selection(network, max_nodes=9)


def test_parallel_edges_of_one_relation_are_one_tie() -> None:
    network = dispute()
    more = evidence("Velmark must answer", start=99)
    network.add_edge(
        actor("arvenia"), actor("velmark"), key="2nd", relation="calls_on", evidence=[more]
    )
    ties = [t for t in selection(network, max_nodes=99).ties if t.relation == "calls-on"]
    assert [len(t.evidence) for t in ties] == [2]
    assert ties[0].weight == 2


def test_an_agreement_is_one_whatever_its_own_type() -> None:
    found = selection(dispute(), max_nodes=99).vertices
    accord = next(v for v in found if v.iri == agreement("tarsk-accord"))
    assert (accord.type, accord.detail) == ("agreement", "peace_treaty")


def test_a_node_without_label_is_named_by_its_iri() -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_node(actor("no-name"))
    link(network, actor("no-name"), "says-about", actor("no-name"))
    shown = selection(network, max_nodes=5)
    assert [(v.label, v.type) for v in shown.vertices] == [("no-name", "other")]
    assert len(shown.ties) == 1


def test_the_network_is_left_as_it_was() -> None:
    network, untouched = dispute(), dispute()
    selection(network, max_nodes=2)
    assert list(network.edges(keys=True, data=True)) == list(untouched.edges(keys=True, data=True))
    assert dict(network.nodes(data=True)) == dict(untouched.nodes(data=True))


def shown(excerpt: Excerpt, max_nodes: int = 99) -> Selection:
    return selection(dispute(), max_nodes=max_nodes, excerpt=excerpt)


def names(chosen: Selection) -> set[str]:
    return {v.label for v in chosen.vertices}


def test_the_neighbourhood_of_one_actor() -> None:
    near = shown(Excerpt(ego=actor("peacekeepers")))
    assert names(near) == {
        "Joint Peacekeeping Force",
        "Northern Wire",
        "Tarsk Region Authorities",
    }
    assert (near.fitting, near.all_vertices, near.all_ties) == (3, 10, 11)
    further = shown(Excerpt(ego=actor("peacekeepers"), steps=2))
    assert names(further) - names(near) == {"Velmark"}


def test_the_middle_of_a_neighbourhood_is_never_left_out() -> None:
    assert "Zoë Lone" in names(shown(Excerpt(ego=actor("lone-observer")), 1))
    few = shown(Excerpt(ego=actor("tarsk-residents")), 1)
    assert names(few) == {"Residents of Tarsk"}
    assert few.fitting == 2


def test_a_time_keeps_what_is_said_in_it() -> None:
    early = shown(Excerpt(until="2024-03-01"))
    said = {t.relation for t in early.ties if t.evidence}
    assert said == {"calls-on", "says-about", "speaks-for"}
    assert "Zoë Lone" not in names(early)  # nothing is said of her at any time
    spring = shown(Excerpt(since="2024-04", until="2024-04"))
    assert {e.date for t in spring.ties for e in t.evidence} == {"2024-04-02"}


def test_weight_counts_what_is_said_in_the_time() -> None:
    network = dispute()
    for day in (3, 9):
        network.add_edge(
            actor("arvenia"),
            actor("velmark"),
            relation="warns",
            weight=1,
            evidence=[evidence(article=f"w{day}", date=f"2024-03-0{day}")],
        )
    found = selection(network, max_nodes=99, excerpt=Excerpt(since="2024-03-05"))
    (warning,) = [t for t in found.ties if t.relation == "warns"]
    assert warning.weight == 1


def test_background_stays_where_both_ends_do() -> None:
    network = dispute()
    said = evidence("we will watch")
    link(network, actor("arvenian-foreign-ministry"), "warns", actor("velmark"), [said])
    kept = selection(network, max_nodes=99, excerpt=Excerpt(until="2024-03-01"))
    assert "part-of" in {t.relation for t in kept.ties}
    later = selection(network, max_nodes=99, excerpt=Excerpt(since="2024-03-05"))
    assert "part-of" not in {t.relation for t in later.ties}


def test_what_has_no_date_is_in_no_time() -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    link(network, actor("a"), "asks", actor("b"), [evidence(date=None)])
    assert selection(network, max_nodes=9, excerpt=Excerpt(since="1999")).vertices == ()


def test_types_keep_those_alone_and_the_ego() -> None:
    states = shown(Excerpt(types=("state", "agreement")))
    assert names(states) == {"Arvenia", "Velmark", "Tarsk Accord"}
    around = shown(Excerpt(ego=actor("tarsk-authorities"), types=("state",)))
    assert names(around) == {"Tarsk Region Authorities", "Velmark"}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"since": "last week"}, 'since: "last week" is no date'),
        ({"until": "2024-02-30"}, 'until: "2024-02-30" is no date'),
        ({"since": "2024-05", "until": "2024-04-30"}, "later than"),
        ({"steps": 0}, "not a positive number"),
    ],
)
def test_an_excerpt_that_makes_no_sense_is_refused(values: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        Excerpt(**values)


def test_names_that_the_network_lacks_are_refused() -> None:
    with pytest.raises(SettingsError, match="no actor or agreement nobody"):
        shown(Excerpt(ego="nobody"))
    with pytest.raises(SettingsError, match="no asteroid; it holds agreement, de_facto_state"):
        shown(Excerpt(types=("asteroid",)))
