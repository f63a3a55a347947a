"""Questions to a graph: SPARQL, and networks."""

from kg.queries.library import GROUPS, Parameter, Question, ask, questions
from kg.queries.render import RENDERINGS, render
from kg.queries.sparql import Answer, DatasetGraph, Graph, StoreGraph, open_graph, select
from kg.queries.terms import PREFIXES, Bindings, Table, Term, Triples, iri, literal

__all__ = [
    "GROUPS",
    "PREFIXES",
    "RENDERINGS",
    "Answer",
    "Bindings",
    "DatasetGraph",
    "Graph",
    "Parameter",
    "Question",
    "StoreGraph",
    "Table",
    "Term",
    "Triples",
    "ask",
    "iri",
    "literal",
    "open_graph",
    "questions",
    "render",
    "select",
]
