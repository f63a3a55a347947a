"""Mentions of one event in an article put together, each with who asserts it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.extraction.event_lexicon import verbal
from kg.records import Actor, Event, EventMention, Interval, Modality, Polarity, TextSpan

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
    groups: list[list[Found]] = []
    by_kin: dict[tuple[str, str], list[list[Found]]] = {}
    for one in found:
        same = by_kin.setdefault((one.type, one.kin), [])
        group = next((g for g in same if _compatible(g, one, actors)), None)
        if group is None:
            group = []
            groups.append(group)
            same.append(group)
        group.append(one)
    return [_event(group) for group in groups]


def _compatible(group: list[Found], one: Found, actors: dict[str, Actor]) -> bool:
    """The mention may tell of the group's event: nothing that it says speaks against it."""
    first = group[0]
    if first.polarity != one.polarity or (first.modality in REAL) != (one.modality in REAL):
        return False
    for other in group:
        # a ministry's call is not its government's, an army's attack is its state's
        speech = one.type in verbal()
        if not _same(other.agents, one.agents, {} if speech else actors):
            return False
        if not _same(other.targets, one.targets, actors):
            return False
        if other.date and one.date and not _overlap(other.date, one.date):
            return False
        if other.place and one.place and other.place != one.place:
            return False
    if any(f.sentence == one.sentence and not (f.noun or one.noun) for f in group):
        return False  # "killed nine … and killed two": one after the other
    said = any(f.agents or f.targets for f in group), bool(one.agents or one.targets)
    return all(said) or (one.noun and (not any(said) or _near(group, one)))


def _near(group: list[Found], one: Found) -> bool:
    """A bare mention ("the attack") is taken up only soon after the one before."""
    return (
        one.span.start - group[-1].span.end < 600
    )  # characters; about three paragraphs of a report


def _same(one: tuple[str, ...], other: tuple[str, ...], actors: dict[str, Actor]) -> bool:
    if not one or not other:
        return True
    return bool(_expanded(one, actors) & _expanded(other, actors))


def _expanded(ids: tuple[str, ...], actors: dict[str, Actor]) -> set[str]:
    """The actors, the members of groups, and the state of bodies and forces."""
    found = set(ids)
    for name in ids:
        actor = actors.get(name)
        if actor is not None:
            found |= set(actor.members)
            if actor.type in {"military", "government_body"} and actor.country:
                found.add(actor.country)
    return found


def _overlap(one: Interval, other: Interval) -> bool:
    start = max(one.start or "", other.start or "")
    end = min(one.end or "9999", other.end or "9999")
    return start <= end


def _event(group: list[Found]) -> Event:
    first = group[0]
    event = Event(
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
    )
    mentions = tuple(
        EventMention(f.span, f.asserted_by, f.statement, f.polarity, f.modality) for f in group[1:]
    )
    return replace(event, mentions=mentions)
