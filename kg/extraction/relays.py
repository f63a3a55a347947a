"""Agencies that pass on what somebody told others: "Interfax quoted her as saying that …"."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.cues import verb_entry
from kg.extraction.drafts import Draft
from kg.extraction.reading import Reading
from kg.extraction.source_words import noun_phrase
from kg.nlp import syntax
from kg.nlp.tokens import Token

QUOTING = frozenset({"quote", "cite"})


@dataclass(frozen=True, slots=True)
class Relay:
    """A verb of quoting, the verb of saying after "as", who says it, and who quotes."""

    outer: Token
    inner: Token
    speaker: Token | None
    relay: Token | None

    def mark(self, reading: Reading, draft: Draft) -> None:
        """Put the relay and the words "as saying" into a draft."""
        draft.cue |= {
            i for i in range(self.inner.i - 1, self.inner.i + 1) if i not in draft.content
        }
        if self.relay is not None:
            draft.relay = self.relay
            draft.relay_words = noun_phrase(reading, self.relay)


def relayed(verb: Token) -> Relay | None:
    """The relay that a verb of quoting, or the "saying" behind it, belongs to."""
    inner: Token | None = verb
    outer = verb.head
    if verb.lemma_.lower() in QUOTING:
        outer = verb
        inner = next((c for c in verb.children if _as_saying(c)), None)
        thing = _object(verb)
        if inner is None and thing is not None:
            inner = next((c for c in thing.children if _as_saying(c)), None)
    elif not _as_saying(verb):
        return None
    elif outer.lemma_.lower() not in QUOTING and outer.head.lemma_.lower() in QUOTING:
        outer = outer.head
    if inner is None or outer.lemma_.lower() not in QUOTING:
        return None
    own = syntax.subject(outer)
    agent = syntax.agent(outer)
    if agent is not None and own is None:
        own = outer.head if outer.head.pos_ in {"NOUN", "PROPN", "PRON"} else own
        own = own or syntax.subject(outer.head)  # "Lee, *quoted* by Tass as saying so, denied it"
        return Relay(outer, inner, own, agent)
    if syntax.is_passive(outer):
        return Relay(outer, inner, own, syntax.agent(outer) or syntax.agent(inner))
    return Relay(outer, inner, _object(outer), own)


def _object(verb: Token) -> Token | None:
    return syntax.object_of(verb) or syntax.indirect_object(verb)


def _as_saying(verb: Token) -> bool:
    entry = verb_entry(verb) if verb.tag_ == "VBG" else None
    return entry is not None and verb.i > 0 and verb.nbor(-1).lower_ == "as"
