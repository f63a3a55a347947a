"""Where speech begins that stands before the clause that reports it: behind what the writer says in
the same sentence.
"""

from __future__ import annotations

from kg.extraction.cues import verb_entry
from kg.extraction.edges import FINITE_TAGS, finite
from kg.extraction.reading import Reading
from kg.extraction.sources import reporter
from kg.nlp import syntax
from kg.nlp.tokens import Token


def behind_sign(reading: Reading, head: Token, content: set[int], *, inserted: bool) -> int:
    """The first token of speech behind a clause of the writer's: "Norland shut the port; *it*, Lee
    said, *was unsafe*", "Lee was wary: *it must hold*, she warned".

    `inserted`: speech goes on behind the clause that reports it.
    """
    first = min(content, default=0)
    signs = (i for i in content if reading.doc[i].text in {";", ":"} and not reading.quoted(i))
    sign = max(signs, default=first)
    left = range(first, sign)
    if not finite(reading, set(left)):
        return first
    if reading.doc[sign].text == ";" and (inserted or _reports(reading, left)):
        return sign + 1
    return sign + 1 if _tells_of(reading, head, left) else first


def _reports(reading: Reading, left: range) -> bool:
    """Somebody says something in a clause."""
    for verb in (reading.doc[i] for i in left if reading.doc[i].tag_ in FINITE_TAGS):
        entry = verb_entry(verb)
        says = entry is not None and entry.kind == "say" and entry.takes("clause")
        if says and reporter(verb) is not None:
            return True
    return False


def _tells_of(reading: Reading, head: Token, left: range) -> bool:
    """A clause is about who is called "he" or "she" behind it."""
    first = next((reading.doc[i] for i in left if reading.doc[i].tag_ in FINITE_TAGS), None)
    own = reporter(syntax.clause_head(first)) if first is not None else None
    if own is None or head.lower_ not in {"he", "she", "they"}:
        return False
    named = any(t.ent_type_ == "PERSON" and t.i in left for t in own.subtree)
    return named or own.lower_ == head.lower_
