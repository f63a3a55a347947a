"""Modals that guess or expect and oblige nobody: "must be tired", "should arrive on Monday"."""

from __future__ import annotations

from kg.extraction import event_frames as frames
from kg.extraction.event_scene import Scene
from kg.extraction.obligation_lexicon import listed
from kg.nlp import syntax
from kg.nlp.tokens import Token

PERFECT = frozenset({"have", "has", "had", "'ve", "’ve"})
STRONG = frozenset({"must", "have"})
"""Modals that conclude from what is seen: "must be hiding", "has to be a mistake"."""

POSSIBLE = frozenset({"may", "might", "could"})


def is_guess(scene: Scene, modal: str, verb: Token) -> bool:
    """A modal before the head of a clause tells what is likely, not what ought to be.

    Perfects ("must have known", "should have stopped") look back, be it a guess or a reproach.
    """
    if any(a.lower_ in PERFECT for a in syntax.auxiliaries(verb)):
        return True
    if modal in STRONG and not syntax.is_negated(verb):
        return _is_concluded(scene, verb)
    if modal in {"should", "ought"}:
        return _is_expected(scene, verb) or _is_wondered_at(scene, verb)
    return modal == "need" and scene.lemmas[verb.i] in listed("mind")


def is_only_possible(verb: Token) -> bool:
    """ "*May* be required to leave", "*could* ask them to leave": so far nobody is obliged."""
    return any(a.lower_ in POSSIBLE for a in syntax.auxiliaries(verb))


def _is_concluded(scene: Scene, verb: Token) -> bool:
    """ "Must be mistaken", "must be hiding", "must think", "there must be a reason"."""
    being = _has_be(verb)
    if being and verb.tag_ == "VBG":
        return True
    if being or scene.lemmas[verb.i] == "be":
        there = [s for s in frames.subjects(verb) if scene.lemmas[verb.i] == "be"]
        said = {t for n in (verb, *there) for t in (n.lower_, scene.lemmas[n.i])}
        return bool(said & listed("guess")) and not any(_no(s) for s in there)
    return scene.lemmas[verb.i] in listed("mind")


def _is_expected(scene: Scene, verb: Token) -> bool:
    """ "The ships should arrive", of what cannot be called upon; "should be able to"."""
    being = _has_be(verb)
    if being and verb.lower_ in {"able", "enough"}:
        return True
    subjects = frames.subjects(verb)
    if any(scene.at(s) or (s.pos_ == "PRON" and s.lower_ != "it") for s in subjects):
        return False
    kind = "likely" if being else "expected"
    return (verb.lower_ if being else scene.lemmas[verb.i]) in listed(kind)


def _is_wondered_at(scene: Scene, verb: Token) -> bool:
    """ "It is strange that they should complain", "why should they leave"."""
    asked = any(c.lower_ in {"why", "how"} for c in verb.children if c.dep_ in syntax.ADVERB)
    return asked or (verb.head != verb and verb.head.lower_ in listed("wonder"))


def _has_be(verb: Token) -> bool:
    return any(c.lemma_ == "be" for c in syntax.auxiliaries(verb)) or any(
        c.dep_ in syntax.COPULA for c in verb.children
    )


def _no(noun: Token) -> bool:
    return any(c.lower_ in {"no", "neither"} for c in noun.children)
