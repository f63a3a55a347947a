"""Quotations without a cue of their own that go on with what was said before."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from kg.extraction.drafts import Draft
from kg.extraction.edges import FINITE_TAGS, enclosing_stretch
from kg.extraction.quoted_page import QuotedPage
from kg.extraction.reading import ENDS, Run
from kg.nlp import syntax

PLURAL = frozenset({"they", "we", "some", "many", "others", "people"})
"""Who are several, though the word does not show it."""

FEWEST_QUOTED = 5
"""Words in quotation marks that make an unquoted end of a sentence part of the speech."""


def continued(page: QuotedPage, run: Run) -> Draft | None:
    """The statement whose speech a quotation without cue goes on with."""
    before = page.reading.before(run.start)
    if before is None:
        return _reopened(page, run)
    if page.ends_run(before) and page.reading.run_of[before] in page.owner:
        return page.owner[page.reading.run_of[before]]
    joined = _joined_by_and(page, run, before)
    if joined is not None:
        return joined
    ends = page.doc[before].text[-1:] in ENDS or page.ends_run(before)  # "in Ames, Iowa.", a point
    if not ends or not (page.whole_sentence(run) or rest_of_sentence(page, run)):
        return None
    low = page.clause_start(before)
    outside = page.reading.before(low)
    former = page.owner.get(page.reading.run_of[outside]) if outside is not None else None
    if former is None or not low <= former.verb.i <= before:
        return None
    if page.ends_run(before) and page.reading.run_of[before] not in page.titles:
        return None
    return None if hands_over(former, before) else former


def rest_of_sentence(page: QuotedPage, run: Run) -> set[int]:
    """The unquoted end of a sentence that begins quoted: "“We are ready” *to leave*."."""
    first = next((t for t in page.doc[run.start : run.end] if page.reading.is_word[t.i]), None)
    if run.words < FEWEST_QUOTED or first is None or not first.text[0].isupper():
        return set()
    if not page.goes_on_outside(run) or not any(
        page.doc[i].tag_ in FINITE_TAGS for i in range(run.start, run.end)
    ):
        return set()
    rest = range(run.end, enclosing_stretch(page.reading, run.end)[1])
    if any(page.reading.quoted(i) or page.doc[i].tag_ in FINITE_TAGS for i in rest):
        return set()
    return set(rest)


def hands_over(former: Draft, last: int) -> bool:
    """Somebody else speaks at the end of the clause: "…,” Lee said, *and her husband cut in*."."""
    for verb in former.verb.doc[former.verb.i + 1 : last + 1]:
        own = syntax.subject(verb) if verb.dep_ in syntax.CONJUNCT else None
        if own is not None and former.verb.i < own.i < verb.i and verb.head == former.verb:
            return own.pos_ == "PROPN" or own.lower_ not in {"he", "she", "they", "it"}
    return False


def second_half(page: QuotedPage, run: Run) -> Draft | None:
    """The statement of a sentence that is quoted on behind its speaker: "“We wait,” Lee wrote in a
    note *that told of the storm*, “but not for long.”".
    """
    before = page.reading.before(run.start)
    first = next((t for t in page.doc[run.start : run.end] if page.reading.is_word[t.i]), None)
    if before is None or first is None or not first.text[0].islower():
        return None
    link = page.doc[before]
    if not (link.text == "," or link.lower_ == "and") or run.last not in ".?!…" or run.words < 3:
        return None
    low = page.clause_start(before)
    outside = page.reading.before(low)
    former = page.owner.get(page.reading.run_of[outside]) if outside is not None else None
    if former is None or former.frame != "followed" or not low <= former.verb.i <= before:
        return None
    for verb in page.doc[former.verb.i + 1 : before]:
        apart = verb.tag_ == "VBG" and page.doc[verb.i - 1].text == ","
        if (verb.tag_ in FINITE_TAGS or apart) and page.reports(verb):
            return None  # "“…,” Lee said, while Berg called it “a raid.”"
    if link.lower_ == "and":
        former.content.add(before)
    return former


def _joined_by_and(page: QuotedPage, run: Run, before: int) -> Draft | None:
    """ "…" and "…": two pieces of one speech, with the word between them."""
    if page.doc[before].lower_ not in {"and", "but", "or"}:
        return None
    former = page.reading.before(before)
    if former is None or not page.ends_run(former):
        return None
    owner = page.owner.get(page.reading.run_of[former])
    if owner is not None and former in owner.content:
        owner.content.add(before)
        return owner
    return None


def _reopened(page: QuotedPage, run: Run) -> Draft | None:
    if run.number == 0:
        return None
    former = page.reading.runs[run.number - 1]
    distance = page.reading.paragraph_of[run.start] - page.reading.paragraph_of[former.end - 1]
    if distance > 2 or not page.same_section(former, run):
        return None
    if not former.closed:
        return (
            page.owner.get(former.number)
            if former.end >= (page.last_before_paragraph(run) or 0)
            else None
        )
    return _floating(page, run, former)


def _floating(page: QuotedPage, run: Run, former: Run) -> Draft | None:
    """A paragraph that is one quotation, behind a paragraph that ends with its speaker's
    quotation.
    """
    after = page.reading.after(run.end - 1)
    last = page.last_before_paragraph(run)
    owner = page.owner.get(former.number)
    if after is not None or last is None or owner is None or owner.frame == "colon":
        return None
    start = page.doc[last].sent.start
    ends_there = former.end - 1 >= start - 1 or owner.verb.i >= start
    return owner if ends_there and run.words >= 4 else None


def listed(page: QuotedPage, run: Run) -> Draft | None:
    """One of several voices under a line that announces them: "Readers told us: ¶ “It is late.” ¶
    *“Nobody asked.”*". Each is a statement of its own, of whom the line names.
    """
    former = page.reading.runs[run.number - 1] if run.number else None
    owner = page.owner.get(former.number) if former is not None else None
    if former is None or owner is None or owner.frame not in {"introduced", "colon"}:
        return None
    if not (page.is_item(former) and page.is_item(run) and page.same_section(former, run)):
        return None
    between = range(former.end, run.start)
    head = owner.source_head
    many = head is None or head.tag_ in {"NNS", "NNPS"} or head.lower_ in PLURAL
    if not many or page.reading.words_in(between) > page.reading.words_in(page.mark_of(run)):
        return None
    if owner.verb.i > former.start or min(owner.content) < former.start:
        return None
    content = set(range(run.start, run.end))
    return dataclasses.replace(owner, content=content)


def resume(page: QuotedPage, drafts: Iterable[Draft]) -> None:
    """Let speech go on with the sentence behind it, where that has no cue and is mostly quoted:
    "“It is late,” Lee said. *Most of us “have packed our things and left.”*".
    """
    known = list(drafts)
    used = {i for d in known for i in d.cue | d.content}
    last = {page.reading.sentence(d.verb.i)[0]: d for d in known if _spoken_around(page, d)}
    for run in page.reading.runs:
        if run.number in page.owner or run.number in page.titles or run.words < FEWEST_QUOTED:
            continue
        start, end = page.reading.sentence(run.start)[0], page.reading.sentence(run.end - 1)[1]
        if not (page.reading.readable(run.start) and page.reading.readable(run.end - 1)):
            continue
        before = page.reading.before(start)
        if before is None or used.intersection(range(start, end)):
            continue
        former = last.get(page.reading.sentence(before)[0])
        if former is None or not (page.doc[before].text[-1:] in ENDS or page.ends_run(before)):
            continue
        words = page.reading.words_in(range(start, end))
        quoted = sum(page.reading.is_word[i] and page.reading.quoted(i) for i in range(start, end))
        if 2 * quoted < words or hands_over(former, before):
            continue
        former.content |= set(range(start, end))
        page.owner[run.number] = former
        used |= set(range(start, end))
        last[start] = former


def _spoken_around(page: QuotedPage, draft: Draft) -> bool:
    """Words stand before the clause that tells who speaks."""
    return draft.frame in {"followed", "before"} and not page.reading.quoted(draft.verb.i)
