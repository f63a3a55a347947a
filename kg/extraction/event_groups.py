"""Mentions of one event in an article put together, each with who asserts it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass

from kg.extraction.event_lexicon import verbal
from kg.records import Actor, Event, EventMention, Interval, Modality, Polarity, TextSpan

Ids = tuple[str, ...]
StandFor = Callable[[Ids], frozenset[str]]
"""Whom some actors may stand for."""

REAL = frozenset({"actual", "unconfirmed"})
"""Modalities of what is told as a fact, be it doubted."""


@dataclass(frozen=True)
class Found:
    """One mention of an event, before mentions are put together."""

    type: str
    kin: str
    span: TextSpan
    noun: bool
    sentence: int
    agents: tuple[str, ...]
    targets: tuple[str, ...]
    mediators: tuple[str, ...]
    place: str | None
    date: Interval | None
    asserted_by: str | None
    statement: str | None
    polarity: Polarity
    modality: Modality
    confidence: float


def events_of(found: list[Found], actors: dict[str, Actor]) -> list[Event]:
    """The events of an article, by first mention."""
    groups: list[_Group] = []
    by_kin: dict[tuple[str, str], list[_Group]] = {}
    stand_for = functools.cache(functools.partial(_expanded, actors=actors))
    for one in found:
        same = by_kin.setdefault((one.type, one.kin), [])
        known = () if _stands_alone(one) else same
        group = next((g for g in known if _compatible(g, one, stand_for)), None)
        if group is None:
            group = _Group(one)
            groups.append(group)
            same.append(group)
        group.add(one)
    return [_event(group.mentions) for group in groups]


class _Group:
    """The mentions of one event, with all that they say of it, each thing once.

    What is told a thousand times in the same words is asked about once for each mention more.
    """

    def __init__(self, first: Found) -> None:
        self.first = first
        self.mentions: list[Found] = []
        self.agents: set[Ids] = set()
        self.targets: set[Ids] = set()
        self.dates: set[Interval] = set()
        self.places: set[str] = set()
        self.told_by_verbs: set[int] = set()
        """The sentences in which a verb tells of it."""

    def add(self, one: Found) -> None:
        self.mentions.append(one)
        if one.agents:
            self.agents.add(one.agents)
        if one.targets:
            self.targets.add(one.targets)
        if one.date:
            self.dates.add(one.date)
        if one.place:
            self.places.add(one.place)
        if not one.noun:
            self.told_by_verbs.add(one.sentence)


def _stands_alone(one: Found) -> bool:
    """A verb that tells of nobody takes up nothing that was told before."""
    return not (one.noun or one.agents or one.targets)


def _compatible(group: _Group, one: Found, stand_for: StandFor) -> bool:
    """The mention may tell of the group's event: nothing that it says speaks against it."""
    first = group.first
    if first.polarity != one.polarity or (first.modality in REAL) != (one.modality in REAL):
        return False
    if not one.noun and one.sentence in group.told_by_verbs:
        return False  # "killed nine … and killed two": one after the other
    said = bool(group.agents or group.targets), bool(one.agents or one.targets)
    if any(said) and not all(said) and not (one.noun and _near(group, one)):
        return False
    if one.place and any(place != one.place for place in group.places):
        return False
    if one.date and not all(_overlap(date, one.date) for date in group.dates):
        return False
    # a ministry's call is not its government's, an army's attack is its state's
    acting: StandFor = frozenset if one.type in verbal() else stand_for
    if not _meet(group.agents, one.agents, acting):
        return False
    return _meet(group.targets, one.targets, stand_for)


def _near(group: _Group, one: Found) -> bool:
    """A bare mention ("the attack") is taken up only soon after the one before."""
    return (
        one.span.start - group.mentions[-1].span.end < 600
    )  # characters; about three paragraphs of a report


def _meet(told: set[Ids], ids: Ids, stand_for: StandFor) -> bool:
    """The actors have somebody in common with each of those told before."""
    return not ids or all(stand_for(ids) & stand_for(other) for other in told)


def _expanded(ids: Ids, actors: dict[str, Actor]) -> frozenset[str]:
    """The actors, the members of groups, and the state of bodies and forces."""
    found = set(ids)
    for name in ids:
        actor = actors.get(name)
        if actor is not None:
            found |= set(actor.members)
            if actor.type in {"military", "government_body"} and actor.country:
                found.add(actor.country)
    return frozenset(found)


def _overlap(one: Interval, other: Interval) -> bool:
    start = max(one.start or "", other.start or "")
    end = min(one.end or "9999", other.end or "9999")
    return start <= end


def _event(group: list[Found]) -> Event:
    first = group[0]
    return Event(
        id=f"e{first.span.start}",
        type=first.type,
        trigger=first.span,
        asserted_by=first.asserted_by,
        agents=next((f.agents for f in group if f.agents), ()),
        targets=next((f.targets for f in group if f.targets), ()),
        mediators=next((f.mediators for f in group if f.mediators), ()),
        place=next((f.place for f in group if f.place), None),
        date=next((f.date for f in group if f.date), None),
        statement=first.statement,
        polarity=first.polarity,
        modality=first.modality,
        confidence=max(f.confidence for f in group),
        mentions=tuple(
            EventMention(f.span, f.asserted_by, f.statement, f.polarity, f.modality)
            for f in group[1:]
        ),
    )
