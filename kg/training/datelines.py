"""Puts datelines before the first sentence of documents: treebanks hold few, agencies one each."""

from __future__ import annotations

import random
from typing import NamedTuple

from kg.nlp.pieces import GLUED, LINE_BREAK, SPACED
from kg.training.samples import Sample, Syntax, join

PLACES = (
    *("Moscow", "Kyiv", "Yerevan", "Baku", "Tbilisi", "Ankara", "Tehran", "Beirut", "Cairo"),
    *("Nairobi", "Khartoum", "Addis Ababa", "Kinshasa", "Abuja", "Dakar", "Pretoria", "Algiers"),
    *("Geneva", "Brussels", "Paris", "Berlin", "Warsaw", "Belgrade", "Sarajevo", "Washington"),
    *("New York", "Bogota", "Caracas", "Port-au-Prince", "Brasilia", "Islamabad", "New Delhi"),
    *("Kabul", "Dhaka", "Yangon", "Bangkok", "Manila", "Seoul", "Tokyo", "Beijing", "Jerusalem"),
    *("Gaza City", "Ramallah", "Damascus", "Baghdad", "Riyadh", "Sanaa", "The Hague", "Vienna"),
)
AGENCIES = (
    *("AP", "Reuters", "AFP", "TASS", "Sputnik", "Interfax", "Xinhua", "Anadolu", "dpa", "EFE"),
    *("ANSA", "Kyodo", "Yonhap", "PTI", "UPI", "IRNA", "WAFA", "Ukrinform", "Armenpress"),
)
MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.")
DASHES = ("–", "—", "-", "--")
SHARE = 0.12


class Token(NamedTuple):
    """A word of a dateline with its analysis; `head` counts from the dateline's first word."""

    word: str
    before: int
    upos: str
    xpos: str
    dep: str
    head: int
    entity: str | None


def with_dateline(sample: Sample, rng: random.Random) -> Sample:
    """The sample, or in 12 of 100 cases the sample after a dateline, which is a sentence of its
    own.
    """
    if rng.random() >= SHARE or not sample.words or not sample.words[0][:1].isupper():
        return sample
    tokens = dateline(rng)
    morph = {"PROPN": "Number=Sing", "NUM": "NumForm=Digit|NumType=Card"}
    prefix = Sample(
        tuple(t.word for t in tokens),
        tuple(t.before for t in tokens),
        None
        if sample.syntax is None
        else Syntax(
            upos=tuple(t.upos for t in tokens),
            xpos=tuple(t.xpos for t in tokens),
            morph=tuple(morph.get(t.upos, "") for t in tokens),
            heads=tuple(t.head for t in tokens),
            dep=tuple(t.dep for t in tokens),
            starts=tuple(i == 0 for i in range(len(tokens))),
        ),
        None if sample.entities is None else tuple(t.entity for t in tokens),
    )
    return join([prefix, sample], [LINE_BREAK, SPACED])


def dateline(rng: random.Random) -> list[Token]:
    """A place, often an agency, sometimes a day, and a dash."""
    place = rng.choice(PLACES)
    if rng.random() < 0.6:
        place = place.upper()
    tokens = [
        Token(
            word,
            SPACED if i else LINE_BREAK,
            "PROPN",
            "NNP",
            "flat" if i else "ROOT",
            0,
            "I-GPE" if i else "B-GPE",
        )
        for i, word in enumerate(place.split())
    ]

    def add(word: str, before: int, upos: str, xpos: str, dep: str, head: int, tag: str) -> None:
        tokens.append(Token(word, before, upos, xpos, dep, head, tag))

    if rng.random() < 0.4:
        add(",", GLUED, "PUNCT", ",", "punct", len(tokens) + 1, "O")
        month = len(tokens)
        add(rng.choice(MONTHS), SPACED, "PROPN", "NNP", "nmod:unmarked", 0, "B-DATE")
        add(str(rng.randint(1, 31)), SPACED, "NUM", "CD", "nummod", month, "I-DATE")
    if rng.random() < 0.7:
        slash = rng.random() < 0.2
        bracket = len(tokens)
        if not slash:
            add("(", SPACED, "PUNCT", "-LRB-", "punct", bracket + 1, "O")
        else:
            add("/", SPACED, "PUNCT", ",", "punct", bracket + 1, "O")
        add(rng.choice(AGENCIES), GLUED, "PROPN", "NNP", "parataxis", 0, "B-ORG")
        closing = ("/", ",") if slash else (")", "-RRB-")
        add(closing[0], GLUED, "PUNCT", closing[1], "punct", bracket + 1, "O")
    add(rng.choice(DASHES), SPACED, "PUNCT", ":", "punct", 0, "O")
    return tokens
