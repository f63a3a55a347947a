"""Who is meant by words that name nobody: pronouns, bare titles, "the ministry", "both sides".

Mentions are gone through in reading order; among those that agree in number, gender and kind, the
subject of the same sentence is preferred, then the subjects just before, then the nearest mention.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from kg.extraction.actor_lexicon import kinds_of_role, titles, word_set
from kg.extraction.cast import Cast, Draft
from kg.extraction.gazetteer import View
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


Kind = Literal["person", "thing", "several"]


class Seen(NamedTuple):
    """A mention that has been understood: where, whose, and whether it is a subject."""

    token: int
    sentence: int
    actor: str
    subject: bool
    name: bool


class Referent(NamedTuple):
    """Whom a pronoun most likely takes up, and how surely."""

    actor: str
    confidence: float


@dataclass
class Context:
    """What was mentioned so far, in reading order."""

    view: View
    cast: Cast
    seen: list[Seen] = field(default_factory=list)
    within: dict[int, int] = field(default_factory=dict)
    """For the tokens of mentions, the token that heads them."""
    named: dict[int, str] = field(default_factory=dict)
    """Who is named at a token, wherever in the article."""

    def note(self, token: int, actor: str, *, name: bool, tokens: Iterable[int] = ()) -> None:
        """Add a mention headed by a token, and made of `tokens`."""
        subject = self.view.doc[token].dep_ in syntax.SUBJECT
        self.seen.append(Seen(token, self.view.sentence[token], actor, subject, name))
        for i in (token, *tokens):
            self.within.setdefault(i, token)

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

    def salient(
        self, token: int, fits: Callable[[Draft], bool], kind: Kind = "several"
    ) -> Referent | None:
        """The actor that a pronoun most likely takes up.

        Nobody, if its clause is about another person or thing (`kind`) of whom nothing is known.
        """
        here = self.view.sentence[token]
        speakers = self._speakers(token)
        candidates = [
            s
            for s in self.before(token, sentences=FURTHEST)
            if fits(self.draft(s.actor)) and s.actor not in speakers and not self._told(s)
        ]
        if not candidates:
            return None
        same = [s for s in candidates if s.sentence == here]
        governed = _governing_subject(self.view, token)
        if governed is not None:
            for wanted in self._called(governed):
                for seen in same:
                    if seen.token == wanted:
                        return Referent(seen.actor, 0.9)
            if self._unknown(governed, kind) or (kind == "several" and self._joined(governed)):
                return None
        return _nearest_subject(same, 0.8) or _nearest_subject(candidates, 0.7)

    def nearest(self, token: int, fits: Callable[[Draft], bool], kind: Kind) -> Referent | None:
        """The actor a pronoun most likely takes up: of the last sentence that has one that fits,
        the subject or the only one.
        """
        found = self.salient(token, fits, kind)
        if found is None or found.confidence > 0.8:
            return found
        here = self.view.sentence[token]
        speakers = self._speakers(token)
        candidates = [
            s
            for s in self.before(token, sentences=FURTHEST)
            if fits(self.draft(s.actor)) and s.actor not in speakers
        ]
        for _, group in itertools.groupby(candidates, key=lambda s: s.sentence):
            one = list(group)
            subjects = [s for s in one if s.subject]
            if subjects or len({s.actor for s in one}) == 1:
                sure = 0.8 if one[0].sentence == here else 0.7
                return Referent((subjects or one)[0].actor, sure if subjects else sure - 0.1)
        return found

    def _called(self, subject: int) -> Iterator[int]:
        """The tokens of mentions that a subject may be understood by: its own, what stands beside
        it, whose it is.
        """
        token = self.view.doc[subject]
        owner = syntax.possessor(token)
        yield self.within.get(subject, subject)
        for beside in syntax.appositions(token):
            yield self.within.get(beside.i, beside.i)
        if owner is not None and subject not in self.within:
            yield self.within.get(owner.i, owner.i)

    def _joined(self, subject: int) -> bool:
        """Several together are the subject, so that "they" means just these."""
        return bool(syntax.conjuncts(self.view.doc[subject]))

    def _unknown(self, subject: int, kind: Kind) -> bool:
        """The subject is one thing or person that is no mention: a pronoun there means it."""
        if subject in self.within or self.view.tag[subject] not in ("NN", "NNP"):
            return False
        noun = "person" if self.view.lower[subject] in titles().entries else "thing"
        if noun != kind:
            return False
        beside = syntax.appositions(self.view.doc[subject])
        return not any(b.i in self.within for b in beside)

    def _speakers(self, token: int) -> set[str]:
        """Those outside a quotation whose words the pronoun is part of: "he" is another."""
        quoted = self.view.quoted
        if not quoted[token]:
            return set()
        near = self.before(token, sentences=0)
        found = {s.actor for s in near if s.subject and not quoted[s.token]}
        node = self.view.doc[token]
        while quoted[node.i] and node.head.i != node.i:
            node = node.head
        subject = syntax.subject(node)
        if subject is not None and subject.i in self.named:
            found.add(self.named[subject.i])
        return found

    def _told(self, seen: Seen) -> bool:
        """A paper or agency that is only told something: nobody goes on about it."""
        return not seen.subject and self.draft(seen.actor).type == "media"


def _nearest_subject(seen: list[Seen], confidence: float) -> Referent | None:
    """The subject mentioned last, else the last mention, less surely."""
    subjects = [s for s in seen if s.subject]
    if subjects:
        return Referent(subjects[0].actor, confidence)
    return Referent(seen[0].actor, confidence - 0.15) if seen else None


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
        found = context.nearest(
            token, lambda d: d.type == "person" and d.gender in (gender, None), "person"
        )
        quoted = context.view.quoted[token]
        if quoted and found and _others_between(context, token, found.actor, _is_person):
            return None
        if found is not None and found.confidence >= 0.7:
            context.draft(found.actor).gender = gender
        return _ruled(found, "pronoun: person")
    if word in IT:
        if word != "its" and not _refers(context.view, token):
            return None
        found = context.salient(token, lambda d: d.type in COLLECTIVE, "thing")
        passive = context.view.doc[token].dep_ in syntax.PASSIVE_SUBJECT
        unsure = passive or context.view.quoted[token]
        if unsure and found is not None and found.confidence < 0.8:
            return None  # what is done to "it", and what a speaker calls so, is mostly a thing
        return _ruled(found, "pronoun: body")
    if word in THEY:
        found = context.nearest(token, lambda d: d.plural, "several")
        if word in ("they", "them") and found is not None and found.confidence < 0.7:
            return None
        if found is not None and _others_between(context, token, found.actor, _is_plural):
            return None
        return _ruled(found, "pronoun: several")
    return None


def _is_plural(view: View, i: int) -> bool:
    return view.tag[i] == "NNS"


def _is_person(view: View, i: int) -> bool:
    return view.tag[i] == "NN" and view.lower[i] in titles().entries


def _others_between(
    context: Context, token: int, actor: str, fits: Callable[[View, int], bool]
) -> bool:
    """After the last mention of an actor others do something who are no mention: "residents"."""
    view = context.view
    last = next((s.token for s in context.before(token) if s.actor == actor), token)
    return any(
        fits(view, i) and i not in context.within and view.doc[i].dep_ in syntax.SUBJECT
        for i in range(last + 1, token)
    )


def _ruled(found: Referent | None, rule: str) -> tuple[str, str, float] | None:
    return (found.actor, rule, found.confidence) if found else None


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
    of_owner = general | (SENT if role in SENDABLE else frozenset())

    def fits(draft: Draft) -> bool:
        if draft.type != "person" or (gender and draft.gender and draft.gender != gender):
            return False
        held = any(r.role == role or r.role in general for r in draft.roles)
        called = not general.isdisjoint(draft.called)
        if owner is None and country is None:
            return held or called
        if any(_belongs(context, r.of, owner) and r.role in of_owner for r in draft.roles):
            return True
        wanted = country or (context.cast.country_of(owner) if owner else None)
        same_state = draft.country == wanted is not None
        fitting = role in kinds_of_role() or country is not None
        return same_state and (held or called) and fitting

    return context.latest(token, fits)


SENDABLE = frozenset({"envoy", "diplomat", "official", "representative"})
SENT = frozenset({"leader", "head", "commander", "chair"})
"""Roles in a mission by which its organisation's envoy or official is known as well."""


def _belongs(context: Context, body: str, owner: str | None) -> bool:
    draft = context.cast.actors.get(body)
    return body == owner or (draft is not None and draft.part_of == owner is not None)


def stateless(context: Context, token: int, role: str, gender: str | None) -> str | None:
    """The one person of the last sentences of whom no country is told: "the Italian general".

    A title that only ranks takes up who was called so; a general one ("diplomat") anybody.
    """
    general = kinds_of_role().get(role)
    if general is None:
        return None
    found = set()
    for seen in context.before(token, sentences=STATELESS_REACH):
        draft = context.draft(seen.actor)
        if context.view.quoted[seen.token] and not context.view.quoted[token]:
            continue
        if draft.type != "person" or draft.country is not None or draft.known:
            continue
        if gender and draft.gender and draft.gender != gender:
            continue
        if not general.isdisjoint(draft.called) or (role in SENDABLE and seen.subject):
            found.add(seen.actor)
    return found.pop() if len(found) == 1 else None


STATELESS_REACH = 3
"""Sentences; a phrase that adds a nationality stands close behind the name."""


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
        return _two_states(sentences.values(), cast)
    return max(ranked, key=lambda pair: (ranked[pair], *_likely(pair, mentions, cast)))


def _likely(pair: tuple[str, str], mentions: Counter[str], cast: Cast) -> tuple[bool, int]:
    """What decides between pairs told of alike: a conflict within one state, then how often."""
    one, two = (cast.actors[i].country for i in pair)
    return one == two is not None, sum(mentions[i] for i in pair)


def _two_states(sentences: Iterable[list[str]], cast: Cast) -> tuple[str, ...]:
    """The two states told of most, if they meet in two sentences and no third comes near."""
    states = [sorted({i for i in s if cast.actors[i].type in STATES}) for s in sentences]
    told = Counter(i for found in states for i in found).most_common(3)
    if len(told) < 2 or (len(told) == 3 and 2 * told[2][1] > told[1][1]):
        return ()
    pair = tuple(sorted((told[0][0], told[1][0])))
    together = sum(set(pair) <= set(found) for found in states)
    return pair if together >= TOGETHER else ()


STATES = frozenset({"state", "de_facto_state"})
TOGETHER = 2
"""Sentences; two states that meet but once are not at odds in the article as a whole."""


BACKED = frozenset({"backed", "allied", "aligned", "sponsored", "funded", "armed", "supported"})
"""What binds a state to a group as its patron: "Iran-backed"."""


def patrons(view: View, mentions: Iterable[tuple[int, str]]) -> set[str]:
    """The actors said to back others, of mentions with the token where they end."""
    return {
        actor
        for end, actor in mentions
        if view.lower[end : end + 1] in (["-"], ["–"])
        and BACKED.intersection(view.lower[end + 1 : end + 2])
    }


def _fights(one: Draft, two: Draft) -> bool:
    """One is an armed group and the other no mere name of its country ("Lebanon's Hezbollah")."""
    types = {one.type, two.type}
    return "armed_group" in types and not ("state" in types and one.country == two.country)


def _opponents(one: Draft, two: Draft) -> bool:
    if one.id == two.id or not {one.type, two.type} <= PARTY_TYPES:
        return False
    armed = "armed_group" in (one.type, two.type)
    return armed or one.country != two.country
