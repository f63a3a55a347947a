"""What the sentence of a noun tells of it: made, handled, among powers, a matter of business."""

from __future__ import annotations

from kg.extraction.agreement_drafts import Draft
from kg.extraction.agreement_lexicon import words
from kg.extraction.agreement_page import Page


def exists(page: Page, draft: Draft) -> bool:
    """ "that no agreement existed", "there is no deal"."""
    behind = page.lemma[draft.noun_end : draft.noun_end + 1]
    before = page.low[max(0, draft.start - 3) : draft.start]
    return behind == ["exist"] or "there" in before


def part_told(page: Page, draft: Draft) -> bool:
    """ "the provisions of the agreement", "the signatories to the deal", and nothing of business
    around.
    """
    k = draft.start - 1
    start, end = page.sentence_start[draft.noun], page.sentence_end[draft.noun]
    return (
        k > start
        and page.low[k] in {"of", "to"}
        and page.low[k - 1] in words("told_parts")
        and not of_business(page, start, end)
    )


def under(page: Page, draft: Draft) -> bool:
    """ "under the deal", "according to the agreement", "close to a deal"."""
    before = page.low[max(page.sentence_start[draft.noun], draft.start - 2) : draft.start]
    return before[-1:] in (["under"], ["near"]) or before in (
        ["according", "to"],
        ["close", "to"],
        ["closer", "to"],
    )


def made(page: Page, draft: Draft) -> bool:
    """A verb of making governs the noun: "reached agreement on", "agreement was signed"."""
    low, high = (
        max(page.sentence_start[draft.noun], draft.start - 4),
        min(draft.end + 5, page.sentence_end[draft.noun]),
    )
    return any(
        page.lemma[k] in words("make") and page.pos[k] in {"VERB", "AUX", "ADJ"}
        for k in (*range(low, draft.start), *range(draft.noun_end, high))
    )


def handled(page: Page, draft: Draft) -> bool:
    """A word that makes, breaks or handles agreements stands close by in its sentence."""
    low = max(page.sentence_start[draft.noun], draft.start - 6)
    high = min(page.sentence_end[draft.noun], draft.end + 6)
    near = (*range(low, draft.start), *range(draft.noun_end, high))
    return any(page.lemma[k] in words("maker") or page.low[k] in words("maker") for k in near)


def political_sentence(page: Page, draft: Draft) -> bool:
    """The sentence names a power: the agreement is unlikely to be one of business."""
    start, end = page.sentence_start[draft.noun], page.sentence_end[draft.noun]
    if of_business(page, start, end):
        return False
    here = {n.actor for k in range(start, end) for n in page.names(k)[:1]}
    own = set(range(draft.noun, draft.noun_end))
    context = any(page.low[k] in words("context") for k in range(start, end) if k not in own)
    return context or page.political(here)


def of_business(page: Page, start: int, end: int) -> bool:
    """A word of business among some tokens, outside names: not that of "the European Union"."""
    trade = words("business")
    return any(page.low[k] in trade and page.pos[k] != "PROPN" for k in range(start, end))


def tells_size(modifier: str) -> bool:
    """ "58-page", "whole", "signed": no matter of its own."""
    plain = {"whole", "full", "final", "signed", "same", "joint", "entire"}
    return (
        modifier in plain
        or modifier.endswith(("-page", "-point"))
        or modifier[:1].isdigit()
        or modifier in {"page", "point"}
    )


def right_reach(page: Page, draft: Draft) -> int:
    """How far behind a mention its verb may stand: "that A, B and the C of D signed"."""
    relative = page.low[draft.end : draft.end + 1] in (["that"], ["which"])
    return min(draft.end + (12 if relative else 6), page.sentence_end[draft.noun])


def signed(page: Page, draft: Draft) -> bool:
    """A verb of signing or adopting stands close by."""
    low = max(page.sentence_start[draft.noun], draft.start - 3)
    high = right_reach(page, draft)
    near = (*range(low, draft.start), *range(draft.noun_end, high))
    return any(
        page.lemma[k] in {"sign", "adopt", "initial", "ratify", "ink", "signing", "adoption"}
        for k in near
    )


def in_force(page: Page, draft: Draft) -> bool:
    """Right behind the noun it is told to be in force or to expire."""
    after = page.low[draft.end : min(draft.end + 5, page.sentence_end[draft.noun])]
    return bool({"force", "effect", "expired", "expires"} & set(after))


def bound_by(page: Page, draft: Draft, lemmas: frozenset[str]) -> bool:
    """A verb of some lemmas stands close by."""
    low = max(page.sentence_start[draft.noun], draft.start - 5)
    high = right_reach(page, draft)
    near = (*range(low, draft.start), *range(draft.noun_end, high))
    return any(page.lemma[k] in lemmas for k in near)
