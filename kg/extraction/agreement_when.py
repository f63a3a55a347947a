"""When an agreement was made, and when its statuses began, as its sentences tell."""

from __future__ import annotations

from dataclasses import replace

from kg.extraction.agreement_drafts import Cue, Draft
from kg.extraction.agreement_lexicon import words
from kg.extraction.agreement_page import Dated, Page
from kg.extraction.agreement_status import Status


def made_dates(page: Page, draft: Draft, statuses: list[Status]) -> list[Dated]:
    """When it was made: the dates in its words, else the date of the verb that makes it."""
    inside = [d for d in draft.dates if d.date.start or d.date.end]
    signed = _signing_date(page, draft, statuses)
    if signed is not None and draft.plural and not inside:
        return [signed, *_next_dates(page, signed)]
    if len(inside) == 1 and signed is not None and _within(signed, inside[0]):
        return [signed]  # "the 2021 statement, adopted on March 25"
    return inside or ([signed] if signed is not None else [])


def _next_dates(page: Page, first: Dated) -> list[Dated]:
    """ "Were signed in 2014 *and 2015*": when the others of a set were."""
    found, k = [], first.end
    while page.low[k : k + 1] in (["and"], [","]):
        k += 1 + (page.low[k + 1 : k + 2] in (["in"], ["on"]))
        date = page.date_at(k)
        if date is None or date.date.granularity != first.date.granularity:
            break
        found.append(date)
        k = date.end
    return found


def _within(one: Dated, other: Dated) -> bool:
    start, end = other.date.start, other.date.end
    return bool(start and end and start <= (one.date.start or "") <= (one.date.end or "9") <= end)


def _signing_date(page: Page, draft: Draft, statuses: list[Status]) -> Dated | None:
    """The date of the verb that makes it."""
    for status in statuses:
        late = status.cue.lemma in {"ratify", "approve", "endorse", "ratification", "accept"}
        late = late and draft.type not in VOTED
        if (
            status.value in {"signed", "agreed", "adopted"}
            and status.modality == "actual"
            and not late
        ):
            date = date_of(page, status.cue, draft)
            if date is not None and _not_ahead(page, date):
                return date
    return None


VOTED = frozenset({"resolution", "roadmap", "declaration", "joint_statement"})
"""What is made by being approved or endorsed; treaties are signed before."""


def _not_ahead(page: Page, date: Dated) -> bool:
    start = date.date.start
    return start is not None and (page.published is None or start <= page.published.isoformat())


DATED = frozenset(
    {
        "sign",
        "agree",
        "adopt",
        "effect",
        "lapse",
        "end",
        "suspend",
        "violate",
        "extend",
        "negotiate",
    }
)
"""Bases that happen, or begin, on a day."""


def status_date(page: Page, status: Status, draft: Draft) -> Dated | None:
    """When a status began or is to begin: the date beside its verb."""
    cue = status.cue
    if not cue.verb or cue.base not in DATED or status.value == "denied":
        return None
    here = page.sentence_start[cue.token] == page.sentence_start[draft.noun]
    place = draft if here else replace(draft, noun=cue.token, noun_end=cue.token + 1)
    date = date_of(page, cue, place)
    if date is None or page.published is None:
        return date
    today = page.published.isoformat()
    if status.modality == "actual":
        return date if cue.base in {"effect", "lapse"} or (date.date.start or "") <= today else None
    # beside what may yet be, a date of today or before is that of the report
    return date if (date.date.end or "9999") > today else None


def date_of(page: Page, cue: Cue, draft: Draft) -> Dated | None:
    """The date of the verb that makes an agreement: behind it, or in front of its clause."""
    end = page.sentence_end[cue.token]
    if draft.noun > cue.token + 1:
        beside = page.date_at(cue.token + 1) or page.date_at(cue.token + 2)
        near = beside is not None and beside.start <= cue.token + 2 and beside.end <= draft.start
        if near and page.pos[cue.token + 1] in {"ADP", "PROPN", "ADV", "NOUN", "NUM"}:
            return beside  # "agreed *on Tuesday* to a truce"
    k = max(cue.token, draft.noun) + 1 if draft.noun > cue.token else cue.token + 1
    while k < end and k < cue.token + 24:
        date = page.date_at(k)
        if date is not None and draft.noun <= k < draft.end:
            k = date.end  # "flouting the agreements of 2013"
            continue
        if date is not None and date.start == k:
            return None if page.lemma[k - 1] in words("speech") else date
        if page.pos[k] == "VERB" and page.tag[k] in {"VBD", "VBZ", "VBP"} and k > draft.noun_end:
            break
        k += 1
    return _fronted(page, cue, draft)


EARLIER = frozenset({"after", "before", "since", "until"})


def _fronted(page: Page, cue: Cue, draft: Draft) -> Dated | None:
    start = page.sentence_start[cue.token]
    for k in range(cue.token - 1, start - 1, -1):
        date = page.date_at(k)
        if date is not None and draft.noun <= date.start < draft.end:
            continue  # "the treaty of 1989, which lapsed"
        if page.low[k] in EARLIER and page.tokens_of[k].head.i == cue.token:
            return None  # "was put off on Monday, months *after* they signed"
        if date is not None:
            reported = date.start > start and page.lemma[date.start - 1] in words("speech")
            return (
                None
                if reported or (date.date.granularity == "period" and not date.date.start)
                else date
            )
        if (
            page.pos[k] == "VERB"
            and page.tag[k] in {"VBD", "VBZ", "VBP"}
            and page.lemma[k] not in {"begin", "agree"}
        ):
            return None
    return None
