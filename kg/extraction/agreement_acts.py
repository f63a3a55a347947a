"""Finds agreements told of by a verb alone, which a later "the agreement" takes up.

"A and B agreed on Thursday to exchange prisoners. … The agreement takes effect in April."
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extraction.agreement_drafts import Cue, Draft
from kg.extraction.agreement_page import Dated, Page
from kg.extraction.agreement_parts import parties_of
from kg.extraction.agreement_pieces import coordinated
from kg.extraction.agreement_slots import ActorList, Part, actors_before, actors_from
from kg.extraction.agreement_status import Status, judged
from kg.extraction.agreement_when import date_of
from kg.records import TextSpan

REACH = 3
"""Sentences from the verb to the noun that takes it up: a quotation or two may stand between."""


@dataclass(frozen=True, slots=True)
class Act:
    """Actors who agreed on something, and what they agreed on."""

    token: int
    status: Status
    parts: tuple[Part, ...]
    dates: tuple[Dated, ...]
    provisions: tuple[TextSpan, ...]


def taken_up(page: Page, drafts: list[Draft]) -> dict[int, Act]:
    """The acts by the number of the mention that takes each up."""
    nouns = [d.noun for d in drafts]
    found: dict[int, Act] = {}
    for act in acts(page, nouns):
        number = bisect_left(nouns, act.token)
        if number < len(drafts) and _takes_up(page, act, drafts[number]):
            found[number] = act
    return found


def acts(page: Page, nouns: list[int]) -> Iterator[Act]:
    """Several powers agreeing to do something, where no agreement is named after the verb."""
    for i in range(page.n):
        if page.lemma[i] != "agree" or page.pos[i] != "VERB" or not page.story[i]:
            continue
        if page.titled[i] or _named_after(page, i, nouns):
            continue
        act = _act(page, i)
        if act is not None:
            yield act


def headline_act(page: Page) -> Act | None:
    """What the headline has several powers agree on: "Peru, Chile agree to end fish war"."""
    for i in range(page.n):
        if page.titled[i] and page.low[i] in {"agree", "agreed"} and page.story[i]:
            subject, helpers = actors_before(page, i, page.sentence_start[i])
            cue = Cue(i, i, i + 1, "agree", True, "agree")
            draft = Draft(i, i + 1, i, i + 1, "arrangement", False)
            status = judged(page, draft, cue)
            parts = (*parties_of(page, subject), *helpers) if subject is not None else ()
            if status is not None and status.value == "agreed" and len(parts) > 1:
                return Act(i, status, parts, (), ())
    return None


def _named_after(page: Page, i: int, nouns: list[int]) -> bool:
    return bisect_left(nouns, i) < bisect_left(nouns, page.sentence_end[i])


def _act(page: Page, i: int) -> Act | None:
    k = i + 1
    while k < page.sentence_end[i] and (page.pos[k] == "ADV" or page.date_at(k)):
        date = page.date_at(k)
        k = date.end if date else k + 1
    if k >= page.sentence_end[i] or page.low[k] not in {"to", "on", "that"}:
        return None
    cue = Cue(i, i, i + 1, "agree", True, "agree")
    draft = Draft(i, i + 1, i, i + 1, "arrangement", False)
    status = judged(page, draft, cue)
    subject, helpers = actors_before(page, i, page.clause_left(i))
    if subject is None or [n.kind for n in subject.items] == ["pronoun"]:
        # "A and B settled a dispute when they agreed to"
        subject = _first_list(page, i) or subject
    if status is None or status.value != "agreed" or subject is None:
        return None
    parts = (*parties_of(page, subject), *helpers)
    if len({m for p in parts for m in page.principals(p.actor)}) < 2:
        return None
    date = date_of(page, cue, draft)
    end = page.sentence_end[i]
    stop = next((j for j in range(k + 2, end) if page.low[j] in {"after", "following"}), end)
    pieces = coordinated(page, k + 1, stop)
    return Act(i, status, parts, (date,) if date else (), tuple(pieces))


def _first_list(page: Page, i: int) -> ActorList | None:
    """The list of actors that a sentence starts with, if its verb is about "they" all."""
    start = page.sentence_start[i]
    if not {"they", "both"} & set(page.low[start:i]):
        return None
    found = next((f for k in range(start, min(start + 3, i)) if (f := actors_from(page, k))), None)
    return found if found is not None and len(found.items) > 1 else None


def _takes_up(page: Page, act: Act, draft: Draft) -> bool:
    plain = draft.type == "arrangement" and not draft.plural and not draft.name and not draft.places
    if not plain or draft.article not in {"definite", "anaphor"} or draft.parts or draft.dates:
        return False
    sentence, steps = page.sentence_end[act.token], 1
    while sentence < page.n and page.sentence_end[sentence] <= draft.noun:
        words = range(sentence, page.sentence_end[sentence])
        steps += any(page.pos[k] == "VERB" for k in words)
        sentence = page.sentence_end[sentence]
    return steps <= REACH
