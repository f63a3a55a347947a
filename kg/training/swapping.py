"""Names put in place of others, so that the encoder learns to go by context and form."""

from __future__ import annotations

import functools
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import spacy
from spacy.tokens import Doc

from kg.nlp.pieces import GLUED, SPACED
from kg.training.entity_words import HERE, iob_spans, place_label, table, words_of
from kg.training.samples import Sample

SWAPPED = ("PERSON", "ORG", "GPE", "LOC", "NORP")
MADE_PERSONS, MADE_ORGANISATIONS = 4000, 2500
LONGEST_NAME = 6
"""Words; what is longer in a corpus is mostly a mistake of its annotation."""

GAZETTEER = Path(__file__).parents[1] / "data" / "gazetteer"
GIVEN_NAMES = Path(__file__).parents[1] / "data" / "given_names.tsv"
VOWELS = "aeiouyéö"
ACRONYM_LETTERS = "AABCCDEFGHIIKLMNNOPPRSSTUUVW"


@dataclass(frozen=True, slots=True)
class Name:
    """A name's words, and what stands before each (before the first, whatever stood there)."""

    words: tuple[str, ...]
    before: tuple[int, ...]
    family_first: bool = False

    def bare(self) -> Name:
        """The surname of a person's name, with its particles ("al-Houri", "van der Meer")."""
        if self.family_first:
            return self.first()
        start = max((i for i in range(len(self.words)) if self.before[i] != GLUED), default=0)
        while start > 1 and self.words[start - 1].islower():
            start -= 1
        return Name(self.words[start:], self.before[start:])

    def first(self) -> Name:
        """The words up to the first space."""
        spaces = (i for i in range(1, len(self.words)) if self.before[i] != GLUED)
        end = next(spaces, len(self.words))
        return Name(self.words[:end], self.before[:end])


@dataclass(frozen=True, slots=True)
class Names:
    """Names by kind: those that corpora hold, and made ones that no corpus holds.

    A kind is a label, or for NORP "NORP" for the adjective and "NORP+s" for the people.
    """

    seen: Mapping[str, tuple[Name, ...]]
    made: Mapping[str, tuple[Name, ...]]

    def draw(self, kind: str, rng: random.Random, *, made: float) -> Name | None:
        """A name of the kind, every one as likely as any other; made with probability `made`."""
        pools = (self.made, self.seen) if rng.random() < made else (self.seen, self.made)
        pool = next((p[kind] for p in pools if p.get(kind)), None)
        return rng.choice(pool) if pool else None


def inventory(samples: Iterable[Sample], *, seed: int = 11) -> Names:
    """The names of the samples, each once under its most frequent label, and made names of the
    world's regions.
    """
    counts: dict[Name, Counter[str]] = defaultdict(Counter)
    for sample in samples:
        for start, end, label in _mentions(sample):
            name = Name(sample.words[start:end], (SPACED, *sample.before[start + 1 : end]))
            counts[name][label] += 1
    seen: dict[str, set[Name]] = defaultdict(set)
    for name, labels in counts.items():
        label = max(sorted(labels), key=labels.__getitem__)
        if label in SWAPPED and _written_as_name(name) and not _with_office(name):
            seen[_kind(name.words, label)].add(name)
    return Names(_sorted(seen), _sorted(_made_names(random.Random(seed))))


def swapped(
    sample: Sample,
    names: Names,
    rng: random.Random,
    *,
    per_sample: float = 0.5,
    per_name: float = 0.5,
    made: float = 0.4,
) -> Sample:
    """The sample with other names of the same kinds, the same wherever a name recurs.

    A person's bare surname (or given name) follows the full name. Names change in a share
    `per_sample` of the samples, there each with probability `per_name`.
    """
    if sample.entities is None or sample.syntax is not None or rng.random() >= per_sample:
        return sample
    new = _Replacements(sample, names, rng, per_name, made)
    return _rewritten(sample, new)


def without_titles(sample: Sample, rng: random.Random, *, share: float = 0.7) -> Sample:
    """The sample with some of the words "Mr.", "President" … before names left out."""
    if sample.entities is None or sample.syntax is not None:
        return sample
    dropped = {
        start - 1
        for start, _, label in _mentions(sample)
        if label == "PERSON"
        and start > 0
        and _droppable(sample, start - 1)
        and rng.random() < share
    }
    return _without(sample, dropped)


# ---------------------------------------------------------------------------- swapping


class _Replacements:
    """What each mention of one sample becomes, decided at the name's first mention."""

    def __init__(
        self, sample: Sample, names: Names, rng: random.Random, per_name: float, made: float
    ) -> None:
        self._names, self._rng = names, rng
        self._per_name, self._made = per_name, made
        self._others: dict[tuple[str, ...], Name | None] = {}
        self._persons: dict[str, Name | None] = {}
        self._families = _families(sample)

    def __call__(self, words: tuple[str, ...], label: str) -> Name | None:
        """`None`: it stays as it is."""
        if not words[0][0].isupper() or label not in SWAPPED:
            return None
        if label == "PERSON":
            return self._person(words)
        key = (label, *words)
        if key not in self._others:
            self._others[key] = self._drawn(_kind(words, label))
        return self._others[key]

    def _person(self, words: tuple[str, ...]) -> Name | None:
        family = self._families.get(words[-1], words[-1])
        if family not in self._persons:
            self._persons[family] = self._drawn("PERSON")
        new = self._persons[family]
        if new is None:
            return None
        if len(words) > 1:
            return new
        given = words[-1] in self._families and words[-1] != family
        return new.first() if given else new.bare()

    def _drawn(self, kind: str) -> Name | None:
        if self._rng.random() >= self._per_name:
            return None
        return self._names.draw(kind, self._rng, made=self._made)


def _families(sample: Sample) -> dict[str, str]:
    """Given name → surname, of the persons whom the sample names in full."""
    return {
        sample.words[start]: sample.words[end - 1]
        for start, end, label in _mentions(sample)
        if label == "PERSON" and end - start > 1
    }


def _rewritten(
    sample: Sample, replacement: Callable[[tuple[str, ...], str], Name | None]
) -> Sample:
    assert sample.entities is not None
    words: list[str] = []
    before: list[int] = []
    entities: list[str | None] = []
    at = 0
    for start, end, label in [*_mentions(sample), (len(sample.words), len(sample.words), "")]:
        words += sample.words[at:start]
        before += sample.before[at:start]
        entities += sample.entities[at:start]
        at = end
        if start == end:
            break
        name = replacement(sample.words[start:end], label)
        name = name or Name(sample.words[start:end], sample.before[start:end])
        words += name.words
        before += (sample.before[start], *name.before[1:])
        entities += (f"B-{label}", *(f"I-{label}" for _ in name.words[1:]))
    return Sample(tuple(words), tuple(before), None, tuple(entities))


def _droppable(sample: Sample, i: int) -> bool:
    """A title without which the sentence still reads well: not that of "Vice President Moreau"
    and "Kenyan President Otieno".
    """
    assert sample.entities is not None
    if sample.entities[i] not in ("O", None):
        return False
    word = sample.words[i].lower()
    if word in words_of("honorific"):
        return True
    return word in words_of("office") and (i == 0 or not sample.words[i - 1][0].isupper())


def _without(sample: Sample, dropped: set[int]) -> Sample:
    """The sample without some words; what stood before them stands before what follows."""
    if not dropped or sample.entities is None:
        return sample
    kept = [i for i in range(len(sample.words)) if i not in dropped]
    before = [sample.before[i - 1] if i - 1 in dropped else sample.before[i] for i in kept]
    return replace(
        sample,
        words=tuple(sample.words[i] for i in kept),
        before=tuple(before),
        entities=tuple(sample.entities[i] for i in kept),
    )


def _mentions(sample: Sample) -> list[tuple[int, int, str]]:
    return iob_spans([tag or "O" for tag in sample.entities or ()])


def _kind(words: Sequence[str], label: str) -> str:
    plural = label == "NORP" and words[-1].endswith("s")
    return "NORP+s" if plural else label


def _with_office(name: Name) -> bool:
    """GMB takes some persons with their office for organisations."""
    offices = words_of("office") | words_of("honorific")
    return any(word.lower() in offices for word in name.words)


def _written_as_name(name: Name) -> bool:
    small = {"of", "the", "and", "al", "for", "de", "la", "bin", "van", "von", "-", "'s", "."}
    if len(name.words) > LONGEST_NAME:
        return False
    return name.words[0][0].isupper() and all(
        word[0].isupper() or word in small for word in name.words
    )


def _sorted(names: Mapping[str, Iterable[Name]]) -> dict[str, tuple[Name, ...]]:
    return {
        kind: tuple(sorted(set(found), key=lambda name: (name.words, name.before)))
        for kind, found in sorted(names.items())
    }


# ---------------------------------------------------------------------------- made names


def _made_names(rng: random.Random) -> dict[str, list[Name]]:
    gazetteer = _Gazetteer()
    persons = _persons(rng)
    places: dict[str, list[str]] = {"GPE": [], "LOC": []}
    for place in (*gazetteer.states, *gazetteer.places):
        places[place_label(place)].append(place)
    places["GPE"] += gazetteer.capitals
    others = {
        "ORG": _organisations(rng, persons, gazetteer),
        **places,
        "NORP": gazetteer.demonyms,
        "NORP+s": gazetteer.peoples,
    }
    tokenizer = spacy.blank("en").tokenizer
    return {
        "PERSON": [_name(tokenizer(str(person)), person.family_first) for person in persons],
        **{kind: [_name(tokenizer(name)) for name in found] for kind, found in others.items()},
    }


def _name(doc: Doc, family_first: bool = False) -> Name:
    before = (SPACED if token.i == 0 or doc[token.i - 1].whitespace_ else GLUED for token in doc)
    return Name(tuple(token.text for token in doc), tuple(before), family_first)


class _Gazetteer:
    """States, capitals, places and peoples of the shipped gazetteer."""

    def __init__(self) -> None:
        states = (GAZETTEER / "states.ttl").read_text("utf-8")
        self.states = _values(states, "prefLabel")
        self.capitals = _values(states, "capital")
        self.demonyms = _values(states, "demonym")
        self.peoples = [name for name in _values(states, "people") if name.endswith("s")]
        self.places = _values((GAZETTEER / "places.ttl").read_text("utf-8"), "prefLabel")


def _values(turtle: str, term: str) -> list[str]:
    # line by line, as these files are written: training needs no RDF library
    found = (
        value
        for line in turtle.splitlines()
        if re.match(rf"\s+\w+:{term} ", line)
        for value in re.findall(r'"([^"\\]+)"@en', line)
    )
    return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class _Region:
    """The pieces that surnames of a region are put together from, and common given names."""

    family_first: bool
    given: tuple[str, ...]
    starts: tuple[str, ...]
    middles: tuple[str, ...]
    ends: tuple[str, ...]


def _regions() -> list[_Region]:
    return [
        _Region(
            row["order"] == "sg",
            *(tuple(row[k].split()) for k in ("given", "starts", "middles", "ends")),
        )
        for row in table(HERE / "name_parts.tsv")
    ]


@dataclass(frozen=True, slots=True)
class _Person:
    given: str
    surname: str
    family_first: bool

    def __str__(self) -> str:
        parts = (self.surname, self.given) if self.family_first else (self.given, self.surname)
        return " ".join(parts)


def _persons(rng: random.Random) -> list[_Person]:
    """Given names with surnames made of syllables, an equal share from each region."""
    regions = _regions()
    common = [row["name"] for row in table(GIVEN_NAMES)]
    persons = []
    for number in range(MADE_PERSONS):
        region = regions[number % len(regions)]
        # a Chinese or Korean surname is one syllable
        middles = 0 if region.family_first else rng.choice((0, 1, 1, 1, 2))
        syllables = [
            rng.choice(region.starts),
            *(rng.choice(region.middles) for _ in range(middles)),
            rng.choice(region.ends),
        ]
        given = rng.choice(region.given if rng.random() < 0.5 else common)
        surname = functools.reduce(_joined, syllables).replace("_", " ")
        persons.append(_Person(given, surname, region.family_first))
    return persons


def _joined(left: str, right: str) -> str:
    """Two pieces of a name, the vowels of the second before those of the first."""
    return (left.rstrip(VOWELS) or left) + right if right[0] in VOWELS else left + right


def _organisations(
    rng: random.Random, persons: Sequence[_Person], gazetteer: _Gazetteer
) -> list[str]:
    rows = table(HERE / "name_templates.tsv")
    templates = [row["template"] for row in rows if row["kind"] == "organisation"]
    fields = [row["template"] for row in rows if row["kind"] == "field"]
    fillers: dict[str, Callable[[], str]] = {
        "field": lambda: rng.choice(fields),
        "surname": lambda: rng.choice(persons).surname,
        "state": lambda: rng.choice(gazetteer.states),
        "city": lambda: rng.choice(gazetteer.capitals),
        "place": lambda: rng.choice(gazetteer.places),
        "acronym": lambda: "".join(rng.choices(ACRONYM_LETTERS, k=rng.choice((3, 3, 4, 4, 5)))),
    }
    return [
        re.sub(r"{(\w+)}", lambda match: fillers[match[1]](), rng.choice(templates))
        for _ in range(MADE_ORGANISATIONS)
    ]
