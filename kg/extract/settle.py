"""Where drafts of statements meet: which one keeps the words, and which lies inside another."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.confidence import stands
from kg.extract.drafts import Draft
from kg.extract.reading import Reading
from kg.extract.tables import word_list
from kg.nlp import syntax
from kg.nlp.articles import NOT_THE_STORY

QUOTED_FRAMES = frozenset({"followed", "introduced", "colon", "label", "title", "signed"})
AROUND_FRAMES = frozenset({"before", "around", "as", "according"})


def settled(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """The drafts that stand, in reading order; a cue in another's content makes one nested."""
    drafts = [d for d in drafts if reading.kinds[d.verb.i] not in NOT_THE_STORY and stands(d)]
    for draft in drafts:
        draft.content = whole_quotations(reading, draft)
    quoted = [d for d in drafts if d.frame in QUOTED_FRAMES]
    _end_before_others(reading, drafts, quoted)
    owner: dict[int, Draft] = {}
    for d in quoted:
        for i in d.content:
            owner.setdefault(i, d)
    kept = list(quoted)
    for d in sorted((d for d in drafts if d.frame not in QUOTED_FRAMES), key=_priority):
        inside = owner.get(d.verb.i)
        if inside is not None:
            d.content = (
                {i for i in d.content if i in inside.content} if _worth_nesting(d) else set()
            )
        elif reading.quoted(d.verb.i):
            continue
        else:
            d.content = _free(reading, d, owner)
            for i in d.content:
                owner.setdefault(i, d)
        if reading.words_in(d.content):
            kept.append(d)
    return sorted(kept, key=lambda d: (min(d.content), -len(d.content), d.verb.i))


def _worth_nesting(draft: Draft) -> bool:
    """A statement within another: somebody else's, or an act in the name of a body ("we urge")."""
    head = draft.source_head
    if (
        head is None
        or draft.kind == "noun"
        or draft.verb.tag_ not in {"VBD", "VBZ", "VBP", "VBN", "VBG"}
    ):
        return False
    if head.lower_ in {"i", "he", "she", "it", "you", "who", "which", "that"} or draft.force in {
        "concede",
        "announce",
        "comment",
        "ask",
    }:
        return False
    return draft.verb.tag_ != "VBG" or draft.verb.dep_ in syntax.ADNOMINAL_CLAUSE


def _priority(draft: Draft) -> tuple[int, int]:
    return -len(draft.content), draft.verb.i


def _free(reading: Reading, draft: Draft, owner: dict[int, Draft]) -> set[int]:
    """What nobody else has said; nothing if too little is left."""
    free = {i for i in draft.content if i not in owner}
    if len(free) == len(draft.content):
        return free
    left, all_words = reading.words_in(free), reading.words_in(draft.content)
    return free if left >= 2 and left >= 0.5 * all_words else set()


def whole_quotations(reading: Reading, draft: Draft) -> set[int]:
    """Content that reaches into a quotation from outside has all of it."""
    if reading.quoted(draft.verb.i):
        return draft.content
    content = set(draft.content)
    for number in sorted({reading.run_of[i] for i in draft.content} - {-1}):
        run = reading.runs[number]
        content |= set(range(run.start, run.end))
    return content - draft.cue


def _end_before_others(reading: Reading, drafts: list[Draft], quoted: list[Draft]) -> None:
    """Unquoted content ends where the writer turns to another statement: "said he agreed | and
    added, …".
    """
    plain = [d for d in drafts if d.frame not in QUOTED_FRAMES and not reading.quoted(d.verb.i)]
    starts = {d.verb.i: d for d in [*quoted, *plain] if not reading.quoted(d.verb.i)}
    for draft in plain:
        if draft.frame in AROUND_FRAMES:
            continue
        for i in sorted(draft.content & starts.keys()):
            other = starts[i]
            if i <= draft.verb.i or i not in draft.content:
                continue
            stop = _turn(reading, draft, other)
            if stop is not None:
                draft.content = (
                    _without_tail(reading, {k for k in draft.content if k < stop}) - other.content
                )


def _turn(reading: Reading, draft: Draft, other: Draft) -> int | None:
    """Where a statement inside another's content begins, if it is the writer's and no part of the
    content.
    """
    doc, verb = reading.doc, other.verb
    shares = syntax.subject(verb) is None and other.frame not in QUOTED_FRAMES
    own = () if shares else {i for i in other.source if draft.verb.i < i < verb.i}
    first = min(other.cue.union(own))
    before = reading.before(first)
    if before is None or before <= draft.verb.i:
        return None
    link = doc[before]
    if other.frame in QUOTED_FRAMES:
        return before if link.pos_ in {"CCONJ", "PUNCT"} else first
    if verb.tag_ == "VBG" and link.text == ",":
        return before
    if link.pos_ == "CCONJ" and shares and _resumes(draft.verb, verb):
        other.source, other.source_head = set(draft.source), draft.source_head
        return before
    if link.lower_ in word_list("contrasting") and not shares:
        sign = reading.before(before)
        if (
            sign is not None
            and sign > draft.verb.i
            and (reading.parts(sign) or doc[sign].text == ";")
        ):
            return sign
    return before if link.text == ";" else None


def _resumes(first: Token, second: Token) -> bool:
    """The second verb has the tense of the first, and what lies between has not: "said it *had
    ended* and *called* …".
    """
    if second.tag_ != first.tag_ or second.tag_ not in {"VBD", "VBZ", "VBP"}:
        return False
    between = second.head
    return between == first or between.tag_ != second.tag_


def _without_tail(reading: Reading, content: set[int]) -> set[int]:
    """Content without a conjunction or sign at its end."""
    left = sorted(content)
    while (
        left
        and (not reading.is_word[left[-1]] or reading.doc[left[-1]].pos_ == "CCONJ")
        and not reading.quoted(left[-1])
    ):
        left.pop()
    return set(left)
