"""Where an event takes place."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction import event_frames as frames
from kg.extraction.event_lexicon import words
from kg.extraction.event_prepositions import by_preposition
from kg.extraction.event_scene import Scene
from kg.extraction.event_triggers import Trigger
from kg.nlp import syntax
from kg.nlp.tokens import Token


def place(scene: Scene, trigger: Trigger) -> str | None:
    """Where it happens: the place after "in" or "near", else the place that it is done to."""
    return next((p for n in _locations(scene, trigger) if (p := _place(scene, n))), None)


def _locations(scene: Scene, trigger: Trigger) -> Iterator[Token]:
    """Nouns that may name the place, the surest first."""
    for token in (trigger.core, trigger.top):
        for oblique in syntax.obliques(token):
            if oblique.preposition.split(" ")[-1] in words("WHERE"):
                yield oblique.noun
    nouns = frames.objects(trigger.top) if scene.is_verb(trigger.top) else []
    for noun in nouns:
        for preposition in sorted(words("WHERE") & scene.words_around(noun.i)):
            yield from by_preposition(scene, noun, preposition, deep=False)
    yield from nouns


def _place(scene: Scene, noun: Token) -> str | None:
    found = scene.place_at(noun)
    if found is not None:
        return found
    before = (scene.place_at(c) for c in noun.children if c.i < noun.i)
    return next((p for p in before if p), None)
