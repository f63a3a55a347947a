"""What an event is about: the words for what is asked for, promised, refused or threatened."""

from __future__ import annotations

from kg.extraction.event_complements import is_infinitive
from kg.extraction.event_lexicon import words
from kg.extraction.event_scene import Scene
from kg.nlp import syntax
from kg.nlp.tokens import Token

_NAMED = frozenset({"NOUN", "PROPN"})
_NEVER_CONTENT = frozenset(
    {"punct", "det", "case", "mark", "aux", "aux:pass", "amod", "cc", "advmod", "nummod", "cop"}
)


_CONTENT = syntax.ANY_OBJECT | syntax.OPEN_COMPLEMENT | syntax.CLAUSAL_COMPLEMENT
_PURPOSE = syntax.ADVERBIAL_CLAUSE | {"acl"}
_WITHIN = syntax.PREPOSITION | {"pobj", "pcomp"} | syntax.SUBJECT | syntax.COMPOUND


def is_background(token: Token) -> bool:
    """A clause or noun that tells something beside: "after …", "amid …"."""
    return any(
        c.dep_ in {"mark", "case", "advmod"} and c.lower_ in words("BACKGROUND")
        for c in token.children
    )


def content_of(scene: Scene, *heads: Token, coordinated: bool) -> frozenset[int]:
    """The tokens of what some words ask for, promise, refuse or threaten."""
    found: frozenset[int] = frozenset()
    for head in dict.fromkeys(heads):
        key = (head.i, coordinated)
        if key not in scene.contents:
            scene.contents[key] = frozenset(_content(scene, head, coordinated))
        found |= scene.contents[key]
    return found


def _content(scene: Scene, token: Token, coordinated: bool) -> set[int]:
    found: set[int] = set()
    todo = [token]
    while todo:
        here = todo.pop()
        for child in here.children:
            relation = child.dep_
            if relation in _NEVER_CONTENT or (relation == "conj" and not coordinated):
                continue
            if child.i not in found and child != token and _belongs(scene, child, here):
                found.add(child.i)
                todo.append(child)
    return found | _hung_too_low(token, found) if coordinated else found


def _hung_too_low(token: Token, content: set[int]) -> set[int]:
    """ "Agreed to a truce, keeping …, and *exchange* prisoners": a bare infinitive is listed with
    what was agreed to, not with the participle on which the parser hung it.
    """
    low = (
        t
        for i in content
        for participle in token.doc[i].children
        if participle.tag_ == "VBG"
        for t in participle.conjuncts
        if t.tag_ == "VB" and not any(c.dep_ in syntax.SUBJECT for c in t.children)
    )
    return {t.i for verb in low for t in verb.subtree}


def _belongs(scene: Scene, child: Token, head: Token) -> bool:
    if is_background(child) or scene.is_date(child):
        return False
    if scene.lemmas[head.i] in words("PRESUPPOSING") and child.pos_ in _NAMED:
        return False  # "vowed to avenge the *killing*", which has taken place
    if child.tag_ == "VBG" and child.dep_ in syntax.ADVERBIAL_CLAUSE and _has_subject(child):
        return False  # "traded insults, with *Chad summoning* the envoy"
    if child.dep_ in _CONTENT:
        return True
    if child.dep_ in _PURPOSE:
        return is_infinitive(child) or any(
            m.lower_ in words("CONTENT") for m in child.children if m.dep_ in {"mark", "case"}
        )
    if child.dep_ in syntax.CONJUNCT:
        return head.pos_ == child.pos_ and head.dep_ not in {"ROOT"} and not _finite(child)
    if child.dep_ in syntax.NOUN_OBLIQUE:
        cases = {c.lower_ for c in child.children if c.dep_ == "case"}
        return not cases or bool(cases & words("CONTENT"))
    return child.dep_ in _WITHIN


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in syntax.SUBJECT for c in verb.children)


def _finite(verb: Token) -> bool:
    return verb.tag_ in {"VBD", "VBZ", "VBP"} or any(
        c.dep_ in syntax.SUBJECT for c in verb.children
    )
