"""Finds the words that govern an agreement in its sentence: before it, behind it, by the tree.

Neighbouring words are asked first: "adhere to the", "signed in", ", which were adopted". The tree
is asked
where they say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.extraction.agreement_drafts import Draft
from kg.extraction.agreement_lexicon import cues, words
from kg.extraction.agreement_page import DASHES, QUOTES, Page


class Cue(NamedTuple):
    """A word that governs an agreement, by token, and what it claims by itself."""

    token: int
    start: int
    end: int
    base: str
    verb: bool
    lemma: str
    passive: bool = False


MADE = frozenset({"sign", "agree", "adopt"})
PARTICIPLES = frozenset({"VBN", "VBD", "JJ"})
SEE_THROUGH_LIMIT = 4


def governing(page: Page, draft: Draft) -> list[Cue]:
    """The cues that govern a mention: before it, behind it, by the tree."""
    seen: dict[int, Cue] = {}
    compound = list(_compound(page, draft))
    left = list(_left(page, draft))
    if compound:
        # what is said of "ceasefire talks" is not said of the ceasefire; a plan agreed is an
        # agreement
        planned = compound[0].base == "propose"
        left = [
            c
            for c in left
            if c.base in {"reject", "seek", "propose"} or (planned and c.base in MADE)
        ]
        compound = [] if planned and any(c.base in MADE for c in left) else compound
        others: list[Cue] = []
    else:
        near = any(c.verb and c.token == draft.start - 1 for c in left)
        others = [*_right(page, draft), *(() if near else _tree(page, draft))]
        if any(c.base == "propose" and not c.verb for c in left):
            # "a proposal for a treaty that was made in May": the proposal was
            others = [c for c in others if c.base not in MADE]
    for cue in (*left, *compound, *others):
        seen.setdefault(cue.token, cue)
    return list(seen.values())


def _left(page: Page, draft: Draft) -> Iterator[Cue]:
    """Cues that stand before the mention: "sign a", "adhere to the", "under the", "violation of
    the".
    """
    start = draft.start if draft.lead is None else draft.lead
    floor = page.sentence_start[draft.noun]
    for _ in range(SEE_THROUGH_LIMIT):
        k = _skip_back(page, start - 1, floor)
        date = page.date_at(k) if k > floor else None
        if date is not None and date.start > floor and page.tag[date.start - 1].startswith("VB"):
            k = date.start - 1  # "signed on Tuesday a treaty"
        if k < floor:
            return
        phrase = next(_phrases(page, k, floor), None)
        if phrase is not None and not (
            phrase.lemma == "under" and k > floor and page.low[k - 1] in words("nominal")
        ):
            yield phrase
        if page.low[k] in {"is", "are", "was", "were", "remain", "remains", "be"}:
            yield from _copular(page, k, floor)
            return
        preposition, k = _preposition(page, k, floor)
        if k < floor:
            return
        verb = _verb_cue(page, k, preposition, direct=k == draft.start - 1)
        if verb is not None:
            yield verb
            yield from _joined(page, k, floor)
            return
        noun = cues("noun").get(page.low[k], {})
        if preposition and preposition in noun:
            yield Cue(k, k, draft.noun_end, noun[preposition], False, page.low[k])
            return
        if preposition in TOPIC and (talks := _talks_about(page, k, floor)) is not None:
            yield Cue(talks, talks, talks + 1, "negotiate", False, page.low[talks])
            return
        if not (
            preposition in {"of", "to", "in", "on", "for", "with", "under"}
            and page.low[k] in words("nominal") | set(noun)
        ):
            return
        start = _phrase_start(page, k)


TOPIC = frozenset({"on", "over", "about", "for", "towards", "toward"})


def _talks_about(page: Page, k: int, floor: int) -> int | None:
    """ "talks between the government and the rebels on a ceasefire": the noun of talking further
    left.
    """
    for j in range(k, max(floor, k - 14) - 1, -1):
        if cues("noun").get(page.low[j], {}).get("on") == "negotiate":
            return j
        if page.pos[j] in {"VERB", "PUNCT"}:
            return None
    return None


def _skip_back(page: Page, k: int, floor: int) -> int:
    while k >= floor and (page.low[k] in QUOTES or page.low[k] in {"both", "also", "the", "a"}):
        k -= 1
    return k


def _preposition(page: Page, k: int, floor: int) -> tuple[str, int]:
    """The preposition at a token, if there is one, and the token before it and its particles."""
    preposition = ""
    if page.pos[k] in {"ADP", "PART", "SCONJ"} and page.low[k] not in {"not", "n't", "’s", "'s"}:
        preposition, k = page.low[k], k - 1
    while k >= floor and (
        page.pos[k] == "ADV"
        or page.low[k] in {"up", "out", "down", "off", "together", "forward"}
        or page.low[k] in QUOTES
    ):
        k -= 1
    return preposition, k


def _phrases(page: Page, k: int, floor: int) -> Iterator[Cue]:
    for length in range(5, 0, -1):
        start = k - length + 1
        if start < floor:
            continue
        phrase = " ".join(page.low[start : k + 1])
        base = cues("phrase").get(phrase, {}).get("before")
        if base is not None:
            yield Cue(k, start, k + 1, base, False, phrase)
            return


def _copular(page: Page, k: int, floor: int) -> Iterator[Cue]:
    """ "the only basis is the …"."""
    for j in range(k - 1, max(floor - 1, k - 10), -1):
        base = cues("noun").get(page.low[j], {}).get("is")
        if base is not None:
            yield Cue(j, _phrase_start(page, j), k + 1, base, False, page.low[j])
            return
        if page.pos[j] in {"VERB", "PUNCT"}:
            return


def _phrase_start(page: Page, k: int) -> int:
    start = k
    floor = page.sentence_start[k]
    while (
        start > floor
        and (
            page.pos[start - 1] in {"DET", "ADJ", "NOUN", "PROPN", "NUM"}
            or page.tag[start - 1] == "PRP$"
        )
        and not page.date_at(start - 1)
    ):
        start -= 1
    return start


def _verb_cue(page: Page, k: int, preposition: str, *, direct: bool = False) -> Cue | None:
    """The verb at a token with its preposition, if it governs agreements; `direct`: nothing stands
    between.
    """
    lemma = page.verb(k)
    frames = cues("verb").get(lemma)
    if frames is None or page.pos[k] == "ADP":
        return None
    if _put_into(page, k):
        return None
    base = frames.get(preposition or "obj")
    # "abide by", "adhere to", "renege on" are verbs, whatever the tagger says
    noun = page.pos[k] == "NOUN" and lemma not in words("never_noun")
    plain = preposition and base in {"comply", "violate"} and not noun
    # what stands right before an article is no noun: "that Chile respect the truce"
    article = page.pos[k + 1] == "DET" and bool(page.names(k - 1) or page.taken(k - 1))
    plain = plain or (direct and not preposition and article)
    if (
        page.pos[k] not in {"VERB", "AUX"}
        and not page.titled[k]
        and not plain
        and not _verbal(page, k)
    ):
        return None
    return None if base is None else Cue(k, k, k + 1, base, True, lemma)


def _put_into(page: Page, k: int) -> bool:
    """ "put the deal into effect" proposes none, "put forward a deal" does."""
    return page.lemma[k] == "put" and page.low[k + 1 : k + 2] != ["forward"]


def _verbal(page: Page, k: int) -> bool:
    """A verb that the tagger took for a noun or adjective: it follows "to", a modal or a
    pronoun.
    """
    return k > 0 and (
        page.low[k - 1] == "to" or page.pos[k - 1] == "AUX" or page.tag[k].startswith("V")
    )


def _joined(page: Page, k: int, floor: int) -> Iterator[Cue]:
    """ "sign and implement the": the verb before "and" has the same object."""
    if k - 2 >= floor and page.low[k - 1] in {"and", "or"} and page.pos[k - 2] == "VERB":
        base = cues("verb").get(page.lemma[k - 2], {}).get("obj")
        if base is not None:
            yield Cue(k - 2, k - 2, k - 1, base, True, page.lemma[k - 2])


def _compound(page: Page, draft: Draft) -> Iterator[Cue]:
    """ "ceasefire violations", "truce talks"."""
    k = draft.noun_end
    if (k < page.n and page.pos[k] in {"NOUN", "PROPN"}) or (k < page.n and page.titled[k]):
        base = cues("noun").get(page.low[k], {}).get("compound")
        if base is not None:
            yield Cue(k, draft.noun, k + 1, base, False, page.low[k])


def _right(page: Page, draft: Draft) -> Iterator[Cue]:
    """Cues behind the mention: "signed in", ", which were adopted", "has been violated",
    "collapsed".
    """
    end = page.sentence_end[draft.noun]
    k = draft.end
    if k < end and page.low[k] in QUOTES:
        k += 1
    if k < end and page.low[k] in {",", "–", "—", "-", "("}:
        closing = _closing(page, k + 1, end)
        relative = page.low[k + 1 : k + 2] in (["which"], ["that"]) or (
            page.low[k + 2 : k + 3] == ["which"] and page.pos[k + 1] == "ADP"
        )
        if k + 1 < end and (relative or page.tag[k + 1] in {"VBN", "VBD"}):
            yield from _predicates(page, draft, k + 1, closing or end)
            yield from _object_relative(page, k + 1, closing or end)
        if closing is not None:
            yield from _predicates(page, draft, closing + 1, end, inserted=True)
        return
    yield from _predicates(page, draft, k, end)
    yield from _object_relative(page, k, end)


RELATIVE_REACH = 16
"""Tokens between "that" and its verb: "that the presidents of A, B and C have each formally"."""


def _object_relative(page: Page, k: int, end: int) -> Iterator[Cue]:
    """ "the ceasefire that the two countries signed", "the deal Ankara and Moscow struck"."""
    relative = k < end and page.low[k] in {"that", "which"}
    j = first = k + relative
    if j >= end or not (relative or page.names(j) or page.pos[j] in {"DET", "PROPN"}):
        return
    while j < min(end, first + RELATIVE_REACH) and (
        page.pos[j] in {"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "CCONJ", "ADV", "AUX"}
        or page.low[j] in {"of", "'s", "’s", "'", "’", ","}
        or page.low[j] in DASHES
    ):
        if page.pos[j] in {"AUX", "ADV"} and j == first:
            return
        j += 1
    if j == first or j >= end or page.tag[j] not in {"VBD", "VBN", "VBZ", "VBP", "VB"}:
        return
    frames = cues("verb").get(page.verb(j), {})
    behind = page.low[j + 1] if j + 1 < end else ""
    base = frames.get(behind) if page.pos[j + 1 : j + 2] == ["ADP"] else None
    base = base or frames.get("obj")
    taken = j + 1 < end and (page.pos[j + 1] in {"DET", "PRON"} or page.low[j + 1] == "to")
    taken = taken and page.date_at(j + 1) is None
    if base in MADE | {"violate", "comply", "suspend", "end", "extend"} and not taken:
        yield Cue(j, j, j + 1, base, True, page.verb(j))


def _closing(page: Page, k: int, end: int) -> int | None:
    """The comma, dash or bracket that closes an insertion, where a verb of the sentence follows
    it.
    """
    for j in range(k + 1, min(k + 20, end - 1)):
        if page.low[j] in {",", "–", "—", ")"} and (
            page.pos[j + 1] in {"AUX", "VERB"} or page.pos[j + 1] == "ADV"
        ):
            return j
    return None


def _predicates(
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
        yield from _in_force(page, copula, k, end)
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
        if base is not None and page.tag[k] != "VBG":
            yield Cue(k, k, k + 1, base, True, page.verb(k), True)
        return
    force = _in_force(page, k, k + 1, end)
    yield from force
    base = frames.get("subj")
    if (
        base is not None
        and (page.pos[k] in {"VERB", "AUX"} or page.titled[k])
        and _without_object(page, k, base)
    ):
        yield Cue(k, k, k + 1, base, True, page.verb(k))


def _subject_like(page: Page, draft: Draft, copula: int, k: int) -> bool:
    """The mention may be the subject of what follows: no preposition or verb takes it as object."""
    before = draft.start - 1
    # "implement the roadmap agreed in Sochi": of an object, a past tense is a participle
    reduced = page.tag[k] == "VBD" and page.pos[before] == "VERB" and page.pos[k + 1] == "ADP"
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


def _without_object(page: Page, k: int, base: str) -> bool:
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
    """ "was agreed to", "must be adhered to"."""
    after = page.low[k + 1] if k + 1 < page.n else ""
    return frames.get(after)


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


def _in_force(page: Page, verb: int, k: int, end: int) -> Iterator[Cue]:
    """ "is in force", "entered into effect", "takes effect", "remains in place"."""
    window = page.low[k : min(k + 4, end)]
    for offset, word in enumerate(window):
        if word in {"force", "effect", "place"}:
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


def _tree(page: Page, draft: Draft) -> Iterator[Cue]:
    """What the tree says, where the words next to the mention say nothing."""
    token = page.doc[draft.noun_end - 1]
    for _ in range(2):
        if (
            token.dep_ in {"conj", "compound", "appos", "flat"}
            and token.head.i != token.i
            and token.head.pos_ in {"NOUN", "PROPN"}
        ):
            token = token.head
    head = token.head
    if (
        head.i == token.i
        or not page.sentence_start[draft.noun] <= head.i < page.sentence_end[draft.noun]
    ):
        return
    if head.pos_ not in {"VERB", "AUX"} or _put_into(page, head.i):
        return
    frames = cues("verb").get(head.lemma_.lower(), {})
    if token.dep_ in {"obj", "dobj", "nsubj:pass", "nsubjpass"} and "obj" in frames:
        yield Cue(
            head.i,
            head.i,
            head.i + 1,
            frames["obj"],
            True,
            head.lemma_.lower(),
            token.dep_.startswith("nsubj"),
        )
    elif (
        token.dep_ == "nsubj" and "subj" in frames and _without_object(page, head.i, frames["subj"])
    ):
        force = list(_in_force(page, head.i, head.i + 1, page.sentence_end[draft.noun]))
        if force:
            yield from force
        elif frames["subj"] != "effect" or head.lemma_ in {"begin", "start"}:
            yield Cue(head.i, head.i, head.i + 1, frames["subj"], True, head.lemma_.lower())


def adjectives(page: Page, draft: Draft) -> Iterator[Cue]:
    """Adjectives before the noun that tell of its status: "a proposed ceasefire"."""
    for k in range(draft.start, draft.noun):
        base = cues("adjective").get(page.low[k], {}).get("before")
        if base is not None and not (k + 1 < page.n and page.low[k + 1] in DASHES):
            yield Cue(k, k, k + 1, base, False, page.low[k])
