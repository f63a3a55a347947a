"""Triplestores over HTTP: SPARQL 1.1 Graph Store Protocol, Query and Update.

Each named graph is replaced whole and counted afterwards, so that loading twice equals loading once
and a load that broke can simply be repeated.

Source: https://www.w3.org/TR/sparql11-http-rdf-update/, https://www.w3.org/TR/sparql11-protocol/
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlencode, urlsplit

import pyoxigraph as ox

from kg.errors import StoreError
from kg.stores.credentials import Auth
from kg.stores.parts import Body, GraphPart, GraphParts
from kg.stores.transport import Transport, Unreachable, checked_url, shown_url

RECORD_GRAPH = "https://w3id.org/newskg/graph/loading"
"""Holds, while a load is under way, which graphs are in; taken out when it is complete."""

STAGING_GRAPH = "https://w3id.org/newskg/graph/staging"
"""Where a store whose PUT is not atomic has to accept a graph first."""

_CHECKSUM = "http://spdx.org/rdf/terms#checksumValue"
_RECORD_EVERY = 50  # graphs; what a killed process has to send again at most
_NAMED = 3  # graphs named in a message


@dataclass(frozen=True, slots=True)
class Profile:
    """How one kind of store is spoken to; the paths follow the URL that the user gives.

    `put` tells what a failed PUT leaves. "atomic": the old graph. "half": the part of the new graph
    that was read until then, so the store has to accept the graph under another name first.
    "unknown": it depends on the store.
    """

    about: str
    graph_store: str = ""
    query: str = ""
    update: str = ""
    graph_parameter: str = "graph"
    auth: Auth | None = None
    put: Literal["atomic", "half", "unknown"] = "unknown"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load is: `done` of `total` graphs, the last of them `graph`."""

    graph: str
    triples: int
    skipped: bool
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did: names of graphs sent and of graphs that were in already, triples of all."""

    url: str
    store: str
    loaded: tuple[str, ...]
    skipped: tuple[str, ...]
    triples: int

    @property
    def graphs(self) -> int:
        """Number of graphs that are in."""
        return len(self.loaded) + len(self.skipped)


class LoadError(StoreError):
    """A load that ended early; `report` has the graphs that are in, `missing` the others."""

    def __init__(self, message: str, report: LoadReport, missing: tuple[str, ...]):
        super().__init__(message)
        self.report = report
        self.missing = missing


class Miscounted(StoreError):
    """The store holds another number of triples than it was sent."""


class Endpoint:
    """One triplestore at a URL.

    Raises:
        StoreError: If a URL cannot be used or credentials are missing.
    """

    def __init__(
        self,
        url: str,
        profile: Profile,
        *,
        transport: Transport | None = None,
        auth: Auth | None = None,
        graph_store_url: str | None = None,
        query_url: str | None = None,
        update_url: str | None = None,
    ):
        base = checked_url(url).rstrip("/")
        self.url = shown_url(base)
        self._profile = profile
        self._graph_store = checked_url(graph_store_url or base + profile.graph_store)
        self._query = checked_url(query_url or base + profile.query)
        self._update = checked_url(update_url or base + profile.update)
        _same_server(base, self._graph_store, self._query, self._update)
        self._transport = transport or Transport(base, auth=auth or profile.auth)

    def put(self, part: GraphPart) -> None:
        """Replace a named graph and count it; the old one stays until the store took the new one.

        Raises:
            StoreError: If the store refuses, or holds another number of triples afterwards.
        """
        if self._profile.put == "half":
            self._put(STAGING_GRAPH, part)
            self._counted(STAGING_GRAPH, part)
        self._put(part.graph, part)
        self._counted(part.graph, part)

    def add(self, graph: str, triples: str) -> None:
        """Add N-Triples to a named graph."""
        self._transport.send(
            "POST", self._graph_url(graph), body=Body.of(triples.encode()), headers=_N_TRIPLES
        )

    def remove(self, graph: str) -> None:
        """Take a named graph out; one that is not there is no error."""
        self._transport.send("DELETE", self._graph_url(graph), also=(404,))

    def remove_staging(self) -> None:
        """Take out what `put` left over."""
        if self._profile.put == "half":
            self.remove(STAGING_GRAPH)

    @property
    def after_failure(self) -> str:
        """What a graph holds whose PUT failed."""
        if self._profile.put == "unknown":
            return "may hold a part of its triples"
        return "holds its old triples or its new ones, whole"

    def count(self, graph: str) -> int:
        """Number of triples of a named graph, as the store counts them.

        Reading the graph back would not do: Virtuoso silently cuts every answer at 10,000 rows.
        """
        rows = self.select(
            f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {_iri(graph)} {{ ?s ?p ?o }} }}"
        )
        try:
            return int(rows[0]["n"])
        except (IndexError, KeyError, ValueError) as error:
            raise StoreError(f"{self.url}: no count in the answer; {_WRONG_PLACE}") from error

    def checksums(self, graph: str) -> set[str]:
        """What the record of a load says about a graph."""
        where = f"GRAPH <{RECORD_GRAPH}> {{ {_iri(graph)} <{_CHECKSUM}> ?sum }}"
        return {
            row["sum"] for row in self.select(f"SELECT ?sum WHERE {{ {where} }}") if "sum" in row
        }

    def select(self, query: str) -> list[dict[str, str]]:
        """The rows of a SELECT, values as strings; a store may cut long answers."""
        answer = self._transport.send(
            "POST",
            self._query,
            body=Body.of(urlencode({"query": query}).encode("ascii")),
            headers={
                "Content-Type": "application/x-www-form-urlencoded",
                "Accept": "application/sparql-results+json",
            },
        )
        try:
            bindings = json.loads(answer.body)["results"]["bindings"]
            return [{name: str(term["value"]) for name, term in row.items()} for row in bindings]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise StoreError(
                f"{shown_url(self._query)}: no SPARQL results; {_WRONG_PLACE}"
            ) from error

    def update(self, update: str) -> None:
        """Run a SPARQL Update; it may be sent again after a broken line, so it has to bear that."""
        self._transport.send(
            "POST",
            self._update,
            body=Body.of(update.encode()),
            headers={"Content-Type": "application/sparql-update"},
        )

    def _put(self, graph: str, part: GraphPart) -> None:
        self._transport.send("PUT", self._graph_url(graph), body=part.body, headers=_N_TRIPLES)

    def _counted(self, graph: str, part: GraphPart) -> None:
        counted = self.count(graph)
        if counted != part.triples:
            raise Miscounted(
                f"{self.url}: sent {part.triples:,} triples for {part.graph}, "
                f"the store counts {counted:,} in {graph}"
            )

    def _graph_url(self, graph: str) -> str:
        """Always with a graph: PUT without one replaces the whole dataset of an Oxigraph server."""
        name = quote(_iri(graph)[1:-1], safe="")
        mark = "&" if "?" in self._graph_store else "?"
        return f"{self._graph_store}{mark}{self._profile.graph_parameter}={name}"


_N_TRIPLES = {"Content-Type": "application/n-triples"}
_WRONG_PLACE = "is the URL the base of the store, and --store the right kind?"


def _same_server(*urls: str) -> None:
    """Refuse URLs that would carry the credentials of one server to another."""
    if len({(urlsplit(url).scheme, urlsplit(url).hostname) for url in urls}) > 1:
        shown = ", ".join(sorted({shown_url(url) for url in urls}))
        raise StoreError(f"{shown}: all URLs of a store have to name one host, by one scheme")


def _iri(graph: str) -> str:
    """`<graph>`, safe to stand in a query.

    Raises:
        StoreError: If it is no IRI.
    """
    try:
        return str(ox.NamedNode(graph))
    except ValueError as error:
        raise StoreError(f"{graph!r} cannot name a graph: {error}") from error


class Loader:
    """Carries the graphs of one file to one endpoint; used once."""

    def __init__(
        self,
        endpoint: Endpoint,
        parts: GraphParts,
        *,
        store: str,
        progress: Callable[[Progress], None] | None = None,
        resume: bool = False,
    ):
        self._endpoint = endpoint
        self._parts = parts
        self._store = store
        self._progress = progress or (lambda _: None)
        self._resume = resume
        self._loaded: list[str] = []
        self._skipped: list[str] = []
        self._triples = 0
        self._unrecorded: list[tuple[str, str]] = []

    def run(self) -> LoadReport:
        """Load all graphs.

        Raises:
            LoadError: If it ended early.
        """
        part: GraphPart | None = None
        try:
            self._begin()
            for part in self._parts:
                self._take(part)
            self._end()
        except StoreError as error:
            if not isinstance(error, Unreachable):
                self._tidy()
            raise self._broken_off(error, part) from error
        except BaseException:  # an impatient user: let --resume know how far it went
            self._tidy()
            raise
        return self._report()

    def _begin(self) -> None:
        """See whether the store answers, and whether it has a record to go on with."""
        recorded = self._endpoint.checksums(RECORD_GRAPH)
        if self._resume and recorded == {self._parts.sha256}:
            return
        # a record of another file says nothing about this one
        self._resume = False
        self._endpoint.remove(RECORD_GRAPH)
        self._endpoint.add(RECORD_GRAPH, _record(RECORD_GRAPH, self._parts.sha256))

    def _take(self, part: GraphPart) -> None:
        skipped = self._resume and self._is_in(part)
        if not skipped:
            self._endpoint.put(part)
            self._unrecorded.append((part.graph, part.sha256))
            if len(self._unrecorded) >= _RECORD_EVERY:
                self._write_record()
        (self._skipped if skipped else self._loaded).append(part.graph)
        self._triples += part.triples
        done = len(self._loaded) + len(self._skipped)
        total = len(self._parts.graphs)
        self._progress(Progress(part.graph, part.triples, skipped, done, total))

    def _is_in(self, part: GraphPart) -> bool:
        return (
            part.sha256 in self._endpoint.checksums(part.graph)
            and self._endpoint.count(part.graph) == part.triples
        )

    def _write_record(self) -> None:
        if self._unrecorded:
            lines = "".join(_record(graph, sha256) for graph, sha256 in self._unrecorded)
            self._endpoint.add(RECORD_GRAPH, lines)
            self._unrecorded.clear()

    def _end(self) -> None:
        self._unrecorded.clear()
        self._endpoint.remove(RECORD_GRAPH)
        self._endpoint.remove_staging()

    def _tidy(self) -> None:
        """After a failure: note what is in. It is no matter if that fails too."""
        with suppress(StoreError):
            self._write_record()
            self._endpoint.remove_staging()

    def _report(self) -> LoadReport:
        return LoadReport(
            self._endpoint.url,
            self._store,
            tuple(self._loaded),
            tuple(self._skipped),
            self._triples,
        )

    def _broken_off(self, error: StoreError, part: GraphPart | None) -> LoadError:
        report = self._report()
        here = {*report.loaded, *report.skipped}
        missing = tuple(sorted(self._parts.graphs - here))
        if part is None:
            return LoadError(f"{error}; no graph was changed", report, missing)
        lines = [
            f"{error}, at graph {part.graph}",
            f"in the store: {_some((*report.skipped, *report.loaded), len(self._parts.graphs))}",
            f"not in: {_some(missing, len(self._parts.graphs))}",
        ]
        if part.graph in missing and not isinstance(error, Miscounted):
            lines.append(f"{part.graph} {self._endpoint.after_failure}")
        lines.append("loading is safe to repeat; --resume leaves out what is in")
        return LoadError("\n".join(lines), report, missing)


def _some(graphs: tuple[str, ...], total: int) -> str:
    """A few of the graphs and the number of all."""
    names = ", ".join(graphs[:_NAMED])
    more = ", …" if len(graphs) > _NAMED else ""
    return f"{len(graphs)} of {total} graphs{f' ({names}{more})' if names else ''}"


def _record(graph: str, sha256: str) -> str:
    return f'{_iri(graph)} <{_CHECKSUM}> "{sha256}" .\n'
