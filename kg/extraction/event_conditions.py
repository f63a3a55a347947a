"""Whether the conditions of a lexicon row hold around a word: objects, complements, modifiers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kg.extraction import event_complements as complements
from kg.extraction import event_frames as frames
from kg.extraction.event_lexicon import Condition, Row, Slot, words
from kg.extraction.event_people import Ids
from kg.extraction.event_prepositions import by_preposition
from kg.extraction.event_scene import ACTOR, PERSON, Scene
from kg.nlp import syntax
from kg.nlp.tokens import Token
from kg.records import ActorType

OF_TYPE: dict[str, ActorType] = {"BLOC": "international_organization", "BAND": "armed_group"}
"""What an argument may be asked to be, by the type of actor that it is."""


class Conditions:
    """Reads the words around a word; `arguments` finds its agents and targets."""

    def __init__(self, scene: Scene, arguments: Callable[[Token, str, Row], Ids]) -> None:
        self.scene = scene
        self._arguments = arguments
        self._what_of: dict[int, frozenset[str]] = {}

    def first(self, token: Token, rows: Iterable[Row]) -> Row | None:
        """The first of some rows that have conditions of which all are met around a word."""
        around = self.scene.within_reach(token.i)
        for row in rows:
            if not row.conditions:
                continue
            for needed in row.needs:
                if around.isdisjoint(needed):
                    break
            else:
                if all(self._met(token, c, row) for c in row.conditions):
                    return row
        return None

    def _met(self, token: Token, condition: Condition, row: Row) -> bool:
        hit = any(self._at_slot(token, slot, condition.words, row) for slot in condition.slots)
        return hit != condition.negated

    def _at_slot(self, token: Token, slot: Slot, wanted: frozenset[str], row: Row) -> bool:
        relation, word = slot
        scene = self.scene
        match relation:
            case "@":
                nouns = by_preposition(scene, token, word)
                if wanted and not nouns and scene.is_verb(token):  # "stripped *the envoy* of …"
                    nouns = [
                        n
                        for o in frames.objects(token)
                        for n in by_preposition(scene, o, word, deep=False)
                    ]
                return self._any(nouns, wanted)
            case "+":
                return word in frames.particles(token)
            case ">":
                return self._complement(token, word)
            case "obj":
                return self._any(with_chain(token, frames.objects(token)), wanted)
            case "iobj":
                return self._any(frames.indirect_objects(token), wanted)
            case "objmod":
                return any(self._modified(n, wanted) for n in frames.objects(token))
            case "subjmod":
                return any(self._modified(n, wanted) for n in frames.subjects(token))
            case "subj":
                return self._any(with_chain(token, frames.subjects(token)), wanted)
            case "that":
                clauses = complements.clauses(token)
                return self._any(
                    [s for c in clauses for s in c.children if s.dep_ in syntax.SUBJECT], wanted
                )
            case "inf":
                return any(
                    scene.lemmas[c.i] in wanted for c in complements.infinitives(scene, token)
                )
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
                    any(c.lower_ in wanted or scene.lemmas[c.i] in wanted for c in _near(token, 8))
                    if wanted
                    else bool(complements.infinitives(scene, token))
                )
            case "case":
                return any(c.lower_ in wanted for c in token.children if c.dep_ == "case")
            case "under":
                return token.head.i != token.i and scene.lemmas[token.head.i] in wanted
            case "will":
                return any(a.lower_ in words("WILL") for a in syntax.auxiliaries(token))
            case "both":
                return len(self._arguments(token, "agt", row)) > 1
            case "arg" | "agt" | "tgt":
                found = self._arguments(token, relation, row)
                if wanted and found:
                    return wanted <= {PERSON} and self._are_persons(found)
                return bool(found)
            case "naming":
                return frames.names_its_object(token)
        raise ValueError(f"event_triggers.tsv: no condition {relation}")

    def _are_persons(self, ids: Ids) -> bool:
        return all(self.scene.referents.by_id[a].type == "person" for a in ids)

    def _any(self, nouns: Iterable[Token], wanted: frozenset[str]) -> bool:
        return any(not wanted or not wanted.isdisjoint(self._what(n)) for n in nouns)

    def _what(self, noun: Token) -> frozenset[str]:
        """All that a condition may ask of a noun and of those coordinated with it, as words and
        classes; rows ask it of one noun again and again.
        """
        found = self._what_of.get(noun.i)
        if found is None:
            each = (self._shown(n) for n in frames.with_conjuncts(noun))
            found = self._what_of[noun.i] = frozenset[str]().union(*each)
        return found

    def _shown(self, noun: Token, depth: int = 2) -> set[str]:
        """What one noun is: its word and lemma, what it stands for, and what it counts."""
        lemma = self.scene.lemmas[noun.i]
        found = {lemma, noun.lower_, *self.scene.kinds(noun), *self._types(noun)}
        below = (c for t in noun.children for c in (t, *t.children))
        if any(c.dep_ == "nummod" and c.lower_ in words("LARGE") for c in below):
            found.add("million")
        if depth and (lemma in words("QUANTITY") or noun.pos_ == "NUM"):
            for oblique in syntax.obliques(noun):
                if oblique.preposition in {"of", "in"}:
                    found |= self._shown(oblique.noun, depth - 1)
        return found

    def _types(self, noun: Token) -> Iterator[str]:
        """`BLOC` for an international organisation, `BAND` for an armed group."""
        types = {self.scene.referents.by_id[a].type for a in self.scene.at(noun)}
        return (name for name, kind in OF_TYPE.items() if kind in types)

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
                return bool(complements.infinitives(scene, token))
            case "that" | "finite":
                return bool(complements.clauses(token)) or complements.has_that_clause(token)
            case "if":
                return any(
                    m.lower_ in {"if", "whether"}
                    for c in token.children
                    for m in c.children
                    if m.dep_ == "mark"
                )
            case "other":
                return bool(self.others(token))
            case "bare":  # "insisted that they leave", "let them leave"
                own = (c for c in token.children if c.dep_ in syntax.OPEN_COMPLEMENT)
                clauses = [*complements.clauses(token), *(c for c in own if _has_subject(c))]
                return any(_is_bare(c) and not _auxiliaries(c) - words("MUST") for c in clauses)
        raise ValueError(f"event_triggers.tsv: no complement {word}")

    def others(self, token: Token) -> list[Token]:
        """Somebody else who is to act: "hopes that *they* …", "expects *Baku* to …"."""
        own = {a for s in frames.subjects(token) for a in self.scene.at(s)}
        found = []
        objects = frames.objects(token)
        above = [token, *(o for o in objects if not self.scene.at(o))]
        for clause in (c for t in above for c in complements.all_of(self.scene, t, finite=True)):
            by = (o.noun for o in syntax.obliques(clause) if o.preposition == "by")
            agents = [noun for noun in by if self.scene.at(noun)]
            found += agents or [t for t in clause.children if t.dep_ in syntax.SUBJECT]
        if complements.infinitives(self.scene, token):
            found += objects
        return [t for t in found if self.scene.at(t) and not own & set(self.scene.at(t))]


def with_chain(verb: Token, nouns: list[Token]) -> list[Token]:
    """The nouns, with those above one with a relative clause: "treaties of 1990, which …"."""
    if verb.dep_ not in syntax.RELATIVE_CLAUSE or verb.head not in nouns:
        return nouns
    above, here = list(nouns), verb.head
    for _ in range(3):
        if here.dep_ not in syntax.NOUN_OBLIQUE | syntax.CONJUNCT:
            break
        here = here.head
        if here.pos_ not in {"NOUN", "PROPN"}:
            break
        above.append(here)
    return above


def _near(token: Token, tokens: int) -> Iterator[Token]:
    last = min(len(token.doc), token.i + tokens)
    return (t for t in token.doc[token.i + 1 : last])


def _is_bare(verb: Token) -> bool:
    """A subjunctive, be it taken for a plural: "insists that *Chad withdraw*"."""
    if verb.tag_ == "VBP":
        singular = (c.tag_ in {"NN", "NNP"} for c in verb.children if c.dep_ in syntax.SUBJECT)
        return verb.lower_ not in words("EXISTING") and any(singular)
    return verb.tag_ == "VB"


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in syntax.SUBJECT for c in verb.children)


def _auxiliaries(verb: Token) -> set[str]:
    """Its auxiliaries but for "be", which stands in the subjunctive, too."""
    return {a.lower_ for a in syntax.auxiliaries(verb)} - {"be", "not"}
