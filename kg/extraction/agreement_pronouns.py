"""Finds what takes up an agreement without naming one: "abide by it", "It was signed".

A pronoun counts only beside a verb that hardly takes anything else than an agreement; whose
agreement it is, its sentence or the one before tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.extraction.agreement_drafts import Draft
from kg.extraction.agreement_lexicon import cues, words
from kg.extraction.agreement_page import QUOTES, Page

SINGULAR, PLURAL = frozenset({"it"}), frozenset({"they", "them"})
TAKING = SINGULAR | PLURAL
RATIFYING = frozenset({"ratify", "initial"})
GROUP = frozenset({"AUX", "ADV", "PART"})


class Taker(NamedTuple):
    """What takes up an agreement; `near` tells that its own sentence must name one."""

    draft: Draft
    near: bool
    sure: bool = False
    """Its verb takes nothing else: "to ratify it"."""
    subject: bool = False
    """It takes up only the subject of the sentence before: "It includes …"."""


def pronouns(page: Page) -> Iterator[Taker]:
    """The pronouns that stand for an agreement, and signatures whose object is left out."""
    for i, low in enumerate(page.low):
        taking = low in TAKING
        if not (taking or page.lemma[i] == "sign") or not page.story[i] or page.titled[i]:
            continue
        if taking:
            if _object(page, i) or _subject(page, i):
                sure = page.verb(i - 1) in RATIFYING
                yield Taker(_draft(i, plural=page.low[i] in PLURAL), False, sure)
            elif low == "it" and _containing(page, i):
                yield Taker(_draft(i, plural=False), False, subject=True)
            elif _ended(page, i):
                yield Taker(_draft(i, plural=page.low[i] in PLURAL), True)
        elif _objectless(page, i):
            yield Taker(_draft(i, plural=False, silent=True), False)


def _draft(i: int, *, plural: bool, silent: bool = False) -> Draft:
    return Draft(
        i,
        i + 1,
        i,
        i + 1,
        "arrangement",
        plural,
        "anaphor",
        sure=False,
        pronoun=True,
        silent=silent,
    )


def _object(page: Page, i: int) -> bool:
    """ "abide by it", "to ratify it", "withdraw from it"."""
    if i < 1 or page.low[i] == "they":
        return False
    after = page.pos[i + 1] if i + 1 < page.n else "PUNCT"
    if after in {"AUX", "VERB"} and page.low[i] == "it":
        return False  # "said it would", "agreed it was"
    preposition = page.low[i - 1] if page.pos[i - 1] == "ADP" else ""
    k = i - 1 - bool(preposition)
    if k < page.sentence_start[i] or page.pos[k] not in {"VERB", "AUX"}:
        return False
    frames = cues("verb").get(page.verb(k), {})
    return (preposition or "obj") in frames and page.verb(k) in words("binding_verb")


def _subject(page: Page, i: int) -> bool:
    """ "It was signed in Rome", "but it has been broken", "It obliges both sides to disarm"."""
    k, passive = _group(page, i)
    if k >= page.n or page.low[i] == "them":
        return False
    verb = page.verb(k)
    if passive and page.tag[k] in {"VBN", "VBD"}:
        return verb in words("signing") | words("binding_verb")
    initial = i == page.sentence_start[i] or page.low[i - 1] in QUOTES
    return initial and verb in words("expiring") | words("obliging")


def _containing(page: Page, i: int) -> bool:
    """ "The deal sets a quota. *It includes* loans": what much else may do, too."""
    k, passive = _group(page, i)
    initial = i == page.sentence_start[i]
    return initial and not passive and k < page.n and page.lemma[k] in CONTAINING


CONTAINING = frozenset(
    {
        *("include", "contain", "require", "call", "provide", "cover", "cap", "limit", "give"),
        *("set", "impose", "let", "extend", "create", "establish", "grant", "commit", "specify"),
        *("open", "see", "lift", "bring", "ease", "end", "freeze", "ban", "raise", "cut"),
    }
)


def _group(page: Page, i: int) -> tuple[int, bool]:
    """The verb behind a pronoun and its auxiliaries, and whether it is passive."""
    k, passive = i + 1, False
    while k < min(page.n, i + 7) and (page.pos[k] in GROUP or page.low[k] in QUOTES):
        passive = page.lemma[k] == "be" or (passive and page.pos[k] != "AUX")
        k += 1
    return k, passive


def _ended(page: Page, i: int) -> bool:
    """ "but it has been suspended": verbs that much else may suffer, too."""
    k, passive = _group(page, i)
    return passive and k < page.n and page.low[i] != "them" and page.verb(k) in words("ending_verb")


def _objectless(page: Page, i: int) -> bool:
    """ "Both delegations have signed": what was signed is told before."""
    behind = page.pos[i + 1] if i + 1 < page.n else "PUNCT"
    active = page.tag[i] in {"VBD", "VBN"} and page.lemma[i - 1 : i] != ["be"]
    subject = any(page.names(k) or page.pos[k] == "NOUN" for k in range(page.sentence_start[i], i))
    return active and behind == "PUNCT" and subject
