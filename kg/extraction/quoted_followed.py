"""Quotations with their cue behind them: "…," Lee said."""

from __future__ import annotations

from kg.extraction.cues import finite_form, verb_group
from kg.extraction.drafts import Draft
from kg.extraction.edges import FINITE_TAGS, clause_right_of, enclosing_stretch
from kg.extraction.quoted_cue import draft_of
from kg.extraction.quoted_page import FARTHEST_CUE, QuotedPage
from kg.extraction.reading import Run
from kg.extraction.tables import word_list
from kg.nlp import syntax
from kg.nlp.tokens import Token


def followed(page: QuotedPage, run: Run) -> Draft | None:
    """The statement of a quotation, if the clause behind it reports it."""
    after = page.reading.after(run.end - 1)
    if after is None or page.reading.quoted(after):
        return None
    comma = page.doc[after].text == ","
    if run.words <= 2 and run.last not in ",?!":
        return None
    first = after + 1 if comma else after
    stop = _stop(page, first)
    if first >= stop or (page.doc[stop - 1].text == ":" and run.last != ","):
        return None
    if not (run.last in ",?!…—–-" or comma or _only_reports(page, run, first, stop)):
        return None
    verb = _carried(page, _cue_between(page, first, stop), stop)
    if verb is None or (_speaks_otherwise(page, verb, stop) and not _told(page, run, verb, first)):
        return None
    if page.doc[stop - 1].text == ":" and verb.tag_ not in FINITE_TAGS:
        return None  # it announces what stands behind the colon
    lead = _lead(page, run)
    if lead is None:
        return None
    draft = draft_of(page, run, verb, "followed", low=first, high=stop)
    if draft is not None:
        draft.content |= lead
    return draft


def _only_reports(page: QuotedPage, run: Run, first: int, stop: int) -> bool:
    """A sentence with nothing but who spoke, behind a full stop: "We will not sign.” *Lee said*."""
    if run.last != "." or not run.closed or not page.reading.ends(stop - 1):
        return False
    last = max((i for i in range(first, stop) if page.reading.is_word[i]), default=first)
    verbs = [i for i in range(first, stop) if page.doc[i].tag_ in FINITE_TAGS]
    return verbs[-1:] == [last] and last > first and page.reports(page.doc[last])


def _speaks_otherwise(page: QuotedPage, verb: Token, stop: int) -> bool:
    """The verb has unquoted content of its own behind it."""
    if verb.lower_ == "according":
        return False
    clause = clause_right_of(page.reading, verb)
    if clause is None or clause.i >= stop or verb.lemma_.lower() == "continue":
        return False
    first = clause.left_edge.i
    opening = page.doc[first]
    if opening.lower_ in word_list("writers_clause") or opening.pos_ == "ADP":
        return False  # "Lee asked *as she rose*", "Lee said *in a talk* aired on Monday"
    return first > verb.i and not any(
        page.doc[k].text == "," or page.doc[k].lower_ == "when"
        for k in range(verb.i + 1, first + 1)
    )


def _told(page: QuotedPage, run: Run, verb: Token, first: int) -> bool:
    """A sentence begins with the quotation, which a comma ends, and goes on with its speaker:
    "“We left,” *the mayor told* a crowd that the police put at 300".
    """
    before = page.reading.before(run.start)
    begins = before is None or page.reading.ends(before)
    own = syntax.subject(verb)
    beside = own is not None and first <= own.i < verb.i and own.left_edge.i <= first
    return run.last == "," and begins and beside and verb.lemma_.lower() in word_list("telling")


def _lead(page: QuotedPage, run: Run) -> set[int] | None:
    """Unquoted words of the same sentence before a quotation: they are part of the speech.

    `None` where they show that the quotation is a piece of something else.
    """
    before = page.reading.before(run.start)
    if before is None or page.doc[before].text in {":", "("} or page.reading.quoted(before):
        return set()
    if page.reading.ends(before):
        return set()
    start, _ = enclosing_stretch(page.reading, before)
    while start < run.start and (page.reading.quoted(start) or not page.reading.is_word[start]):
        start += 1
    lead = set(range(start, run.start))
    words = page.reading.words_in(lead)
    if words == 0:
        return set()
    if any(
        page.doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"} and not page.reading.quoted(i) for i in lead
    ):
        if any(page.reports(page.doc[i]) for i in lead):
            return set() if page.reading.is_dash(before) else None
        return lead
    if words <= 2 or page.doc[before].text == ",":
        return lead
    return lead if any(page.doc[i].dep_ in syntax.SUBJECT for i in lead) else None


def _stop(page: QuotedPage, start: int) -> int:
    """One past the clause from `start`: its full stop, the next quotation, the paragraph's
    end.
    """
    if start >= len(page.doc):
        return start
    end = page.reading.paragraphs[page.reading.paragraph_of[start]][1]
    for i in range(start, min(end, start + FARTHEST_CUE)):
        if page.reading.quoted(i):
            return i
        if page.reading.ends(i) or page.doc[i].text == ":":
            return i + 1
    return min(end, start + FARTHEST_CUE)


def _cue_between(page: QuotedPage, start: int, stop: int) -> Token | None:
    second: Token | None = None
    for i in range(start, stop):
        token = page.doc[i]
        if token.lower_ == "according":
            return token
        if not page.reports(token):
            continue
        related = token.dep_ in syntax.RELATIVE_CLAUSE and not _next_to_speaker(page, token, start)
        if related or (token.tag_ in {"VB", "VBG"} and i > start):
            second = second or token
            continue
        return token
    return _any_verb(page, start, stop) or second or _mistagged(page, start, stop)


def _next_to_speaker(page: QuotedPage, verb: Token, start: int) -> bool:
    """Between the quotation and its verb stands nothing but the speaker: "…,” *Lee said*"."""
    own = syntax.subject(verb)
    return (
        own is not None
        and start <= own.i < verb.i
        and own.tag_ not in {"WP", "WDT"}
        and not any(page.doc[k].text == "," for k in range(start, verb.i))
    )


def _carried(page: QuotedPage, verb: Token | None, stop: int) -> Token | None:
    """The verb of saying that another leads to: "went on to *say*"."""
    if verb is None or verb.lemma_.lower() not in word_list("goes_on"):
        return verb
    for i in range(verb.i + 1, min(stop, verb.i + 5)):
        inner = page.doc[i]
        if inner.tag_ in {"VB", "VBG"} and page.reports(inner):
            return inner if verb.i in verb_group(page.reading, inner) else verb
    return verb


def _mistagged(page: QuotedPage, start: int, stop: int) -> Token | None:
    """A form of a verb of saying that the tagger took for a noun, right behind a name: "Lee
    adds".
    """
    for i in range(start + 1, min(stop, start + 6)):
        if page.doc[i].tag_ in {"NNS", "NN", "VBN"} and page.doc[i - 1].pos_ in {
            "PROPN",
            "PRON",
        }:
            entry = finite_form(page.doc[i].lower_)
            if entry is not None and entry.kind == "say" and entry.takes("quote"):
                return page.doc[i]
    return _mistagged_last(page, start, stop)


def _mistagged_last(page: QuotedPage, start: int, stop: int) -> Token | None:
    """The last word of a clause that has no other verb: "…,” *the letter reads*."."""
    words = [i for i in range(start, stop) if page.reading.is_word[i]]
    if len(words) < 2 or any(page.doc[i].pos_ in {"VERB", "AUX"} for i in words):
        return None
    last = page.doc[words[-1]]
    entry = finite_form(last.lower_) if last.pos_ in {"NOUN", "PROPN"} else None
    if entry is None or entry.kind != "say" or not entry.takes("quote"):
        return None
    return last


def _any_verb(page: QuotedPage, start: int, stop: int) -> Token | None:
    """ "…," X shot back: a verb with a subject next to it and no object, whatever it means."""
    for i in range(start, min(stop, start + 8)):
        token = page.doc[i]
        if token.pos_ == "VERB" and token.tag_ in {"VBD", "VBZ", "VBP"}:
            own = syntax.subject(token)
            if own is not None and own.i >= start and syntax.object_of(token) is None:
                return token
            return None
    return None
