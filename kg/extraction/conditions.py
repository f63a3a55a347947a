"""What must be so first, and by when: the condition and the deadline of what is yet to come about.

Read from the words that open them ("if", "on condition that", "before"), and from the tree for
where they end and what they belong to.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.nlp import syntax
from kg.nlp.tokens import Token
from kg.records import DateExpression

OPENERS = tuple(
    tuple(words.split())
    for words in (
        "on the condition that",
        "on condition that",
        "on the condition of",
        "on condition of",
        "in exchange for",
        "in return for",
        "as long as",
        "so long as",
        "as soon as",
        "provided that",
        "providing that",
        "provided",
        "subject to",
        "conditional on",
        "contingent on",
        "depends on",
        "depend on",
        "depending on",
        "only after",
        "only when",
        "only once",
        "only if",
        "once",
        "unless",
        "if",
    )
)
"""Longer ones first, so that "only if" is not read as "if"."""

FIRST = frozenset(opener[0] for opener in OPENERS)
CONCESSIVE = frozenset({"even", "as", "what", "whether"})
"""Before "if": no condition."""

LIMITS = frozenset({"by", "before", "until", "till", "within"})
HIGHEST = 4
"""Words above a verb that a condition may hang on: "may agree *to sign* … *if*"."""

Tokens = tuple[int, int]


def condition(word: Token) -> Tokens | None:
    """The words for what must be so before a word's clause comes about, as token positions."""
    doc, sent = word.doc, word.sent
    opened = ((t.i, _opened(word, t.i)) for t in sent if t.lower_ in FIRST)
    opening = [(i, last) for i, last in opened if last is not None]
    clause = _clause(word) if opening else frozenset()
    for i, last in opening:
        head = _head(doc[last], i)
        if head is None or head.i in clause or head.dep_ in syntax.CLAUSAL_COMPLEMENT:
            continue
        if head.head.i in clause:
            return _without_signs(word, i, max(head.right_edge.i, last) + 1)
    return None


def deadline(
    dates: Iterable[tuple[int, int, DateExpression]], word: Token
) -> DateExpression | None:
    """The date by which something is to come about, among dates given with their tokens."""
    for start, _, date in dates:
        opening = {word.doc[start].lower_, word.doc[max(start - 1, 0)].lower_}
        later = " ".join(t.lower_ for t in word.doc[max(start - 3, 0) : start + 1])
        if date.end is not None and (opening & LIMITS or "later than" in later):
            return date
    return None


def _opened(word: Token, i: int) -> int | None:
    """The first token behind the words that open a condition at a token, one of `FIRST`."""
    doc = word.doc
    if i and doc[i - 1].lower_ in CONCESSIVE:
        return None
    for opener in OPENERS:
        last = i + len(opener)
        if last < len(doc) and tuple(t.lower_ for t in doc[i:last]) == opener:
            adverb = opener == ("once",) and doc[i].dep_ not in syntax.MARKER
            return None if adverb else last
    return None


def _clause(word: Token) -> frozenset[int]:
    """The word, what it is a complement or conjunct of, and its own complements and conjuncts."""
    linked = syntax.OPEN_COMPLEMENT | syntax.CONJUNCT | syntax.COPULA | {"ccomp", "acl"}
    around = {word.i}
    here = word
    for _ in range(HIGHEST):
        nominal = here.pos_ in {"NOUN", "PROPN"} and here.dep_ in syntax.SUBJECT | syntax.OBJECT
        if here.head == here or not (here.dep_ in linked or nominal):
            break
        here = here.head
        around.add(here.i)
    below = [word]
    for token in below:
        below += [c for c in token.children if c.dep_ in linked | syntax.OBJECT]
    return frozenset(around | {t.i for t in below})


def _head(inner: Token, first: int) -> Token | None:
    """The word that heads the phrase which its opener begins, climbing from inside it."""
    here = inner
    while here.left_edge.i > first:
        if here.head == here:
            return None
        here = here.head
    return here if here.left_edge.i == first or here.i >= first else None


def _without_signs(word: Token, start: int, end: int) -> Tokens:
    doc = word.doc
    while end - 1 > start and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return start, end
