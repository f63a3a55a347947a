"""What a query gives back: RDF terms as simple values, tables of them, and triples."""

from __future__ import annotations

import datetime
import importlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

import pyoxigraph as ox

from kg.errors import QueryError

Kind = Literal["iri", "literal", "bnode"]
Value = str | int | bool | Decimal | float | datetime.date

XSD = "http://www.w3.org/2001/XMLSchema#"

PREFIXES: Mapping[str, str] = {
    "kg": "https://w3id.org/newskg/ontology#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": XSD,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "schema": "https://schema.org/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "sh": "http://www.w3.org/ns/shacl#",
    "wd": "http://www.wikidata.org/entity/",
}
"""The namespaces that a query may use undeclared and that results are abbreviated with."""


@dataclass(frozen=True, slots=True)
class Term:
    """One RDF term: its text, and what it is.

    `datatype` is an IRI and given for every literal without a `language`.
    """

    value: str
    kind: Kind = "literal"
    datatype: str | None = None
    language: str | None = None

    def __str__(self) -> str:
        return self.value

    @property
    def python(self) -> Value:
        """The value as Python has it; an ill-typed literal stays text."""
        if self.kind != "literal" or self.datatype is None:
            return self.value
        try:
            return _python(self.value, self.datatype.removeprefix(XSD))
        except (ValueError, InvalidOperation):
            return self.value

    @property
    def node(self) -> ox.NamedNode | ox.BlankNode | ox.Literal:
        """The same term as pyoxigraph has it.

        Raises:
            QueryError: If the text cannot be an IRI.
        """
        try:
            if self.kind == "iri":
                return ox.NamedNode(self.value)
            if self.kind == "bnode":
                return ox.BlankNode(self.value)
            if self.language:
                return ox.Literal(self.value, language=self.language)
            return ox.Literal(
                self.value, datatype=ox.NamedNode(self.datatype) if self.datatype else None
            )
        except ValueError as error:
            raise QueryError(f"{self.value!r} is no {self.kind}: {error}") from error

    @property
    def sparql(self) -> str:
        """The term as SPARQL and N-Triples write it, escaped."""
        return str(self.node)


Row = tuple[Term | None, ...]
Bindings = Mapping[str, Term | Sequence[Term]]


def iri(value: str) -> Term:
    """An IRI as a term."""
    return Term(value, "iri")


def literal(value: Value) -> Term:
    """A Python value as a literal with the datatype that SPARQL compares by."""
    if isinstance(value, bool):
        return Term("true" if value else "false", datatype=XSD + "boolean")
    if isinstance(value, int):
        return Term(str(value), datatype=XSD + "integer")
    if isinstance(value, Decimal):
        return Term(format(value, "f"), datatype=XSD + "decimal")
    if isinstance(value, float):
        return Term(repr(value), datatype=XSD + "double")
    if isinstance(value, datetime.date):
        return Term(value.isoformat(), datatype=XSD + "date")
    return Term(value, datatype=XSD + "string")


def term_of(node: object) -> Term:
    """The term that pyoxigraph holds."""
    match node:
        case ox.NamedNode():
            return iri(node.value)
        case ox.BlankNode():
            return Term(node.value, "bnode")
        case ox.Literal(language=str(language)):
            return Term(node.value, language=language)
        case ox.Literal():
            return Term(node.value, datatype=node.datatype.value)
    raise QueryError(f"RDF 1.1 only: {node} is neither IRI, literal nor blank node")


@dataclass(frozen=True, slots=True)
class Table:
    """The answer of a SELECT: named columns and rows of terms, `None` where unbound."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def column(self, name: str) -> tuple[Term | None, ...]:
        """All cells of one column."""
        position = self.columns.index(name)
        return tuple(row[position] for row in self.rows)

    def records(self) -> Iterator[dict[str, Value | None]]:
        """The rows as dicts of Python values, as notebooks and data frames take them."""
        for row in self.rows:
            cells = zip(self.columns, row, strict=True)
            yield {name: None if cell is None else cell.python for name, cell in cells}

    def to_pandas(self) -> Any:
        """The rows as a pandas DataFrame; decimals become floats, unbound cells `None`.

        Raises:
            QueryError: If pandas is not installed.
        """
        try:
            pandas = importlib.import_module("pandas")
        except ImportError as error:
            raise QueryError("pandas is not installed: pip install pandas") from error
        rows = [
            {name: float(v) if isinstance(v, Decimal) else v for name, v in record.items()}
            for record in self.records()
        ]
        return pandas.DataFrame(rows, columns=list(self.columns))

    def texts(self) -> Iterator[tuple[str | None, ...]]:
        """The rows as plain strings."""
        for row in self.rows:
            yield tuple(None if cell is None else cell.value for cell in row)


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer of a CONSTRUCT or DESCRIBE: a set of triples, in sorted order."""

    triples: tuple[ox.Triple, ...]

    def __len__(self) -> int:
        return len(self.triples)


def triples_of(items: Iterable[ox.Triple]) -> Triples:
    """Triples without doubles, sorted by their N-Triples form."""
    return Triples(tuple(sorted(set(items), key=str)))


def _python(value: str, datatype: str) -> Value:
    match datatype:
        case "boolean":
            return value in ("true", "1")
        case "integer" | "int" | "long" | "nonNegativeInteger":
            return int(value)
        case "decimal":
            return Decimal(value)
        case "double" | "float":
            return float(value)
        case "date":
            return datetime.date.fromisoformat(value)
    return value
