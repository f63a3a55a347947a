"""Which words of a Doc show an event, and of which type.

Words are read alone first, by the rows of a lexicon; then words that take their type from the event
they govern ("launch", "resume", "halt", "plan to") are put together with it; last, what stands
inside a call, promise, refusal or threat is its content and no event of its own: the outermost word
decides.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.extraction import event_frames as frames
from kg.extraction.event_lexicon import (
    NO_EVENT,
    Condition,
    Operator,
    Row,
    Slot,
    cooperative,
    harmful,
    operators,
    triggers,
    types,
    words,
)
from kg.extraction.event_scene import ACTOR, Scene
from kg.nlp import syntax

AROUND = frozenset({"prevent", "fail", "possible", "unconfirmed", "unaware"})
"""Effects that change what is claimed of an event, not its type."""

NOT_OF_SPORT = frozenset({"ACCUSE", "AID", "SANCTION", "SUPPORT"})
"""Types whose words mean the same in reports about sports: "the team's visas were revoked"."""

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
        return self.effects[:1] in {("do",), ("begin",), ("try",)}

    @property
    def undergone(self) -> bool:
        """The subject is the target: "came under attack"."""
        return "undergo" in self.effects


class Finder:
    """Reads the words of a scene; asks for arguments through `has_argument`."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._read: dict[int, Trigger | None] = {}
        self._depth = 0
        self._triggered: Counter[int] = Counter()
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
            if (lemma in _lemmas() or i in self._deontic) and self.scene.story[i]
        ]
        sport = self._sport()
        kept = [
            trigger
            for i in places
            if (trigger := self.reading(tokens[i])) is not None
            and not (i in sport and trigger.type not in NOT_OF_SPORT)
        ]
        for trigger in kept:
            self._triggered[self.scene.sentence_of[trigger.top.i][0]] += 1
        inside: set[int] = set()
        for trigger in kept:
            inside |= self._inside(trigger)
        return [t for t in kept if t.top.i not in inside]

    def _sport(self) -> set[int]:
        """Tokens of sentences about sports, where one side meets, beats and attacks the other."""
        sport = words("SPORT")
        found: set[int] = set()
        for i, lemma in enumerate(self.scene.lemmas if self.scene.words & sport else ()):
            if lemma in sport:
                found.update(range(*self.scene.sentence_of[i]))
        return found

    def _inside(self, trigger: Trigger) -> set[int]:
        """Words that are no events of their own because a trigger takes them up."""
        taken = _put_together(trigger)
        if self._triggered[self.scene.sentence_of[trigger.top.i][0]] > 1:
            taken |= self._content(trigger) | self._beside(trigger)
        return taken

    def _content(self, trigger: Trigger) -> set[int]:
        """What is asked for, promised or talked about; the same event told twice."""
        kind = types()[trigger.type]
        consults = trigger.type == "CONSULT"
        own = {trigger.top.i, trigger.core.i}
        around = frames.content_of(
            self.scene, trigger.top, trigger.core, coordinated=kind.has_content or consults
        )
        found = {i: other for i in around - own if (other := self._read.get(i)) is not None}
        return {
            i
            for i, other in found.items()
            if kind.has_content
            or (other.type in cooperative() if consults else other.type == trigger.type)
        }

    def _beside(self, trigger: Trigger) -> set[int]:
        """Objects that make a verb's sense, what is signed for, subjects of the same type."""
        top, core = trigger.top, trigger.core
        taken: set[int] = set()
        if trigger.type == "SUPPORT" and self.scene.is_verb(core):
            laid_down = [core, *frames.objects(core)]
            taken |= {c.i for t in laid_down for c in frames.infinitives(self.scene, t)}
        if trigger.type != "ACCUSE" and core.i == top.i and trigger.row.asks_for_object:
            taken |= {n.i for n in frames.objects(core)}
        for noun in frames.subjects(top) if self.scene.is_verb(top) else ():
            other = self._read.get(noun.i)
            if other is None or other.type != trigger.type or noun.i > top.i:
                continue
            if top.i not in _put_together(other):  # "work on *resuming*": the noun governs it
                taken.add(noun.i)
        return taken

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
            row = next((r for r in rows if r.conditions and self._holds(token, r)), None)
            if row is None:
                composed = self._composed(token, pos, lemma)
                if composed is not None:
                    return composed
                row = next((r for r in rows if not r.conditions), None)
            if row is not None:
                return self._announced(self._alone(token, row))
        return None

    def _parts_of_speech(self, token: Token) -> tuple[str, ...]:
        if token.pos_ == "ADJ" and not token.tag_.startswith("VB"):
            return ("a",)
        if self.scene.titled[token.i] and token.pos_ in {"NOUN", "PROPN", "VERB"}:
            return ("v", "n") if self.scene.is_verb(token) else ("n", "v")
        if self.scene.is_verb(token):
            if token.dep_ in {"amod", "compound"} and not frames.is_swallowed(token):
                return ()
            return ("v",)
        return ("n",) if token.pos_ in {"NOUN", "PROPN"} else ()

    def _alone(self, token: Token, row: Row) -> Trigger | None:
        if row.type == NO_EVENT:
            return None
        trigger = Trigger(row.type, token, token, row)
        if row.type in {"AGREE", "THREATEN"} and self._promises_harm(token):
            return replace(trigger, type="THREATEN")
        return trigger

    def _promises_harm(self, token: Token) -> bool:
        """What is promised would hurt: "vowed to strike back"."""
        nouns = frames.objects(token) if self.scene.is_verb(token) else []
        inner = [self.reading(c) for c in (*frames.complements(self.scene, token), *nouns)]
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
            infinitives = frames.infinitives(scene, token)
            if scene.lemmas[token.i] not in words("MUST_DO") or not infinitives:
                return None
            core = infinitives[0]
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
            return frames.infinitives(scene, token)
        if pos == "v" and operator.effect != "try":
            found += frames.objects(token)
        if operator.effect not in {"do", "undergo"}:
            found += frames.infinitives(scene, token) + frames.gerunds(token)
        if pos == "v" and operator.effect == "begin":
            found += frames.subjects(token)
        found += frames.prepositional_clauses(token, operator.through)
        for preposition in sorted(operator.through):
            found += frames.by_preposition(scene, token, preposition, deep=False)
        if pos == "n":
            found += [c for c in token.children if c.dep_ in syntax.COMPOUND]
        return found

    def _with_parts(self, candidates: list[Token]) -> Iterator[Token]:
        """The words, and what they count: "two days of *war games*"."""
        for candidate in candidates:
            yield candidate
            if self.scene.lemmas[candidate.i] in words("QUANTITY"):
                yield from frames.by_preposition(self.scene, candidate, "of", deep=False)

    def _announced(self, trigger: Trigger | None) -> Trigger | None:
        """What an actor says it will do is a commitment, or a threat."""
        if trigger is None or not self.scene.is_verb(trigger.top):
            return trigger
        top = trigger.top
        modals = {a.lower_ for a in syntax.auxiliaries(top)}
        if frames.is_passive(top) or self.scene.lemmas[top.i] == "continue":
            return trigger
        will = modals & words("WILL") or frames.is_bare_infinitive(self.scene, top)
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

    # ------------------------------------------------------------------ conditions

    def _holds(self, token: Token, row: Row) -> bool:
        return all(self._met(token, c, row) for c in row.conditions)

    def _met(self, token: Token, condition: Condition, row: Row) -> bool:
        hit = any(self._at_slot(token, slot, condition.words, row) for slot in condition.slots)
        return hit != condition.negated

    def _at_slot(self, token: Token, slot: Slot, wanted: frozenset[str], row: Row) -> bool:
        relation, word = slot
        scene = self.scene
        match relation:
            case "@":
                return self._any(frames.by_preposition(scene, token, word), wanted)
            case "+":
                return word in frames.particles(token)
            case ">":
                return self._complement(token, word)
            case "obj":
                return self._any(_with_chain(token, frames.objects(token)), wanted)
            case "objmod":
                return any(self._modified(n, wanted) for n in frames.objects(token))
            case "subj":
                return self._any(_with_chain(token, frames.subjects(token)), wanted)
            case "that":
                clauses = frames.clauses(token)
                return self._any(
                    [s for c in clauses for s in c.children if s.dep_ in syntax.SUBJECT], wanted
                )
            case "inf":
                return any(scene.lemmas[c.i] in wanted for c in frames.infinitives(scene, token))
            case "quote":
                return token.i in scene.cues
            case "mod":
                return self._modified(token, wanted)
            case "adv":
                return any(c.lower_ in wanted for c in token.children if c.pos_ == "ADV")
            case "head":
                return token.dep_ not in syntax.COMPOUND | {"amod"}
            case "passive":
                return frames.is_passive(token)
            case "stative":
                return frames.is_state(token)
            case "poss":
                return frames.owner(token) is not None
            case "xcomp":
                return (
                    any(c.lower_ in wanted for c in _near(token, 8))
                    if wanted
                    else bool(frames.infinitives(scene, token))
                )
            case "case":
                return any(c.lower_ in wanted for c in token.children if c.dep_ == "case")
            case "under":
                return token.head.i != token.i and scene.lemmas[token.head.i] in wanted
            case "arg" | "agt" | "tgt":
                return self._has_argument(token, relation, row)
        raise ValueError(f"event_triggers.tsv: no condition {relation}")

    def _any(self, nouns: Iterable[Token], wanted: frozenset[str]) -> bool:
        return any(self._fits(n, wanted) for noun in nouns for n in frames.with_conjuncts(noun))

    def _fits(self, noun: Token, wanted: frozenset[str], depth: int = 2) -> bool:
        if not wanted or self.scene.lemmas[noun.i] in wanted or noun.lower_ in wanted:
            return True
        if wanted & self.scene.kinds(noun):
            return True
        if "million" in wanted and any(
            c.dep_ == "nummod" and c.lower_ in words("LARGE")
            for t in noun.children
            for c in (t, *t.children)
        ):
            return True
        if depth and self.scene.lemmas[noun.i] in words("QUANTITY"):
            return any(
                self._fits(o.noun, wanted, depth - 1)
                for o in syntax.obliques(noun)
                if o.preposition in {"of", "in"}
            )
        return False

    def _modified(self, token: Token, wanted: frozenset[str]) -> bool:
        """A word before the noun; the parts of hyphenated ones, too."""
        start = max(0, token.i - 4)
        before = {
            t.lower_
            for c in token.children
            if c.i < token.i
            for t in (c, *c.children)
            if t.i >= start
        }
        before |= {self.scene.lemmas[c.i] for c in token.children if c.i < token.i}
        joined = "".join(self.scene.low[start : token.i])
        if wanted & before or any("-" in w and w in joined for w in wanted):
            return True
        if ACTOR not in wanted:
            return False
        return any(self.scene.at(c) for c in token.children if c.i < token.i)

    def _complement(self, token: Token, word: str) -> bool:
        scene = self.scene
        match word:
            case "inf":
                return bool(frames.infinitives(scene, token))
            case "that" | "finite":
                return bool(frames.clauses(token))
            case "if":
                return any(
                    m.lower_ in {"if", "whether"}
                    for c in token.children
                    for m in c.children
                    if m.dep_ == "mark"
                )
            case "other":
                return bool(self.others(token))
            case "bare":  # "insisted that they leave"
                clauses = frames.clauses(token)
                return any(c.tag_ == "VB" and not _modal(c) - words("MUST") for c in clauses)
        raise ValueError(f"event_triggers.tsv: no complement {word}")

    def others(self, token: Token) -> list[Token]:
        """Somebody else who is to act: "hopes that *they* …", "expects *Baku* to …"."""
        own = {a for s in frames.subjects(token) for a in self.scene.at(s)}
        found = []
        objects = frames.objects(token)
        above = [token, *(o for o in objects if not self.scene.at(o))]
        for clause in (c for t in above for c in frames.complements(self.scene, t, finite=True)):
            by = (o.noun for o in syntax.obliques(clause) if o.preposition == "by")
            agents = [noun for noun in by if self.scene.at(noun)]
            found += agents or [t for t in clause.children if t.dep_ in syntax.SUBJECT]
        if frames.infinitives(self.scene, token):
            found += objects
        return [t for t in found if self.scene.at(t) and not own & set(self.scene.at(t))]

    def _has_argument(self, token: Token, which: str, row: Row) -> bool:
        from kg.extraction.event_arguments import Arguments  # it reads triggers

        arguments = Arguments(self)
        trigger = Trigger(row.type, token, token, row)
        found_agents = which != "tgt" and bool(arguments.agents(trigger))
        return found_agents or (which != "agt" and bool(arguments.targets(trigger, ())))


def _put_together(trigger: Trigger) -> set[int]:
    """The words that a trigger is made of, less its own."""
    found: set[int] = set()
    inner: Trigger | None = trigger
    while inner is not None:
        found |= {inner.top.i, inner.core.i}
        inner = inner.inner
    return found - {trigger.top.i}


@functools.cache
def _lemmas() -> frozenset[str]:
    """The words that may show an event, or govern one."""
    return frozenset(lemma for table in (triggers(), operators()) for _, lemma in table)


def _modal(verb: Token) -> set[str]:
    return {a.lower_ for a in syntax.auxiliaries(verb) if a.tag_ == "MD"}


def _with_chain(verb: Token, nouns: list[Token]) -> list[Token]:
    """The nouns, with those above one with a relative clause: "treaties of 1990, which …"."""
    if verb.dep_ not in syntax.RELATIVE_CLAUSE or verb.head not in nouns:
        return nouns
    above, here = list(nouns), verb.head
    for _ in range(3):
        if here.dep_ not in syntax.NOUN_OBLIQUE | syntax.CONJUNCT:
            break
        here = here.head
        above.append(here)
    return above


def _near(token: Token, tokens: int) -> Iterator[Token]:
    last = min(len(token.doc), token.i + tokens)
    return (t for t in token.doc[token.i + 1 : last])


def _composed_type(effect: str, inner: str) -> str:
    """The type of a word with this effect over an event."""
    if effect == "stop":
        if inner in {"ASSAULT", "COERCE", "MOBILIZE"}:
            return "RETREAT"
        if inner in harmful() | {"THREATEN", "ACCUSE", "REQUEST", "REJECT"}:
            return "CONCEDE"
        return "SANCTION" if inner != "AGREE" else "REJECT"
    if effect == "cancel":
        return "REJECT" if inner in cooperative() else "CONCEDE"
    return types()[inner].intended if effect == "intend" else inner
