"""Reads the items of `event_items` and compares their events with those found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.extraction.event_lexicon import types
from kg.records import Actor, Event, TextSpan
from kg.resolve.gazetteer import Gazetteer

ITEMS = Path(__file__).parent / "event_items"
FIGURES = ("type", "quad", "agents", "targets", "polarity", "modality")


@dataclass(frozen=True)
class Marked:
    """An event of an item; `types` and `modalities` are as good one as the other."""

    words: str
    types: tuple[str, ...]
    agents: str
    targets: str
    polarity: str
    modalities: tuple[str, ...]
    optional: bool


@dataclass(frozen=True)
class Item:
    text: str
    events: tuple[Marked, ...]


def items(name: str) -> tuple[Item, ...]:
    """The items of one file."""
    lines = (ITEMS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    found: list[tuple[str, list[Marked]]] = []
    for line in lines:
        if line.startswith("\t"):
            found[-1][1].append(_marked(*line[1:].split("\t")))
        elif line and not line.startswith("#"):
            found.append((line, []))
    return tuple(Item(text, tuple(events)) for text, events in found)


def _marked(
    words: str, kinds: str, agents: str, targets: str, polarity: str, modalities: str
) -> Marked:
    optional = words.startswith("?")
    modality = tuple(modalities.split("/"))
    kind = tuple(kinds.split("/"))
    return Marked(words.lstrip("?"), kind, agents, targets, polarity, modality, optional)


@dataclass
class Score:
    """Counts; figures are in per cent of all events marked, so that a miss counts in each."""

    known: Gazetteer
    marked: int = 0
    found: int = 0
    spurious: int = 0
    right: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def add(self, item: Item, events: tuple[Event, ...], actors: Iterable[Actor]) -> None:
        by_id = {a.id: a for a in actors}
        used: set[str] = set()
        for mark in item.events:
            event = _aligned(item.text, mark, events, used)
            used |= {event.id} if event is not None else set()
            if mark.optional:
                continue
            self.marked += 1
            self.found += event is not None
            good = set() if event is None else set(self._good(mark, event, by_id))
            self.right.update(good)
            if good != set(FIGURES):
                self.errors.append(f"{item.text}\n    {mark}\n    {event}")
        for event in events:
            if event.id not in used:
                self.spurious += 1
                self.errors.append(f"{item.text}\n    too much: {event}")

    def _good(self, mark: Marked, event: Event, by_id: dict[str, Actor]) -> Iterator[str]:
        quads = {types()[kind].quad for kind in mark.types}
        good = {
            "type": event.type in mark.types,
            "quad": types()[event.type].quad in quads,
            "agents": self._meant(event.agents, by_id, mark.agents),
            "targets": self._meant(event.targets, by_id, mark.targets),
            "polarity": event.polarity in mark.polarity.split("/"),
            "modality": event.modality in mark.modalities,
        }
        return (name for name in FIGURES if good[name])

    def _meant(self, ids: tuple[str, ...], by_id: dict[str, Actor], cell: str) -> bool:
        may = {self._state(i) for i in re.findall(r"[A-Z0-9-]{2,}", cell)}
        must = {self._state(i) for i in re.findall(r"[A-Z0-9-]{2,}", re.sub(r"\(.*?\)", "", cell))}
        found: set[str] = set()
        for name in ids:
            actor = by_id[name]
            whole = actor.country or (self._state(actor.part_of) if actor.part_of else None)
            parts = (p for p in name.split("-") if p in self.known.entries)
            known = name in self.known.entries
            found |= {whole} if whole else {self._state(p) for p in ((name,) if known else parts)}
        return must <= found <= may

    def _state(self, name: str) -> str:
        entry = self.known.entries.get(name)
        return name if entry is None else entry.country or entry.part_of or name

    def per_cent(self, figure: str) -> float:
        """One of `FIGURES`, or "trigger": the F1 of what was found."""
        if figure == "trigger":
            return 200 * self.found / (self.marked + self.found + self.spurious)
        return 100 * self.right[figure] / self.marked


def _aligned(text: str, mark: Marked, events: tuple[Event, ...], used: set[str]) -> Event | None:
    """The event shown by the word, of the marked type if there is one, not yet used if possible."""
    shown = [TextSpan(m.start(), m.end()) for m in re.finditer(rf"\b({mark.words})\b", text)]
    assert shown, (text, mark)
    near = [
        event
        for event in events
        for span in (event.trigger, *(m.span for m in event.mentions))
        if any(span.start < s.end and s.start < span.end for s in shown)
    ]
    return min(near, key=lambda e: (e.id in used, e.type not in mark.types), default=None)
