"""Who said what about whom, and what binds them: news articles to an RDF knowledge graph.

import kg

report = kg.build(["articles/"], "graphs/mine")
with kg.open("graphs/mine") as graph:
    for row in graph.query("who-said-what-about", about="Armenia"):
        ...
"""

from kg.api import (
    OpenGraph,
    analysis,
    build,
    export,
    extract,
    load,
    network,
    query,
    remove,
    validate,
    view,
)
from kg.api import open_graph as open
from kg.config import Settings
from kg.errors import KGError

__version__ = "0.1.0"

__all__ = [
    "KGError",
    "OpenGraph",
    "Settings",
    "analysis",
    "build",
    "export",
    "extract",
    "load",
    "network",
    "open",
    "query",
    "remove",
    "validate",
    "view",
]
