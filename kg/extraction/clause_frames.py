"""Speech that is a clause or infinitive behind its verb: "X said that …", "urged X to …"."""

from __future__ import annotations

from kg.extraction.attribution import venues
from kg.extraction.content_ends import right_edge, second_infinitive, trimmed
from kg.extraction.content_starts import behind_sign
from kg.extraction.cues import CueEntry, verb_entry
from kg.extraction.drafts import Draft
from kg.extraction.edges import (
    FINITE_TAGS,
    clause_right_of,
    enclosing_stretch,
    marked_clause,
)
from kg.extraction.frames import Frames, has_to
from kg.extraction.nouns import is_participle
from kg.extraction.reading import ENDS, LONGEST_SENTENCE, is_calendar
from kg.extraction.sources import reporter
from kg.extraction.tables import word_list
from kg.nlp import syntax
from kg.nlp.tokens import Token

SURELY_CLAUSE = 0.75
"""Rate of a verb in clauses from which on it is taken to have one, found or not."""

CLAUSE_LIKELY = 0.6
"""Rate of a verb in clauses from which on one is looked for where the parser found an object."""

TITLE_POS = frozenset({"NOUN", "PROPN", "ADJ", "DET", "PRON"})

FARTHEST_DEED = 12
"""Tokens from a verb of accusing to the deed: "accused the army and its allies *of shelling*"."""

LONGEST_GAP = 8
"""Tokens from an object to the finite verb that makes a clause of it."""


class ClauseFrames(Frames):
    """Frames whose content is a clause or infinitive to the right of the verb."""

    def _with_clause(self, verb: Token, entry: CueEntry) -> Draft | None:
        if not entry.takes("clause") or _has_deed(verb, entry):
            return None
        clause = clause_right_of(self.reading, verb)
        start = marked_clause(self.reading, verb)
        if clause is None and start is None:
            return None
        if clause is not None and start is None and entry.takes("infinitive") and has_to(clause):
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

    def _clause_content(self, verb: Token, clause: Token | None, start: int | None) -> set[int]:
        told = clause or self._marked_head(start)
        ids = [t.i for t in told.subtree if t.i > verb.i] if told is not None else []
        first = min(ids, default=start or 0)
        if start is not None:
            first = min(first, start)
        if clause is not None:
            first = max(first, self._behind_adverbial(verb, clause))
        first = self._behind_receiver(verb, self._with_subject(verb, first))
        before = self.doc[first - 1]
        if first - 1 > verb.i and before.lower_ in word_list("question_words"):
            first -= 1  # "asked *what* had become of it"
        resumed = self._resumed_tense(verb, clause)
        ids = [i for i in ids if i not in resumed]
        last = max([*ids, first])
        end = right_edge(self.reading, verb, first, last + 1)
        return trimmed(self.reading, set(range(first, end)), verb)

    def _marked_head(self, start: int | None) -> Token | None:
        """The head of the clause that a conjunction opens, wherever the parser hung it."""
        marker = self.doc[start] if start is not None else None
        if marker is None or marker.dep_ not in syntax.MARKER or marker.head.i < marker.i:
            return None
        opens = marker.head.left_edge.i >= marker.i or marker.i - 1 in {
            t.i for t in marker.head.lefts if verb_entry(t) is not None
        }
        return marker.head if opens else None

    def _resumed_tense(self, verb: Token, clause: Token | None) -> set[int]:
        """A second predicate that has the cue's tense and not the clause's, behind a comma: "said
        they will talk, *but left early*".
        """
        if clause is None or verb.tag_ != "VBD":
            return set()
        own = [c for c in clause.children if c.dep_ not in syntax.CONJUNCT]
        tenses = {t.tag_ for t in (clause, *own)} & FINITE_TAGS
        for second in clause.children:
            comma = self.reading.before(second.left_edge.i)
            opens = self.doc[second.left_edge.i].text == "," or (
                comma is not None and self.doc[comma].text == ","
            )
            if (
                second.dep_ in syntax.CONJUNCT
                and second.tag_ == "VBD"
                and "VBD" not in tenses
                and opens
                and syntax.subject(second) is None
                and any(c.dep_ == "cc" for c in second.children)
            ):
                return {t.i for t in second.subtree}
        return set()

    def _behind_adverbial(self, verb: Token, clause: Token) -> int:
        """Where a clause begins to which the parser gave an adverbial of the verb: "said *on
        Monday* he would go", "said *in a post on X* it would", "said *at the talks* that …".
        """
        for child in clause.children:
            if child.dep_ in syntax.SUBJECT | syntax.COPULA:
                break  # "said the truth is *that* …"
            if child.dep_ in syntax.MARKER and child.lower_ == "that" and child.i > verb.i:
                return child.i
        first = self.doc[verb.i + 1]
        day = first.head
        own = syntax.subject(clause)
        if first.dep_ != "case" or day.head != clause or day.i > clause.i:
            return 0
        form = day.lemma_.lower() in word_list("written_form") | venues()
        form = form and own is not None and own.left_edge.i == day.right_edge.i + 1
        return day.right_edge.i + 1 if form or is_calendar(day) else 0

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
        if first <= left:
            return first
        told = verb.lemma_.lower() in word_list("receiving")
        if self._lacks_subject(verb, left, first) and (not told or self._is_finite(verb)):
            return left
        if told:
            return first
        if first > left + 12:
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

    def _is_finite(self, verb: Token) -> bool:
        """What stands right behind the verb is the subject of a finite clause: "promised *his
        party* would stay".
        """
        clause = clause_right_of(self.reading, verb)
        return clause is not None and any(t.tag_ == "MD" for t in clause.children)

    def _lacks_subject(self, verb: Token, left: int, first: int) -> bool:
        """The verb's clause has none, and what stands right behind the verb was taken for its
        object.
        """
        clause, thing = clause_right_of(self.reading, verb), syntax.object_of(verb)
        if clause is None or syntax.subject(clause) is not None:
            return False
        if thing is not None:
            return thing.left_edge.i == left and thing.i < first <= clause.i
        gap = self.doc[left:first]
        if gap[0].tag_ == "VBG" and self.doc[first].tag_ in FINITE_TAGS:
            return True  # "believe *raising it* would help"
        return gap[0].pos_ in {"DET", "PROPN", "NOUN", "PRON"} and not any(
            t.text == "," or t.tag_ in FINITE_TAGS or t.lower_ in word_list("calendar") for t in gap
        )

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
        while start and self.doc[start - 1].pos_ in TITLE_POS:
            start -= 1  # a title that the parser hung elsewhere: "*its chief* Ann Lee said"
        before = self.reading.before(start)
        if own is None or before is None or self.doc[before].text != ",":
            return set()
        half = set(range(enclosing_stretch(self.reading, verb.i)[0], before))
        opening = behind_sign(self.reading, own, half, inserted=True)
        return {i for i in half if i >= opening}

    def _with_infinitive(self, verb: Token, entry: CueEntry) -> Draft | None:
        if not entry.takes("infinitive") or entry.words in word_list("goes_on"):
            return None
        if entry.kind == "think" and _in_question(verb):
            return None
        clause = self._infinitive(verb)
        noun = clause is not None and clause.dep_ in syntax.ADNOMINAL_CLAUSE
        if clause is None or (noun and entry.rate("infinitive") < entry.rate("object")):
            return None  # "denounced *plans to open* the mine": the object is what is said
        content = set(range(clause.left_edge.i, clause.right_edge.i + 1)) & _right_of(verb)
        content -= {t.i for c in clause.children if _another_clause(c) for t in c.subtree}
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
                and has_to(child)
            ):
                return child
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
        sentence_end = self.reading.sentence(verb.i)[1]
        end = start
        while end < sentence_end and self.doc[end].text not in ENDS | {";"}:
            end += 1
        content = set(range(start, end))
        if self.reading.words_in(content) < 3 or not self._predicates(verb, start, end):
            return None
        first = self.doc[start]
        if (
            not self.reading.is_word[start]
            or first.pos_ in {"ADP", "CCONJ", "ADV"}
            or first.lower_ in word_list("subordinating")
        ):
            return None
        return self._draft(verb, entry, "rest", trimmed(self.reading, content, verb), set())

    def _predicates(self, verb: Token, start: int, end: int) -> bool:
        """A finite verb stands before the first comma, or any where the verb has no object; not
        that of the clause around: "those who wrote songs *left*".
        """
        first = next((i for i in range(start, end) if self.doc[i].tag_ in FINITE_TAGS), end)
        if first == end or self.doc[first].is_ancestor(verb):
            return False
        thing = syntax.object_of(verb)
        apart = any(self.reading.parts(i) for i in range(start, first))
        return not (apart and thing is not None and thing.i < first)

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


def _has_deed(verb: Token, entry: CueEntry) -> bool:
    """What somebody is accused of stands there, so that a clause behind it describes that."""
    if entry.words not in word_list("accusing"):
        return False
    doc, end = verb.doc, min(verb.i + FARTHEST_DEED, verb.sent.end - 1)
    return any(doc[k].lower_ == "of" and doc[k + 1].tag_ == "VBG" for k in range(verb.i + 1, end))


def _in_question(verb: Token) -> bool:
    """Nobody says it: "would not tell *what* she planned to do"."""
    own = syntax.subject(verb)
    first = own.left_edge.i - 1 if own is not None else -1
    return first >= 0 and verb.doc[first].lower_ in {"what", "whether"}


def _another_clause(conjunct: Token) -> bool:
    """A clause with "that" is no part of an infinitive: "asked them to rule *and that …*"."""
    return conjunct.dep_ in syntax.CONJUNCT and any(
        c.dep_ in syntax.MARKER and c.lower_ == "that" for c in conjunct.children
    )


def _right_of(verb: Token) -> set[int]:
    return set(range(verb.i + 1, verb.i + 1 + LONGEST_SENTENCE))
