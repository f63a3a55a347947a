"""Titles: whose name goes with them, and what office they tell of whom."""

from __future__ import annotations

from kg.extraction import compose, units
from kg.extraction.actor_lexicon import Title, heads, titles, word_set
from kg.extraction.board import Step
from kg.extraction.units import Anchor, Unit
from kg.records import Role

LONGEST_TASK = 7
"""Words between a title and a name: "envoy for the Horn of Africa"."""


class Offices(Step):
    """The titles of one article and the roles that they show."""

    def read(self) -> None:
        """Find the titles and give those that go with a name to their bearers."""
        for unit in units.title_units(self.view, titles(), self.anchors, self.taken):
            assert unit.title is not None
            person = self._named_after(unit) or self._named_before(unit)
            self.units.append(unit)
            if person is None:
                continue
            unit.ids = (person,)
            self.give(unit, person)
        for anchor in list(self.anchors.ending.values()):
            if anchor.kind == "person":
                self._office_in_clause(anchor)

    def _named_after(self, unit: Unit) -> str | None:
        """Whose name follows the title: "spokesman Dmitry Peskov"."""
        k = unit.head_last
        view = self.view
        if k < len(view) and view.lower[k] == ",":
            return self._named_behind(unit)
        if k < len(view) and view.lower[k] in (".", "-"):
            k += 1
        while k < len(view) and titles().at(view.lower, k) and not self.taken[k]:
            k = (titles().at(view.lower, k) or (k + 1, None))[0]
        if k < len(view) and view.lower[k] in ("for", "to", "on"):
            k = self._behind_task(k)
        return self._person_at(k, unit) or self._named_behind(unit)

    def _behind_task(self, k: int) -> int:
        """Where a name begins behind what its bearer is sent for: "envoy for the Sahel Ivo Paz"."""
        view = self.view
        for i in range(k + 2, min(k + LONGEST_TASK, len(view))):
            if view.pos[i] in ("PUNCT", "VERB", "AUX") or not view.same_sentence(k, i):
                break
            anchor = self.anchors.starting.get(i)
            if anchor is not None and anchor.kind == "person":
                return i if titles().at(view.lower, i - 1) is None else k
        return k

    def _person_at(self, k: int, unit: Unit) -> str | None:
        anchor = self.anchors.starting.get(k)
        if anchor is None or anchor.kind != "person":
            return None
        return anchor.ids[0] if self.view.same_sentence(unit.head_first, k) else None

    def _named_behind(self, unit: Unit) -> str | None:
        """ "A spokesman for the Israeli military, Daniel Hagari, …": a name between commas."""
        view = self.view
        k = unit.last
        if k + 1 >= len(view) or view.lower[k] != ",":
            return None
        owned = unit.first != unit.head_first or view.lower[unit.first - 1] == "'s"
        if unit.determiner not in ("a", "an", "the") and not owned:
            return None
        rank = titles().at(view.lower, k + 1)
        while rank is not None and rank[0] < len(view) and rank[0] not in self.anchors.ending:
            k = rank[0] - 1
            rank = titles().at(view.lower, k + 1)
        anchor = self.anchors.starting.get(k + 1)
        if anchor is None or anchor.kind != "person" or anchor.last >= len(view):
            return None
        closed = view.lower[anchor.last] in (",", ".") or view.pos[anchor.last] == "VERB"
        return self._person_at(k + 1, unit) if closed else None

    def _named_before(self, unit: Unit) -> str | None:
        """Whose name stands before a comma and the title: "Edmon Marukyan, Armenian ambassador"."""
        k = unit.first - 1
        view = self.view
        if k >= 0 and view.lower[k] in ("a", "an", "the"):
            k -= 1
        if (k > 0 and view.lower[k] in ("as", "is", "was") and unit.owners) or (
            k > 0 and view.lower[k] in (",", "(", "–", "—")
        ):
            person = self.anchors.ending.get(k)
        else:
            return None
        if person is None or person.kind != "person" or not view.same_sentence(k, unit.first):
            return None
        return person.ids[0]

    def give(self, unit: Unit, person: str) -> None:
        """Note the office that a title tells of a person."""
        title = self.title(unit, person)
        if title is None:
            return
        if title.phrase == "deputy" and unit.owner_kind == "person":
            title = unit.title = title._replace(role="deputy", of="org")
        of = compose.office_of(unit, self.cast) or self._office_nearby(unit, person)
        draft = self.cast.actors[person]
        draft.gender = draft.gender or title.gender or None
        if title.role not in draft.called:
            draft.called.append(title.role)
        if of is None or (title.role in word_set("rank") and self._ranks_only(unit)):
            return
        former = any(m in compose.FORMER for m in unit.modifiers)
        if draft.country is None and not draft.known:
            draft.country = self.cast.country_of(of)
        if former:
            return
        span = self.board.span(unit.first, unit.last)
        words = self.board.words(unit.head_first, unit.head_last)
        self.cast.add_role(person, Role(title.role, of, self.cast.day, words, "text", span))

    def _ranks_only(self, unit: Unit) -> bool:
        """A rank is of a state's forces; "KFOR commander Major General" tells no state."""
        draft = self.cast.ensure(unit.owners[0]) if unit.owners else None
        return draft is None or draft.type not in compose.COUNTRY_TYPES

    def title(self, unit: Unit, person: str | None) -> Title | None:
        """The title of a phrase; a "counterpart" has the office of the person named last before."""
        title = unit.title
        if title is None or title.role != "counterpart":
            return title
        before = [
            self.cast.actors[item.actor]
            for item in sorted(self.board.resolved)
            if item.head < unit.head_first and item.actor != person
        ]
        for draft in reversed(before):
            if draft.type == "person" and (draft.roles or draft.called):
                role = draft.roles[0].role if draft.roles else draft.called[0]
                return title._replace(role=role)
        return None

    def _office_nearby(self, unit: Unit, person: str) -> str | None:
        """For whom a "spokesman" speaks if nothing says so: whom the sentence is about."""
        if unit.title is None or unit.title.role != "spokesperson" or unit.owners:
            return None
        if self.cast.actors[person].roles or any(m in heads().entries for m in unit.modifiers):
            return None
        here = self.view.sentence[unit.head_first]
        for anchor in self._in_sentence(here):
            for actor_id in anchor.ids:
                draft = self.cast.ensure(actor_id)
                if draft is not None and draft.type in compose.SPEAKING_BODIES:
                    return actor_id
        return None

    def _in_sentence(self, number: int) -> list[Anchor]:
        found = [
            a
            for a in self.anchors.starting.values()
            if self.view.sentence[a.first] == number
            and a.kind in ("org", "unit")
            and not self.view.quoted[a.first]
        ]
        return sorted(found, key=lambda a: a.first)

    def _office_in_clause(self, anchor: Anchor) -> None:
        """ "Khalifa Haftar, who commands the Libyan National Army": a role told by a verb."""
        view = self.view
        k = anchor.last
        if view.lower[k : k + 2] != [",", "who"] or not view.same_sentence(anchor.first, k + 1):
            return
        for i in range(k + 2, min(k + 5, len(view))):
            role = compose.ROLE_VERBS.get(view.lower[i])
            if role is None:
                continue
            j = i + 1
            while j < len(view) and view.lower[j] in ("the", "a", "an"):
                j += 1
            whose = self.anchors.starting.get(j)
            if whose is None or whose.kind in ("person", "place"):
                return
            draft = self.cast.actors[anchor.ids[0]]
            of = whose.ids[0]
            if self.cast.ensure(of) is None:
                return
            if draft.country is None:
                draft.country = self.cast.country_of(of)
            span = self.board.span(i, whose.last)
            words = self.board.words(i, whose.last)
            self.cast.add_role(anchor.ids[0], Role(role, of, self.cast.day, words, "text", span))
            return
