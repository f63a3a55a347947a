"""Carries quads to triplestores: one in a folder (`kg.stores.local`), others over HTTP (`load`)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.errors import StoreError
from kg.stores.credentials import Auth
from kg.stores.endpoint import Endpoint, Loader, LoadError, LoadReport, Profile, Progress
from kg.stores.parts import GraphParts

__all__ = ["STORES", "Auth", "LoadError", "LoadReport", "Profile", "Progress", "load"]

STORES: dict[str, Profile] = {
    "oxigraph": Profile(
        "Oxigraph server; URL as in http://localhost:7878",
        graph_store="/store",
        query="/query",
        update="/update",
        put="atomic",
    ),
    "virtuoso": Profile(
        "Virtuoso; URL as in http://localhost:8890; digest",
        graph_store="/sparql-graph-crud-auth",
        query="/sparql-auth",
        update="/sparql-auth",
        graph_parameter="graph-uri",
        auth="digest",
        put="half",
    ),
    "fuseki": Profile(
        "Apache Jena Fuseki; URL of the dataset, as in http://localhost:3030/news",
        graph_store="/data",
        query="/query",
        update="/update",
        put="atomic",
    ),
    "sparql": Profile(
        "any SPARQL 1.1 Graph Store; URL of the graph store, --query-url where it differs",
    ),
}
"""Kinds of triplestores by the name that `--store` takes."""


def load(
    graph_source: Path | str,
    url: str,
    *,
    store: str = "oxigraph",
    auth: Auth | None = None,
    graph_store_url: str | None = None,
    query_url: str | None = None,
    update_url: str | None = None,
    progress: Callable[[Progress], None] | None = None,
    resume: bool = False,
) -> LoadReport:
    """Put every named graph of a built graph into a triplestore, and count each there.

    Graphs of the same names are replaced, others left alone. The whole file is checked before
    anything is sent. `resume` continues a load of the same file that ended early. `auth` is the
    store's own way unless given; credentials come from KG_STORE_USER and KG_STORE_PASSWORD, from
    KG_STORE_TOKEN, or from ~/.netrc.

    Raises:
        StoreError: If the file cannot be loaded, the URL or credentials cannot be used.
        LoadError: If the load ended early; it knows which graphs are in.
    """
    if store not in STORES:
        raise StoreError(f"store {store!r}: unknown; there are {', '.join(STORES)}")
    endpoint = Endpoint(
        url,
        STORES[store],
        auth=auth,
        graph_store_url=graph_store_url,
        query_url=query_url,
        update_url=update_url,
    )
    with GraphParts(graph_source) as parts:
        return Loader(endpoint, parts, store=store, progress=progress, resume=resume).run()
