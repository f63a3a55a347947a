"""What is told of an agreement: mention by mention, and of all mentions of one together."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from kg.extraction.agreement_drafts import Draft
from kg.extraction.agreement_page import Dated
from kg.extraction.agreement_slots import Part
from kg.extraction.agreement_status import Status
from kg.records import Interval, TextSpan

GENERIC = frozenset({"arrangement"})


@dataclass(slots=True)
class Told:
    """One mention with all that its sentence tells of it."""

    draft: Draft
    statuses: list[Status]
    parts: list[Part]
    dates: list[Dated]
    provisions: list[TextSpan]
    exists: bool | None
    parties: frozenset[str]
    about: frozenset[str]
    titled: bool = False
    sentence: int = 0
    paragraph: int = 0
    leading: bool = False
    old: bool = False
    """Made more than a year before the article, as its own words tell."""
    seats: frozenset[str] = frozenset()
    """Where its sentence says that it was made: "signed in Geneva"."""
    vague: frozenset[str] = frozenset()
    """Parties told of by a description, which may be others' by name: "the rebels"."""
    weak: frozenset[str] = frozenset()
    """Who keeps or breaks it: likely, but not sure to be a party."""
    over: Interval | None = None
    """When it lapsed or ended, as its own sentence tells."""
    bygone: bool = False
    """Made more than a year before the article, as its sentence tells."""
    denied: bool = False
    """Somebody says that it was not made, which tells nothing of what others say."""

    @property
    def made(self) -> Interval | None:
        """When it was made, over all dates told."""
        return spanned(self.dates)

    @property
    def full(self) -> bool:
        """It tells enough to stand for itself."""
        several = len(self.parties | self.weak) >= 2
        named = self.draft.name or self.draft.proper
        return self.draft.sure and bool(named or self.dates or several)


@dataclass(slots=True)
class Cluster:
    """The mentions of one agreement, with what they tell together, kept up to date by `join`."""

    told: list[Told] = field(default_factory=list)
    nouns: list[int] = field(default_factory=list)
    helpers: list[Part] = field(default_factory=list)
    parties: frozenset[str] = frozenset()
    likely: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()
    topic: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    modifiers: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()
    """What the registry has it for, beside its type."""
    bearers: frozenset[str] = frozenset()
    """The registry's instruments that bear all of its names."""
    known: tuple[Interval, ...] = ()
    """When the registry's bearers of its name were made."""
    places: frozenset[str] = frozenset()
    seats: frozenset[str] = frozenset()
    many: str | None = None
    exists: bool | None = None
    denied: bool = False
    vague: frozenset[str] = frozenset()
    titled: bool = True
    kinds: Counter[str] = field(default_factory=Counter)
    plurals: Counter[bool] = field(default_factory=Counter)
    dated: tuple[int, int, Interval] | None = None

    def join(self, one: Told) -> None:
        """Take in a mention."""
        draft = one.draft
        self.told.append(one)
        insort(self.nouns, draft.noun)
        self.parties |= one.parties
        self.likely |= one.weak
        self.about |= one.about
        self.topic |= draft.topic
        self.heads |= {draft.head}
        self.places |= draft.places
        self.seats |= one.seats
        self.titled = self.titled and one.titled
        self.denied |= one.denied
        self.vague |= one.vague
        self.many = self.many or draft.many
        self.modifiers |= {w for m in draft.modifiers for w in m.split("-")}
        self.also |= draft.also
        if draft.name:
            self.names |= {draft.name}
            self.known = draft.known
            self.bearers = self.bearers & draft.bearers or draft.bearers
        if one.exists is not None:
            self.exists = self.exists or one.exists
        if draft.sure:
            self.kinds[draft.type] += 1
        if not draft.pronoun:
            self.plurals[draft.plural] += 1
        made = one.made
        if made is not None:
            told = (length(made), draft.noun, made)
            self.dated = told if self.dated is None else min(self.dated, told, key=_exactness)

    @property
    def headlined(self) -> bool:
        """A headline or the first paragraph tells of it: it is what the article is about."""
        return any(t.leading for t in self.told)

    @property
    def old(self) -> bool:
        """Made more than a year before the article."""
        return any(t.old for t in self.told)

    @property
    def fresh(self) -> bool:
        """It is introduced as what the article reports: "signed a truce" in its first paragraph."""
        return any(t.leading and t.draft.article == "indefinite" for t in self.told)

    def beside(self, one: Told) -> bool:
        """It is told of in the paragraph of a mention."""
        return any(t.paragraph == one.paragraph for t in self.told)

    def told_at(self, one: Told) -> bool:
        """It is told of in the sentence of a mention."""
        return any(t.sentence == one.sentence for t in self.told)

    @property
    def drafts(self) -> list[Draft]:
        """Its mentions."""
        return [t.draft for t in self.told]

    @property
    def claims(self) -> list[tuple[Draft, list[Status]]]:
        """What is claimed of it, mention by mention, in reading order."""
        return [(t.draft, t.statuses) for t in sorted(self.told, key=lambda t: t.draft.noun)]

    @property
    def parts(self) -> list[Part]:
        """Parts of actors in reading order; headlines count where the story names no parties."""
        by_story = any(len(t.parties) >= 2 and not t.titled for t in self.told)
        heard = [t for t in self.told if not (by_story and t.titled)]
        parts = [*self.helpers, *(p for t in heard for p in t.parts)]
        return sorted(parts, key=lambda p: (p.start, p.role, p.actor))

    @property
    def provisions(self) -> list[TextSpan]:
        """What it lays down, in reading order; a clause rather than the words inside it."""
        found = {s for t in self.told for s in t.provisions}
        return sorted(s for s in found if not any(o != s and o.contains(s) for o in found))

    @property
    def plural(self) -> bool:
        """It is a set."""
        return self.plurals[True] > self.plurals[False]

    @property
    def made(self) -> Interval | None:
        """When it was made: the most exact interval told."""
        return None if self.dated is None or self.exists is False else self.dated[2]

    @property
    def type(self) -> str:
        """The most telling type among its mentions, by the number of them."""
        telling = [k for k in self.kinds if k not in GENERIC]
        if not telling:
            return "arrangement"
        return max(telling, key=lambda k: (self.kinds[k], k == "peace_treaty"))


def _exactness(told: tuple[int, int, Interval]) -> tuple[int, int]:
    return told[:2]


def length(interval: Interval) -> int:
    """Days; an open side counts as long."""
    if interval.start is None or interval.end is None:
        return 10**6
    return (date.fromisoformat(interval.end) - date.fromisoformat(interval.start)).days


def spanned(dates: list[Dated]) -> Interval | None:
    """The interval from the first to the last of some dates."""
    known = [d.date for d in dates if d.date.start]
    if not known:
        return None
    start = min(d.start for d in known if d.start)
    ends = [d.end for d in known if d.end]
    end = max(ends) if ends else None
    granularity = known[0].granularity if len(known) == 1 else "period"
    return Interval(start, end, granularity)
