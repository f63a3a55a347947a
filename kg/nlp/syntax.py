"""One reading of a dependency tree, for Universal Dependencies and for spaCy's ClearNLP labels.

Rules ask here for subjects, objects, obliques and clauses, and never name a label themselves. The
two schemes differ in more than names: UD hangs a preposition under its noun (`case`), ClearNLP
the noun under its preposition (`prep` → `pobj`); UD heads a copular clause by its predicate,
ClearNLP by the verb; UD attaches a fronted quotation's verb of saying as `parataxis` of the
quotation, ClearNLP the quotation as `ccomp` of the verb.

Source: https://universaldependencies.org/u/dep/ ; ClearNLP guidelines (Choi & Palmer 2012).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.nlp.tokens import Token

SUBJECT = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass", "nsubjpass", "csubjpass"})
PASSIVE_SUBJECT = frozenset({"nsubj:pass", "csubj:pass", "nsubjpass", "csubjpass"})
PASSIVE = PASSIVE_SUBJECT | {"aux:pass", "auxpass"}
OBJECT = frozenset({"obj", "dobj"})
INDIRECT_OBJECT = frozenset({"iobj", "dative"})
CLAUSAL_COMPLEMENT = frozenset({"ccomp"})
OPEN_COMPLEMENT = frozenset({"xcomp"})
ADVERBIAL_CLAUSE = frozenset({"advcl"})
RELATIVE_CLAUSE = frozenset({"acl:relcl", "relcl"})
ADNOMINAL_CLAUSE = frozenset({"acl"}) | RELATIVE_CLAUSE
APPOSITION = frozenset({"appos"})
CONJUNCT = frozenset({"conj"})
POSSESSOR = frozenset({"nmod:poss", "poss"})
NEGATION = frozenset({"neg"})
AUXILIARY = frozenset({"aux", "aux:pass", "auxpass"})
COPULA = frozenset({"cop"})
PARTICLE = frozenset({"compound:prt", "prt"})
ADVERB = frozenset({"advmod"})
MARKER = frozenset({"mark"})
PUNCTUATION = frozenset({"punct"})
COORDINATOR = frozenset({"cc", "cc:preconj", "preconj"})
DETERMINER = frozenset({"det", "det:predet", "predet"})
PREPOSITION = frozenset({"prep", "agent", "dative"})
NOUN_OBLIQUE = frozenset({"obl", "obl:tmod", "obl:npmod", "obl:agent", "obl:unmarked", "nmod"})
SPEECH_PARATAXIS = frozenset({"parataxis"})
EXPLETIVE = frozenset({"expl"})
FLAT = frozenset({"flat", "flat:foreign", "flat:name"})
COMPOUND = frozenset({"compound", "nn"})
NOT_IN_NOUN_CHUNK = (
    ADNOMINAL_CLAUSE
    | APPOSITION
    | CONJUNCT
    | COORDINATOR
    | {
        "case",
        "mark",
        "nmod",
        "prep",
        "parataxis",
        "punct",
        "cop",
        "ccomp",
        "advcl",
        "dep",
        "list",
        "relcl",
    }
    | SUBJECT
    | AUXILIARY
)

# unions that many rules ask for, made once
ANY_OBJECT = OBJECT | INDIRECT_OBJECT
HELPING = AUXILIARY | COPULA
PART_OF_NAME = COMPOUND | FLAT
REPORTED = CLAUSAL_COMPLEMENT | SPEECH_PARATAXIS
_INHERITING = CONJUNCT | OPEN_COMPLEMENT | ADVERBIAL_CLAUSE
_MAY_NEGATE = NEGATION | ADVERB | COORDINATOR
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "neither", "nor"})
_PART_OF_PHRASE = PART_OF_NAME | POSSESSOR


class Oblique(NamedTuple):
    """A noun that hangs on its governor by a preposition; `preposition` is lower case, "" if
    bare.
    """

    preposition: str
    noun: Token


def children(token: Token, relations: frozenset[str]) -> Iterator[Token]:
    """The dependents of a token that hang on it by one of some relations."""
    return (child for child in token.children if child.dep_ in relations)


def clause_head(token: Token) -> Token:
    """The token that heads the clause of a verb: itself, or the predicate that it is the copula
    of.
    """
    return token.head if token.dep_ in HELPING else token


def subject(verb: Token) -> Token | None:
    """The verb's own subject; inherited ones are `governing_subject`'s."""
    for child in verb.children:
        if child.dep_ in SUBJECT:
            return child
    return None


def governing_subject(verb: Token, depth: int = 6) -> Token | None:
    """The verb's subject, else that of the verb it is a conjunct, participle or open complement
    of.
    """
    seen = verb
    for _ in range(depth):
        found = subject(seen)
        if found is not None:
            return found
        if seen.dep_ not in _INHERITING or seen.head == seen:
            return None
        seen = seen.head
    return None


def is_passive(verb: Token) -> bool:
    """The verb is in the passive: it has a passive subject or auxiliary."""
    return not PASSIVE.isdisjoint([child.dep_ for child in verb.children])


def agent(verb: Token) -> Token | None:
    """Who does it, in a passive: the noun after "by"."""
    return next((o.noun for o in obliques(verb) if o.preposition == "by"), None)


def object_of(verb: Token) -> Token | None:
    """The verb's direct object."""
    for child in verb.children:
        if child.dep_ in OBJECT:
            return child
    return None


def indirect_object(verb: Token) -> Token | None:
    """The verb's indirect object without preposition: "told *reporters* that …" in UD is an
    `iobj`.
    """
    for child in children(verb, INDIRECT_OBJECT):
        if child.pos_ != "ADP":
            return child
    return None


def obliques(governor: Token) -> Iterator[Oblique]:
    """Nouns that depend on a verb or noun by a preposition, with that preposition."""
    for child in governor.children:
        if child.dep_ in NOUN_OBLIQUE:
            cases = [c for c in child.children if c.dep_ == "case"]
            words = " ".join(w.lower_ for c in cases for w in _fixed(c))
            if words or child.dep_ != "nmod":
                yield Oblique(words, child)
        elif child.dep_ in PREPOSITION and child.pos_ in {"ADP", "SCONJ", "PART"}:
            yield from _under_preposition(child)


def _fixed(case: Token) -> list[Token]:
    return sorted([case, *(c for c in case.children if c.dep_ == "fixed")], key=lambda t: t.i)


def _under_preposition(preposition: Token) -> Iterator[Oblique]:
    for child in preposition.children:
        if child.dep_ in {"pobj", "pcomp"}:
            yield Oblique(preposition.lower_, child)
        elif child.dep_ == "prep":
            for oblique in _under_preposition(child):
                yield Oblique(f"{preposition.lower_} {oblique.preposition}", oblique.noun)


def governor_by_preposition(noun: Token) -> tuple[str, Token] | None:
    """The preposition that a noun hangs by, and what it hangs on: ("in", launched) for "in
    Aden".
    """
    if noun.dep_ in {"pobj", "pcomp"}:
        return noun.head.lower_, noun.head.head
    cases = [
        c for c in noun.children if c.dep_ == "case" and c.lower_ not in {"'s", "’s", "'", "’"}
    ]
    if cases:
        return " ".join(w.lower_ for c in cases for w in _fixed(c)), noun.head
    return None


def open_complement(verb: Token) -> Token | None:
    """The head of a complement without subject of its own: "asked them *to leave*"."""
    return next(children(verb, OPEN_COMPLEMENT), None)


def appositions(noun: Token) -> Iterator[Token]:
    """Nouns set beside a noun as another name of it."""
    return children(noun, APPOSITION)


def conjuncts(token: Token) -> list[Token]:
    """The coordinated tokens that follow the first, in reading order, without it."""
    found: list[Token] = []
    for child in children(token, CONJUNCT):
        found += [child, *conjuncts(child)]
    return sorted(found, key=lambda t: t.i)


def is_reciprocal(word: Token) -> bool:
    """A word of "each other" or "one another"."""
    pairs = {("each", "other"), ("one", "another")}
    doc, i = word.doc, word.i
    after = i + 1 < len(doc) and (word.lower_, doc[i + 1].lower_) in pairs
    return after or (i > 0 and (doc[i - 1].lower_, word.lower_) in pairs)


def possessor(noun: Token) -> Token | None:
    """Whose it is: "*Russia*'s envoy", "*its* envoy"."""
    return next(children(noun, POSSESSOR), None)


def is_negated(verb: Token) -> bool:
    """The verb, or its auxiliary, is negated."""
    for child in verb.children:
        if child.dep_ in _MAY_NEGATE and (child.dep_ in NEGATION or child.lower_ in _NEGATIONS):
            return True
    return False


def auxiliaries(verb: Token) -> list[Token]:
    """Auxiliaries and modals of a verb, in reading order."""
    return [child for child in verb.children if child.dep_ in AUXILIARY]


def subtree_span(token: Token, leave_out: frozenset[str] = frozenset()) -> tuple[int, int]:
    """The first and one past the last token of a subtree, less branches hung on its head by some
    relations.

    Token positions, half-open. A branch that would tear the span apart ends it.
    """
    kept = {token.i}
    for child in token.children:
        if child.dep_ not in leave_out:
            kept.update(t.i for t in child.subtree)
    start = end = token.i
    while start - 1 in kept:
        start -= 1
    while end + 1 in kept:
        end += 1
    return start, end + 1


def noun_phrase(noun: Token) -> tuple[int, int]:
    """The noun with what stands before it and its flat parts, without what modifies it from behind.

    Token positions, half-open: "the Russian *Foreign Ministry*" of "the … Ministry in Moscow".
    """
    return subtree_span(noun, NOT_IN_NOUN_CHUNK)


def noun_chunks(doc: Iterable[Token]) -> Iterator[tuple[int, int, Token]]:
    """Base noun phrases (start, end, head), token positions, in reading order, none inside another.

    Right for UD labels, for which `Doc.noun_chunks` of spaCy's English is not.
    """
    previous_end = -1
    for token in doc:
        if token.pos_ not in {"NOUN", "PROPN", "PRON"}:
            continue
        if token.dep_ in _PART_OF_PHRASE:
            continue
        start, end = noun_phrase(token)
        if start >= previous_end:
            yield start, end, token
            previous_end = end
