"""Records' values as RDF terms, in the only forms that every store keeps.

Measured in Oxigraph 0.5, Virtuoso 7.2.5 and rdflib 7.6: numbers as `xsd:integer`, decimals without
trailing zeros, dates without zone, no control characters, literals far below 64 kB.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

import pyoxigraph as ox
from rdflib import XSD, URIRef

from kg.errors import EvidenceError

LONGEST_LITERAL = 30_000
"""Bytes of UTF-8; Virtuoso's parser stops at about 65,480, and escapes may double the bytes."""

# C0 controls but tab, line feed, carriage return; surrogates; non-characters: not in XML 1.0
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class _Nodes(dict[str, ox.NamedNode]):
    """IRIs of vocabularies as pyoxigraph's nodes, each made once."""

    def __missing__(self, iri: str) -> ox.NamedNode:
        node = self[iri] = ox.NamedNode(iri)
        return node


NODES = _Nodes()

TRUE = ox.Literal("true", datatype=NODES[XSD.boolean])
FALSE = ox.Literal("false", datatype=NODES[XSD.boolean])

Object = ox.NamedNode | ox.Literal


class Quads:
    """Gathers the quads of one named graph, each once."""

    def __init__(self, graph: ox.NamedNode):
        self._graph = graph
        self._quads: dict[ox.Quad, None] = {}

    def add(self, subject: ox.NamedNode, predicate: URIRef, *objects: Object | None) -> None:
        """Say `predicate` of `subject` once for each object; `None` says nothing."""
        node = NODES[predicate]
        for value in objects:
            if value is not None:
                self._quads[ox.Quad(subject, node, value, self._graph)] = None

    def add_types(self, subject: ox.NamedNode, *classes: URIRef) -> None:
        """Say of which classes `subject` is."""
        for kind in classes:
            self._quads[ox.Quad(subject, _TYPE, NODES[kind], self._graph)] = None

    def quads(self) -> list[ox.Quad]:
        """All of them, in the order in which they were first said."""
        return list(self._quads)


_TYPE = NODES["http://www.w3.org/1999/02/22-rdf-syntax-ns#type"]
_INTEGER = NODES[XSD.integer]
_DECIMAL = NODES[XSD.decimal]
_DAY = NODES[XSD.date]


def is_fit(words: str) -> bool:
    """The words can stand in a literal as they are."""
    if len(words) > LONGEST_LITERAL:
        return False
    fits = len(words) * 4 <= LONGEST_LITERAL or _size(words) <= LONGEST_LITERAL
    return fits and not _UNFIT.search(words)


def string(words: str | None) -> ox.Literal | None:
    """Words as a literal, without what no store keeps, cut off where it would be too long."""
    if words is None:
        return None
    words = clean(words)
    if len(words) * 4 > LONGEST_LITERAL and _size(words) > LONGEST_LITERAL:
        cut = words.encode("utf-8")[: LONGEST_LITERAL - len("…".encode())]
        words = cut.decode("utf-8", "ignore") + "…"
    return ox.Literal(words)


def strings(words: Iterable[str]) -> list[ox.Literal]:
    """`string` for each."""
    return [literal for w in words if (literal := string(w)) is not None]


def clean(words: str) -> str:
    """The words without control characters and lone surrogates."""
    return _UNFIT.sub("", words)


def integer(number: int) -> ox.Literal:
    """A whole number."""
    return ox.Literal(str(number), datatype=_INTEGER)


def decimal(number: float) -> ox.Literal:
    """A number with four places at most and no trailing zeros, as Oxigraph gives it back."""
    return ox.Literal(f"{number:.4f}".rstrip("0").rstrip("."), datatype=_DECIMAL)


def boolean(value: bool) -> ox.Literal:
    """True or false."""
    return TRUE if value else FALSE


def day(iso: str | None) -> ox.Literal | None:
    """A day given as YYYY-MM-DD.

    Raises:
        EvidenceError: If it is none.
    """
    if iso is None:
        return None
    try:
        if not _DATE.fullmatch(iso):
            raise ValueError("YYYY-MM-DD is needed")
        date.fromisoformat(iso)
    except ValueError as error:
        raise EvidenceError(f'"{iso}" is no date: {error}') from error
    return ox.Literal(iso, datatype=_DAY)


def outside(iri: str) -> ox.NamedNode:
    """An IRI that somebody else minted, made ASCII where it is not.

    Raises:
        EvidenceError: If it is no absolute IRI even so.
    """
    try:
        return ox.NamedNode(quote(iri, safe="!#$%&'()*+,/:;=?@[]~"))
    except (ValueError, UnicodeEncodeError) as error:
        raise EvidenceError(f'"{iri}" is no IRI: {error}') from error


def sha256(words: str) -> str:
    """Hexadecimal digest of the UTF-8 bytes."""
    # JSON may carry lone surrogates, which are no text; their digest must not fail all the same
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _size(words: str) -> int:
    return len(words.encode("utf-8", "surrogatepass"))
