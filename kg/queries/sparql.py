"""A graph to ask, wherever it lives: a built folder, an RDF file, an endpoint, a Dataset.

All backends answer over the union of the named graphs, bind variables in the same way and give
the same terms. Oxigraph and Virtuoso do not remove doubles from that union: a query says DISTINCT.
"""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Protocol, Self, cast

import pyoxigraph as ox
import rdflib
from rdflib.plugins.sparql import prepareQuery

from kg.errors import QueryError, ReadError, StoreError
from kg.folders import settle
from kg.queries import querytext
from kg.queries.terms import (
    PREFIXES,
    Bindings,
    Table,
    Term,
    Triples,
    literal,
    term_of,
    triples_of,
)

Answer = Table | bool | Triples

STORE_FOLDER = "store"
DUMP_NAME = "graph.nq.gz"
OPENINGS = 5
"""How often the opening of a store is tried, 0.6 seconds in all."""
FILE_FORMATS: Mapping[str, ox.RdfFormat] = {
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
}
"""RDF files that can be asked, by suffix; each also with `.gz` after it."""


class Graph(Protocol):
    """Something that answers SPARQL; a context manager that closes what it opened."""

    @property
    def name(self) -> str:
        """Where the graph is, as the user called it."""

    def query(self, query: str, bindings: Bindings | None = None) -> Answer:
        """The answer in the form the query asks for: table, truth or triples.

        Variables in `bindings` are held to the given terms. The usual prefixes need no declaration.

        Raises:
            QueryError: If the query cannot be read, is an update, or has a SERVICE.
            StoreError: If the store fails or is away.
        """

    def quads(self) -> Iterator[ox.Quad]:
        """All that the graph holds, in no order."""

    def close(self) -> None:
        """Lets go of files and connections."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


def open_graph(where: str | Path, *, timeout: float = 60.0) -> Graph:
    """The graph that `where` names: a folder of `kg build`, an RDF file or an endpoint's URL.

    `timeout` is in seconds and for endpoints only.

    Raises:
        ReadError: If the file is missing or is not the RDF that its name promises.
        StoreError: If the store cannot be opened.
    """
    if isinstance(where, str) and where.startswith(("http://", "https://")):
        from kg.queries.endpoint import EndpointGraph

        return EndpointGraph(where, timeout=timeout)
    path = Path(where)
    settle(path)
    if path.is_dir():
        return _folder(path)
    if path.is_file():
        return StoreGraph(file_store(path), name=str(where))
    raise ReadError(f"{where}: no such folder or file, and no http(s) address of an endpoint")


def select(graph: Graph, query: str, bindings: Bindings | None = None) -> Table:
    """The table that a SELECT gives.

    Raises:
        QueryError: If the query is not a SELECT.
    """
    answer = graph.query(query, bindings)
    if not isinstance(answer, Table):
        raise QueryError("expected a SELECT query, which gives a table")
    return answer


def prepared(query: str, bindings: Bindings | None = None) -> str:
    """The query as a store gets it: bound, its prefixes declared.

    Raises:
        QueryError: If it is an update, or would make the store call another machine.
    """
    querytext.form(query)
    text = querytext.bound(query, bindings or {})
    querytext.offline(text)
    return querytext.declared(text)


class StoreGraph:
    """A graph in a pyoxigraph store, on disk or in memory."""

    def __init__(self, store: ox.Store, *, name: str = "graph") -> None:
        self.store = store
        self._name = name

    @property
    def name(self) -> str:
        """Where the graph is, as the user called it."""
        return self._name

    def query(self, query: str, bindings: Bindings | None = None) -> Answer:
        """The answer in the form the query asks for; see `Graph.query`."""
        text = prepared(query, bindings)
        try:
            # with the union as default graph, Oxigraph would pass over the query's own FROM
            union = not querytext.names_graphs(text)
            answer = self.store.query(text, use_default_graph_as_union=union)
            match answer:
                case ox.QuerySolutions():
                    columns = tuple(v.value for v in answer.variables)
                    terms = _Terms()
                    return Table(columns, tuple(tuple(map(terms.__getitem__, s)) for s in answer))
                case ox.QueryTriples():
                    return triples_of(answer)
                case _:
                    return bool(answer)
        except SyntaxError as error:
            querytext.check(query)  # raises, and counts lines as the user wrote them
            raise QueryError(
                f"the query cannot be read once its values are bound: {error}"
            ) from error
        except OSError as error:
            raise StoreError(f"{self._name}: the store failed: {error}") from error

    def quads(self) -> Iterator[ox.Quad]:
        """All that the graph holds, in no order."""
        return iter(self.store)

    def close(self) -> None:
        """Lets go of the store; pyoxigraph closes its files when nothing refers to it."""
        self.store = ox.Store()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class DatasetGraph:
    """A graph in an rdflib Dataset made with `default_union=True`: for comparing, and notebooks."""

    def __init__(self, dataset: rdflib.Dataset, *, name: str = "dataset") -> None:
        self.dataset = dataset
        self._name = name

    @property
    def name(self) -> str:
        """What the user called it."""
        return self._name

    def query(self, query: str, bindings: Bindings | None = None) -> Answer:
        """The answer in the form the query asks for; see `Graph.query`."""
        querytext.check(query)
        text = prepared(query, bindings)
        if prepareQuery(text).algebra.datasetClause:
            raise QueryError("FROM makes rdflib fetch a graph from its address; use GRAPH")
        result = self.dataset.query(text)
        if result.type == "ASK":
            return bool(result.askAnswer)
        if result.type == "SELECT":
            columns = tuple(str(v) for v in result.vars or ())
            rows = cast("Iterable[tuple[rdflib.term.Node | None, ...]]", result)
            return Table(columns, tuple(tuple(_rdflib_term(n) for n in row) for row in rows))
        document = result.serialize(format="nt") or b""
        triples = ox.parse(document, ox.RdfFormat.N_TRIPLES)
        return triples_of(quad.triple for quad in triples)

    def quads(self) -> Iterator[ox.Quad]:
        """All that the graph holds, in no order."""
        document = self.dataset.serialize(format="nquads")
        return iter(ox.parse(document, ox.RdfFormat.N_QUADS))

    def close(self) -> None:
        """Does nothing: the dataset belongs to its maker."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def file_store(path: Path) -> ox.Store:
    """An RDF file loaded into a store in memory; triples go to its default graph.

    Raises:
        ReadError: If the suffix is unknown, or the content broken.
    """
    format = _format(path)
    store = ox.Store()
    try:
        with _opened(path) as stream:
            store.bulk_load(stream, format)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise ReadError(f"{path}: the compressed file is broken or cut off: {error}") from error
    except SyntaxError as error:
        raise ReadError(f"{path}: not valid {format.name}: {error}") from error
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror or error}") from error
    return store


def _folder(path: Path) -> StoreGraph:
    store, dump = path / STORE_FOLDER, path / DUMP_NAME
    if store.is_dir():
        return StoreGraph(_disk_store(store), name=str(path))
    if dump.is_file():
        return StoreGraph(file_store(dump), name=str(path))
    raise ReadError(f"{path}: no graph in here; `kg build` writes {DUMP_NAME} and {STORE_FOLDER}/")


def _disk_store(path: Path) -> ox.Store:
    """The store of a folder, though a writer may tidy files away while it is opened."""
    for attempt in range(OPENINGS):
        try:
            return ox.Store.read_only(str(path))
        except (OSError, RuntimeError) as error:
            failure = error
            time.sleep(0.02 * 2**attempt)
    raise StoreError(
        f"{path}: this store cannot be opened ({failure}). "
        f"Remove the folder to read {DUMP_NAME} instead, or build the graph again"
    ) from failure


def _format(path: Path) -> ox.RdfFormat:
    suffixes = [s.lower() for s in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    format = FILE_FORMATS.get(suffixes[-1]) if suffixes else None
    if format is None:
        raise ReadError(f"{path}: unknown kind of graph; known are {', '.join(FILE_FORMATS)}")
    return format


def _opened(path: Path) -> IO[bytes]:
    if path.suffix.lower() == ".gz":
        return cast("IO[bytes]", gzip.open(path))
    return path.open("rb")


class _Terms(dict[object, Term | None]):
    """pyoxigraph's nodes as terms, each made once: in a large answer most cells recur."""

    def __missing__(self, node: object) -> Term | None:
        term = self[node] = None if node is None else term_of(node)
        return term


def _rdflib_term(node: rdflib.term.Node | None) -> Term | None:
    match node:
        case None:
            return None
        case rdflib.URIRef():
            return Term(str(node), "iri")
        case rdflib.BNode():
            return Term(str(node), "bnode")
        case rdflib.Literal(language=str(language)):
            return Term(str(node), language=language)
        case rdflib.Literal(datatype=None):
            return literal(str(node))
        case rdflib.Literal():
            return Term(str(node), datatype=str(node.datatype))
    raise QueryError(f"{node!r} is no RDF term")


__all__ = [
    "DUMP_NAME",
    "FILE_FORMATS",
    "PREFIXES",
    "STORE_FOLDER",
    "Answer",
    "DatasetGraph",
    "Graph",
    "StoreGraph",
    "file_store",
    "open_graph",
    "prepared",
    "select",
]
