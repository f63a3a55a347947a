"""The words that events are known by, read from `kg/data/event_*.tsv`."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from importlib import resources
from typing import NamedTuple, cast

from kg.records import Modality

NO_EVENT = "NONE"
"""Type of a row that says: these words show no event."""

_KEYWORDS = frozenset(
    {
        "obj",
        "iobj",
        "subj",
        "mod",
        "adv",
        "arg",
        "agt",
        "tgt",
        "poss",
        "head",
        "passive",
        "xcomp",
        "case",
    }
) | {"under", "that", "quote", "inf", "objmod", "subjmod", "stative", "will", "both", "naming"}


class EventType(NamedTuple):
    """An event type: where its target stands, whether it takes other events as its content."""

    name: str
    quad: str
    verb_target: tuple[str, ...]
    noun_target: tuple[str, ...]
    has_content: bool
    announced: str
    intended: str


class Slot(NamedTuple):
    """Where a condition looks: a relation ("obj"), or one with a word ("@" and "on")."""

    relation: str
    word: str


class Condition(NamedTuple):
    """What must (or must not) stand in one of some slots; `words` are lemmas and `CLASSES`."""

    negated: bool
    slots: tuple[Slot, ...]
    words: frozenset[str]


class Row(NamedTuple):
    """Words that show an event of a type, if the conditions hold."""

    type: str
    conditions: tuple[Condition, ...]
    target: tuple[str, ...]
    agent: str
    needs: tuple[frozenset[str], ...] = ()
    """Where the text around has no word of one of these sets, the conditions cannot hold; small
    ones first.
    """

    @property
    def asks_for_object(self) -> bool:
        """The object is part of what the words show: "provide *aid*"."""
        return any(
            c.words and not c.negated and Slot("obj", "") in c.slots for c in self.conditions
        )


_ASKING = frozenset({"@", "obj", "iobj", "subj", "that", "inf", "adv", "case", "under"})
_ASKING_MODIFIERS = frozenset({"mod", "objmod"})
"""Relations that hold only where a word asked for stands in the text; a modifier with a hyphen
may stand there in pieces.
"""


def _needs(condition: Condition) -> Iterator[frozenset[str]]:
    """The words of which one must stand around for a condition to hold."""
    relations = {slot.relation for slot in condition.slots}
    if condition.negated:
        return
    if relations <= {"@", "+"}:
        yield frozenset(slot.word for slot in condition.slots)
    asking = _ASKING | (_ASKING_MODIFIERS if "-" not in "".join(condition.words) else set())
    # actors and places are asked for by a class in capitals, large numbers by "million"
    by_word = all(w.islower() for w in condition.words) and "million" not in condition.words
    if condition.words and relations <= asking and by_word:
        yield condition.words


class Operator(NamedTuple):
    """A word that takes its type from an event that it governs, by object or preposition."""

    effect: str
    through: frozenset[str]
    particle: str = ""
    infinitive_only: bool = False


def _rows(name: str) -> Iterator[list[str]]:
    text = (resources.files("kg") / "data" / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return (line.split("\t") for line in lines[1:])


@functools.cache
def types() -> dict[str, EventType]:
    """The event types by name."""
    table = {}
    for name, quad, verb, noun, content, announced, intended in _rows("event_types.tsv"):
        table[name] = EventType(
            name,
            quad,
            tuple(verb.split()),
            tuple(noun.split()),
            content == "yes",
            announced,
            intended,
        )
    return table


@functools.cache
def classes() -> dict[str, frozenset[str]]:
    """Words by what they stand for: "TIES" are relation, link …"""
    return {name: frozenset(listed.split()) for name, listed in _rows("event_words.tsv")}


@functools.cache
def cooperative() -> frozenset[str]:
    """The types of cooperation, in words or deeds."""
    return frozenset(t.name for t in types().values() if t.quad.endswith("cooperation"))


@functools.cache
def harmful() -> frozenset[str]:
    """The types of conflict in deeds."""
    return frozenset(t.name for t in types().values() if t.quad == "material conflict")


@functools.cache
def verbal() -> frozenset[str]:
    """The types of what is done in words."""
    return frozenset(t.name for t in types().values() if t.quad.startswith("verbal"))


@functools.cache
def words(name: str) -> frozenset[str]:
    """The words of one class."""
    return classes()[name]


@functools.cache
def either(*names: str) -> frozenset[str]:
    """The words of any of some classes."""
    return frozenset[str]().union(*map(words, names))


@functools.cache
def modalities(pos: str) -> dict[str, Modality]:
    """What modals, adjectives or adverbs (`pos`) make of a claim, by word."""
    table: dict[str, Modality] = {}
    for modality, kind, listed in _rows("event_modality.tsv"):
        if kind == pos:
            table.update(dict.fromkeys(listed.split(), cast(Modality, modality)))
    return table


@functools.cache
def triggers() -> dict[tuple[str, str], tuple[Row, ...]]:
    """Rows by part of speech (v, n) and lemma; those with conditions first."""
    table: dict[tuple[str, str], list[Row]] = {}
    for kind, pos, lemmas, when, roles in _rows("event_triggers.tsv"):
        conditions = tuple(_condition(c) for c in when.split())
        needs = tuple(sorted((needed for c in conditions for needed in _needs(c)), key=len))
        target = tuple(r for r in roles.split() if not r.startswith("agent:"))
        agent = next(
            (r.removeprefix("agent:") for r in roles.split() if r.startswith("agent:")), ""
        )
        for lemma in lemmas.split():
            row = Row(kind, conditions, target, agent, needs)
            table.setdefault((pos, lemma), []).append(row)
    return {key: tuple(sorted(rows, key=lambda r: not r.conditions)) for key, rows in table.items()}


@functools.cache
def operators() -> dict[tuple[str, str], tuple[Operator, ...]]:
    """Operators by part of speech (v, n, a) and lemma."""
    table: dict[tuple[str, str], list[Operator]] = {}
    for effect, pos, lemmas, through in _rows("event_operators.tsv"):
        prepositions = frozenset(w for w in through.split() if w.isalpha())
        bare = ">inf" in through.split()
        particle = next((w[1:] for w in through.split() if w.startswith("+")), "")
        for lemma in lemmas.split():
            table.setdefault((pos, lemma), []).append(
                Operator(effect, prepositions, particle, bare)
            )
    return {key: tuple(found) for key, found in table.items()}


@functools.cache
def forms() -> dict[str, str]:
    """Irregular forms with their lemma."""
    return {form: lemma for form, lemma in _rows("event_forms.tsv")}


@functools.cache
def vocabulary() -> frozenset[str]:
    """Every word of the tables."""
    found = {lemma for table in (triggers(), operators()) for _, lemma in table}
    found.update(*classes().values())
    for rows in triggers().values():
        found.update(*(c.words for row in rows for c in row.conditions))
    return frozenset(found)


_ENDINGS = (
    *(("ies", "y"), ("ied", "y"), ("es", "e"), ("es", ""), ("s", "")),
    *(("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", "")),
)


@functools.lru_cache(maxsize=50_000)
def lemma_of(word: str, lemma: str) -> str:
    """The lemma of a word in lower case as the tables have it; else the tagger's."""
    known = vocabulary()
    if word in forms():
        return forms()[word]
    if lemma in known or word in known:
        return lemma if lemma in known else word
    for ending, instead in _ENDINGS:
        if not word.endswith(ending) or len(word) < len(ending) + 2:
            continue
        stem = word.removesuffix(ending)
        if len(stem) > 2 and stem + instead in known:
            return stem + instead
        if not instead and stem[-1:] == stem[-2:-1] and stem[:-1] in known:  # "stopped"
            return stem[:-1]
    return lemma


def _condition(text: str) -> Condition:
    negated = text.startswith("!")
    left, _, right = text.removeprefix("!").partition(":")
    slots: list[Slot] = []
    sigil = ""
    for part in left.split("|"):
        if part[0] in "@+>":
            sigil, part = part[0], part[1:]
        elif part in _KEYWORDS:
            sigil = ""
        slots.append(Slot(sigil, part) if sigil else Slot(part, ""))
    return Condition(negated, tuple(slots), frozenset(_expanded(right)))


def _expanded(listed: str) -> Iterator[str]:
    for word in listed.split("|") if listed else ():
        yield from classes().get(word, (word,))
