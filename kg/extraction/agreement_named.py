"""Whether a protocol, memorandum, convention, roadmap or understanding is one between powers."""

from __future__ import annotations

from kg.extraction.agreement_context import (
    bound_by,
    exists,
    handled,
    in_force,
    of_business,
    part_told,
    political_sentence,
    signed,
    tells_size,
    under,
)
from kg.extraction.agreement_drafts import Draft
from kg.extraction.agreement_lexicon import words
from kg.extraction.agreement_page import Page


def named(page: Page, draft: Draft) -> bool:
    """Protocols, conventions, memoranda, roadmaps: named ones, and those that are signed or
    agreed.
    """
    head = page.low[draft.noun]
    k = draft.noun - 1
    proper = (
        k >= 0
        and page.pos[k] == "PROPN"
        and page.doc[k].text[:1].isupper()
        and page.doc[draft.noun].text[:1].isupper()
    )
    behind = page.low[draft.noun_end] if draft.noun_end < page.n else ""
    around = {m for modifier in draft.modifiers for m in (modifier, *modifier.split("-"))}
    if head.startswith("convention"):
        capital = page.doc[draft.noun].text[:1].isupper()
        return (
            (proper and draft.article != "indefinite" and "party" not in around)
            or ((capital or draft.dates) and behind in {"on", "against", "for"})
            or bound_by(page, draft, JOINED)
        )
    if head == "protocol" and behind == "amending":
        return True
    if head == "protocol" and draft.article == "definite" and behind in {"on", "to"}:
        return any(
            page.pos[j] == "PROPN"
            for j in range(draft.noun_end + 1, min(draft.noun_end + 5, page.n))
        )
    if draft.negated and exists(page, draft):
        draft.sure = False
        return True
    powers = {p for part in draft.parts for p in page.principals(part.actor)}
    if head.startswith(("memorand", "protocol", "road")) and len(powers) > 1:
        return page.political(powers)  # "the Peru-Chile memorandum"
    if page.dates_in(draft.start, draft.noun) and not draft.plural:
        start, end = page.sentence_start[draft.noun], page.sentence_end[draft.noun]
        if head.startswith(("protocol", "understanding", "arrangement", "framework")):
            return not of_business(page, start, end)  # "a 2009 protocol"
    if _undertaken_in(page, draft) or _binds(page, draft):
        return True
    if head.startswith(("arrangement", "understanding")):
        if draft.article == "definite" and part_told(page, draft):
            draft.sure = False
            return True
        if under(page, draft) and page.political(p.actor for p in draft.parts):
            return True  # "under a separate understanding with Kyiv"
        if _taken_up(page, draft):
            draft.sure = False
            return True
        return (
            bound_by(page, draft, REACHED)
            and (political_sentence(page, draft) or bool(draft.parts))
            and not (head == "understanding" and draft.article == "none")
        )
    behind_next = page.low[draft.noun_end + 1 : draft.noun_end + 2]
    if head.startswith("road") and behind in {"for", "to", "towards"} and behind_next == ["peace"]:
        return True
    bound = bound_by(page, draft, words("binders")) or in_force(page, draft)
    placed = page.tag[k] == "NNP" and draft.article == "definite" and not draft.plural
    taking = head in {"framework", "understanding", "protocol", "memorandum"}
    if placed and not proper and taking and not bound:
        draft.sure = False
        return True  # "the Lima framework", where it takes up what was told of
    if proper and draft.article != "indefinite":
        return not {"white", "justice", "house"} & around
    if (
        under(page, draft)
        and draft.article in {"definite", "anaphor"}
        and political_sentence(page, draft)
    ):
        return True
    if draft.many or (
        around
        & {
            "peace",
            "ceasefire",
            "withdrawal",
            "armistice",
            "additional",
            "security",
            "defence",
            "defense",
            "cooperation",
            "military",
            "accession",
            "agreed",
            "signed",
            "draft",
            "binding",
        }
        and (
            head.startswith(("protocol", "memorand"))
            and (signed(page, draft) or bool(draft.parts) or bool({"draft", "binding"} & around))
        )
    ):
        return True
    start, end = page.sentence_start[draft.noun], page.sentence_end[draft.noun]
    if not bound or of_business(page, start, end):
        return False
    is_signed = not head.startswith(("road", "protocol")) and signed(page, draft)
    return (
        is_signed or page.political(p.actor for p in draft.parts) or political_sentence(page, draft)
    )


def _undertaken_in(page: Page, draft: Draft) -> bool:
    """ "A memorandum in which the UN undertook to …": who promises in it is bound by it."""
    k = draft.end + (page.low[draft.end : draft.end + 1] == [","])
    if page.low[k : k + 2] not in (["in", "which"], ["under", "which"], ["by", "which"]):
        return False
    end = min(k + 12, page.sentence_end[draft.noun])
    verbs = [j for j in range(k + 2, end) if page.pos[j] == "VERB"][:1]
    named = [n.actor for j in range(k + 2, end) for n in page.names(j)]
    return page.political(named) and any(page.lemma[j] in words("undertaking") for j in verbs)


def _binds(page: Page, draft: Draft) -> bool:
    """ "A protocol on data, *obliging* each side to publish them": so much for what it is."""
    clauses = [t for t in page.tokens_of[draft.noun_end - 1].children if t.dep_.startswith("acl")]
    behind = draft.end + (page.low[draft.end : draft.end + 1] == [","])
    clauses += page.tokens_of[behind : behind + 1]
    binding = any(t.lemma_ in words("obliging") and t.tag_ in {"VBG", "VBZ"} for t in clauses)
    return binding and political_sentence(page, draft)


def _taken_up(page: Page, draft: Draft) -> bool:
    """ "The July understanding", "the arrangement": no more than its date, among powers."""
    if draft.article not in {"definite", "anaphor"} or draft.plural or draft.end > draft.noun_end:
        return False
    inside = {k for d in page.dates_in(draft.start, draft.noun) for k in range(d.start, d.end)}
    plain = all(
        k in inside or page.pos[k] == "DET" or tells_size(page.low[k])
        for k in range(draft.start, draft.noun)
    )
    return plain and (political_sentence(page, draft) or handled(page, draft))


JOINED = frozenset({"join", "ratify", "accede", "sign", "withdraw", "quit", "denounce"})
REACHED = frozenset(
    {
        *("reach", "agree", "sign", "conclude", "violate", "propose", "negotiate", "seek"),
        *("renew", "float", "offer", "endorse", "broker"),
    }
)
