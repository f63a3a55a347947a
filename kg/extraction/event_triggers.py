"""Which words of a Doc show an event, and of which type.

Words are read alone first, by the rows of a lexicon; then words that take their type from the event
they govern ("launch", "resume", "halt", "plan to") are put together with it; last, what stands
inside a call, promise, refusal or threat is its content and no event of its own: the outermost word
decides.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extraction import event_complements as complements
from kg.extraction import event_frames as frames
from kg.extraction.epistemic import is_guess, is_only_possible
from kg.extraction.event_conditions import Conditions, with_chain
from kg.extraction.event_lexicon import (
    NO_EVENT,
    Operator,
    Row,
    cooperative,
    harmful,
    operators,
    triggers,
    types,
    words,
)
from kg.extraction.event_people import Ids
from kg.extraction.event_prepositions import by_preposition
from kg.extraction.event_scene import Scene
from kg.extraction.event_taken import Taken
from kg.nlp import syntax
from kg.nlp.tokens import Token

AROUND = frozenset({"prevent", "fail", "possible", "unconfirmed", "unaware"})
"""Effects that change what is claimed of an event, not its type."""

NOT_OF_SPORT = frozenset({"ACCUSE", "AID", "SANCTION", "SUPPORT"})
"""Types whose words mean the same in reports about sports: "the team's visas were revoked"."""

FORCE = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
"""Types of which giving them up is a retreat."""

LONGEST = 6
"""Tokens; a light verb farther from its noun ("launched, despite … an attack") is not shown."""

DEEPEST = 12
"""Words that govern words that govern events; far more than sentences have."""


@dataclass(frozen=True)
class Trigger:
    """Words that show an event: `core` has the meaning, `top` the subject, negation and modals."""

    type: str
    top: Token
    core: Token
    row: Row
    effects: tuple[str, ...] = ()
    inner: Trigger | None = None

    @property
    def carries_out(self) -> bool:
        """The agent of the noun is that of the whole: not so in "talks were cancelled"."""
        return self.effects[:1] in {("do",), ("begin",), ("try",), ("ponder",)}

    @property
    def undergone(self) -> bool:
        """The subject is the target: "came under attack"."""
        return "undergo" in self.effects


class Finder:
    """Reads the words of a scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._read: dict[int, Trigger | None] = {}
        self._depth = 0
        self._denied = {t.i for t in scene.tokens_of if t.pos_ == "VERB" and syntax.is_negated(t)}
        self.conditions = Conditions(scene, self._arguments_of)
        self._deontic = {
            t.head.i if t.dep_ in syntax.AUXILIARY else t.i
            for t in scene.tokens_of
            if scene.low[t.i] in words("MUST") or scene.lemmas[t.i] in words("MUST_DO")
        }

    def found(self) -> list[Trigger]:
        """The triggers, outermost only, in reading order."""
        lemmas, tokens = self.scene.lemmas, self.scene.tokens_of
        places = [
            i
            for i, lemma in enumerate(lemmas)
            if (lemma in _lemmas() or i in self._deontic or i in self._denied)
            and self.scene.story[i]
        ]
        sport = self._sport()
        kept = [
            trigger
            for i in places
            if (trigger := self.reading(tokens[i])) is not None
            and not (i in sport and trigger.type not in NOT_OF_SPORT)
        ]
        taken = Taken(self.scene, self._read).by(kept)
        return [t for t in kept if t.top.i not in taken]

    def _sport(self) -> set[int]:
        """Tokens of sentences about sports, where one side meets, beats and attacks the other."""
        sure, maybe = words("SPORT"), words("GAME")
        told: dict[tuple[int, int], set[str]] = {}
        for i, lemma in enumerate(self.scene.lemmas if self.scene.words & (sure | maybe) else ()):
            if lemma in sure or lemma in maybe:
                told.setdefault(self.scene.sentence_of[i], set()).add(lemma)
        return {
            i
            for sentence, shown in told.items()
            if shown & sure or len(shown) > 1  # a "stadium" alone may hold a crowd or a camp
            for i in range(*sentence)
        }

    def shown_by(self, trigger: Trigger) -> Token:
        """The word that has the meaning; of "paid a *visit*", read as one, the noun."""
        verb = trigger.core
        effects = {o.effect for o in operators().get(("v", self.scene.lemmas[verb.i]), ())}
        if trigger.top.i == verb.i and trigger.row.asks_for_object and "do" in effects:
            for noun in frames.objects(verb):
                if verb.i < noun.i <= verb.i + LONGEST and self.reading(noun) is not None:
                    return noun
        return verb

    # ------------------------------------------------------------------ one word

    def reading(self, token: Token) -> Trigger | None:
        """What a word shows, with what it governs."""
        if token.i not in self._read and self._depth < DEEPEST:
            self._read[token.i] = None  # what governs itself through a bad parse shows nothing
            self._depth += 1
            self._read[token.i] = self._fresh(token)
            self._depth -= 1
        return self._read.get(token.i)

    def _fresh(self, token: Token) -> Trigger | None:
        obligation = self._obligation(token)
        if obligation is not None:
            return obligation
        lemma = self.scene.lemmas[token.i]
        for pos in self._parts_of_speech(token):
            rows = triggers().get((pos, lemma), ())
            row = self.conditions.first(token, rows)
            if row is None or pos == "a":
                composed = self._composed(token, pos, lemma)
                if composed is not None:
                    return composed
                row = row or next((r for r in rows if not r.conditions), None)
            if row is not None:
                return self._announced(self._alone(token, row))
        return self._unwilling(token) if token.i in self._denied else None

    def _parts_of_speech(self, token: Token) -> tuple[str, ...]:
        if token.pos_ == "ADJ" and not token.tag_.startswith("VB"):
            return ("a",)
        if self.scene.titled[token.i] and token.pos_ in {"NOUN", "PROPN", "VERB"}:
            return ("v", "n") if self.scene.is_verb(token) else ("n", "v")
        if token.tag_ == "VBN" and any(c.dep_ in syntax.COPULA for c in token.children):
            return ("a", "v")  # "is prepared to"
        if self.scene.is_verb(token):
            if token.dep_ in {"amod", "compound"} and not frames.is_swallowed(token):
                return ()
            return ("v",)
        return ("n",) if token.pos_ in {"NOUN", "PROPN"} else ()

    def _alone(self, token: Token, row: Row) -> Trigger | None:
        if row.type == NO_EVENT or self._is_of_a_thing(token):
            return None
        trigger = Trigger(row.type, token, token, row)
        if row.type in {"AGREE", "THREATEN"} and self._promises_harm(token):
            return replace(trigger, type="THREATEN")
        if row.type == "AGREE" and self._promises_nothing(token):
            return replace(trigger, type="REJECT", effects=("refuse",))
        if row.type == "AGREE" and ("a", self.scene.lemmas[token.i]) in triggers():
            return replace(trigger, effects=("intend",))
        return trigger

    def _is_of_a_thing(self, token: Token) -> bool:
        """The first part of a compound that shows no event: "*attack* drones", "*coup* leader"."""
        if token.pos_ != "NOUN" or token.dep_ not in syntax.COMPOUND or token.i > token.head.i:
            return False
        lemma = self.scene.lemmas[token.head.i]
        known = ("n", lemma) in triggers() or ("n", lemma) in operators()
        return not known and lemma not in words("HAPPENING")

    def _promises_nothing(self, token: Token) -> bool:
        """ "Vowed never to recognise …": what would be cooperation is what will not be."""
        undone = (
            self.reading(c)
            for c in complements.infinitives(self.scene, token)
            if syntax.is_negated(c) or token.doc[c.left_edge.i - 1].lower_ in {"not", "never"}
        )
        return any(t is not None and t.type in cooperative() for t in undone)

    def _promises_harm(self, token: Token) -> bool:
        """What is promised would hurt: "vowed to strike back"."""
        nouns = frames.objects(token) if self.scene.is_verb(token) else []
        done = (
            c
            for c in complements.all_of(self.scene, token)
            if not syntax.is_negated(c) and not complements.is_of_nobody(c)
        )
        inner = [self.reading(c) for c in (*done, *nouns)]
        return any(t is not None and t.type in harmful() | {"THREATEN"} for t in inner)

    # ------------------------------------------------------------------ what others must do

    def _obligation(self, token: Token) -> Trigger | None:
        """What somebody says that another must do is a call upon them: "Baku must …"."""
        scene = self.scene
        if token.i not in self._deontic or not scene.is_verb(token):
            return None
        core = token
        if {a.lower_ for a in syntax.auxiliaries(token)} & words("MUST"):
            if any(c.lower_ == "there" for c in token.children):
                return self._unwanted(token)
        else:
            infinitives = complements.infinitives(scene, token)
            if scene.lemmas[token.i] not in words("MUST_DO") or not infinitives:
                return None
            core = infinitives[0]
            if any(token.i < o.i < core.i for o in frames.objects(token)):
                return None  # "had no mandate to negotiate"
        modal = next(
            (a.lower_ for a in syntax.auxiliaries(token) if a.lower_ in words("MUST")),
            scene.lemmas[token.i],
        )
        if is_guess(scene, modal, core) or is_only_possible(token):
            return None
        subjects = frames.subjects(token)
        bearers = {a for s in subjects for a in scene.at(s)}
        if (
            not bearers
            or any(s.lower_ in {"we", "i"} for s in subjects)
            or syntax.is_negated(token)
        ):
            return None
        voice = scene.voice(scene.chars(token.i, token.i + 1))
        if voice.asserted_by in bearers or (voice.statement is None and not scene.titled[token.i]):
            return None
        return Trigger(
            "REQUEST", token, core, Row("REQUEST", (), ("subj",), "speaker"), ("oblige",)
        )

    def _unwilling(self, token: Token) -> Trigger | None:
        """What an actor says it will not do to or for another: "would *not host* their troops"."""
        modals = {a.lower_ for a in syntax.auxiliaries(token)}
        if not modals & (words("WILL") | {"would", "wo"}) or frames.is_passive(token):
            return None
        if not any(self.scene.at(t) for t in frames.subjects(token)):
            return None
        row = Row("REJECT", (), ("obj", "with", "to"), "")
        concerned = self._arguments_of(token, "tgt", row)
        return Trigger("REJECT", token, token, row, ("refuse",)) if concerned else None

    def _unwanted(self, verb: Token) -> Trigger | None:
        """ "There must be no …": a refusal."""
        nouns = [c for c in verb.children if c.dep_ in syntax.SUBJECT]
        refused = syntax.is_negated(verb) or any(
            d.lower_ == "no" for n in nouns for d in n.children
        )
        if not refused or not nouns or nouns[0].i < verb.i:
            return None
        return Trigger(
            "REJECT", verb, nouns[0], Row("REJECT", (), ("-",), "speaker"), ("oblige", "refuse")
        )

    # ------------------------------------------------------------------ words that govern events

    def _composed(self, token: Token, pos: str, lemma: str) -> Trigger | None:
        for operator in operators().get((pos, lemma), ()):
            if operator.effect in AROUND:
                continue
            inner = self._governed(token, pos, operator)
            if inner is None:
                continue
            kind = _composed_type(operator.effect, inner.type)
            return self._announced(
                Trigger(
                    kind, token, inner.core, inner.row, (operator.effect, *inner.effects), inner
                )
            )
        return None

    def _governed(self, token: Token, pos: str, operator: Operator) -> Trigger | None:
        """The event that a word governs."""
        if operator.particle and operator.particle not in frames.particles(token):
            return None
        light = operator.effect in {"do", "undergo"}
        for candidate in self._with_parts(self._candidates(token, pos, operator)):
            if candidate.i == token.i or (light and self.scene.is_verb(candidate)):
                continue
            inner = self.reading(candidate)
            if inner is not None:
                return inner
        return None

    def _candidates(self, token: Token, pos: str, operator: Operator) -> list[Token]:
        """The words by which an event may be governed, the nearest relations first."""
        scene, found = self.scene, list[Token]()
        if operator.infinitive_only:
            return complements.infinitives(scene, token)
        if pos == "v" and operator.effect != "try":
            found += with_chain(token, frames.objects(token))
        if operator.effect not in {"do", "undergo"}:
            found += complements.infinitives(scene, token) + complements.gerunds(token)
        if pos == "v" and operator.effect == "begin":
            found += frames.subjects(token)
        found += complements.prepositional_clauses(token, operator.through)
        for preposition in sorted(operator.through):
            found += by_preposition(scene, token, preposition, deep=False)
        if pos == "n":
            found += [c for c in token.children if c.dep_ in syntax.COMPOUND]
        return found

    def _with_parts(self, candidates: list[Token]) -> Iterator[Token]:
        """The words, and what they count: "two days of *war games*"."""
        for candidate in candidates:
            yield candidate
            if self.scene.lemmas[candidate.i] in words("QUANTITY"):
                for preposition in ("of", "in"):  # "$5 million *in aid*"
                    yield from by_preposition(self.scene, candidate, preposition, deep=False)

    def _announced(self, trigger: Trigger | None) -> Trigger | None:
        """What an actor says it will do is a commitment, or a threat."""
        if trigger is None or not self.scene.is_verb(trigger.top):
            return trigger
        top = trigger.top
        modals = {a.lower_ for a in syntax.auxiliaries(top)}
        if frames.is_passive(top) or self.scene.lemmas[top.i] == "continue":
            return trigger
        will = (
            modals & words("WILL")
            or complements.is_bare_infinitive(self.scene, top)
            or complements.is_arranged(top)
        )
        if not will and not (modals & words("MAY") and trigger.type in {"SUPPORT", "CONSULT"}):
            return trigger
        subjects = frames.subjects(top)
        if not any(self.scene.at(s) or s.pos_ == "PROPN" for s in subjects):
            return trigger
        if syntax.is_negated(top) and will:
            if trigger.type in cooperative():
                return replace(trigger, type="REJECT", effects=("refuse", *trigger.effects))
            return trigger
        kind = types()[trigger.type].announced
        if kind == trigger.type:
            return trigger
        return replace(trigger, type=kind, effects=("announce", *trigger.effects))

    # ------------------------------------------------------------------ arguments

    def _arguments_of(self, token: Token, which: str, row: Row) -> Ids:
        from kg.extraction.event_arguments import Arguments  # it reads triggers

        arguments = Arguments(self)
        kind = "CONSULT" if row.type == NO_EVENT else row.type  # any type without content
        trigger = Trigger(kind, token, token, row)
        found = arguments.agents(trigger) if which != "tgt" else ()
        return found or (arguments.targets(trigger, ()) if which != "agt" else ())


@functools.cache
def _lemmas() -> frozenset[str]:
    """The words that may show an event, or govern one."""
    return frozenset(lemma for table in (triggers(), operators()) for _, lemma in table)


def _composed_type(effect: str, inner: str) -> str:
    """The type of a word with this effect over an event."""
    if effect == "stop":
        if inner in FORCE:
            return "RETREAT"
        if inner in harmful() | {"THREATEN", "ACCUSE", "REQUEST", "REJECT"}:
            return "CONCEDE"
        return "SANCTION" if inner != "AGREE" else "REJECT"
    if effect == "cancel":
        if inner in FORCE:
            return "RETREAT"
        return "REJECT" if inner in cooperative() else "CONCEDE"
    return types()[inner].intended if effect == "intend" else inner
