"""Whether a noun means an agreement where it stands: by itself, or by what is said around it."""

from __future__ import annotations

import re

from kg.extraction.agreement_context import (
    exists,
    handled,
    made,
    of_business,
    part_told,
    political_sentence,
    signed,
    tells_size,
    under,
)
from kg.extraction.agreement_drafts import Draft
from kg.extraction.agreement_lexicon import Noun, cues, words
from kg.extraction.agreement_named import named
from kg.extraction.agreement_page import Page
from kg.extraction.agreement_slots import actors_before


def counts(page: Page, draft: Draft, entry: Noun) -> bool:
    """The noun means an agreement here; unsure ones are marked in the draft."""
    after = page.low[draft.noun_end] if draft.noun_end < page.n else ""
    before = page.low[draft.noun - 1] if draft.noun > page.sentence_start[draft.noun] else ""
    if after in words("not_after") or (before in words("not_before") and entry.needs != "-"):
        return False
    if entry.words[-1] in {"accord", "accords", "pact"} and _idiom(page, draft):
        return False
    if _brand(page, draft) or (page.titled[draft.noun] and _deals_with(page, draft)):
        return False
    return JUDGES[entry.needs](page, draft)


def _idiom(page: Page, draft: Draft) -> bool:
    """ "of its own accord", "in accord with", "the Warsaw Pact"."""
    before = page.low[max(0, draft.noun - 2) : draft.noun]
    return (
        "own" in before
        or before[-1:] == ["in"]
        or bool({"warsaw", "suicide", "election", "electoral"} & set(before))
    )


def _brand(page: Page, draft: Draft) -> bool:
    """ "A Honda Accord", "the Historic Pact coalition": names of other things."""
    before = draft.noun - 1
    if page.titled[draft.noun] or before < draft.start or draft.noun_end >= page.n:
        return False
    words_ = page.doc[draft.noun], page.doc[before]
    if not all(t.text[:1].isupper() and t.tag_ in {"NNP", "NNPS"} for t in words_):
        return False
    if page.low[draft.noun_end] in words("pact_party"):
        return True
    return draft.article == "indefinite" and not page.political(p.actor for p in draft.parts)


def _deals_with(page: Page, draft: Draft) -> bool:
    """ "Coalition Deals With Fallout": a verb in a headline."""
    verb = page.low[draft.noun : draft.noun_end + 1] == ["deals", "with"]
    return verb and draft.noun > page.sentence_start[draft.noun] and not draft.parts


def _always(page: Page, draft: Draft) -> bool:
    return not _of_any_kind(page, draft) and not _is_said_of_another(page, draft)


def _is_said_of_another(page: Page, draft: Draft) -> bool:
    """ "The agreement is *no peace treaty*": what another one is not."""
    k = draft.start - 1
    told = draft.article == "no" or page.low[k : k + 1] == ["not"]
    k -= page.low[k : k + 1] == ["not"]
    floor = page.sentence_start[draft.noun]
    if not told or k <= floor or page.lemma[k] != "be":
        return False
    return "there" not in page.low[max(floor, k - 2) : k]


def _of_any_kind(page: Page, draft: Draft) -> bool:
    """ "The frontier has seen *many truces*": none in particular."""
    before = page.low[draft.start - 1] if draft.start > page.sentence_start[draft.noun] else ""
    counted = set(draft.modifiers) & COUNTLESS or before in COUNTLESS
    if not counted or not draft.plural or draft.parts or draft.dates:
        return False
    return any(page.lemma[k] in {"see", "know", "witness"} for k in range(*_clause(page, draft)))


def _clause(page: Page, draft: Draft) -> tuple[int, int]:
    return max(page.sentence_start[draft.noun], draft.start - 5), draft.start


COUNTLESS = frozenset({"many", "numerous", "countless", "several", "few", "such"})


def _private(page: Page, draft: Draft) -> bool:
    around = {m for modifier in draft.modifiers for m in (modifier, *modifier.split("-"))}
    if (
        "deal" in page.low[draft.noun]
        and around & words("deal_only")
        and not page.political(p.actor for p in draft.parts)
    ):
        return not political_sentence(page, draft)
    behind = {page.low[k] for k in range(draft.noun_end, min(draft.noun_end + 3, page.n))}
    if (
        draft.noun_end < page.n
        and page.low[draft.noun_end] == "of"
        and "deal" in page.low[draft.noun]
    ):
        return True  # "a great deal of"
    powers = page.political(p.actor for p in draft.parts)
    if page.low[draft.noun_end : draft.noun_end + 1] == ["to"] and not powers:
        bought = page.low[draft.noun_end + 1 : draft.noun_end + 2] in ACQUIRING
        start, end = page.sentence_start[draft.noun], page.sentence_end[draft.noun]
        traded = any(page.low[k] in TRADED and page.pos[k] == "NOUN" for k in range(start, end))
        if bought and (traded or not political_sentence(page, draft)):
            return True  # "an agreement to buy a rival"
    called = (page.place_at(k) or page.names(k) for k in range(draft.start, draft.noun))
    if draft.article == "definite" and any(called):
        around -= {"package"}  # "the Lagos package agreements"
    return bool(around & words("private")) or bool(
        behind & {"worth"} and not page.political(p.actor for p in draft.parts)
    )


ACQUIRING = (["buy"], ["acquire"], ["merge"], ["purchase"], ["sell"])


TRADED = frozenset({"shares", "stake", "rival", "rivals", "stock", "brand", "chain", "subsidiary"})


def _deal(page: Page, draft: Draft) -> bool:
    """ "agreement" and "deal": an instrument, not consent, and no private business."""
    parties = [p.actor for p in draft.parts]
    if _private(page, draft) and not (page.political(parties) and not _idle(page, draft)):
        return False
    if _consent(page, draft):
        return False
    around = {m for modifier in draft.modifiers for m in (modifier, *modifier.split("-"))}
    if page.political(parties) or around & (words("political") | words("many")):
        return True
    if draft.plural and draft.dates and page.low[draft.start - 2 : draft.start] in BUNDLES:
        return True  # "the set of agreements of 2020-2022"
    if draft.negated and set(draft.modifiers) & words("other"):
        return False  # "no similar agreement will be offered to others"
    if _undertaken(page, draft) and not of_business(
        page, page.sentence_start[draft.noun], page.sentence_end[draft.noun]
    ):
        return True
    dated = draft.article == "indefinite" and bool(page.dates_in(draft.start, draft.noun))
    if dated and (political_sentence(page, draft) or _between_them(page, draft)):
        return True  # "a 2013 agreement"
    if (
        any(
            page.pos[k] == "PROPN" and page.doc[k].text[:1].isupper()
            for k in range(draft.start, draft.noun)
        )
        and page.doc[draft.noun].text[:1].isupper()
    ):
        return not any(page.actor(p).type in {"organization", "media"} for p in parties)
    at_work = handled(page, draft) or under(page, draft)
    if parties and not page.political(parties) and not political_sentence(page, draft):
        return False
    taken_up = draft.article in {"definite", "anaphor"}
    if taken_up and part_told(page, draft):
        return True
    if draft.negated and exists(page, draft):
        draft.sure = political_sentence(page, draft)
        return True
    topical = draft.article == "indefinite" and bool(draft.topic) and not draft.plural
    if topical and page.low[draft.noun_end] != "of" and political_sentence(page, draft):
        return True
    if (at_work or taken_up) and political_sentence(page, draft):
        return True
    draft.sure = False
    return at_work or taken_up


def _undertaken(page: Page, draft: Draft) -> bool:
    """ "A deal *under which* funds will be freed", "a separate agreement *covers* canals"."""
    if page.low[draft.end : draft.end + 2] in (["under", "which"], ["by", "which"]):
        return True
    further = set(draft.modifiers) & {"separate", "parallel", "second", "related", "further"}
    verb = page.lemma[draft.end] if draft.end < page.n else ""
    return bool(further) and cues("verb").get(verb, {}).get("subj") == "provide"


BUNDLES = (["set", "of"], ["package", "of"], ["series", "of"], ["complex", "of"], ["body", "of"])


def _between_them(page: Page, draft: Draft) -> bool:
    """ "Between the two (states)", "between both"."""
    return page.low[draft.noun_end : draft.noun_end + 3] == ["between", "the", "two"]


def _idle(page: Page, draft: Draft) -> bool:
    return bool({"big", "great", "good", "raw", "real", "plea"} & set(draft.modifiers))


def _consent(page: Page, draft: Draft) -> bool:
    """Consent and concord: "subject to agreement with all", "in agreement", "with the agreement
    of Baku".
    """
    if "deal" in page.low[draft.noun] or draft.plural:
        return False
    k = draft.start - 1
    floor = page.sentence_start[draft.noun]
    before = page.low[max(floor, k - 2) : k + 1]
    after = page.low[draft.noun_end : draft.noun_end + 2]
    bare = draft.article == "none" and not set(draft.modifiers) & words("political")
    if bare and before[-1:] == ["in"] and after[:1] == ["with"]:
        return True  # "in agreement with the court, he declined to sign"
    if set(draft.modifiers) & words("consent") or (set(before[-2:]) & words("consent") and bare):
        return not made(page, draft)
    if after[:1] == ["that"] and bare and not made(page, draft):
        return True
    if after[:1] in (["of"], ["from"]) and page.names(draft.noun_end + 1 + (after[1:] == ["the"])):
        # "the agreement of both sides" unless it is signed or has a form
        return not set(draft.modifiers) & words("political") and not made(page, draft)
    if (
        before[-1:]
        and before[-1] in {"in", "by", "with", "without", "to"}
        and draft.article in {"none", "no"}
        and bare
    ):
        return not made(page, draft)
    return bare and not draft.parts and not made(page, draft) and not page.titled[draft.noun]


def _many(page: Page, draft: Draft) -> bool:
    """Statements, declarations, documents: joint or trilateral ones, signed ones, those told of
    before.
    """
    if (draft.article == "anaphor" and "document" in page.low[draft.noun]) or (
        draft.article == "anaphor" and draft.many
    ):
        draft.sure = bool(draft.many)
        return True
    is_signed = signed(page, draft)
    if draft.many:
        # "Joint communique on the visit": what the article is, unless it tells more of it
        draft.sure = is_signed or bool(draft.parts) or not page.titled[draft.noun]
        return is_signed or not _reports(page, draft)
    if draft.type == "declaration":
        size = draft.article in {"definite", "anaphor"} and draft.modifiers
        if size and not is_signed and all(tells_size(m) for m in draft.modifiers):
            draft.sure = False
            return True  # "the two-page declaration"
        k = draft.noun - 1
        name = k >= draft.start and page.doc[k].text[:1].isupper() and page.pos[k] == "PROPN"
        if name and draft.article != "indefinite" and page.low[k] not in {"independence", "war"}:
            return True
        if "peace" in draft.modifiers and page.political(p.actor for p in draft.parts):
            return True
        behind = page.low[draft.noun_end : draft.noun_end + 2]
        alone = behind in (
            ["of", "independence"],
            ["of", "war"],
            ["of", "emergency"],
            ["of", "intent"],
        )
        return (
            is_signed
            and not alone
            and (page.political(p.actor for p in draft.parts) or political_sentence(page, draft))
        )
    if "document" in page.low[draft.noun]:
        if page.low[draft.noun] == "document" and draft.proper:
            return True  # "the Vienna Document of 2011"
        parties = [p.actor for p in draft.parts]
        if is_signed and (page.political(parties) or political_sentence(page, draft)):
            return True
        draft.sure = False
        plain = all(tells_size(m) for m in draft.modifiers)
        return draft.article in {"definite", "anaphor"} and plain
    if "statement" in page.low[draft.noun] and _signed_by_several(page, draft):
        return True
    if is_signed and draft.dates and draft.article == "definite":
        return True  # "the 2021 statement, adopted in Rome"
    return is_signed and bool(draft.parts) and page.political(p.actor for p in draft.parts)


def _signed_by_several(page: Page, draft: Draft) -> bool:
    """ "Armenia and Azerbaijan *signed two statements*"."""
    k, floor = draft.start - 1, page.sentence_start[draft.noun]
    while k > floor and page.pos[k] in {"NUM", "DET", "ADJ"}:
        k -= 1
    if k <= floor or page.lemma[k] != "sign":
        return False
    listed, _ = actors_before(page, k, page.clause_left(k))
    powers = {p for n in (listed.items if listed else ()) for p in page.principals(n.actor)}
    return len(powers) > 1 and page.political(powers)


def _reports(page: Page, draft: Draft) -> bool:
    """A statement that somebody speaks in: "said in a joint statement", "a joint statement
    condemned".
    """
    start, end = page.sentence_start[draft.noun], page.sentence_end[draft.noun]
    head = page.low[draft.noun]
    if not ("statement" in head or head.startswith("communiqu") or head == "declaration"):
        return False
    trilateral = draft.many not in {"joint", "common"}
    if trilateral and (draft.plural or draft.dates or draft.article != "indefinite"):
        return False
    kept = page.lemma[draft.start - 1] if draft.start > start else ""
    if draft.article == "definite" and kept in words("binding_verb"):
        return False  # "to implement the joint statement of March 4"
    near = (
        *range(max(start, draft.start - 8), draft.start),
        *range(draft.noun_end, min(end, draft.end + 5)),
    )
    reporting = any(
        page.lemma[k] in words("reporter") and page.pos[k] in {"VERB", "AUX", "NOUN"} for k in near
    )
    return reporting or (draft.article == "indefinite" and not draft.parts and not draft.dates)


_NUMBER = re.compile(r"\d{2,4}|\d{1,4}/\d{1,4}")


def _numbered(page: Page, draft: Draft) -> bool:
    """Resolutions: with a number behind them, or of the Security Council or General Assembly."""
    around = " ".join(page.low[draft.start : draft.noun])
    after = page.doc[draft.noun_end].text if draft.noun_end < page.n else ""
    here = set(page.low[page.sentence_start[draft.noun] : page.sentence_end[draft.noun]])
    if _NUMBER.fullmatch(after) and (
        page.doc[draft.noun].text[:1].isupper()
        or here & {"council", "un", "u.n.", "assembly", "nations"}
    ):
        draft.noun_end += 1
        draft.end = max(draft.end, draft.noun_end)
        draft.name = f"resolution {after}" if not draft.plural else None
        return True
    council = (
        any(w in around for w in ("council", "assembly", "united nations"))
        or "un" in draft.modifiers
        or "u.n." in draft.modifiers
    )
    council = council or (_of_council(page, draft) and draft.article != "none")
    conflict = draft.noun_end < page.n and page.low[draft.noun_end] == "of" and not draft.dates
    return council and not conflict


COUNCILS = (["security", "council"], ["general", "assembly"], ["un", "council"])
VOTING = frozenset({"adopt", "pass", "veto", "approve", "reject", "vote", "table", "draft"})


def _of_council(page: Page, draft: Draft) -> bool:
    """ "The Security Council adopted a resolution": the sentence names council and vote."""
    start, end = page.sentence_start[draft.noun], page.sentence_end[draft.noun]
    named = any(page.low[k : k + 2] in COUNCILS for k in range(start, end))
    failed = "fail" in page.lemma[start:end]  # what was not adopted is none
    return named and not failed and any(page.lemma[k] in VOTING for k in range(start, end))


def _contract(page: Page, draft: Draft) -> bool:
    """Contracts between powers or about what powers trade in; others are private business."""
    if not draft.parts and _taken(page, draft):
        return True
    draft.sure = True
    start, end = page.sentence_start[draft.noun], page.sentence_end[draft.noun]
    private = words("private") - words("commodity") - {"supply"}
    if set(draft.modifiers) & private or of_business(page, start, end):
        return False
    powers = {p for part in draft.parts for p in page.principals(part.actor)}
    traded = (draft.topic | set(draft.modifiers)) & words("commodity")
    between = len(powers) > 1 and page.political(powers)
    return between or (bool(traded) and political_sentence(page, draft))


def _taken(page: Page, draft: Draft) -> bool:
    """ "The contract": another word for what was told of before."""
    back = draft.article in {"definite", "anaphor"} and not draft.plural
    plain = all(tells_size(m) for m in draft.modifiers)
    end = draft.noun_end
    compound = page.pos[end : end + 1] in (["NOUN"], ["PROPN"])
    draft.sure = False
    return back and plain and not compound and page.low[end : end + 1] != ["of"]


JUDGES = {
    "-": _always,
    "deal": _deal,
    "many": _many,
    "name": named,
    "number": _numbered,
    "contract": _contract,
}
