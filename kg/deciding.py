"""Who the actors of a graph are, why, and what users decide otherwise: `kg actors` as functions."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kg.errors import OutputError, QueryError, SettingsError
from kg.queries.lookup import Names
from kg.queries.sparql import Graph, open_graph, select
from kg.queries.terms import Row, Table, Term, literal
from kg.records import TextSpan
from kg.resolve import decisions as by_hand
from kg.resolve.decisions import Decision, Decisions, MentionAt
from kg.resolve.names import fold

if TYPE_CHECKING:
    from kg.building import Progress
    from kg.reporting import BuildReport

LISTED = ("id", "name", "type", "country", "mentions", "articles")
WHY = ("what", "article", "words", "at", "rule", "confidence", "reason")
MADE = ("number", "decision", "reason")

_ACTORS = """SELECT DISTINCT ?actor ?name ?class ?country ?other WHERE {
  ?actor a kg:Actor ; a ?class ; skos:prefLabel ?name
  OPTIONAL { ?actor kg:country ?country }
  OPTIONAL { ?actor skos:altLabel ?other }
  FILTER(?class != kg:Actor)
} ORDER BY ?actor ?class ?other"""
_COUNTS = """SELECT ?actor (COUNT(DISTINCT ?m) AS ?mentions) (COUNT(DISTINCT ?a) AS ?articles)
WHERE { ?m a kg:Mention ; kg:refersTo ?actor ; kg:inArticle ?a . ?actor a kg:Actor }
GROUP BY ?actor"""
_MENTIONS = """SELECT DISTINCT ?kind ?article ?words ?start ?end ?rule ?confidence WHERE {
  ?m a kg:Mention ; kg:refersTo ?actor ; kg:inArticle ?a ; kg:mentionKind ?k ; kg:evidence ?span .
  ?a dcterms:identifier ?article . ?span oa:hasSelector ?s . ?s oa:start ?start ; oa:end ?end
  OPTIONAL { ?s oa:exact ?words }
  OPTIONAL { ?m kg:rule ?rule }
  OPTIONAL { ?m kg:confidence ?confidence }
  BIND(STRAFTER(STR(?k), "#mention-") AS ?kind)
} ORDER BY ?article ?start ?end ?kind"""
_LINKS = """SELECT DISTINCT ?article ?rule ?confidence WHERE {
  ?d a kg:IdentityDecision ; kg:takenFor ?actor ; kg:inArticle ?a ; kg:rule ?rule ;
    kg:confidence ?confidence .
  ?a dcterms:identifier ?article
  FILTER NOT EXISTS { ?d dcterms:replaces ?former }
  FILTER NOT EXISTS { ?d kg:ofMention ?m . ?m kg:rule ?rule }
} ORDER BY ?article ?rule"""
_BY_HAND = """SELECT DISTINCT ?article ?former ?rule ?reason ?start ?end ?words WHERE {
  ?d a kg:IdentityDecision ; kg:takenFor ?actor ; kg:inArticle ?a ; kg:rule ?rule ;
    dcterms:replaces ?former ; rdfs:comment ?reason ; kg:ofMention ?m .
  ?a dcterms:identifier ?article . ?m kg:evidence ?span .
  ?span oa:hasSelector ?s . ?s oa:start ?start ; oa:end ?end
  OPTIONAL { ?s oa:exact ?words }
} ORDER BY ?article ?former ?start ?end"""
_ELSEWHERE = "SELECT DISTINCT ?other WHERE { ?actor skos:exactMatch ?other } ORDER BY ?other"


def listed(graph: str | Path, text: str | None = None) -> Table:
    """The actors of a graph, the most mentioned first; `text` in a name or id narrows them down."""
    with open_graph(graph) as opened:
        counts = {str(a): (m, n) for a, m, n in select(opened, _COUNTS)}
        found: dict[str, tuple[Row, list[str]]] = {}
        for actor, name, kind, country, other in select(opened, _ACTORS):
            zero = literal(0)
            mentions, articles = counts.get(str(actor), (zero, zero))
            sort = literal(str(kind).rpartition("#")[2])
            row = (literal(_id(actor)), name, sort, country, mentions, articles)
            _, names = found.setdefault(str(actor), (row, [_id(actor), str(name)]))
            names.append(str(other or ""))
    wanted = fold(text or "")
    rows = [row for row, names in found.values() if any(wanted in fold(n) for n in names)]
    return Table(LISTED, tuple(sorted(rows, key=_most_mentioned)))


def _most_mentioned(row: Row) -> tuple[int, str, str]:
    return -int(str(row[4])), str(row[1]), str(row[0])


def why(graph: str | Path, actor: str) -> Table:
    """What made an actor: each mention with its rule, each link between articles, each decision.

    Raises:
        QueryError: If nobody, or more than one actor, is called so.
    """
    with open_graph(graph) as opened:
        term = Names(opened).resolved("actor", actor)
        return Table(WHY, tuple(_reasons(opened, term)))


def _reasons(graph: Graph, actor: Term) -> Iterator[Row]:
    bound = {"actor": actor}
    for kind, article, words, start, end, rule, confidence in select(graph, _MENTIONS, bound):
        yield kind, article, words, _at(article, start, end), rule, confidence, None
    for article, rule, confidence in select(graph, _LINKS, bound):
        yield literal("identity"), article, None, None, None, confidence, rule
    for article, former, rule, reason, start, end, words in select(graph, _BY_HAND, bound):
        told = literal(f"{reason} (was {_id(former)})")
        yield literal("decision"), article, words, _at(article, start, end), rule, literal(1), told
    for (other,) in select(graph, _ELSEWHERE, bound):
        yield literal("same as"), None, other, None, None, None, literal("gazetteer")


def _at(article: Term | None, start: Term | None, end: Term | None) -> Term:
    """A mention as `kg actors split` takes it."""
    span = TextSpan(int(str(start)), int(str(end)))
    return literal(str(MentionAt(str(article), span)))


def _id(actor: Term | None) -> str:
    return unquote(str(actor).rpartition("/")[2])


def made(folder: str | Path) -> Table:
    """The decisions of a graph, numbered as `undo` takes them."""
    own = _own(Path(folder))
    rows = (
        (literal(n), literal(str(d)), literal(d.reason)) for n, d in enumerate(own.made, start=1)
    )
    return Table(MADE, tuple(rows))


def merge(
    folder: str | Path,
    into: str,
    others: Iterable[str],
    reason: str,
    *,
    progress: Progress = lambda what, done: None,
) -> BuildReport:
    """Make some actors of a graph one, which keeps the id of `into`.

    Raises:
        QueryError: If nobody, or more than one actor, is called so.
        SettingsError: If an earlier decision says otherwise.
    """
    with open_graph(folder) as graph:
        names = Names(graph)
        kept = _id(names.resolved("actor", into))
        merged = tuple(dict.fromkeys(_id(names.resolved("actor", o)) for o in others))
    return _decide(folder, Decision(merged, kept, _told(reason)), progress)


def split(
    folder: str | Path,
    actor: str,
    parts: Iterable[str],
    reason: str,
    *,
    into: str | None = None,
    name: str | None = None,
    progress: Progress = lambda what, done: None,
) -> BuildReport:
    """Give mentions (`ARTICLE#START-END`) or whole articles of an actor to another.

    `into` is its id, new or known; without, a new one is made of the actor's. `name` is what a new
    one is called.

    Raises:
        QueryError: If actor or article is unknown, or the actor has no such mention.
        SettingsError: If an earlier decision says otherwise.
    """
    with open_graph(folder) as graph:
        names = Names(graph)
        term = names.resolved("actor", actor)
        own = _id(term)
        articles, mentions = _parts(graph, names, term, parts)
        taken = {_id(a) for a, *_ in select(graph, _ACTORS)}
    taken |= {d.into for d in _own(Path(folder)).made}
    new = next(i for i in (f"{own}-{n}" for n in range(2, 10**6)) if i not in taken)
    target = new if into is None else into.strip()
    called = None if name is None else name.strip()
    decision = Decision((own,), target, _told(reason), articles, mentions, name=called)
    return _decide(folder, decision, progress)


def _parts(
    graph: Graph, names: Names, actor: Term, parts: Iterable[str]
) -> tuple[tuple[str, ...], tuple[MentionAt, ...]]:
    rows = [(str(r[1]), TextSpan(int(str(r[3])), int(str(r[4])))) for r in _of(graph, actor)]
    has = {MentionAt(article, span) for article, span in rows}
    articles: dict[str, None] = {}
    mentions: dict[MentionAt, None] = {}
    for part in parts:
        mention = MentionAt.read(part)
        if mention is not None and mention in has:
            mentions[mention] = None
            continue
        if mention is not None:
            raise QueryError(f"{_id(actor)}: has no mention at {part}; kg actors why lists them")
        article = _id(names.resolved("article", part))
        if article not in {a for a, _ in has}:
            raise QueryError(f"{_id(actor)}: has no mention in {article}")
        articles[article] = None
    if not articles and not mentions:
        raise QueryError(f"{_id(actor)}: name the mentions or articles to take out")
    return tuple(articles), tuple(mentions)


def _of(graph: Graph, actor: Term) -> Table:
    return select(graph, _MENTIONS, {"actor": actor})


def undo(
    folder: str | Path, number: int, *, progress: Progress = lambda what, done: None
) -> BuildReport:
    """Take a decision back, by its number.

    Raises:
        SettingsError: If there is none of that number.
    """
    from kg.building import decide

    return decide(folder, lambda own: own.without(number), progress=progress)


def _decide(folder: str | Path, decision: Decision, progress: Progress) -> BuildReport:
    from kg.building import decide

    def deciding(own: Decisions) -> Decisions:
        if decision in own.made:
            raise SettingsError(f"{own.path}: {decision.into}: is decided already ({decision})")
        return own.adding(dataclasses.replace(own, made=(decision,)))

    return decide(folder, deciding, progress=progress)


def _own(folder: Path) -> Decisions:
    if not folder.is_dir():
        raise OutputError(f"{folder}: is no folder that kg built")
    path = folder / by_hand.FILE
    return by_hand.read(path) if path.is_file() else Decisions(path=str(path))


def _told(reason: str) -> str:
    words = " ".join(reason.split())
    if not words:
        raise SettingsError("a decision needs a reason (--reason)")
    return words
