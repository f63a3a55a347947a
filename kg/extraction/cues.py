"""The words that introduce what somebody says: a lexicon with counted evidence, and how a cue is
read.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from kg.extraction.feelings import force_words
from kg.extraction.reading import Reading
from kg.extraction.tables import rows, word_list
from kg.nlp import syntax
from kg.nlp.tokens import Token, Tokens

Frame = Literal["clause", "quote", "infinitive", "object", "oblique"]
"""What stands for the content: a finite clause, a quotation, "to" and a verb, a noun, "about" and
a noun.
"""

FRAMES: tuple[Frame, ...] = ("clause", "quote", "infinitive", "object", "oblique")
PRIOR = 4.0
"""Weight, in sightings, of what is believed of a frame before it was counted."""

LISTED = 0.8
"""What is believed of a frame that the lexicon lists."""

USUAL: dict[str, float] = {
    "clause": 0.83,
    "quote": 0.95,
    "infinitive": 0.6,
    "object": 0.53,
    "oblique": 0.6,
}
"""How often all cues together were right in a frame."""

USUAL_WEIGHT = 3.0
"""Weight, in sightings, of the usual rate in what is believed of a frame that is not listed."""

LOWEST = 0.3
"""Rate below which a frame is not looked at."""


@dataclass(frozen=True, slots=True)
class CueEntry:
    """A word or phrase of the lexicon: its kind, its force, and how often it was a cue in each
    frame.
    """

    words: str
    kind: Literal["say", "think", "noun"]
    force: str
    counts: dict[str, tuple[int, int]]
    frames: frozenset[str]
    """Frames that are taken whatever the counts say."""

    known_rates: dict[str, float] = field(default_factory=dict, compare=False, repr=False)
    """Rates that were worked out before."""

    def rate(self, frame: str) -> float:
        """How often the word in this frame is a cue with the content that the frame gives it.

        Smoothed by its rate over all frames; a frame that the lexicon lists starts high.
        """
        if frame not in self.known_rates:
            self.known_rates[frame] = self._rate(frame)
        return self.known_rates[frame]

    def _rate(self, frame: str) -> float:
        hits, total = self.counts.get(frame, (0, 0))
        all_hits = sum(h for h, _ in self.counts.values())
        all_total = sum(t for _, t in self.counts.values())
        usual = USUAL_WEIGHT * USUAL.get(frame, USUAL["oblique"])
        own = (all_hits + usual) / (all_total + USUAL_WEIGHT)
        prior = LISTED if frame in self.frames else own
        return (hits + PRIOR * prior) / (total + PRIOR)

    def takes(self, frame: str) -> bool:
        """The frame is listed, or makes the word a cue often enough to be looked at."""
        return frame in self.frames or self.rate(frame) >= LOWEST


@functools.cache
def lexicon() -> dict[str, CueEntry]:
    """All cues by their words: lemma, lemma and preposition ("call on"), or noun."""
    entries = [_entry(row) for row in rows("cues.tsv")]
    return {_key(e.words, noun=e.kind == "noun"): e for e in entries}


def _key(words: str, *, noun: bool = False) -> str:
    return f"{words} (noun)" if noun else words


def _entry(row: dict[str, str]) -> CueEntry:
    counts = {}
    for frame in FRAMES:
        if row[frame]:
            hits, total = row[frame].split("/")
            counts[frame] = (int(hits), int(total))
    kind = row["kind"]
    if kind not in {"say", "think", "noun"}:
        raise ValueError(f'cues.tsv: "{row["cue"]}" has an unknown kind "{kind}"')
    return CueEntry(row["cue"], kind, row["force"], counts, frozenset(row["frames"].split()))  # type: ignore[arg-type]


def possible_cues(doc: Tokens) -> list[int]:
    """The tokens that by lemma or form can begin a cue, in reading order."""
    wanted = _first_words()
    return [t.i for t in doc if t.lemma_ in wanted or t.lower_ in wanted]


@functools.cache
def _first_words() -> frozenset[str]:
    """First words of the lexicon, their finite forms, and the words for feelings."""
    first = {words.split(" ")[0] for words in lexicon()} | {"according"}
    first |= set(_finite_forms()) | {w for w, _ in force_words()}
    return frozenset(form for word in first for form in (word, word.upper(), word.capitalize()))


def noun_entry(token: Token) -> CueEntry | None:
    """The lexicon's entry of a noun."""
    return lexicon().get(_key(token.lemma_.lower(), noun=True))


def verb_entry(token: Token) -> CueEntry | None:
    """The lexicon's entry of a verb without its particle or preposition, by its lemma, else by
    its form.
    """
    found = lexicon().get(token.lemma_.lower())
    if found is None and token.tag_ in {"VBZ", "VBD", "VBN"}:
        found = finite_form(token.lower_)
    return found


def phrase_entry(verb: Token) -> tuple[CueEntry, Token] | None:
    """The entry of a verb with the particle, adverb or preposition after it, and that word."""
    lemma = verb.lemma_.lower()
    doc = verb.doc
    for k in range(verb.i + 1, min(verb.i + 5, len(doc))):
        word = doc[k]
        if word.pos_ in {"ADP", "ADV", "PART", "SCONJ"}:
            entry = lexicon().get(f"{lemma} {word.lower_}")
            if entry is not None:
                return entry, word
        if word.is_punct or word.pos_ in {"VERB", "AUX", "CCONJ", "NOUN", "PROPN"}:
            return None
    return None


def verb_group(reading: Reading, verb: Token) -> set[int]:
    """A verb with the auxiliaries, negations, adverbs and particles that touch it.

    A verb that carries another ("went on to say", "declined to comment") belongs to the cue.
    """
    ids = {verb.i}
    head = verb
    carried = verb.dep_ in syntax.OPEN_COMPLEMENT or (
        verb.dep_ in syntax.ADVERBIAL_CLAUSE and verb.head.lemma_.lower() in word_list("goes_on")
    )
    if carried and verb.head.i < verb.i and verb.head.pos_ == "VERB":
        between = range(verb.head.i, verb.i)
        if all(_light(reading.doc[k]) or k == verb.head.i for k in between) and len(between) <= 4:
            ids.update(between)
            head = verb.head
    i = head.i - 1
    while i >= 0 and reading.doc[i].head in (head, verb) and _in_group(reading.doc[i]):
        ids.add(i)
        i -= 1
    i = verb.i + 1
    while (
        i < len(reading.doc) and reading.doc[i].head == verb and _follows_in_group(reading.doc[i])
    ):
        ids.add(i)
        i += 1
    while ids and reading.doc[min(ids)].lower_ == "to" and min(ids) != verb.i:
        ids.discard(min(ids))
    return ids


def _light(token: Token) -> bool:
    return token.pos_ in {"PART", "ADV", "ADP", "AUX"}


def _in_group(token: Token) -> bool:
    return token.dep_ in syntax.AUXILIARY | syntax.NEGATION or (
        token.dep_ in syntax.ADVERB | {"mark"}
        and token.pos_ in {"ADV", "PART"}
        and token.lower_ not in word_list("not_a_manner")
    )


def _follows_in_group(token: Token) -> bool:
    return token.dep_ in syntax.PARTICLE | syntax.NEGATION or (
        token.lower_ == "back" and token.dep_ in syntax.ADVERB
    )


IRREGULAR = {
    "said": "say",
    "told": "tell",
    "saw": "see",
    "wrote": "write",
    "spoke": "speak",
    "thought": "think",
    "knew": "know",
    "swore": "swear",
    "admitted": "admit",
    "quipped": "quip",
    "bragged": "brag",
    "slammed": "slam",
    "ripped": "rip",
    "read": "read",
}
"""Past tenses that are not made with -ed alone."""


def finite_form(word: str) -> CueEntry | None:
    """The entry of the verb that a lower-case word is the present or past tense of."""
    lemma = _finite_forms().get(word)
    return lexicon().get(lemma) if lemma is not None else None


@functools.cache
def _finite_forms() -> dict[str, str]:
    forms: dict[str, str] = {}
    for entry in lexicon().values():
        if entry.kind == "noun" or " " in entry.words:
            continue
        for form in _inflected(entry.words):
            forms.setdefault(form, entry.words)
    return {**forms, **{k: v for k, v in IRREGULAR.items() if v in lexicon()}}


def _inflected(verb: str) -> Iterator[str]:
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        yield verb + "es"
    elif verb.endswith("y") and verb[-2] not in "aeiou":
        yield verb[:-1] + "ies"
        yield verb[:-1] + "ied"
    else:
        yield verb + "s"
    yield verb + ("d" if verb.endswith("e") else "ed")
