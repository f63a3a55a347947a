"""Who is meant by words that name nobody: pronouns, bare titles, "the ministry", "both sides".

Mentions are gone through in reading order; among those that agree in number, gender and kind, the
subject of the same sentence is preferred, then the subjects just before, then the nearest mention.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.extract.actor_lexicon import kinds_of_role, word_set
from kg.extract.cast import Cast, Draft
from kg.extract.gazetteer import View
from kg.nlp import syntax

FURTHEST = 6
"""Sentences; what was last mentioned earlier is not taken up by a pronoun."""

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
COLLECTIVE = frozenset(
    {"state", "de_facto_state", "government_body", "international_organization"}
) | {
    "organization",
    "military",
    "armed_group",
    "media",
    "peacekeepers",
}
PARTY_TYPES = frozenset({"state", "de_facto_state", "armed_group", "military", "government_body"})


class Seen(NamedTuple):
    """A mention that has been understood: where, whose, and whether it is a subject."""

    token: int
    sentence: int
    actor: str
    subject: bool
    name: bool


@dataclass
class Context:
    """What was mentioned so far, in reading order."""

    view: View
    cast: Cast
    seen: list[Seen] = field(default_factory=list)

    def note(self, token: int, actor: str, *, name: bool) -> None:
        """Add a mention headed by a token."""
        subject = self.view.doc[token].dep_ in syntax.SUBJECT
        self.seen.append(Seen(token, self.view.sentence[token], actor, subject, name))

    def draft(self, actor: str) -> Draft:
        """The actor of a mention."""
        return self.cast.actors[actor]

    def before(self, token: int, *, sentences: int = 1 << 30) -> Iterator[Seen]:
        """Mentions before a token, nearest first, at most so many sentences back."""
        oldest = self.view.sentence[token] - sentences
        for seen in reversed(self.seen):
            if seen.token < token:
                if seen.sentence < oldest:
                    return
                yield seen

    def latest(
        self, token: int, fits: Callable[[Draft], bool], *, sentences: int = 1 << 30
    ) -> str | None:
        """The fitting actor mentioned last before a token; for a headline, else first after."""
        for seen in self.before(token, sentences=sentences):
            if fits(self.draft(seen.actor)):
                return seen.actor
        if self.view.titled(token):
            for seen in self.seen:
                if seen.token > token and fits(self.draft(seen.actor)):
                    return seen.actor
        return None

    def salient(self, token: int, fits: Callable[[Draft], bool]) -> tuple[str, float] | None:
        """The actor a pronoun most likely takes up, and how surely."""
        here = self.view.sentence[token]
        candidates = [
            s for s in self.before(token, sentences=FURTHEST) if fits(self.draft(s.actor))
        ]
        if not candidates:
            return None
        same = [s for s in candidates if s.sentence == here]
        governed = _governing_subject(self.view, token)
        if governed is not None:
            owner = syntax.possessor(self.view.doc[governed])
            for wanted in (governed, owner.i if owner is not None else governed):
                for seen in same:
                    if seen.token == wanted:
                        return seen.actor, 0.9
        for group, sure in ((same, 0.8), (candidates, 0.7)):
            subjects = [s for s in group if s.subject]
            if subjects:
                return subjects[0].actor, sure
            if group:
                return group[0].actor, sure - 0.15
        return None


def _governing_subject(view: View, token: int) -> int | None:
    """The subject of the clause that a pronoun stands in, or of the clause above it."""
    node = view.doc[token]
    for _ in range(8):
        if node.pos_ in ("VERB", "AUX"):
            subject = syntax.subject(node)
            if subject is not None and subject.i < token:
                return subject.i
        if node.head.i == node.i:
            return None
        node = node.head
    return None


def pronoun(context: Context, token: int) -> tuple[str, str, float] | None:
    """The actor of a third-person pronoun, the rule and how surely."""
    word = context.view.lower[token]
    if word in HE or word in SHE:
        gender = "m" if word in HE else "f"
        return _ruled(
            context.salient(token, lambda d: d.type == "person" and d.gender in (gender, None)),
            "pronoun: person",
        )
    if word in IT:
        if word != "its" and not _refers(context.view, token):
            return None
        return _ruled(context.salient(token, lambda d: d.type in COLLECTIVE), "pronoun: body")
    if word in THEY:
        found = context.salient(token, lambda d: d.plural)
        if word in ("they", "them") and found is not None and found[1] < 0.7:
            return None
        return _ruled(found, "pronoun: several")
    return None


def _ruled(found: tuple[str, float] | None, rule: str) -> tuple[str, str, float] | None:
    return (found[0], rule, found[1]) if found else None


def _refers(view: View, token: int) -> bool:
    """ "It" is no placeholder ("it is clear that", "it rains", "it is said")."""
    node = view.doc[token]
    if node.dep_ in syntax.EXPLETIVE:
        return node.head.lower_ in word_set("disposed")
    if node.dep_ not in syntax.SUBJECT:
        return False  # what is done to "it" is mostly a thing
    verb = node.head
    if any(syntax.children(verb, syntax.COPULA)):
        return verb.lower_ in word_set("disposed")
    if verb.pos_ != "VERB":
        return False
    return verb.lemma_.lower() not in (
        word_set("impersonal_passive") if syntax.is_passive(verb) else word_set("impersonal")
    )


"""Adjectives that tell of somebody, so that "it was ready" has a referent."""


def by_title(
    context: Context,
    token: int,
    role: str,
    owner: str | None,
    gender: str | None,
    country: str | None = None,
) -> str | None:
    """The person last mentioned who has a role, of an owner or country where one is named."""
    general = kinds_of_role().get(role, frozenset({role}))

    def fits(draft: Draft) -> bool:
        if draft.type != "person" or (gender and draft.gender and draft.gender != gender):
            return False
        held = [r for r in draft.roles if r.role == role] or [
            r for r in draft.roles if r.role in general
        ]
        if owner is None and country is None:
            return bool(held)
        if any(r.of == owner for r in held):
            return True
        wanted = country or (context.cast.country_of(owner) if owner else None)
        same_state = draft.country == wanted is not None
        return same_state and bool(held) and (role in kinds_of_role() or country is not None)

    return context.latest(token, fits)


def conflict_pair(
    coordinated: Iterable[tuple[str, str]], seen: Iterable[tuple[int, str]], cast: Cast
) -> tuple[str, ...]:
    """The two opponents that the article names together most often, as far as it tells.

    `coordinated` are pairs that the text joins ("Armenia and Azerbaijan"); `seen` are mentions with
    their sentence, by which an armed group is paired with whom it is told of.
    """
    sentences: dict[int, list[str]] = {}
    mentions: Counter[str] = Counter()
    for number, actor in seen:
        mentions[actor] += 1
        if cast.actors[actor].type in PARTY_TYPES:
            sentences.setdefault(number, []).append(actor)
    counted: Counter[tuple[str, str]] = Counter()
    for one, two in coordinated:
        if _opponents(cast.actors[one], cast.actors[two]):
            counted[(min(one, two), max(one, two))] += 3  # as good as three sentences in common
    for actors in sentences.values():
        for one, two in itertools.combinations(sorted(set(actors)), 2):
            armed = _fights(cast.actors[one], cast.actors[two])
            if ((one, two) in counted or armed) and _opponents(cast.actors[one], cast.actors[two]):
                counted[(one, two)] += 1
    often = {pair: n for pair, n in counted.items() if min(mentions[i] for i in pair) > 1}
    ranked = often or counted
    if not ranked:
        return ()
    most = max(ranked.values())
    return next(pair for pair, n in ranked.items() if n == most)


def _fights(one: Draft, two: Draft) -> bool:
    """One is an armed group and the other no mere name of its country ("Lebanon's Hezbollah")."""
    types = {one.type, two.type}
    return "armed_group" in types and not ("state" in types and one.country == two.country)


def _opponents(one: Draft, two: Draft) -> bool:
    if one.id == two.id or not {one.type, two.type} <= PARTY_TYPES:
        return False
    armed = "armed_group" in (one.type, two.type)
    return armed or one.country != two.country
