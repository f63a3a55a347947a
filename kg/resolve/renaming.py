"""One article's findings with other actors behind the same words.

Mentions and spans stay as they are; what refers to an actor (speakers, parties, agents …) follows
the mention that lies nearest to its own words.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import TypeVar

from kg.records import (
    ARTICLE,
    Actor,
    Agreement,
    AgreementStatus,
    Event,
    EventMention,
    Extraction,
    Mention,
    Obligation,
    Participation,
    Provision,
    Role,
    Statement,
    TextSpan,
)

Namer = Callable[[str, TextSpan | None], str]
"""The id by which an actor goes where some words mean it; `None` asks for it at large."""

T = TypeVar("T")


def renamed(
    extraction: Extraction, namer: Namer, described: Callable[[str], Actor | None]
) -> Extraction:
    """The findings with each mention's actor called as `namer` says.

    `described` tells of actors that take mentions over without having any here: their names, types
    and countries. The same record comes back where nothing changes.
    """
    names = _Names(extraction.actors, namer)
    if not names.changed:
        return extraction
    statements = tuple(_statement(s, names) for s in extraction.statements)
    names.hear(zip(extraction.statements, statements, strict=True))
    return dataclasses.replace(
        extraction,
        actors=tuple(_actors(extraction.actors, names, described)),
        statements=statements,
        agreements=tuple(_agreement(a, names) for a in extraction.agreements),
        events=tuple(_event(e, names) for e in extraction.events),
        obligations=tuple(_obligation(o, names) for o in extraction.obligations),
    )


class _Names:
    """What the actors of one article are called, as a whole or mention by mention."""

    def __init__(self, actors: Iterable[Actor], namer: Namer) -> None:
        self._namer = namer
        self._voices: dict[tuple[str | None, str], str] = {}
        self._by_mention: dict[str, list[tuple[TextSpan, str]]] = {
            a.id: [(m.span, namer(a.id, m.span)) for m in a.mentions] for a in actors
        }
        self.changed = any(
            old != new
            for old, found in self._by_mention.items()
            for new in (namer(old, None), *(n for _, n in found))
        )

    def hear(self, statements: Iterable[tuple[Statement, Statement]]) -> None:
        """Take in who says what, before and after, for those who assert by a statement."""
        for old, new in statements:
            for one, other in ((old.speaker, new.speaker), (old.voiced_by, new.voiced_by)):
                if one is not None and other is not None:
                    self._voices[old.id, one] = other

    def voice(
        self, old: str | None, statement: str | None, spans: Iterable[TextSpan]
    ) -> str | None:
        """The new id of who asserts something, by a statement or in the article's own words."""
        if old is None or old == ARTICLE:
            return old
        return self._voices.get((statement, old)) or self.near(old, spans)

    def of(self, old: str, mention: TextSpan) -> str:
        """The new id for one mention."""
        return self._namer(old, mention)

    def all(self, old: str) -> tuple[str, ...]:
        """All new ids, in the order of the text."""
        found = dict.fromkeys(new for _, new in self._by_mention.get(old, ()))
        return tuple(found) or (self._namer(old, None),)

    def near(self, old: str, spans: Iterable[TextSpan]) -> str:
        """The new id of the mention nearest to some words."""
        ids = self.all(old)
        if len(ids) == 1:
            return ids[0]
        places = tuple(spans)
        ranked = (
            (min((_gap(span, p) for p in places), default=0), n, new)
            for n, (span, new) in enumerate(self._by_mention[old])
        )
        return min(ranked)[-1]

    def within(self, old: str, spans: Iterable[TextSpan]) -> tuple[str, ...]:
        """The new ids of the mentions that lie in some words; of the nearest, if none does."""
        places = tuple(spans)
        found = [n for s, n in self._by_mention.get(old, ()) if any(p.contains(s) for p in places)]
        return tuple(dict.fromkeys(found)) or (self.near(old, places),)


def _gap(one: TextSpan, other: TextSpan) -> int:
    """Code points between two spans; 0 where they touch or overlap."""
    return max(0, one.start - other.end, other.start - one.end)


def _unique(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))


def _actors(
    actors: Iterable[Actor], names: _Names, described: Callable[[str], Actor | None]
) -> list[Actor]:
    parts: dict[str, list[Actor]] = {}
    for actor in actors:
        for new in names.all(actor.id):
            parts.setdefault(new, []).append(_part(actor, new, names))
    return sorted((_joined(i, found, names, described) for i, found in parts.items()), key=_place)


def _part(actor: Actor, new: str, names: _Names) -> Actor:
    """What of an actor goes by a new id: its mentions, and the roles that are told beside them."""
    if names.all(actor.id) == (new,):
        return actor
    return dataclasses.replace(
        actor,
        mentions=tuple(m for m in actor.mentions if names.of(actor.id, m.span) == new),
        roles=tuple(
            r
            for r in actor.roles
            if new == (names.near(actor.id, [r.span]) if r.span is not None else actor.id)
        ),
    )


def _joined(
    name: str, parts: list[Actor], names: _Names, described: Callable[[str], Actor | None]
) -> Actor:
    """One actor of those that are one, described as the one that gave its id."""
    own = next((p for p in parts if p.id == name), None) or described(name)
    first = own or min(parts, key=_place)
    roles = [*first.roles, *(r for p in parts for r in p.roles)]
    members = (*first.members, *(m for p in parts for m in p.members))
    whole = (
        first.part_of if own is not None else next((p.part_of for p in parts if p.part_of), None)
    )
    part_of = names.near(whole, _spans(parts)) if whole is not None else None
    return dataclasses.replace(
        first,
        id=name,
        part_of=part_of if part_of != name else None,
        members=_unique(i for m in members for i in names.all(m) if i != name),
        roles=_unique(r for r in (_role(r, names, _spans(parts)) for r in roles) if r.of != name),
        mentions=tuple(_mentions(parts)),
    )


def _spans(parts: Iterable[Actor]) -> list[TextSpan]:
    return [m.span for p in parts for m in p.mentions]


def _mentions(parts: Iterable[Actor]) -> list[Mention]:
    """The mentions of all, once each; of two for the same words the surer one."""
    found: dict[TextSpan, Mention] = {}
    for mention in (m for p in parts for m in p.mentions):
        before = found.get(mention.span)
        if before is None or before.confidence < mention.confidence:
            found[mention.span] = mention
    return [found[span] for span in sorted(found)]


def _role(role: Role, names: _Names, spans: list[TextSpan]) -> Role:
    place = [role.span] if role.span is not None else spans
    return dataclasses.replace(role, of=names.near(role.of, place))


def _place(actor: Actor) -> tuple[bool, TextSpan, str]:
    first = min((m.span for m in actor.mentions), default=TextSpan(0, 0))
    return not actor.mentions, first, actor.id


def _each(ids: Iterable[str], names: _Names, spans: Iterable[TextSpan]) -> tuple[str, ...]:
    places = tuple(spans)
    return _unique(names.near(i, places) for i in ids)


def _statement(said: Statement, names: _Names) -> Statement:
    frame = said.source or said.cue or said.content
    heard = (*said.cue, *said.source) or said.content
    words = (*said.content, *heard)
    return dataclasses.replace(
        said,
        speaker=_maybe(said.speaker, names, frame),
        co_speakers=_each(said.co_speakers, names, frame),
        voiced_by=_maybe(said.voiced_by, names, frame),
        via=_maybe(said.via, names, heard),
        addressees=_each(said.addressees, names, heard),
        targets=_each(said.targets, names, words),
        mentions=_unique(n for i in said.mentions for n in names.within(i, said.content)),
    )


def _maybe(actor: str | None, names: _Names, spans: Iterable[TextSpan]) -> str | None:
    return None if actor is None else names.near(actor, spans)


def _agreement(found: Agreement, names: _Names) -> Agreement:
    spans = [m.span for m in found.mentions]
    parts = tuple(_participation(p, names) for p in found.participations)

    def those(ids: tuple[str, ...], role: str) -> tuple[str, ...]:
        """The ids as the participations tell them, else those nearest to the agreement's words."""
        told = {
            old.actor: new.actor
            for old, new in zip(found.participations, parts, strict=True)
            if old.role == role
        }
        return _unique(told.get(i) or names.near(i, spans) for i in ids)

    return dataclasses.replace(
        found,
        parties=those(found.parties, "party"),
        mediators=those(found.mediators, "mediator"),
        guarantors=those(found.guarantors, "guarantor"),
        participations=_unique(parts),
        status=tuple(_status(s, names) for s in found.status),
        provisions=tuple(_provision(p, names) for p in found.provisions),
    )


def _participation(part: Participation, names: _Names) -> Participation:
    return dataclasses.replace(
        part,
        actor=names.near(part.actor, [part.span]),
        asserted_by=names.voice(part.asserted_by, part.statement, [part.span]),
    )


def _status(status: AgreementStatus, names: _Names) -> AgreementStatus:
    return dataclasses.replace(
        status,
        by=_each(status.by, names, [status.span]),
        asserted_by=names.voice(status.asserted_by, status.statement, [status.span]),
    )


def _provision(part: Provision, names: _Names) -> Provision:
    voice = names.voice(part.asserted_by, part.statement, [part.span])
    return dataclasses.replace(part, asserted_by=voice)


def _event(event: Event, names: _Names) -> Event:
    place = [event.trigger]
    return dataclasses.replace(
        event,
        asserted_by=names.voice(event.asserted_by, event.statement, place),
        agents=_each(event.agents, names, place),
        targets=_each(event.targets, names, place),
        mediators=_each(event.mediators, names, place),
        mentions=tuple(_event_mention(m, names) for m in event.mentions),
    )


def _event_mention(mention: EventMention, names: _Names) -> EventMention:
    return dataclasses.replace(
        mention,
        asserted_by=names.voice(mention.asserted_by, mention.statement, [mention.span]),
    )


def _obligation(demanded: Obligation, names: _Names) -> Obligation:
    place = [demanded.cue, demanded.action]
    return dataclasses.replace(
        demanded,
        asserted_by=names.voice(demanded.asserted_by, demanded.statement, [demanded.cue]),
        bearers=_each(demanded.bearers, names, place),
        towards=_each(demanded.towards, names, [demanded.action]),
    )
