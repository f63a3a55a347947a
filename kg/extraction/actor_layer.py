"""How the actors and places of an article are kept in its Doc, and read from there."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc

from kg.nlp.layers import Marked, read_layer, write_layer
from kg.records import Actor, Place

LAYER = "kg_actors"
"""Key of the layer in `doc.spans`."""


def write(doc: Doc, found: Iterable[Actor], places: Iterable[Place]) -> None:
    """Keep actors and places in the Doc's layer."""
    people, where = list(found), list(places)
    marks = [
        *(Marked(m.span, a.type, a.id, a.id) for a in people for m in a.mentions),
        *(Marked(m.span, "place", p.id, p.id) for p in where for m in p.mentions),
    ]
    marks.sort(key=lambda mark: (mark.span, mark.actor))
    write_layer(doc, LAYER, marks, actors=people, places=where)


def actors(doc: Doc) -> tuple[Actor, ...]:
    """The actors of a Doc, by first mention.

    Raises:
        MissingAnnotation: If `kg_actors` did not run.
    """
    return read_layer(doc, LAYER, "actors", Actor)


def places(doc: Doc) -> tuple[Place, ...]:
    """The places of a Doc, by first mention.

    Raises:
        MissingAnnotation: If `kg_actors` did not run.
    """
    return read_layer(doc, LAYER, "places", Place)
