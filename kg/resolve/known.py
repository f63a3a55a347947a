"""What gazetteer and registry know, as records: for entities that articles only refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.records import Actor, Agreement, Registered, Role
from kg.resolve import gazetteer, instruments
from kg.resolve.gazetteer import Gazetteer
from kg.resolve.instruments import Instrument


def known_actors(ids: Iterable[str], files: tuple[str, ...] = ()) -> Iterator[Actor]:
    """The gazetteer's actors of some ids, without mentions; unknown ids give nothing."""
    listed = gazetteer.load(files)
    for name in sorted(ids):
        entry = listed.entries.get(name)
        if entry is not None and entry.type is not None:
            yield Actor(
                id=entry.id,
                name=entry.name,
                type=entry.type,
                country=listed.country(entry.id),
                part_of=entry.part_of,
                members=entry.members,
                same_as=entry.same_as,
                roles=_roles(listed, entry.id),
                known=True,
            )


def known_agreements(ids: Iterable[str], files: tuple[str, ...] = ()) -> Iterator[Agreement]:
    """The registry's instruments of some ids as agreements, without mentions."""
    listed = instruments.load(files)
    for name in sorted(ids):
        found = listed.get(name)
        if found is not None:
            yield _agreement(found)


def registered(ids: Iterable[str], files: tuple[str, ...] = ()) -> Iterator[Registered]:
    """Where the instruments among some agreements can be looked up."""
    listed = instruments.load(files)
    for name in sorted(ids):
        found = listed.get(name)
        if found is not None:
            yield Registered(name, found.identifiers, _pages(found.sources), _pages(found.to_check))


def _pages(addresses: Iterable[str]) -> tuple[str, ...]:
    """Those that are web addresses: a file may name a book as well."""
    return tuple(a for a in addresses if a.startswith(("https://", "http://")))


def _roles(listed: Gazetteer, person: str) -> tuple[Role, ...]:
    return tuple(
        Role(o.role, o.of, on=o.start, title=o.title, basis="gazetteer")
        for o in listed.offices_of(person)
    )


def _agreement(found: Instrument) -> Agreement:
    return Agreement(
        id=found.id,
        label=found.label,
        type=found.types[0],
        is_set=found.is_set,
        parties=found.parties,
        mediators=found.mediators,
        guarantors=found.guarantors,
        date=found.made,
        resolves_to=found.members,
    )
