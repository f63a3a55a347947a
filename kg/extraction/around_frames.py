"""Speech around the clause that reports it: "…, X said, …", "as X said, …"."""

from __future__ import annotations

from itertools import pairwise

from kg.extraction.content_ends import trimmed
from kg.extraction.content_starts import behind_sign
from kg.extraction.cues import CueEntry, lexicon, verb_group
from kg.extraction.drafts import Draft
from kg.extraction.edges import (
    bracketed,
    clause_right_of,
    enclosing_stretch,
    finite,
    is_inverted,
    plural_reporter,
    written_form,
)
from kg.extraction.frames import NOMINAL, Frames
from kg.extraction.insertions import insertion
from kg.extraction.relays import relayed
from kg.extraction.source_words import noun_phrase
from kg.extraction.sources import RELATIVE_PRONOUNS, left_neighbour, reporter, source_head
from kg.extraction.tables import word_list
from kg.nlp import syntax
from kg.nlp.tokens import Token

LONGEST_SPEAKER = 12
"""Tokens of who is named between two commas: "regional army chief of staff Gen. Ann Lee"."""

SPEAKER_POS = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM", "PART", "CCONJ"})

LONGEST_PLACE = 5
"""Tokens of where something was written: "on her own website"."""

PLACE_POS = frozenset({"NOUN", "PROPN", "DET", "ADJ", "PRON"})

SOME = frozenset({"some", "many", "most", "others", "few"})
"""Who speaks without a noun: "That, *many* argue, is wrong"."""
NAMES = frozenset({"PROPN", "PUNCT", "SPACE", "CCONJ"})
"""Parts of speech of names in a row: "…, he told his envoys, *Ann Lee and Ivo Berg*"."""

PARENTHETIC_EDGE = frozenset({",", "?", "!"})


class AroundFrames(Frames):
    """Frames whose content is the clause that the cue's own clause stands in or behind."""

    def _as_said(self, verb: Token, entry: CueEntry) -> Draft | None:
        """ "As X said, …" and "…, as X put it": the content is the clause around it."""
        mark = next((c for c in verb.children if c.lower_ == "as" and c.i < verb.i), None)
        if mark is None or entry.kind != "say" or not entry.takes("clause"):
            return None
        if self._gives_name(mark):
            return None  # "a nurse who gave her name *as Ruiz* told us"
        denied = verb.head.lemma_.lower() in word_list("denying")
        if denied and verb.dep_ in syntax.ADVERBIAL_CLAUSE:
            return None  # "denied arming them, *as Vik had alleged*": not that it denied it
        own = reporter(verb) or self._inverted(verb)
        thing = syntax.object_of(verb)
        if own is None or clause_right_of(self.reading, verb) is not None:
            return None
        if (
            thing is not None
            and thing != own
            and thing.lower_ != "it"
            and verb.lemma_.lower() not in word_list("receiving")
        ):
            return None
        start, end = enclosing_stretch(self.reading, verb.i)
        aside = {t.i for t in verb.subtree if start <= t.i < end}
        content = set(range(start, end)) - aside
        if self.reading.words_in(i for i in content if i < min(aside)) <= 2:
            content = {i for i in content if i > max(aside)}
        if not self._clausal(content):
            return None
        draft = self._draft(verb, entry, "as", trimmed(self.reading, content, verb), set())
        if draft is not None:
            draft.aside = aside
            worded = lexicon().get(f"{entry.words} it") if thing is not None else None
            if worded is not None and thing is not None and thing.lower_ == "it":
                draft.rate = worded.rate("quote")  # "as Lee *put it*"
        return draft

    def _gives_name(self, mark: Token) -> bool:
        """ "As" goes with how somebody is named: "gave her name only *as*", "known *as*"."""
        i = mark.i - 1
        while i > 0 and self.doc[i].pos_ == "ADV":
            i -= 1
        return i >= 0 and self.doc[i].lower_ in word_list("naming_oneself")

    def _inserted(self, verb: Token, entry: CueEntry) -> Draft | None:
        """ "Norland, *said Lee*, will go": what is said stands on both sides."""
        found = insertion(self.reading, verb)
        if found is None:
            return None
        head = found.speaks(self.reading)
        content = trimmed(self.reading, {*found.front, *found.rest}, verb)
        source = set(found.speaker)
        draft = Draft.of(entry, verb, "around", {verb.i}, content, source, head)
        draft.rate = entry.rate("clause")
        draft.aside = {*range(found.front.stop, found.rest.start)}
        return draft

    def _speech_around(self, verb: Token, entry: CueEntry) -> Draft | None:
        """ "…, X said" and "…, X said, …": the verb's clause stands behind or within the speech."""
        behind = plural_reporter(self.reading, verb)
        if not entry.takes("clause") or (verb.tag_ in {"VB", "VBG"} and behind is None):
            return None
        apart = self._between_signs(verb) if entry.kind == "say" else None
        if (
            (verb.dep_ in syntax.ADNOMINAL_CLAUSE and apart is None and not self._set_off(verb))
            or self._has_marker(verb)
            or (syntax.is_passive(verb) and apart is None)
        ):
            return None
        thing = syntax.object_of(verb)
        if (
            thing is not None
            and thing != self._inverted(verb)
            and verb.lemma_.lower() not in word_list("receiving")
        ):
            return None
        head = behind or apart or self._speaker_around(verb)
        if head is None or head.lower_ in RELATIVE_PRONOUNS:
            return None
        group = verb_group(self.reading, verb) | written_form(self.reading, verb, None)
        source = noun_phrase(self.reading, head, barred=frozenset(group))
        if any(self.doc[i].tag_ == "WP$" for i in source):
            return None  # "Norland, *whose king had warned* it"
        start = min(source | group)
        before = self.reading.before(start)
        if before is None or not (
            self.doc[before].text in PARENTHETIC_EDGE
            or self.reading.is_dash(before)
            or self._closes_run(before)
        ):
            return None
        low, high = enclosing_stretch(self.reading, verb.i)
        inside = bracketed(self.reading, verb.i, low, high)
        low, high = inside or (low, high)
        if before < low and inside is None:
            return None  # the dash of a dateline, behind which nothing has been said yet
        content = set(range(low, before + 1))
        if self._is_adjunct(verb, content):
            return None
        end = self._own_clause_end(verb, max(source | group) + 1, high)
        resumed = self._resumed(end, high)
        opening = behind_sign(self.reading, head, content, inserted=bool(resumed))
        content = {i for i in content if i >= opening} | resumed
        if self.reading.words_in(content) < 3 or not (inside or self._clausal(content)):
            return None
        aside = set(range(start, end)) | {t.i for t in head.subtree if t.i < high}
        frame = "around" if resumed else "before"
        draft = Draft.of(entry, verb, frame, group - source, content - aside, source, head)
        draft.rate = entry.rate("clause")
        draft.aside = aside
        draft.receiver = self._receiver(verb, None)
        return draft

    def _before_relay(self, verb: Token, entry: CueEntry) -> Draft | None:
        """ "The road is shut, *he was quoted by the agency as saying*"."""
        relay = relayed(verb)
        if relay is None or relay.inner != verb or relay.speaker is None:
            return None
        cue = verb_group(self.reading, relay.outer) | {verb.i - 1, verb.i}
        source = noun_phrase(self.reading, relay.speaker, barred=frozenset(cue))
        before = self.reading.before(min(source))
        if min(source) > relay.outer.i or before is None or not self._closes_speech(before):
            return None
        content = set(range(enclosing_stretch(self.reading, verb.i)[0], before))
        quoted = any(self.reading.quoted(i) for i in content)
        if self.reading.words_in(content) < 3 or not (quoted or self._clausal(content)):
            return None
        draft = Draft.of(entry, verb, "before", cue, content, source, relay.speaker)
        draft.rate = entry.rate("clause")
        relay.mark(self.reading, draft)
        return draft

    def _closes_speech(self, i: int) -> bool:
        return self.doc[i].text in PARENTHETIC_EDGE or self._closes_run(i)

    def _between_signs(self, verb: Token) -> Token | None:
        """Who speaks in a clause of noun and verb between commas, whatever the tree makes of it:
        "The plan, *an insider said*, is to wait", "It is over, *envoy Lee said* Monday".
        """
        group = verb_group(self.reading, verb)
        after, first = self._behind_place(max(group)), min(group)
        if verb.tag_ not in {"VBD", "VBZ", "VBP", "VBN"} or self.doc[first].pos_ == "AUX":
            return None
        if after is not None and not (
            self.reading.parts(after)
            or self.reading.ends(after)
            or self.doc[after].lower_ in word_list("calendar")
        ):
            return None
        i, low = first - 1, max(self.reading.sentence(verb.i)[0], first - 1 - LONGEST_SPEAKER)
        while i > low and (self.doc[i].pos_ in SPEAKER_POS or self.doc[i].lower_ == "of"):
            i -= 1
        if i + 1 >= first or not self.reading.parts(i):
            return None
        noun = self.doc[first - 1]
        if noun.pos_ not in NOMINAL and noun.lower_ not in SOME:
            return None
        if verb.tag_ == "VBN" and noun.pos_ != "PROPN":
            return None  # "…, *a plan announced* in May"
        while i < noun.head.i < first and noun.head != noun:
            noun = noun.head
        return None if noun.lower_ in RELATIVE_PRONOUNS | word_list("calendar") else noun

    def _behind_place(self, last: int) -> int | None:
        """The sign behind a verb and where it was said: "Lee, she wrote *on a website*, lied"."""
        after = self.reading.after(last)
        if after is None or self.doc[after].lower_ not in {"on", "in", "to"}:
            return after
        end = after + 1
        while end < min(len(self.doc), after + LONGEST_PLACE) and self.doc[end].pos_ in PLACE_POS:
            end += 1
        sign = end < len(self.doc) and self.doc[end].text == "," and end > after + 1
        return end if sign and not self.reading.quoted(end) else after

    def _speaker_around(self, verb: Token) -> Token | None:
        before = self.reading.before(verb.i)
        if verb.lemma_.lower() in word_list("only_told"):
            before = None  # "…, *briefed the council*": who is told does not speak
        if before is not None and (self.doc[before].text == "," or self._closes_run(before)):
            behind = self._inverted(verb)
            if behind is not None:
                return behind
        if syntax.subject(verb) is not None:
            return source_head(verb)
        neighbour = left_neighbour(self.reading, verb, verb_group(self.reading, verb))
        behind = self._inverted(verb)
        told = verb.lemma_.lower() in word_list("receiving")
        return neighbour if told else behind or neighbour

    def _has_marker(self, verb: Token) -> bool:
        """A conjunction ties the verb to what goes before: "although he said so"."""
        return any(c.dep_ in syntax.MARKER and c.i < verb.i for c in verb.children)

    def _is_adjunct(self, verb: Token, content: set[int]) -> bool:
        """What stands before is an adverbial of the verb itself: "In a call on Monday, he
        agreed".
        """
        inserted = syntax.SPEECH_PARATAXIS | syntax.ADVERBIAL_CLAUSE
        if verb.dep_ in inserted and verb.head.i > verb.i:
            return False  # "Rather, *he said*, the strike will end"
        speaks = finite(self.reading, content)
        told = syntax.CLAUSAL_COMPLEMENT | syntax.SPEECH_PARATAXIS
        if any(c.dep_ in told and c.i in content and c.i < verb.i for c in verb.children):
            return False  # "If the wall breaks, the town will drown, *Lee said*"
        for child in verb.children:
            if child.i not in content or child.dep_ in syntax.REPORTED:
                continue
            first, last = child.left_edge.i, child.right_edge.i
            covered = self.reading.words_in(i for i in content if first <= i <= last)
            if covered < 0.7 * self.reading.words_in(content):
                continue
            marked = any(c.dep_ in syntax.MARKER and c.lower_ != "that" for c in child.children)
            participle = child.dep_ in syntax.ADVERBIAL_CLAUSE and child.tag_ in {"VBN", "VBG"}
            if (
                marked
                or participle
                or not speaks
                or self.doc[first].lower_ in word_list("subordinating")
            ):
                return True
        return (
            verb.dep_ in syntax.CONJUNCT
            and verb.head.i in content
            and syntax.subject(verb.head) is None
        )

    def _own_clause_end(self, verb: Token, start: int, high: int) -> int:
        """One past the words that go with the verb: receiver, place, date, "in response to …"."""
        ids = {t.i for t in verb.subtree}
        end = start
        first = self.doc[start] if start < high else verb
        if first.lower_ in word_list("writers_clause") and first.dep_ in syntax.MARKER:
            end = min(first.head.right_edge.i + 1, high)  # "said *after he met Lee, the envoy*"
        while end < high and (end in ids or self.doc[end].is_space) and not self._parts(end, verb):
            end += 1
        return end

    def _parts(self, i: int, verb: Token) -> bool:
        """A comma behind which the speech may go on."""
        if self.doc[i].text != ",":
            return False
        after = self.reading.after(i)
        return (
            after is not None
            and self.doc[after].tag_ not in {"VBG", "VBN", "WP", "WDT", "RB"}
            and not any(
                c.left_edge.i == after and c.dep_ in {"advcl", "obl", "advmod", "conj"}
                for c in verb.children
            )
        )

    def _resumed(self, end: int, high: int) -> set[int]:
        """Speech that goes on after the cue's clause: "The deal, he said, *is dead*"."""
        if end >= high or not self.reading.parts(end):
            return set()
        rest = set(range(end, high))
        after = self.reading.after(end)
        if after is None or self.reading.words_in(rest) < 2:
            return set()
        word = self.doc[after]
        if (
            (word.tag_ in {"VBG", "WP", "WDT", "WRB", "CC"} and word.lower_ != "or")
            or word.lower_ in word_list("writers_clause")
            or self._dates(after)
        ):
            return set()
        rest -= self._named_again(after, end)
        named = all(self.doc[i].pos_ in NAMES for i in rest)
        return rest if self.reading.words_in(rest) >= 2 and not named else set()

    def _named_again(self, after: int, end: int) -> set[int]:
        """An apposition to a word of the cue's clause: "…, he told his rival, *Ann Vik*"."""
        word = self.doc[after]
        while word.dep_ not in syntax.APPOSITION and word.head.i > word.i:
            word = word.head
        if word.dep_ not in syntax.APPOSITION or word.head.i >= end:
            return set()
        return {t.i for t in word.subtree}

    def _dates(self, start: int) -> bool:
        """The writer's "*a year after* the truce", "*two days before* the vote"."""
        words = [t.lemma_.lower() for t in self.doc[start : start + 6]]
        return any(
            unit in word_list("time_units") and link in {"after", "before", "since", "into", "ago"}
            for unit, link in pairwise(words)
        )

    def _set_off(self, verb: Token) -> bool:
        """The verb's clause stands behind a comma, beside the speech, wherever the parser hung it:
        "…, says the report", "…, the police said".
        """
        if verb.dep_ in syntax.SPEECH_PARATAXIS or is_inverted(self.reading, verb):
            return True
        if any(c.i < verb.i and c.dep_ in syntax.CLAUSAL_COMPLEMENT for c in verb.children):
            return True
        own = reporter(verb)
        if verb.dep_ not in syntax.RELATIVE_CLAUSE or own is None or own.i > verb.i:
            return False
        edge = own.left_edge.i
        before = edge if self.doc[edge].text == "," else self.reading.before(edge)
        return (
            own.lower_ not in RELATIVE_PRONOUNS
            and verb.left_edge.tag_ not in {"WDT", "WP", "WP$", "WRB"}
            and before is not None
            and self.doc[before].text == ","
        )
