"""The network of actors and agreements for other programs: GraphML, and GEXF with its dates.

Evidence is flattened into text: an attribute there is a string or a number.
"""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping

import networkx as nx
from networkx.readwrite.graphml import GraphMLWriter

from kg.exports import Files
from kg.queries.network import Evidence, network
from kg.queries.sparql import Graph

GEXF = "http://www.gexf.net/1.2draft"  # the version that Gephi and networkx both read
NODE_ATTRIBUTES: Mapping[str, str] = {
    "kind": "string",
    "type": "string",
    "country": "string",
    "mentions": "integer",
}
EDGE_ATTRIBUTES: Mapping[str, str] = {
    "relation": "string",
    "first": "string",
    "last": "string",
    "statements": "string",
    "articles": "string",
    "evidence": "string",
}
BETWEEN = " | "
"""Stands between the pieces of evidence of one edge."""

# XML 1.0, production 2
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def graphml(graph: Graph) -> Files:
    """GraphML: a directed multigraph, edges keyed by relation."""
    writer = GraphMLWriter(encoding="utf-8", prettyprint=True)
    writer.add_graph_element(_flat(network(graph)))
    out = io.BytesIO()
    writer.dump(out)
    return {"": out.getvalue()}


def gexf(graph: Graph) -> Files:
    """GEXF; an edge lasts from the first to the last day of its articles, where these are dated.

    Written here, because networkx puts the day of writing into the file.
    """
    flat = _flat(network(graph))
    root = ET.Element("gexf", {"xmlns": GEXF, "version": "1.2"})
    dated = any(data.get("first") for _, _, data in flat.edges(data=True))
    mode = {"mode": "dynamic", "timeformat": "date"} if dated else {"mode": "static"}
    body = ET.SubElement(root, "graph", {"defaultedgetype": "directed", **mode})
    _declare(body, "node", NODE_ATTRIBUTES)
    _declare(body, "edge", EDGE_ATTRIBUTES)
    nodes = ET.SubElement(body, "nodes")
    for node, data in flat.nodes(data=True):
        element = ET.SubElement(nodes, "node", {"id": node, "label": str(data.get("label", node))})
        _values(element, NODE_ATTRIBUTES, data)
    edges = ET.SubElement(body, "edges")
    for number, (source, target, data) in enumerate(flat.edges(data=True)):
        ends = {"id": str(number), "source": source, "target": target}
        element = ET.SubElement(edges, "edge", {**ends, "weight": str(data["weight"])})
        element.set("label", str(data["relation"]))
        if data.get("first"):
            element.set("start", str(data["first"]))
            element.set("end", str(data["last"]))
        _values(element, EDGE_ATTRIBUTES, data)
    ET.indent(root, " ")
    return {"": ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"}


def _flat(made: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """The network with strings and numbers for attributes, and none where there is nothing."""
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, data in made.nodes(data=True):
        flat.add_node(
            _safe(node), **_present({"label": data["label"], **_only(data, NODE_ATTRIBUTES)})
        )
    for source, target, key, data in made.edges(keys=True, data=True):
        evidence: list[Evidence] = data["evidence"]
        told = {
            "relation": data["relation"],
            "weight": data["weight"],
            "first": data["first"],
            "last": data["last"],
            "statements": BETWEEN.join(dict.fromkeys(e.statement for e in evidence)),
            "articles": BETWEEN.join(dict.fromkeys(e.article for e in evidence if e.article)),
            "evidence": BETWEEN.join(_told(e) for e in evidence),
        }
        flat.add_edge(_safe(source), _safe(target), key=str(key), **_present(told))
    return flat


def _only(data: Mapping[str, object], names: Iterable[str]) -> dict[str, object]:
    return {name: data.get(name) for name in names}


def _present(data: Mapping[str, object]) -> dict[str, str | int]:
    return {
        name: value if isinstance(value, int) else _safe(str(value))
        for name, value in data.items()
        if value not in (None, "")
    }


def _told(evidence: Evidence) -> str:
    """One piece of evidence in a line: when, where, who, the words and their place."""
    place = "" if evidence.start is None else f"[{evidence.start}-{evidence.end}]"
    told = (evidence.date, evidence.title, evidence.speaker, evidence.words, place)
    return "; ".join(piece for piece in told if piece)


def _safe(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _declare(body: ET.Element, of: str, attributes: Mapping[str, str]) -> None:
    declared = ET.SubElement(body, "attributes", {"class": of, "mode": "static"})
    for name, type in attributes.items():
        ET.SubElement(declared, "attribute", {"id": f"{of}-{name}", "title": name, "type": type})


def _values(element: ET.Element, attributes: Mapping[str, str], data: Mapping[str, object]) -> None:
    of = element.tag
    present = [name for name in attributes if name in data]
    if present:
        values = ET.SubElement(element, "attvalues")
        for name in present:
            ET.SubElement(values, "attvalue", {"for": f"{of}-{name}", "value": str(data[name])})
