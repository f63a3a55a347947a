"""Several actors under one word: "both sides", "the two ministers", "each other", a joint "they".

A group is made only where the text says who its members are: it joins them just before ("Peru and
Chile"), or names no others of the kind. Else there is none.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable

from kg.extraction import compose, conflict, held_offices
from kg.extraction.actor_lexicon import kinds_of_role, word_set
from kg.extraction.board import STATE_TYPES, Resolved, Step
from kg.extraction.cast import Draft
from kg.extraction.coref import COLLECTIVE
from kg.extraction.found import Found
from kg.extraction.governing import governing_subject
from kg.extraction.units import Unit
from kg.nlp import syntax
from kg.records import MentionKind

FORCES = frozenset({"armed_group", "military"})
"""Types of which two that a text joins just before "both sides" are those."""
MEDIATED = 2
"""Sentences; who mediates is called a mediator shortly after."""
MOST_BETWEEN = 4
"""Words between two joined names: "the army and the paramilitary Rapid Support Forces"."""


class Groups(Step):
    """The groups of one article."""

    def parties(self) -> tuple[str, ...]:
        """The two parties to the conflict, by all that is understood so far."""
        backing = conflict.patrons(self.view, ((r.last, r.actor) for r in self.board.resolved))
        backing |= {r.actor for r in self.board.resolved if self._mediates(r)}
        seen = [
            (self.view.sentence[r.head], r.actor)
            for r in self.board.resolved
            if r.actor not in backing
        ]
        fighting = [r for r in self.board.resolved if r.actor not in backing]
        pairs = [*self._pairs(fighting), *self._grouped()]
        between = list(self._between(self.board.resolved))
        return conflict.conflict_pair([*pairs, *between, *between], seen, self.cast)

    def _mediates(self, one: Resolved) -> bool:
        """ "Peru, which brokered the deal", "a truce mediated by Peru"."""
        behind = self.view.lower[one.last : one.last + 3]
        before = self.view.lower[max(0, one.first - 3) : one.first]
        relative = behind[:2] == [",", "which"] and behind[2] in word_set("mediating")
        by = "by" in before and not word_set("mediating").isdisjoint(before)
        return relative or by

    def _between(self, told: list[Resolved]) -> Iterable[tuple[str, str]]:
        """The pairs that something is between: who mediates or meets is joined as often."""
        for one in told:
            if "between" in self.view.lower[max(0, one.first - 2) : one.first]:
                here = [r for r in told if r.first >= one.first]
                near = [r for r in here if self.view.same_sentence(r.head, one.head)]
                yield from (p for p in self._pairs(near) if p[0] == one.actor)

    def of_parties(self, token: int, confidence: float) -> Found | None:
        """The parties, if both are known to the reader by then."""
        between = self._told_between(token) or self._joined_before(token, self._fights)
        if between is not None:
            name = "parties to the conflict"
            group = compose.group("parties", between, self.cast, name)
            return Found(group.id, "those between whom it is", confidence)
        parties = self.parties()
        before = {
            r.actor
            for r in self.board.resolved
            if r.head < token or self.view.titled(r.head) or self.view.titled(token)
        }
        if not parties or not before.issuperset(parties):
            return None
        name = "parties to the conflict"
        return Found(compose.group("parties", parties, self.cast, name).id, name, confidence)

    def told_before(self, unit: Unit) -> Found | None:
        """ "The sides": the two parties that the text told of together before."""
        if unit.head is None or unit.head.phrase != "sides" or unit.determiner != "the":
            return None
        if unit.modifiers or self.view.lower[unit.head_last : unit.head_last + 1] == ["of"]:
            return None
        found = self.context.latest(
            unit.head_first,
            lambda d: len(d.members) == 2 and all(self._acts(m) for m in d.members),
        )
        return None if found is None else Found(found, "the two told of before", 0.6)

    def _told_between(self, token: int) -> tuple[str, str] | None:
        """ "It mediated between X and Y and urged the two sides": the pair of the same sentence."""
        view = self.view
        near = [
            r for r in self.board.resolved if r.last <= token and view.same_sentence(r.head, token)
        ]
        for one in near:
            before = view.lower[max(0, one.first - 2) : one.first]
            if "between" in before:
                for pair in self._pairs(r for r in near if r.first >= one.first):
                    if pair[0] == one.actor and self._acts(pair[0]) and self._acts(pair[1]):
                        return pair
        return None

    def states(self, unit: Unit) -> Found | None:
        """ "The two countries", "both neighbours": two joined just before, else who is at odds.

        "The rivals", "the neighbours", of whom no number is told, only those joined just before.
        """
        opposed = unit.head is not None and unit.head.phrase in word_set("opposed")
        uncounted = unit.number is None and opposed and unit.determiner in ("the", "these")
        if uncounted or unit.number == 2:
            pair = self._joined_before(unit.first, self._acts if opposed else self._is_state)
            if pair is not None and self._may_be(unit, opposed):
                return self._found("group", pair, "the two joined last", 0.8)
        if unit.number is None or unit.modifiers:
            return None
        if unit.number == 2:
            parties = tuple(self.cast.country_of(p) or "" for p in self.parties())
            if len(set(parties)) == 2 and all(p in self.gazetteer.entries for p in parties):
                return self._found("group", parties, "the states at odds", 0.7)
        several = self._last_named(
            unit.first, unit.number, lambda d: d.type in STATE_TYPES, "states"
        )
        return several or self._group_before(unit.first, unit.number)

    def sides(self, unit: Unit) -> Found | None:
        """ "The three sides": so many states told of as one, else those named last."""
        if unit.number is None or unit.modifiers:
            return None
        found = self._group_before(unit.first, unit.number) or self._led_before(unit)
        return found or self._last_named(
            unit.first, unit.number, lambda d: d.type in STATE_TYPES, "states"
        )

    def _led_before(self, unit: Unit) -> Found | None:
        """The states of as many leaders as the text told of as one group."""
        for seen in self.context.before(unit.first):
            members = self.cast.actors[seen.actor].members
            states = tuple(dict.fromkeys(self.cast.country_of(m) or "" for m in members))
            if len(states) == unit.number and all(s in self.gazetteer.entries for s in states):
                return self._found("group", states, "the states of the leaders", 0.65)
        return None

    def _group_before(self, token: int, number: int) -> Found | None:
        """The one group of so many states that the text told of by then."""
        groups = {
            s.actor
            for s in self.context.before(token)
            if len(self.cast.actors[s.actor].members) == number
            and all(self._is_state(m) for m in self.cast.actors[s.actor].members)
        }
        return Found(groups.pop(), "the group told of", 0.7) if len(groups) == 1 else None

    def _may_be(self, unit: Unit, opposed: bool) -> bool:
        """What is told of them tells no others: where they lie, for foes what they are like."""
        at = range(unit.first, unit.head_first)
        told = [i for i in at if self.view.lower[i] in unit.modifiers]
        if opposed:
            others = word_set("other_modifier") | word_set("directions")
            return others.isdisjoint(self.view.lower[i] for i in told)
        return all(self.view.capital(i) for i in told)

    def rivals_of(self, unit: Unit) -> Found | None:
        """ "Sudan's rivals": the parties to a conflict within one state."""
        if unit.head is None or unit.head.phrase not in word_set("opposed"):
            return None
        found = self.of_parties(unit.head_first, 0.6)
        if found is None or len(unit.owners) != 1:
            return None
        members = self.cast.actors[found.actor].members
        inside = all(self.cast.country_of(m) == unit.owners[0] for m in members)
        return found if inside and unit.owners[0] not in members else None

    def several_persons(self, unit: Unit) -> Found | None:
        """ "The two leaders", "both presidents": a group named before, or those named last."""
        if unit.determiner not in ("the", "both", "two", "three", "these") or unit.modifiers:
            return None
        if self.view.lower[unit.head_last : unit.head_last + 1] == ["of"]:
            return None  # of whom, was not understood
        suffix = unit.head.suffix if unit.head is not None else "LEADERS"
        called = [f"{suffix.lower()}-"]
        if suffix in held_offices.LEADING_PLURALS:
            called.append("leaders-")
        found = self.context.latest(
            unit.head_first,
            lambda d: (
                d.type == "group"
                and d.id.startswith(tuple(called))
                and (unit.number is None or len(d.members) == unit.number)
            ),
        )
        if found is not None:
            return Found(found, "several persons mentioned before", 0.7)
        if unit.head is not None and unit.head.suffix == "MEDIATORS":
            return self._mediators(unit)
        if unit.number is None:
            return None
        return self._persons_named(unit) or self._persons_before(unit.first, unit.number)

    def _mediators(self, unit: Unit) -> Found | None:
        """ "Peru and Chile, which brokered it, … The two mediators": who was said to mediate."""
        here, view = self.view.sentence[unit.head_first], self.view
        near = [
            r
            for r in self.board.resolved
            if r.last <= unit.first and 0 <= here - view.sentence[r.head] <= MEDIATED
        ]
        mediating = {r.actor for r in near if self._mediates(r)}
        for one, two in reversed(self._pairs(near)):
            if one != two and self._acts(one) and self._acts(two) and mediating & {one, two}:
                return self._found("group", (one, two), "those said to mediate", 0.75)
        return None

    def _persons_before(self, token: int, number: int) -> Found | None:
        """The group of so many persons that the text told of last."""
        found = self.context.latest(
            token,
            lambda d: (
                len(d.members) == number
                and all(self.cast.actors[m].type == "person" for m in d.members)
            ),
        )
        doer = self._doer(token)
        if found is None or doer in self.cast.actors[found].members:
            return None
        return Found(found, "persons told of together before", 0.6)

    def _persons_named(self, unit: Unit) -> Found | None:
        """Those persons named last whom the noun fits."""
        assert unit.number is not None
        roles = set(held_offices.roles_of(unit.head) if unit.head is not None else ())
        roles |= {r for role in roles for r in kinds_of_role().get(role, ())}
        return self._last_named(
            unit.first,
            unit.number,
            lambda d: (
                d.type == "person"
                and d.country is not None
                and (not (d.roles or d.called) or any(r.role in roles for r in d.roles))
            ),
            "persons",
        )

    def two_of_a_kind(self, i: int) -> None:
        """Understand "the two men", "both bodies", whose noun stands at token `i`."""
        view = self.view
        definite = view.lower[i - 1] == "both" or (
            view.lower[i - 1] == "two" and view.lower[i - 2] in ("the", "these")
        )
        if i < 2 or not definite or not view.same_sentence(i - 1, i):
            return
        word = view.lower[i]
        if word in word_set("two_persons"):
            found = self._last_named(i - 1, 2, lambda d: d.type == "person", "persons")
        else:
            pair = self._joined_before(i - 1, self._is_body) or self._coordinated(i - 1)
            found = self._found("group", pair, "the two joined last", 0.7) if pair else None
        if found is not None:
            self._note(i, i + 1, found)

    def each_other(self, i: int) -> None:
        """Understand "each other", "one another" at token `i`: those whom the clause is about."""
        subject = governing_subject(self.view, i)
        if subject is None:
            return
        found = self.joint(subject, i)
        if found is None:
            actor = self.context.actor_at(subject)
            if actor is None or len(self.cast.actors[actor].members) < 2:
                return
            found = Found(actor, "reciprocal", 0.8, "pronoun")
        self._note(i, i + 2, found._replace(rule="reciprocal", kind="pronoun"))

    def joint(self, subject: int, token: int) -> Found | None:
        """The actors who together are the subject that a pronoun at `token` takes up."""
        if self._others_nearer(token):
            return None
        tokens = [subject, *(t.i for t in syntax.conjuncts(self.view.doc[subject]))]
        tokens = [*self._listed_before(tokens[0]), *tokens] if len(tokens) > 1 else tokens
        if len(tokens) < 2 or self.view.quoted[subject] != self.view.quoted[token]:
            return None
        actors = [self.context.actor_at(i) for i in tokens]
        members = tuple(dict.fromkeys(a for a in actors if a is not None))
        persons = {self.cast.actors[a].type == "person" for a in members}
        if None in actors or len(members) != len(tokens) or len(persons) != 1:
            return None
        return self._found("group", members, "those joined as subject", 0.8, "pronoun")

    def _listed_before(self, token: int) -> list[int]:
        """The actors of a list that the parse took for something beside the subject."""
        found: list[int] = []
        at = {r.last: r for r in self.board.resolved}
        ends = {r.head: r.first for r in self.board.resolved}
        while token in ends and self.view.lower[ends[token] - 1] == ",":
            before = at.get(ends[token] - 1)
            if before is None or not self._is_state(before.actor):
                break
            token = before.head
            found.insert(0, token)
        return found

    def _others_nearer(self, token: int) -> bool:
        """A pronoun belongs to what is told of several others: "voters in their state"."""
        view = self.view
        if token > 1 and view.pos[token - 1] == "ADP" and view.tag[token - 2] == "NNS":
            return token - 2 not in self.context.within
        node = view.doc[token].head
        while node.pos_ not in ("VERB", "AUX") and node.head.i != node.i:
            node = node.head
            if node.tag_ == "NNS" and node.i < token:
                return True
        return False

    def _note(self, first: int, last: int, found: Found) -> None:
        self.board.mention(
            first, last, found.actor, found.kind, found.rule, found.confidence, head=first
        )
        self.context.note(first, found.actor, name=False, tokens=range(first, last))

    def _found(
        self,
        prefix: str,
        members: tuple[str, ...],
        rule: str,
        confidence: float,
        kind: MentionKind = "nominal",
    ) -> Found:
        group = compose.group(prefix, members, self.cast, None)
        return Found(group.id, rule, confidence, kind)

    def _joined_before(self, token: int, fits: Callable[[str], bool]) -> tuple[str, str] | None:
        """The pair that the text joined last, in the sentence of a token or the one before."""
        here = self.view.sentence[token]
        near = [
            r
            for r in self.board.resolved
            if r.last <= token and here - self.view.sentence[r.head] <= 1
        ]
        for one, two in reversed(self._pairs(near)):
            if fits(one) and fits(two) and one != two:
                return one, two
        return None

    def _coordinated(self, token: int) -> tuple[str, str] | None:
        """The bodies that the parse joins over what is told of the first, shortly before.

        "The House of Representatives, which sits in the east, and the State Council".
        """
        here = self.view.sentence[token]
        at = {r.head: r.actor for r in self.board.resolved if r.last <= token}
        for head in sorted(at, reverse=True):
            if here - self.view.sentence[head] > 1:
                return None
            word = self.view.doc[head]
            first = at.get(word.head.i) if word.dep_ in syntax.CONJUNCT else None
            if first is not None and self._is_body(first) and self._is_body(at[head]):
                return first, at[head]
        return None

    def _pairs(self, resolved: Iterable[Resolved]) -> list[tuple[str, str]]:
        """Actors that the text joins by "and", one for each time that it does."""
        known = sorted(resolved, key=lambda r: r.first)
        backing = {i for r in known if self._backs(r) for i in range(r.first, r.last + 2)}
        ordered = [r for r in known if r.first not in backing]
        listed = self._ends_of_lists(ordered)
        return [
            (one.actor, two.actor)
            for one, two in itertools.pairwise(ordered)
            if self._joins(one, two, backing) and not self._acts_jointly(one.head)
            if one.first not in listed
        ]

    def _ends_of_lists(self, ordered: list[Resolved]) -> set[int]:
        """Where the last but one of three begins: "Peru, *Chile* and Bolivia" tells of no pair."""
        view = self.view
        places = ("in", "from", "at")
        return {
            two.first
            for one, two in itertools.pairwise(ordered)
            if view.lower[one.last : two.first] in ([","], [",", "the"])
            and view.lower[one.first - 1] not in places
            and {self.cast.actors[a].type for a in (one.actor, two.actor)} <= STATE_TYPES
        }

    def _backs(self, one: Resolved) -> bool:
        """ "The *Iran*-backed group": of whom something is told by a compound, no more."""
        view, k = self.view, one.last
        return view.lower[k : k + 1] in (["-"], ["–"]) and view.doc[k + 1].tag_ in ("VBN", "JJ")

    def _joins(self, one: Resolved, two: Resolved, backing: set[int]) -> bool:
        """Between two names stands "and", with no more behind it than article, modifiers and who
        is backing the second.
        """
        view, last, first = self.view, one.last, two.first
        if first <= last or not view.same_sentence(last, first):
            return False
        if not 0 < sum(i not in backing for i in range(last, first)) <= MOST_BETWEEN:
            return False
        k = last + (view.lower[last] == ",")
        if view.lower[k] not in ("and", "&"):
            return False
        k += 1 + (view.lower[k + 1] in ("the", "its"))
        told = (i for i in range(k, first) if i not in backing)
        plain = (view.pos[i] in ("ADJ", "NOUN") and not view.capital(i) for i in told)
        return k <= first and all(plain)

    def _acts_jointly(self, head: int) -> bool:
        """A subject whose verb tells that several do one thing to others: "both called for"."""
        token = self.view.doc[head]
        return token.dep_ in syntax.SUBJECT and token.head.lemma_.lower() in word_set("joint")

    def _grouped(self) -> list[tuple[str, str]]:
        """The members of groups of two, one pair for each mention of the group."""
        return [
            (draft.members[0], draft.members[1])
            for draft in self.cast.actors.values()
            if len(draft.members) == 2 and draft.type == "group"
            for _ in draft.mentions
        ]

    def _last_named(
        self, token: int, number: int, fits: Callable[[Draft], bool], what: str
    ) -> Found | None:
        """The group of as many actors as a phrase counts, if just those were named before it."""
        last: dict[str, None] = {}
        here = self.view.sentence[token]
        doer = self._doer(token) if what == "persons" else None
        fitting = [
            s
            for s in self.context.before(token, sentences=2)
            if s.actor != doer and fits(self.cast.actors[s.actor])
        ]
        for back in range(3):
            last |= {s.actor: None for s in fitting if here - s.sentence == back}
            if len(last) >= number:
                break
        if len(last) != number:
            return None
        return self._found("group", tuple(last), f"the {what} named last", 0.7)

    def _doer(self, token: int) -> str | None:
        """Who does something to those of whom a word tells, and is none of them."""
        noun = self.view.doc[token]
        while noun.pos_ not in ("NOUN", "PROPN") and noun.head.i != noun.i:
            noun = noun.head
        verb = noun.head
        while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
            verb = verb.head
        subject = None if noun.dep_ in syntax.SUBJECT else syntax.governing_subject(verb)
        return None if subject is None else self.context.actor_at(subject.i)

    def _is_state(self, actor: str) -> bool:
        return self.cast.actors[actor].type in STATE_TYPES

    def _acts(self, actor: str) -> bool:
        return self.cast.actors[actor].type in conflict.PARTY_TYPES

    def _fights(self, actor: str) -> bool:
        return self.cast.actors[actor].type in FORCES

    def _is_body(self, actor: str) -> bool:
        return self.cast.actors[actor].type in COLLECTIVE - STATE_TYPES
