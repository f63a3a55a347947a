"""A graph behind a SPARQL 1.1 endpoint, asked over HTTP with the standard library alone."""

from __future__ import annotations

import http.client
import json
import logging
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from typing import Any, Self

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.queries import querytext
from kg.queries.sparql import Answer, prepared
from kg.queries.terms import XSD, Bindings, Table, Term, iri, triples_of

log = logging.getLogger(__name__)

RESULTS_TYPE = "application/sparql-results+json"
TRIPLES_TYPE = "application/n-triples"
UNIONS: tuple[tuple[tuple[str, str], ...], ...] = (
    (),  # Virtuoso, GraphDB, QLever, Neptune: the union is what they answer from anyway
    (("union-default-graph", ""),),  # Oxigraph
    (("default-graph-uri", "urn:x-arq:UnionGraph"),),  # Fuseki
    (("default-graph-uri", "tag:stardog:api:context:all"),),  # Stardog
)
"""Parameters that make a store answer over all its graphs; tried until one finds an article."""
PROBE = "ASK { ?article a <https://w3id.org/newskg/ontology#Article> }"
PAGE_ROWS = 5_000
"""Virtuoso cuts answers at 10,000 rows without a word (ResultSetMaxRows), so pages stay below."""
MAX_MESSAGE = 300
"""Characters of a server's complaint that are passed on."""


class EndpointGraph:
    """A graph behind the query URL of a SPARQL endpoint.

    `opener` carries what the store asks for on the way in (proxies, authentication); it is made
    elsewhere, so that no password comes near a URL, a message or a log.
    """

    def __init__(
        self,
        url: str,
        *,
        timeout: float = 60.0,
        opener: urllib.request.OpenerDirector | None = None,
    ) -> None:
        if urllib.parse.urlsplit(url).password is not None:
            raise StoreError(
                "a password does not belong in an address: use the environment or netrc"
            )
        self._url = url
        self._timeout = timeout
        self._opener = opener or urllib.request.build_opener()
        self._union: tuple[tuple[str, str], ...] | None = None

    @property
    def name(self) -> str:
        """The address."""
        return self._url

    def query(self, query: str, bindings: Bindings | None = None) -> Answer:
        """The answer in the form the query asks for; see `Graph.query`."""
        text = prepared(query, bindings)
        if self._union is None:
            self._union = self._found_union()
        return self._answer(text, self._union)

    def quads(self) -> Iterator[ox.Quad]:
        """All that the graph holds, page by page.

        Raises:
            StoreError: If the pages together are not what the store counts.
        """
        names = self._table("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        for (name,) in sorted(names, key=str):
            if name is not None and name.kind == "iri":
                yield from self._graph_quads(name)

    def close(self) -> None:
        """Does nothing: each question is a connection of its own."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _graph_quads(self, name: Term) -> Iterator[ox.Quad]:
        pattern = f"GRAPH {name.sparql} {{ ?s ?p ?o }}"
        counted = self._table(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}").rows[0][0]
        expected = int(counted.value) if counted else 0
        seen = 0
        while seen < expected:
            # Virtuoso sorts at most 10,000 rows with LIMIT; inside a subquery it sorts them all.
            page = self._table(
                f"SELECT ?s ?p ?o WHERE {{ {{ SELECT ?s ?p ?o WHERE {{ {pattern} }} "
                f"ORDER BY ?s ?p ?o }} }} LIMIT {PAGE_ROWS} OFFSET {seen}"
            )
            for row in page:
                yield _quad(row, name)
            if not page.rows:
                raise StoreError(
                    f"{self._url}: the store counts {expected} triples in {name} "
                    f"but hands out only {seen}"
                )
            seen += len(page)

    def _table(self, text: str) -> Table:
        answer = self._answer(text, ())
        if not isinstance(answer, Table):
            raise StoreError(f"{self._url}: answered a SELECT with something else than rows")
        return answer

    def _found_union(self) -> tuple[tuple[str, str], ...]:
        for parameters in UNIONS:
            try:
                if self._answer(PROBE, parameters) is True:
                    return parameters
            except (QueryError, StoreError) as error:
                if not parameters:
                    raise
                log.debug("%s: does not take %s: %s", self._url, parameters, error)
        log.warning("%s: no article found there", self._url)
        return ()

    def _answer(self, text: str, parameters: tuple[tuple[str, str], ...]) -> Answer:
        form = querytext.form(text)
        tabular = form in ("SELECT", "ASK")
        body, kind = self._posted(text, parameters, RESULTS_TYPE if tabular else TRIPLES_TYPE)
        try:
            if tabular:
                return _results(json.loads(body))
            format = ox.RdfFormat.from_media_type(kind) or ox.RdfFormat.N_TRIPLES
            return triples_of(quad.triple for quad in ox.parse(body, format))
        except (ValueError, KeyError, TypeError, SyntaxError) as error:
            raise StoreError(
                f"{self._url}: answered with {kind or 'an unknown format'} that cannot be read as "
                f"SPARQL results: {_plain(body)}. Is this the address that takes queries?"
            ) from error

    def _posted(
        self, text: str, parameters: tuple[tuple[str, str], ...], accept: str
    ) -> tuple[bytes, str]:
        form = urllib.parse.urlencode([("query", text), *parameters]).encode("ascii")
        request = urllib.request.Request(
            self._url,
            data=form,
            headers={
                "Accept": accept,
                "Content-Type": "application/x-www-form-urlencoded",
                "User-Agent": "kg-news",
            },
        )
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                kind = response.headers.get_content_type()
                if response.headers.get("X-SPARQL-MaxRows"):
                    log.warning("%s: the store cut the answer off at its row limit", self._url)
                return response.read(), kind
        except urllib.error.HTTPError as error:
            with error:
                raise self._refusal(error.code, error.read(), text) from error
        except TimeoutError as error:
            raise self._slow() from error
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise self._slow() from error
            raise StoreError(f"{self._url}: cannot be reached: {error.reason}") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise StoreError(
                f"{self._url}: the connection broke: {error or type(error).__name__}"
            ) from error

    def _slow(self) -> StoreError:
        return StoreError(f"{self._url}: no answer within {self._timeout:g} seconds")

    def _refusal(self, code: int, body: bytes, text: str) -> QueryError | StoreError:
        said = _plain(body)
        if code == 400:
            return QueryError(f"{self._url} does not understand the query: {said}")
        hints: Mapping[int, str] = {
            401: "it wants a name and password",
            403: "it forbids this",
            404: "there is nothing at this address",
            405: "this address takes no queries",
            413: "the query is too long for it",
        }
        return StoreError(
            f"{self._url}: HTTP {code}, {hints.get(code, 'the store failed')}: {said}"
        )


def _results(document: dict[str, Any]) -> Table | bool:
    """SPARQL 1.1 Query Results JSON Format, §3."""
    if "boolean" in document:
        return bool(document["boolean"])
    columns = tuple(document["head"]["vars"])
    rows = document["results"]["bindings"]
    return Table(
        columns,
        tuple(tuple(_term(row[c]) if c in row else None for c in columns) for row in rows),
    )


def _term(cell: dict[str, str]) -> Term:
    kind, value = cell["type"], cell["value"]
    if kind == "uri":
        return iri(value)
    if kind == "bnode":
        return Term(value, "bnode")
    if kind not in ("literal", "typed-literal"):  # the second is Virtuoso's
        raise ValueError(f"unknown kind of term: {kind}")
    language = cell.get("xml:lang")
    if language:
        return Term(value, language=language)
    datatype = cell.get("datatype", XSD + "string")
    if datatype == XSD + "boolean":  # Virtuoso writes 1 and 0
        value = {"1": "true", "0": "false"}.get(value, value)
    return Term(value, datatype=datatype)


def _quad(row: tuple[Term | None, ...], graph: Term) -> ox.Quad:
    nodes = [term.node for term in row if term is not None]
    subject, predicate, object_ = nodes
    if isinstance(subject, ox.Literal) or not isinstance(predicate, ox.NamedNode):
        raise StoreError(f"no RDF triple: {subject} {predicate} {object_}")
    return ox.Quad(subject, predicate, object_, ox.NamedNode(graph.value))


def _plain(body: bytes) -> str:
    """The words of an answer meant for people, without markup, on one line."""
    text = body.decode("utf-8", "replace")
    text = re.sub(r"(?is)<(script|style|head)\b.*?</\1>", " ", text)
    text = " ".join(re.sub(r"<[^>]*>", " ", text).split())
    if len(text) > MAX_MESSAGE:
        text = text[:MAX_MESSAGE].rstrip() + " …"
    return text or "(nothing)"
