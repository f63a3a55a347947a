"""A Doc as the rules for agreements see it: tokens, actors, dates and voices, asked by token
position.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import NamedTuple

from spacy.tokens import Doc

from kg.extraction.actors import places
from kg.extraction.agreement_lexicon import cues
from kg.extraction.claimants import Voice, Voices
from kg.extraction.dates import dates
from kg.extraction.mentions import Referents
from kg.extraction.statements import statements
from kg.nlp.articles import NOT_THE_STORY, published, section_kinds
from kg.nlp.tokens import Tokens
from kg.records import Actor, DateExpression, MentionKind, TextSpan

POWERS = frozenset({"state", "de_facto_state", "armed_group", "international_organization"})
POLITICAL = frozenset(
    {
        "state",
        "de_facto_state",
        "government_body",
        "military",
        "armed_group",
        "international_organization",
        "group",
    }
)
"""Types of actors whose agreements are no private business."""

SUBORDINATORS = frozenset({"that", "which", "who", "whom", "whose", "while", "whereas", "because"})
QUOTES = frozenset({'"', "“", "”", "'", "‘", "’", "''", "``", "«", "»"})
DASHES = frozenset({"-", "–", "—", "‑"})


_ENDINGS = (
    ("", ""),
    ("s", ""),
    ("es", ""),
    ("ed", ""),
    ("d", ""),
    ("ing", ""),
    ("ing", "e"),
    ("ies", "y"),
)


class Named(NamedTuple):
    """An actor's mention in tokens, half-open."""

    start: int
    end: int
    actor: str
    kind: MentionKind


class Dated(NamedTuple):
    """A date expression in tokens, half-open."""

    start: int
    end: int
    date: DateExpression


class Page:
    """What the rules ask of a Doc; linear in its length, built as far as they ask."""

    def __init__(self, doc: Doc) -> None:
        self.doc = self.tokens_of = Tokens.of(doc)
        self.n = len(self.tokens_of)
        self.low = [t.lower_ for t in self.tokens_of]

    @cached_property
    def referents(self) -> Referents:
        """The actors and where they are mentioned."""
        return Referents.of(self.doc.spacy)

    @cached_property
    def text(self) -> str:
        """The text of the article."""
        return self.referents.text

    @cached_property
    def lemma(self) -> list[str]:
        """The lemma of each token, in lower case."""
        return [t.lemma_.lower() for t in self.tokens_of]

    @cached_property
    def pos(self) -> list[str]:
        """The part of speech of each token."""
        return [t.pos_ for t in self.tokens_of]

    @cached_property
    def tag(self) -> list[str]:
        """The fine part of speech of each token."""
        return [t.tag_ for t in self.tokens_of]

    @cached_property
    def starts(self) -> list[int]:
        """Where each token starts, in characters."""
        return [t.idx for t in self.tokens_of]

    @cached_property
    def _kinds(self) -> list[str | None]:
        return section_kinds(self.doc.spacy)

    @cached_property
    def story(self) -> list[bool]:
        """Whether each token belongs to the story."""
        return [k not in NOT_THE_STORY for k in self._kinds]

    @cached_property
    def titled(self) -> list[bool]:
        """Whether each token belongs to a headline or subhead."""
        return [k in {"headline", "subhead"} for k in self._kinds]

    @cached_property
    def published(self) -> date | None:
        """The day of publication."""
        return published(self.doc.spacy)

    @cached_property
    def _bounds(self) -> tuple[list[int], list[int]]:
        """For each token the bounds of its sentence, which a line break ends as well."""
        starts: list[int] = []
        ends: list[int] = []
        begin = 0
        opening = (
            i
            for i, token in enumerate(self.tokens_of)
            if i and (token.is_sent_start or "\n" in self.low[i - 1])
        )
        for end in (*opening, self.n):
            starts += [begin] * (end - begin)
            ends += [end] * (end - begin)
            begin = end
        return starts, ends

    @cached_property
    def sentence_start(self) -> list[int]:
        """For each token the first of its sentence."""
        return self._bounds[0]

    @cached_property
    def sentence_end(self) -> list[int]:
        """For each token one past the last of its sentence."""
        return self._bounds[1]

    @cached_property
    def lead(self) -> int:
        """Where the line break before the first paragraph of the story is."""
        body = (i for i in range(self.n) if self.story[i] and not self.titled[i])
        first = next((i for i in body if not self.tokens_of[i].is_space), 0)
        return self.text.rfind("\n", 0, self.starts[first]) if self.n else -1

    @cached_property
    def _places(self) -> dict[int, str | None]:
        """The countries of the places named, by each token of their names."""
        return {
            i: p.country
            for p in places(self.doc.spacy)
            for m in p.mentions
            for i in range(*self.tokens(m.span))
        }

    def state_at(self, i: int) -> str | None:
        """The state that the place named at a token belongs to, where the article has it."""
        country = self._places.get(i)
        return country if country in self.referents.by_id else None

    @cached_property
    def dates(self) -> list[Dated]:
        """The expressions of time, in reading order."""
        return [Dated(*self.tokens(d.span), d) for d in dates(self.doc.spacy)]

    @cached_property
    def _date_starts(self) -> list[int]:
        return [d.start for d in self.dates]

    @cached_property
    def _voices(self) -> Voices:
        return Voices(statements(self.doc.spacy))

    @cached_property
    def named_at(self) -> dict[int, list[Named]]:
        """The mentions of actors by the token that they start at, longest first."""
        table: dict[int, list[Named]] = {}
        for mention, actor in self.referents.ordered:
            start, end = self.tokens(mention.span)
            if start < end:
                table.setdefault(start, []).append(Named(start, end, actor, mention.kind))
        for found in table.values():
            found.sort(key=lambda n: (-n.end, n.actor))
        return table

    @cached_property
    def _taken(self) -> set[int]:
        found = (n for at in self.named_at.values() for n in at if n.kind != "nominal")
        return {i for n in found for i in range(n.start, n.end)}

    def taken(self, i: int) -> bool:
        """The token belongs to an actor's name or pronoun."""
        return i in self._taken

    def place_at(self, i: int) -> bool:
        """The token belongs to a place's name."""
        return i in self._places

    def tokens(self, span: TextSpan) -> tuple[int, int]:
        """The tokens that some characters touch, half-open."""
        start = bisect_right(self.starts, span.start) - 1
        return max(start, 0), bisect_left(self.starts, span.end)

    def chars(self, start: int, end: int) -> TextSpan:
        """The characters of some tokens, without white space at the ends."""
        while start < end and self.tokens_of[start].is_space:
            start += 1
        while end > start and self.tokens_of[end - 1].is_space:
            end -= 1
        if start >= end:
            return TextSpan(
                self.starts[min(start, self.n - 1)], self.starts[min(start, self.n - 1)]
            )
        last = self.tokens_of[end - 1]
        return TextSpan(self.starts[start], last.idx + len(last.text))

    def verb(self, i: int) -> str:
        """The lemma of a verb, by its ending where taggers err: in headlines, at "hoped"."""
        lemma = self.lemma[i]
        low, table = self.low[i], cues("verb")
        if not self.titled[i] and (lemma in table or self.pos[i] != "VERB"):
            return lemma
        for ending, instead in _ENDINGS:
            if low.endswith(ending) and (stem := low.removesuffix(ending) + instead) in table:
                return stem
        return lemma

    def names(self, i: int) -> list[Named]:
        """The mentions that start at a token, longest first."""
        return self.named_at.get(i, [])

    def actor(self, actor_id: str) -> Actor:
        """The record of an actor."""
        return self.referents.actor(actor_id)

    def principals(self, actor_id: str) -> tuple[str, ...]:
        """Whom an actor stands for as a party: a group for its members, a leader for the state."""
        found = dict.fromkeys(p for m in self._members(actor_id) for p in self._states(m))
        return tuple(found)

    def _members(self, actor_id: str) -> tuple[str, ...]:
        actor, known = self.actor(actor_id), self.referents.by_id
        members = tuple(m for m in actor.members if m in known)
        if not members and actor.type == "group":
            members = self._named_within(actor)
        return members or (actor_id,)

    def _named_within(self, group: Actor) -> tuple[str, ...]:
        """The powers in a group's name: "the presidents of Serbia and Kosovo"."""
        for mention in group.mentions:
            start, end = self.tokens(mention.span)
            inner = (n for k in range(start, end) for n in self.names(k) if n.end <= end)
            named = (m for n in inner if n.actor != group.id for m in self._each(n.actor))
            found = dict.fromkeys(a for a in named if self.actor(a).type in POWERS)
            if len(found) > 1:
                return tuple(found)
        return ()

    def _each(self, actor_id: str) -> tuple[str, ...]:
        """Its members, as "their presidents" names both states by a pronoun; else itself."""
        members = self.actor(actor_id).members
        return tuple(m for m in members if m in self.referents.by_id) or (actor_id,)

    def _states(self, actor_id: str) -> tuple[str, ...]:
        actor = self.actor(actor_id)
        if actor.type == "group" and actor.part_of and not actor.members:
            return (self._power_of(actor.part_of) or actor_id,)
        if actor.type == "government_body":
            return (self.power(actor_id),)
        if actor.type != "person":
            return (actor_id,)
        states = (self._power_of(role.of) for role in actor.roles)
        return (next((s for s in states if s is not None), actor_id),)

    def _power_of(self, actor_id: str) -> str | None:
        """The state or movement that a body belongs to, where the article has it as an actor."""
        here: str | None = actor_id
        for _ in range(4):  # office, ministry, government, state
            actor = self.referents.by_id.get(here or "")
            if actor is None:
                return None
            if actor.type in POWERS:
                return actor.id
            here = actor.part_of or actor.country
        return None

    def known(self, actor_id: str) -> bool:
        """The gazetteer has the actor; states that only stand behind others count as known."""
        actor = self.referents.by_id.get(actor_id)
        return actor is None or actor.known

    def power(self, actor_id: str) -> str:
        """The state that an army or a government acts for, if the article has it; else itself."""
        actor = self.actor(actor_id)
        if actor.type not in {"military", "government_body"}:
            return actor_id
        return self._power_of(actor_id) or actor_id

    def states(self, actor_ids: Iterable[str]) -> tuple[str, ...]:
        """Actors as registries name them: governments, ministries and armies by their state."""
        bodies = {"government_body", "military"}
        found = (
            self.actor(a).country or a if self.actor(a).type in bodies else a for a in actor_ids
        )
        return tuple(dict.fromkeys(found))

    def countries(self, actor_ids: Iterable[str]) -> tuple[str, ...]:
        """The actors and the states that their bodies, forces and leaders belong to."""
        found = dict.fromkeys(actor_ids)
        for actor_id in tuple(found):
            actor = self.actor(actor_id)
            if actor.country and actor.type in {"government_body", "military", "person", "state"}:
                found[actor.country] = None
        return tuple(found)

    def political(self, actors: Iterable[str]) -> bool:
        """One of the actors is a power, or a person or group that stands for one."""
        for actor_id in actors:
            actor = self.actor(actor_id)
            if actor.type in POLITICAL or (actor.type == "person" and actor.roles):
                return True
        return False

    def date_at(self, i: int) -> Dated | None:
        """The date expression that a token starts or lies in."""
        k = bisect_right(self._date_starts, i) - 1
        found = self.dates[k] if k >= 0 else None
        return found if found and found.start <= i < found.end else None

    def dates_in(self, start: int, end: int) -> list[Dated]:
        """The date expressions inside some tokens."""
        low, high = bisect_left(self._date_starts, start), bisect_left(self._date_starts, end)
        return [d for d in self.dates[low:high] if d.end <= end]

    def voice(self, span: TextSpan) -> Voice:
        """Who asserts some words: the speaker of the innermost statement around them, else the
        article.
        """
        return self._voices.at(span)

    def clause_left(self, i: int, limit: int = 24) -> int:
        """The first token of the stretch before `i` that no strong break divides from it."""
        floor = max(self.sentence_start[i], i - limit)
        k = i
        while (
            k > floor and self.low[k - 1] not in {";", ":"} and self.low[k - 1] not in SUBORDINATORS
        ):
            k -= 1
        return k
