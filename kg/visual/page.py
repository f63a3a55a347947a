"""One self-contained HTML page of a network: it opens from a file, without any network request.

pyvis builds it and supplies vis-network; template, scripts and data are ours. Hostile text stays
text: the template escapes, scripts write text nodes only, and the content security policy admits
nothing but the scripts and the style sheet whose hashes it names.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import pyvis
from jinja2 import Environment, PackageLoader
from markupsafe import Markup
from pyvis.network import Network

from kg.errors import OutputError
from kg.queries.lookup import Names
from kg.queries.network import network as network_of
from kg.queries.network import statements
from kg.queries.sparql import Graph
from kg.records import plain
from kg.visual.cards import AgreementCard, agreement_cards, article_records, claim_records
from kg.visual.disagreements import Disagreement, claim_disagreements, denied_accusations
from kg.visual.payload import payload, shown_label, shown_text
from kg.visual.selection import ALL, Excerpt, Selection, selection
from kg.visual.style import styles

if TYPE_CHECKING:
    import networkx as nx

MAX_NODES = 2000
"""Vertices that a page shows unless told otherwise; browsers stay quick up to here."""

About = Mapping[str, "str | int | Sequence[str]"]

LIBRARY = Path(pyvis.__file__).parent / "templates/lib/vis-9.1.2/vis-network.min.js"
SCRIPTS = (
    "base.js",
    "data.js",
    "state.js",
    "canvas.js",
    "panel.js",
    "filters.js",
    "search.js",
    "timeline.js",
    "views.js",
    "disagreements.js",
    "export.js",
    "main.js",
)
"""The parts of our script, in the order in which they are joined."""


class PageNetwork(Network):  # type: ignore[misc]  # pyvis has no types
    """A pyvis network that renders our template instead of its own.

    Nodes and edges are set as lists: `add_node` and `add_edge` look through all earlier ones.
    """

    def __init__(self, *, heading: str, context: Mapping[str, object]) -> None:
        super().__init__(directed=True, cdn_resources="in_line", heading=heading)
        self.path = "page.html.j2"
        self.templateEnv = _environment()
        self.templateEnv.globals.update(context)


def page(
    network: nx.MultiDiGraph[str],
    *,
    title: str,
    about: About | None = None,
    max_nodes: int = MAX_NODES,
    excerpt: Excerpt = ALL,
    agreements: Sequence[AgreementCard] = (),
    disagreements: Sequence[Disagreement] = (),
) -> str:
    """The HTML page of a network as `kg.queries.network.network` makes it.

    `about` are facts about the graph (name and count, text or list of texts) that the page lists.
    Of an excerpt with more than `max_nodes` vertices the most important are shown, and the page
    says what it leaves out. The same input gives the same text.

    Raises:
        SettingsError: If the excerpt names an actor or a type that the network does not hold.
    """
    chosen = selection(network, max_nodes=max_nodes, excerpt=excerpt)
    left_out = set(network) - {v.iri for v in chosen.vertices}
    data = payload(chosen)
    heading = shown_label(title)
    built = PageNetwork(
        heading=heading,
        context={
            "evidence": data.evidence,
            "looks": data.looks,
            "facts": _facts(chosen, about or {}),
            "agreements": _clean(plain([a for a in agreements if a.iri not in left_out])),
            "disagreements": _clean(plain(_shown(disagreements, left_out, excerpt))),
            **_inlined(),
        },
    )
    built.nodes, built.edges = data.nodes, data.edges
    return str(built.generate_html())


def graph_page(
    graph: Graph, *, title: str, max_nodes: int = MAX_NODES, excerpt: Excerpt = ALL
) -> str:
    """The HTML page of a graph: its network, agreement cards, disagreements, sources and dates.

    The excerpt's `ego` may be any name that people use: id, label, another name, or a part of one.

    Raises:
        QueryError: If no actor or agreement, or more than one, is called so.
        SettingsError: If the graph holds nothing of a type.
    """
    if excerpt.ego is not None:
        named = Names(graph).resolved("topic", excerpt.ego)
        excerpt = replace(excerpt, ego=named.value)
    told, claims = statements(graph), claim_records(graph)
    network = network_of(graph, told=told)
    articles = {str(row["article"]): row for row in article_records(graph)}
    labels = {iri: str(data["label"]) for iri, data in network.nodes(data=True)}
    contradictions, disputed = claim_disagreements(claims, articles, labels)
    return page(
        network,
        title=title,
        about=_about(graph),
        max_nodes=max_nodes,
        excerpt=excerpt,
        agreements=agreement_cards(graph, claims=claims, disputed=disputed),
        disagreements=(*denied_accusations(told, network), *contradictions),
    )


def _shown(
    disagreements: Iterable[Disagreement], left_out: set[str], excerpt: Excerpt
) -> list[Disagreement]:
    """Those of which nobody concerned is left out, with something said in the excerpt's time."""
    return [
        d
        for d in disagreements
        if left_out.isdisjoint(d.about)
        and any(excerpt.covers(p.date) for side in d.sides for p in side.evidence)
    ]


def _about(graph: Graph) -> About:
    articles = article_records(graph)
    dates = sorted({str(row["published"]) for row in articles if row["published"]})
    facts: dict[str, str | int | Sequence[str]] = {"Articles": len(articles)}
    if publishers := sorted({str(row["publisher"]) for row in articles if row["publisher"]}):
        facts["Sources"] = publishers
    if dates:
        facts["Dates"] = dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}"
    return facts


def write_page(html: str, path: str | os.PathLike[str]) -> Path:
    """Write a page as UTF-8 whatever the locale; the file is there whole or not at all.

    Raises:
        OutputError: If the file cannot be written.
    """
    target = Path(path)
    try:
        _replace(target, html.encode("utf-8"))
    except OSError as error:
        raise OutputError(f"{target}: cannot write the page: {error.strerror}") from error
    return target


def _replace(target: Path, content: bytes) -> None:
    aside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        aside.write_bytes(content)
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


def _facts(chosen: Selection, about: About) -> dict[str, object]:
    return {
        "actors": chosen.all_vertices,
        "links": chosen.all_ties,
        "fitting": chosen.fitting,
        "excerpt": _excerpt_facts(chosen),
        "about": [[name, _clean(plain(value))] for name, value in about.items()],
    }


def _excerpt_facts(chosen: Selection) -> dict[str, object] | None:
    """What the page says of its excerpt: names as people read them."""
    wanted = chosen.excerpt
    if wanted.is_all:
        return None
    ego = next((v.label for v in chosen.vertices if v.iri == wanted.ego), wanted.ego)
    plurals = [styles().actor(t).plural if t in styles().actors else t for t in wanted.types]
    return {
        "ego": shown_label(ego) if ego else None,
        "steps": wanted.steps,
        "since": wanted.since,
        "until": wanted.until,
        "types": [shown_label(name) for name in plurals],
    }


def _clean(value: object) -> object:
    """Plain data whose texts can all be written as UTF-8."""
    if isinstance(value, str):
        return shown_text(value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _clean(item) for key, item in value.items()}
    return value


def _environment() -> Environment:
    environment = Environment(loader=PackageLoader("kg.visual"), autoescape=True)
    # Jinja's tojson escapes <, >, & and ' so that no text can end its script element.
    environment.policies["json.dumps_kwargs"] = {
        "ensure_ascii": False,
        "separators": (",", ":"),
        "allow_nan": False,
    }
    return environment


@functools.cache
def _inlined() -> dict[str, object]:
    """Scripts and style sheet, and the content security policy that admits them and no more."""
    library = LIBRARY.read_text("utf-8")  # universal newlines: as an HTML parser reads it
    script = _joined_script()
    style = _template_text("app.css")
    policy = (
        f"default-src 'none'; script-src {_source(library)} {_source(script)}; "
        f"style-src {_source(style)}; img-src data: blob:; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    return {
        "library": Markup(library),
        "script": Markup(script),
        "style": Markup(style),
        "policy": policy,
    }


def _joined_script() -> str:
    parts = [_template_text(f"js/{name}") for name in SCRIPTS]
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "\n})();\n"


def _template_text(name: str) -> str:
    return resources.files(__package__).joinpath("templates", name).read_text("utf-8")


def _source(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
