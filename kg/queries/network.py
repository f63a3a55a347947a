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

from kg.queries.context import Piece, surroundings
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
    without text; `start` and `end` are code points of the article's text, half-open. `before` and
    `after` are what the article says around them, as far as the graph quotes it.
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
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A statement: all who make it (the speaker first), its force, and to whom it is tied how.

    `ties` are IRIs by property: "target", "about", "addressee", "voicedBy".
    """

    speaker: str
    speakers: tuple[str, ...]
    force: str | None
    ties: Mapping[str, tuple[str, ...]]
    evidence: Evidence


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


def network(
    graph: Graph,
    relations: Collection[str] | None = None,
    *,
    told: Iterable[Told] | None = None,
) -> nx.MultiDiGraph[str]:
    """The network of a graph: every actor and agreement, and every link between two of them.

    `relations` keeps those alone; `told` are the statements of the graph, where they were read
    before. The same graph gives the same order of nodes and edges. Links of an actor to itself,
    and statements without a speaker, make no edge.
    """
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, attributes in sorted(_nodes(graph).items()):
        made.add_node(node, **attributes)
    grouped: dict[tuple[str, str, str], dict[Evidence | None, None]] = defaultdict(dict)
    for link in _links(graph, statements(graph) if told is None else told):
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


def statements(graph: Graph) -> list[Told]:
    """All statements with a speaker, in the order of their IRIs."""
    articles, labels = _articles(graph), _labels(graph)
    spans = _statement_spans(graph)
    linked: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows(graph, "links"):
        linked[str(row["statement"])][str(row["link"])].append(str(row["entity"]))
    return [
        _told(row, linked.get(name, {}), spans.get(name, {}), articles, labels)
        for row in _rows(graph, "statements")
        for name in [str(row["statement"])]
    ]


def _told(
    row: Mapping[str, Value | None],
    ties: Mapping[str, Collection[str]],
    span: Mapping[str, Value | None],
    articles: Mapping[str, dict[str, Value | None]],
    labels: Mapping[str, str],
) -> Told:
    speaker, force = str(row["speaker"]), _concept(row["force"])
    speakers = sorted({speaker, *ties.get("coSpeaker", ())})
    evidence = _evidence(
        str(row["statement"]),
        articles.get(str(row["article"]), {"article": row["article"]}),
        {**row, **span},
        speaker=", ".join(labels.get(s, s) for s in speakers),
        force=force,
    )
    names = ("target", "about", "addressee", "voicedBy")
    kept = {name: tuple(sorted(ties[name])) for name in names if name in ties}
    return Told(speaker, (speaker, *(s for s in speakers if s != speaker)), force, kept, evidence)


def _statement_spans(graph: Graph) -> dict[str, dict[str, Value | None]]:
    """Where the content of each statement begins and ends, and what stands around it."""
    pieces: dict[str, list[tuple[bool, Piece]]] = defaultdict(list)
    for row in _records(graph, "spans"):
        start, end = row["start"], row["end"]
        if isinstance(start, int) and isinstance(end, int):
            before, after = _text(row["before"]) or "", _text(row["after"]) or ""
            piece = Piece(start, end, _text(row["exact"]), before, after)
            is_content = str(row["part"]).endswith("#contentSpan")
            pieces[str(row["statement"])].append((is_content, piece))
    found: dict[str, dict[str, Value | None]] = {}
    for statement, all_of_it in pieces.items():
        contents = [piece for is_content, piece in all_of_it if is_content]
        if contents:
            start, end = min(p.start for p in contents), max(p.end for p in contents)
            around = surroundings({piece for _, piece in all_of_it}, start, end)
            found[statement] = {
                "start": start,
                "end": end,
                "before": around[0],
                "after": around[1],
            }
    return found


def _links(graph: Graph, told: Iterable[Told]) -> Iterator[Link]:
    articles = _articles(graph)
    for one in told:
        yield from _statement_links(one)
    yield from _participation_links(graph, articles)
    yield from _role_links(graph, articles)
    for row in _rows(graph, "structure"):
        yield Link(str(row["part"]), str(row["whole"]), str(row["link"]), None)


def _statement_links(told: Told) -> Iterator[Link]:
    table, key = relation_table(), ("force", told.force or "")
    targets = told.ties.get("target", ()) if key in table else ()
    mentioned = {*told.ties.get("about", ()), *told.ties.get("target", ())} - set(targets)
    for speaker in told.speakers:
        for target in targets:
            if target != speaker:  # "accused each other" has both for targets
                yield Link(speaker, target, table[key], told.evidence)
        for other in mentioned:
            yield Link(speaker, other, SAYS_ABOUT, told.evidence)
        for addressee in told.ties.get("addressee", ()):
            yield Link(speaker, addressee, ADDRESSES, told.evidence)
    for voice in told.ties.get("voicedBy", ()):
        yield Link(voice, told.speaker, SPEAKS_FOR, told.evidence)


def _articles(graph: Graph) -> dict[str, dict[str, Value | None]]:
    return {str(row["article"]): row for row in _rows(graph, "articles")}


def _labels(graph: Graph) -> dict[str, str]:
    labels: dict[str, str] = {}
    for row in _rows(graph, "entities"):
        label = str(row["label"])
        labels[str(row["entity"])] = min(label, labels.get(str(row["entity"]), label))
    return labels


def _participation_links(
    graph: Graph, articles: Mapping[str, dict[str, Value | None]]
) -> Iterator[Link]:
    for row in _rows(graph, "participations"):
        relation = relation_table().get(("participation", _concept(row["role"]) or ""))
        if relation is None or _concept(row["polarity"]) == "negative":
            continue
        article = str(row["article"])
        known = articles.get(article, {"article": article})
        voice = str(row["voice"] or known.get("publisher") or known.get("id") or "")
        about = str(row["statement"] or row["claim"])
        evidence = _evidence(about, known, _in_context(row), speaker=voice or None, force=None)
        yield Link(str(row["actor"]), str(row["agreement"]), relation, evidence)


def _role_links(graph: Graph, articles: Mapping[str, dict[str, Value | None]]) -> Iterator[Link]:
    for row in _rows(graph, "roles"):
        relation = relation_table().get(("role", str(row["role"])), HOLDS_OFFICE)
        article = articles.get(str(row["article"]), {"article": row["article"]})
        membership = str(row["membership"])
        evidence = _evidence(membership, article, _in_context(row), speaker=None, force=None)
        yield Link(str(row["member"]), str(row["organization"]), relation, evidence)


def _in_context(row: Mapping[str, Value | None]) -> Mapping[str, Value | None]:
    """A row with what stands around its words, in whole words."""
    start, end = row["start"], row["end"]
    if not isinstance(start, int) or not isinstance(end, int):
        return row
    before, after = _text(row["before"]) or "", _text(row["after"]) or ""
    around = surroundings([Piece(start, end, _text(row["words"]), before, after)], start, end)
    return {**row, "before": around[0], "after": around[1]}


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
        before=_text(row.get("before")) or None,
        after=_text(row.get("after")) or None,
    )


def _rows(graph: Graph, name: str) -> list[dict[str, Value | None]]:
    return sorted(_records(graph, name), key=repr)


def _records(graph: Graph, name: str) -> Iterable[dict[str, Value | None]]:
    query = (resources.files("kg.queries") / "edges" / f"{name}.rq").read_text(encoding="utf-8")
    return select(graph, query).records()


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
