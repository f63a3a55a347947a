"""The graph as JSON-LD 1.1: one object per named graph, terms short by a context."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

import pyoxigraph as ox

from kg.exports import Files
from kg.queries.documents import base_of
from kg.queries.sparql import Graph
from kg.queries.terms import PREFIXES, XSD

CONTEXT = "data/context.jsonld"
"""Where the package keeps the published context; without it prefixes alone shorten terms."""
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

Json = str | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class Context:
    """What shortens IRIs: prefixes, and terms with the type of value that each stands for.

    `source` is written into the document. Terms are kept by IRI and coercion: "@id", a datatype,
    or nothing for a plain string; a term with other keys (containers, languages) is not used.
    """

    source: Mapping[str, Any]
    prefixes: Mapping[str, str]
    terms: Mapping[tuple[str, str | None], str] = field(default_factory=dict)

    def name(self, iri: str, coercion: str | None) -> str | None:
        """The term for an IRI whose values have that type."""
        return self.terms.get((iri, coercion))

    def compact(self, iri: str) -> str:
        """An IRI by its longest prefix; whole where none fits."""
        fitting = [(len(ns), p, ns) for p, ns in self.prefixes.items() if iri.startswith(ns)]
        if not fitting:
            return iri
        _, prefix, namespace = max(fitting)
        local = iri.removeprefix(namespace)
        return iri if local.startswith("//") or not local else f"{prefix}:{local}"


def jsonld(graph: Graph) -> Files:
    """JSON-LD with the published context inside, so that it needs no network."""
    quads = sorted(set(graph.quads()), key=str)
    base = base_of(quads)
    context = published_context()
    named: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        graph_name = quad.graph_name
        named[graph_name.value if isinstance(graph_name, ox.NamedNode) else ""].append(quad)
    body: list[Json] = []
    for name, members in sorted(named.items()):
        nodes = _nodes(members, context, base)
        body += nodes if name == "" else [{"@id": _relative(name, base), "@graph": nodes}]
    whole = {"@context": _with_base(context.source, base), "@graph": body}
    return {"": (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()}


def published_context() -> Context:
    """The context of the package, or one of prefixes alone."""
    file = resources.files("kg") / CONTEXT
    if file.is_file():
        return context_of(json.loads(file.read_text(encoding="utf-8"))["@context"])
    return context_of(dict(sorted(PREFIXES.items())))


def context_of(source: Mapping[str, Any]) -> Context:
    """A context object, read as far as `Context` understands it."""
    prefixes = {
        key: value
        for key, value in source.items()
        if isinstance(value, str) and value.endswith(("#", "/")) and not key.startswith("@")
    }
    plain = Context(source, prefixes)
    terms: dict[tuple[str, str | None], str] = {}
    for key, value in source.items():
        if key in prefixes or key.startswith("@"):
            continue
        definition = {"@id": value} if isinstance(value, str) else value
        if isinstance(definition, dict) and definition.keys() <= {"@id", "@type"}:
            coercion = definition.get("@type")
            iri = _expanded(definition.get("@id", key), plain)
            terms[iri, None if coercion is None else _expanded(coercion, plain)] = key
    return Context(source, prefixes, terms)


def _nodes(quads: Iterable[ox.Quad], context: Context, base: str | None) -> list[Json]:
    nodes: dict[str, dict[str, list[Json]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        key, value = _property(quad, context, base)
        nodes[_node(quad.subject, context, base)][key].append(value)
    return [
        {"@id": subject, **{key: _unwrapped(values) for key, values in sorted(properties.items())}}
        for subject, properties in sorted(nodes.items())
    ]


def _property(quad: ox.Quad, context: Context, base: str | None) -> tuple[str, Json]:
    predicate, value = quad.predicate.value, quad.object
    if isinstance(value, ox.NamedNode) and predicate == RDF_TYPE:
        return "@type", context.name(value.value, None) or context.compact(value.value)
    if isinstance(value, ox.NamedNode | ox.BlankNode):
        node = _node(value, context, base)
        term = context.name(predicate, "@id")
        return (term, node) if term else (context.compact(predicate), {"@id": node})
    if not isinstance(value, ox.Literal):
        raise TypeError(f"RDF 1.1 only: {value}")
    if value.language:
        return context.compact(predicate), {"@value": value.value, "@language": value.language}
    datatype = value.datatype.value
    if datatype == XSD + "string":
        term = None if "@language" in context.source else context.name(predicate, None)
        return term or context.compact(predicate), _plain(value.value, context)
    term = context.name(predicate, datatype)
    if term:
        return term, value.value
    typed: Json = {"@value": value.value, "@type": context.compact(datatype)}
    return context.compact(predicate), typed


def _plain(text: str, context: Context) -> Json:
    return {"@value": text} if "@language" in context.source else text


def _unwrapped(values: list[Json]) -> Json:
    return values[0] if len(values) == 1 else values


def _node(node: object, context: Context, base: str | None) -> str:
    if isinstance(node, ox.BlankNode):
        return f"_:{node.value}"
    if not isinstance(node, ox.NamedNode):
        raise TypeError(f"RDF 1.1 only: {node}")
    if base is not None and not node.value.startswith(base):
        return node.value
    term = context.compact(node.value)
    return term if term != node.value else _relative(node.value, base)


def _relative(iri: str, base: str | None) -> str:
    """An IRI from its base on, where no colon in its first step would make it look like a whole."""
    if base is None or not iri.startswith(base):
        return iri
    rest = iri.removeprefix(base)
    return rest if rest and ":" not in rest and not rest.startswith(("/", "#", "?", ".")) else iri


def _with_base(source: Mapping[str, Any], base: str | None) -> dict[str, Any]:
    return dict(source) if base is None else {"@base": base, **source}


def _expanded(name: str, context: Context) -> str:
    prefix, colon, local = name.partition(":")
    if colon and prefix in context.prefixes and not local.startswith("//"):
        return context.prefixes[prefix] + local
    return name
