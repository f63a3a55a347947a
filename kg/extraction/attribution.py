"""Who is meant: speaker, voice, relaying agency, addressees, targets, place and day of a
statement.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Iterable

from spacy.tokens import Doc

from kg.errors import MissingAnnotation
from kg.extraction.drafts import Draft
from kg.extraction.mentions import Referents
from kg.extraction.reading import Reading
from kg.extraction.source_words import noun_phrase
from kg.extraction.sources import antecedent
from kg.extraction.tables import rows
from kg.nlp import syntax
from kg.nlp.articles import char_span, published
from kg.nlp.layers import read_layer
from kg.nlp.tokens import Token, Tokens
from kg.records import DateExpression, Interval, TextSpan

FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
VENUE_PREPOSITIONS = frozenset({"at", "in", "during", "on", "to", "before"})
DATES = "kg_dates"
MEANWHILE = frozenset({"when", "as", "while"})
"""Conjunctions of clauses whose day is that of what is said."""
TEXTS = frozenset({"report", "survey", "poll", "document", "ruling", "verdict", "decree", "order"})
"""Nouns whose day is that of what they say, besides the occasions."""
OF_A_STATE = frozenset({"state", "de_facto_state", "government_body", "military"})


class Participants:
    """What other components know of one article, asked by the words of a statement."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.doc = reading.doc
        self.referents = _referents(self.doc)
        self.dates = _dates(self.doc.spacy)
        day = published(self.doc.spacy)
        self.published = None if day is None else Interval(day.isoformat(), day.isoformat(), "day")

    def actor(self, head: Token | None, words: Iterable[int]) -> str | None:
        """The actor that a source or receiver names."""
        if head is None or self.referents is None:
            return None
        ids = sorted(words)
        bracket = max((i for i in ids if i < head.i and self.doc[i].text == ")"), default=-1)
        spans = self.reading.spans(i for i in ids if i > bracket)  # "the Green Party (GP) *chief*"
        found = self.referents.at(spans[0]) if spans else None
        if found is None:
            meant = antecedent(head)
            while meant is not None and found is None:
                found = self.actor(meant, noun_phrase(self.reading, meant))
                meant = meant.head if meant.dep_ in syntax.APPOSITION else None
        return found

    def speakers(self, draft: Draft) -> list[str]:
        """The speaker and those who speak jointly, in the order of the words."""
        head = draft.source_head
        if draft.named_by is not None:
            words = draft.named_by
            named = self.actor(self.doc.root(words.start, words.stop), words)
            return [] if named is None else [named]
        if head is None:
            return []
        joint = [head, *(c for c in syntax.conjuncts(head) if c.i in draft.source)]
        if draft.frame == "title" and (two := self._two(draft.source)):
            return two
        if len(joint) == 1:
            found = self.actor(head, draft.source)
            return [] if found is None else [found]
        before = self._before_head(head, draft.source)
        limits = [*(j.i for j in joint[1:]), max(draft.source) + 1]
        phrases = [
            self._part(j, draft.source, limit) for j, limit in zip(joint, limits, strict=True)
        ]
        actors = [self.actor(j, p) for j, p in zip(joint, phrases, strict=True)]
        return list(dict.fromkeys(a for a in [*before, *actors] if a is not None))

    def _two(self, source: set[int]) -> list[str]:
        """The two who speak in a headline, with a comma or "and" between them."""
        links = [i for i in source if self.doc[i].lower_ in {",", "and", "&"}]
        if len(links) != 1:
            return []
        pieces = [sorted(i for i in source if (i < links[0]) == left) for left in (True, False)]
        found = [self.actor(self.doc[p[-1]], p) for p in pieces if p]
        known = list(dict.fromkeys(a for a in found if a is not None))
        return known if len(known) == 2 else []

    def _before_head(self, head: Token, source: set[int]) -> list[str | None]:
        """The actors of a list that stand before the noun that the parser made its head."""
        stop = syntax.noun_phrase(head)[0]
        pieces: list[list[int]] = [[]]
        for i in sorted(i for i in source if i < stop):
            if self.doc[i].text == ",":
                pieces.append([])
            else:
                pieces[-1].append(i)
        return [self.actor(self.doc[ids[-1]], ids) for ids in pieces[:-1] if ids]

    def _part(self, noun: Token, source: set[int], limit: int) -> set[int]:
        start, end = syntax.noun_phrase(noun)
        return {i for i in range(start, max(end, noun.i + 1)) if i in source and i <= limit}

    def kind(self, actor_id: str | None) -> str | None:
        """The type of an actor."""
        if actor_id is None or self.referents is None:
            return None
        return self.referents.actor(actor_id).type

    def is_named(self, actor_id: str | None) -> bool:
        """The article calls the actor by name, not only "a spokesman"."""
        if actor_id is None or self.referents is None:
            return False
        return any(m.kind == "name" for m in self.referents.actor(actor_id).mentions)

    def bodies(self, person: str) -> list[str]:
        """The organisations and states that a person has an office in or belongs to, nearest
        first.
        """
        if self.referents is None:
            return []
        actor = self.referents.actor(person)
        found = [r.of for r in actor.roles]
        if actor.part_of is not None:
            found.append(actor.part_of)
        for body in list(found):
            known = self.referents.by_id.get(body)
            while known is not None and known.part_of is not None and known.part_of not in found:
                found.append(known.part_of)
                known = self.referents.by_id.get(known.part_of)
        return list(dict.fromkeys(found))

    def speaks_for(self, person: str | None, body: str | None) -> bool:
        """The person has an office in the body, or is of the state that it belongs to: of a rebel
        force of the same country nobody is who has no office there.
        """
        if person is None or body is None or person == body or self.referents is None:
            return False
        if body in self.bodies(person):
            return True
        someone, other = self.referents.actor(person), self.referents.actor(body)
        return (
            someone.type == "person"
            and someone.country is not None
            and someone.country == other.country
            and other.type in OF_A_STATE
        )

    def addressees(self, draft: Draft) -> tuple[str, ...]:
        """Who is spoken to: actors, or the words where no actor is known."""
        noun = draft.receiver
        if noun is None or noun.i in draft.content:
            return ()
        if _is_venue(noun):  # "told a briefing *with his deputy*" was told to no deputy
            occasion = self._words(noun)
            return (occasion,) if occasion else ()
        words = noun_phrase(self.reading, noun, barred=frozenset(draft.content | draft.cue))
        found = self.actor(noun, words)
        if found is not None:
            return (found,)
        return tuple(s.of(self.reading.text) for s in self.reading.spans(words)[:1])

    def told(self, addressees: Iterable[str]) -> bool:
        """Actors that act are spoken to, not only "reporters" or a medium."""
        known = self.referents.by_id if self.referents is not None else {}
        return any(a in known and known[a].type != "media" for a in addressees)

    def each(self, actors: Iterable[str]) -> tuple[str, ...]:
        """The actors, with the members of a group in its place."""
        known = self.referents.by_id if self.referents is not None else {}
        return tuple(
            dict.fromkeys(
                m for a in actors for m in (known[a].members if a in known else ()) or (a,)
            )
        )

    def targets(self, draft: Draft) -> tuple[str, ...]:
        """The actors that the statement calls upon, accuses, thanks …"""
        if draft.target is None or self.referents is None:
            return ()
        return self.named(draft.target)

    def named(self, noun: Token) -> tuple[str, ...]:
        """The actors that a noun and its conjuncts name, else those its phrase mentions."""
        if self.referents is None:
            return ()
        found: list[str] = []
        noun = _meant_by_what(noun)
        if noun.lower_ == "what":
            return ()
        for one in [noun, *syntax.conjuncts(noun)]:
            if one.pos_ in NOMINAL:
                start, end = syntax.noun_phrase(one)
                spans = self.reading.spans(range(start, end))
                actor = self.referents.at(spans[0]) if spans else None
                if actor is not None:
                    found.append(actor)
        if not found:
            owner = syntax.possessor(noun)
            beside = [
                o.noun for o in syntax.obliques(noun) if o.preposition in {"by", "from", "of"}
            ]
            for one in [*([owner] if owner is not None else []), *beside]:
                actor = self.actor(one, noun_phrase(self.reading, one))
                if actor is not None:
                    found.append(actor)
        return tuple(dict.fromkeys(found))

    def venue(self, draft: Draft) -> str | None:
        """The event or form in which it was said, in the article's words."""
        noun = draft.receiver
        if noun is not None and _is_venue(noun) and noun.i not in draft.content:
            return self._words(noun)
        for preposition, place in syntax.obliques(draft.verb):
            if preposition.split(" ")[0] not in VENUE_PREPOSITIONS or place.i in draft.content:
                continue
            if _is_venue(place):
                return self._words(place)
        return None

    def _words(self, noun: Token) -> str | None:
        start, end = syntax.noun_phrase(noun)
        spans = self.reading.spans(range(start, end))
        return spans[0].of(self.reading.text) if spans else None

    def said_on(self, draft: Draft, content: tuple[TextSpan, ...]) -> Interval | None:
        """The date that goes with the cue, else the day of publication."""
        start, end = self.reading.sentence(draft.verb.i)
        low, high = self.doc[start].idx, self.doc[end - 1].idx + len(self.doc[end - 1])
        place = draft.verb.idx
        first = bisect_left(self.dates, low, key=lambda d: d.span.start)
        last = bisect_left(self.dates, high, key=lambda d: d.span.start)
        near = [
            d
            for d in self.dates[first:last]
            if d.start is not None
            and not any(d.span.overlaps(c) for c in content)
            and self._goes_with(d, draft)
        ]
        if near:
            return min(near, key=lambda d: abs(d.span.start - place)).interval
        return self.published

    def _goes_with(self, day: DateExpression, draft: Draft) -> bool:
        token = char_span(self.doc.spacy, day.span)
        if token is None:
            return False
        if token.start - 1 == draft.verb.i:
            return True  # "said *on 9 March* that", wherever a parser hangs it
        node = self.doc[token.root.i]
        for _ in range(6):
            inside = node.i in draft.aside
            if node == draft.verb or (inside and _leaves(node, draft.aside)):
                return True
            if node.head == node or node.i in draft.content or self._is_beside(day, node, draft):
                return False
            node = node.head
        return False

    def _is_beside(self, day: DateExpression, node: Token, draft: Draft) -> bool:
        """The date is of something told besides: "the EU, *which grew* in May, said".

        Not of the occasion ("a speech *held* in May") or of what one does in saying it
        ("*speaking* in May, he said").
        """
        meanwhile = node.tag_ == "VBG" and self._is_not_ahead(day)
        if node.dep_ in syntax.ADNOMINAL_CLAUSE:
            noun = node.head
            itself = noun == draft.verb and noun.pos_ == "NOUN"
            relative = node.dep_ in syntax.RELATIVE_CLAUSE or any(
                c.tag_ in {"WDT", "WP"} for c in node.children
            )
            return not (itself or _is_occasion(noun) or (meanwhile and not relative))
        if node.dep_ in syntax.ADVERBIAL_CLAUSE:
            markers = {c.lower_ for c in node.children if c.dep_ in syntax.MARKER}
            return not (meanwhile or markers & MEANWHILE)
        if node.dep_ in syntax.NOUN_OBLIQUE and node.head.pos_ in {"NOUN", "PROPN"}:
            named = any(c.lower_ == "of" for c in node.children)
            return named and not _is_occasion(node.head)  # "asked about the raid *of 3 May*"
        return node.dep_ == "conj" and node.pos_ == "VERB"

    def _is_not_ahead(self, day: DateExpression) -> bool:
        last = None if self.published is None else self.published.end
        return last is None or day.start is None or day.start <= last


def _meant_by_what(noun: Token) -> Token:
    """The noun of a free relative: "what Lee called *Oss’s raids*", "… described as *a raid*"."""
    if noun.lower_ != "what":
        return noun
    verb = next((c for c in noun.children if c.dep_ in syntax.RELATIVE_CLAUSE), None)
    if verb is None:
        return noun
    named = syntax.object_of(verb) or syntax.open_complement(verb)
    return named or next((o.noun for o in syntax.obliques(verb) if o.preposition == "as"), noun)


def _referents(doc: Tokens) -> Referents | None:
    try:
        return Referents.of(doc.spacy, doc.text)
    except MissingAnnotation:
        return None


def _dates(doc: Doc) -> tuple[DateExpression, ...]:
    return read_layer(doc, DATES, "dates", DateExpression) if DATES in doc.spans else ()


def _is_venue(noun: Token) -> bool:
    """The noun names an occasion or form; "the Associated Press" is who reports."""
    press = noun.lemma_.lower() == "press" and noun.pos_ == "PROPN"
    return noun.lemma_.lower() in venues() and not press


def _leaves(node: Token, words: set[int]) -> bool:
    """It is the highest of some words in the tree."""
    return node.head == node or node.head.i not in words


def _is_occasion(noun: Token) -> bool:
    """Where or in what it was said: an occasion or a text."""
    return noun.lemma_.lower() in venues() | TEXTS


@functools.cache
def venues() -> frozenset[str]:
    """Nouns that name the event or form in which something is said."""
    return frozenset(row["noun"] for row in rows("venues.tsv"))
