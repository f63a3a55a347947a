"""The actors and places of an article with all their mentions: names, nominals, titles, pronouns.

`kg_actors` finds them; `kg_speech_pronouns`, after `kg_statements`, adds what "we" and "I" mean in
quotations.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.actor_layer import actors, places, write
from kg.extraction.linker import linked
from kg.resolve import gazetteer

__all__ = ["ActorAnnotator", "actors", "make_actors", "make_speech_pronouns", "places"]


@Language.factory(
    "kg_actors",
    default_config={"gazetteers": []},
    requires=["token.dep", "doc.ents"],
    assigns=["doc.spans"],
)
def make_actors(nlp: Language, name: str, gazetteers: list[str]) -> ActorAnnotator:
    """The component; `gazetteers` are Turtle files that add to or override the shipped one.

    Raises:
        GazetteerError: If a gazetteer file is wrong.
    """
    return ActorAnnotator(gazetteers)


@Language.factory(
    "kg_speech_pronouns",
    default_config={"gazetteers": []},
    requires=["doc.spans"],
    assigns=["doc.spans"],
)
def make_speech_pronouns(nlp: Language, name: str, gazetteers: list[str]) -> object:
    """The component that completes the actors; belongs after `kg_statements`."""
    from kg.extraction.speech_pronouns import (
        SpeechPronouns,
    )  # it reads statements, which read actors

    return SpeechPronouns(gazetteers)


class ActorAnnotator:
    """Doc → Doc, with the layer of actors and places."""

    def __init__(self, gazetteers: list[str]) -> None:
        self.gazetteer = gazetteer.load(tuple(gazetteers))

    def __call__(self, doc: Doc) -> Doc:
        """Find the actors and places."""
        write(doc, *linked(doc, self.gazetteer))
        return doc
