"""What the page says of each agreement: who has a part in it, its status, what it lays down.

All of it is claimed by somebody; equal claims stand on one line with all who make them and all
words that show them. Claims that differ, in polarity too, stand side by side.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from kg.queries.context import Piece, surroundings
from kg.queries.sparql import Graph, select

Record = Mapping[str, str | None]

GENERAL_TYPES = frozenset(["Agreement", "AgreementSet", "Entity"])
"""Classes that say nothing of an agreement's own type."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that show a claim, with what stands around them; `None` in a graph without text.

    `start` and `end` are code points of the article's text, half-open.
    """

    article: str
    title: str | None
    date: str | None
    publisher: str | None
    url: str | None
    start: int | None
    end: int | None
    words: str | None
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Voices:
    """How something is claimed, by whom (names, or the article's publisher), and where.

    It is `disputed` where somebody else says the contrary of the same time.
    """

    claimants: tuple[str, ...]
    polarity: str
    modality: str
    evidence: tuple[Passage, ...]
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """An actor's part in an agreement."""

    actor: str
    label: str
    role: str
    voices: Voices


@dataclass(frozen=True, slots=True)
class Status:
    """A status of an agreement; `said_on` is the first article's date, where none other is known.

    `by` names the actors that the status is about.
    """

    value: str
    by: tuple[str, ...]
    date_from: str | None
    date_until: str | None
    said_on: str | None
    voices: Voices


@dataclass(frozen=True, slots=True)
class Provision:
    """What an agreement lays down; no `text` in a graph without words."""

    text: str | None
    voices: Voices


@dataclass(frozen=True, slots=True)
class AgreementCard:
    """All that a graph holds of one agreement; `statuses` in order of time.

    `members` are the names of what a set holds, `candidates` of known instruments it may be.
    """

    iri: str
    label: str
    type: str | None
    is_set: bool = False
    made_from: str | None = None
    made_until: str | None = None
    members: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    statuses: tuple[Status, ...] = ()
    provisions: tuple[Provision, ...] = ()


def agreement_cards(
    graph: Graph,
    *,
    claims: Sequence[Record] | None = None,
    disputed: Collection[str] = (),
) -> tuple[AgreementCard, ...]:
    """A card for each agreement of a graph: the dated ones first, in order of time.

    `claims` are those of `claim_records`, where they were read before; `disputed` are IRIs of those
    that others contradict.
    """
    articles = {str(row["article"]): row for row in article_records(graph)}
    by_agreement: dict[str, list[Record]] = defaultdict(list)
    for row in claim_records(graph) if claims is None else claims:
        marked = {**row, "disputed": "yes" if row["claim"] in disputed else None}
        by_agreement[str(row["agreement"])].append(marked)
    described: dict[str, list[Record]] = defaultdict(list)
    for row in _records(graph, "agreements"):
        described[str(row["agreement"])].append(row)
    cards = [_card(iri, rows, by_agreement[iri], articles) for iri, rows in described.items()]
    return tuple(sorted(cards, key=lambda c: (c.made_from or "9999", c.label, c.iri)))


def claim_records(graph: Graph) -> list[Record]:
    """All that is claimed of agreements, a row for each value, in a fixed order."""
    return _records(graph, "claims")


def article_records(graph: Graph) -> list[Record]:
    """What a citation says of each article: id, title, published, publisher, url."""
    return _records(graph, "articles")


def _records(graph: Graph, name: str) -> list[Record]:
    query = resources.files(__package__).joinpath("queries", f"{name}.rq").read_text("utf-8")
    table = select(graph, query)
    rows = sorted(table.texts(), key=lambda row: tuple(cell or "" for cell in row))
    return [dict(zip(table.columns, row, strict=True)) for row in rows]


def _card(
    iri: str,
    rows: Sequence[Record],
    claims: Sequence[Record],
    articles: Mapping[str, Record],
) -> AgreementCard:
    types = sorted({re.split("[#/]", str(row["type"]))[-1] for row in rows})
    special = [name for name in types if name not in GENERAL_TYPES]
    return AgreementCard(
        iri=iri,
        label=min(str(row["label"]) for row in rows),
        type=re.sub(r"(?<=[a-z])(?=[A-Z])", "_", special[0]).lower() if special else None,
        is_set="AgreementSet" in types,
        made_from=_least(row["from"] for row in rows),
        made_until=_least(row["until"] for row in rows),
        members=_texts(row["part"] for row in rows),
        candidates=_texts(row["candidate"] for row in rows),
        parts=_parts(claims, articles),
        statuses=_statuses(claims, articles),
        provisions=_provisions(claims, articles),
    )


def _parts(claims: Iterable[Record], articles: Mapping[str, Record]) -> tuple[Part, ...]:
    groups = _grouped(
        (row for row in claims if row["actor"]),
        lambda row: (row["role"], row["name"], row["actor"], row["polarity"], row["modality"]),
    )
    return tuple(
        Part(
            actor=str(rows[0]["actor"]),
            label=rows[0]["name"] or str(rows[0]["actor"]),
            role=concept(rows[0]["role"]) or "party",
            voices=_voices(rows, articles),
        )
        for rows in groups
    )


def _statuses(claims: Iterable[Record], articles: Mapping[str, Record]) -> tuple[Status, ...]:
    stated = [row for row in claims if row["status"]]
    actors: dict[str, set[str]] = defaultdict(set)
    for row in stated:
        if row["by"]:
            actors[str(row["claimed"])].add(row["by"])
    groups = _grouped(
        stated,
        lambda row: (
            row["status"],
            *sorted(actors[str(row["claimed"])]),
            "",
            *(row[key] for key in ("from", "until", "polarity", "modality")),
        ),
    )
    statuses = [
        Status(
            value=concept(rows[0]["status"]) or "",
            by=tuple(sorted(actors[str(rows[0]["claimed"])])),
            date_from=rows[0]["from"],
            date_until=rows[0]["until"],
            said_on=_least(_article(row, articles).get("published") for row in rows),
            voices=_voices(rows, articles),
        )
        for rows in groups
    ]
    return tuple(sorted(statuses, key=_time))


def _time(status: Status) -> tuple[str, str]:
    return (status.date_from or status.date_until or status.said_on or "9999", status.value)


def _provisions(claims: Iterable[Record], articles: Mapping[str, Record]) -> tuple[Provision, ...]:
    groups = _grouped(
        (row for row in claims if row["provides"]),
        # without text, provisions are told apart by where they stand
        lambda row: (row["provision"] or row["claimed"], row["polarity"], row["modality"]),
    )
    return tuple(Provision(rows[0]["provision"], _voices(rows, articles)) for rows in groups)


def _voices(rows: Sequence[Record], articles: Mapping[str, Record]) -> Voices:
    names = (row["claimant"] or publisher(row, articles) for row in rows)
    passages = {passage(row, _article(row, articles)): None for row in rows}
    return Voices(
        claimants=_texts(names),
        polarity=concept(rows[0]["polarity"]) or "positive",
        modality=concept(rows[0]["modality"]) or "actual",
        evidence=in_order(passages),
        disputed=any(row["disputed"] for row in rows),
    )


def in_order(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """Passages in order of time, then as they stand in their articles."""
    return tuple(sorted(passages, key=lambda p: (p.date or "", p.article, p.start or 0)))


def passage(row: Record, article: Record) -> Passage:
    """The words that show a claim."""
    start, end = (int(value) if (value := row[key]) else None for key in ("start", "end"))
    before, after = None, None
    if start is not None and end is not None:
        piece = Piece(start, end, row["words"], row["before"] or "", row["after"] or "")
        before, after = surroundings([piece], start, end)
    return Passage(
        article=str(row["article"]),
        title=article.get("title") or article.get("id"),
        date=article.get("published"),
        publisher=article.get("publisher"),
        url=article.get("url"),
        start=start,
        end=end,
        words=row["words"],
        before=before,
        after=after,
    )


def _article(row: Record, articles: Mapping[str, Record]) -> Record:
    return articles.get(str(row["article"]), {})


def publisher(row: Record, articles: Mapping[str, Record]) -> str:
    """Who speaks where an article itself claims something."""
    article = _article(row, articles)
    return article.get("publisher") or article.get("id") or "the article"


def _grouped(
    rows: Iterable[Record], key: Callable[[Record], tuple[str | None, ...]]
) -> list[list[Record]]:
    groups: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for row in rows:
        groups[tuple(part or "" for part in key(row))].append(row)
    return [group for _, group in sorted(groups.items())]


def concept(iri: str | None) -> str | None:
    """The value of a concept: "signed" for kg:status-signed."""
    return iri.rpartition("#")[2].partition("-")[2] if iri else None


def _least(values: Iterable[str | None]) -> str | None:
    return min((value for value in values if value), default=None)


def _texts(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}))
