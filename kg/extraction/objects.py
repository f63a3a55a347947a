"""What a verb has for its object where the parser hung it elsewhere, and what completes it."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.sources import is_means
from kg.nlp import syntax
from kg.nlp.tokens import Token

SHIFTED = syntax.APPOSITION | syntax.SUBJECT | syntax.OBJECT
"""What a parser makes of an object behind an adverbial."""


def gerund(verb: Token) -> Token | None:
    """The form in -ing that a verb takes for object: "proposed *raising* the tax"."""
    return next(
        (
            c
            for c in verb.children
            if c.tag_ == "VBG"
            and c.i > verb.i
            and c.dep_ in syntax.OPEN_COMPLEMENT | syntax.CLAUSAL_COMPLEMENT
            and c.left_edge.i == verb.i + 1
            and c.left_edge.pos_ != "ADP"
            and syntax.subject(c) is None
        ),
        None,
    )


def taken_for_subject(verb: Token) -> Token | None:
    """The object of which the parser made a second subject: "accused *Ann Lee* of lying"."""
    own = [c for c in verb.children if c.dep_ in syntax.SUBJECT]
    behind = [c for c in own if c.i > verb.i and c.left_edge.i == verb.i + 1]
    return behind[0] if behind and own[0].i < verb.i and not syntax.is_passive(verb) else None


def accused(verb: Token) -> Token | None:
    """Whom the parser made the subject of the deed he is accused of: "accused *Vik* of lying"."""
    for deed in verb.children:
        own = syntax.subject(deed)
        if is_deed(deed) and own is not None and own.left_edge.i == verb.i + 1:
            return own
    return None


def shifted(verb: Token) -> Token | None:
    """The object behind an adverbial, to which the parser tied it: "condemned in strong terms *the
    raid*".
    """
    for child in verb.children:
        if child.i > verb.i and not syntax.is_passive(verb) and child.dep_ in syntax.NOUN_OBLIQUE:
            for noun in child.rights:
                gap = noun.doc[child.i + 1 : noun.left_edge.i]
                if noun.dep_ in SHIFTED and noun.left_edge.pos_ == "DET" and _marks_only(gap):
                    return noun
    return None


def _marks_only(gap: Sequence[Token]) -> bool:
    return all(t.is_quote for t in gap)


def free_relative(verb: Token) -> Token | None:
    """The "what" right behind a verb, wherever the parser hung its clause: "condemned *what* Berg
    called a raid".
    """
    what = verb.doc[min(verb.i + 1, len(verb.doc) - 1)]
    return what if what.lower_ == "what" and clause_of(what) != what else None


def clause_of(what: Token) -> Token:
    """The verb of the clause that "what" opens."""
    return next((t for t in what.ancestors if t.pos_ == "VERB" and t.i > what.i), what)


def is_deed(clause: Token) -> bool:
    """What somebody is accused of, hung on who accuses: "accused by unions *of lying*"."""
    return clause.tag_ == "VBG" and any(c.lower_ == "of" for c in clause.lefts)


def result(deed: Token) -> set[int]:
    """What came of it, told behind the means: "accused him of lying by denying it, *prompting a
    protest*".
    """
    means = next((t for t in deed.subtree if is_means(t)), None)
    if means is None:
        return set()
    behind = (
        c for c in means.children if c.tag_ == "VBG" and c.i > means.i and c.nbor(-1).text == ","
    )
    return {t.i for c in behind for t in c.subtree}
