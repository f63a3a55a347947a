"""The quotations of one article, whose statement each has become, and what stands beside them."""

from __future__ import annotations

import re

from kg.extraction.cues import verb_entry
from kg.extraction.drafts import Draft
from kg.extraction.reading import Reading, Run
from kg.nlp.tokens import Token

FARTHEST_CUE = 40
"""Tokens between a quotation and its cue; beyond, another sentence would have to begin."""

ITEM = re.compile(r"[•·▪◦‣*–—-]|\(?(?:\d{1,2}|[a-z])[.)]")
"""What stands before an item of a list."""

LONGEST_ITEM = 6
"""Tokens of such a mark and white space."""

FEWEST_SPOKEN = 3
"""Words of a quotation that is speech, though it stands amid a sentence."""

TITLES = frozenset({"headline", "subhead"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})


class QuotedPage:
    """What the rules for quotations know of an article so far."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.doc = reading.doc
        self.drafts: list[Draft] = []
        self._added: set[int] = set()
        self.owner: dict[int, Draft] = {}
        """The statement of each quotation, by the quotation's number."""

        self.titles: set[int] = set()
        """Quotations that are names of works."""

    def add(self, draft: Draft) -> None:
        """Keep a statement; one that is kept already has got another quotation."""
        if id(draft) not in self._added:
            self._added.add(id(draft))
            self.drafts.append(draft)

    def ends_run(self, i: int) -> bool:
        """Token `i` is the last of a quotation."""
        run = self.reading.run_of[i]
        return run >= 0 and self.reading.runs[run].end == i + 1

    def mark_of(self, run: Run) -> range:
        """The bullet or number before a quotation that is an item of a list."""
        start = self.reading.paragraphs[self.reading.paragraph_of[run.start]][0]
        if run.start - start > LONGEST_ITEM:
            return range(run.start, run.start)
        words = [i for i in range(start, run.start) if not self.doc[i].is_space]
        text = "".join(self.doc[i].text for i in words)
        return range(words[0], run.start) if ITEM.fullmatch(text) else range(run.start, run.start)

    def is_item(self, run: Run) -> bool:
        """The quotation is a paragraph, but for a bullet or number: whole, and closed."""
        first = self.reading.before(self.mark_of(run).start)
        whole = run.closed and run.last in ".?!…" and run.words >= FEWEST_SPOKEN
        return whole and first is None and self.reading.after(run.end - 1) is None

    def stands_alone(self, run: Run) -> bool:
        """The quotation is a paragraph."""
        return self.reading.before(run.start) is None and self.reading.after(run.end - 1) is None

    def same_section(self, former: Run, run: Run) -> bool:
        """Both stand in the body, or in one title, and no title between them."""
        kinds = self.reading.kinds
        return kinds[former.end - 1] == kinds[run.start] and not any(
            kinds[start] in TITLES
            for start, _ in self.reading.paragraphs[
                self.reading.paragraph_of[former.end - 1] + 1 : self.reading.paragraph_of[run.start]
            ]
        )

    def next_paragraph(self, run: Run) -> int | None:
        """The first token behind the quotation's paragraph that is no white space."""
        number = self.reading.paragraph_of[run.start] + 1
        while number < len(self.reading.paragraphs):
            start, end = self.reading.paragraphs[number]
            for i in range(start, end):
                if not self.doc[i].is_space:
                    return i
            number += 1
        return None

    def reports(self, token: Token) -> bool:
        """A verb of saying that takes a quotation or a clause."""
        if token.pos_ not in {"VERB", "AUX"} and not token.tag_.startswith("VB"):
            return False
        entry = verb_entry(token)
        if entry is None or entry.kind != "say":
            return False
        return entry.takes("quote") or (entry.takes("clause") and token.tag_ != "VBN")

    def goes_on_outside(self, run: Run) -> bool:
        """Unquoted words go on with the quoted ones: said "it is their turn" to act."""
        if run.last in ".,?!":
            return False
        after = self.reading.after(run.end - 1)
        return after is not None and self.reading.is_word[after] and not self.reading.quoted(after)

    def clause_start(self, i: int) -> int:
        """The first token of the unquoted stretch that ends at `i`, within the paragraph."""
        low = max(self.reading.paragraphs[self.reading.paragraph_of[i]][0], i - FARTHEST_CUE)
        k = i
        while k > low:
            if self.reading.quoted(k - 1):
                if self.is_spoken(self.reading.run_of[k - 1]):
                    break
            elif self.reading.ends(k - 1):
                break
            k -= 1
        while k < i and self.reading.quoted(k):
            k += 1
        return k

    def is_spoken(self, number: int) -> bool:
        """A quotation is, or may become, a statement; a scare quote or a name is none."""
        run = self.reading.runs[number]
        return number in self.owner or (
            number not in self.titles
            and run.last in ".?!,"
            and (run.words >= FEWEST_SPOKEN or self._stands_apart(run))
        )

    def _stands_apart(self, run: Run) -> bool:
        """Something parts the quotation from the words before it."""
        before = self.reading.before(run.start)
        return before is None or not self.reading.is_word[before]

    def extended(self, run: Run, verb: Token) -> Draft | None:
        """The draft of a verb that has spoken just before: "…," X said, "…"."""
        used = next((d for d in self.drafts[-2:] if d.verb == verb), None)
        if used is not None:
            used.content |= set(range(run.start, run.end))
        return used

    def last_before_paragraph(self, run: Run) -> int | None:
        """The last token before the quotation's paragraph that is no white space."""
        number = self.reading.paragraph_of[run.start]
        last = self.reading.paragraphs[number][0] - 1
        while last >= 0 and self.doc[last].is_space:
            last -= 1
        return last if last >= 0 else None

    def whole_sentence(self, run: Run) -> bool:
        """The quotation ends like a sentence, or one ends in it, or nobody closed it."""
        if run.last in ".,?!…—-" or not run.closed:
            return True
        inner = range(run.start + FEWEST_SPOKEN, run.end - 1)
        return any(self.reading.ends(i) and self.doc[i].text == "." for i in inner)
