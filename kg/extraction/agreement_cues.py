"""Finds the words that govern an agreement in its sentence: before it, behind it, by the tree.

Neighbouring words are asked first: "adhere to the", "signed in", ", which were adopted". The tree
is asked where they say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.agreement_drafts import MADE, Cue, Draft
from kg.extraction.agreement_lexicon import cues, words
from kg.extraction.agreement_page import DASHES, QUOTES, Page
from kg.extraction.agreement_predicates import in_force, predicates, without_object
from kg.nlp import syntax
from kg.nlp.tokens import Token

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
        others += _hanging(page, draft, {c.token for c in others})
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
        k = _before_date(page, k, floor)
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
        k = _before_date(page, k, floor) if preposition else k
        if k < floor:
            return
        if not preposition and page.low[k] in {"and", "or"}:
            k = _same_making(page, k, floor)
            if k < floor:
                return
        if preposition and page.low[k] in {"and", "or"}:
            k = _same_preposition(page, k, preposition, floor)
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


def _before_date(page: Page, k: int, floor: int) -> int:
    """Past a date to the verb before: "signed *on Tuesday* a treaty", "agreed *on Tuesday* to"."""
    date = page.date_at(k) if k > floor else None
    if date is None:
        return k
    before = date.start - 1 - (page.low[date.start - 1] in {"on", "in"})
    return before if before >= floor and page.tag[before].startswith("VB") else k


def _same_preposition(page: Page, k: int, preposition: str, floor: int) -> int:
    """What "a breach of A *and of* B" hangs on as well; -1 where nothing does."""
    for j in range(k - 1, max(floor, k - 10), -1):
        if page.low[j] == preposition:
            return j - 1
        if page.pos[j] in {"VERB", "AUX", "PUNCT", "SCONJ"}:
            break
    return -1


def _same_making(page: Page, k: int, floor: int) -> int:
    """ "*Signed* a pledge to protect people *and* a truce": the verb before that makes both."""
    for j in range(k - 1, max(floor, k - 12), -1):
        if page.tag[j] == "VBD":
            made = cues("verb").get(page.lemma[j], {}).get("obj") in MADE
            return j if made and page.pos[j + 1] == "DET" else k
        if page.pos[j] in {"PUNCT", "SCONJ", "AUX"}:
            break
    return k


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
            yield from predicates(page, draft, k + 1, closing or end)
            yield from _object_relative(page, k + 1, closing or end)
            for which in _joined_relatives(page, k + 2, closing or end):
                yield from predicates(page, draft, which, closing or end)
                yield from _object_relative(page, which, closing or end)
        if closing is not None:
            yield from predicates(page, draft, closing + 1, end, inserted=True)
        return
    yield from predicates(page, draft, k, end)
    yield from _object_relative(page, k, end)


RELATIVE_REACH = 16
"""Tokens between "that" and its verb: "that the presidents of A, B and C have each formally"."""


def _object_relative(page: Page, k: int, end: int) -> Iterator[Cue]:
    """ "the ceasefire that the two countries signed", "which A brokered and B accepted"."""
    relative = k < end and page.low[k] in {"that", "which"}
    first = k + relative
    subjects = {"DET", "PROPN", "PRON"}
    if first >= end or not (relative or page.names(first) or page.pos[first] in subjects):
        return
    cue = _clause_of(page, first, end)
    while cue is not None:
        yield cue
        behind = cue.token + 1
        again = relative and page.low[behind : behind + 1] in (["and"], ["but"])
        cue = _clause_of(page, behind + 1, end) if again else None


def _clause_of(page: Page, first: int, end: int) -> Cue | None:
    """The verb behind a subject, where the agreement is its object."""
    j = first
    while j < min(end, first + RELATIVE_REACH) and (
        page.pos[j] in {"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "CCONJ", "ADV", "AUX"}
        or page.low[j] in {"of", "'s", "’s", "'", "’", ","}
        or page.low[j] in DASHES
    ):
        if page.pos[j] in {"AUX", "ADV"} and j == first:
            return None
        j += 1
    if j == first or j >= end or page.tag[j] not in {"VBD", "VBN", "VBZ", "VBP", "VB"}:
        return None
    frames = cues("verb").get(page.verb(j), {})
    behind = page.low[j + 1] if j + 1 < end else ""
    base = frames.get(behind) if page.pos[j + 1 : j + 2] == ["ADP"] else None
    base = base or frames.get("obj")
    taken = j + 1 < end and (page.pos[j + 1] in {"DET", "PRON"} or page.low[j + 1] == "to")
    taken = taken and page.date_at(j + 1) is None
    if base not in MADE | {"violate", "comply", "suspend", "end", "extend"} or taken:
        return None
    return Cue(j, j, j + 1, base, True, page.verb(j))


def _joined_relatives(page: Page, k: int, end: int) -> Iterator[int]:
    """The "which" of ", which X had signed with Y and which lapsed"."""
    for j in range(k, end - 1):
        if page.low[j] in {"and", "but"} and page.low[j + 1] == "which":
            yield j + 1


def _hanging(page: Page, draft: Draft, seen: set[int]) -> Iterator[Cue]:
    """Relative clauses and participles that hang on the noun with other words between: "a protocol
    on Friday *that bars* drones", "a pact on fish, dating from 1951, *which commits*".
    """
    end = page.sentence_end[draft.noun]
    behind = draft.end + 1
    if page.low[draft.end : behind] == [","] and page.tag[behind : behind + 1] == ["VBG"]:
        verb = page.verb(behind)
        if behind not in seen and verb in words("obliging") and not page.titled[behind]:
            yield Cue(behind, behind, behind + 1, "provide", True, verb)
            return
    for child in page.tokens_of[draft.noun_end - 1].children:
        if not draft.end <= child.i < end or child.dep_ not in {"acl", "acl:relcl", "relcl"}:
            continue
        base = cues("verb").get(page.verb(child.i), {}).get("subj")
        if child.i in seen or child.pos_ != "VERB" or base != "provide":
            continue
        own = next((t for t in child.children if t.dep_ in syntax.SUBJECT), None)
        if child.tag_ == "VBG" if own is None else own.lower_ in {"that", "which"}:
            yield Cue(child.i, child.i, child.i + 1, base, True, page.verb(child.i))


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


def _tree(page: Page, draft: Draft) -> Iterator[Cue]:
    """What the tree says, where the words next to the mention say nothing."""
    token = page.doc[draft.noun_end - 1]
    for _ in range(2):
        if (
            token.dep_ in {"conj", "appos", "flat"}
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
    into = head.lemma_ == "put" and page.low[head.i + 1 : head.i + 2] == ["into"]
    if head.pos_ not in {"VERB", "AUX"} or _put_into(page, head.i) or into:
        return
    yield from _joined_by_tree(page, draft, token, head)
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
        token.dep_ == "nsubj" and "subj" in frames and without_object(page, head.i, frames["subj"])
    ):
        force = list(in_force(page, head.i, head.i + 1, page.sentence_end[draft.noun]))
        if force:
            yield from force
        elif frames["subj"] != "effect" or head.lemma_ in {"begin", "start"}:
            yield Cue(head.i, head.i, head.i + 1, frames["subj"], True, head.lemma_.lower())


def _joined_by_tree(page: Page, draft: Draft, token: Token, head: Token) -> Iterator[Cue]:
    """ "The truce, which left much open, was never published *and collapsed*"."""
    if token.dep_ not in syntax.SUBJECT:
        return
    for verb in syntax.conjuncts(head):
        if verb.pos_ != "VERB" or verb.i <= head.i or syntax.subject(verb) is not None:
            continue
        base = cues("verb").get(page.verb(verb.i), {}).get("subj")
        over = base in {"end", "lapse"} and without_object(page, verb.i, base)
        if over and verb.tag_ in {"VBD", "VBZ", "VBN"} and not syntax.is_passive(verb):
            yield Cue(verb.i, verb.i, verb.i + 1, base or "", True, page.verb(verb.i))


def adjectives(page: Page, draft: Draft) -> Iterator[Cue]:
    """Adjectives before the noun that tell of its status: "a proposed ceasefire"."""
    for k in range(draft.start, draft.noun):
        base = cues("adjective").get(page.low[k], {}).get("before")
        if base is not None and not (k + 1 < page.n and page.low[k + 1] in DASHES):
            yield Cue(k, k, k + 1, base, False, page.low[k])
