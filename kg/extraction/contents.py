"""What is said without (or only partly in) quotation marks: the frames in which a verb takes its
content.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Token

from kg.extraction.cues import (
    CueEntry,
    lexicon,
    noun_entry,
    phrase_entry,
    possible_cues,
    verb_entry,
    verb_group,
)
from kg.extraction.drafts import Draft
from kg.extraction.edges import (
    clause_right_of,
    complemented,
    cue_before,
    enclosing_stretch,
    finite,
    is_inverted,
    joined_source,
    marked_clause,
    right_edge,
    second_infinitive,
    trimmed,
    written_form,
)
from kg.extraction.feelings import feeling
from kg.extraction.nouns import according, from_noun, is_participle
from kg.extraction.reading import ENDS, LONGEST_SENTENCE, Reading
from kg.extraction.relays import relayed
from kg.extraction.sources import (
    RELATIVE_PRONOUNS,
    left_neighbour,
    noun_phrase,
    reporter,
    source_head,
)
from kg.extraction.tables import word_list
from kg.nlp import syntax

COUNTED_AS = {"passive": "object", "relative": "object", "as": "clause", "rest": "clause"}
"""Frames that share the counts of another in the lexicon."""

SURELY_CLAUSE = 0.75
"""Rate of a verb in clauses from which on it is taken to have one, found or not."""

CLAUSE_LIKELY = 0.6
"""Rate of a verb in clauses from which on one is looked for where the parser found an object."""

LONGEST_GAP = 8
"""Tokens from an object to the finite verb that makes a clause of it."""

FEELING_ABOUT = frozenset({"by", "about", "at", "over", "with", "for"})

NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
PARENTHETIC_EDGE = frozenset({",", "?", "!"})


class Clauses:
    """The frames of unquoted speech in one article; `taken` are verbs that quoted speech has
    used.
    """

    def __init__(self, reading: Reading, taken: set[int]) -> None:
        self.reading = reading
        self.doc = reading.doc
        self.taken = taken

    def drafts(self) -> Iterator[Draft]:
        """Every statement that a frame finds, in the order of the cues."""
        for i in possible_cues(self.doc):
            if i in self.taken or not self.reading.readable(i):
                continue
            found = self._draft_of(self.doc[i])
            if found is not None and self.reading.words_in(found.content):
                yield found

    def _draft_of(self, token: Token) -> Draft | None:
        if token.lower_ == "according":
            return according(self.reading, token)
        if token.dep_ == "amod" and token.tag_ in {"VBN", "VBG"}:
            return None
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in syntax.AUXILIARY | syntax.COPULA:
            return self._verb(token)
        if token.pos_ == "NOUN":
            return from_noun(self.reading, token)
        return self._feeling(token) if token.pos_ == "ADJ" else None

    def _verb(self, verb: Token) -> Draft | None:
        entry, phrase = verb_entry(verb), phrase_entry(verb)
        if entry is not None and entry.force == "ask" and _stays_unnamed(verb):
            return None
        if verb.i and verb.tag_ == "VBP" and self.doc[verb.i - 1].lower_ in {"which", "what"}:
            return None  # a noun that the tagger took for a verb: "which *quote* it meant"
        if entry is not None and entry.words == "point" and phrase is None:
            entry = None if self.doc[min(verb.i + 1, len(self.doc) - 1)].lower_ != "out" else entry
        relay = relayed(verb)
        if relay is not None and relay.outer == verb:
            return None
        close = phrase is not None and phrase[1].i == verb.i + 1 and phrase[0].force == "comment"
        found = self._with_phrase(verb, *phrase) if phrase is not None and close else None
        if found is None and entry is not None:
            found = self._as_said(verb, entry) or self._with_clause(verb, entry)
        if found is None and phrase is not None and not close:
            found = self._with_phrase(verb, *phrase)
        if found is not None:
            return found
        if entry is None:
            return self._feeling(verb)
        return (
            (self._speech_around(verb, entry) if self._set_off(verb) else None)
            or self._feeling(verb)
            or self._with_infinitive(verb, entry)
            or self._lost_clause(verb, entry)
            or self._with_object(verb, entry)
            or self._of_passive(verb, entry)
            or self._of_relative(verb, entry)
            or self._about(verb)
            or self._speech_around(verb, entry)
            or self._rest(verb, entry)
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

    # ------------------------------------------------------------------ what all frames share

    def _draft(
        self, verb: Token, entry: CueEntry, frame: str, content: set[int], more_cue: set[int]
    ) -> Draft | None:
        cue = verb_group(self.reading, verb) | more_cue
        cue |= written_form(self.reading, verb, min(content, default=None))
        relay = relayed(verb)
        head = (
            (relay.speaker if relay is not None else None)
            or joined_source(self.reading, verb)
            or source_head(verb)
            or left_neighbour(self.reading, verb, cue)
        )
        if head is not None and (head.i in content or head.i in cue):
            head = None
        source = set() if head is None else self._source(head, cue | content)
        content = content - cue - source
        if not content:
            return None
        draft = Draft.of(entry, verb, frame, cue, content, source, head)
        draft.rate = entry.rate(COUNTED_AS.get(frame, frame))
        question = self.doc[min(content)].lower_ in word_list("question_words")
        draft.topic_only = entry.force == "comment" and (question or _on_topic(verb))
        if entry.force == "ask" and not source and question and _opens_with(self.reading, verb):
            draft.topic_only = True
            draft.receiver = source_head(verb.head) if verb.head != verb else None
        if relay is not None:
            relay.mark(self.reading, draft)
        return draft

    def _source(self, head: Token, barred: set[int]) -> set[int]:
        return noun_phrase(self.reading, head, barred=frozenset(barred))

    def _receiver(self, verb: Token, clause: Token | None) -> Token | None:
        if verb.lemma_.lower() in word_list("receiving"):
            if syntax.is_passive(verb):
                return None
            for child in verb.children:
                if child.dep_ in syntax.OBJECT | syntax.INDIRECT_OBJECT and child != clause:
                    return child if child.pos_ in NOMINAL else None
        for preposition, noun in syntax.obliques(verb):
            if preposition == "to" and noun.i > verb.i and noun.pos_ in NOMINAL:
                return noun
        return None

    # ------------------------------------------------------------------ X said that …

    def _with_clause(self, verb: Token, entry: CueEntry) -> Draft | None:
        if not entry.takes("clause"):
            return None
        clause = clause_right_of(self.reading, verb)
        start = marked_clause(self.reading, verb)
        if clause is None and start is None:
            return None
        if clause is not None and start is None and entry.takes("infinitive") and _has_to(clause):
            return None
        receiver = self._receiver(verb, clause)
        content = self._clause_content(verb, clause, start)
        if receiver is not None and receiver.i in content and start is None:
            receiver = None
        if self._leaves_open(verb, entry, content):
            return None
        content |= self._fronted(verb, content)
        content |= self._relative(verb)
        draft = self._draft(verb, entry, "clause", content, set())
        if draft is not None:
            draft.receiver = receiver or self._inherited_receiver(verb)
        return draft

    def _inherited_receiver(self, verb: Token) -> Token | None:
        """Who was told, of a participle behind it: "told *reporters* …, adding that …"."""
        former = cue_before(self.reading, verb)
        if former is None or former.lemma_.lower() not in word_list("receiving"):
            return None
        return self._receiver(former, None)

    def _clause_content(self, verb: Token, clause: Token | None, start: int | None) -> set[int]:
        ids = [t.i for t in clause.subtree if t.i > verb.i] if clause is not None else []
        first = min(ids, default=start or 0)
        if start is not None:
            first = min(first, start)
        first = self._behind_receiver(verb, self._with_subject(verb, first))
        last = max([*ids, first])
        end = right_edge(self.reading, verb, first, last + 1)
        return trimmed(self.reading, set(range(first, end)), verb)

    def _leaves_open(self, verb: Token, entry: CueEntry, content: set[int]) -> bool:
        """Nothing is said: "did not say *where* they were"."""
        first = self.doc[min(content)].lower_ if content else ""
        return (
            entry.kind == "say"
            and entry.force not in {"ask", "confirm", "comment"}
            and syntax.is_negated(verb)
            and first in word_list("question_words")
        )

    def _behind_receiver(self, verb: Token, first: int) -> int:
        """Where content begins whose subject stands before: "something he told *AFP* was “…”"."""
        name = self.doc[first]
        if (
            verb.lemma_.lower() != "tell"
            or verb.dep_ not in syntax.RELATIVE_CLAUSE
            or first != verb.i + 1
            or name.pos_ != "PROPN"
        ):
            return first
        after = self.reading.after(first)
        return (
            after if after is not None and self.doc[after].tag_ in {"VBD", "VBZ", "MD"} else first
        )

    def _with_subject(self, verb: Token, first: int) -> int:
        """Where a clause begins whose subject the parser took for the verb's object: "saying *its
        men* “have never …”".
        """
        left = verb.i + 1
        if verb.lemma_.lower() in word_list("receiving") or not left < first <= left + 12:
            return first
        if self.doc[first].lower_ in {"that", "whether"} or self.reading.quoted(left) != (
            self.reading.quoted(verb.i)
        ):
            return first
        thing = syntax.object_of(verb)
        if thing is not None and (thing.left_edge.i, thing.right_edge.i + 1) == (left, first):
            return left
        nominal = {"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "CCONJ", "PUNCT"}
        gap = self.doc[left:first]
        before = self.reading.before(verb.i)
        inverted = before is not None and self.doc[before].text == ","
        opens = gap[0].pos_ in nominal - {"CCONJ", "PUNCT"} and not inverted
        dated = any(t.lower_ in word_list("calendar") or t.pos_ not in nominal for t in gap)
        return left if opens and not dated else first

    def _fronted(self, verb: Token, content: set[int]) -> set[int]:
        """The half before a cue set between commas: "*While some could leave*, she added, it is
        …".
        """
        after = self.reading.after(verb.i)
        if (
            after is None
            or self.doc[after].text != ","
            or not content
            or after + 1 < min(content) - 1
        ):
            return set()
        own = reporter(verb)
        start = min(own.left_edge.i, verb.i) if own is not None else verb.i
        before = self.reading.before(start)
        if own is None or before is None or self.doc[before].text != ",":
            return set()
        return set(range(enclosing_stretch(self.reading, verb.i)[0], before))

    def _relative(self, verb: Token) -> set[int]:
        """The pronoun of "*which* he said they would pay for"."""
        if verb.dep_ not in syntax.RELATIVE_CLAUSE:
            return set()
        own = syntax.subject(verb)
        first = verb.left_edge
        if own is not None and own.i > first.i and first.lower_ in RELATIVE_PRONOUNS:
            return {first.i}
        return set()

    # ------------------------------------------------------------------ …, X said; as X said, …

    def _as_said(self, verb: Token, entry: CueEntry) -> Draft | None:
        """ "As X said, …" and "…, as X put it": the content is the clause around it."""
        mark = next((c for c in verb.children if c.lower_ == "as" and c.i < verb.i), None)
        if mark is None or entry.kind != "say" or not entry.takes("clause"):
            return None
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
        return draft

    def _speech_around(self, verb: Token, entry: CueEntry) -> Draft | None:
        """ "…, X said" and "…, X said, …": the verb's clause stands behind or within the speech."""
        if not entry.takes("clause") or verb.tag_ in {"VB", "VBG"}:
            return None
        if (
            (verb.dep_ in syntax.ADNOMINAL_CLAUSE and not self._set_off(verb))
            or self._has_marker(verb)
            or syntax.is_passive(verb)
        ):
            return None
        thing = syntax.object_of(verb)
        if (
            thing is not None
            and thing != self._inverted(verb)
            and verb.lemma_.lower() not in word_list("receiving")
        ):
            return None
        head = self._speaker_around(verb)
        if head is None or head.lower_ in RELATIVE_PRONOUNS:
            return None
        group = verb_group(self.reading, verb) | written_form(self.reading, verb, None)
        source = noun_phrase(self.reading, head, barred=frozenset(group))
        start = min(source | group)
        before = self.reading.before(start)
        if before is None or not (
            self.doc[before].text in PARENTHETIC_EDGE
            or self.reading.is_dash(before)
            or self._closes_run(before)
        ):
            return None
        low, high = enclosing_stretch(self.reading, verb.i)
        content = set(range(low, before + 1))
        if self._is_adjunct(verb, content):
            return None
        end = self._own_clause_end(verb, max(source | group) + 1, high)
        resumed = self._resumed(end, high)
        content |= resumed
        if self.reading.words_in(content) < 3 or not self._clausal(content):
            return None
        aside = set(range(start, end)) | {t.i for t in head.subtree if t.i < high}
        frame = "around" if resumed else "before"
        draft = Draft.of(entry, verb, frame, group - source, content - aside, source, head)
        draft.rate = entry.rate("clause")
        draft.aside = aside
        draft.receiver = self._receiver(verb, None)
        return draft

    def _speaker_around(self, verb: Token) -> Token | None:
        before = self.reading.before(verb.i)
        if before is not None and (self.doc[before].text == "," or self._closes_run(before)):
            behind = self._inverted(verb)
            if behind is not None:
                return behind
        if syntax.subject(verb) is not None:
            return source_head(verb)
        return self._inverted(verb) or left_neighbour(
            self.reading, verb, verb_group(self.reading, verb)
        )

    def _has_marker(self, verb: Token) -> bool:
        """A conjunction ties the verb to what goes before: "although he said so"."""
        return any(c.dep_ in syntax.MARKER and c.i < verb.i for c in verb.children)

    def _is_adjunct(self, verb: Token, content: set[int]) -> bool:
        """What stands before is an adverbial of the verb itself: "In a call on Monday, he
        agreed".
        """
        if verb.dep_ in syntax.SPEECH_PARATAXIS and verb.head.i > verb.i:
            return False
        speaks = finite(self.reading, content)
        for child in verb.children:
            if (
                child.i not in content
                or child.dep_ in syntax.CLAUSAL_COMPLEMENT | syntax.SPEECH_PARATAXIS
            ):
                continue
            first, last = child.left_edge.i, child.right_edge.i
            covered = self.reading.words_in(i for i in content if first <= i <= last)
            if covered < 0.7 * self.reading.words_in(content):
                continue
            marked = any(c.dep_ in syntax.MARKER and c.lower_ != "that" for c in child.children)
            if marked or not speaks or self.doc[first].lower_ in word_list("subordinating"):
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
            word.tag_ in {"VBG", "WP", "WDT", "WRB", "CC"}
            or word.lower_ in word_list("writers_clause")
            or self._dates(after)
        ):
            return set()
        return rest

    def _dates(self, start: int) -> bool:
        """The writer's "*a year after* the truce", "*two days before* the vote"."""
        words = [t.lemma_.lower() for t in self.doc[start : start + 6]]
        return any(
            unit in word_list("time_units") and link in {"after", "before", "since", "into", "ago"}
            for unit, link in pairwise(words)
        )

    def _inverted(self, verb: Token) -> Token | None:
        """The noun right after a verb: "said Berg", whatever label it has."""
        for child in verb.children:
            if child.i > verb.i and child.pos_ in NOMINAL and child.left_edge.i == verb.i + 1:
                return child if child.dep_ not in {"iobj", "obl"} else None
        return None

    def _closes_run(self, i: int) -> bool:
        run = self.reading.run_of[i]
        return run >= 0 and self.reading.runs[run].end == i + 1

    def _clausal(self, content: set[int]) -> bool:
        """A finite verb, or a title, which needs none."""
        if not content:
            return False
        title = self.reading.kinds[min(content)] in {"headline", "subhead", "standfirst"}
        imperative = any(self.doc[i].tag_ == "VB" and self.doc[i].dep_ == "ROOT" for i in content)
        return title or imperative or finite(self.reading, content)

    # ------------------------------------------------------------------ other frames

    def _with_infinitive(self, verb: Token, entry: CueEntry) -> Draft | None:
        if not entry.takes("infinitive"):
            return None
        clause = self._infinitive(verb)
        if clause is None:
            return None
        content = set(range(clause.left_edge.i, clause.right_edge.i + 1)) & _right_of(verb)
        target = self._addressed(verb, clause)
        if target is not None:
            content |= set(range(target.left_edge.i, max(content) + 1))
        content |= set(range(max(content) + 1, second_infinitive(self.reading, max(content) + 1)))
        content = self._to_next_participle(content)
        draft = self._draft(verb, entry, "infinitive", trimmed(self.reading, content, verb), set())
        if draft is not None and target is not None:
            draft.target = target
            if draft.force in {"ask", "assert"} and draft.kind == "say":
                draft.force = "call_on"
        return draft

    def _to_next_participle(self, content: set[int]) -> set[int]:
        """Content up to where another speaks: "vowing to fight *and his rival warning* of war"."""
        for i in sorted(content):
            if self.doc[i].pos_ == "CCONJ" and not self.reading.quoted(i):
                for k in range(i + 2, i + 6):
                    if (
                        k in content
                        and self.doc[k].tag_ in {"NN", "VBG"}
                        and is_participle(self.doc[k])
                    ):
                        return {c for c in content if c < i}
        return content

    def _addressed(self, verb: Token, clause: Token) -> Token | None:
        """Who is to do it: "urged *both sides* to stop"."""
        for noun in (syntax.object_of(verb), syntax.indirect_object(verb), syntax.subject(clause)):
            if noun is not None and verb.i < noun.i < clause.i:
                return noun
        return None

    def _infinitive(self, verb: Token) -> Token | None:
        thing = syntax.object_of(verb)
        candidates: list[Token] = list(verb.children)
        candidates += list(thing.children) if thing is not None else []
        for child in candidates:
            if (
                child.i > verb.i
                and child.dep_ in {"xcomp", "advcl", "ccomp", "acl", "obl"}
                and _has_to(child)
            ):
                return child
        return None

    def _with_object(self, verb: Token, entry: CueEntry) -> Draft | None:
        if not entry.takes("object") or (entry.force == "comment" and _begun(verb)):
            return None
        thing = syntax.object_of(verb) or syntax.indirect_object(verb)
        if thing is None and verb.dep_ == "amod" and verb.tag_ in {"VBD", "VBZ"}:
            thing = verb.head
        if (
            thing is None
            and entry.force == "characterize"
            and verb.dep_ not in syntax.RELATIVE_CLAUSE
        ):
            thing = syntax.open_complement(verb)
        if thing is None or thing.i < verb.i or thing.lower_ in word_list("calendar"):
            return None
        ids = {t.i for t in thing.subtree if t.i > verb.i}
        for child in verb.children:
            if child.i > thing.i and self._completes(child, entry):
                ids |= {t.i for t in child.subtree}
        end = complemented(self.reading, verb, max(ids) + 1)
        content = set(range(min(ids), end))
        after = self.reading.after(end - 1)
        if entry.force == "characterize" and after is not None:
            content |= self._name_given(end)
        content = trimmed(self.reading, content, verb, noun=True)
        if self._says_nothing(verb, entry, thing, content):
            return None
        draft = self._draft(verb, entry, "object", content | self._relative(verb), set())
        if draft is not None:
            draft.target = thing
        return draft

    def _says_nothing(self, verb: Token, entry: CueEntry, thing: Token, content: set[int]) -> bool:
        """An object that is no content: who is contradicted, what is seen or published."""
        words = self.reading.words_in(content)
        if any(self.reading.quoted(i) != self.reading.quoted(verb.i) for i in content):
            return False
        completed = self._judged(verb, thing, content)
        if entry.words in word_list("telling") and not completed:
            return noun_entry(thing) is None and thing.lower_ not in word_list("telling_what")
        if entry.force == "characterize":
            if words <= 2 and verb.head.lower_ == "what":
                return True
            return words < 2 or (entry.kind == "think" and not completed)
        if entry.words in {"cite", "quote"}:
            return self._is_cited(verb, thing, content)
        if entry.words in word_list("publishing"):
            return noun_entry(thing) is None or thing.lemma_.lower() in word_list("written_form")
        if completed or words > 2:
            return False
        if entry.force in word_list("thin"):
            return True
        person = word_list("persons") | word_list("cited")
        meant = thing.pos_ == "PROPN" or thing.lower_ in person
        return meant and entry.force not in word_list("of_somebody")

    def _is_cited(self, verb: Token, thing: Token, content: set[int]) -> bool:
        """Who is cited is no content: "the agency reported, citing *two officials*, that …"."""
        if thing.lemma_.lower() in word_list("cited") or thing.pos_ == "PROPN":
            return True
        end = max(content) + 2
        return end < len(self.doc) and self.doc[end].lower_ == "that"

    def _judged(self, verb: Token, thing: Token, content: set[int]) -> bool:
        """What an object is said to be: "deemed the letters *private*", "sees it *as a risk*"."""
        if syntax.open_complement(verb) is not None or any(
            c.lower_ == "as" and c.i > thing.i for child in verb.children for c in child.children
        ):
            return True
        last = self.doc[max(content)]
        return last.i > thing.i and last.pos_ == "ADJ" and last.head.i <= thing.i

    def _about(self, verb: Token) -> Draft | None:
        """A phrase whose preposition stands apart: "spoke to the paper *about* the talks"."""
        for preposition, noun in syntax.obliques(verb):
            entry = (
                lexicon().get(f"{verb.lemma_.lower()} {preposition}") if noun.i > verb.i else None
            )
            if entry is not None and entry.takes("oblique"):
                ids = {t.i for t in noun.subtree}
                ids -= {c.i for c in noun.children if c.dep_ == "case"}
                draft = self._draft(
                    verb, entry, "oblique", trimmed(self.reading, ids, verb, noun=True), set()
                )
                if draft is not None:
                    draft.target = noun
                return draft
        return None

    def _rest(self, verb: Token, entry: CueEntry, *, lost: bool = False) -> Draft | None:
        """What stands behind a verb that hardly ever lacks a clause, where the parser lost it."""
        unsure = entry.rate("clause") < SURELY_CLAUSE or verb.tag_ in {"VB", "NN"}
        if (unsure and not lost) or syntax.is_passive(verb):
            return None
        start = verb.i + 1
        if entry.words in word_list("receiving"):
            thing = syntax.object_of(verb) or syntax.indirect_object(verb)
            start = thing.right_edge.i + 1 if thing is not None and thing.i > verb.i else start
        paragraph_end = self.reading.paragraphs[self.reading.paragraph_of[verb.i]][1]
        end = start
        while (end < paragraph_end and self.doc[end].text not in ENDS | {";"}) or (
            end < start + 3 and end < paragraph_end
        ):
            end += 1
        content = set(range(start, end))
        if self.reading.words_in(content) < 3 or not finite(self.reading, content):
            return None
        first = self.doc[start]
        if (
            not self.reading.is_word[start]
            or first.pos_ in {"ADP", "CCONJ", "ADV"}
            or first.lower_ in word_list("subordinating")
        ):
            return None
        return self._draft(verb, entry, "rest", trimmed(self.reading, content, verb), set())

    def _lost_clause(self, verb: Token, entry: CueEntry) -> Draft | None:
        """A clause of whose subject the parser made the verb's object: "suggest *the battle could
        be left to others*".
        """
        thing = syntax.object_of(verb) or syntax.indirect_object(verb)
        if thing is None or thing.i < verb.i or not entry.takes("clause"):
            return None
        if verb.dep_ in syntax.ADNOMINAL_CLAUSE or verb.tag_ in {"VBG", "VBN"}:
            return None
        if entry.rate("clause") < max(CLAUSE_LIKELY, entry.rate("object")):
            return None
        limit = min(thing.i + LONGEST_GAP, enclosing_stretch(self.reading, verb.i)[1])
        for i in range(thing.i + 1, limit):
            token = self.doc[i]
            if token.tag_ in {"VBD", "VBZ", "VBP", "MD"}:
                return self._rest(verb, entry, lost=True)
            if (
                token.tag_ in {"WDT", "WP", "WP$", "WRB", "CC", "IN", "VBG", "VBN", "TO"}
                or token.text in ENDS | {",", ";", ":"}
                or self.reading.is_dash(i)
                or self.reading.quoted(i) != self.reading.quoted(verb.i)
            ):
                return None
        return None

    def _name_given(self, start: int) -> set[int]:
        """The quotation, within the clause, by which something is called: "called the plan for …
        *“a mistake”*".
        """
        for i in range(start, min(start + 15, len(self.doc))):
            if self.reading.quoted(i):
                return set(range(start, self.reading.runs[self.reading.run_of[i]].end))
            if self.doc[i].text in ENDS | {",", ";", ":"} or self.doc[i].tag_ in {
                "VBD",
                "VBZ",
                "MD",
                "CC",
            }:
                return set()
        return set()

    def _feeling(self, word: Token) -> Draft | None:
        """ "Norland is alarmed by the shelling", "the minister was concerned about the delay"."""
        force = feeling(word.lower_)
        own = syntax.subject(word)
        if force is None or own is None or own.i > word.i:
            return None
        if not any(c.dep_ in syntax.COPULA | syntax.AUXILIARY for c in word.children):
            return None
        cause = next(
            (
                o.noun
                for o in syntax.obliques(word)
                if o.preposition in FEELING_ABOUT and o.noun.i > word.i
            ),
            None,
        )
        if cause is None:
            return None
        link = {c.i for c in cause.children if c.dep_ == "case"}
        end = complemented(self.reading, word, max(t.i for t in cause.subtree) + 1)
        content = set(range(min(link, default=word.i) + 1, end))
        entry = CueEntry(word.lemma_.lower(), "think", force, {}, frozenset({"oblique"}))
        cue = {c.i for c in word.children if c.dep_ in syntax.COPULA and c.i < word.i} | link
        draft = self._draft(word, entry, "oblique", content, cue)
        if draft is not None and not draft.source:
            draft.source_head, draft.source = own, self._source(own, draft.cue | draft.content)
        return draft

    def _of_passive(self, verb: Token, entry: CueEntry) -> Draft | None:
        """ "The plan was criticized by the union", "remarks condemned by the union"."""
        if (
            not entry.takes("object")
            or entry.kind != "say"
            or verb.tag_ != "VBN"
            or entry.words in word_list("publishing")
            or self._receiver(verb, None) is not None
        ):
            return None
        if verb.dep_ == "acl":
            thing: Token | None = verb.head
        else:
            thing = syntax.subject(verb) if syntax.is_passive(verb) else None
        if (
            thing is None
            or thing.i > verb.i
            or thing.lower_ in {"it", "there"}
            or entry.force == "express_concern"
        ):
            return None
        content = noun_phrase(
            self.reading,
            thing,
            barred=frozenset(t.i for t in verb.subtree if t != thing and t.i > thing.i),
        )
        for child in verb.children:
            if child.i > verb.i and self._completes(child, entry):
                content |= {t.i for t in child.subtree}
        draft = self._draft(verb, entry, "passive", content, set())
        if draft is None:
            return None
        by = syntax.agent(verb)
        own = syntax.subject(verb)
        if verb.dep_ == "acl" and own is not None and own.lower_ not in RELATIVE_PRONOUNS:
            by = own  # "a charge that *Vik* dismissed", taken for a passive
        draft.source_head = by
        draft.source = (
            self._source(by, draft.cue | draft.content) - {i for i in draft.cue}
            if by is not None
            else set()
        )
        draft.target = thing
        return draft

    def _of_relative(self, verb: Token, entry: CueEntry) -> Draft | None:
        """ "the raids, *which* the union condemned", "*the raids* the union condemned"."""
        if (
            not entry.takes("object")
            or entry.kind != "say"
            or verb.dep_ not in syntax.RELATIVE_CLAUSE
            or syntax.is_passive(verb)
        ):
            return None
        own, thing = syntax.subject(verb), syntax.object_of(verb)
        if own is None or own.lower_ in RELATIVE_PRONOUNS or own.i > verb.i:
            return None
        if thing is not None and thing.i > verb.i:
            return None
        first = verb.left_edge
        if first.tag_ in {"WDT", "WP"} and first.i < own.left_edge.i:
            content = {first.i}
        elif first.tag_ in {"WRB", "WP$"} or any(c.dep_ == "obl" for c in verb.children):
            return None
        else:
            content = noun_phrase(
                self.reading, verb.head, barred=frozenset(t.i for t in verb.subtree)
            )
        for child in verb.children:
            if child.i > verb.i and self._completes(child, entry):
                content |= {t.i for t in child.subtree}
        draft = self._draft(verb, entry, "relative", content, set())
        if draft is not None:
            draft.target = verb.head
        return draft

    def _completes(self, child: Token, entry: CueEntry) -> bool:
        """What belongs to the content beside the object: "accused X *of lying*", "called X *a
        liar*".
        """
        if child.dep_ in syntax.OPEN_COMPLEMENT:
            return True
        words = {c.lower_ for c in child.children if c.dep_ in {"case", "mark"}} | {child.lower_}
        if child.dep_ not in {"obl", "advcl", "prep"}:
            return False
        return bool(words & {"as", "of"}) or (
            bool(words & {"for", "over", "with"})
            and entry.force in {"accuse", "criticize", "praise", "thank", "condemn"}
        )

    def _with_phrase(self, verb: Token, entry: CueEntry, word: Token) -> Draft | None:
        more_cue = set(range(verb.i + 1, word.i + 1))
        if any(self.doc[k].pos_ not in {"ADV", "PART"} for k in more_cue - {word.i}):
            return None
        if entry.takes("clause"):
            clause = clause_right_of(self.reading, verb)
            if clause is not None and clause.left_edge.i >= word.i and word.head == verb:
                content = self._clause_content(verb, clause, marked_clause(self.reading, verb))
                return self._draft(verb, entry, "clause", content - more_cue, more_cue)
        if (
            word.dep_ in syntax.PARTICLE | syntax.ADVERB
            and word.head == verb
            and not entry.takes("oblique")
        ):
            return self._with_particle(verb, entry, word, more_cue) or self._speech_around(
                verb, entry
            )
        if not entry.takes("oblique"):
            return None
        return self._under_preposition(verb, entry, word, more_cue)

    def _with_particle(
        self, verb: Token, entry: CueEntry, word: Token, more_cue: set[int]
    ) -> Draft | None:
        """ "ruled out talks", "lashed out at the union"."""
        thing = syntax.object_of(verb)
        if thing is None or thing.i < word.i or not entry.takes("object"):
            found = next(
                (
                    o
                    for o in syntax.obliques(verb)
                    if o.noun.i > word.i and o.preposition in {"at", "against"}
                ),
                None,
            )
            if found is None:
                return None
            thing, more_cue = (
                found.noun,
                more_cue | {c.i for c in found.noun.children if c.dep_ == "case"},
            )
        ids = {t.i for t in thing.subtree if t.i > word.i} - more_cue
        draft = self._draft(
            verb, entry, "object", trimmed(self.reading, ids, verb, noun=True), more_cue
        )
        if draft is not None:
            draft.target = thing
        return draft

    def _under_preposition(
        self, verb: Token, entry: CueEntry, word: Token, more_cue: set[int]
    ) -> Draft | None:
        noun = _governed(verb, word)
        if noun is None:
            return None
        ids = {t.i for t in noun.subtree if t.i > word.i}
        for child in verb.children:
            if child.i > noun.i and (
                (child.dep_ in {"xcomp", "advcl"} and _has_to(child))
                or self._completes(child, entry)
            ):
                ids |= {t.i for t in child.subtree}
        if not ids:
            return None
        ids.add(complemented(self.reading, verb, max(ids) + 1) - 1)
        if any(_has_to(c) and c.i in ids for c in verb.children):
            ids.add(second_infinitive(self.reading, max(ids) + 1) - 1)
        question = self.doc[min(ids)].lower_ in {"whether", "if", "why", "how", "what"}
        end = right_edge(self.reading, verb, min(ids), max(ids) + 1) if question else max(ids) + 1
        content = trimmed(self.reading, set(range(min(ids), end)), verb, noun=not question)
        draft = self._draft(verb, entry, "oblique", content, more_cue)
        if draft is not None:
            draft.target = noun
            asked = entry.force == "ask" and not draft.source
            draft.topic_only = asked or draft.topic_only
            if asked and verb.dep_ in syntax.ADVERBIAL_CLAUSE:
                draft.receiver = source_head(verb.head)
            elif draft.topic_only:
                draft.receiver = self._inherited_receiver(verb)
        return draft


def _opens_with(reading: Reading, verb: Token) -> bool:
    """ "*Asked* whether …": a participle that tells what an answer was about."""
    opens = reading.sentence(verb.i)[0] == verb.i
    return verb.tag_ in {"VBN", "VBD"} and (opens or verb.dep_ in syntax.ADVERBIAL_CLAUSE)


def _on_topic(verb: Token) -> bool:
    """A participle that tells what another statement is about: "commenting on reports"."""
    adverbial = verb.dep_ in syntax.ADVERBIAL_CLAUSE or verb.dep_.startswith("obl")
    return verb.tag_ == "VBG" and adverbial and verb_entry(verb.head) is not None


def _begun(verb: Token) -> bool:
    """A talk that is held, not a statement: "began discussing a treaty", "meet to discuss"."""
    return verb.tag_ == "VB" or (verb.tag_ == "VBG" and verb.dep_ in syntax.OPEN_COMPLEMENT)


def _stays_unnamed(verb: Token) -> bool:
    """ "Asked *not to be named*": how the source wants to be cited is no request."""
    words = [t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 6]]
    return "not" in words and any(w in {"named", "identified", "quoted", "cited"} for w in words)


def _right_of(verb: Token) -> set[int]:
    return set(range(verb.i + 1, verb.i + 1 + LONGEST_SENTENCE))


def _has_to(clause: Token) -> bool:
    return any(
        c.lower_ == "to" and c.i < clause.i and c.dep_ in {"mark", "aux"} for c in clause.children
    )


def _governed(verb: Token, word: Token) -> Token | None:
    """What hangs on a verb by a preposition or marker."""
    if word.head == verb:
        own = next((c for c in word.children if c.i > word.i), None)
        return own or next((c for c in verb.children if c.left_edge.i == word.i + 1), None)
    node = word.head
    for _ in range(3):
        if node.head == verb and node.i > word.i:
            return node
        node = node.head
    return None
