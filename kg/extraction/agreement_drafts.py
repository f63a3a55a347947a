"""A mention of an agreement and a word that governs it, in the making, in tokens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from kg.extraction.agreement_page import Dated, Page
from kg.extraction.agreement_slots import Part
from kg.records import Interval, TextSpan

Article = Literal["indefinite", "definite", "anaphor", "none", "no"]


MADE = frozenset({"sign", "agree", "adopt"})
"""Bases of cues that make an agreement."""


class Cue(NamedTuple):
    """A word that governs an agreement, by token, and what it claims by itself."""

    token: int
    start: int
    end: int
    base: str
    verb: bool
    lemma: str
    passive: bool = False


@dataclass(slots=True)
class Draft:
    """A mention in the making, in tokens; `start` to `end` are its words, `noun` to `noun_end` its
    head.

    `sure` is false for what counts only if it takes up an agreement told of before.
    """

    start: int
    end: int
    noun: int
    noun_end: int
    type: str
    plural: bool
    article: Article = "none"
    modifiers: tuple[str, ...] = ()
    many: str | None = None
    name: str | None = None
    topic: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    """Where it was made, as a name: "the Geneva truce"."""
    head: str = ""
    """Its noun in lower case."""
    proper: bool = False
    """Its own words are a name: "the Lagos Accord", "the Convention on Cluster Munitions"."""
    also: frozenset[str] = frozenset()
    """Their types."""
    bearers: frozenset[str] = frozenset()
    """The registry's instruments of that name."""
    known: tuple[Interval, ...] = ()
    """When the registry's bearers of the name were made."""
    noun_type: str | None = None
    """What a registered name says by itself, without the registry."""
    sure: bool = True
    pronoun: bool = False
    silent: bool = False
    """No words stand for it: "Both delegations have signed"."""
    part: bool = False
    """It is a part that speaks for the agreement: "its third chapter"."""
    owned: bool = False
    """It is another agreement's or somebody's: "its protocol"."""
    stranger: bool = False
    """Its other side is a pronoun for nobody known: "a truce with it"."""
    lead: int | None = None
    """Where the phrase of the noun that a compound modifies starts: "a six-point ceasefire
    plan".
    """
    parts: list[Part] = field(default_factory=list)
    dates: list[Dated] = field(default_factory=list)

    @property
    def negated(self) -> bool:
        """ "no agreement"."""
        return self.article == "no"


def span_of(page: Page, draft: Draft) -> TextSpan:
    """The characters of a mention."""
    return page.chars(draft.start, draft.end)
