from __future__ import annotations

import networkx as nx
from page_networks import actor, agreement, dispute, evidence, link

from kg.visual.selection import selection


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
