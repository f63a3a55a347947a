"""Whose verb it is: the agreement's own, or that of somebody who is told of beside it."""

from __future__ import annotations

from kg.extraction.agreement_drafts import Cue, Draft
from kg.extraction.agreement_lexicon import words
from kg.extraction.agreement_page import QUOTES, Page
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


BINDING = frozenset({"will", "must", "shall"})
ONWARD = frozenset(
    {
        *("meet", "visit", "travel", "vote", "hold", "debate", "discuss", "continue", "remain"),
        *("take", "expire", "last", "enter", "need", "face", "submit", "approve", "ratify", "sign"),
        *("become", "come", "talk", "decide", "begin", "start", "resume", "be", "see", "know"),
        *("attend", "convene", "follow", "return", "address", "brief", "seek", "help", "make"),
        *("depend", "mean", "cost", "test", "prove", "show", "raise", "worry", "put", "lead"),
    }
)
"""What comes about after an agreement without being laid down in it."""

NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "ADP", "PART"})
SIDES = frozenset(
    {
        *("side", "sides", "both", "state", "states", "country", "countries", "military"),
        *("government", "governments", "authorities", "republic", "republics"),
    }
)
"""Leading words for those whom an agreement binds; others speak of it."""


def binds_further(page: Page, start: int) -> bool:
    """The sentence goes on with what is laid down: "*Oslo will pay* a third of it"."""
    end = page.sentence_end[start]
    modal = next((k for k in range(start + 1, min(start + 14, end - 2)) if _binds(page, k)), None)
    if modal is None or any(page.low[k] in QUOTES or _speaks(page, k) for k in range(start, end)):
        return False
    group = range(start, modal)
    bare = all(page.pos[k] in NOMINAL or page.tag[k] in {"VBN", "HYPH"} for k in group)
    officials = any(page.low[k] in words("leader") - SIDES for k in group)
    verb = next((k for k in range(modal + 1, end) if page.pos[k] == "VERB"), None)
    if verb is None or page.lemma[verb] in ONWARD:
        return False
    if not bare or officials or page.pos[start] == "ADP":
        return False
    people = (page.actor(n.actor).type for k in group for n in page.names(k))
    if "person" in people or page.story[start] is False:
        return False
    return page.voice(page.chars(start, end)).asserted_by == "article"


def _binds(page: Page, k: int) -> bool:
    to = page.low[k + 1] == "to" and page.tag[k + 2] == "VB"
    undertook = page.tag[k] == "VBD" and page.lemma[k] in words("undertaking")
    due = undertook or page.low[k] in {"is", "are", "has", "have"}
    return page.low[k] in BINDING or (to and due)


def _speaks(page: Page, k: int) -> bool:
    return page.pos[k] == "VERB" and page.lemma[k] in words("speech")
