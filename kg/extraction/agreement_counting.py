"""Whether a noun means an agreement where it stands: by itself, or by what is said around it."""

from __future__ import annotations

import re

from kg.extraction.agreement_drafts import Draft
from kg.extraction.agreement_lexicon import Noun, words
from kg.extraction.agreement_page import Page


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
    return True


def _private(page: Page, draft: Draft) -> bool:
    around = {m for modifier in draft.modifiers for m in (modifier, *modifier.split("-"))}
    if (
        "deal" in page.low[draft.noun]
        and around & words("deal_only")
        and not page.political(p.actor for p in draft.parts)
    ):
        return not _political_sentence(page, draft)
    behind = {page.low[k] for k in range(draft.noun_end, min(draft.noun_end + 3, page.n))}
    if (
        draft.noun_end < page.n
        and page.low[draft.noun_end] == "of"
        and "deal" in page.low[draft.noun]
    ):
        return True  # "a great deal of"
    return bool(around & words("private")) or bool(
        behind & {"worth"} and not page.political(p.actor for p in draft.parts)
    )


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
    if (
        any(
            page.pos[k] == "PROPN" and page.doc[k].text[:1].isupper()
            for k in range(draft.start, draft.noun)
        )
        and page.doc[draft.noun].text[:1].isupper()
    ):
        return not any(page.actor(p).type in {"organization", "media"} for p in parties)
    handled = _handled(page, draft) or _under(page, draft)
    if parties and not page.political(parties) and not _political_sentence(page, draft):
        return False
    taken_up = draft.article in {"definite", "anaphor"}
    if taken_up and _part_told(page, draft):
        return True
    if draft.negated and _exists(page, draft):
        draft.sure = _political_sentence(page, draft)
        return True
    topical = draft.article == "indefinite" and bool(draft.topic) and not draft.plural
    if topical and page.low[draft.noun_end] != "of" and _political_sentence(page, draft):
        return True
    if (handled or taken_up) and _political_sentence(page, draft):
        return True
    draft.sure = False
    return handled or taken_up


def _exists(page: Page, draft: Draft) -> bool:
    """ "that no agreement existed", "there is no deal"."""
    behind = page.lemma[draft.noun_end : draft.noun_end + 1]
    before = page.low[max(0, draft.start - 3) : draft.start]
    return behind == ["exist"] or "there" in before


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
    if set(draft.modifiers) & words("consent") or (set(before[-2:]) & words("consent") and bare):
        return not _made(page, draft)
    if after[:1] == ["that"] and bare and not _made(page, draft):
        return True
    if after[:1] in (["of"], ["from"]) and page.names(draft.noun_end + 1 + (after[1:] == ["the"])):
        # "the agreement of both sides" unless it is signed or has a form
        return not set(draft.modifiers) & words("political") and not _made(page, draft)
    if (
        before[-1:]
        and before[-1] in {"in", "by", "with", "without", "to"}
        and draft.article in {"none", "no"}
        and bare
    ):
        return not _made(page, draft)
    return bare and not draft.parts and not _made(page, draft) and not page.titled[draft.noun]


def _part_told(page: Page, draft: Draft) -> bool:
    """ "the provisions of the agreement", "the signatories to the deal", and nothing of business
    around.
    """
    k = draft.start - 1
    start, end = page.sentence_start[draft.noun], page.sentence_end[draft.noun]
    return (
        k > start
        and page.low[k] in {"of", "to"}
        and page.low[k - 1] in words("told_parts")
        and not _of_business(page, start, end)
    )


def _under(page: Page, draft: Draft) -> bool:
    """ "under the deal", "according to the agreement", "close to a deal"."""
    before = page.low[max(page.sentence_start[draft.noun], draft.start - 2) : draft.start]
    return before[-1:] in (["under"], ["near"]) or before in (
        ["according", "to"],
        ["close", "to"],
        ["closer", "to"],
    )


def _made(page: Page, draft: Draft) -> bool:
    """A verb of making governs the noun: "reached agreement on", "agreement was signed"."""
    low, high = (
        max(page.sentence_start[draft.noun], draft.start - 4),
        min(draft.end + 5, page.sentence_end[draft.noun]),
    )
    return any(
        page.lemma[k] in words("make") and page.pos[k] in {"VERB", "AUX", "ADJ"}
        for k in (*range(low, draft.start), *range(draft.noun_end, high))
    )


def _handled(page: Page, draft: Draft) -> bool:
    """A word that makes, breaks or handles agreements stands close by in its sentence."""
    low = max(page.sentence_start[draft.noun], draft.start - 6)
    high = min(page.sentence_end[draft.noun], draft.end + 6)
    near = (*range(low, draft.start), *range(draft.noun_end, high))
    return any(page.lemma[k] in words("maker") or page.low[k] in words("maker") for k in near)


def _political_sentence(page: Page, draft: Draft) -> bool:
    """The sentence names a power: the agreement is unlikely to be one of business."""
    start, end = page.sentence_start[draft.noun], page.sentence_end[draft.noun]
    if _of_business(page, start, end):
        return False
    here = {n.actor for k in range(start, end) for n in page.names(k)[:1]}
    own = set(range(draft.noun, draft.noun_end))
    context = any(page.low[k] in words("context") for k in range(start, end) if k not in own)
    return context or page.political(here)


def _of_business(page: Page, start: int, end: int) -> bool:
    """A word of business among some tokens, outside names: not that of "the European Union"."""
    trade = words("business")
    return any(page.low[k] in trade and page.pos[k] != "PROPN" for k in range(start, end))


def _many(page: Page, draft: Draft) -> bool:
    """Statements, declarations, documents: joint or trilateral ones, signed ones, those told of
    before.
    """
    if (draft.article == "anaphor" and "document" in page.low[draft.noun]) or (
        draft.article == "anaphor" and draft.many
    ):
        draft.sure = bool(draft.many)
        return True
    signed = _signed(page, draft)
    if draft.many:
        return signed or not _reports(page, draft)
    if draft.type == "declaration":
        k = draft.noun - 1
        name = k >= draft.start and page.doc[k].text[:1].isupper() and page.pos[k] == "PROPN"
        if name and draft.article != "indefinite" and page.low[k] not in {"independence", "war"}:
            return True
        behind = page.low[draft.noun_end : draft.noun_end + 2]
        alone = behind in (
            ["of", "independence"],
            ["of", "war"],
            ["of", "emergency"],
            ["of", "intent"],
        )
        return (
            signed
            and not alone
            and (page.political(p.actor for p in draft.parts) or _political_sentence(page, draft))
        )
    if "document" in page.low[draft.noun]:
        parties = [p.actor for p in draft.parts]
        if signed and (page.political(parties) or _political_sentence(page, draft)):
            return True
        draft.sure = False
        plain = all(_tells_size(m) for m in draft.modifiers)
        return draft.article in {"definite", "anaphor"} and plain
    if signed and draft.dates and draft.article == "definite":
        return True  # "the 2021 statement, adopted in Rome"
    return signed and bool(draft.parts) and page.political(p.actor for p in draft.parts)


def _tells_size(modifier: str) -> bool:
    """ "58-page", "whole", "signed": no matter of its own."""
    plain = {"whole", "full", "final", "signed", "same", "joint", "entire"}
    return (
        modifier in plain
        or modifier.endswith(("-page", "-point"))
        or modifier[:1].isdigit()
        or modifier in {"page", "point"}
    )


def _right_reach(page: Page, draft: Draft) -> int:
    """How far behind a mention its verb may stand: "that A, B and the C of D signed"."""
    relative = page.low[draft.end : draft.end + 1] in (["that"], ["which"])
    return min(draft.end + (12 if relative else 6), page.sentence_end[draft.noun])


def _signed(page: Page, draft: Draft) -> bool:
    low = max(page.sentence_start[draft.noun], draft.start - 3)
    high = _right_reach(page, draft)
    near = (*range(low, draft.start), *range(draft.noun_end, high))
    return any(
        page.lemma[k] in {"sign", "adopt", "initial", "ratify", "ink", "signing", "adoption"}
        for k in near
    )


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


def _named(page: Page, draft: Draft) -> bool:
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
            or (capital and behind in {"on", "against", "for"})
            or _bound_by(page, draft, JOINED)
        )
    if head == "protocol" and draft.article == "definite" and behind in {"on", "to"}:
        return any(
            page.pos[j] == "PROPN"
            for j in range(draft.noun_end + 1, min(draft.noun_end + 5, page.n))
        )
    if draft.negated and _exists(page, draft):
        draft.sure = False
        return True
    if head.startswith(("arrangement", "understanding")):
        if draft.article == "definite" and _part_told(page, draft):
            draft.sure = False
            return True
        return (
            _bound_by(page, draft, REACHED)
            and (_political_sentence(page, draft) or bool(draft.parts))
            and not (head == "understanding" and draft.article == "none")
        )
    behind_next = page.low[draft.noun_end + 1 : draft.noun_end + 2]
    if head.startswith("road") and behind in {"for", "to", "towards"} and behind_next == ["peace"]:
        return True
    if proper and draft.article != "indefinite":
        return not {"white", "justice", "house"} & around
    if (
        _under(page, draft)
        and draft.article in {"definite", "anaphor"}
        and _political_sentence(page, draft)
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
            and (_signed(page, draft) or bool(draft.parts) or bool({"draft", "binding"} & around))
        )
    ):
        return True
    bound = _bound_by(page, draft, words("binders")) or _in_force(page, draft)
    start, end = page.sentence_start[draft.noun], page.sentence_end[draft.noun]
    if not bound or _of_business(page, start, end):
        return False
    signed = not head.startswith(("road", "protocol")) and _signed(page, draft)
    return (
        signed or page.political(p.actor for p in draft.parts) or _political_sentence(page, draft)
    )


JOINED = frozenset({"join", "ratify", "accede", "sign", "withdraw", "quit", "denounce"})
REACHED = frozenset(
    {"reach", "agree", "sign", "conclude", "violate", "propose", "negotiate", "seek", "renew"}
)


def _in_force(page: Page, draft: Draft) -> bool:
    after = page.low[draft.end : min(draft.end + 5, page.sentence_end[draft.noun])]
    return bool({"force", "effect", "expired", "expires"} & set(after))


def _bound_by(page: Page, draft: Draft, lemmas: frozenset[str]) -> bool:
    low = max(page.sentence_start[draft.noun], draft.start - 5)
    high = _right_reach(page, draft)
    near = (*range(low, draft.start), *range(draft.noun_end, high))
    return any(page.lemma[k] in lemmas for k in near)


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
    if set(draft.modifiers) & private or _of_business(page, start, end):
        return False
    powers = {p for part in draft.parts for p in page.principals(part.actor)}
    traded = (draft.topic | set(draft.modifiers)) & words("commodity")
    between = len(powers) > 1 and page.political(powers)
    return between or (bool(traded) and _political_sentence(page, draft))


def _taken(page: Page, draft: Draft) -> bool:
    """ "The contract": another word for what was told of before."""
    back = draft.article in {"definite", "anaphor"} and not draft.plural
    plain = all(_tells_size(m) for m in draft.modifiers)
    end = draft.noun_end
    compound = page.pos[end : end + 1] in (["NOUN"], ["PROPN"])
    draft.sure = False
    return back and plain and not compound and page.low[end : end + 1] != ["of"]


JUDGES = {
    "-": _always,
    "deal": _deal,
    "many": _many,
    "name": _named,
    "number": _numbered,
    "contract": _contract,
}
