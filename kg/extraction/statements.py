"""Who said what to whom: the component that finds statements, and the records that it leaves.

Quotation marks and layout come first, the tree second: quoted speech is tied to its cue by what
stands beside it, unquoted speech by the frames of a counted lexicon.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.contents import Clauses
from kg.extraction.drafts import Draft
from kg.extraction.headlines import title_drafts
from kg.extraction.inner import inner_drafts
from kg.extraction.passages import passage_drafts
from kg.extraction.quoted import QuotedSpeech
from kg.extraction.reading import Reading
from kg.extraction.said import records
from kg.extraction.settle import settled
from kg.extraction.signatures import signature_drafts
from kg.extraction.transcripts import transcript_drafts
from kg.nlp.layers import Marked, read_layer, write_layer
from kg.records import Statement

STATEMENTS = "kg_statements"
"""Key of the layer."""


@Language.factory("kg_statements", requires=["token.dep", "doc.spans"], assigns=["doc.spans"])
def make_statements(nlp: Language, name: str) -> StatementAnnotator:
    """The component that finds statements; belongs behind the parser and `kg_actors`."""
    return StatementAnnotator()


class StatementAnnotator:
    """Doc → Doc, with the layer `kg_statements`."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the statements and keep them in the Doc."""
        reading = Reading(doc)
        found = records(reading, drafts(reading))
        write_layer(doc, STATEMENTS, _marks(found), statements=found)
        return doc


def drafts(reading: Reading) -> list[Draft]:
    """The statements of an article as token positions."""
    spoken = list(transcript_drafts(reading))
    for passages in (passage_drafts, signature_drafts):
        spoken += passages(reading, {i for d in spoken for i in d.content})
    lines = {d.verb.i for d in spoken}
    titles = [d for d in title_drafts(reading) if not d.cue & lines]
    speech = QuotedSpeech(reading)
    quoted = speech.found()
    quoted += inner_drafts(reading)
    quoted += spoken
    taken = {i for d in titles for i in d.cue | d.content | d.source} | {d.verb.i for d in quoted}
    clauses = list(Clauses(reading, taken).drafts())
    speech.carry_on(clauses)
    quoted += speech.left([*titles, *quoted, *clauses])
    in_titles = {i for d in titles for i in d.cue}
    return settled(reading, [*titles, *(d for d in quoted if not d.cue & in_titles), *clauses])


def statements(doc: Doc) -> tuple[Statement, ...]:
    """The statements that the component found, in reading order.

    Raises:
        MissingAnnotation: If `kg_statements` did not run.
    """
    return read_layer(doc, STATEMENTS, "statements", Statement)


def _marks(found: list[Statement]) -> list[Marked]:
    marks = []
    for s in found:
        marks += [Marked(span, "SOURCE", s.id, s.speaker or "") for span in s.source]
        marks += [Marked(span, "CUE", s.id) for span in s.cue]
        marks += [Marked(span, "CONTENT", s.id) for span in s.content]
    return marks
