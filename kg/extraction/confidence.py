"""How surely a draft is a statement with the right words: rates counted on annotated news.

The rate of its cue in its frame, corrected by what some signs tell in that frame: a finite verb
reports more often than an infinitive, content in quotation marks is more often right than other
content, a named speaker more often than "who".
"""

from __future__ import annotations

import functools

from kg.extraction.drafts import Draft
from kg.extraction.tables import rows, word_list
from kg.nlp import syntax

FLOOR = 0.44
"""Below this a draft is dropped: about half the F1 that is reached, where dropping begins to
gain.
"""

COUNTED_AS = {
    "passive": "object",
    "relative": "object",
    "as": "clause",
    "rest": "clause",
    "before": "clause",
    "around": "clause",
}
"""Frames that share the counts of another in the lexicon."""

SMOOTHING = 10.0
HIGHEST = 0.99
FORMS = {"VBD": "finite", "VBZ": "finite", "VBP": "present", "VBG": "participle"}


def confidence(draft: Draft) -> float:
    """The share of such drafts that annotators agree with, between 0 and 1."""
    return round(min(HIGHEST, max(0.01, _probability(draft))), 3)


def stands(draft: Draft) -> bool:
    """The draft is likelier a statement than pays to leave out; what a question was about stays."""
    return draft.topic_only or _probability(draft) >= FLOOR


def _probability(draft: Draft) -> float:
    if draft.frame in {"title", "label", "colon", "signed", "transcript"}:
        return _rate((draft.frame, "form", _form_and_source(draft)), _overall(draft.frame))
    counted = _odds(_overall(counted_as(draft.frame)))
    odds = _odds(draft.rate) * _odds(_overall(draft.frame)) / counted
    for sign, value in signs(draft):
        odds *= _told(draft.frame, sign, value)
    return _from_odds(odds)


@functools.cache
def _overall(frame: str) -> float:
    """How often a frame is right."""
    return _rate((frame, "", ""))


@functools.cache
def _told(frame: str, sign: str, value: str) -> float:
    """By how much a sign raises or lowers the odds of a frame."""
    overall = _overall(frame)
    return _odds(_rate((frame, sign, value), overall)) / _odds(overall)


def counted_as(frame: str) -> str:
    """The frame whose counts in the lexicon a frame shares."""
    return COUNTED_AS.get(frame, frame)


def signs(draft: Draft) -> tuple[tuple[str, str], ...]:
    """What tells, beside cue and frame, whether a draft is right: each with its value.

    Who speaks within a quotation tells nothing: there "I" and "we" are at home.
    """
    found = [
        ("form", _form_and_source(draft)),
        ("quoted", "yes" if draft.quoted else "no"),
    ]
    if draft.source and not draft.inner:
        found.append(("speaker", speaker(draft)))
    return tuple(found)


def _form_and_source(draft: Draft) -> str:
    return f"{form(draft)} {'yes' if draft.source else 'no'}"


def speaker(draft: Draft) -> str:
    """What kind of word speaks."""
    head = draft.source_head
    word = head.lower_ if head is not None else ""
    if word in {"who", "that", "which", "whom"}:
        return "relative"
    if word in {"i", "we", "you", "me", "us"}:
        return "first"
    if word in {"he", "she", "him", "her", "his"}:
        return "person"
    if head is not None and head.pos_ == "PRON":
        return "pronoun"
    named = any(draft.verb.doc[i].pos_ == "PROPN" for i in draft.source)
    return "name" if named else "noun"


def form(draft: Draft) -> str:
    """What shape the cue has; "compound" is a verb with its auxiliary ("did not say", "has
    said").
    """
    verb = draft.verb
    if draft.kind == "noun":
        return "light" if any(verb.doc[i].pos_ == "VERB" for i in draft.cue) else "bare"
    if verb.head.i < verb.i and verb.head.lemma_.lower() in word_list("goes_on"):
        verb = verb.head  # "*went* on to defend it"
    alone = not syntax.auxiliaries(verb) and not any(c.lower_ == "to" for c in verb.children)
    if verb.tag_ == "VB" and alone and syntax.subject(verb) is not None:
        return "finite"  # "it read", which the tagger took for an infinitive
    if verb.tag_ in {"VB", "VBN"}:
        helped = any(c.lower_ != "to" and c.pos_ == "AUX" for c in syntax.auxiliaries(verb))
        bare = "base" if verb.tag_ == "VB" else "participle"
        return bare if not helped else "passive" if syntax.is_passive(verb) else "compound"
    return FORMS.get(verb.tag_, "other")


def _odds(rate: float) -> float:
    rate = min(HIGHEST, max(0.01, rate))
    return rate / (1 - rate)


def _from_odds(odds: float) -> float:
    return odds / (1 + odds)


def _rate(key: tuple[str, str, str], prior: float = 0.6) -> float:
    hits, total = _table().get(key, (0, 0))
    return (hits + SMOOTHING * prior) / (total + SMOOTHING)


@functools.cache
def _table() -> dict[tuple[str, str, str], tuple[int, int]]:
    return {
        (r["frame"], r["sign"], r["value"]): (int(r["right"]), int(r["all"]))
        for r in rows("statement_rates.tsv")
    }
