"""Whose verb it is: the agreement's own, or that of somebody who is told of beside it."""

from __future__ import annotations

from kg.extraction.agreement_drafts import Cue, Draft
from kg.extraction.agreement_page import Page
from kg.nlp import syntax

RELATIVE = frozenset({"which", "that", "who", "whose"})


def is_anothers(page: Page, draft: Draft, cue: Cue) -> bool:
    """ "NATO, which serves under a resolution, *urged* both": the verb is NATO's."""
    if not cue.verb or cue.token < draft.noun or page.tag[cue.token] in {"VBG", "VBN"}:
        return False
    own = syntax.governing_subject(page.tokens_of[cue.token])
    if own is None or own.lower_ in RELATIVE or draft.start <= own.i < draft.end:
        return False
    if own.i > draft.end:
        return own.i < cue.token
    inserted = RELATIVE.intersection(page.low[own.i + 1 : draft.start])
    return bool(inserted) or page.taken(own.i) or own.pos_ == "PRON"
