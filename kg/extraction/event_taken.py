"""Which words are no events of their own because another takes them up: contents, parts, aims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kg.extraction import event_complements as complements
from kg.extraction import event_frames as frames
from kg.extraction.event_contents import content_of
from kg.extraction.event_lexicon import cooperative, types, words
from kg.extraction.event_prepositions import by_preposition
from kg.extraction.event_scene import Scene
from kg.nlp import syntax
from kg.nlp.tokens import Token

if TYPE_CHECKING:
    from kg.extraction.event_triggers import Trigger


class Taken:
    """Finds them in one scene; `read` holds what each word shows, once it has been read."""

    def __init__(self, scene: Scene, read: Mapping[int, Trigger | None]) -> None:
        self.scene = scene
        self._read = read

    def by(self, triggers: Sequence[Trigger]) -> set[int]:
        """The words that some triggers take up."""
        firsts = [self.scene.sentence_of[t.top.i][0] for t in triggers]
        told = Counter(firsts)
        taken: set[int] = set()
        for trigger, first in zip(triggers, firsts, strict=True):
            taken |= _put_together(trigger)
            if told[first] > 1:
                taken |= self._content(trigger) | self._beside(trigger)
        return taken

    def _content(self, trigger: Trigger) -> set[int]:
        """What is asked for, promised or talked about; the same event told twice."""
        kind = types()[trigger.type]
        consults = trigger.type == "CONSULT"
        own = {trigger.top.i, trigger.core.i}
        around = content_of(
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
            taken |= {c.i for t in laid_down for c in complements.infinitives(self.scene, t)}
        if core.i == top.i and trigger.row.asks_for_object:
            # "recorded *violations*" tells of two, "lodged a *protest*" of one
            told = {n.i for n in frames.objects(core)}
            read = {i: t.type for i in told if (t := self._read.get(i)) is not None}
            apart = {i for i, kind in read.items() if kind not in {"ACCUSE", "PROTEST"}}
            taken |= told - apart if trigger.type == "ACCUSE" else told
        taken |= self._phrased(trigger) | _naming(core) | self._purpose(trigger)
        for noun in (core, *(frames.objects(core) if self.scene.is_verb(core) else ())):
            if self._read.get(noun.i) is not None:  # "issued *arrest* warrants"
                taken |= {c.i for c in noun.children if c.dep_ in syntax.COMPOUND}
        for noun in frames.subjects(top) if self.scene.is_verb(top) else ():
            if self.scene.lemmas[noun.i] in words("SHOTS"):  # "a rocket *fired* by … hit …"
                shot = (c for c in noun.children if frames.is_reduced_passive(c))
                reads = ((c.i, self._read.get(c.i)) for c in shot)
                taken |= {i for i, t in reads if t is not None and t.type == trigger.type}
            other = self._read.get(noun.i)
            if other is None or other.type != trigger.type or noun.i > top.i:
                continue
            if top.i not in _put_together(other):  # "work on *resuming*": the noun governs it
                taken.add(noun.i)
        return taken

    def _purpose(self, trigger: Trigger) -> set[int]:
        """What a protest is for: "gathered to *denounce* the law" tells of one event."""
        if trigger.type != "PROTEST":
            return set()
        inner = (
            (c.i, self._read.get(c.i)) for c in complements.infinitives(self.scene, trigger.top)
        )
        return {i for i, t in inner if t is not None and t.type in {"ACCUSE", "PROTEST"}}

    def _phrased(self, trigger: Trigger) -> set[int]:
        """Nouns behind a preposition that make a verb's sense: "put under *arrest*"."""
        core, taken = trigger.core, set[int]()
        for condition in trigger.row.conditions if trigger.type != "ASSAULT" else ():
            for slot in condition.slots if condition.words and not condition.negated else ():
                if slot.relation != "@":
                    continue
                for noun in by_preposition(self.scene, core, slot.word):
                    other = self._read.get(noun.i)
                    if other is not None and other.type in {trigger.type, "CONSULT"}:
                        taken.add(noun.i)
        return taken


def _put_together(trigger: Trigger) -> set[int]:
    """The words that a trigger is made of, less its own."""
    found: set[int] = set()
    inner: Trigger | None = trigger
    while inner is not None:
        found |= {inner.top.i, inner.core.i}
        inner = inner.inner
    return found - {trigger.top.i}


def _naming(verb: Token) -> set[int]:
    """Verbs that only name what a verb is done to: "condemned what he *called* a crime"."""
    return {
        c.i
        for t in verb.children
        if t.lower_ == "what" and t.dep_ in syntax.OBJECT
        for c in t.children
        if c.dep_ in syntax.RELATIVE_CLAUSE
    }
