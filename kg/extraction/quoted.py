"""Quoted speech: which cue, with which source, each quotation belongs to."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extraction.drafts import Draft
from kg.extraction.edges import FINITE_TAGS
from kg.extraction.quoted_continued import (
    continued,
    listed,
    rest_of_sentence,
    resume,
    second_half,
)
from kg.extraction.quoted_followed import followed
from kg.extraction.quoted_introduced import introduced, stated_before
from kg.extraction.quoted_object import closing
from kg.extraction.quoted_page import QuotedPage
from kg.extraction.quoted_signed import bracketed, named, names_beside, signed
from kg.extraction.quoted_told import told_of
from kg.extraction.reading import ENDS, Reading, Run
from kg.extraction.tables import word_list
from kg.nlp import syntax

LONGEST_TAIL = 12
"""Tokens of a clause that names the speaker at the end of a quotation that nobody closed."""

LONGEST_DESCRIPTION = 40
"""Tokens from "said Ann Lee" to the end of such a quotation, in which she is described."""


class QuotedSpeech:
    """The statements of one article whose words stand in quotation marks."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.doc = reading.doc
        self.page = QuotedPage(reading)

    def found(self) -> list[Draft]:
        """All quoted statements, in the order of the quotations."""
        for run in self.reading.runs:
            self._end_before_speaker(run)
        names = names_beside(self.page)
        for run in list(self.reading.runs):
            if run.words:
                self._attach(run, names)
        return self.page.drafts

    def _end_before_speaker(self, run: Run) -> None:
        """Let a quotation that lacks its closing mark end where its speaker is named: "…, Lee
        said.".
        """
        following = self.reading.runs[run.number + 1 : run.number + 2]
        if run.closed or (following and self.reading.before(following[0].start) is None):
            return
        last = run.end - 1
        while last > run.start and not self.reading.is_word[last]:
            last -= 1
        for i in range(last, max(run.start, last - LONGEST_DESCRIPTION), -1):
            near = range(i + 1, last + 1) if last - i < LONGEST_TAIL else ()
            if self.doc[i].text == "," and (
                any(self.page.reports(self.doc[k]) for k in near) or self._names_speaker(i + 1)
            ):
                self.reading.cut(run, i + 1)
                return
            if self.reading.ends(i):
                return

    def _names_speaker(self, i: int) -> bool:
        """ "said Ann Lee", which no speech contains behind a comma."""
        verb, name = self.doc[i : i + 2] if i + 1 < len(self.doc) else (self.doc[i], self.doc[i])
        return verb.tag_ in FINITE_TAGS and self.page.reports(verb) and name.pos_ == "PROPN"

    def carry_on(self, drafts: Iterable[Draft]) -> None:
        """Give whole sentences in quotation marks to the statement, of any kind, right before
        them.
        """
        last_in_sentence: dict[int, Draft] = {}
        reported: set[int] = set()
        for one in drafts:
            reported |= one.content
            if not self.reading.quoted(one.verb.i):
                last_in_sentence[self.reading.sentence(one.verb.i)[0]] = one
        for run in self.reading.runs:
            if run.number in self.page.owner or run.words < 2:
                continue
            rest = rest_of_sentence(self.page, run)
            place = self._place(run) if rest or self.page.whole_sentence(run) else None
            if place is None:
                continue
            start, before = place
            draft = last_in_sentence.get(self.reading.sentence(before)[0])
            if draft is None or draft.frame == "as" or run.start in draft.content:
                continue
            main = draft.verb.i not in reported and self._ends_with(draft, before)
            if self.page.stands_alone(run) and not main:
                continue
            draft.content |= set(range(start, run.end)) | rest
            self.page.owner[run.number] = draft
            last_in_sentence[self.reading.sentence(run.end - 1)[0]] = draft

    def left(self, drafts: Iterable[Draft]) -> list[Draft]:
        """The statements of the quotations that none of the drafts has."""
        known = list(drafts)
        resume(self.page, known)
        found = list(closing(self.page, known))
        return found + list(told_of(self.page, known + found))

    def _ends_with(self, draft: Draft, last: int) -> bool:
        """A paragraph ends with what somebody says by the main verb of a sentence."""
        whole = last in draft.content or last - 1 in draft.content
        main = draft.verb.dep_ not in syntax.ADNOMINAL_CLAUSE
        return whole and main and draft.kind == "say" and bool(draft.source)

    def _place(self, run: Run) -> tuple[int, int] | None:
        """Where a sentence that a quotation begins starts, and the last token of the one before.

        A connective belongs to the sentence. A paragraph that is a quotation may go on with the
        paragraph before.
        """
        start, before = run.start, self.reading.before(run.start)
        if before is None and self.page.stands_alone(run) and run.words >= 4:
            last = self.page.last_before_paragraph(run)
            if last is not None and self.reading.kinds[last] == self.reading.kinds[run.start]:
                before = last
        elif before is not None and before > 0 and self._connects(before):
            start, before = self._sentence_head(before)
        if before is None:
            return None
        ends = self.doc[before].text[-1:] in ENDS or self.page.ends_run(before)
        return (start, before) if ends else None

    def _connects(self, i: int) -> bool:
        word = self.doc[i - 1] if self.doc[i].text == "," else self.doc[i]
        return word.lower_ in word_list("connectives")

    def _sentence_head(self, i: int) -> tuple[int, int | None]:
        first = i - 1 if self.doc[i].text == "," else i
        return first, self.reading.before(first)

    def _is_title(self, run: Run) -> bool:
        """A name of a work, not speech: her novel, "Long Winters."."""
        words = [self.doc[i] for i in range(run.start, run.end) if self.reading.is_word[i]]
        before = self.reading.before(run.start)
        return (
            before is not None
            and self.doc[before].text not in ENDS | {":"}
            and len(words) <= 5
            and words[0].text[:1].isupper()
            and len(words) > 1
            and all(
                w.text[:1].isupper()
                or w.lower_ in {"of", "the", "and", "in", "to", "a", "with", "for"}
                for w in words
            )
            and not any(w.tag_ in {"VBD", "VBZ", "MD"} for w in words)
        )

    def _attach(self, run: Run, names: dict[int, range]) -> None:
        if self._is_title(run):
            self.page.titles.add(run.number)
            return
        former = second_half(self.page, run)
        draft = self._begun(run, names) if former is None else None
        if draft is not None:
            self.page.owner[run.number] = draft
            self._take_opened(run, draft)
            self.page.add(draft)
            return
        former = former or continued(self.page, run)
        if former is not None:
            former.content |= set(range(run.start, run.end))
            if not self.page.whole_sentence(run) and self.reading.before(run.start) is not None:
                former.content |= rest_of_sentence(self.page, run)
            self.page.owner[run.number] = former
            return
        draft = stated_before(self.page, run)
        if draft is not None:
            self.page.owner[run.number] = draft
            self.page.add(draft)

    def _begun(self, run: Run, names: dict[int, range]) -> Draft | None:
        """The statement that begins with a quotation."""
        return (
            introduced(self.page, run)
            or followed(self.page, run)
            or signed(self.page, run)
            or bracketed(self.page, run)
            or named(self.page, run, names)
            or listed(self.page, run)
        )

    def _take_opened(self, run: Run, draft: Draft) -> None:
        """Give a speech its former paragraphs, which opened and did not close."""
        if self.reading.before(run.start) is not None:
            return
        for former in reversed(self.reading.runs[: run.number]):
            distance = (
                self.reading.paragraph_of[run.start] - self.reading.paragraph_of[former.end - 1]
            )
            opened = self.reading.before(former.start) is None
            if former.closed or former.number in self.page.owner or distance > 2 or not opened:
                return
            if not self.page.same_section(former, run):
                return
            draft.content |= set(range(former.start, former.end))
            self.page.owner[former.number] = draft
            run = former
