"""How surely a draft is a statement with the right words: rates counted on annotated news.

The rate of its cue in its frame, corrected by what the form of the cue tells in that frame: a
finite verb reports more often than an infinitive, a cue with a speaker more often than one
without.
"""

from __future__ import annotations

import functools

from kg.extraction.drafts import Draft
from kg.extraction.tables import rows
from kg.nlp import syntax

FLOOR = 0.45
"""Below this a draft is dropped: about half the F1 that is reached, where dropping begins to
gain.
"""

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
    overall = _rate((draft.frame, "", ""))
    here = _rate((draft.frame, form(draft), "yes" if draft.source else "no"), overall)
    if draft.frame in {"title", "label", "colon", "signed", "transcript"}:
        return here
    return _from_odds(_odds(draft.rate) * _odds(here) / _odds(overall))


def form(draft: Draft) -> str:
    """What shape the cue has; "compound" is a verb with its auxiliary ("did not say", "has
    said").
    """
    verb = draft.verb
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
        (r["frame"], r["form"], r["source"]): (int(r["right"]), int(r["all"]))
        for r in rows("statement_rates.tsv")
    }
