"""Speech that is a noun phrase: "condemned the raid", "spoke about talks", "is alarmed by …"."""

from __future__ import annotations

from kg.extraction.content_ends import complemented, right_edge, second_infinitive, trimmed
from kg.extraction.cues import CueEntry, lexicon, noun_entry
from kg.extraction.drafts import Draft
from kg.extraction.edges import FINITE_TAGS
from kg.extraction.feelings import feeling
from kg.extraction.frames import ACTS, Frames, has_to
from kg.extraction.objects import (
    accused,
    clause_of,
    free_relative,
    gerund,
    is_deed,
    result,
    shifted,
    taken_for_subject,
)
from kg.extraction.reading import ENDS, is_calendar
from kg.extraction.source_words import noun_phrase
from kg.extraction.sources import RELATIVE_PRONOUNS, is_means, source_head
from kg.extraction.tables import word_list
from kg.nlp import syntax
from kg.nlp.tokens import Token

CLOSES = ENDS | {";", ":", "(", ")"}

SURELY_OBJECT = 0.6
"""Rate of a verb with objects from which on one is looked for behind an adverbial."""

FEELING_ABOUT = frozenset({"by", "about", "at", "over", "with", "for"})


class NounFrames(Frames):
    """Frames whose content is an object, a subject or what a preposition governs."""

    def _with_object(self, verb: Token, entry: CueEntry) -> Draft | None:
        if not entry.takes("object") or (entry.force == "comment" and _begun(verb)):
            return None
        if entry.words in word_list("goes_on"):
            return None
        if entry.force == "characterize" and syntax.is_passive(verb):
            return None  # "*he* was called *a liar*": the subject is part of it
        thing = syntax.object_of(verb) or syntax.indirect_object(verb)
        if thing is None and verb.dep_ == "amod" and verb.tag_ in {"VBD", "VBZ"}:
            thing = verb.head
        if (
            thing is None
            and entry.force == "characterize"
            and verb.dep_ not in syntax.RELATIVE_CLAUSE
        ):
            thing = syntax.open_complement(verb)
        thing = thing or gerund(verb)
        if entry.words in word_list("accusing"):
            thing = thing or accused(verb)
        if entry.rate("object") >= SURELY_OBJECT:
            thing = thing or taken_for_subject(verb) or shifted(verb) or free_relative(verb)
        if thing is None or thing.i < verb.i or is_calendar(thing):
            return None
        ids = {t.i for t in thing.subtree if t.i > verb.i}
        if thing.lower_ == "what":
            ids |= {t.i for t in clause_of(thing).subtree if t.i > verb.i}
        for child in verb.children:
            if verb.i < child.i < thing.i and any(c.lower_ == "as" for c in child.lefts):
                ids |= {t.i for t in child.subtree}  # "hailed *as a victory* the accord"
            if child.i > thing.i and (self._completes(child, entry) or is_means(child)):
                ids |= {t.i for t in child.subtree} - result(child)
        end = complemented(self.reading, verb, max(ids) + 1)
        content = set(range(min(ids), end))
        after = self.reading.after(end - 1)
        if entry.force == "characterize" and after is not None:
            content |= self._name_given(end)
        completed = self._completed_at(verb, thing, entry)
        content |= set(range(min(ids), completed + 1))
        whole = {i for i in content if i <= completed}
        content = whole | trimmed(self.reading, content - whole or content, verb, noun=True)
        if self._says_nothing(verb, entry, thing, content):
            return None
        draft = self._draft(verb, entry, "object", content | self._relative(verb), set())
        if draft is not None:
            draft.target = thing
        return draft

    def _completed_at(self, verb: Token, thing: Token, entry: CueEntry) -> int:
        """Where what completes an object begins, behind a clause that describes it: "accused Vik,
        which denies it, *of* arming them".
        """
        found = (c for c in verb.children if c.i > thing.i and self._completes(c, entry))
        own = next((c.left_edge.i for c in found if syntax.subject(c) is None), -1)
        return own if own >= 0 else self._deed_behind(thing, entry)

    def _deed_behind(self, thing: Token, entry: CueEntry) -> int:
        """The last word of what somebody is accused of, wherever the parser hung it."""
        if entry.words not in word_list("accusing"):
            return -1
        for i in range(thing.i + 1, self.reading.sentence(thing.i)[1] - 2):
            comma, link, deed = self.doc[i : i + 3]
            if comma.text == "," and link.lower_ == "of" and deed.tag_ == "VBG":
                return int(deed.right_edge.i)
        return -1

    def _says_nothing(self, verb: Token, entry: CueEntry, thing: Token, content: set[int]) -> bool:
        """An object that is no content: who is contradicted, what is seen or published."""
        words = self.reading.words_in(content)
        if _is_nothing(thing, entry):
            return True
        if any(self.reading.quoted(i) != self.reading.quoted(verb.i) for i in content):
            return False
        completed = self._judged(verb, thing, content)
        if entry.words in word_list("removing") and not completed and _is_person(thing):
            return True
        if entry.words in word_list("telling") and not completed:
            return noun_entry(thing) is None and thing.lower_ not in word_list("telling_what")
        if entry.words == "call" and not completed and (words <= 2 or _is_person(thing)):
            return True  # rang them: "called both leaders"
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
        if entry.words in word_list("uttering") and noun_entry(thing) is not None:
            return False  # "voiced concern"
        if entry.force in word_list("thin"):
            return True
        person = word_list("persons") | word_list("cited")
        meant = thing.pos_ == "PROPN" or thing.lower_ in person
        return meant and entry.force not in word_list("of_somebody")

    def _is_cited(self, verb: Token, thing: Token, content: set[int]) -> bool:
        """Who is cited is no content: "the agency reported, citing *two officials*, that …"."""
        cited = word_list("cited") | (
            word_list("written_form") if self.reading.words_in(content) < 3 else set()
        )
        if thing.lemma_.lower() in cited or thing.pos_ == "PROPN":
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

    def _feeling(self, word: Token) -> Draft | None:
        """ "Norland is alarmed by the shelling", "the minister was concerned about the delay"."""
        force = feeling(word.lower_)
        own = syntax.subject(word)
        if force is None or own is None or own.i > word.i:
            return None
        if not any(c.dep_ in syntax.HELPING for c in word.children):
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
            cause = _governed_object(word)
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
            if entry.force == "characterize" and syntax.agent(verb) is None:
                return None  # a name, not a judgment: "a group *called* Open Roads"
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
        own = {t.i for t in thing.subtree}
        others = {t.i for t in verb.subtree if t.i > thing.i} - own
        content = noun_phrase(self.reading, thing, barred=frozenset(others))
        for child in verb.children:
            if child.i > verb.i and self._completes(child, entry):
                content |= {t.i for t in child.subtree}
        draft = self._draft(verb, entry, "passive", content, set())
        if draft is None:
            return None
        by = syntax.agent(verb)
        reported = syntax.subject(verb)
        if verb.dep_ == "acl" and reported is not None and reported.lower_ not in RELATIVE_PRONOUNS:
            by = reported  # "a charge that *Vik* dismissed", taken for a passive
        draft.source_head = by
        draft.source = (
            self._source(by, draft.cue | draft.content) - {i for i in draft.cue}
            if by is not None
            else set()
        )
        deed = next((c for c in by.children if is_deed(c)), None) if by is not None else None
        if deed is not None and entry.words in word_list("accusing"):
            draft.content |= {t.i for t in deed.subtree}
            draft.source -= draft.content
        draft.target = thing
        return draft

    def _of_relative(self, verb: Token, entry: CueEntry) -> Draft | None:
        """ "the raids, *which* the union condemned", "*the raids* the union condemned"."""
        own, thing = syntax.subject(verb), syntax.object_of(verb)
        if not entry.takes("object") or entry.kind != "say" or syntax.is_passive(verb):
            return None
        if own is None or own.lower_ in RELATIVE_PRONOUNS or own.i > verb.i:
            return None
        fronted = thing is not None and thing.pos_ == "NOUN" and thing.i < own.left_edge.i
        if verb.dep_ not in syntax.RELATIVE_CLAUSE and not fronted:
            return None
        if thing is not None and thing.i > verb.i and entry.force != "characterize":
            return None
        first = verb.left_edge
        if first.text == ",":
            first = first.nbor()
        behind = self.doc[verb.head.i + 1 : own.i][:2]
        first = next((t for t in behind if t.lower_ == "which"), first)  # wherever it hangs
        frame = "relative"
        pronoun = first.tag_ in {"WDT", "WP"} and first.lower_ != "that"
        if pronoun and first.i < own.i:
            content = {first.i}
        elif first.tag_ in {"WRB", "WP$"} or any(
            c.dep_ == "obl" and not (self._completes(c, entry) or self._named_so(c, verb, entry))
            for c in verb.children
        ):
            return None
        else:
            noun = thing if fronted and thing is not None else verb.head
            others = {t.i for t in verb.subtree} - {t.i for t in noun.subtree if fronted}
            content = noun_phrase(self.reading, noun, barred=frozenset(others))
            frame = "object" if noun_entry(noun) is not None else frame  # "a claim they denied"
        predicate = self._predicate_behind(verb)
        content |= predicate
        for child in verb.children:
            named = entry.force == "characterize" and child.dep_ in syntax.OBJECT
            named = named or self._named_so(child, verb, entry)
            if child.i > verb.i and (named or self._completes(child, entry)):
                content |= {t.i for t in child.subtree}
        bare = len(content) == 1 or not predicate
        if entry.words == "say" and bare:
            return None
        draft = self._draft(verb, entry, frame, content, set())
        if draft is not None:
            draft.target = verb.head
        return draft

    def _named_so(self, child: Token, verb: Token, entry: CueEntry) -> bool:
        """What something is called, in marks right behind: "remarks he called *“below us”*"."""
        named = entry.force == "characterize" and child.left_edge.i == verb.i + 1
        return named and self.reading.quoted(child.i) and not self.reading.quoted(verb.i)

    def _predicate_behind(self, verb: Token) -> set[int]:
        """What is said of a noun before its relative clause: "a raid the army said *was over*"."""
        after = self.reading.after(verb.i)
        if after is None or self.doc[after].tag_ not in FINITE_TAGS:
            return set()
        end, limit = after + 1, self.reading.sentence(verb.i)[1]
        while end < limit and not self.reading.parts(end) and self.doc[end].text not in CLOSES:
            end += 1
        return set(range(after, end))

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
        if noun is None or self.doc[word.i + 1].lower_ == "behalf":
            return None  # "speaking *on behalf* of the others"
        ids = {t.i for t in noun.subtree if t.i > word.i}
        for child in verb.children:
            if child.i > noun.i and (
                (child.dep_ in {"xcomp", "advcl"} and has_to(child))
                or self._completes(child, entry)
            ):
                ids |= {t.i for t in child.subtree}
        if not ids:
            return None
        ids.add(complemented(self.reading, verb, max(ids) + 1) - 1)
        if any(has_to(c) and c.i in ids for c in verb.children):
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


def _is_nothing(thing: Token, entry: CueEntry) -> bool:
    """ "Promised *nothing*", "made *no threat*", "said *nothing* about it": nobody's claim."""
    if entry.kind != "say":
        return False
    done = entry.force in ACTS - {"reject"}
    denied = done and any(c.lower_ == "no" and c.i < thing.i for c in thing.children)
    said = done or entry.words in word_list("plain_saying")
    return denied or (said and thing.lower_ == "nothing")


def _governed_object(word: Token) -> Token | None:
    """The cause of a feeling that the parser took for an object: "concerned *by the shelling*"."""
    thing = syntax.object_of(word)
    if thing is None or thing.i < word.i:
        return None
    return thing if any(c.lower_ in FEELING_ABOUT for c in thing.children) else None


def _begun(verb: Token) -> bool:
    """A talk that is held, not a statement: "began discussing a treaty", "meet to discuss"."""
    bare = verb.tag_ == "VB" and not any(c.tag_ in FINITE_TAGS for c in verb.children)
    return bare or (verb.tag_ == "VBG" and verb.dep_ in syntax.OPEN_COMPLEMENT)


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


def _is_person(thing: Token) -> bool:
    """A name of a person, or an office."""
    return thing.ent_type_ in {"PERSON", "PER"} or thing.lower_ in word_list("offices")
