"""The gazetteer: who is known, by which names, in which office when; read from Turtle.

The vocabulary is described in `kg/data/SOURCES-actors.md`. Files of users are read after the
shipped ones: a single-valued property replaces the earlier value, labels are added, `kg:notNamed`
takes one away.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Literal, NamedTuple, cast

import pyoxigraph

from kg.errors import GazetteerError
from kg.records import ActorType
from kg.resolve import names

Use = Literal["name", "demonym", "people", "metonym", "capital", "place"]
"""How a name names: outright, as adjective, inhabitants, seat, capital, or as a place."""

KG = "https://w3id.org/newskg/ontology#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
ORG = "http://www.w3.org/ns/org#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SOURCE = "http://purl.org/dc/terms/source"

ACTOR_CLASSES: dict[str, ActorType] = {
    "State": "state",
    "DeFactoState": "de_facto_state",
    "GovernmentBody": "government_body",
    "Military": "military",
    "Peacekeepers": "peacekeepers",
    "ArmedGroup": "armed_group",
    "InternationalOrganization": "international_organization",
    "Organization": "organization",
    "Media": "media",
    "Person": "person",
    "Population": "population",
    "Group": "group",
}
PLACE_CLASS = "Place"
USES: dict[str, Use] = {
    SKOS + "prefLabel": "name",
    SKOS + "altLabel": "name",
    KG + "demonym": "demonym",
    KG + "people": "people",
    KG + "metonym": "metonym",
    KG + "capital": "capital",
}
LONGEST_LABEL = 200
"""Characters; the longest official name of a state or organisation has about 90."""
_ID = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")


class Name(NamedTuple):
    """One way to name an entry."""

    text: str
    use: Use


class Sense(NamedTuple):
    """An entry that some words may name, and how."""

    entry: str
    use: Use
    text: str


@dataclass(frozen=True, slots=True)
class Office:
    """A function that somebody held; `start` and `end` are ISO dates, both included."""

    person: str
    role: str
    of: str
    title: str | None = None
    start: str | None = None
    end: str | None = None
    sources: tuple[str, ...] = ()
    origin: str = ""

    def held_on(self, day: str | None) -> bool:
        """It may have been held that day; on an unknown day, if it has no end."""
        if day is None:
            return self.end is None
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Entry:
    """An actor or place that the gazetteer knows; `type` is `None` for a place."""

    id: str
    name: str
    type: ActorType | None
    country: str | None = None
    part_of: str | None = None
    claimed_by: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    gender: str | None = None
    names: tuple[Name, ...] = ()
    nouns: frozenset[str] = frozenset()
    """General words by which texts take it up again: "bloc", "alliance"."""
    origin: str = ""


@dataclass
class Gazetteer:
    """Entries and offices with an index of their names."""

    entries: dict[str, Entry]
    offices: tuple[Office, ...]
    index: dict[str, tuple[Sense, ...]] = field(default_factory=dict)
    lengths: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _by_person: dict[str, tuple[Office, ...]] = field(default_factory=dict)
    _by_post: dict[tuple[str, str], tuple[Office, ...]] = field(default_factory=dict)
    _by_initial: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Surnames and persons by initial, of which `_by_surname` is made where it is asked for."""
    _by_surname: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        index: dict[str, list[Sense]] = {}
        lengths: dict[str, set[int]] = {}
        for entry in self.entries.values():
            for name in entry.names:
                cut = names.pieces(names.fold(name.text))
                if not cut:
                    continue
                senses = index.setdefault(" ".join(cut), [])
                if all((n.entry, n.text) != (entry.id, name.text) for n in senses):
                    senses.append(Sense(entry.id, name.use, name.text))
                    lengths.setdefault(cut[0], set()).add(len(cut))
                elif name.use == "metonym":
                    senses[:] = [Sense(entry.id, name.use, name.text), *senses]
            if entry.type == "person":
                for last in dict.fromkeys(names.surname(n.text) for n in entry.names):
                    self._by_initial.setdefault(_initial(last), []).append((last, entry.id))
        self.index = {words: tuple(senses) for words, senses in index.items()}
        self.lengths = {w: tuple(sorted(n, reverse=True)) for w, n in lengths.items()}
        for office in self.offices:
            post = (office.of, office.role)
            self._by_person[office.person] = (*self._by_person.get(office.person, ()), office)
            self._by_post[post] = (*self._by_post.get(post, ()), office)

    @functools.cached_property
    def nouns(self) -> frozenset[str]:
        """The general words by which any entry is taken up again."""
        return frozenset(noun for entry in self.entries.values() for noun in entry.nouns)

    def senses(self, text: str) -> tuple[Sense, ...]:
        """What a name may stand for, whatever its letter case and accents."""
        return self.index.get(names.key(text), ())

    def people_by_surname(self, surname: str) -> list[str]:
        """The persons with a last name, in any romanisation of it."""
        initial = _initial(surname)
        if initial not in self._by_surname:
            found: dict[str, list[str]] = {}
            for last, person in self._by_initial.get(initial, ()):
                known = found.setdefault(names.skeleton(last), [])
                if person not in known:
                    known.append(person)
            self._by_surname[initial] = found
        return self._by_surname[initial].get(names.skeleton(surname), [])

    def offices_of(self, person: str) -> tuple[Office, ...]:
        """The offices of a person, as listed."""
        return self._by_person.get(person, ())

    def holder(self, of: str, role: str, day: str | None) -> str | None:
        """Who held an office that day, where exactly one is known."""
        held = {o.person for o in self._by_post.get((of, role), ()) if o.held_on(day)}
        return held.pop() if len(held) == 1 else None

    def country(self, entry_id: str) -> str | None:
        """The state of an entry: its own, or that of what it is part of."""
        seen: set[str] = set()
        here: str | None = entry_id
        while here and here not in seen:
            seen.add(here)
            entry = self.entries.get(here)
            if entry is None:
                return None
            if entry.country:
                return entry.country
            here = entry.part_of
        return None


def _initial(surname: str) -> str:
    return names.skeleton(names.fold(surname)[:2])[:1]


class _Raw:
    """The triples of one subject of one file, before they are read."""

    __slots__ = ("file", "objects", "subject")

    def __init__(self, subject: str, file: str) -> None:
        self.subject = subject
        self.file = file
        self.objects: dict[str, list[str]] = {}

    def all(self, predicate: str) -> list[str]:
        return self.objects.get(predicate, [])

    def first(self, predicate: str) -> str | None:
        found = self.objects.get(predicate)
        return found[0] if found else None


def shipped_files() -> list[Path]:
    """The Turtle files of the package, in a fixed order."""
    folder = Path(str(resources.files("kg") / "data" / "gazetteer"))
    return sorted(folder.glob("*.ttl"))


@functools.lru_cache(maxsize=4)
def load(user_files: tuple[str, ...] = ()) -> Gazetteer:
    """The shipped gazetteer with users' files put on top.

    Raises:
        GazetteerError: If a file cannot be read, is not Turtle, or contradicts itself or the rest.
    """
    with _collection_paused():
        raws = [*_shipped_raws(), *(raw for path in user_files for raw in _read(Path(path)))]
        gazetteer, problems = _build(raws)
    if user_files:
        problems += _contradictions(gazetteer)
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise GazetteerError(problems[0] + more)
    return gazetteer


@contextlib.contextmanager
def _collection_paused() -> Iterator[None]:
    """Without cyclic garbage collection, which a third of the time of a large file goes to."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def validate(paths: Sequence[str | Path] = ()) -> list[str]:
    """What is wrong with files on top of the shipped ones: file, subject and reason."""
    problems: list[str] = []
    raws = list(_shipped_raws())
    for path in paths:
        try:
            raws += _read(Path(path))
        except GazetteerError as error:
            problems.append(str(error))
    gazetteer, found = _build(raws)
    return problems + found + _contradictions(gazetteer)


@functools.lru_cache(maxsize=1)
def _shipped_raws() -> tuple[_Raw, ...]:
    return tuple(raw for path in shipped_files() for raw in _read(path))


def _read(path: Path) -> list[_Raw]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise GazetteerError(f"{path}: cannot be read ({error.strerror})") from error
    raws: dict[str, _Raw] = {}
    try:
        for triple in pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.TURTLE):
            subject = str(cast(pyoxigraph.NamedNode, triple.subject).value)
            raw = raws.get(subject)
            if raw is None:
                raw = raws[subject] = _Raw(subject, str(path))
            value = cast(pyoxigraph.Literal, triple.object).value
            raw.objects.setdefault(triple.predicate.value, []).append(value)
    except (SyntaxError, ValueError) as error:
        raise GazetteerError(f"{path}: not Turtle: {error}") from error
    return list(raws.values())


def _build(raws: Iterable[_Raw]) -> tuple[Gazetteer, list[str]]:
    entries: dict[str, Entry] = {}
    offices: dict[str, Office] = {}
    problems: list[str] = []
    for raw in raws:
        kinds = [k.removeprefix(KG) for k in raw.all(RDF_TYPE)]
        if ORG + "Membership" in kinds:
            office = _office(raw, problems)
            if office:
                offices[raw.subject] = office
            continue
        known = next((k for k in kinds if k in ACTOR_CLASSES or k == PLACE_CLASS), None)
        entry_id = local_id(raw.subject)
        if known is None and entry_id not in entries:
            if any(p in USES for p in raw.objects):
                problems.append(
                    f"{raw.file}: {raw.subject}: no class such as kg:State or kg:Person"
                )
            continue
        if not _ID.fullmatch(entry_id):
            problems.append(
                f"{raw.file}: {raw.subject}: its last part must be letters, digits and hyphens"
            )
            continue
        entry = _entry(raw, entry_id, known, entries.get(entry_id), problems)
        if entry:
            entries[entry_id] = entry
    return Gazetteer(entries, tuple(offices.values())), problems


def local_id(iri: str) -> str:
    """The part of an IRI after its last slash or hash: the id of the actor or place."""
    return iri[max(iri.rfind("/"), iri.rfind("#")) + 1 :]


def _entry(
    raw: _Raw, entry_id: str, known: str | None, before: Entry | None, problems: list[str]
) -> Entry | None:
    label = raw.first(SKOS + "prefLabel") or (before.name if before else None)
    if not label:
        problems.append(f"{raw.file}: {raw.subject}: no skos:prefLabel")
        return None
    kind = ACTOR_CLASSES.get(known) if known else (before.type if before else None)
    added = _names(raw, problems, is_place=kind is None)
    part_of = raw.first(KG + "partOf")
    old = before or _NOBODY
    if before is not None:
        dropped = set(raw.all(KG + "notNamed"))
        added = (n for n in dict.fromkeys([*old.names, *added]) if n.text not in dropped)
    return Entry(
        id=entry_id,
        name=label,
        type=kind,
        country=raw.first(KG + "country") or old.country,
        part_of=local_id(part_of) if part_of else old.part_of,
        claimed_by=tuple(local_id(c) for c in raw.all(KG + "claimedBy")) or old.claimed_by,
        members=tuple(local_id(m) for m in raw.all(KG + "member")) or old.members,
        same_as=tuple(raw.all(SKOS + "exactMatch")) or old.same_as,
        gender=raw.first(KG + "gender") or old.gender,
        names=tuple(added),
        nouns=frozenset(raw.all(SKOS + "hiddenLabel")) | old.nouns,
        origin=old.origin or raw.file,
    )


_NOBODY = Entry("", "", None)


def _names(raw: _Raw, problems: list[str], *, is_place: bool) -> Iterator[Name]:
    for predicate, texts in raw.objects.items():
        use = USES.get(predicate)
        for text in texts if use else ():
            if len(text) > LONGEST_LABEL:
                reason = f"a label of {len(text)} characters, at most {LONGEST_LABEL} are allowed"
            elif len(text.strip()) < 2 or not any(c.isalnum() for c in text):
                reason = f'the name "{text}" is too short to be told from other words'
            elif text != " ".join(text.split()):
                reason = f'the name "{text}" has stray white space'
            else:
                yield Name(text, "place" if is_place else cast(Use, use))
                continue
            problems.append(f"{raw.file}: {raw.subject}: {reason}")


def _office(raw: _Raw, problems: list[str]) -> Office | None:
    person, of = raw.first(ORG + "member"), raw.first(ORG + "organization")
    role = raw.first(KG + "role")
    if not (person and of and role):
        problems.append(
            f"{raw.file}: {raw.subject}: needs org:member, org:organization and kg:role"
        )
        return None
    start, end = raw.first(KG + "validFrom"), raw.first(KG + "validUntil")
    for day in (start, end):
        if day and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
            problems.append(f'{raw.file}: {raw.subject}: "{day}" is no date YYYY-MM-DD')
            return None
    if start and end and end < start:
        problems.append(f"{raw.file}: {raw.subject}: ends ({end}) before it starts ({start})")
        return None
    title = raw.first(KG + "roleTitle")
    sources = tuple(raw.all(SOURCE))
    return Office(local_id(person), role, local_id(of), title, start, end, sources, raw.file)


SINGLE_POSTS = frozenset(
    {"president", "prime minister", "monarch", "foreign minister", "defence minister", "chancellor"}
)
"""Roles that one person at a time holds."""


def _contradictions(gazetteer: Gazetteer) -> list[str]:
    return [
        *_cycles(gazetteer),
        *_dangling(gazetteer),
        *_double_posts(gazetteer),
        *_double_offices(gazetteer),
        *_shared_names(gazetteer),
    ]


def _cycles(gazetteer: Gazetteer) -> Iterator[str]:
    done: set[str] = set()
    for start in gazetteer.entries:
        path: list[str] = []
        here: str | None = start
        while here and here in gazetteer.entries and here not in done:
            if here in path:
                loop = " → ".join([*path[path.index(here) :], here])
                yield f"{gazetteer.entries[here].origin}: {here}: part of itself: {loop}"
                break
            path.append(here)
            here = gazetteer.entries[here].part_of
        done.update(path)


def _dangling(gazetteer: Gazetteer) -> Iterator[str]:
    for entry in gazetteer.entries.values():
        if entry.part_of and not _described(gazetteer, entry.part_of):
            yield f"{entry.origin}: {entry.id}: part of {entry.part_of}, which is not described"
    for office in gazetteer.offices:
        for end in (office.person, office.of):
            if not _described(gazetteer, end):
                what = f"{office.person}: {office.role} of {office.of}"
                yield f"{office.origin}: {what}: {end} is not described"


def _described(gazetteer: Gazetteer, entry_id: str) -> bool:
    """The actor is there, or is an organ of a state that is (`RUS-MFA`), which texts compose."""
    return entry_id in gazetteer.entries or entry_id.split("-")[0] in gazetteer.entries


def _double_posts(gazetteer: Gazetteer) -> Iterator[str]:
    posts: dict[tuple[str, str], list[Office]] = {}
    for office in gazetteer.offices:
        if office.role in SINGLE_POSTS and (office.start or office.end):
            posts.setdefault((office.of, office.role), []).append(office)
    for (of, role), held in posts.items():
        held.sort(key=lambda o: (o.start or "", o.person))
        for i, one in enumerate(held):
            for two in held[i + 1 :]:
                if one.person != two.person and _overlap(one, two):
                    yield (
                        f"{two.origin}: {two.person}: {role} of {of} from {two.start}, "
                        f"while {one.person} is until {one.end or 'further notice'}"
                    )


def _double_offices(gazetteer: Gazetteer) -> Iterator[str]:
    """Persons who hold one office of two states at a time; several realms may share a monarch."""
    held: dict[tuple[str, str], list[Office]] = {}
    for office in gazetteer.offices:
        if office.role in SINGLE_POSTS - {"monarch"}:
            held.setdefault((office.person, office.role), []).append(office)
    for (person, role), offices in held.items():
        offices.sort(key=lambda o: (o.start or "", o.of))
        for i, one in enumerate(offices):
            for two in offices[i + 1 :]:
                if one.of != two.of and _overlap(one, two):
                    yield (
                        f"{two.origin}: {person}: {role} of {two.of}"
                        f"{f' from {two.start}' if two.start else ''}, while {role} of {one.of} "
                        f"until {one.end or 'further notice'}"
                    )


def _overlap(one: Office, two: Office) -> bool:
    # one day in common is a handover
    return (two.start or "") < (one.end or "9999") and (one.start or "") < (two.end or "9999")


def _shared_names(gazetteer: Gazetteer) -> Iterator[str]:
    """Names that two actors claim; two persons may share one, as may actor and place."""
    for words, senses in gazetteer.index.items():
        claims = {
            s.entry: gazetteer.entries[s.entry].type
            for s in senses
            if s.use in ("name", "metonym") and gazetteer.entries[s.entry].type is not None
        }
        if len(claims) > 1 and set(claims.values()) != {"person"}:
            last = next(reversed(claims))
            origin = gazetteer.entries[last].origin
            yield f'{origin}: {last}: "{words}" names {" and ".join(sorted(claims))} alike'
