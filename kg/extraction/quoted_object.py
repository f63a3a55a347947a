"""Quotations at the end of a clause whose verb no lexicon has: "The union stood by “…”"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extraction.cues import verb_entry, verb_group
from kg.extraction.drafts import Draft
from kg.extraction.edges import FINITE_TAGS
from kg.extraction.joined import reporting_around
from kg.extraction.quoted_page import NOMINAL, QuotedPage
from kg.extraction.reading import Run
from kg.extraction.source_words import noun_phrase
from kg.extraction.sources import is_voiceless, source_head
from kg.nlp.tokens import Token

FEWEST_WORDS = 8
"""Words of a quotation that is likelier speech than the name of something."""

LONGEST_LINK = 4
"""Words between verb and quotation that belong to what is said: "thanked *them for* “…”"."""

RATE = 0.6
"""How often such a quotation was speech in the training articles."""


def closing(page: QuotedPage, drafts: Iterable[Draft]) -> Iterator[Draft]:
    """The statements of quotations that end a sentence and that nothing else has taken."""
    known = list(drafts)
    taken = {i for d in known for i in d.content}
    for run in page.reading.runs:
        if run.number in page.owner or run.number in page.titles or run.words < FEWEST_WORDS:
            continue
        if run.last not in ".?!" or not run.closed or run.start in taken:
            continue
        verb = _verb_before(page, run)
        if verb is None or _resumed(page, run, [d for d in known if d.verb == verb]):
            continue
        draft = _draft(page, run, verb)
        if draft is not None:
            page.owner[run.number] = draft
            yield draft


def _resumed(page: QuotedPage, run: Run, former: list[Draft]) -> bool:
    """Let a statement of the same verb go on to the quotation: "said he was here, *but “…”*"."""
    for draft in former:
        last = max(draft.content)
        if draft.verb.i < last < run.start:
            draft.content |= set(range(last + 1, run.end))
            page.owner[run.number] = draft
            return True
    return False


def _verb_before(page: QuotedPage, run: Run) -> Token | None:
    """The finite verb, outside and before a quotation, that the quotation hangs on."""
    before = page.reading.before(run.start)
    if before is None or not page.reading.is_word[before] or page.reading.quoted(before):
        return None
    low = page.clause_start(before)
    node = page.doc.root(run.start, run.end)
    for verb in node.ancestors:
        if verb.pos_ == "VERB" and low <= verb.i < run.start and not page.reading.quoted(verb.i):
            outer = reporting_around(page.reading, verb)
            if outer is not None and low <= outer.i < verb.i:
                return outer  # "*says* his friend ran “…”"
            return verb if verb.tag_ in FINITE_TAGS else None
    return None


def _draft(page: QuotedPage, run: Run, verb: Token) -> Draft | None:
    head = source_head(verb)
    if head is None or head.i > verb.i or head.pos_ not in NOMINAL or is_voiceless(head):
        return None
    somebody = head.pos_ == "PROPN" or head.lower_ in {"he", "she", "they", "who"}
    if page.reading.quoted(head.i) or not (somebody or verb_entry(verb) is not None):
        return None
    cue = verb_group(page.reading, verb)
    start = run.start if run.start - verb.i > LONGEST_LINK + 1 else max(cue) + 1
    content = set(range(start, run.end))
    source = noun_phrase(page.reading, head, barred=frozenset(cue))
    lemma = verb.lemma_.lower()
    return Draft(verb, cue - source, content, source, head, "introduced", lemma, rate=RATE)
