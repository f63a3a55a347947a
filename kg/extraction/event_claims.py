"""How an event is claimed: denied or not, a fact, possible, planned, called for or unconfirmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from kg.extraction import event_complements as complements
from kg.extraction.epistemic import is_guess
from kg.extraction.event_contents import is_background
from kg.extraction.event_lexicon import modalities, operators, words
from kg.extraction.event_scene import Scene
from kg.extraction.event_triggers import Trigger
from kg.nlp import syntax
from kg.nlp.tokens import Token
from kg.records import Modality, Polarity

HIGHEST = 5
"""Words above an event that are looked at: "is not aware of any plan to attempt to …"."""

_NEGATING = syntax.DETERMINER | syntax.ADVERB | {"case", "cc", "cc:preconj", "mark"}
_CLAUSE = syntax.CLAUSAL_COMPLEMENT | syntax.ADVERBIAL_CLAUSE
_COMPLEMENT = syntax.CLAUSAL_COMPLEMENT | syntax.OPEN_COMPLEMENT | syntax.OBJECT
_AROUND = syntax.SUBJECT | syntax.OBJECT | syntax.ADVERB
_ARGUMENT = syntax.SUBJECT | syntax.OBJECT
_OPENERS = syntax.MARKER | syntax.ADVERB
_PREVENTED = _COMPLEMENT | syntax.NOUN_OBLIQUE
_POSSIBLE = syntax.NOUN_OBLIQUE | syntax.OPEN_COMPLEMENT | syntax.CLAUSAL_COMPLEMENT | {"acl"}
_OF_NOUNS = syntax.ADVERBIAL_CLAUSE | {"acl"}
_PRESENT = frozenset({"VBZ", "VBP"})
_THROUGH = syntax.OPEN_COMPLEMENT | syntax.CONJUNCT | {"acl"}


class Claim(NamedTuple):
    """Polarity and modality; `dropped` where it is only to be prevented, or asked about."""

    polarity: Polarity
    modality: Modality
    dropped: bool = False


@dataclass
class _Reading:
    """What has been read of a claim so far."""

    negated: bool = False
    prevented: bool = False
    asked: bool = False
    modality: Modality = "actual"

    def weaken(self, modality: Modality) -> None:
        """The word nearest to the event decides; a condition or doubt above it wins."""
        if self.modality == "actual" or modality in {"unconfirmed", "conditional"}:
            self.modality = modality


def claim(scene: Scene, trigger: Trigger) -> Claim:
    """How the words around a trigger claim it."""
    reading = _Reading()
    if {"intend", "about"} & set(trigger.effects):
        reading.weaken("future")
    if "ponder" in trigger.effects:
        reading.weaken("possible")
    for token in dict.fromkeys((trigger.core, trigger.top)):
        if "refuse" not in trigger.effects:
            _negation(scene, token, reading)
        if "oblige" not in trigger.effects:
            _modality(scene, token, reading)
    _above(scene, trigger, reading)
    negative = reading.negated and not reading.prevented
    dropped = reading.asked or (reading.prevented and not reading.negated)
    return Claim("negative" if negative else "positive", reading.modality, dropped)


# --------------------------------------------------------------------------- the word itself


def _negation(scene: Scene, token: Token, reading: _Reading, less: Token | None = None) -> None:
    """Negation of a word, but for that of one of its nouns, which has been read."""
    denied = _predicates(scene, token) and syntax.is_negated(token)
    if denied or (_predicates(scene, token) and _negated_around(token, less)):
        reading.negated = not reading.negated
    if _is_yet_to_come(token):
        reading.negated = not reading.negated
    for child in token.children if not denied else ():  # "never" is both
        if child.lower_ in words("NEGATING") and child.dep_ in _NEGATING:
            reading.negated = not reading.negated


def _is_yet_to_come(verb: Token) -> bool:
    """ "Has *yet to* sign"."""
    before = verb.doc[verb.i - 2] if verb.i > 1 else verb
    hung = before.head in {verb, verb.head}
    return before.lower_ == "yet" and hung and complements.is_infinitive(verb)


def _negated_around(verb: Token, less: Token | None) -> bool:
    """ "*No* treaty was signed", "signed *no* treaty", "*no* longer signs", "*neither* signed"."""
    if any(c.lower_ in {"neither", "nobody"} for c in verb.children if c.dep_ in syntax.SUBJECT):
        return True
    nouns = (c for c in verb.children if c.dep_ in _AROUND and c != less)
    return any(d.lower_ in {"no", "neither"} and d.dep_ != "cc" for n in nouns for d in n.children)


def _modality(scene: Scene, token: Token, reading: _Reading) -> None:
    """Modals, conditions, adjectives and adverbs."""
    if _predicates(scene, token):
        for auxiliary in syntax.auxiliaries(token):
            if auxiliary.lower_ == "must" and is_guess(scene, "must", token):
                reading.weaken("possible")  # "must have attacked" concludes
            elif auxiliary.lower_ == "would" and _told_in_the_past(token):
                reading.weaken("future")  # "said it *would* leave": its words were "will leave"
            else:
                _weakened(reading, "modal", auxiliary)
        if any(_opens_condition(m) for m in token.children if m.dep_ == "mark"):
            reading.weaken("conditional")
        if reading.modality in {"future", "possible"} and _has_condition(token):
            reading.weaken("conditional")
        if _awaited(scene, token):
            reading.weaken("conditional")
        if complements.is_bare_infinitive(scene, token) or complements.is_arranged(token):
            reading.weaken("future")
    for child in token.children:
        if child.dep_ == "amod":
            _weakened(reading, "adjective", child)
        elif child.dep_ in syntax.ADVERB:
            _weakened(reading, "adverb", child)


def _told_in_the_past(verb: Token) -> bool:
    """A clause that somebody said, in the past, and that depends on nothing."""
    told = verb.dep_ in syntax.CLAUSAL_COMPLEMENT and verb.head.tag_ == "VBD"
    unreal = any(a.lower_ == "have" for a in syntax.auxiliaries(verb))  # "would have left"
    return told and not unreal and not _has_condition(verb)


def _weakened(reading: _Reading, pos: str, token: Token) -> None:
    modality = modalities(pos).get(token.lower_)
    if modality is not None:
        reading.weaken(modality)


def _predicates(scene: Scene, token: Token) -> bool:
    return scene.is_verb(token) or any(c.dep_ in syntax.COPULA for c in token.children)


def _opens_condition(token: Token) -> bool:
    return token.lower_ in words("CONDITION")


def _has_condition(token: Token) -> bool:
    clauses = [c for c in token.children if c.dep_ in syntax.ADVERBIAL_CLAUSE]
    return any(_opens_condition(m) for clause in clauses for m in clause.children)


def _awaited(scene: Scene, verb: Token) -> bool:
    """ "As soon as the treaty *is signed*, we will …": what is told has not yet come."""
    above = verb.head
    soon = above.lower_ == "soon"
    if verb.dep_ not in syntax.ADVERBIAL_CLAUSE or not (soon or _opens_wait(verb)):
        return False
    told = above.head if soon else above
    if scene.lemmas[told.i] in words("WAITING") or scene.lemmas[told.head.i] in words("WAITING"):
        waiting = told if scene.lemmas[told.i] in words("WAITING") else told.head
        return waiting.tag_ in {"VB", "VBP"}  # "asked them to stay until the army *had left*"
    will = {a.lower_ for a in syntax.auxiliaries(told)} & words("WILL")
    present = bool({verb.tag_, *(a.tag_ for a in syntax.auxiliaries(verb))} & _PRESENT)
    return "would" in will or (bool(will) and present)  # "would leave once it *was signed*"


def _opens_wait(verb: Token) -> bool:
    return any(c.lower_ in words("AWAITING") for c in verb.children if c.dep_ in _OPENERS)


# --------------------------------------------------------------------------- the words above it


def _above(scene: Scene, trigger: Trigger, reading: _Reading) -> None:
    """Words that the event hangs on: "cannot confirm", "unaware of", "did not prevent"."""
    token = trigger.top
    for _ in range(HIGHEST):
        head = token.head
        if head == token or not _goes_on(scene, token, head, reading):
            return
        token = head


def _goes_on(scene: Scene, token: Token, head: Token, reading: _Reading) -> bool:
    """Read what the word above does to the claim; whether the one above that counts, too."""
    lemma, relation = scene.lemmas[head.i], token.dep_
    effect = _effect(lemma, head)
    if _has_none_to(token, head):
        reading.negated = True
        return False
    if relation in _CLAUSE and _in_doubt(scene, token, head, reading):
        return False
    if lemma in words("DENYING") and relation in _COMPLEMENT:
        reading.negated = not reading.negated
        return False
    if effect == "prevent" and relation in _PREVENTED:
        reading.prevented, reading.negated = True, syntax.is_negated(head)
        return False
    if effect == "unaware":
        reading.negated = True
        reading.weaken("unconfirmed")
        return False
    if effect == "unconfirmed" and head.pos_ == "NOUN" and relation not in syntax.SUBJECT:
        _reported(scene, head, reading)
        return False
    if relation in _ARGUMENT:
        return _predicated(scene, token, head, effect, reading)
    if effect == "fail" and relation in syntax.OPEN_COMPLEMENT:
        reading.negated = not reading.negated
    possible = effect == "possible" and relation in _POSSIBLE
    if possible:
        reading.weaken("possible")
    if relation in syntax.OPEN_COMPLEMENT and head.pos_ in {"VERB", "AUX"}:
        _negation(scene, head, reading)
        _modality(scene, head, reading)
    return possible or (relation in _THROUGH and not _beside(token))


def _has_none_to(token: Token, head: Token) -> bool:
    """ "Had *no* mandate *to* negotiate": what somebody lacks the means or right to do."""
    if token.dep_ not in _OF_NOUNS or not complements.is_infinitive(token):
        return False
    nouns = [head] if head.pos_ == "NOUN" else [c for c in head.children if c.i < token.i]
    lacked = (n for n in nouns if n.pos_ == "NOUN" and n.head.lemma_.lower() in {"have", "be"})
    return any(c.lower_ == "no" for n in lacked for c in n.children)


def _beside(token: Token) -> bool:
    return token.dep_ in syntax.CONJUNCT and is_background(token)


def _in_doubt(scene: Scene, token: Token, head: Token, reading: _Reading) -> bool:
    """ "Cannot confirm that …", "whether …": nothing above matters."""
    knowing = scene.lemmas[head.i] in words("KNOWING")
    unknown = knowing and (syntax.is_negated(head) or _cannot(head))
    asked = any(m.lower_ == "whether" for m in token.children)
    if unknown or asked:
        reading.weaken("unconfirmed")
        reading.asked = asked and scene.lemmas[head.i] in words("ASKING")
        return True
    return knowing


def _reported(scene: Scene, noun: Token, reading: _Reading) -> None:
    """ "Reports of …", "denied reports that …", "no reports of …"."""
    reading.weaken("unconfirmed")
    denied = scene.lemmas[noun.head.i] in words("DENYING") and noun.dep_ in syntax.OBJECT
    reading.negated |= denied or any(c.lower_ == "no" for c in noun.children)


def _predicated(scene: Scene, noun: Token, head: Token, effect: str, reading: _Reading) -> bool:
    """The event is the subject or object of a verb that tells how real it is."""
    lemma = scene.lemmas[head.i]
    if noun.dep_ in syntax.PASSIVE_SUBJECT and lemma in words("SCHEDULED"):
        reading.weaken("future")
    elif noun.dep_ in syntax.SUBJECT:
        copular = any(c.dep_ in syntax.COPULA for c in head.children)
        if not copular and head.lower_ not in words("EXISTING"):
            return False
        _weakened(reading, "adjective", head)
    elif lemma not in words("WITNESSED"):
        return False
    if effect == "possible":
        reading.weaken("possible")
    _negation(scene, head, reading, less=noun)
    _modality(scene, head, reading)
    return False


def _effect(lemma: str, head: Token) -> str:
    pos = {"VERB": "v", "AUX": "v", "ADJ": "a", "NOUN": "n"}.get(head.pos_, "")
    return next((o.effect for o in operators().get((pos, lemma), ())), "")


def _cannot(verb: Token) -> bool:
    return any(a.lower_ in {"cannot", "can't", "can’t"} for a in syntax.auxiliaries(verb))
