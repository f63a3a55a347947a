"""A graph as a network of actors and agreements: who speaks about whom, calls on whom, is bound.

Nodes are IRIs with `label`, `kind` ("actor" or "agreement"), `type` (as in the records: "state",
"peace_treaty"), `country` and `mentions`. Edges have the relation as key, and `relation`, `weight`
(how many statements, claims or attested roles say so), `first` and `last` (the days of their
articles), and `evidence`, one `Evidence` for each that counts.
"""

from __future__ import annotations

import csv
import functools
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from typing import NamedTuple

import networkx as nx

from kg.queries.lookup import kind_of
from kg.queries.sparql import Graph, select
from kg.queries.terms import Value

SAYS_ABOUT = "says-about"
ADDRESSES = "addresses"
SPEAKS_FOR = "speaks-for"
HOLDS_OFFICE = "holds-office"
PART_OF = "part-of"
MEMBER_OF = "member-of"

_GENERAL = frozenset(["Actor", "Agreement", "AgreementSet", "Agent", "Entity"])
"""Class names that give way to a more special one of the same node."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that show an edge, and where they stand.

    `statement` is the IRI of a statement, claim or membership; `words` is `None` in a graph made
    without text; `start` and `end` are code points of the article's text, half-open.
    """

    statement: str
    article: str | None = None
    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    url: str | None = None
    speaker: str | None = None
    cue: str | None = None
    force: str | None = None
    polarity: str | None = None
    words: str | None = None
    start: int | None = None
    end: int | None = None
    confidence: float | None = None


class Link(NamedTuple):
    """One reason for an edge."""

    source: str
    target: str
    relation: str
    evidence: Evidence | None


@functools.cache
def relation_table() -> Mapping[tuple[str, str], str]:
    """Which relation a force, a participation or a role makes: `relations.tsv`."""
    text = (resources.files("kg.queries") / "relations.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t")
    return {(row["kind"], row["value"]): row["relation"] for row in rows}


def relations() -> tuple[str, ...]:
    """All relations that a network can have."""
    own = (SAYS_ABOUT, ADDRESSES, HOLDS_OFFICE, PART_OF, MEMBER_OF)
    return tuple(dict.fromkeys([SAYS_ABOUT, *relation_table().values(), *own[1:]]))


def network(graph: Graph, relations: Collection[str] | None = None) -> nx.MultiDiGraph[str]:
    """The network of a graph: every actor and agreement, and every link between two of them.

    `relations` keeps those alone. The same graph gives the same order of nodes and edges. Links of
    an actor to itself, and statements without a speaker, make no edge.
    """
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, attributes in sorted(_nodes(graph).items()):
        made.add_node(node, **attributes)
    grouped: dict[tuple[str, str, str], dict[Evidence | None, None]] = defaultdict(dict)
    for link in _links(graph, {n: str(made.nodes[n]["label"]) for n in made}):
        wanted = relations is None or link.relation in relations
        if wanted and link.source != link.target and link.source in made and link.target in made:
            grouped[link.source, link.target, link.relation][link.evidence] = None
    for (source, target, relation), found in sorted(grouped.items()):
        evidence = sorted((e for e in found if e is not None), key=_place)
        days = sorted(e.date for e in evidence if e.date)
        made.add_edge(
            source,
            target,
            key=relation,
            relation=relation,
            weight=max(1, len({e.statement for e in evidence})),
            first=days[0] if days else None,
            last=days[-1] if days else None,
            evidence=evidence,
        )
    return made


def _nodes(graph: Graph) -> dict[str, dict[str, str | int | None]]:
    mentions = {row["entity"]: row["mentions"] for row in _rows(graph, "mentions")}
    described: dict[str, list[dict[str, Value | None]]] = defaultdict(list)
    for row in _rows(graph, "entities"):
        described[str(row["entity"])].append(row)
    nodes: dict[str, dict[str, str | int | None]] = {}
    for node, rows in described.items():
        kind = kind_of(node)
        if kind not in ("actor", "agreement"):
            continue
        count = mentions.get(node, 0)
        nodes[node] = {
            "label": min(str(row["label"]) for row in rows),
            "kind": kind,
            "type": _type({str(row["type"]) for row in rows}) or kind,
            "country": min((str(row["country"]) for row in rows if row["country"]), default=None),
            "mentions": count if isinstance(count, int) else 0,
        }
    return nodes


def _links(graph: Graph, labels: Mapping[str, str]) -> Iterator[Link]:
    articles = {str(row["article"]): row for row in _rows(graph, "articles")}
    yield from _statement_links(graph, labels, articles)
    yield from _participation_links(graph, labels, articles)
    yield from _role_links(graph, articles)
    for row in _rows(graph, "structure"):
        yield Link(str(row["part"]), str(row["whole"]), str(row["link"]), None)


def _statement_links(
    graph: Graph, labels: Mapping[str, str], articles: Mapping[str, dict[str, Value | None]]
) -> Iterator[Link]:
    spans = {str(row["statement"]): row for row in _rows(graph, "spans")}
    linked: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows(graph, "links"):
        linked[str(row["statement"])][str(row["link"])].append(str(row["entity"]))
    table = relation_table()
    for row in _rows(graph, "statements"):
        statement, force = str(row["statement"]), _concept(row["force"])
        ties = linked.get(statement, {})
        speakers = sorted({str(row["speaker"]), *ties.get("coSpeaker", ())})
        evidence = _evidence(
            statement,
            articles.get(str(row["article"]), {"article": row["article"]}),
            {**row, **spans.get(statement, {})},
            speaker=", ".join(labels.get(s, s) for s in speakers),
            force=force,
        )
        targets = ties.get("target", ()) if ("force", force or "") in table else ()
        for speaker in speakers:
            for target in targets:
                yield Link(speaker, target, table["force", force or ""], evidence)
            for other in {*ties.get("about", ()), *ties.get("target", ())} - set(targets):
                yield Link(speaker, other, SAYS_ABOUT, evidence)
            for addressee in ties.get("addressee", ()):
                yield Link(speaker, addressee, ADDRESSES, evidence)
        for voice in ties.get("voicedBy", ()):
            yield Link(voice, str(row["speaker"]), SPEAKS_FOR, evidence)


def _participation_links(
    graph: Graph, labels: Mapping[str, str], articles: Mapping[str, dict[str, Value | None]]
) -> Iterator[Link]:
    for row in _rows(graph, "participations"):
        relation = relation_table().get(("participation", _concept(row["role"]) or ""))
        if relation is None or _concept(row["polarity"]) == "negative":
            continue
        claimant, article = str(row["claimant"] or ""), str(row["article"])
        known = articles.get(article, {"article": article})
        voice = labels.get(claimant) or str(known.get("publisher") or known.get("id") or "")
        about = str(row["statement"] or row["claim"])
        evidence = _evidence(about, known, row, speaker=voice or None, force=None)
        yield Link(str(row["actor"]), str(row["agreement"]), relation, evidence)


def _role_links(graph: Graph, articles: Mapping[str, dict[str, Value | None]]) -> Iterator[Link]:
    for row in _rows(graph, "roles"):
        relation = relation_table().get(("role", str(row["role"])), HOLDS_OFFICE)
        article = articles.get(str(row["article"]), {"article": row["article"]})
        evidence = _evidence(str(row["membership"]), article, row, speaker=None, force=None)
        yield Link(str(row["member"]), str(row["organization"]), relation, evidence)


def _evidence(
    statement: str,
    article: Mapping[str, Value | None],
    row: Mapping[str, Value | None],
    *,
    speaker: str | None,
    force: str | None,
) -> Evidence:
    confidence, start, end = row.get("confidence"), row.get("start"), row.get("end")
    return Evidence(
        statement=statement,
        article=_text(article.get("article")),
        title=_text(article.get("title") or article.get("id")),
        date=_text(article.get("published") or row.get("on")),
        publisher=_text(article.get("publisher")),
        url=_text(article.get("url")),
        speaker=speaker,
        cue=_text(row.get("cue")),
        force=force,
        polarity=_concept(row.get("polarity")),
        words=_text(row.get("words")),
        start=start if isinstance(start, int) else None,
        end=end if isinstance(end, int) else None,
        confidence=float(confidence) if isinstance(confidence, int | float | Decimal) else None,
    )


def _rows(graph: Graph, name: str) -> Iterable[dict[str, Value | None]]:
    query = (resources.files("kg.queries") / "edges" / f"{name}.rq").read_text(encoding="utf-8")
    return sorted(select(graph, query).records(), key=repr)


def _place(evidence: Evidence) -> tuple[str, str, int, str]:
    return (evidence.date or "", evidence.article or "", evidence.start or 0, evidence.statement)


def _concept(value: Value | None) -> str | None:
    """The value of a concept IRI: "call_on" for kg:force-call_on."""
    return None if value is None else str(value).rpartition("#")[2].rpartition("-")[2]


def _text(value: Value | None) -> str | None:
    return None if value is None else str(value)


def _type(classes: Collection[str]) -> str | None:
    """The most special class as the records spell it: "peace_treaty" for kg:PeaceTreaty."""
    names = sorted(re.split("[#/]", c)[-1] for c in classes)
    special = [n for n in names if n not in _GENERAL] or [n for n in names if n in _GENERAL]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", special[0]).lower() if special else None
