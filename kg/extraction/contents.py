"""What is said without (or only partly in) quotation marks: which frame each cue has."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.around_frames import AroundFrames
from kg.extraction.clause_frames import ClauseFrames
from kg.extraction.confidence import stands
from kg.extraction.cues import CueEntry, phrase_entry, possible_cues, verb_entry
from kg.extraction.drafts import Draft
from kg.extraction.edges import clause_right_of, marked_clause
from kg.extraction.noun_frames import NounFrames
from kg.extraction.nouns import according, from_noun
from kg.extraction.relays import relayed
from kg.extraction.sources import is_ever_done, is_hearsay, is_means, is_spoken_to
from kg.extraction.tables import word_list
from kg.nlp import syntax
from kg.nlp.tokens import Token


class Clauses(ClauseFrames, AroundFrames, NounFrames):
    """Every frame of unquoted speech in one article."""

    def drafts(self) -> Iterator[Draft]:
        """Every statement that a frame finds, in the order of the cues."""
        for i in possible_cues(self.doc):
            if i in self.taken or not self.reading.readable(i):
                continue
            found = self._draft_of(self.doc[i])
            self._mark_quoted(found)
            if found is not None and self.reading.words_in(found.content):
                yield found

    def _draft_of(self, token: Token) -> Draft | None:
        if token.lower_ == "according":
            return according(self.reading, token)
        if token.dep_ == "amod" and token.tag_ in {"VBN", "VBG"}:
            return None
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in syntax.HELPING:
            return self._verb(token)
        if token.pos_ == "NOUN":
            return from_noun(self.reading, token)
        return self._feeling(token) if token.pos_ == "ADJ" else None

    def _verb(self, verb: Token) -> Draft | None:
        entry, phrase = verb_entry(verb), phrase_entry(verb)
        if entry is not None and _stays_unnamed(verb, entry):
            return None
        if verb.i and verb.tag_ == "VBP" and self.doc[verb.i - 1].lower_ in {"which", "what"}:
            return None  # a noun that the tagger took for a verb: "which *quote* it meant"
        if entry is not None and entry.words == "point" and phrase is None:
            entry = None if self.doc[min(verb.i + 1, len(self.doc) - 1)].lower_ != "out" else entry
        relay = relayed(verb)
        if relay is not None and (relay.outer == verb or relay.outer.i in self.taken):
            return None
        if is_means(verb):
            return None  # a deed of who is accused, not the accuser's words
        if is_hearsay(verb) or is_ever_done(verb):
            return None
        if is_spoken_to(verb) and entry is not None and entry.force != "ask" and relay is None:
            return None  # "Lee, *told* of it, smiled"
        return self._likeliest(self._readings(verb, entry, phrase))

    def _readings(
        self, verb: Token, entry: CueEntry | None, phrase: tuple[CueEntry, Token] | None
    ) -> Iterator[Draft | None]:
        """What a verb may say, by one frame after the other, the surest first."""
        close = (
            phrase is not None
            and phrase[1].i == verb.i + 1
            and phrase[0].force in {"ask", "comment"}
        )
        if phrase is not None and close:
            yield self._with_phrase(verb, *phrase)
        if entry is not None:
            yield self._inserted(verb, entry)
            yield self._as_said(verb, entry)
            yield self._with_clause(verb, entry)
        if phrase is not None and not close:
            yield self._with_phrase(verb, *phrase)
        if entry is None:
            yield self._feeling(verb)
            return
        if self._set_off(verb):
            yield self._speech_around(verb, entry)
        yield self._feeling(verb)
        yield self._with_infinitive(verb, entry)
        yield self._lost_clause(verb, entry)
        yield self._with_object(verb, entry)
        yield self._of_passive(verb, entry)
        yield self._of_relative(verb, entry)
        yield self._about(verb)
        yield self._before_relay(verb, entry)
        yield self._speech_around(verb, entry)
        yield self._rest(verb, entry)

    def _with_phrase(self, verb: Token, entry: CueEntry, word: Token) -> Draft | None:
        more_cue = set(range(verb.i + 1, word.i + 1))
        if entry.words in word_list("said_in_passive") and not syntax.is_passive(verb):
            return None
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

    def _likeliest(self, drafts: Iterator[Draft | None]) -> Draft | None:
        """The first draft that stands; where none does, the first."""
        first = None
        for draft in drafts:
            self._mark_quoted(draft)
            if draft is not None and stands(draft):
                return draft
            first = first or draft
        return first

    def _mark_quoted(self, draft: Draft | None) -> None:
        if draft is not None:
            draft.inner = self.reading.quoted(draft.verb.i)
            run_of = self.reading.run_of
            draft.quoted = not draft.inner and any([run_of[i] >= 0 for i in draft.content])


def _stays_unnamed(verb: Token, entry: CueEntry) -> bool:
    """ "Asked *not to be named*", "declined *to be identified*": how a source wants to be cited
    is no request and no comment.
    """
    words = [t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 6]]
    cited = any(w in {"named", "identified", "quoted", "cited"} for w in words)
    if entry.force == "ask":
        return cited and "not" in words
    return cited and verb.lemma_ in {"decline", "refuse"} and words[:2] == ["to", "be"]
