"""RDF documents whose bytes depend on nothing but their content.

pyoxigraph writes prefixes in an order that changes from run to run, so their lines are put in
order here, and whole: with a base it would shorten the namespaces too.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from kg.queries.terms import PREFIXES

_XML_ROOT = re.compile(rb"<rdf:RDF [^>]*>")
# XML 1.0, production 2: what a document may not hold even as a character reference
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def document(
    items: Iterable[ox.Triple] | Iterable[ox.Quad], format: ox.RdfFormat, base: str | None = None
) -> bytes:
    """Triples or quads as a document: sorted, without doubles, prefixes declared.

    Only Turtle and TriG make use of `base`.
    """
    unique: set[ox.Triple | ox.Quad] = set(items)
    ordered = sorted(unique, key=_place)
    if format == ox.RdfFormat.RDF_XML:
        return _xml(ordered)
    if format in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG):
        return _turtle(ordered, format, base)
    if format == ox.RdfFormat.JSON_LD:
        return _serialized(ordered, format)
    lines = sorted(_serialized(ordered, format).splitlines(keepends=True))
    return b"".join(lines)


def _place(item: ox.Triple | ox.Quad) -> tuple[str, str]:
    """Graph by graph: TriG opens a block whenever the graph changes."""
    return (str(item.graph_name) if isinstance(item, ox.Quad) else "", str(item))


def base_of(quads: Iterable[ox.Quad]) -> str | None:
    """What the IRIs of the data begin with, as the graphs' names show it."""
    names = sorted({q.graph_name.value for q in quads if isinstance(q.graph_name, ox.NamedNode)})
    bases = [name.partition("graph/article/")[0] for name in names if "graph/article/" in name]
    return bases[0] if bases and bases[0].endswith("/") else None


def _turtle(ordered: Sequence[object], format: ox.RdfFormat, base: str | None) -> bytes:
    written = _serialized(ordered, format, base=base, prefixed=True)
    body = re.sub(rb"\A(?:@(?:base|prefix) [^\n]*\n)*", b"", written)
    head = [f"@base <{base}> ."] if base else []
    head += [f"@prefix {name}: <{iri}> ." for name, iri in sorted(PREFIXES.items())]
    return "\n".join([*head, "", ""]).encode() + body


def _xml(ordered: Sequence[object]) -> bytes:
    """RDF/XML; characters that XML cannot hold become U+FFFD, carriage returns a reference."""
    written = _serialized(
        [_xml_safe(item) for item in ordered], ox.RdfFormat.RDF_XML, prefixed=True
    )
    names = "".join(f' xmlns:{name}="{iri}"' for name, iri in sorted(PREFIXES.items()))
    root = f"<rdf:RDF{names}>".encode()
    # its: is pyoxigraph's own, for directions of text, which RDF 1.1 does not have
    return _XML_ROOT.sub(lambda _: root, written, count=1).replace(b"\r", b"&#13;")


def _xml_safe(item: object) -> object:
    if not isinstance(item, ox.Triple) or not isinstance(item.object, ox.Literal):
        return item
    literal = item.object
    if not _NOT_XML.search(literal.value):
        return item
    value = _NOT_XML.sub("\ufffd", literal.value)
    if literal.language:
        safe = ox.Literal(value, language=literal.language)
    else:
        safe = ox.Literal(value, datatype=literal.datatype)
    return ox.Triple(item.subject, item.predicate, safe)


def _serialized(
    items: Sequence[object],
    format: ox.RdfFormat,
    *,
    base: str | None = None,
    prefixed: bool = False,
) -> bytes:
    out = io.BytesIO()
    prefixes = dict(PREFIXES) if prefixed else None
    # the stub wants triples or quads, not a union of both
    ox.serialize(items, out, format, prefixes=prefixes, base_iri=base)  # type: ignore[arg-type]
    return out.getvalue()
