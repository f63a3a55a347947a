"""A Doc as the rules for events see it: words, actors, dates and voices, asked by token."""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from spacy.tokens import Doc

from kg.extraction.actors import places
from kg.extraction.claimants import Voice, Voices
from kg.extraction.dates import dates
from kg.extraction.event_lexicon import lemma_of, vocabulary
from kg.extraction.mentions import Referents
from kg.extraction.statements import statements
from kg.nlp import syntax
from kg.nlp.articles import NOT_THE_STORY, section_kinds
from kg.nlp.tokens import Token, Tokens
from kg.records import Actor, ActorType, DateExpression, TextSpan
from kg.resolve.gazetteer import Gazetteer

ACTOR, PLACE, PERSON, HUMAN = "ACTOR", "PLACE", "PERSON", "HUMAN"
"""What an argument may be asked to be, beside a word."""

STATES: frozenset[ActorType] = frozenset({"state", "de_facto_state"})
OPPOSED: frozenset[ActorType] = STATES | {"international_organization", "armed_group"}
"""Actors that a rally or an operation may be "anti-" in name."""

_OWNED = syntax.POSSESSOR | syntax.COMPOUND | frozenset({"amod", "nmod:desc", "nmod", "nmod:poss"})
_BESIDE = syntax.FLAT | syntax.APPOSITION
_NO_ARGUMENT = syntax.PUNCTUATION | frozenset({"dep", ""})
_TITLED = frozenset({"headline", "subhead"})


class Marked(NamedTuple):
    """An actor's or place's mention in tokens, half-open."""

    start: int
    end: int
    id: str


class Scene:
    """What the rules ask of a Doc; built once, linear in its length."""

    def __init__(self, doc: Doc, gazetteer: Gazetteer) -> None:
        self.doc = self.tokens_of = Tokens.of(doc)
        self.low = [t.lower_ for t in self.tokens_of]
        self.gazetteer = gazetteer
        self.added: dict[str, Actor] = {}
        kinds = section_kinds(doc)
        self.story = [kind not in NOT_THE_STORY for kind in kinds]
        self.titled = [kind in _TITLED for kind in kinds]
        self._starts = self.doc.starts
        self.referents = Referents.of(doc)
        self._at: dict[int, tuple[str, ...]] = {}
        self._actors = self._cover((m.span, a) for m, a in self.referents.ordered)
        found = places(doc)
        self.places = {p.id: p for p in found}
        self._places = self._cover((m.span, p.id) for p in found for m in p.mentions)
        self.dates = [(*self.tokens(d.span), d) for d in dates(doc)]
        self._dates_from = [start for start, _, _ in self.dates]
        self._dated = {i for start, end, _ in self.dates for i in range(start, end)}
        said = statements(doc)
        self._voices = Voices(said)
        self.cues = {i: s for s in said for c in s.cue for i in range(*self.tokens(c))}
        self.lemmas = self._lemmas()
        self.sentence_of = self._sentences()
        self.words = frozenset(self.lemmas)
        self._reached_from: dict[int, frozenset[str]] = {}
        self._words_of: dict[int, frozenset[str]] = {}
        self.listed: dict[int, list[Token]] = {}
        self.contents: dict[tuple[int, bool], frozenset[int]] = {}
        self.nouns_by_preposition: dict[tuple[int, str, bool], list[Token]] = {}

    # ------------------------------------------------------------------ words

    def _lemmas(self) -> list[str]:
        """The lemmas in lower case as the tables know them, whatever the tagger took words for."""
        found = [
            lemma_of(w, t.lemma_.lower()) for w, t in zip(self.low, self.tokens_of, strict=True)
        ]
        for i in range(2, len(found)):
            if self.low[i - 1] == "-":
                joined = f"{self.low[i - 2]}-{found[i]}"  # "test-fired" comes in three tokens
                found[i] = joined if joined in vocabulary() else found[i]
        return found

    def _sentences(self) -> list[tuple[int, int]]:
        """For each token the bounds of its sentence."""
        found: list[tuple[int, int]] = []
        starts = [t.i for t in self.tokens_of if t.is_sent_start] or [0]
        for start, end in zip(starts, [*starts[1:], len(self.tokens_of)], strict=True):
            found += [(start, end)] * (end - start)
        return found

    def words_around(self, i: int) -> frozenset[str]:
        """The words of a token's sentence, in lower case."""
        start, end = self.sentence_of[i]
        found = self._words_of.get(start)
        if found is None:
            found = self._words_of[start] = frozenset(self.low[start:end])
        return found

    def within_reach(self, i: int) -> frozenset[str]:
        """The words, in lower case, and lemmas that a rule may come upon from a token: those of its
        sentence, or all where it may be led out of it.
        """
        start, end = self.sentence_of[i]
        found = self._reached_from.get(start)
        if found is None:
            if self._is_closed(start, end):
                found = frozenset(self.low[start:end]).union(self.lemmas[start:end])
            else:
                found = self._all_words
            self._reached_from[start] = found
        return found

    @functools.cached_property
    def _all_words(self) -> frozenset[str]:
        return self.words.union(self.low)

    def _is_closed(self, start: int, end: int) -> bool:
        """Neither the tree leads out of a sentence, nor its last word to the next one, nor a
        participle that opens it, which may be taken for a verb, to the one before.
        """
        heads, first, last = self.doc.heads[start:end], self.doc[start], self.doc[end - 1]
        ended = last.pos_ in {"PUNCT", "SPACE"} and last.dep_ in _NO_ARGUMENT and not last.children
        return ended and min(heads) >= start and max(heads) < end and first.dep_ != "amod"

    def tokens(self, span: TextSpan) -> tuple[int, int]:
        """The tokens that some characters touch, half-open."""
        start = bisect_right(self._starts, span.start) - 1
        return max(start, 0), bisect_left(self._starts, span.end)

    def chars(self, start: int, end: int) -> TextSpan:
        """The characters of some tokens."""
        last = self.tokens_of[end - 1]
        return TextSpan(self._starts[start], last.idx + len(last.text))

    def is_verb(self, token: Token) -> bool:
        """The token is a verb by its part of speech or its tag."""
        return token.pos_ in {"VERB", "AUX"} or token.tag_.startswith("VB")

    # ------------------------------------------------------------------ who and where

    def _cover(self, pairs: Iterable[tuple[TextSpan, str]]) -> dict[int, list[Marked]]:
        """For each token the mentions that cover it."""
        table: dict[int, list[Marked]] = {}
        for span, name in pairs:
            start, end = self.tokens(span)
            for i in range(start, end):
                table.setdefault(i, []).append(Marked(start, end, name))
        return table

    def _head_of(self, mark: Marked) -> set[int]:
        """Tokens that may head a mention: its syntactic root, and its last word before "of"."""
        doc = self.tokens_of
        roots = {
            i
            for i in range(mark.start, mark.end)
            if not mark.start <= doc[i].head.i < mark.end or doc[i].head.i == i
        }
        last = next(
            (i - 1 for i in range(mark.start + 1, mark.end) if doc[i].pos_ == "ADP"), mark.end - 1
        )
        return roots | {last}

    def at(self, token: Token) -> tuple[str, ...]:
        """The actors that a noun itself stands for."""
        found = self._at.get(token.i)
        if found is None:
            found = self._at[token.i] = self._stands_for(token)
        return found

    def _stands_for(self, token: Token) -> tuple[str, ...]:
        found = self._headed_by(token)
        if found:
            return found
        beside = [c for c in token.children if c.dep_ in _BESIDE]
        if token.dep_ in syntax.FLAT:
            beside.append(token.head)
        return next((f for t in beside if (f := self._headed_by(t))), ())

    def marked(self, token: Token) -> bool:
        """A mention is headed by the noun itself."""
        return token.i in self._actors and bool(self._headed_by(token))

    def _headed_by(self, token: Token) -> tuple[str, ...]:
        heading = [m for m in self._actors.get(token.i, ()) if token.i in self._head_of(m)]
        if not heading:
            return ()
        widest = max(m.end - m.start for m in heading)
        return tuple(dict.fromkeys(m.id for m in heading if m.end - m.start == widest))

    def before(self, noun: Token) -> tuple[str, ...]:
        """The actors named in front of a noun, in its phrase: "*Israeli* and *US* jets"."""
        if self._actors.keys().isdisjoint(range(noun.left_edge.i, noun.i)):
            return ()
        found: dict[str, None] = {}
        owner = syntax.possessor(noun)
        owned = {t.i for t in owner.subtree} if owner is not None else set()
        for i in range(syntax.noun_phrase(noun)[0], noun.i):
            if i in self._actors and i not in owned and not self._opposed(i):
                found.update(dict.fromkeys(self.at(self.tokens_of[i])))
        return tuple(found)

    def against(self, noun: Token) -> tuple[str, ...]:
        """The actors that a noun is said to oppose: "an anti-*Russian* rally"."""
        if not self._has_opposed:
            return ()
        start = syntax.noun_phrase(noun)[0]
        opposed = (self.tokens_of[i] for i in range(start, noun.i) if self._opposed(i))
        return tuple(dict.fromkeys(a for t in opposed for a in self.at(t) or self._named(t)))

    def _named(self, token: Token) -> tuple[str, ...]:
        """The only actor with that name or demonym: within "anti-Russian" it is no mention."""
        meant = {sense.entry for sense in self.gazetteer.senses(token.text)}
        return self._joined(*meant) if len(meant) == 1 else ()

    @functools.cached_property
    def _has_opposed(self) -> bool:
        return "anti" in self.low or "anti-" in self.low

    def _opposed(self, i: int) -> bool:
        return self.low[max(0, i - 2) : i] == ["anti", "-"] or self.low[max(0, i - 1)] == "anti-"

    def members(self, actors: tuple[str, ...]) -> tuple[str, ...]:
        """The actors, with a group's members, which the article names, in its place."""
        found: dict[str, None] = {}
        for actor in actors:
            parts = self.referents.by_id[actor].members
            known = parts if parts and all(p in self.referents.by_id for p in parts) else (actor,)
            found.update(dict.fromkeys(known))
        return tuple(found)

    def is_date(self, token: Token) -> bool:
        """The token lies in an expression of time."""
        return token.i in self._dated

    def named_left_of(self, verb: Token) -> list[Token]:
        """Names that stand before a verb as its subject, where the parse has none: the last that
        follows no preposition, past what stands between commas, and those listed with it.
        """
        doc, i = self.tokens_of, verb.i - 1
        if i > 0 and self.low[i] == "-":
            i -= 2  # "India test-fired"
        first, beside = self.sentence_of[verb.i][0], False
        while i >= first:
            if doc[i].pos_ in {"VERB", "SCONJ"} or doc[i].lower_ in {";", ":", "that", "which"}:
                return []
            if doc[i].pos_ == "NOUN" and i not in self._actors and not beside:
                return []  # it is that which does it
            beside = beside or self.low[i] == ","
            marks = [m for m in self._actors.get(i, ()) if m.end == i + 1]
            if marks:
                start = min(m.start for m in marks)
                before = start - 1
                while before >= first and doc[before].pos_ in {"DET", "ADJ"}:
                    before -= 1
                owned = i + 1 < len(doc) and doc[i + 1].tag_ == "POS"
                if before < first or (doc[before].pos_ not in {"ADP", "PROPN"} and not owned):
                    return [*self.listed_before(doc[start]), doc[i]]
                i = start
            i -= 1
        return []

    def listed_after(self, noun: Token) -> list[Token]:
        """Names that follow in a list ("A, B and C"), where the parse misses it."""
        doc, i = self.tokens_of, noun.i + 1
        found: list[Token] = []
        closed = False
        while i < len(doc) and doc[i].lower_ in {",", "and", "&"} and not closed:
            while (
                i < len(doc)
                and (doc[i].lower_ in {",", "and", "&"} or doc[i].pos_ in {"DET", "ADJ"})
                and i not in self._actors
            ):
                closed = closed or doc[i].lower_ in {"and", "&"}
                i += 1
            marks = [m for m in self._actors.get(i, ()) if m.start == i]
            if not marks:
                break
            mark = max(marks, key=lambda m: m.end - m.start)
            found.append(doc[mark.end - 1])
            i = mark.end
        return found if closed else []

    def listed_before(self, noun: Token) -> list[Token]:
        """Names before the last of a list ("A, B and the old C"), where the parse misses it."""
        doc, found = self.tokens_of, list[Token]()
        i = min([noun.i, *(m.start for m in self._actors.get(noun.i, ()))]) - 1
        # "nine Chadian and *four* Malian soldiers"
        while i > 0 and doc[i].pos_ in {"DET", "ADJ", "PROPN", "NUM"} and i not in self._actors:
            i -= 1
        if i < 1 or doc[i].lower_ not in {"and", "&"}:
            return []
        while i > 0 and doc[i].lower_ in {"and", "&", ","}:
            i -= 1
            while i > 0 and doc[i].lower_ in {",", "and"}:
                i -= 1
            marks = [m for m in self._actors.get(i, ()) if m.end == i + 1]
            if not marks:
                break
            mark = max(marks, key=lambda m: m.end - m.start)
            found.append(doc[i])
            i = mark.start - 1
            while i > 0 and doc[i].pos_ in {"DET", "ADJ"} and doc[i].lower_ != "and":
                i -= 1
        return found[::-1]

    def place_at(self, token: Token) -> str | None:
        """The place that a noun stands for."""
        marks = self._places.get(token.i, ())
        return max(marks, key=lambda m: (m.end - m.start, m.id)).id if marks else None

    def state_of(self, token: Token) -> tuple[str, ...]:
        """The state that a place belongs to, where the article has it as an actor."""
        place = self.place_at(token)
        country = self.places[place].country if place else None
        if place is None or country is None:
            return ()
        if country in self.referents.by_id:
            return (country,)
        return self._joined(place, country, kinds=STATES)

    def _joined(self, *names: str, kinds: frozenset[ActorType] = OPPOSED) -> tuple[str, ...]:
        """The first of some entries of these kinds; it joins the actors if it is none of them."""
        for name in names:
            entry = self.gazetteer.entries.get(name)
            if entry is not None and entry.type in kinds:
                if entry.id not in self.referents.by_id:
                    self.referents.by_id[entry.id] = self.added[entry.id] = Actor(
                        entry.id,
                        entry.name,
                        entry.type,
                        entry.country,
                        same_as=entry.same_as,
                        known=True,
                    )
                return (entry.id,)
        return ()

    def kinds(self, token: Token) -> frozenset[str]:
        """What a noun is: `ACTOR`, `PERSON`, `PLACE` …"""
        found = set()
        for actor in self.at(token):
            found.add(ACTOR)
            found.add(HUMAN)
            if self.referents.by_id[actor].type == "person":
                found.add(PERSON)
        if token.i in self._places:
            found.add(PLACE)
        if token.ent_type_ in {"PERSON", "PER"}:
            found |= {PERSON, HUMAN}
        return frozenset(found)

    # ------------------------------------------------------------------ who says so

    def voice(self, span: TextSpan) -> Voice:
        """Who asserts some words: the speaker of the innermost statement around them."""
        return self._voices.at(span)

    def dates_near(self, start: int, end: int) -> Iterator[tuple[int, int, DateExpression]]:
        """The dates between two tokens, with their tokens."""
        first, last = bisect_left(self._dates_from, start), bisect_left(self._dates_from, end)
        return (d for d in self.dates[first:last] if d[1] <= end)
