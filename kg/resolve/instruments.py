"""The registry of known instruments: what was made when, between whom; read from Turtle, asked for
candidates.

The vocabulary is described in `kg/data/SOURCES-agreements.md`. Files of users are read after the
shipped one; a
subject that they describe again is replaced as a whole.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib import resources
from pathlib import Path

import pyoxigraph

from kg.errors import GazetteerError
from kg.records import Interval
from kg.resolve import names

KG = "https://w3id.org/newskg/ontology#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

TYPES = {
    "Ceasefire": "ceasefire",
    "PeaceTreaty": "peace_treaty",
    "JointStatement": "joint_statement",
    "Declaration": "declaration",
    "Treaty": "treaty",
    "Memorandum": "memorandum",
    "Protocol": "protocol",
    "Resolution": "resolution",
    "Roadmap": "roadmap",
    "Arrangement": "arrangement",
}
"""Classes of the ontology and the agreement types that they stand for."""

SET_CLASS = "AgreementSet"
TOLERANCE = timedelta(days=1)
"""Papers date what was signed around midnight one day apart."""

_ID = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_WORD = re.compile(r"\w+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Instrument:
    """A known instrument, or a set of them (`members`); without parties it is open to all or none
    is sure.
    """

    id: str
    label: str
    types: tuple[str, ...]
    names: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    guarantors: tuple[str, ...] = ()
    made: Interval | None = None
    in_force_from: str | None = None
    in_force_until: str | None = None
    members: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """Pages that its facts were taken from."""
    to_check: tuple[str, ...] = ()
    """Pages where its facts can be checked, which whoever compiled them has not opened."""
    note: str | None = None

    @property
    def is_set(self) -> bool:
        """It stands for several instruments together."""
        return bool(self.members)

    @property
    def participants(self) -> frozenset[str]:
        """Everybody who has a part in it."""
        return frozenset((*self.parties, *self.mediators, *self.guarantors))


@dataclass(frozen=True)
class Instruments:
    """The registry, with an index of names."""

    by_id: dict[str, Instrument]
    by_name: dict[str, tuple[str, ...]] = field(default_factory=dict)
    first_words: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        found: dict[str, list[str]] = {}
        for item in self.by_id.values():
            for name in (item.label, *item.names):
                ids = found.setdefault(name_key(name), [])
                if item.id not in ids:
                    ids.append(item.id)
        firsts: dict[str, set[tuple[str, ...]]] = {}
        for key in found:
            words = tuple(key.split())
            firsts.setdefault(words[0], set()).add(words)
        self.by_name.update({k: tuple(v) for k, v in found.items()})
        longest_first = {w: sorted(s, key=lambda n: (-len(n), n)) for w, s in firsts.items()}
        self.first_words.update({w: tuple(s) for w, s in longest_first.items()})

    def get(self, instrument: str) -> Instrument | None:
        """The instrument of an id."""
        return self.by_id.get(instrument)

    def named(self, name: str) -> tuple[Instrument, ...]:
        """Those that bear a name, whatever its letter case, hyphens and accents."""
        return tuple(self.by_id[i] for i in self.by_name.get(name_key(name), ()))

    def candidates(
        self,
        kind: str | None = None,
        parties: Iterable[str] = (),
        made: Interval | None = None,
        name: str | None = None,
    ) -> tuple[Instrument, ...]:
        """The instruments that a description fits, oldest first; several where several fit.

        A name alone links nothing, nor does a date: it takes a name with a fitting party or date,
        or
        two parties with a date. What is known on both sides must not contradict. Sets count only
        by name;
        a description whose parties are more than an instrument's does not fit it.
        """
        wanted = frozenset(parties)
        if name is not None:
            pool = self.named(name)
            fits = [
                i for i in pool if _supported(i, wanted, made) and not _against(i, wanted, made)
            ]
            return _by_date(fits)
        if len(wanted) < 2 or made is None or made.start is None:
            return ()
        pool = tuple(i for i in self.by_id.values() if not i.is_set and i.parties)
        return _by_date(
            i
            for i in pool
            if wanted <= i.participants
            and len(wanted & frozenset(i.parties)) >= 2
            and _dates_meet(i.made, made)
            and _kinds_meet(i, kind)
        )

    def of_day(
        self, kind: str, made: Interval | None, around: Iterable[str]
    ) -> tuple[Instrument, ...]:
        """Those of a kind that were made on a day by two or more of those around.

        A bare "the statement of 9 November 2020" names no party; kind, day and who the text is
        about must all fit, and sets count only by name.
        """
        if made is None or made.start is None or made.start != made.end:
            return ()
        present = frozenset(around)
        return _by_date(
            i
            for i in self.by_id.values()
            if not i.is_set
            and kind in i.types
            and len(present & frozenset(i.parties)) >= 2
            and i.made is not None
            and i.made.start == i.made.end
            and _dates_meet(i.made, made)
        )


def name_key(name: str) -> str:
    """A name as it is looked up: folded, its words joined by single spaces, "cease-fire" made one
    word.
    """
    words = " ".join(_WORD.findall(names.fold(name).replace("'", "")))
    return words.removeprefix("the ").replace("cease fire", "ceasefire")


def _by_date(items: Iterable[Instrument]) -> tuple[Instrument, ...]:
    return tuple(sorted(items, key=lambda i: ((i.made.start if i.made else "") or "", i.id)))


def _supported(item: Instrument, parties: frozenset[str], made: Interval | None) -> bool:
    return bool(parties & item.participants) or (
        made is not None and made.start is not None and _dates_meet(item.made, made)
    )


def _against(item: Instrument, parties: frozenset[str], made: Interval | None) -> bool:
    if parties and item.parties and not parties & item.participants:
        return True
    return made is not None and made.start is not None and not _dates_meet(item.made, made)


def _kinds_meet(item: Instrument, kind: str | None) -> bool:
    # "arrangement" is what a text calls an agreement of no particular form
    return kind is None or kind == "arrangement" or kind in item.types


def _dates_meet(one: Interval | None, other: Interval) -> bool:
    if one is None or one.start is None or one.end is None:
        return False
    low, high = date.fromisoformat(one.start), date.fromisoformat(one.end)
    first = date.fromisoformat(other.start) if other.start else date.min
    last = date.fromisoformat(other.end) if other.end else first if other.start else date.max
    if one.start == one.end and other.start == other.end:
        return abs(low - first) <= TOLERANCE
    return low <= last and first <= high


# ---------------------------------------------------------- reading


def shipped_file() -> Path:
    """The Turtle file of the package."""
    return Path(str(resources.files("kg") / "data" / "instruments.ttl"))


@functools.lru_cache(maxsize=4)
def load(user_files: tuple[str, ...] = ()) -> Instruments:
    """The shipped registry with users' files put on top.

    Raises:
        GazetteerError: If a file cannot be read, is not Turtle, or contradicts itself or the rest.
    """
    registry, problems = _merged([shipped_file(), *map(Path, user_files)])
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise GazetteerError(problems[0] + more)
    return registry


def validate(paths: Iterable[str | Path] = ()) -> list[str]:
    """What is wrong with registry files on top of the shipped one, each with file, subject and
    reason.
    """
    problems: list[str] = []
    readable = [shipped_file()]
    for path in map(Path, paths):
        try:
            _subjects(path)
        except GazetteerError as error:
            problems.append(str(error))
        else:
            readable.append(path)
    return problems + _merged(readable)[1]


def _merged(paths: Iterable[Path]) -> tuple[Instruments, list[str]]:
    items: dict[str, Instrument] = {}
    problems: list[str] = []
    for path in paths:
        for subject, objects in _subjects(path).items():
            where = f"{path}: {subject}"
            if (item := _instrument(where, subject, objects, problems)) is not None:
                items[item.id] = item
    for item in items.values():
        problems += [
            f"{item.id}: its part {member} is not described"
            for member in item.members
            if member not in items
        ]
    return Instruments(items), problems


def _subjects(path: Path) -> dict[str, dict[str, list[str]]]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise GazetteerError(f"{path}: cannot be read ({error.strerror})") from error
    subjects: dict[str, dict[str, list[str]]] = {}
    try:
        for triple in pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.TURTLE):
            if not isinstance(triple.subject, pyoxigraph.NamedNode) or isinstance(
                triple.object, pyoxigraph.BlankNode | pyoxigraph.Triple
            ):
                raise GazetteerError(f"{path}: {triple.subject}: blank nodes are not read")
            objects = subjects.setdefault(triple.subject.value, {})
            objects.setdefault(triple.predicate.value, []).append(triple.object.value)
    except (SyntaxError, ValueError) as error:
        raise GazetteerError(f"{path}: not Turtle: {error}") from error
    return subjects


def _instrument(
    where: str, subject: str, objects: dict[str, list[str]], problems: list[str]
) -> Instrument | None:
    kinds = [k.removeprefix(KG) for k in objects.get(RDF_TYPE, [])]
    types = tuple(dict.fromkeys(TYPES[k] for k in kinds if k in TYPES))
    found = list(_faults(subject, objects, types, kinds))
    if found:
        problems += [f"{where}: {reason}" for reason in found]
        return None
    one = functools.partial(_first, objects)
    start = one(KG + "madeFrom")
    return Instrument(
        id=_local(subject),
        label=one(SKOS + "prefLabel") or _local(subject),
        types=types,
        names=tuple(objects.get(SKOS + "altLabel", ())),
        parties=tuple(sorted(map(_local, objects.get(KG + "party", ())))),
        mediators=tuple(sorted(map(_local, objects.get(KG + "mediator", ())))),
        guarantors=tuple(sorted(map(_local, objects.get(KG + "guarantor", ())))),
        made=Interval(start, one(KG + "madeUntil") or start, one(KG + "granularity") or "day")
        if start
        else None,
        in_force_from=one(KG + "inForceFrom"),
        in_force_until=one(KG + "inForceUntil"),
        members=tuple(map(_local, objects.get(DCTERMS + "hasPart", ()))),
        provisions=tuple(objects.get(KG + "provisionText", ())),
        identifiers=tuple(objects.get(DCTERMS + "identifier", ())),
        sources=tuple(objects.get(DCTERMS + "source", ())),
        to_check=tuple(objects.get(RDFS + "seeAlso", ())),
        note=one(KG + "note"),
    )


def _first(objects: dict[str, list[str]], predicate: str) -> str | None:
    found = objects.get(predicate)
    return found[0] if found else None


def _local(iri: str) -> str:
    return re.split(r"[/#]", iri)[-1]


def _faults(
    subject: str, objects: dict[str, list[str]], types: tuple[str, ...], kinds: list[str]
) -> Iterator[str]:
    if not _ID.fullmatch(_local(subject)):
        yield "its last part must be letters, digits and hyphens"
    if not types and SET_CLASS not in kinds:
        yield f"no class of agreement; there are {', '.join(f'kg:{k}' for k in TYPES)}"
    if not objects.get(SKOS + "prefLabel"):
        yield "no skos:prefLabel"
    for name in (*objects.get(SKOS + "prefLabel", ()), *objects.get(SKOS + "altLabel", ())):
        if not name_key(name):
            yield f'the name "{name}" has no letters'
    days: dict[str, str] = {}
    for key in ("madeFrom", "madeUntil", "inForceFrom", "inForceUntil"):
        for day in objects.get(KG + key, ()):
            if _is_day(day):
                days[key] = day
            else:
                yield f'kg:{key} "{day}" is no date YYYY-MM-DD'
    for start, end in (("madeFrom", "madeUntil"), ("inForceFrom", "inForceUntil")):
        if start in days and end in days and days[end] < days[start]:
            yield f"kg:{end} lies before kg:{start}"


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
