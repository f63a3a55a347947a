"""Persons told of by office only, who are named shortly after."""

from __future__ import annotations

from kg.extraction.actor_lexicon import word_set
from kg.extraction.board import Resolved, Step
from kg.extraction.cast import Draft
from kg.extraction.name_words import kin_word

HOLDER_REACH = 2
"""Sentences; whom a text calls by office first, it names shortly after."""


class Introductions(Step):
    """Who in one article turns out to be whom it called by office."""

    def introduce(self, named: Resolved) -> None:
        """Give a person just named what was told of somebody by office before."""
        draft = self.cast.actors[named.actor]
        if draft.type != "person" or not named.name:
            return
        if draft.mentions and min(draft.mentions).start < self.view.start[named.first]:
            return
        if draft.country is None and (kin := kin_word(self.view, named.first)) is not None:
            draft.country = self._of_kin(kin)
        if draft.roles:
            self._meet_holder(named, draft)
        elif not (draft.known or draft.country or draft.called or self._explained(named.last)):
            self._take_office(named, draft)

    def _of_kin(self, kin: int) -> str | None:
        """ "His wife, Ana Paz": the country of whose kin somebody is."""
        view, k = self.view, kin - 1
        while k > 0 and view.pos[k] == "ADJ":
            k -= 1
        owner = self.context.actor_at(k - (view.lower[k] in ("'s", "'")))
        draft = self.cast.actors[owner] if owner is not None else None
        return draft.country if draft is not None and draft.type == "person" else None

    def _take_office(self, named: Resolved, draft: Draft) -> None:
        """ "A spokesman for Lima denied it. 'Never,' Ivo Paz said.": the name is the spokesman's.

        So if the name comes without office or country, speaks, and stands at once behind.
        """
        view, here = self.view, self.view.sentence[named.head]
        beside = (
            *view.lower[named.last : named.last + 1],
            *view.lower[named.first - 1 : named.first],
        )
        if not word_set("speech").intersection(beside):
            return
        for seen in self.context.before(named.head, sentences=HOLDER_REACH):
            other = self.cast.actors[seen.actor]
            if other.type != "person" or seen.sentence == here or not seen.subject:
                continue
            role = other.roles[0].role if other.roles else ""
            spokesman = other.id.startswith("one-") and role == "spokesperson"
            holder = other.id.startswith("holder-") and role not in word_set("held_by_many")
            if spokesman or holder:
                draft.roles.append(other.roles[0])
                draft.country = other.country
                draft.gender = draft.gender or other.gender
            if holder:
                self.board.merge(other.id, draft.id)
            return

    def _meet_holder(self, named: Resolved, draft: Draft) -> None:
        """ "The French foreign minister … Ada Vidal, the foreign minister": told of, then named."""
        for seen in self.context.before(named.head, sentences=HOLDER_REACH):
            other = self.cast.actors[seen.actor]
            if other.type != "person" or not other.id.startswith("holder-"):
                continue
            office = other.roles[0] if other.roles else None
            if office is None or office.role in word_set("held_by_many"):
                continue
            held = {(r.role, r.of) for r in draft.roles if r.basis == "text"}
            if (office.role, office.of) in held and not self.view.titled(seen.token):
                self.board.merge(other.id, draft.id)
                return

    def _explained(self, end: int) -> bool:
        """Behind a name stands who it is: "Halima Adam, a teacher", "Ivo Paz, 42"."""
        after = self.view.lower[end : end + 2]
        told = {"a", "an", "the", "who", "whose"}
        return after[:1] == [","] and (after[1:] == [] or after[1] in told or after[1].isdigit())
