"""The data that the page carries: plain tables for JSON, each text and each statement once."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.visual.layout import LABEL_ROOM_BELOW, Box, positions
from kg.visual.selection import is_date
from kg.visual.style import styles

if TYPE_CHECKING:
    from kg.queries.network import Evidence
    from kg.visual.selection import Selection, Tie, Vertex

Row = dict[str, object]
Cells = list[object]

# Controls, and marks that change the direction of the text after them (Unicode TR 9); a label has
# no use for either. Lone surrogates cannot be written as UTF-8.
INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
SURROGATES = re.compile("[\ud800-\udfff]")
CONTEXT_LENGTHS = (90, 60, 40, 24, 0)
"""Characters of context on each side of a quotation; the longest with which all fit is taken."""
MOST_CONTEXT = 900_000  # characters; keeps the page of 5,000 vertices and 15,000 links below 6 MB
LONGEST_LABEL = 160  # characters; the longest name of a body in the gazetteer is well below
LABEL_LINE = 18  # characters in one of the two lines drawn beside a vertex
CHARACTER_WIDTH = 7.0  # pixels, of the 13-pixel labels that the page draws; a little generous
SMALLEST, LARGEST = 7.0, 26.0  # pixels, radius of a vertex


def shown_text(text: str) -> str:
    """The text without what cannot be written as UTF-8."""
    return text if text.isascii() else SURROGATES.sub("\ufffd", text)


def shown_label(text: str) -> str:
    """The text as one short line without invisible characters; "(no name)" if nothing is left."""
    label = " ".join(INVISIBLE.sub(" ", shown_text(text)).split())
    if len(label) > LONGEST_LABEL:
        label = label[: LONGEST_LABEL - 1].rstrip() + "…"
    return label or "(no name)"


def shown_date(text: str | None) -> str | None:
    """A day, month or year (ISO) as it is; `None` for all else, which no axis of time can hold."""
    return text if text and is_date(text) else None


def shown_before(text: str | None, most: int) -> str:
    """The last words of a text, at most `most` characters, on one line."""
    text = _one_line(text)
    if len(text) <= most:
        return text
    cut = text[len(text) - most :] if most else ""
    return cut if text[-most - 1].isspace() else cut.partition(" ")[2]


def shown_after(text: str | None, most: int) -> str:
    """The first words of a text, at most `most` characters, on one line."""
    text = _one_line(text)
    if len(text) <= most:
        return text
    return text[:most] if text[most].isspace() else text[:most].rpartition(" ")[0]


def _one_line(text: str | None) -> str:
    """The text with single blanks; those at its ends stay, as words follow there."""
    return re.sub(r"\s+", " ", shown_text(text)) if text else ""


def _context_length(evidence: Iterable[Evidence]) -> int:
    sizes = [(len(e.before or ""), len(e.after or "")) for e in evidence]
    for length in CONTEXT_LENGTHS:
        if sum(min(b, length) + min(a, length) for b, a in sizes) <= MOST_CONTEXT:
            return length
    return 0


@dataclass(slots=True)
class Words:
    """A list of texts without doubles; `place` gives the index of one."""

    items: list[str] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)

    def place(self, text: str | None) -> int:
        """Where `text` stands in `items`; -1 for no text."""
        if not text:
            return -1
        text = shown_text(text)
        if text not in self.places:
            self.places[text] = len(self.items)
            self.items.append(text)
        return self.places[text]


@dataclass(slots=True)
class Statements:
    """The evidence of all ties, each once, as rows that refer to articles and words by index."""

    context_length: int = CONTEXT_LENGTHS[0]
    articles: list[Cells] = field(default_factory=list)
    rows: list[Cells] = field(default_factory=list)
    speakers: Words = field(default_factory=Words)
    cues: Words = field(default_factory=Words)
    forces: Words = field(default_factory=Words)
    names: Words = field(default_factory=Words)
    article_places: dict[str, int] = field(default_factory=dict)
    row_places: dict[Evidence, int] = field(default_factory=dict)

    def place(self, evidence: Evidence) -> int:
        """The row of a piece of evidence."""
        if evidence not in self.row_places:
            self.row_places[evidence] = len(self.rows)
            self.rows.append(self._row(evidence))
        return self.row_places[evidence]

    def _row(self, e: Evidence) -> Cells:
        name = _relative(shown_text(e.statement), shown_text(e.article or ""))
        # what most rows lack stands at the end, and is left away there
        more: Cells = [
            1 if e.polarity == "negative" else 0,
            shown_before(e.before, self.context_length),
            shown_after(e.after, self.context_length),
        ]
        while more and not more[-1]:
            more.pop()
        return [
            self._article(e),
            self.names.place(name.replace(f"{e.start}-{e.end}", SPAN)),
            self.speakers.place(shown_label(e.speaker) if e.speaker else None),
            self.cues.place(e.cue),
            self.forces.place(e.force),
            shown_text(e.words) if e.words else None,
            e.start,
            e.end,
            None if e.confidence is None else round(float(e.confidence), 3),
            *more,
        ]

    def _article(self, e: Evidence) -> int:
        article = e.article or ""
        if article not in self.article_places:
            self.article_places[article] = len(self.articles)
            self.articles.append(
                [
                    shown_text(article),
                    shown_label(e.title) if e.title else None,
                    shown_date(e.date),
                    shown_label(e.publisher) if e.publisher else None,
                    shown_text(e.url) if e.url else None,
                ]
            )
        return self.article_places[article]


SPAN = " "
"""Stands for "start-end" in the name of a statement; no IRI holds a blank."""


def _relative(iri: str, base: str) -> str:
    """The part of an IRI after `base`, marked by "+"; the whole IRI if it starts otherwise."""
    return "+" + iri[len(base) :] if base and iri.startswith(base) else iri


@dataclass(frozen=True, slots=True)
class Payload:
    """Vertices and edges in the form of vis-network, and the tables that they refer to.

    The place of a vertex in its list is its id; `rel` is a place in the list of relations.
    """

    nodes: list[Row]
    edges: list[Row]
    evidence: Row
    looks: Row


def payload(chosen: Selection) -> Payload:
    """All data of the page for one selection."""
    places = {v.iri: i for i, v in enumerate(chosen.vertices)}
    relations = sorted({t.relation for t in chosen.ties}, key=styles().relation_order)
    ranks = {relation: i for i, relation in enumerate(relations)}
    ties = sorted(
        chosen.ties,
        key=lambda t: (places[t.source], places[t.target], ranks[t.relation]),
    )
    found = dict.fromkeys(e for t in ties for e in t.evidence)
    statements = Statements(context_length=_context_length(found))
    edges = _edges(ties, places, ranks, statements)
    return Payload(
        nodes=_nodes(chosen.vertices, [(places[t.source], places[t.target]) for t in ties]),
        edges=edges,
        evidence={
            "articles": statements.articles,
            "speakers": statements.speakers.items,
            "cues": statements.cues.items,
            "forces": statements.forces.items,
            "names": statements.names.items,
            "rows": statements.rows,
        },
        looks=_looks({v.type for v in chosen.vertices}, relations),
    )


def _nodes(vertices: Sequence[Vertex], links: Sequence[tuple[int, int]]) -> list[Row]:
    most = max((v.importance for v in vertices), default=0.0)
    radii = [_radius(v.importance, most) for v in vertices]
    labels = [shown_label(v.label) for v in vertices]
    labelled = len(labels) <= LABEL_ROOM_BELOW
    boxes = [_box(label if labelled else "", r) for label, r in zip(labels, radii, strict=True)]
    rows: list[Row] = []
    for i, (x, y) in enumerate(positions(boxes, links)):
        row: Row = {"iri": shown_text(vertices[i].iri), "label": labels[i]}
        row |= {"type": vertices[i].type, "x": x, "y": y, "size": round(radii[i], 1)}
        row["mentions"] = vertices[i].mentions
        for name in ("country", "detail"):
            if value := getattr(vertices[i], name):
                row[name] = shown_label(value)
        rows.append(row)
    return rows


def _radius(importance: float, most: float) -> float:
    """Area grows with importance, as the eye compares areas."""
    share = math.sqrt(importance / most) if most > 0 else 0.0
    return SMALLEST + (LARGEST - SMALLEST) * share


def _box(label: str, radius: float) -> Box:
    letters = min(len(label), LABEL_LINE)
    lines = 0 if not label else 1 if len(label) <= LABEL_LINE else 2
    return Box(
        half_width=max(radius + 5.0, letters * CHARACTER_WIDTH / 2 + 6.0),
        above=radius + 6.0,
        below=radius + 8.0 + 16.0 * lines,
    )


def _edges(
    ties: Sequence[Tie],
    places: Mapping[str, int],
    ranks: Mapping[str, int],
    statements: Statements,
) -> list[Row]:
    bends = _bends([(places[t.source], places[t.target]) for t in ties])
    rows: list[Row] = []
    for tie, bend in zip(ties, bends, strict=True):
        row: Row = {"from": places[tie.source], "to": places[tie.target]}
        row |= {"rel": ranks[tie.relation], "ev": [statements.place(e) for e in tie.evidence]}
        if tie.weight != len(tie.evidence):
            row["w"] = round(tie.weight, 3)
        if bend:
            row["bend"] = bend
        rows.append(row)
    return rows


def _bends(links: Iterable[tuple[int, int]]) -> list[float]:
    """How much each edge is curved, so that several between two vertices lie side by side.

    An edge alone is straight; edges in both directions bend to their own right, hence apart.
    """
    links = list(links)
    seen: dict[tuple[int, int], int] = {}
    totals: dict[tuple[int, int], int] = {}
    for a, b in links:
        pair = (min(a, b), max(a, b))
        totals[pair] = totals.get(pair, 0) + 1
    bends = []
    for a, b in links:
        seen[a, b] = seen.get((a, b), 0) + 1
        alone = totals[min(a, b), max(a, b)] == 1
        bends.append(0.0 if alone else round(0.13 * seen[a, b], 2))
    return bends


def _looks(types: set[str], relations: Sequence[str]) -> Row:
    table = styles()
    actors = [
        {
            "id": kind,
            "label": look.label if kind == look.id else kind.replace("_", " "),
            "plural": look.plural if kind == look.id else kind.replace("_", " "),
            "path": look.path,
            "hollow": look.hollow,
            "colours": [look.light, look.dark],
        }
        for kind in sorted(types, key=table.actor_order)
        for look in [table.actor(kind)]
    ]
    ties = [
        {"id": r.id, "label": r.label, "colours": [r.light, r.dark], "dash": list(r.dash)}
        for r in map(table.relation, relations)
    ]
    return {"actors": actors, "relations": ties}
