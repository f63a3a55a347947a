"""Whose the office of a named person is, where the text leaves it to the reader."""

from __future__ import annotations

from kg.extraction import held_offices
from kg.extraction.actor_lexicon import word_set
from kg.extraction.board import STATE_TYPES, Board, Step
from kg.extraction.cast import Draft, PlaceDraft
from kg.extraction.governing import governing_subject
from kg.extraction.offices import Offices
from kg.extraction.topic import country_here
from kg.extraction.units import Unit
from kg.nlp import syntax

BESIDE_NAME = frozenset({"nmod:desc", "flat", "compound", "appos"})
"""By what a title hangs on a name."""
MET = 2
"""Sentences; whom a text calls by office first, it names shortly after."""
GOVERNING = frozenset({"state", "parliament", "org"})
OURS = frozenset({"we", "us"})


class Homes(Step):
    """The countries of one article's office-holders."""

    def __init__(self, board: Board, offices: Offices) -> None:
        super().__init__(board)
        self.offices = offices

    def settle(self, unit: Unit) -> None:
        """Give "President Petro" the country that the text is about just there."""
        assert unit.title is not None
        draft = self.cast.actors[unit.ids[0]]
        if unit.owners or self._owned(unit):
            return
        if unit.title.of == "state" and draft.known and not draft.roles and draft.country:
            if unit.title.role in word_set("public_roles") and self.cast.ensure(draft.country):
                unit.owners, unit.owner_kind = (draft.country,), "state"
                self.offices.give(unit, draft.id)
            return
        if draft.country is not None or draft.known or unit.title.of not in GOVERNING:
            return
        if self._met_before(unit, draft):
            return
        fighters = word_set("armed_modifier").intersection(
            (*unit.modifiers, *unit.title.phrase.split())
        )
        if fighters:
            led = self.context.latest(unit.head_first, lambda d: d.type == "armed_group")
            if led is not None:
                self.offices.own(unit, led)
            return
        if unit.title.role not in word_set("public_roles") or self.view.quoted[unit.head_first]:
            return
        if word_set("unrecognised").intersection(unit.modifiers):
            self._of_unrecognised(unit)
            return
        country = country_here(
            self.board,
            unit.head_first,
            places=unit.title.role in held_offices.LOCAL_ROLES,
            without=self._visitors(unit) | self._spoken_of(unit),
        )
        if country is None:
            return
        draft.country = country
        unit.owners, unit.owner_kind = (country,), "state"
        if unit.title.of in ("state", "parliament"):
            self.cast.known(country)
            self.offices.give(unit, draft.id)

    def _met_before(self, unit: Unit, draft: Draft) -> bool:
        """ "Paz met the Danish ambassador. She told ambassador Ib Lund …": now with the name."""
        assert unit.title is not None
        role = unit.title.role
        if role in word_set("held_by_many") or self.view.quoted[unit.head_first]:
            return False
        holder = self.context.latest(
            unit.head_first,
            lambda d: d.id.startswith("holder-") and any(r.role == role for r in d.roles),
            sentences=MET,
        )
        if holder is None:
            return False
        of = next(r.of for r in self.cast.actors[holder].roles if r.role == role)
        self.offices.own(unit, of)
        self.board.merge(holder, draft.id)
        return True

    def _of_unrecognised(self, unit: Unit) -> None:
        """ "The self-styled president": of the state without recognition told of just there."""
        here = self.board.span(unit.first, unit.last)
        drafts: tuple[PlaceDraft | Draft, ...] = (
            *self.cast.places.values(),
            *self.cast.actors.values(),
        )
        for draft in drafts:
            entry = self.gazetteer.entries.get(draft.id)
            if entry is None or entry.type != "de_facto_state":
                continue
            starts = {m.start for m in draft.mentions if m.start < here.start}
            first = self.view.doc[unit.first].sent.start
            if any(s >= self.view.start[first] for s in starts):
                self.cast.known(entry.id)
                self.offices.own(unit, entry.id)
                return

    def _visitors(self, unit: Unit) -> frozenset[str]:
        """Whose officials meet the holder of a title: "the envoy spoke with President Paz"."""
        named = self.view.doc[unit.head_first]
        while named.dep_ in BESIDE_NAME:
            named = named.head
        met = syntax.governor_by_preposition(named)
        if met is None or met[0] != "with":
            return frozenset()
        subject = governing_subject(self.view, unit.head_first)
        actor = None if subject is None else self.context.actor_at(subject)
        country = None if actor is None else self.cast.country_of(actor)
        return frozenset() if country is None else frozenset({country})

    def _spoken_of(self, unit: Unit) -> frozenset[str]:
        """The states that a speaker sets against "us": '"Lima ignores us," Minister Paz said'."""
        view, sentence = self.view, self.view.doc[unit.head_first].sent
        own = {i for i in range(sentence.start, sentence.end) if view.quoted[i]}
        if OURS.isdisjoint(view.lower[i] for i in own):
            return frozenset()
        named = (self.context.named.get(i) for i in sorted(own))
        return frozenset(
            n for n in named if n is not None and self.cast.actors[n].type in STATE_TYPES
        )

    def _owned(self, unit: Unit) -> bool:
        """Before the title stands whose it is, understood or not: "the bloc's commissioner".

        Of whatever is in a state, its lawmakers and officers are the state's.
        """
        assert unit.title is not None
        if self.view.lower[unit.first - 1 : unit.first] not in (["'s"], ["'"]):
            return False
        waiting = any(
            u.last == unit.first - 1 and u.head is not None and u.head.sort != "self"
            for u in self.units
        )
        return waiting or held_offices.governs(unit.title)
