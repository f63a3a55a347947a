"""The cast of an article while it is being found: actors and places with their mentions so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.records import Actor, ActorType, Mention, MentionKind, Place, Role, TextSpan
from kg.resolve.gazetteer import Gazetteer


@dataclass
class Draft:
    """An actor in the making."""

    id: str
    name: str
    type: ActorType
    country: str | None = None
    part_of: str | None = None
    members: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    gender: str | None = None
    known: bool = False
    people_of: str | None = None
    """The state whose demonym a population is called by elsewhere: Armenians in Karabakh."""
    roles: list[Role] = field(default_factory=list)
    called: list[str] = field(default_factory=list)
    """Roles of titles that go with the name, be it told or not whose office it is."""
    mentions: dict[TextSpan, Mention] = field(default_factory=dict)

    @property
    def plural(self) -> bool:
        """ "They" rather than "it" takes it up again."""
        return self.type in ("group", "population", "armed_group", "peacekeepers") or (
            self.type == "military"
        )


@dataclass
class PlaceDraft:
    """A place in the making."""

    id: str
    name: str
    country: str | None = None
    same_as: tuple[str, ...] = ()
    mentions: dict[TextSpan, Mention] = field(default_factory=dict)


class Cast:
    """The actors and places of one article by id, created as they are named."""

    def __init__(self, gazetteer: Gazetteer, day: str | None) -> None:
        self.gazetteer = gazetteer
        self.day = day
        self.actors: dict[str, Draft] = {}
        self.places: dict[str, PlaceDraft] = {}

    @classmethod
    def of(
        cls,
        actors: Iterable[Actor],
        places: Iterable[Place],
        gazetteer: Gazetteer,
        day: str | None,
    ) -> Cast:
        """The cast that finished records stand for, to be added to."""
        cast = cls(gazetteer, day)
        for a in actors:
            cast.actors[a.id] = Draft(
                id=a.id,
                name=a.name,
                type=a.type,
                country=a.country,
                part_of=a.part_of,
                members=a.members,
                same_as=a.same_as,
                known=a.known,
                roles=list(a.roles),
                mentions={m.span: m for m in a.mentions},
            )
        for p in places:
            draft = PlaceDraft(p.id, p.name, p.country, p.same_as, {m.span: m for m in p.mentions})
            cast.places[p.id] = draft
        return cast

    def ensure(self, actor_id: str) -> Draft | None:
        """The draft with an id, from the gazetteer if need be; `None` for places, strangers."""
        if actor_id in self.actors:
            return self.actors[actor_id]
        entry = self.gazetteer.entries.get(actor_id)
        return self.known(actor_id) if entry is not None and entry.type is not None else None

    def known(self, entry_id: str) -> Draft:
        """The draft of an actor that the gazetteer has."""
        draft = self.actors.get(entry_id)
        if draft is None:
            entry = self.gazetteer.entries[entry_id]
            draft = Draft(
                id=entry.id,
                name=entry.name,
                type=entry.type or "organization",
                country=self.gazetteer.country(entry_id),
                part_of=entry.part_of,
                members=entry.members,
                same_as=entry.same_as,
                gender=entry.gender,
                known=True,
            )
            for office in self.gazetteer.offices_of(entry_id):
                if office.held_on(self.day):
                    draft.roles.append(
                        Role(office.role, office.of, self.day, office.title, "gazetteer")
                    )
                    draft.country = draft.country or self.gazetteer.country(office.of)
            self.actors[entry_id] = draft
        return draft

    def actor(
        self,
        actor_id: str,
        name: str,
        kind: ActorType,
        *,
        country: str | None = None,
        part_of: str | None = None,
        members: tuple[str, ...] = (),
    ) -> Draft:
        """The draft with an id: the gazetteer's, one that exists, or a new one so described."""
        if actor_id in self.actors:
            return self.actors[actor_id]
        if actor_id in self.gazetteer.entries:
            return self.known(actor_id)
        draft = Draft(actor_id, name, kind, country, part_of, members)
        self.actors[actor_id] = draft
        return draft

    def place(self, place_id: str, name: str, country: str | None) -> PlaceDraft:
        """The draft of a place."""
        if place_id not in self.places:
            entry = self.gazetteer.entries.get(place_id)
            same_as = entry.same_as if entry else ()
            self.places[place_id] = PlaceDraft(place_id, name, country, same_as)
        return self.places[place_id]

    def country_of(self, actor_id: str) -> str | None:
        """The state of an actor of the cast."""
        draft = self.actors.get(actor_id)
        if draft is None:
            return self.gazetteer.country(actor_id)
        if draft.country:
            return draft.country
        return self.country_of(draft.part_of) if draft.part_of else None

    def mention(
        self,
        actor_id: str,
        span: TextSpan,
        kind: MentionKind,
        rule: str,
        confidence: float = 1.0,
    ) -> None:
        """Note that some words stand for an actor; of two notes on the same words, keep one."""
        self.actors[actor_id].mentions.setdefault(span, Mention(span, kind, rule, confidence))

    def add_role(self, person: str, role: Role) -> None:
        """Note an office, unless the same one is there from the text already."""
        roles = self.actors[person].roles
        for i, old in enumerate(roles):
            if (old.role, old.of) == (role.role, role.of):
                if old.basis == "gazetteer" and role.basis == "text":
                    roles[i] = role
                return
        roles.append(role)

    def finished(self) -> tuple[list[Actor], list[Place]]:
        """The records of all who are mentioned or whom a mentioned one needs, in order."""
        mentioned = {i for i, d in self.actors.items() if d.mentions}
        wanted = list(mentioned)
        while wanted:
            draft = self.actors.get(wanted.pop())
            if draft is None:
                continue
            for other in (draft.part_of, *draft.members, *(r.of for r in draft.roles)):
                if other and other not in mentioned:
                    if other not in self.actors and other in self.gazetteer.entries:
                        self.known(other)
                    if other in self.actors:
                        mentioned.add(other)
                        wanted.append(other)
        drafts = sorted((self.actors[i] for i in mentioned), key=_first_mention)
        places = sorted((p for p in self.places.values() if p.mentions), key=_first_mention)
        return [_actor(d) for d in drafts], [_place(p) for p in places]


def _first_mention(draft: Draft | PlaceDraft) -> tuple[int, int, str]:
    first = min(draft.mentions, default=TextSpan(1 << 60, 0))
    return (first.start, first.end, draft.id)


def _actor(draft: Draft) -> Actor:
    return Actor(
        id=draft.id,
        name=draft.name,
        type=draft.type,
        country=draft.country,
        part_of=draft.part_of,
        members=draft.members,
        same_as=draft.same_as,
        roles=tuple(draft.roles),
        known=draft.known,
        mentions=tuple(draft.mentions[s] for s in sorted(draft.mentions)),
    )


def _place(draft: PlaceDraft) -> Place:
    return Place(
        id=draft.id,
        name=draft.name,
        country=draft.country,
        same_as=draft.same_as,
        mentions=tuple(draft.mentions[s] for s in sorted(draft.mentions)),
    )
