"""Nouns that a preposition ties to a word, wherever the parser hung them."""

from __future__ import annotations

from kg.extraction import event_complements as complements
from kg.extraction import event_frames as frames
from kg.extraction.event_lexicon import words
from kg.extraction.event_scene import Scene
from kg.nlp import syntax
from kg.nlp.tokens import Token

_DESCRIBING = syntax.OPEN_COMPLEMENT | syntax.ADVERB


def by_preposition(
    scene: Scene, token: Token, preposition: str, *, deep: bool = True
) -> list[Token]:
    """Nouns that a preposition ties to a word, or to the object of a verb, which parses confuse."""
    if preposition not in scene.words_around(token.i):
        return []
    key = (token.i, preposition, deep)
    found = scene.nouns_by_preposition.get(key)
    if found is None:
        found = scene.nouns_by_preposition[key] = _by_preposition(scene, token, preposition, deep)
    return found


def _by_preposition(scene: Scene, token: Token, preposition: str, deep: bool) -> list[Token]:
    found = [
        o.noun
        for o in syntax.obliques(token)
        if o.preposition in {preposition, f"out {preposition}"}
        or o.preposition.split(" ")[0] == preposition
    ]
    found += [  # "asked Chad *for troops*", taken for a second object
        c
        for c in token.children
        if c.dep_ in syntax.ANY_OBJECT
        and any(m.dep_ == "case" and m.lower_ == preposition for m in c.children)
    ]
    found += _beside(scene, token, preposition)
    if not found and token.pos_ == "NOUN":
        found += after_by_phrase(scene, token, preposition)
    if deep and not found and not scene.is_verb(token):
        for oblique in syntax.obliques(token):
            if oblique.preposition in {"of", "in"} and not scene.at(oblique.noun):
                found += by_preposition(scene, oblique.noun, preposition, deep=False)
    if deep and not found and scene.is_verb(token):
        # "the sanctions *on Chad* were lifted"; but "the ships of Chad are expected to leave"
        undergone = frames.is_passive(token) and not complements.infinitives(scene, token)
        for noun in frames.objects(token):
            if (noun.i > token.i or undergone) and not _hides(scene, noun):
                found += by_preposition(scene, noun, preposition, deep=False)
                found += [
                    n
                    for o in syntax.obliques(noun)
                    for n in by_preposition(scene, o.noun, preposition, deep=False)
                ]
        for child in token.children:
            if child.pos_ in {"ADJ", "ADV"} and child.dep_ in _DESCRIBING:
                found += by_preposition(scene, child, preposition, deep=False)
                for oblique in syntax.obliques(child):  # "closer to an accord with …"
                    found += by_preposition(scene, oblique.noun, preposition, deep=False)
            became = child.dep_ in syntax.OPEN_COMPLEMENT and child.pos_ == "NOUN"
            became = became and scene.lemmas[token.i] in words("BECOMING")
            if (child.dep_ in syntax.NOUN_OBLIQUE or became) and not scene.at(child):
                found += by_preposition(scene, child, preposition, deep=False)
    return list(dict.fromkeys(found))


def _hides(scene: Scene, noun: Token) -> bool:
    """What stands behind an actor is said of it; but "closed *its embassy* in Chad"."""
    return bool(scene.at(noun)) and not (
        scene.lemmas[noun.i] in words("OUTPOSTS") or syntax.possessor(noun) is not None
    )


def _beside(scene: Scene, token: Token, preposition: str) -> list[Token]:
    """The noun after a preposition that follows directly, wherever the parser hung it."""
    i = token.i + 1
    doc = scene.tokens_of
    if preposition not in scene.low[i : i + 4]:
        return []
    while i < len(doc) and (doc[i].dep_ in syntax.PARTICLE or doc[i].pos_ == "ADV"):
        i += 1
    if i >= len(doc) or scene.low[i] != preposition or doc[i].pos_ == "PART":
        return []
    noun = _governed(doc[i])
    return [noun] if noun is not None else []


def after_by_phrase(scene: Scene, noun: Token, preposition: str) -> list[Token]:
    """The noun of a second preposition, in "recognition *by* X *of* Y", which parses hang on X."""
    for by in _beside(scene, noun, "by"):
        end = by.i + 1
        if end < len(scene.low) and scene.low[end] == preposition:
            found = _governed(scene.tokens_of[end])
            return [found] if found is not None else []
    return []


def _governed(preposition: Token) -> Token | None:
    """The noun that follows a preposition."""
    if preposition.dep_ == "case":
        noun: Token | None = preposition.head
    else:
        noun = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    return noun if noun is not None and noun.i > preposition.i else None
