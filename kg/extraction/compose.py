"""Who a nominal phrase is: ids, names, types and countries from whose it is and what it is."""

from __future__ import annotations

from dataclasses import replace

from kg.extraction.actor_lexicon import Head, Title, heads, word_set
from kg.extraction.cast import Cast, Draft
from kg.extraction.gazetteer import View
from kg.extraction.head_nouns import PEOPLE, PLAIN_POPULATION
from kg.extraction.held_offices import GOVERNED, roles_of, who_holds
from kg.extraction.units import Unit
from kg.records import ActorType
from kg.resolve import names

OF_A_BODY = frozenset(
    {
        "OFFICIALS",
        "DELEGATION",
        "REPRESENTATIVES",
        "COMMAND",
        "DIPLOMATS",
        "LAWMAKERS",
        "PEACEKEEPERS",
    }
)
"""Suffixes of what a ministry or army has for itself; all else of theirs is the state's."""


def identify(unit: Unit, cast: Cast, view: View) -> None:
    """Set `unit.ids` from its owners, creating the actors."""
    head = unit.head
    if head is None or not unit.owners or head.sort == "alias":
        return
    if head.sort == "self":
        _self(unit, cast)
    elif head.sort == "population":
        _population(unit, cast, view)
    elif head.sort == "armed":
        _armed(unit, cast, view)
    elif head.sort == "persons":
        _persons(unit, cast)
    else:
        _bodies(unit, cast, view)


def _self(unit: Unit, cast: Cast) -> None:
    assert unit.head is not None
    if unit.head.phrase not in ("side", "sides") or unit.owner_kind == "place":
        return
    for owner in unit.owners:
        cast.ensure(owner)
    if len(unit.owners) == 1:
        unit.ids = unit.owners
    else:
        unit.ids = (group("group", unit.owners, cast, None).id,)


def group(prefix: str, members: tuple[str, ...], cast: Cast, name: str | None) -> Draft:
    """The group of some actors; its id is made of theirs."""
    ordered = tuple(sorted(members))
    for member in ordered:
        cast.ensure(member)
    label = " and ".join(cast.actors[m].name for m in ordered if m in cast.actors)
    full = f"{name}: {label}" if name else label
    actor_id = f"{prefix}-{'-'.join(ordered)}"
    return cast.actor(actor_id, full, "group", members=ordered)


def led_by(owner: str, cast: Cast) -> str:
    """Whom an owner who is a person leads or serves: "his fighters" are those of the group."""
    draft = cast.actors.get(owner)
    if draft is None or draft.type != "person":
        return owner
    for role in draft.roles:
        of = cast.ensure(role.of)
        if of is not None and of.type in ("armed_group", "organization", "military"):
            return of.id
    return owner


def _named(owner: str, cast: Cast) -> str:
    if owner in cast.actors:
        return cast.actors[owner].name
    entry = cast.gazetteer.entries.get(owner)
    return entry.name if entry else owner


def _stem(owner: str, cast: Cast) -> str:
    """The owner's part of a composed id: a person stands for the state he or she leads."""
    draft = cast.actors.get(owner)
    if draft is not None and draft.type == "person" and draft.country:
        return draft.country
    return owner.upper() if owner.islower() or owner[:1].islower() else owner


def _ministry(unit: Unit, cast: Cast, view: View) -> None:
    """ "His ministry": that of whose minister the owner is."""
    draft = cast.ensure(unit.owners[0])
    for role in draft.roles if draft is not None and draft.type == "person" else ():
        head = heads().entries.get(role.role.removesuffix("minister") + "ministry")
        if role.role.endswith(" minister") and head is not None and head.sort == "body":
            named = replace(unit, head=head, owners=(role.of,), owner_kind="state")
            identify(named, cast, view)
            unit.ids = named.ids
            return


def _members(owners: tuple[str, ...], cast: Cast) -> tuple[str, ...]:
    """The owners, each of a group by itself: "their forces" are those of both."""
    found: list[str] = []
    for owner in owners:
        draft = cast.actors.get(owner)
        found += draft.members if draft is not None and draft.members else (owner,)
    return tuple(dict.fromkeys(found))


def _bodies(unit: Unit, cast: Cast, view: View) -> None:
    head = unit.head
    assert head is not None
    if head.sort == "ministry":
        _ministry(unit, cast, view)
        return
    if head.sort == "mission":
        _mission(unit, cast)
        return
    if head.sort == "office":
        _office(unit, cast)
        return
    made = []
    for named in _members(unit.owners, cast):
        owner = led_by(named, cast) if head.type == "military" else named
        draft = cast.ensure(owner)
        if draft is not None and head.sort != "command" and _acts_itself(draft, head):
            made.append(owner)
            continue
        if draft is not None and draft.type == "population" and head.sort != "representatives":
            return
        if draft is not None and draft.type in GOVERNED - {"state"} and head.suffix == "COURTS":
            return  # which of its courts, the text does not tell
        if draft is not None and draft.type == "person" and _of_unknown_state(draft, head):
            return
        state = _state_of_body(draft, head, cast)
        if state is not None:
            owner, draft = state.id, state
        suffix, label = head.suffix, head.label
        kind: ActorType = head.type
        if head.sort == "contingent" or _keeps_peace(draft, head, cast):
            suffix, label, kind = "PEACEKEEPERS", "Peacekeepers of {state}", "peacekeepers"
        stem = _stem(owner, cast)
        part = owner if draft is not None and draft.type != "person" else None
        if part is None and stem in cast.gazetteer.entries and stem != owner:
            part = stem
            cast.known(stem)
        country = cast.country_of(owner)
        if head.sort == "command" and draft is not None:
            kind = draft.type if draft.type in ("peacekeepers", "military") else "military"
        made.append(
            cast.actor(
                f"{stem}-{suffix}",
                label.format(state=_named(part or owner, cast)),
                kind,
                country=country,
                part_of=part,
            ).id
        )
    unit.ids = (made[0],) if len(made) == 1 else (group("group", tuple(made), cast, None).id,)


def _of_unknown_state(person: Draft, head: Head) -> bool:
    """ "His forces", of a minister of whom no country is told."""
    return person.country is None and head.suffix in word_set("national")


def _acts_itself(draft: Draft, head: Head) -> bool:
    """The troops of an armed group or mission are the group or mission."""
    if draft.type == "armed_group":
        return head.type == "military"
    return draft.type == "peacekeepers" and head.type in ("military", "peacekeepers")


def _keeps_peace(draft: Draft | None, head: Head, cast: Cast) -> bool:
    """ "UN troops": those of an organisation that is no alliance."""
    if draft is None or draft.type != "international_organization":
        return False
    entry = cast.gazetteer.entries.get(draft.id)
    return head.suffix == "ARMED-FORCES" and not (entry and "alliance" in entry.nouns)


def _office(unit: Unit, cast: Cast) -> None:
    """The office of who leads a state: "Netanyahu's office"."""
    draft = cast.ensure(unit.owners[0])
    if draft is None or draft.type != "person":
        return
    for role in draft.roles:
        phrase = OFFICES_OF.get(role.role)
        if phrase is not None and role.of in cast.gazetteer.entries:
            head = heads().entries[phrase]
            made = f"{role.of}-{head.suffix}"
            label = head.label.format(state=_named(role.of, cast))
            cast.ensure(role.of)
            office = cast.actor(
                made, label, head.type, country=cast.country_of(role.of), part_of=role.of
            )
            unit.ids = (office.id,)
            return


OFFICES_OF = {"president": "presidential office", "prime minister": "prime minister's office"}


def _mission(unit: Unit, cast: Cast) -> None:
    """The mission of an organisation; of a state, it may be its embassy or anybody's errand."""
    owner = cast.ensure(unit.owners[0])
    if len(unit.owners) > 1 or owner is None or owner.type != "international_organization":
        return
    assert unit.head is not None
    label = unit.head.label.format(state=owner.name)
    made = cast.actor(f"{owner.id}-MISSION", label, "peacekeepers", part_of=owner.id)
    unit.ids = (made.id,)


def _state_of_body(draft: Draft | None, head: Head, cast: Cast) -> Draft | None:
    """The state, where "its troops" are said of a government: they are the state's."""
    party = draft is not None and draft.type == "organization" and head.suffix == "GOVERNMENT"
    if draft is None or not draft.country:
        return None
    if draft.type not in ("government_body", "military") and not party:
        return None
    if head.suffix in OF_A_BODY or draft.country not in cast.gazetteer.entries:
        return None
    return cast.known(draft.country)


def _is_ethnic(unit: Unit, cast: Cast) -> bool:
    """The adjective tells a people, not a state: "local Armenian formations"."""
    if "local" in unit.modifiers or "ethnic" in unit.modifiers:
        return True
    if unit.place is None or unit.owner_kind != "state":
        return False
    return cast.gazetteer.country(unit.place) != unit.owners[0]


def _population(unit: Unit, cast: Cast, view: View) -> None:
    head = unit.head
    assert head is not None
    if head.phrase == "people" and unit.owner_kind == "org":
        return
    unit.ethnic = _is_ethnic(unit, cast) or view.lower[unit.first - 1 : unit.first] in (
        ["local"],
        ["ethnic"],
    )
    base = unit.place or unit.owners[0]
    if head.phrase in ("nationals", "citizens"):
        base = unit.owners[0]  # "its nationals from Lima": wherever they are
    body = cast.actors.get(base)
    if body is not None and body.type in ("government_body", "military") and body.country:
        base = body.country
        cast.ensure(base)
    prefix = "population" if not head.suffix else head.suffix.lower()
    country = None
    if not (unit.ethnic and unit.place is None):
        country = cast.gazetteer.country(base)
    earlier = [d for d in cast.actors.values() if d.type == "population" and not head.suffix]
    if unit.place is None and unit.owner_kind == "state" and earlier and _bare(head):
        # "the Armenian population" after "the population of Karabakh"
        demonym_of = unit.owners[0]
        kin = [d for d in earlier if getattr(d, "people_of", None) == demonym_of]
        if kin:
            unit.ids, unit.ethnic = (kin[-1].id,), True
            return
    name = head.label.format(state=_named(base, cast))
    draft = cast.actor(f"{prefix}-{base}", name, head.type, country=country)
    if unit.ethnic and unit.owner_kind == "state":
        draft.people_of = unit.owners[0]
    unit.ids = (draft.id,)


def _bare(head: Head) -> bool:
    return head.phrase in PLAIN_POPULATION or head is PEOPLE


def _armed(unit: Unit, cast: Cast, view: View) -> None:
    head = unit.head
    assert head is not None
    unit.ethnic = _is_ethnic(unit, cast) or view.lower[unit.first - 1 : unit.first] in (
        ["local"],
        ["ethnic"],
    )
    owner = led_by(unit.owners[0], cast)
    draft = cast.ensure(owner)
    if draft is not None and draft.type in ("armed_group", "organization"):
        # "Hamas fighters": the group itself acts
        unit.ids = (owner,)
        return
    if draft is not None and draft.type == "person":
        return  # whom he leads, the text does not tell
    country = None if unit.ethnic else cast.country_of(owner) or cast.gazetteer.country(owner)
    prefix = "ethnic-" if unit.ethnic else ""
    actor_id = f"{prefix}{_stem(owner, cast)}-{head.suffix}"
    name = head.label.format(state=_named(owner, cast))
    if draft is not None and draft.type == "population":
        name = f"{draft.name} {head.phrase}"  # "Hutu militia": there is no country of them
    unit.ids = (cast.actor(actor_id, name, head.type, country=country).id,)


def _persons(unit: Unit, cast: Cast) -> None:
    head = unit.head
    assert head is not None
    roles = roles_of(head)
    members = []
    unit.owners = _members(unit.owners, cast)
    for owner in unit.owners:
        cast.ensure(owner)
        holder = who_holds(owner, roles, cast)
        if holder:
            members.append(holder)
    stem = "-".join(sorted(_stem(o, cast) for o in unit.owners))
    states = " and ".join(_named(o, cast) for o in sorted(unit.owners))
    countries = {cast.country_of(o) for o in unit.owners}
    draft = cast.actor(
        f"{head.suffix.lower()}-{stem}",
        head.label.format(state=states),
        "group",
        country=countries.pop() if len(countries) == 1 else None,
        members=tuple(sorted(members)) if len(members) == len(unit.owners) else (),
    )
    unit.ids = (draft.id,)


def unnamed(title: Title, of: str, cast: Cast, *, one_of_many: bool) -> Draft:
    """A person whom the text calls by office only."""
    prefix, note = ("one", "one of several") if one_of_many else ("holder", "unnamed")
    name = f"{title.role} of {_named(of, cast)} ({note})"
    return cast.actor(
        f"{prefix}-{of}-{names.slug(title.role)}", name, "person", country=cast.country_of(of)
    )
