"""What the frames of unquoted speech share: cue, source, receiver and the draft made of them."""

from __future__ import annotations

from kg.extraction.confidence import counted_as
from kg.extraction.cues import CueEntry, verb_entry, verb_group
from kg.extraction.drafts import Draft
from kg.extraction.edges import finite, lost_reporter, written_form
from kg.extraction.insertions import beside_insertion
from kg.extraction.joined import (
    cue_before,
    joined_source,
    opens_behind_comma,
    reporting_around,
)
from kg.extraction.reading import Reading, is_calendar
from kg.extraction.relays import relayed
from kg.extraction.source_words import noun_phrase
from kg.extraction.sources import (
    RELATIVE_PRONOUNS,
    antecedent,
    is_spoken_to,
    is_voiceless,
    left_neighbour,
    source_head,
)
from kg.extraction.tables import word_list
from kg.nlp import syntax
from kg.nlp.tokens import Token

INTENTIONS = frozenset({"offer", "promise", "threaten"})
PREDICATES = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


class Frames:
    """The frames of one article: how a verb takes what is said, and who says it; `taken` are verbs
    that quoted speech has used.
    """

    def __init__(self, reading: Reading, taken: set[int]) -> None:
        self.reading = reading
        self.doc = reading.doc
        self.taken = taken

    def _draft(
        self, verb: Token, entry: CueEntry, frame: str, content: set[int], more_cue: set[int]
    ) -> Draft | None:
        cue = verb_group(self.reading, verb) | more_cue
        cue |= written_form(self.reading, verb, min(content, default=None))
        relay = relayed(verb)
        head = (
            (relay.speaker if relay is not None else None)
            or _accompanying(verb)
            or joined_source(self.reading, verb)
            or self._speaking(verb)
            or (None if is_spoken_to(verb) else left_neighbour(self.reading, verb, cue))
        )
        if head is not None and (head.i in content or head.i in cue):
            head = None
        if head is not None and frame != "clause" and self._cannot_act(entry, head):
            return None
        source = set() if head is None else self._source(head, cue | content)
        first = self.doc[min(source)] if len(source) > 1 else None
        if first is not None and first.lower_ == "what" and first.nbor().pos_ not in PREDICATES:
            source.discard(first.i)  # "what *Berg* called a mistake"
        content = content - cue - source
        if not content:
            return None
        draft = Draft.of(entry, verb, frame, cue, content, source, head)
        draft.rate = entry.rate(counted_as(frame))
        opening = self.doc[min(content)]
        question = opening.lower_ in word_list("question_words")
        if question and entry.words in word_list("settling"):
            return None  # "*decided* what was read out": a deed
        if opening.lower_ == "what" and entry.force in word_list("of_somebody"):
            draft.target = opening  # "condemned *what* he called a raid"
        draft.topic_only = entry.force == "comment" and (question or _on_topic(verb))
        asked = entry.force == "ask" and question and _opens_with(self.reading, verb)
        if asked and (not source or head == syntax.agent(verb)):  # "asked *by a reporter* whether"
            draft.topic_only = True
            draft.receiver = source_head(verb.head) if verb.head != verb else None
        if is_spoken_to(verb):
            draft.topic_only = True
        unsaid = entry.kind == "say" and _unsaid(verb, entry)
        if unsaid or (entry.kind == "say" and not question and _by_nobody(head)):
            draft.topic_only = True
        if relay is not None:
            relay.mark(self.reading, draft)
        return draft

    def _cannot_act(self, entry: CueEntry, head: Token) -> bool:
        """What has no voice asks and offers nothing: "a practice *that* threatened to …"."""
        meant = antecedent(head) if head.lower_ in {"that", "which"} else head
        if meant is None or meant.pos_ != "NOUN":
            return False
        intends = entry.force in INTENTIONS and meant.lemma_.lower() in word_list("without_intent")
        return intends or (entry.kind == "say" and is_voiceless(meant))

    def _speaking(self, verb: Token) -> Token | None:
        """Who says it; of a verb that the parser tied to words of a quotation, or to a clause
        within what is said, whoever reports around it: "said a raid had failed, *but insisted* …".
        """
        head = beside_insertion(self.reading, source_head(verb), verb)
        apart = head is not None and self.reading.quoted(head.i) > self.reading.quoted(verb.i)
        inherited = syntax.subject(verb) is None and verb.dep_ in syntax.CONJUNCT
        inner = inherited and verb.head.dep_ in syntax.ADVERBIAL_CLAUSE | syntax.RELATIVE_CLAUSE
        if inherited and head is not None and is_voiceless(head):
            apart = True
        if not apart and not (inner and opens_behind_comma(self.reading, verb)):
            return head
        around = reporting_around(self.reading, verb)
        if around is not None and (apart or around.tag_ == verb.tag_):
            return source_head(around)
        return None if apart else head

    def _source(self, head: Token, barred: set[int]) -> set[int]:
        return noun_phrase(self.reading, head, barred=frozenset(barred))

    def _receiver(self, verb: Token, clause: Token | None) -> Token | None:
        if verb.lemma_.lower() in word_list("receiving"):
            if syntax.is_passive(verb):
                return None
            for child in verb.children:
                if child.dep_ in syntax.ANY_OBJECT and child != clause:
                    asked = child.lower_ in word_list("question_words")  # "asked *what* it cost"
                    return child if child.pos_ in NOMINAL and not asked else None
        for preposition, noun in syntax.obliques(verb):
            if preposition == "to" and noun.i > verb.i and noun.pos_ in NOMINAL:
                return noun
        return None

    def _inherited_receiver(self, verb: Token) -> Token | None:
        """Who was told, of a participle behind it: "told *reporters* …, adding that …"."""
        former = cue_before(self.reading, verb)
        if former is None or former.lemma_.lower() not in word_list("receiving"):
            return None
        return self._receiver(former, None)

    def _relative(self, verb: Token) -> set[int]:
        """The pronoun of "*which* he said they would pay for"."""
        if verb.dep_ not in syntax.RELATIVE_CLAUSE:
            return set()
        own = syntax.subject(verb)
        first = verb.left_edge
        if first.text == ",":
            first = first.nbor()
        if own is not None and own.i > first.i and first.lower_ in RELATIVE_PRONOUNS:
            return {first.i}
        return set()

    def _inverted(self, verb: Token) -> Token | None:
        """The noun right after a verb: "said Berg", whatever label it has."""
        for child in verb.children:
            if child.i <= verb.i or is_calendar(child) or _predicates(child):
                continue
            if child.pos_ in NOMINAL and child.left_edge.i == verb.i + 1:
                own = syntax.subject(verb)
                told = child.dep_ == "iobj" and own is not None
                thing = child.dep_ in syntax.OBJECT and own is not None and own.i < verb.i
                return child if child.dep_ != "obl" and not told and not thing else None
        return lost_reporter(verb) if verb.i + 1 < len(self.doc) else None

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

    def _completes(self, child: Token, entry: CueEntry) -> bool:
        """What belongs to the content beside the object: "accused X *of lying*", "called X *a
        liar*".
        """
        if child.dep_ in syntax.OPEN_COMPLEMENT:
            return True
        words = {c.lower_ for c in child.children if c.dep_ in {"case", "mark"}} | {child.lower_}
        if child.dep_ not in {"obl", "advcl", "prep"} or _tells_when(child):
            return False
        return bool(words & {"as", "of"}) or (
            bool(words & {"for", "over", "with"})
            and entry.force in {"accuse", "criticize", "praise", "thank", "condemn"}
        )


def _accompanying(verb: Token) -> Token | None:
    """Whose a participle under "with" is, wherever the parser hung the noun: "signed, with *Lee*
    calling it a start".
    """
    link = next((c for c in verb.lefts if c.lower_ == "with"), None)
    if verb.tag_ == "VBG" and link is None:
        return _second_accompanying(verb)
    if verb.tag_ != "VBG" or link is None:
        return None
    return next((t for t in verb.doc[link.i + 1 : verb.i] if t.dep_ in syntax.SUBJECT), None)


def _second_accompanying(verb: Token) -> Token | None:
    """Whose the second participle under "with" is, where the parser gave its noun to the first:
    "with Lee praising the deal and *Berg* calling it a trap".
    """
    first = verb.head
    noun = verb.doc[verb.i - 1] if verb.i > 1 else verb
    under = first.tag_ == "VBG" and any(c.lower_ == "with" for c in first.lefts)
    if not under or noun.pos_ not in NOMINAL or syntax.subject(verb) is not None:
        return None
    while noun.dep_ in syntax.FLAT and noun.head.i > first.i:
        noun = noun.head
    start = noun.left_edge.i
    joint = verb.doc[start if noun.doc[start].pos_ == "CCONJ" else start - 1]
    return noun if joint.pos_ == "CCONJ" and noun.i > first.i else None


def _tells_when(clause: Token) -> bool:
    """The writer tells what happened meanwhile: "praised her win *as Lee left the hall*"."""
    return clause.tag_ in {"VBD", "VBZ", "VBP"} and syntax.subject(clause) is not None


def _predicates(noun: Token) -> bool:
    """A noun that is the predicate of a clause: "said the past was *to blame*"."""
    return any(c.dep_ in syntax.COPULA for c in noun.children)


def _unsaid(verb: Token, entry: CueEntry) -> bool:
    """ "Did not say", "has never threatened": that somebody says or does it is denied.

    "Would not say" keeps a secret, and "does not promise" tells where somebody stands.
    """
    helpers = {a.lower_ for a in syntax.auxiliaries(verb)}
    kept = helpers & {"will", "would", "can", "could", "wo", "ca"}
    denied = any(t.lower_ in DENYING for t in verb.lefts)  # a later "not" is of what is said
    if not syntax.is_negated(verb) or not denied or kept:
        return False
    if verb.lemma_.lower() in word_list("plain_saying"):
        return True
    past = verb.tag_ == "VBD" or helpers & {"did", "has", "had", "have"}
    return bool(past) and entry.force in ACTS and entry.words not in word_list("left_open")


DENYING = frozenset({"not", "n't", "n’t", "never", "neither", "nor"})

ACTS = frozenset({"accuse", "announce", "call_on", "condemn", "criticize", "demand", "offer"}) | {
    "praise", "promise", "propose", "reject", "thank", "threaten", "warn"
}  # fmt: skip
"""What one does by saying it, so that who has not done it has said nothing."""


def _by_nobody(head: Token | None) -> bool:
    """ "Nobody said", "neither Berg nor Lind said", "no official said"."""
    if head is None:
        return False
    words = {head.lower_, *(c.lower_ for c in head.children if c.i < head.i)}
    return bool(words & {"nobody", "none", "neither", "no", "no-one"})


def _opens_with(reading: Reading, verb: Token) -> bool:
    """ "*Asked* whether …": a participle that tells what an answer was about."""
    opens = reading.sentence(verb.i)[0] == verb.i
    return verb.tag_ in {"VBN", "VBD"} and (opens or verb.dep_ in syntax.ADVERBIAL_CLAUSE)


def _on_topic(verb: Token) -> bool:
    """A participle that tells what another statement is about: "commenting on reports"."""
    adverbial = verb.dep_ in syntax.ADVERBIAL_CLAUSE or verb.dep_.startswith("obl")
    return verb.tag_ == "VBG" and adverbial and verb_entry(verb.head) is not None


def has_to(clause: Token) -> bool:
    """The clause is an infinitive with "to", and not a finite "was to blame"."""
    if any(c.dep_ in syntax.COPULA and c.tag_ in FINITE for c in clause.children):
        return False
    return any(
        c.lower_ == "to" and c.i < clause.i and c.dep_ in {"mark", "aux"} for c in clause.children
    )
