"""Quoted speech: which cue, with which source, each quotation belongs to."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from spacy.tokens import Token

from kg.extraction.cues import (
    CueEntry,
    finite_form,
    lexicon,
    noun_entry,
    phrase_entry,
    verb_entry,
    verb_group,
)
from kg.extraction.drafts import Draft
from kg.extraction.edges import (
    FINITE_TAGS,
    clause_right_of,
    enclosing_stretch,
    finite,
    written_form,
)
from kg.extraction.nouns import according
from kg.extraction.reading import DASHES, ENDS, Reading, Run
from kg.extraction.relays import relayed
from kg.extraction.sources import noun_phrase, source_head
from kg.extraction.tables import word_list
from kg.nlp import syntax

FARTHEST_CUE = 40
"""Tokens between a quotation and its cue; beyond, another sentence would have to begin."""


LONGEST_NAME_LINE = 12
"""Tokens of a line that names a voice: "Ann Lee, 34, a teacher from Vik"."""

FEWEST_VOICES = 3
"""Named quotations that make a list of voices."""

FARTHEST_COMMA = 18
"""Tokens from a verb to the comma before its quotation: "told the paper in an interview, “"."""

LONGEST_PREDICATE = 6
"""Tokens of a predicate that as a whole announces a quotation: "returned to his line: “…”"."""

LONGEST_TAIL = 12
"""Tokens of a clause that names the speaker at the end of a quotation that nobody closed."""

NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
TITLES = frozenset({"headline", "subhead"})
PREMODIFIERS = frozenset(
    {"compound", "flat", "nmod:poss", "amod", "det", "nmod", "poss", "nn", "nmod:desc"}
)


class QuotedSpeech:
    """The statements of one article whose words stand in quotation marks."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.doc = reading.doc
        self.drafts: list[Draft] = []
        self.owner: dict[int, Draft] = {}
        """The statement of each quotation, by the quotation's number."""

        self.titles: set[int] = set()
        """Quotations that are names of works."""

    def found(self) -> list[Draft]:
        """All quoted statements, in the order of the quotations."""
        for run in self.reading.runs:
            self._end_before_speaker(run)
        for run in list(self.reading.runs):
            if run.words:
                self._attach(run)
        return self.drafts

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
        for i in range(last, max(run.start, last - LONGEST_TAIL), -1):
            token = self.doc[i]
            if token.text == "," and any(
                self._reports(self.doc[k]) for k in range(i + 1, last + 1)
            ):
                self.reading.cut(run, i + 1)
                return
            if self.reading.ends(i):
                return

    def carry_on(self, drafts: Iterable[Draft]) -> None:
        """Give whole sentences in quotation marks to the statement, of any kind, right before
        them.
        """
        last_in_sentence: dict[int, Draft] = {}
        for one in drafts:
            if not self.reading.quoted(one.verb.i):
                last_in_sentence[self.reading.sentence(one.verb.i)[0]] = one
        for run in self.reading.runs:
            if run.number in self.owner or run.words < 2 or not self._whole_sentence(run):
                continue
            start, before = run.start, self.reading.before(run.start)
            if before is not None and before > 0 and self._connects(before):
                start, before = self._sentence_head(before)
            if before is None or (self.doc[before].text not in ENDS and not self._ends_run(before)):
                continue
            draft = last_in_sentence.get(self.reading.sentence(before)[0])
            if draft is not None and draft.frame != "as" and run.start not in draft.content:
                draft.content |= set(range(start, run.end))
                self.owner[run.number] = draft
                last_in_sentence[self.reading.sentence(run.end - 1)[0]] = draft

    def _connects(self, i: int) -> bool:
        word = self.doc[i - 1] if self.doc[i].text == "," else self.doc[i]
        return word.lower_ in word_list("connectives")

    def _sentence_head(self, i: int) -> tuple[int, int | None]:
        first = i - 1 if self.doc[i].text == "," else i
        return first, self.reading.before(first)

    def _ends_run(self, i: int) -> bool:
        run = self.reading.run_of[i]
        return run >= 0 and self.reading.runs[run].end == i + 1

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

    def _attach(self, run: Run) -> None:
        if self._is_title(run):
            self.titles.add(run.number)
            return
        draft: Draft | None = (
            self._introduced(run)
            or self._followed(run)
            or self._signed(run)
            or self._named_line(run)
        )
        if draft is not None:
            self.owner[run.number] = draft
            self._take_opened(run, draft)
            if draft not in self.drafts:
                self.drafts.append(draft)
            return
        former = self._continued(run)
        if former is not None:
            former.content |= set(range(run.start, run.end))
            self.owner[run.number] = former

    def _take_opened(self, run: Run, draft: Draft) -> None:
        """Give a speech its former paragraphs, which opened and did not close."""
        if self.reading.before(run.start) is not None:
            return
        for former in reversed(self.reading.runs[: run.number]):
            distance = (
                self.reading.paragraph_of[run.start] - self.reading.paragraph_of[former.end - 1]
            )
            opened = self.reading.before(former.start) is None
            if former.closed or former.number in self.owner or distance > 2 or not opened:
                return
            if not self._same_section(former, run):
                return
            draft.content |= set(range(former.start, former.end))
            self.owner[former.number] = draft
            run = former

    def _same_section(self, former: Run, run: Run) -> bool:
        """Both stand in the body, or in one title, and no title between them."""
        kinds = self.reading.kinds
        return kinds[former.end - 1] == kinds[run.start] and not any(
            kinds[start] in TITLES
            for start, _ in self.reading.paragraphs[
                self.reading.paragraph_of[former.end - 1] + 1 : self.reading.paragraph_of[run.start]
            ]
        )

    # ------------------------------------------------------------------ "…," X said

    def _followed(self, run: Run) -> Draft | None:
        after = self.reading.after(run.end - 1)
        if after is None or self.reading.quoted(after):
            return None
        comma = self.doc[after].text == ","
        if not (run.last in ",?!…—–-" or comma) or (run.words <= 2 and run.last not in ",?!"):
            return None
        first = after + 1 if comma else after
        stop = self._stop(first)
        if first >= stop or self.doc[stop - 1].text == ":":
            return None
        verb = self._carried(self._cue_between(first, stop), stop)
        if verb is None or self._speaks_otherwise(verb, stop):
            return None
        lead = self._lead(run)
        if lead is None:
            return None
        draft = self._draft(run, verb, "followed", low=first, high=stop)
        if draft is not None:
            draft.content |= lead
        return draft

    def _signed(self, run: Run) -> Draft | None:
        """ "…" — Ann Lee, mayor: a quotation signed behind a dash, in its paragraph or the next."""
        if run.words < 3 or (run.last not in ".,?!…" and run.closed):
            return None
        dash = self.reading.after(run.end - 1)
        if dash is None:
            dash = self._next_paragraph(run)
        if dash is None:
            return None
        glued = self.doc[dash].text[:1] in DASHES and self.doc[dash].text[1:2].isupper()
        if not glued and self.doc[dash].text not in DASHES:
            return None
        end = self.reading.paragraphs[self.reading.paragraph_of[dash]][1]
        words = [i for i in range(dash + (not glued), end) if self.reading.is_word[i]]
        if (
            not 1 <= len(words) <= 15
            or self.doc[words[0]].pos_ != "PROPN"
            or any(self.reading.quoted(i) for i in words)
        ):
            return None
        if any(self.doc[i].tag_ in {"VBD", "VBZ", "MD"} for i in words):
            return None
        last = words[0]
        while (
            last + 1 < end
            and (self.reading.is_word[last + 1] or self.doc[last + 1].text in {".", "-"})
            and self.doc[last + 1].text != ","
        ):
            last += 1
        source = set(range(words[0], last + 1))
        head = self.doc[words[0] : last + 1].root
        content = set(range(run.start, run.end))
        cue = set() if glued else {dash}
        return Draft(self.doc[dash], cue, content, source, head, "signed", "-")

    def _named_line(self, run: Run) -> Draft | None:
        """A paragraph of speech below or above a line that is a name, in a list of such voices:
        "Ann Lee, 34, teacher ¶ “…” ¶ Paul Lind, nurse ¶ “…”".
        """
        line = self._voices.get(run.number)
        if line is None:
            return None
        end = next((i for i in line if self.doc[i].text == ","), line.stop)
        source = set(range(line.start, end))
        head = self.doc[line.start : end].root
        content = set(range(run.start, run.end))
        return Draft(self.doc[line.start], set(), content, source, head, "signed", "")

    @functools.cached_property
    def _voices(self) -> dict[int, range]:
        """For each quotation of a list of voices the line with the name."""
        found: dict[int, dict[int, range]] = {-1: {}, 1: {}}
        for run in self.reading.runs:
            number = self.reading.paragraph_of[run.start]
            alone = self.reading.before(run.start) is None
            alone = alone and self.reading.after(run.end - 1) is None and run.words > 3
            for side in found:
                line = self._name_line(number, side) if alone else None
                if line is not None:
                    found[side][run.number] = line
        side = -1 if len(found[-1]) >= len(found[1]) else 1
        return found[side] if len(found[side]) >= FEWEST_VOICES else {}

    def _name_line(self, number: int, side: int) -> range | None:
        """The next paragraph on a side that has words, if a name stands in it and no sentence."""
        number += side
        while 0 <= number < len(self.reading.paragraphs):
            start, end = self.reading.paragraphs[number]
            words = [i for i in range(start, end) if not self.doc[i].is_space]
            if words:
                break
            number += side
        else:
            return None
        if len(words) > LONGEST_NAME_LINE or self.doc[words[0]].pos_ != "PROPN":
            return None
        if self.doc[words[-1]].text in ENDS | {":"} or any(
            self.reading.quoted(i) or self.doc[i].pos_ in {"VERB", "AUX"} for i in words
        ):
            return None
        return range(words[0], words[-1] + 1)

    def _next_paragraph(self, run: Run) -> int | None:
        number = self.reading.paragraph_of[run.start] + 1
        while number < len(self.reading.paragraphs):
            start, end = self.reading.paragraphs[number]
            for i in range(start, end):
                if not self.doc[i].is_space:
                    return i
            number += 1
        return None

    def _speaks_otherwise(self, verb: Token, stop: int) -> bool:
        """The verb has unquoted content of its own behind it."""
        if verb.lower_ == "according":
            return False
        clause = clause_right_of(self.reading, verb)
        if clause is None or clause.i >= stop or verb.lemma_.lower() == "continue":
            return False
        first = clause.left_edge.i
        return first > verb.i and not any(
            self.doc[k].text == "," or self.doc[k].lower_ == "when"
            for k in range(verb.i + 1, first + 1)
        )

    def _lead(self, run: Run) -> set[int] | None:
        """Unquoted words of the same sentence before a quotation: they are part of the speech.

        `None` where they show that the quotation is a piece of something else.
        """
        before = self.reading.before(run.start)
        if (
            before is None
            or self.doc[before].text in ENDS | {":", "("}
            or self.reading.quoted(before)
        ):
            return set()
        start, _ = enclosing_stretch(self.reading, before)
        while start < run.start and (self.reading.quoted(start) or not self.reading.is_word[start]):
            start += 1
        lead = set(range(start, run.start))
        words = self.reading.words_in(lead)
        if words == 0:
            return set()
        if any(
            self.doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"} and not self.reading.quoted(i)
            for i in lead
        ):
            if any(self._reports(self.doc[i]) for i in lead):
                return set() if self.reading.is_dash(before) else None
            return lead
        if words <= 2 or self.doc[before].text == ",":
            return lead
        return lead if any(self.doc[i].dep_ in syntax.SUBJECT for i in lead) else None

    def _stop(self, start: int) -> int:
        """One past the clause from `start`: its full stop, the next quotation, the paragraph's
        end.
        """
        if start >= len(self.doc):
            return start
        end = self.reading.paragraphs[self.reading.paragraph_of[start]][1]
        for i in range(start, min(end, start + FARTHEST_CUE)):
            if self.reading.quoted(i):
                return i
            if self.reading.ends(i) or self.doc[i].text == ":":
                return i + 1
        return min(end, start + FARTHEST_CUE)

    def _cue_between(self, start: int, stop: int) -> Token | None:
        second: Token | None = None
        for i in range(start, stop):
            token = self.doc[i]
            if token.lower_ == "according":
                return token
            if not self._reports(token):
                continue
            related = token.dep_ in syntax.RELATIVE_CLAUSE and not self._next_to_speaker(
                token, start
            )
            if related or (token.tag_ in {"VB", "VBG"} and i > start):
                second = second or token
                continue
            return token
        return self._any_verb(start, stop) or second or self._mistagged(start, stop)

    def _next_to_speaker(self, verb: Token, start: int) -> bool:
        """Between the quotation and its verb stands nothing but the speaker: "…,” *Lee said*"."""
        own = syntax.subject(verb)
        return (
            own is not None
            and start <= own.i < verb.i
            and own.tag_ not in {"WP", "WDT"}
            and not any(self.doc[k].text == "," for k in range(start, verb.i))
        )

    def _carried(self, verb: Token | None, stop: int) -> Token | None:
        """The verb of saying that another leads to: "went on to *say*"."""
        if verb is None or verb.lemma_.lower() not in word_list("goes_on"):
            return verb
        for i in range(verb.i + 1, min(stop, verb.i + 5)):
            inner = self.doc[i]
            if inner.tag_ in {"VB", "VBG"} and self._reports(inner):
                return inner if verb.i in verb_group(self.reading, inner) else verb
        return verb

    def _mistagged(self, start: int, stop: int) -> Token | None:
        """A form of a verb of saying that the tagger took for a noun, right behind a name: "Lee
        adds".
        """
        for i in range(start + 1, min(stop, start + 6)):
            if self.doc[i].tag_ in {"NNS", "NN", "VBN"} and self.doc[i - 1].pos_ in {
                "PROPN",
                "PRON",
            }:
                entry = finite_form(self.doc[i].lower_)
                if entry is not None and entry.kind == "say" and entry.takes("quote"):
                    return self.doc[i]
        return self._mistagged_last(start, stop)

    def _mistagged_last(self, start: int, stop: int) -> Token | None:
        """The last word of a clause that has no other verb: "…,” *the letter reads*."."""
        words = [i for i in range(start, stop) if self.reading.is_word[i]]
        if len(words) < 2 or any(self.doc[i].pos_ in {"VERB", "AUX"} for i in words):
            return None
        last = self.doc[words[-1]]
        entry = finite_form(last.lower_) if last.pos_ in {"NOUN", "PROPN"} else None
        if entry is None or entry.kind != "say" or not entry.takes("quote"):
            return None
        return last

    def _reports(self, token: Token) -> bool:
        if token.pos_ not in {"VERB", "AUX"} and not token.tag_.startswith("VB"):
            return False
        entry = verb_entry(token)
        if entry is None or entry.kind != "say":
            return False
        return entry.takes("quote") or (entry.takes("clause") and token.tag_ != "VBN")

    def _any_verb(self, start: int, stop: int) -> Token | None:
        """ "…," X shot back: a verb with a subject next to it and no object, whatever it means."""
        for i in range(start, min(stop, start + 8)):
            token = self.doc[i]
            if token.pos_ == "VERB" and token.tag_ in {"VBD", "VBZ", "VBP"}:
                own = syntax.subject(token)
                if own is not None and own.i >= start and syntax.object_of(token) is None:
                    return token
                return None
        return None

    # ------------------------------------------------------------------ X said: "…"

    def _introduced(self, run: Run) -> Draft | None:
        before = self.reading.before(run.start)
        if before is None:
            return self._introduced_by_paragraph(run)
        text = self.doc[before].text
        if text == ":":
            later = self._followed(run) if run.last == "," else None
            named = later is not None and later.lemma in lexicon()
            return later if named else self._before_colon(run, before)
        if self.reading.is_dash(before) and run.last == ",":
            later = self._followed(run)
            if later is not None and later.lemma in lexicon():
                return later
        if text == "," or self.reading.is_dash(before):
            return self._before_comma(run, before)
        if self.reading.quoted(before) or self._goes_on_outside(run):
            return None
        verb = self.doc[before]
        if verb.lemma_.lower() in word_list("not_spoken") or (
            run.words <= 2 and run.last not in ".,?!"
        ):
            return None
        if self._reports(verb):
            return self._draft(
                run, verb, "introduced", low=self._clause_start(before), high=run.start
            )
        receiving = verb.head
        if (
            verb.dep_ in syntax.OBJECT
            and receiving.lemma_.lower() in word_list("receiving")
            and run.words > 3
        ):
            return self._draft(
                run, receiving, "introduced", low=self._clause_start(before), high=run.start
            )
        return None

    def _goes_on_outside(self, run: Run) -> bool:
        """Unquoted words go on with the quoted ones: said "it is their turn" to act."""
        if run.last in ".,?!":
            return False
        after = self.reading.after(run.end - 1)
        return after is not None and self.reading.is_word[after] and not self.reading.quoted(after)

    def _clause_start(self, i: int) -> int:
        """The first token of the unquoted stretch that ends at `i`, within the paragraph."""
        low = max(self.reading.paragraphs[self.reading.paragraph_of[i]][0], i - FARTHEST_CUE)
        k = i
        while k > low:
            if self.reading.quoted(k - 1):
                if self._is_spoken(self.reading.run_of[k - 1]):
                    break
            elif self.reading.ends(k - 1):
                break
            k -= 1
        while k < i and self.reading.quoted(k):
            k += 1
        return k

    def _is_spoken(self, number: int) -> bool:
        return number in self.owner or (
            number not in self.titles and self.reading.runs[number].last in ".?!,"
        )

    def _last_cue(self, low: int, high: int) -> Token | None:
        """The last verb of saying before a quotation; a later verb of any kind, with a subject,
        goes first.
        """
        other: Token | None = None
        for i in range(high - 1, low - 1, -1):
            token = self.doc[i]
            if self.reading.quoted(i) or token.pos_ not in {"VERB", "AUX"}:
                continue
            if self._reports(token):
                if (
                    other is not None
                    and token.dep_ in {"advcl", "acl", "acl:relcl", "relcl"}
                    and other.i != token.head.i
                ):
                    return other
                return token
            if (
                other is None
                and token.tag_ in {"VBD", "VBZ"}
                and syntax.subject(token) is not None
                and syntax.object_of(token) is None
                and token.pos_ == "VERB"
            ):
                other = token
        return None

    def _extended(self, run: Run, verb: Token) -> Draft | None:
        """The draft of a verb that has spoken just before: "…," X said, "…"."""
        used = next((d for d in self.drafts[-2:] if d.verb == verb), None)
        if used is not None:
            used.content |= set(range(run.start, run.end))
        return used

    def _before_colon(self, run: Run, colon: int) -> Draft | None:
        low = self._clause_start(colon)
        verb = self._last_cue(low, colon)
        if verb is not None:
            used = self._extended(run, verb)
            if used is not None:
                return used
            draft = self._draft(run, verb, "introduced", low=low, high=colon)
            if draft is None:
                return None
            if colon == max(draft.cue) + 1:
                draft.cue.add(colon)
            self._with_clause_before(draft, run, colon)
            return draft
        dash = max((i for i in range(low, colon) if self.reading.is_dash(i)), default=low - 1)
        label = {i for i in range(dash + 1, colon) if not self.doc[i].is_space}
        if 0 < self.reading.words_in(label) <= 6 and not any(
            self.doc[i].pos_ in {"VERB", "AUX"} for i in label
        ):
            head = self.doc[dash + 1 : colon].root
            return Draft(
                self.doc[colon], {colon}, set(range(run.start, run.end)), label, head, "colon", ":"
            )
        return self._announced(run, low, colon)

    def _announced(self, run: Run, low: int, colon: int) -> Draft | None:
        """A whole sentence behind a colon, whose clause has no verb of saying: "His message was
        blunt: “…”", "He returned to the old line: “…”".
        """
        if run.words < 4 or run.last not in ".?!…" or not run.closed:
            return None
        for i in range(colon - 1, low - 1, -1):
            verb = self.doc[i]
            if verb.tag_ not in {"VBD", "VBZ"} or self.reading.quoted(i):
                continue
            own = syntax.subject(syntax.clause_head(verb))
            if own is None or not low <= own.i < colon or not self._can_speak(own):
                return None
            cue = verb_group(self.reading, verb)
            cue |= set(range(verb.i, syntax.clause_head(verb).i + 1))
            if colon - verb.i <= LONGEST_PREDICATE:
                cue |= set(range(verb.i, colon))
            source = noun_phrase(self.reading, own, barred=frozenset(cue))
            content = set(range(run.start, run.end))
            return Draft(verb, cue - source, content, source, own, "colon", verb.lemma_.lower())
        return None

    def _can_speak(self, noun: Token) -> bool:
        if noun.pos_ == "PROPN" or noun.lower_ in {"he", "she", "they", "who"}:
            return True
        if any(name.pos_ == "PROPN" for name in syntax.appositions(noun)):
            return True
        return noun_entry(noun) is not None or noun.lemma_.lower() in word_list("speaking_things")

    def _with_clause_before(self, draft: Draft, run: Run, limit: int) -> None:
        """A clause or object between the verb and the quotation belongs to what is said."""
        for child in draft.verb.children:
            if draft.verb.i < child.i < limit and child.dep_ in syntax.CLAUSAL_COMPLEMENT:
                ids = [t.i for t in child.subtree if draft.verb.i < t.i < limit]
                draft.content |= set(range(min(ids), run.start))
                return

    def _before_comma(self, run: Run, comma: int) -> Draft | None:
        low = self._clause_start(comma)
        verb = self._last_cue(low, comma)
        if verb is None:
            if low < comma and self.doc[low].lower_ == "according":
                return self._draft(run, self.doc[low], "introduced", low=low, high=comma)
            return None
        used = self._extended(run, verb)
        if used is not None:
            return used
        if verb.lemma_.lower() in word_list("not_spoken") or comma - verb.i > FARTHEST_COMMA:
            return None
        draft = self._draft(run, verb, "introduced", low=low, high=comma)
        if draft is None:
            return None
        self._with_fronted_subject(draft, run, low)
        clause = clause_right_of(self.reading, verb)
        if clause is not None and clause.i < comma:
            ids = [t.i for t in clause.subtree if verb.i < t.i < comma]
            draft.content |= set(range(min(ids), run.start))
        elif any(self.doc[k].tag_ in {"VBD", "VBZ", "VBP"} for k in range(verb.i + 1, comma)):
            return None
        return draft

    def _with_fronted_subject(self, draft: Draft, run: Run, low: int) -> None:
        """The subject of what is quoted, before the speaker: "*The dam*, Lee said, “is safe” for
        now".
        """
        first = next((t for t in self.doc[run.start : run.end] if self.reading.is_word[t.i]), None)
        if first is None or first.tag_ not in FINITE_TAGS or draft.verb.tag_ not in FINITE_TAGS:
            return
        commas = [i for i in range(low, draft.verb.i) if self.reading.parts(i)]
        front = range(low, commas[-1]) if commas else range(0)
        if not self.reading.words_in(front) or finite(self.reading, set(front)):
            return
        draft.content |= set(front)
        speaker = [i for i in range(commas[-1] + 1, draft.verb.i) if self.reading.is_word[i]]
        if speaker and not draft.source <= set(speaker):
            draft.source_head = self.doc[speaker[0] : speaker[-1] + 1].root
            draft.source = set(range(speaker[0], speaker[-1] + 1)) - draft.cue
        if self._goes_on_outside(run):
            draft.content |= set(range(run.end, enclosing_stretch(self.reading, run.end)[1]))

    def _introduced_by_paragraph(self, run: Run) -> Draft | None:
        """A quotation at the head of a paragraph, announced by a colon at the end of the one
        before.
        """
        last = self._last_before_paragraph(run)
        if last is None or self.doc[last].text != ":" or self.reading.quoted(last):
            return None
        if self.reading.kinds[last] != self.reading.kinds[run.start]:
            return None
        return None if self._followed(run) is not None else self._before_colon(run, last)

    def _last_before_paragraph(self, run: Run) -> int | None:
        number = self.reading.paragraph_of[run.start]
        last = self.reading.paragraphs[number][0] - 1
        while last >= 0 and self.doc[last].is_space:
            last -= 1
        return last if last >= 0 else None

    # ------------------------------------------------------------------ speech that goes on

    def _continued(self, run: Run) -> Draft | None:
        """The statement whose speech a quotation without cue goes on with."""
        before = self.reading.before(run.start)
        if before is None:
            return self._reopened(run)
        if self._ends_run(before) and self.reading.run_of[before] in self.owner:
            return self.owner[self.reading.run_of[before]]
        joined = self._joined_by_and(run, before)
        if joined is not None:
            return joined
        if (
            self.doc[before].text not in ENDS and not self._ends_run(before)
        ) or not self._whole_sentence(run):
            return None
        low = self._clause_start(before)
        outside = self.reading.before(low)
        former = self.owner.get(self.reading.run_of[outside]) if outside is not None else None
        if former is None or not low <= former.verb.i <= before:
            return None
        return (
            former
            if not self._ends_run(before) or self.reading.run_of[before] in self.titles
            else None
        )

    def _joined_by_and(self, run: Run, before: int) -> Draft | None:
        """ "…" and "…": two pieces of one speech, with the word between them."""
        if self.doc[before].lower_ not in {"and", "but", "or"}:
            return None
        former = self.reading.before(before)
        if former is None or not self._ends_run(former):
            return None
        owner = self.owner.get(self.reading.run_of[former])
        if owner is not None and former in owner.content:
            owner.content.add(before)
            return owner
        return None

    def _whole_sentence(self, run: Run) -> bool:
        return run.last in ".,?!…—-" or not run.closed

    def _reopened(self, run: Run) -> Draft | None:
        if run.number == 0:
            return None
        former = self.reading.runs[run.number - 1]
        distance = self.reading.paragraph_of[run.start] - self.reading.paragraph_of[former.end - 1]
        if distance > 2 or not self._same_section(former, run):
            return None
        if not former.closed:
            return (
                self.owner.get(former.number)
                if former.end >= (self._last_before_paragraph(run) or 0)
                else None
            )
        return self._floating(run, former)

    def _floating(self, run: Run, former: Run) -> Draft | None:
        """A paragraph that is one quotation, behind a paragraph that ends with its speaker's
        quotation.
        """
        after = self.reading.after(run.end - 1)
        last = self._last_before_paragraph(run)
        owner = self.owner.get(former.number)
        if after is not None or last is None or owner is None or owner.frame == "colon":
            return None
        start = self.doc[last].sent.start
        ends_there = former.end - 1 >= start - 1 or owner.verb.i >= start
        return owner if ends_there and run.words >= 4 else None

    # ------------------------------------------------------------------ drafts

    def _draft(self, run: Run, verb: Token, frame: str, *, low: int, high: int) -> Draft | None:
        content = set(range(run.start, run.end))
        if verb.lower_ == "according":
            draft = according(self.reading, verb)
            if draft is not None:
                draft.content = content
            return draft
        entry = verb_entry(verb) or finite_form(verb.lower_)
        phrase = phrase_entry(verb)
        cue = {i for i in verb_group(self.reading, verb) if not self.reading.quoted(i)}
        if phrase is not None and phrase[1].dep_ in syntax.PARTICLE and phrase[1].i < high:
            cue |= set(range(verb.i, phrase[1].i + 1))
            entry = phrase[0]
        relay = relayed(verb)
        head = relay.speaker if relay else self._speaker(verb, low, high, near=frame == "followed")
        if relay and head is not None and self.reading.quoted(head.i):
            head = self._beside(verb, low, high)
        source = (
            noun_phrase(self.reading, head, barred=frozenset(cue)) if head is not None else set()
        )
        source = {i for i in source if not self.reading.quoted(i)}
        cue |= {i for i in written_form(self.reading, verb, None) if i < high}
        entry = self._idiom(verb, cue) or entry
        entry = entry or self._unlisted(run, verb)
        draft = Draft(
            verb,
            cue - source,
            content,
            source,
            head,
            frame,
            entry.words,
            entry.force,
            entry.kind,
            entry.rate("quote"),
        )
        if relay is not None:
            relay.mark(self.reading, draft)
        draft.receiver = self._receiver(verb)
        draft.aside = set(range(low, high))
        return draft

    def _unlisted(self, run: Run, verb: Token) -> CueEntry:
        """The entry of a verb that no lexicon has; the tree may tie the quotation to it."""
        spoken = syntax.CLAUSAL_COMPLEMENT | syntax.SPEECH_PARATAXIS
        tied = any(c.dep_ in spoken and run.start <= c.i < run.end for c in verb.children) or (
            verb.dep_ in spoken and run.start <= verb.head.i < run.end
        )
        frames = frozenset({"quote"} if tied else ())
        return CueEntry(verb.lemma_.lower(), "say", "assert", {}, frames)

    def _idiom(self, verb: Token, cue: set[int]) -> CueEntry | None:
        """A verb whose "it" is what is said: "as Lee *put it*"."""
        found = None
        if verb.i + 1 < len(self.doc) and self.doc[verb.i + 1].lower_ == "it":
            found = lexicon().get(f"{verb.lemma_.lower()} it")
        if found is not None:
            cue.add(verb.i + 1)
        return found

    def _speaker(self, verb: Token, low: int, high: int, *, near: bool) -> Token | None:
        head = source_head(verb)
        if (
            head is not None
            and not self.reading.quoted(head.i)
            and (low <= head.i < high or not near)
        ):
            return head
        return None if syntax.is_passive(verb) else self._beside(verb, low, high)

    def _beside(self, verb: Token, low: int, high: int) -> Token | None:
        """The noun next to the verb, where the tree gives it no subject: "said the minister"."""
        inside = range(low, high)
        for i in range(low, verb.i):
            token = self.doc[i]
            one = token.lower_ in {"other", "former", "latter", "second"} and i + 1 == verb.i
            if (token.pos_ in NOMINAL or one) and not self.reading.quoted(i):
                return self._topmost(token, inside, verb)
        for i in range(verb.i + 1, min(high, verb.i + 4)):
            token = self.doc[i]
            if token.pos_ in NOMINAL and not self.reading.quoted(i):
                if token.lower_ in {"reporters", "me", "us", "him", "them", "journalists"}:
                    return None
                return self._topmost(token, inside, verb)
        return None

    def _topmost(self, noun: Token, inside: range, verb: Token) -> Token:
        while (
            noun.head.i in inside
            and noun.head != verb
            and (
                noun.head.pos_ in NOMINAL or (noun.head.pos_ == "NUM" and noun.head.text.isalpha())
            )
            and noun.head != noun
            and noun.dep_ in PREMODIFIERS
        ):
            noun = noun.head
        return noun

    def _receiver(self, verb: Token) -> Token | None:
        if verb.lemma_.lower() in word_list("receiving") and not syntax.is_passive(verb):
            for child in verb.children:
                if (
                    child.dep_ in syntax.OBJECT | syntax.INDIRECT_OBJECT
                    and child.i > verb.i
                    and not self.reading.quoted(child.i)
                ):
                    return child
            return None
        for preposition, noun in syntax.obliques(verb):
            if (
                preposition == "to"
                and noun.i > verb.i
                and noun.pos_ in NOMINAL
                and not self.reading.quoted(noun.i)
            ):
                return noun
        return None
