"""Persons called by nationality alone: "the Slovak said", "she thanked the Italian"."""

from __future__ import annotations

from collections.abc import Callable

from kg.extraction.actor_lexicon import word_set
from kg.extraction.board import Board, Step
from kg.extraction.cast import Draft
from kg.extraction.found import Found
from kg.extraction.gazetteer import Hit, View
from kg.extraction.governing import governing_subject
from kg.nlp import syntax

REACH = 3
"""Sentences; a nationality alone takes up nobody named further back."""
MANY = ("s", "ese", "ish", "ch")
"""Ends of demonyms that alone mean a whole people or its state: "the Chinese", "the French"."""
ALONE = (
    syntax.SUBJECT
    | syntax.OBJECT
    | syntax.INDIRECT_OBJECT
    | syntax.POSSESSOR
    | syntax.CONJUNCT
    | syntax.APPOSITION
    | {"obl", "obl:agent", "pobj"}
)
"""Relations of a noun; an adjective hangs on its noun by others."""


def one_person(view: View, hit: Hit) -> bool:
    """A demonym of singular form stands alone, as a noun: "the *German* said", "a *Dane*"."""
    k, last = hit.first - 1, hit.last - 1
    if k < 0 or view.titled(last) or not hit.whole or view.lower[last].endswith(MANY):
        return False
    if view.lower[k] not in ("the", "a", "an", "another") or not view.same_sentence(k, last):
        return False
    if view.lower[last] in word_set("national_noun") and view.lower[hit.last :][:1] != ["-"]:
        return True
    behind = view.pos[hit.last] if view.same_sentence(last, hit.last) else ""
    if behind in ("NOUN", "PROPN", "ADJ", "NUM") or view.lower[hit.last : hit.last + 1] == ["-"]:
        return False
    if behind == "DET":
        return True  # "called the Russian a liar"
    token = view.doc[last]
    return token.dep_ in ALONE and any(c.i == k for c in syntax.children(token, syntax.DETERMINER))


class Nationals(Step):
    """The persons whom one article calls by their nationality alone."""

    def __init__(self, board: Board) -> None:
        super().__init__(board)
        self.countries: dict[int, str] = {}
        """The country of such words, by their last token."""
        for hit in board.nationals:
            self.countries[hit.last - 1] = board.entry(hit.senses[0]).id

    def resolve(self, token: int) -> None:
        """Understand the nationality at a token: of one named before, or who is told to have it."""
        first = next(h.first for h in self.board.nationals if h.last - 1 == token)
        country = self.countries[token]
        if self.view.lower[first - 1] != "the":
            self._tell(token, country)
            return
        found = self._referent(first, country)
        if found is None:
            return
        self.board.mention(
            first, token + 1, found.actor, found.kind, found.rule, found.confidence, head=token
        )
        self.context.note(token, found.actor, name=False, tokens=range(first, token + 1))

    def _tell(self, token: int, country: str) -> None:
        """ "Ivo Berg, a Dane, …": the country of who is named just before."""
        noun = self.view.doc[token]
        if noun.dep_ not in syntax.APPOSITION:
            return
        named = self.context.named.get(noun.head.i)
        draft = self.cast.actors[named] if named is not None else None
        if draft is not None and draft.type == "person" and draft.country is None:
            draft.country = country

    def _referent(self, first: int, country: str) -> Found | None:
        """The last person of the country; else the only one of whom no country is told."""
        own = self._last(first, lambda d: d.country == country)
        if own:
            return Found(own[0], "nationality of one named before", 0.8)
        others = self._last(first, self._stateless)
        if len(set(others)) != 1:
            return None
        self.cast.actors[others[0]].country = country
        return Found(others[0], "nationality of the only one without", 0.65)

    def _stateless(self, draft: Draft) -> bool:
        unnamed = draft.id.startswith(("holder-", "one-"))
        return draft.country is None and not (draft.known or unnamed)

    def _last(self, first: int, fits: Callable[[Draft], bool]) -> list[str]:
        """The fitting persons of the nearest sentence that names any, nearest first."""
        view, found, where = self.view, list[str](), -1
        doer = governing_subject(view, first)
        for seen in self.context.before(first, sentences=REACH):
            draft = self.context.draft(seen.actor)
            if draft.type != "person" or not fits(draft) or seen.token == doer:
                continue
            if view.quoted[seen.token] and not view.quoted[first]:
                continue
            if found and seen.sentence != where:
                break
            where = seen.sentence
            found.append(seen.actor)
        return found
