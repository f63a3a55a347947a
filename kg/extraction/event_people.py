"""Who is meant by a noun that takes part in an event: itself, its owner, or whom an event names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from kg.extraction import event_frames as frames
from kg.extraction.event_lexicon import either, types, words
from kg.extraction.event_prepositions import by_preposition
from kg.nlp import syntax
from kg.nlp.tokens import Token

if TYPE_CHECKING:
    from kg.extraction.event_scene import Scene
    from kg.extraction.event_triggers import Trigger

Ids = tuple[str, ...]

NOT_OF_STATES = frozenset({"PROTEST"})
"""Types at which a place does not stand for its state, as what is hit, helped or visited does."""

JUDGED = frozenset({"ACCUSE", "REJECT", "SUPPORT"})
"""Types that are directed at whoever makes a move."""

STRUCK = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION"})
"""Types that are directed at whom they hit, not at who stands behind them."""

OWN_BODIES = frozenset(
    {
        *("party", "list", "committee", "union", "federation", "association", "club", "league"),
        *("alliance", "coalition", "movement", "church", "company", "firm", "group"),
    }
)
"""Bodies within a nation that do not act for it."""

DEEPEST = 3
"""Nouns on the way to an actor: "part of the houses of residents of Aden"."""


def each(groups: Iterable[Ids]) -> Ids:
    """The actors of some groups, each once."""
    return tuple(dict.fromkeys(a for group in groups for a in group))


class People:
    """Finds the actors behind nouns in one scene; `reading` tells which nouns are events."""

    def __init__(self, scene: Scene, reading: Callable[[Token], Trigger | None]) -> None:
        self.scene = scene
        self.reading = reading

    def agents(self, nouns: Iterable[Token]) -> Ids:
        """The actors that some nouns name as acting; of an event, who does it."""
        return self._all(nouns, lambda noun: self._acting(noun, DEEPEST))

    def targets(self, nouns: Iterable[Token], kind: str = "") -> Ids:
        """The actors that some nouns name as what an event of a type is done to."""
        return self._all(nouns, lambda noun: self._undergoing(noun, kind, DEEPEST))

    def _all(self, nouns: Iterable[Token], who: Callable[[Token], Ids]) -> Ids:
        # "with two abstentions (Chad, Mali)": those named take no part
        named = [n for n in nouns if self.scene.lemmas[n.i] not in words("BALLOTS")]
        if not named:
            return ()
        return self.scene.members(each([who(n) for noun in named for n in self._listed(noun)]))

    def _listed(self, noun: Token) -> list[Token]:
        """The noun with those coordinated, also where the parse misses it."""
        found = self.scene.listed.get(noun.i)
        if found is None:
            found = self.scene.listed[noun.i] = list(self._coordinated(noun))
        return found

    def _coordinated(self, noun: Token) -> Iterator[Token]:
        for one in frames.with_conjuncts(noun):
            yield from self.scene.listed_before(one) if not frames.does_what_follows(one) else ()
            yield one
            for name in one.children if not self.scene.marked(one) else ():
                if name.dep_ in syntax.APPOSITION:  # "old foes *A and B*"
                    yield from frames.with_conjuncts(name)[1:]

    def _acting(self, noun: Token, depth: int) -> Ids:
        scene, lemma = self.scene, self.scene.lemmas[noun.i]
        if found := scene.at(noun):
            return found
        if not depth:
            return ()
        if frames.does_what_follows(noun):
            return scene.state_of(noun)  # a capital that no other word shows to act
        event = self._event(noun)
        if event is not None:
            return self.of_event(event, noun)
        owner = syntax.possessor(noun)
        if owner is not None and lemma in either("RIVALS", "OUTSIDERS"):
            return ()  # "Chad's warring factions", "Chad's creditors" are not Chad
        if owner is not None and (found := self._acting(owner, depth - 1)):
            return found
        if found := scene.before(noun):
            return found if lemma not in words("RIVALS") and not self._is_body(noun) else ()
        if found := self._authority(noun) or self._linked(noun, depth):
            return found
        if lemma in either("SHOTS", "ARMS") and (found := self._by_phrase(noun)):
            return found  # "a missile *fired by Chad* hit …"
        fighters = lemma in either("CITIZENS", "TROOPS")
        if not fighters and lemma not in either("QUANTITY", "ENVOY"):
            return ()
        through = ("of", "from", "in") if fighters else ("of", "from")
        return self._through(noun, through, lambda n: self._acting(n, depth - 1))

    def _is_body(self, noun: Token) -> bool:
        """ "The Serbian *List*", "the Kurdish *party*": nobody known, but not its nation."""
        named = noun.pos_ == "PROPN" and noun.text[:1].isupper() and not self.scene.titled[noun.i]
        return named or self.scene.lemmas[noun.i] in OWN_BODIES

    def _authority(self, noun: Token) -> Ids:
        """ "Prosecutors in *Madrid*", "the junta in *Niamey*": they act for the state."""
        if self.scene.lemmas[noun.i] not in words("AUTHORITIES"):
            return ()
        return self._through(noun, ("of", "in"), self.scene.state_of)

    def _linked(self, noun: Token, depth: int) -> Ids:
        """ "Hackers linked to *Pyongyang*", "militants loyal to *the Islamic State*"."""
        if self.scene.lemmas[noun.i] not in either("FIGHTERS", "TROOPS"):
            return ()
        for child in noun.children:
            if child.i > noun.i and self.scene.lemmas[child.i] in words("LINKED"):
                for preposition in ("to", "with"):
                    nouns = by_preposition(self.scene, child, preposition)
                    if found := each(
                        self._acting(n, depth - 1) or self.scene.state_of(n) for n in nouns
                    ):
                        return found
        return ()

    def _undergoing(self, noun: Token, kind: str, depth: int) -> Ids:
        scene, lemma = self.scene, self.scene.lemmas[noun.i]
        if found := scene.at(noun):
            return found
        if depth and self._event(noun) is not None:
            return ()
        if kind in JUDGED and self._is_move(noun):  # "left, *a move* that they condemned"
            return self.agents(frames.subjects(noun.head))
        if kind and kind not in NOT_OF_STATES and (found := scene.state_of(noun)):
            return found
        if not depth:
            return ()
        if lemma in words("BORDER") and (found := self._beyond(noun, kind, depth)):
            return found
        owner = syntax.possessor(noun)
        if owner is not None and (found := self._undergoing(owner, kind, depth - 1)):
            return found
        # "attacked rebels *trained by Chad*" is no attack on Chad, "a base *run by Chad*" is
        by = self._by_phrase(noun) if kind not in STRUCK else self._held_by(noun)
        if found := scene.before(noun) or by or self._authority(noun):
            return found
        posted = lemma in words("DIPLOMATS")  # "diplomats *at the embassy of Chad*"
        through = ("of", "from", "in", *(["at"] if posted else []))
        return self._through(noun, through, lambda n: self._undergoing(n, kind, depth - 1))

    def _is_move(self, noun: Token) -> bool:
        """A noun that takes up what a clause has told."""
        beside = noun.dep_ in syntax.APPOSITION | syntax.SPEECH_PARATAXIS
        return beside and noun.head.pos_ == "VERB" and self.scene.lemmas[noun.i] in words("MOVES")

    def _beyond(self, noun: Token, kind: str, depth: int) -> Ids:
        """Who lives across the border: "its border with *Chad*"."""
        return self._through(noun, ("with",), lambda n: self._undergoing(n, kind, depth - 1))

    def _through(
        self, noun: Token, prepositions: Iterable[str], who: Callable[[Token], Ids]
    ) -> Ids:
        for preposition in prepositions:
            nouns = by_preposition(self.scene, noun, preposition)
            found = each(who(n) for m in nouns for n in frames.with_conjuncts(m))
            if found:
                return found
        return ()

    def _event(self, noun: Token) -> Trigger | None:
        """The event that a noun shows by itself."""
        event = self.reading(noun) if noun.pos_ == "NOUN" else None
        return event if event is not None and event.core.i == noun.i else None

    # ------------------------------------------------------------------ agents of nouns

    def after(self, token: Token, *prepositions: str) -> Ids:
        """The acting ones after the first of some prepositions that has any."""
        for preposition in prepositions:
            found = self.agents(by_preposition(self.scene, token, preposition))
            if found:
                return found
        return ()

    def of_event(self, trigger: Trigger, noun: Token) -> Ids:
        """The agent that a noun shows: "X's attack", "attack by X", "Russian strikes"."""
        target = trigger.row.target or types()[trigger.type].noun_target
        owner = syntax.possessor(noun)
        found = self.agents([owner]) if owner is not None and "poss" not in target else ()
        found = found or self._by_phrase(noun) or self.scene.before(noun)
        found = found or self.after(noun, "between")
        for preposition in ("of", "from"):
            if not found and preposition not in target:
                nouns = by_preposition(self.scene, noun, preposition, deep=False)
                found = self.agents(nouns)
        return found

    def _held_by(self, noun: Token) -> Ids:
        """ "Protests *by* …", "a base *run by Chad*", "ships *owned by* …"."""
        if found := self.after(noun, "by"):
            return found
        for child in noun.children:
            held = self.scene.lemmas[child.i] in words("HOLDING")
            if held and child.dep_ in syntax.ADNOMINAL_CLAUSE and frames.is_passive(child):
                return self.after(child, "by")
        return ()

    def _by_phrase(self, noun: Token) -> Ids:
        """ "An attack by X", "an operation carried out by X", "the fact of recognition by X"."""
        if found := self.after(noun, "by"):
            return found
        for child in noun.children:
            if child.dep_ in syntax.ADNOMINAL_CLAUSE and frames.is_passive(child):
                return self.after(child, "by")
        if noun.dep_ in syntax.NOUN_OBLIQUE and noun.head.pos_ == "NOUN":
            above = (o for o in syntax.obliques(noun.head) if o.preposition == "by")
            return self.agents(o.noun for o in above if o.noun.i > noun.i)
        # "strikes on X by Y": parses hang Y on X
        below = (o.noun for o in syntax.obliques(noun) if self._event(o.noun) is None)
        return next((found for n in below if (found := self.after(n, "by"))), ())
