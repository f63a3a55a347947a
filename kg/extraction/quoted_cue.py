"""The statement of a quotation and the verb beside it: its cue, who speaks, who is spoken to."""

from __future__ import annotations

from kg.extraction.cues import CueEntry, finite_form, lexicon, phrase_entry, verb_entry, verb_group
from kg.extraction.drafts import Draft
from kg.extraction.edges import written_form
from kg.extraction.nouns import according
from kg.extraction.quoted_page import NOMINAL, QuotedPage
from kg.extraction.reading import Run
from kg.extraction.relays import relayed
from kg.extraction.source_words import noun_phrase
from kg.extraction.sources import source_head
from kg.extraction.tables import word_list
from kg.nlp import syntax
from kg.nlp.tokens import Token

PREMODIFIERS = frozenset(
    {"compound", "flat", "nmod:poss", "amod", "det", "nmod", "poss", "nn", "nmod:desc"}
)


def draft_of(
    page: QuotedPage, run: Run, verb: Token, frame: str, *, low: int, high: int
) -> Draft | None:
    """The statement of a quotation whose cue is a verb; its clause outside is `low <= i < high`."""
    content = set(range(run.start, run.end))
    if verb.lower_ == "according":
        draft = according(page.reading, verb)
        if draft is not None:
            draft.content = content
        return draft
    entry = verb_entry(verb) or finite_form(verb.lower_)
    phrase = phrase_entry(verb)
    cue = {i for i in verb_group(page.reading, verb) if not page.reading.quoted(i)}
    if phrase is not None and phrase[1].dep_ in syntax.PARTICLE and phrase[1].i < high:
        cue |= set(range(verb.i, phrase[1].i + 1))
        entry = phrase[0]
    relay = relayed(verb)
    head = relay.speaker if relay else _speaker(page, verb, low, high, near=frame == "followed")
    if relay and head is not None and page.reading.quoted(head.i):
        head = _beside(page, verb, low, high)
    source = noun_phrase(page.reading, head, barred=frozenset(cue)) if head is not None else set()
    source = {i for i in source if not page.reading.quoted(i)}
    cue |= {i for i in written_form(page.reading, verb, None) if i < high}
    entry = _idiom(page, verb, cue) or entry
    entry = entry or _unlisted(page, run, verb)
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
        relay.mark(page.reading, draft)
    draft.receiver = _receiver(page, verb)
    draft.aside = set(range(low, high))
    return draft


def _unlisted(page: QuotedPage, run: Run, verb: Token) -> CueEntry:
    """The entry of a verb that no lexicon has; the tree may tie the quotation to it."""
    spoken = syntax.REPORTED
    tied = any(c.dep_ in spoken and run.start <= c.i < run.end for c in verb.children) or (
        verb.dep_ in spoken and run.start <= verb.head.i < run.end
    )
    frames = frozenset({"quote"} if tied else ())
    return CueEntry(verb.lemma_.lower(), "say", "assert", {}, frames)


def _idiom(page: QuotedPage, verb: Token, cue: set[int]) -> CueEntry | None:
    """A verb whose "it" is what is said: "as Lee *put it*"."""
    found = None
    if verb.i + 1 < len(page.doc) and page.doc[verb.i + 1].lower_ == "it":
        found = lexicon().get(f"{verb.lemma_.lower()} it")
    if found is not None:
        cue.add(verb.i + 1)
    return found


def _speaker(page: QuotedPage, verb: Token, low: int, high: int, *, near: bool) -> Token | None:
    head = source_head(verb)
    if head is not None and not page.reading.quoted(head.i) and (low <= head.i < high or not near):
        return head
    if syntax.is_passive(verb):
        return None
    return _described(verb, low) or _beside(page, verb, low, high)


def _described(verb: Token, low: int) -> Token | None:
    """The noun of which the parser made the main verb a clause: "a man who came by *said*: “…”"."""
    noun = verb.head
    if verb.dep_ not in syntax.RELATIVE_CLAUSE or not low <= noun.i < verb.i:
        return None
    related = any(c.tag_ in {"WP", "WDT"} for c in verb.children)
    return noun if noun.pos_ in NOMINAL and not related else None


def _beside(page: QuotedPage, verb: Token, low: int, high: int) -> Token | None:
    """The noun next to the verb, where the tree gives it no subject: "said the minister"."""
    inside = range(low, high)
    for i in range(low, verb.i):
        token = page.doc[i]
        one = token.lower_ in {"other", "former", "latter", "second"} and i + 1 == verb.i
        if (token.pos_ in NOMINAL or one) and not page.reading.quoted(i):
            return _topmost(page, token, inside, verb)
    named = _named_behind(page, verb, low, high)
    if named is not None:
        return named
    told = verb.lemma_.lower() in word_list("telling")
    for i in range(verb.i + 1, min(high, verb.i + 4) if not told else 0):
        token = page.doc[i]
        if token.pos_ in NOMINAL and not page.reading.quoted(i):
            if token.lower_ in {"reporters", "me", "us", "him", "them", "journalists"}:
                return None
            return _topmost(page, token, inside, verb)
    return None


def _named_behind(page: QuotedPage, verb: Token, low: int, high: int) -> Token | None:
    """The name of one among several, behind a verb that opens the clause: "Said one of them, *Ann
    Lee*: “…”".
    """
    first = page.reading.after(verb.i)
    if verb.i != low or first is None or page.doc[first].lower_ not in word_list("one_of_several"):
        return None
    comma = next((i for i in range(first, high - 1) if page.reading.parts(i)), None)
    if comma is None:
        return page.doc[first]
    name = page.doc[comma + 1]
    return name if name.pos_ == "PROPN" else page.doc[first]


def _topmost(page: QuotedPage, noun: Token, inside: range, verb: Token) -> Token:
    while (
        noun.head.i in inside
        and noun.head != verb
        and (noun.head.pos_ in NOMINAL or (noun.head.pos_ == "NUM" and noun.head.text.isalpha()))
        and noun.head != noun
        and noun.dep_ in PREMODIFIERS
    ):
        noun = noun.head
    return noun


def _receiver(page: QuotedPage, verb: Token) -> Token | None:
    if verb.lemma_.lower() in word_list("receiving") and not syntax.is_passive(verb):
        for child in verb.children:
            if (
                child.dep_ in syntax.ANY_OBJECT
                and child.i > verb.i
                and not page.reading.quoted(child.i)
            ):
                return child
        return None
    for preposition, noun in syntax.obliques(verb):
        if (
            preposition == "to"
            and noun.i > verb.i
            and noun.pos_ in NOMINAL
            and not page.reading.quoted(noun.i)
        ):
            return noun
    return None
