"""The graph as RDF documents: with its named graphs, or as the union of them."""

from __future__ import annotations

import pyoxigraph as ox

from kg.exports import Files
from kg.queries.documents import base_of, document
from kg.queries.sparql import Graph


def nquads(graph: Graph) -> Files:
    """Sorted N-Quads: what every triplestore loads."""
    return _one(document(graph.quads(), ox.RdfFormat.N_QUADS))


def trig(graph: Graph) -> Files:
    """TriG, for reading with the named graphs."""
    quads = set(graph.quads())
    return _one(document(quads, ox.RdfFormat.TRIG, base_of(quads)))


def ntriples(graph: Graph) -> Files:
    """Sorted N-Triples of the union of the named graphs."""
    return _one(document((q.triple for q in graph.quads()), ox.RdfFormat.N_TRIPLES))


def turtle(graph: Graph) -> Files:
    """Turtle of the union of the named graphs, for reading."""
    quads = set(graph.quads())
    return _one(document((q.triple for q in quads), ox.RdfFormat.TURTLE, base_of(quads)))


def rdfxml(graph: Graph) -> Files:
    """RDF/XML of the union; characters that XML cannot hold become U+FFFD."""
    return _one(document((q.triple for q in graph.quads()), ox.RdfFormat.RDF_XML))


def _one(content: bytes) -> Files:
    return {"": content}
