"""Whom a title without a name means: "the ambassador", "Kremlin spokesman", "a minister"."""

from __future__ import annotations

from kg.extraction import compose, held_offices, title_bearers
from kg.extraction.actor_lexicon import Title, word_set
from kg.extraction.board import Board, Step
from kg.extraction.cast import Draft
from kg.extraction.counterparts import Counterparts
from kg.extraction.found import Found
from kg.extraction.offices import Offices
from kg.extraction.units import Unit
from kg.records import Role

CHIEFS = frozenset({"head", "secretary", "chair", "director", "commander", "chief"})
"""Roles of those who lead a body, by which it may call them its chief."""
POSTS = {
    "secretary-general": frozenset({"secretary-general"}),
    "high representative": frozenset({"high representative", "foreign policy chief"}),
    "high commissioner": frozenset({"high commissioner"}),
    "director": frozenset({"director", "head"}),
}
"""Titles of which a text names one holder without telling whose, with the roles they stand for."""


class Officeholders(Step):
    """The office-holders whom one article leaves unnamed where it speaks of them."""

    def __init__(self, board: Board, offices: Offices) -> None:
        super().__init__(board)
        self.offices = offices
        self.counterparts = Counterparts(board)

    def referent(self, unit: Unit) -> Found | None:
        """Who a phrase headed by a title is, if the text or the gazetteer tells."""
        if unit.title is not None and unit.title.role == "counterpart":
            found = self.counterparts.referent(unit)
            if found is not None or not self.counterparts.office_told(unit):
                return found
        title = self.offices.title(unit, None)
        if title is None:
            return None
        unit.title = title
        view = self.view
        of = held_offices.office_of(unit, self.cast)
        country = None
        if of is not None and title.of == "state":
            country = self.cast.country_of(of)
            country = None if held_offices.of_a_region(self.cast.actors.get(of)) else country
        if any(m in held_offices.FORMER for m in unit.modifiers):
            return self._former(unit, title, country)
        if self._stands_in(unit):
            return None
        definite = unit.determiner in ("the", "this", "that") or of is not None
        headline = view.titled(unit.head_first) and unit.determiner == ""
        headline = headline and word_set("title_modifiers").issuperset(unit.modifiers)
        if unit.determiner in ("a", "an", "one", "another", "some", "any"):
            person = None
            definite = of is not None
        elif definite or headline:
            person = title_bearers.by_title(
                self.context, unit.head_first, title.role, of, title.gender or None, country
            )
        else:
            return None
        if person is not None and of is None and title.of == "state":
            return self._of_speakers_state(unit, person)
        if person is not None:
            return Found(person, "title → person", 0.85)
        if definite and of is None:
            of = self._organization_of(unit, title)
        if definite and country is not None and unit.determiner == "the":
            person = title_bearers.stateless(
                self.context, unit.head_first, title.role, title.gender or None
            )
            if person is not None:
                self.cast.actors[person].country = country
                return Found(person, "nationality and title of one named before", 0.65)
        if of is None or not (definite or headline):
            return None
        led = self._chief_of(unit, title, of)
        return led or self._office_holder(unit, of)

    def _former(self, unit: Unit, title: Title, country: str | None) -> Found | None:
        """ "The former Danish premier": who was called so, or the one person named of that state
        that is not said to have the office.
        """
        if unit.determiner != "the" or country is None:
            return None
        told = {
            s.actor: self.cast.actors[s.actor]
            for s in self.context.before(unit.head_first)
            if self.cast.actors[s.actor].country == country and s.name
        }
        people = [
            d for d in told.values() if d.type == "person" and all(r.of != country for r in d.roles)
        ]
        called = [d for d in people if title.role in d.called] or people
        if len(called) != 1:
            return None
        return Found(called[0].id, "who had the office of that state", 0.6)

    def _chief_of(self, unit: Unit, title: Title, of: str) -> Found | None:
        """ "The Danish security chief": who leads or speaks for its body of that name."""
        word, _, chief = title.role.rpartition(" ")
        if chief != "chief" or not word:
            return None

        def leads(draft: Draft) -> bool:
            bodies = (self.cast.ensure(r.of) for r in draft.roles if r.role in CHIEFS)
            return draft.country == of and any(
                b is not None and word in b.name.lower().split() for b in bodies
            )

        found = self.context.latest(unit.head_first, leads)
        return None if found is None else Found(found, "who leads the body", 0.7)

    def _stands_in(self, unit: Unit) -> bool:
        """ "His deputy": who stands in for somebody, no lawmaker."""
        owner = self.cast.actors.get(unit.owners[0]) if unit.owners else None
        person = owner is not None and owner.type == "person"
        return person and unit.title is not None and unit.title.phrase == "deputy"

    def _organization_of(self, unit: Unit, title: Title) -> str | None:
        """Whose "the Secretary-General" is, if not said: the organisation that the text names.

        Of several the one that is known to have the office, of these the one named last before.
        """
        posts = POSTS.get(title.role)
        if posts is None or (title.role == "director" and title.phrase == "director"):
            return None
        named = [i for i in sorted(self.board.listed) if self._is_union(i)]
        have = {o.of for o in self.gazetteer.offices if o.role in posts}
        known = have.intersection(named) | have.intersection(map(self._part_of, named))
        if len(known) > 1:
            return self.context.latest(unit.head_first, lambda d: d.id in known)
        whole = [i for i in named if self._part_of(i) is None]
        found = known or (set(whole) if len(whole) == 1 else set())
        return self.cast.known(found.pop()).id if found else None

    def _is_union(self, entry_id: str) -> bool:
        return self.gazetteer.entries[entry_id].type == "international_organization"

    def _part_of(self, entry_id: str) -> str | None:
        return self.gazetteer.entries[entry_id].part_of

    def _of_speakers_state(self, unit: Unit, person: str) -> Found | None:
        """ "The Kremlin said the president …": the speaker's, not whoever was told of last."""
        found = Found(person, "title → person", 0.85)
        title = unit.title
        country = self._speakers_country(unit)
        if title is None or country is None or self.cast.actors[person].country in (None, country):
            return found
        own = title_bearers.by_title(
            self.context, unit.head_first, title.role, None, title.gender or None, country
        )
        holder = own or held_offices.office_holder(country, title.role, self.cast)
        if holder is None:
            return None
        self.cast.ensure(holder)
        return Found(holder, "title in the state of who speaks", 0.7)

    def _speakers_country(self, unit: Unit) -> str | None:
        """The country of the spokesperson or body that says what a phrase is part of."""
        view = self.view
        for seen in self.context.before(unit.head_first, sentences=0):
            verb = view.doc[seen.token].head
            if not seen.subject or verb.lower_ not in word_set("speech"):
                continue
            draft = self.cast.actors[seen.actor]
            speaks = draft.type == "government_body" or any(
                r.role in ("spokesperson", "adviser", "national security adviser")
                for r in draft.roles
            )
            return draft.country if speaks else None
        return None

    def _office_holder(self, unit: Unit, of: str) -> Found | None:
        title = unit.title
        assert title is not None
        if any(m in held_offices.FORMER for m in unit.modifiers):
            return None
        indefinite = unit.determiner in ("a", "an", "one", "another", "some")
        if not indefinite:
            roles = (title.role, *sorted(POSTS.get(title.role, ())))
            held = (held_offices.office_holder(of, role, self.cast) for role in roles)
            holder = next((h for h in held if h is not None), None)
            if holder is not None:
                self.cast.known(holder)
                return Found(holder, "role → holder on the date", 0.8)
        draft = compose.unnamed(title, of, self.cast, one_of_many=indefinite)
        draft.gender = draft.gender or title.gender or None
        if not draft.roles:
            words = self.board.words(unit.head_first, unit.head_last)
            span = self.board.span(unit.first, unit.last)
            draft.roles.append(Role(title.role, of, self.cast.day, words, "text", span))
        return Found(draft.id, "title without a name", 0.8)
