"""A statement in the making: token positions, before it becomes a record."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extraction.cues import CueEntry
from kg.nlp.tokens import Token


@dataclass(slots=True)
class Draft:
    """One cue with what belongs to it; `frame` names the rule that found the content."""

    verb: Token
    cue: set[int]
    content: set[int]
    source: set[int]
    source_head: Token | None
    frame: str
    lemma: str
    force: str = "assert"
    kind: str = "say"
    rate: float = 1.0
    receiver: Token | None = None
    """Who is spoken to, by the verb's object or a "to" phrase."""
    target: Token | None = None
    topic_only: bool = False
    quoted: bool = False
    """Some of the content stands in quotation marks, and the cue does not."""

    inner: bool = False
    """The cue stands in quotation marks."""

    aside: set[int] = field(default_factory=set)
    """Words of the cue's clause that are neither source nor cue: addressee, venue, date."""
    addressed: set[int] = field(default_factory=set)
    """Words of a headline that name who is called upon."""
    relay: Token | None = None
    """The agency that passes the words on: "*Interfax* quoted her as saying"."""

    relay_words: set[int] = field(default_factory=set)

    predicates: list[Token] | None = None
    """The heads of the content's main clauses, once they have been looked for."""

    named_by: range | None = None
    """Words elsewhere that name the speaker whom the source only marks: "A:" of an interview."""

    reported: set[int] = field(default_factory=set)
    """Words of quotations that the content reports whole, with their speaker."""

    @classmethod
    def of(
        cls,
        entry: CueEntry,
        verb: Token,
        frame: str,
        cue: set[int],
        content: set[int],
        source: set[int],
        head: Token | None,
    ) -> Draft:
        """A draft whose cue is in the lexicon."""
        words, force, kind = entry.words, entry.force, entry.kind
        return cls(verb, cue, content, source, head, frame, words, force, kind, entry.rate(frame))
