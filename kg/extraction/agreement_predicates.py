"""The verbs of which an agreement is the subject or, in the passive, the object."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.agreement_drafts import Cue, Draft
from kg.extraction.agreement_lexicon import cues, words
from kg.extraction.agreement_page import Page

PARTICIPLES = frozenset({"VBN", "VBD", "JJ"})


def predicates(
    page: Page, draft: Draft, k: int, end: int, *, inserted: bool = False
) -> Iterator[Cue]:
    """The verb that has the mention as subject or, as participle, as object; and one joined to
    it.
    """
    found = list(_predicate(page, draft, k, end, inserted=inserted))
    yield from found
    for cue in found[:1]:
        yield from _joined_predicate(page, draft, cue, end)
    if found and found[0].token == k and page.tag[k] in {"VBN", "VBD"} and found[0].passive:
        yield from _behind_participle(page, draft, k, end)


def _behind_participle(page: Page, draft: Draft, k: int, end: int) -> Iterator[Cue]:
    """ "the truce brokered by the UN in 1991 is over": the verb behind the participle's words."""
    for j in range(k + 1, min(k + 14, end)):
        if page.pos[j] in {"PUNCT", "SCONJ"} or page.low[j] in {"that", "which", "who", "and"}:
            return
        if page.tag[j] in {"VBZ", "VBD", "VBP", "MD"} and page.pos[j] in {"AUX", "VERB"}:
            yield from _predicate(page, draft, j, end, inserted=True)
            return


def _joined_predicate(page: Page, draft: Draft, cue: Cue, end: int) -> Iterator[Cue]:
    """ "was signed by both and never ratified", "was initialled in May and is binding"."""
    for j in range(cue.token + 1, min(cue.token + 14, end - 1)):
        if page.low[j] == "which" and page.low[j - 1] == ",":
            return  # "is based on resolution 8, which … *but was* never kept": the other's
        if page.low[j] not in {"and", "but"}:
            continue
        if page.tag[j + 1] == "VBN" and cue.passive:
            base = cues("verb").get(page.lemma[j + 1], {}).get("obj")
            if base is not None:
                yield Cue(j + 1, j + 1, j + 2, base, True, page.lemma[j + 1], True)
            return
        if page.pos[j + 1] in {"AUX", "VERB", "ADV"} and page.tag[j + 1] not in {"VB", "VBG"}:
            yield from _predicate(page, draft, j + 1, end, inserted=False)
            return


def _predicate(page: Page, draft: Draft, k: int, end: int, *, inserted: bool) -> Iterator[Cue]:
    relative = ""
    prefix = ""
    if k + 1 < end and page.pos[k] == "ADP" and page.low[k + 1] == "which":
        prefix, k = page.low[k], k + 1
    if k < end and page.low[k] in {"which", "that"}:
        relative, k = page.low[k], k + 1
    if prefix:
        yield from _relative_by_preposition(page, prefix, k, end)
        return
    bare = not relative and (k == draft.end or inserted)
    k, copula, have = _auxiliaries(page, k, end)
    if k >= end or (bare and not _subject_like(page, draft, copula, k)):
        return
    if copula >= 0:
        if page.low[k] in {"within", "in"} and page.low[k + 1 : k + 2] in NEAR:
            yield Cue(k + 1, copula, k + 2, "possible", False, page.low[k + 1])
            return
        yield from in_force(page, copula, k, end)
        yield from _basis(page, copula, k, end)
        base = cues("predicate").get(page.low[k], {}).get("after")
        if base is not None:
            yield Cue(k, copula, k + 1, base, False, page.low[k])
            return
    if page.pos[k] not in {"VERB", "AUX", "NOUN", "ADJ"} and not page.titled[k]:
        return
    frames = cues("verb").get(page.verb(k))
    if frames is None:
        return
    participle = page.tag[k] == "VBN" or (
        page.tag[k] in PARTICIPLES and (copula >= 0 or not _finite(page, k, draft))
    )
    passive = participle and (
        (copula >= 0 and page.lemma[copula] == "be") or (copula < 0 and not have)
    )
    if passive:
        base = frames.get("obj") or _stranded(page, k, frames)
        into = page.lemma[k] == "put" and page.low[k + 1 : k + 2] == ["into"]
        if page.lemma[k] == "put" and page.low[k + 1 : k + 3] in (["on", "hold"], ["on", "ice"]):
            base = "suspend"
        if base is not None and page.tag[k] != "VBG" and not into:
            yield Cue(k, k, k + 1, base, True, page.verb(k), True)
        return
    force = in_force(page, k, k + 1, end)
    yield from force
    base = frames.get("subj")
    if page.lemma[k] == "last" and page.tag[k] == "VBD" and not without_object(page, k, "hold"):
        yield Cue(k, k, k + 1, "end", True, "last")  # "lasted nine months"
        return
    if page.lemma[k] == "bind" and not without_object(page, k, "hold"):
        # "binds both to common tariffs"; "binds Peru and Chile" tells who made it
        base = "provide" if "to" in page.low[k + 1 : min(k + 12, end)] else None
    if (
        base is not None
        and (page.pos[k] in {"VERB", "AUX"} or page.titled[k])
        and without_object(page, k, base)
    ):
        yield Cue(k, k, k + 1, base, True, page.verb(k))


def _subject_like(page: Page, draft: Draft, copula: int, k: int) -> bool:
    """The mention may be the subject of what follows: no preposition or verb takes it as object."""
    before = draft.start - 1
    # "implement the roadmap agreed in Sochi": of an object, a past tense is a participle
    reduced = (
        page.tag[k] == "VBD" and page.pos[before] == "VERB" and page.pos[k + 1 : k + 2] == ["ADP"]
    )
    participle = (page.tag[k] == "VBN" or reduced) and k == draft.end
    if before < page.sentence_start[draft.noun] or (participle and copula < 0):
        return True
    if page.lemma[before] in words("reporter") | {"think", "believe", "hope", "fear", "claim"}:
        return True  # "said the deal was dead"
    if page.low[before] == "of" and before > 0:
        return page.low[before - 1] in words("nominal")
    return page.pos[before] not in {"ADP", "VERB", "PART"} or page.low[before] in {
        "that",
        "after",
        "before",
        "since",
    }


def without_object(page: Page, k: int, base: str) -> bool:
    """ "the truce ended", not "the accords ended the war"; "began", not "entered Gaza"."""
    if base == "provide":
        return True
    if base == "effect" and page.lemma[k] not in {"begin", "start"}:
        return False
    after = page.pos[k + 1] if k + 1 < page.n else "PUNCT"
    return (
        after not in {"DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM"}
        or page.date_at(k + 1) is not None
    )


def _basis(page: Page, copula: int, k: int, end: int) -> Iterator[Cue]:
    """ "remain the only basis for"."""
    for j in range(k, min(k + 5, end)):
        base = cues("noun").get(page.low[j], {}).get("is")
        if base is not None:
            yield Cue(j, copula, j + 1, base, False, page.low[j])
            return
        if page.pos[j] not in {"DET", "ADJ", "ADV", "NOUN", "VERB"}:
            return


def _finite(page: Page, k: int, draft: Draft) -> bool:
    """A past form after the mention is its verb, not its participle: no agent, date or place
    clings to it.
    """
    after = page.low[k + 1] if k + 1 < page.n else ""
    if page.tag[k] == "VBD" and after not in {
        "by",
        "between",
        "in",
        "on",
        "at",
        "with",
        "under",
        "through",
        "last",
        "earlier",
        "this",
        "after",
        "yesterday",
    }:
        return True
    return page.tag[k] == "VBD" and "subj" in cues("verb").get(page.lemma[k], {})


def _stranded(page: Page, k: int, frames: dict[str, str]) -> str | None:
    """ "was agreed to", "must be adhered to"; not "was aimed at no other country"."""
    after = page.low[k + 1] if k + 1 < page.n else ""
    taken = page.pos[k + 2 : k + 3] in (["DET"], ["NOUN"], ["PROPN"], ["PRON"], ["ADJ"])
    return None if taken and page.date_at(k + 2) is None else frames.get(after)


NEAR = (["reach"], ["sight"], ["grasp"])
COPULAR = frozenset({"be", "get", "remain"})
AUXILIARIES = frozenset(
    {"be", "been", "being", "is", "are", "was", "were", "no", "longer", "all", "but"}
)


def _auxiliaries(page: Page, k: int, end: int) -> tuple[int, int, bool]:
    copula, have = -1, False
    while k < end and (
        page.pos[k] in {"AUX", "ADV", "PART"}
        or page.low[k] in AUXILIARIES
        or page.lemma[k] in COPULAR
    ):
        if copula >= 0 and page.low[k] in cues("predicate"):
            break
        if page.lemma[k] in COPULAR:
            copula = k
        have = have or page.lemma[k] == "have"
        k += 1
    return k, copula, have


def in_force(page: Page, verb: int, k: int, end: int) -> Iterator[Cue]:
    """ "is in force", "entered into effect", "takes effect", "remains in place"."""
    window = page.low[k : min(k + 4, end)]
    for offset, word in enumerate(window):
        if word in {"force", "effect", "place"}:
            if page.lemma[verb] != "take" and not {"in", "into"} & set(window[:offset]):
                return  # "tasks the force with"
            yield Cue(verb, verb, k + offset + 1, "effect", True, page.lemma[verb])
            return
        if word not in {
            "in",
            "into",
            "full",
            "still",
            "formally",
            "officially",
            "the",
            "immediate",
            "now",
        }:
            return


def _relative_by_preposition(page: Page, prefix: str, k: int, end: int) -> Iterator[Cue]:
    """ "on which we base our actions", "to which both sides agreed"."""
    for j in range(k, min(k + 8, end)):
        base = cues("verb").get(page.lemma[j], {}).get(prefix)
        if (
            page.pos[j] in {"VERB", "AUX"}
            and base is None
            and prefix == "on"
            and page.lemma[j] in {"base", "rely"}
        ):
            base = "invoke"
        if base is not None and page.pos[j] in {"VERB", "NOUN"}:
            yield Cue(j, k, j + 1, base, True, page.lemma[j])
            return
        if page.pos[j] == "PUNCT":
            return
