"""What a word takes as its complement: infinitives, clauses, gerunds; and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.event_lexicon import lemma_of, words
from kg.extraction.event_scene import Scene
from kg.nlp import syntax
from kg.nlp.tokens import Token

_COMPLEMENT = syntax.OPEN_COMPLEMENT | syntax.CLAUSAL_COMPLEMENT
_MAYBE_INFINITIVE = syntax.ADVERBIAL_CLAUSE | syntax.SUBJECT | {"acl"}
_NAMED = syntax.SUBJECT | {"nsubj:outer"}
_GERUND = _COMPLEMENT | syntax.OBJECT | syntax.ADVERBIAL_CLAUSE


def all_of(scene: Scene, token: Token, *, finite: bool = False) -> Iterator[Token]:
    """Verbs in the infinitive, or clauses, that a word takes: "agreed to *meet*", "said that *…*".

    `finite` adds clauses with "that" behind nouns: "the hope that …".
    """
    for child in token.children:
        if (
            finite
            and child.dep_ == "acl"
            and any(c.lower_ == "that" and c.dep_ == "mark" for c in child.children)
        ):
            yield child
        if child.dep_ in _COMPLEMENT or (child.dep_ in _MAYBE_INFINITIVE and is_infinitive(child)):
            yield child


def has_that_clause(noun: Token) -> bool:
    """A clause with "that" behind a noun, be it taken for a relative one: "its demand *that …*"."""
    return noun.pos_ == "NOUN" and any(
        c.dep_ in syntax.ADNOMINAL_CLAUSE and c.doc[c.left_edge.i].lower_ == "that"
        for c in noun.children
    )


def infinitives(scene: Scene, token: Token) -> list[Token]:
    """Infinitives that a word takes."""
    return [c for c in all_of(scene, token) if is_infinitive(c)]


def is_bare_infinitive(scene: Scene, verb: Token) -> bool:
    """An infinitive with a subject of its own, in a headline: "UN *to hold* meeting"."""
    return (
        scene.titled[verb.i]
        and is_infinitive(verb)
        and any(c.dep_ in syntax.SUBJECT for c in verb.children)
    )


def is_arranged(verb: Token) -> bool:
    """What is settled to come: "the two *are to* meet"."""
    helping = {c.lower_ for c in verb.children if c.dep_ in syntax.HELPING}
    if not is_infinitive(verb) or not helping & words("EXISTING"):
        return False
    # "is to blame" and "the aim is to leave" settle nothing
    named = (c for c in verb.children if c.dep_ in _NAMED)
    aims = any(lemma_of(c.lower_, c.lemma_.lower()) in words("AIMS") for c in named)
    return not aims and lemma_of(verb.lower_, verb.lemma_.lower()) != "blame"


def is_of_nobody(verb: Token) -> bool:
    """Its subject is nobody: "*neither side* would attack"."""
    named = (c for c in verb.children if c.dep_ in syntax.SUBJECT)
    return any(
        t.lower_ in words("NOBODY") for s in named for t in (s, *s.children) if t.dep_ != "cc"
    )


def is_condition(verb: Token) -> bool:
    """A clause that opens with "if" or the like."""
    return verb.dep_ in syntax.ADVERBIAL_CLAUSE and any(
        c.lower_ in words("CONDITION") for c in verb.children if c.dep_ in syntax.MARKER
    )


def clauses(token: Token) -> list[Token]:
    """Finite clauses that a verb takes as its object."""
    return [
        c
        for c in token.children
        if c.dep_ in syntax.CLAUSAL_COMPLEMENT and not is_infinitive(c) and c.tag_ != "VBG"
    ]


def is_infinitive(verb: Token) -> bool:
    """The verb stands behind "to"."""
    return any(c.dep_ in {"mark", "aux"} and c.lower_ == "to" for c in verb.children)


def gerunds(token: Token) -> list[Token]:
    """Gerunds that a verb takes: "stopped *shelling*"."""
    return [
        c
        for c in token.children
        if c.tag_ == "VBG"
        and c.dep_ in _GERUND
        and not (
            c.dep_ in syntax.ADVERBIAL_CLAUSE
            and any(m.dep_ in {"mark", "punct"} for m in c.children)
        )
    ]


def prepositional_clauses(token: Token, prepositions: frozenset[str]) -> list[Token]:
    """Gerunds behind a preposition: "work on *resuming* …"."""
    return [
        c
        for c in token.children
        if c.tag_ == "VBG"
        and any(m.lower_ in prepositions for m in c.children if m.dep_ in {"mark", "case"})
    ]
