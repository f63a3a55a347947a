"""Titles: whose name goes with them, and what office they tell of whom."""

from __future__ import annotations

from typing import NamedTuple

from kg.extraction import head_nouns, held_offices, units
from kg.extraction.actor_lexicon import Title, heads, kinds_of_role, titles, word_set
from kg.extraction.board import STATE_TYPES, Board, Step
from kg.extraction.cast import Draft
from kg.extraction.name_words import title_ends_at
from kg.extraction.units import Anchor, Unit
from kg.records import Role

LONGEST_TASK = 7
"""Words between a title and a name: "envoy for the Horn of Africa"."""
LONGEST_RELATIVE = 9
"""Words of a clause between a title and a name: "the general who leads the junta, X"."""
LONGEST_OFFICE = 6
"""Words before a name in apposition: "Kenya's former president Uhuru Kenyatta"."""
COMPLEMENTS = frozenset({"to", "for", "of", "in", "at", "on", "with", "from"})
LONGEST_TIME = 3
"""Words that tell since when somebody is something."""
PAST = frozenset({"until", "once", "formerly", "previously"})
TIMES = PAST | {"since", "now", "currently", "then"}
INSIDE_OFFICE = frozenset({"NOUN", "PROPN", "ADJ", "DET", "NUM", "PART"})
"""What a noun phrase consists of before its head."""


class Told(NamedTuple):
    """A role that a clause tells of a person: the token of its verb."""

    verb: int
    role: str
    person: str


class Offices(Step):
    """The titles of one article and the roles that they show."""

    def __init__(self, board: Board) -> None:
        super().__init__(board)
        self.told: dict[int, Told] = {}
        """Roles at whom a phrase means that is yet to be understood, by its first token."""

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
                self._at_home(anchor)

    def _at_home(self, anchor: Anchor) -> None:
        """ "Spain's Ana Paz", "Spaniard Ana Paz": the country of who comes without an office."""
        draft, k = self.cast.actors[anchor.ids[0]], anchor.first
        k -= self.view.lower[k - 1] in ("'s", "'")
        state = self.anchors.ending.get(k)
        if state is None or state.kind != "state" or len(state.ids) > 1:
            return
        if draft.country is None and self.view.same_sentence(state.first, anchor.first):
            draft.country = self.gazetteer.country(state.ids[0])

    def _named_after(self, unit: Unit) -> str | None:
        """Whose name follows the title: "spokesman Dmitry Peskov"."""
        k = unit.head_last
        view = self.view
        if k < len(view) and view.lower[k] == ",":
            return self._named_behind(unit)
        if k < len(view) and view.lower[k] in (".", "-"):
            k += 1
        k = self._behind_second(unit, k)
        while k < len(view) and titles().at(view.lower, k) and not self.taken[k]:
            k = (titles().at(view.lower, k) or (k + 1, None))[0]
        if k < len(view) and view.lower[k] in ("for", "to", "on"):
            k = self._behind_task(k)
        if k == unit.head_last < unit.last:
            k = unit.last  # "Minister of Finance of the Republic of Peru Ada Vidal"
        return self._person_at(k, unit) or self._named_behind(unit)

    def _behind_second(self, unit: Unit, k: int) -> int:
        """Where the second of two titles of one person begins: "spokesman and envoy Ivo Paz"."""
        view = self.view
        if view.lower[k : k + 1] != ["and"] or unit.determiner or not view.same_sentence(k, k + 1):
            return k
        second = titles().at(view.lower, k + 1)
        if second is None or view.capital(k + 1) != view.capital(unit.head_first):
            return k
        anchor = self.anchors.starting.get(second[0])
        return k + 1 if anchor is not None and anchor.kind == "person" else k

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
        owned = unit.first != unit.head_first or view.lower[unit.first - 1] in ("'s", "'")
        if unit.determiner not in ("a", "an", "the") and not owned:
            return None
        comma = self._comma_behind(unit)
        if comma is None or self._tells_whose(unit):
            return None
        anchor = self._apposed(comma + 1)
        if anchor is None or anchor.last >= len(view):
            return None
        if anchor.first > comma + 1 and view.lower[anchor.last + 1 : anchor.last + 2] == ["and"]:
            return None  # one of several: "the mayor, Colonel Paz, and …"
        end = anchor.last
        place = self.anchors.starting.get(end + 1) if view.lower[end] == "of" else None
        end = place.last if place is not None else end  # "his deputy, Ana Paz of Chile, left"
        closed = view.lower[end : end + 1] in ([","], ["."], [";"], [")"], ["–"], ["—"])
        if not closed and view.pos[end] not in ("VERB", "AUX"):
            return None
        return self._person_at(anchor.first, unit)

    def _tells_whose(self, unit: Unit) -> bool:
        """The title only tells whose somebody is, whom the name behind it means.

        "The brother of the president, X", "an adviser to the king, X".
        """
        view, k = self.view, unit.first - 1
        k -= view.lower[k] in ("the", "a", "an")
        if k < 1 or view.lower[k] not in ("of", "to", "for") or not view.same_sentence(k - 1, k):
            return False
        kin = word_set("elder_kin") | word_set("younger_kin") | word_set("kin")
        if view.lower[k - 1] not in kin and not title_ends_at(view, titles(), k):
            return False
        while k and view.same_sentence(k - 1, k) and view.pos[k - 1] != "PUNCT":
            k -= 1
        return view.lower[k - 1 : k] != [","]  # "X, a son of the founder, Y"

    def _comma_behind(self, unit: Unit) -> int | None:
        """The comma that ends a title with what its holder is sent for or does.

        "The ambassador to Peru, X", "the general who leads the junta, X".
        """
        view, k = self.view, unit.last
        word = view.lower[k] if k < len(view) else ""
        relative = word == "who" and unit.determiner != "a"
        if not relative and word not in COMPLEMENTS:
            return k if word == "," else None
        if word == "of" and unit.first != unit.head_first:
            return None  # "the bank's head of its legal department"
        for i in range(k + 1, min(k + (LONGEST_RELATIVE if relative else LONGEST_TASK), len(view))):
            if not view.same_sentence(k, i):
                return None
            if view.lower[i] == ",":
                return i
            finite = view.pos[i] in ("VERB", "AUX") and not relative
            if finite or (view.pos[i] == "PUNCT" and view.lower[i] not in ("-", "–")):
                return None
        return None

    def _apposed(self, k: int) -> Anchor | None:
        """The person named in the phrase that begins at token `k`, alone or behind a title."""
        view, i = self.view, k
        while i < min(k + LONGEST_OFFICE, len(view)) and view.same_sentence(k, i):
            anchor = self.anchors.starting.get(i)
            if anchor is not None and anchor.kind == "person":
                return anchor
            rank = titles().at(view.lower, i)
            if rank is not None:
                i = rank[0] + (view.lower[rank[0] : rank[0] + 1] == ["."])
                continue
            if not self._in_office(i):
                return None
            i += 1
        return None

    def _in_office(self, i: int) -> bool:
        return self.view.pos[i] in INSIDE_OFFICE or self.view.lower[i] in ("-", "–")

    def _named_before(self, unit: Unit) -> str | None:
        """Whose name stands before a comma and the title: "Edmon Marukyan, Armenian ambassador"."""
        view = self.view
        if view.lower[unit.last : unit.last + 1] in (["'s"], ["'"]):
            return None  # "X, the secretary-general's envoy" is no secretary-general
        k = self._before_possessor(unit.first - 1)
        if k >= 0 and view.lower[k] in ("a", "an", "the"):
            k -= 1
        k = self._before_relative(self._before_time(self._before_first(k)))
        if (k > 0 and view.lower[k] in ("as", "is", "was") and unit.owners) or (
            k > 0 and view.lower[k] in (",", "(", "–", "—")
        ):
            person = self.anchors.ending.get(k)
        else:
            return None
        if person is None or person.kind != "person" or not view.same_sentence(k, unit.first):
            return None
        return person.ids[0]

    def _before_first(self, k: int) -> int:
        """The comma before the first of two titles: "Ivo Paz, envoy and *head of the mission*"."""
        view = self.view
        if k < 2 or view.lower[k] != "and":
            return k
        for first in range(k - 1, max(k - LONGEST_OFFICE, 0), -1):
            title = titles().at(view.lower, first)
            comma = first - 1 - (view.lower[first - 1] in ("the", "a", "an"))
            if title is not None and title[0] == k and view.lower[comma] == ",":
                return comma
        return k

    def _before_time(self, k: int) -> int:
        """The token before words that tell since or until when: "X, until Tuesday the mayor"."""
        for i in range(k, max(k - LONGEST_TIME, 0), -1):
            if self.view.lower[i] in TIMES and self.view.lower[i - 1] == ",":
                return i - 1
        return k

    def _before_relative(self, k: int) -> int:
        """The comma behind a name, where "who is (now)" stands before a title at the end."""
        view = self.view
        i = k - (view.lower[k] in ("now", "currently", "also"))
        if i < 2 or view.lower[i] != "is" or view.lower[i - 1] != "who":
            return k
        for j in range(i - 2, max(i - 2 - LONGEST_OFFICE, 0), -1):
            if view.lower[j] == "," and j in self.anchors.ending:
                return j
            if not self._in_office(j):
                return k
        return k

    def _before_possessor(self, k: int) -> int:
        """The token before whose office it is, if that is yet to be understood: "the bloc's"."""
        if k < 0 or self.view.lower[k] not in ("'s", "'"):
            return k
        i = k - 1
        while i >= 0 and k - i < LONGEST_OFFICE and self._in_office(i):
            i -= 1
        return i

    def give(self, unit: Unit, person: str) -> None:
        """Note the office that a title tells of a person."""
        title = self.title(unit, person)
        if title is None:
            return
        of = None
        if title.phrase == "deputy" and self._of_person(unit):
            title, of = self._deputy(unit, title)
            unit.title = title
        of = of or held_offices.office_of(unit, self.cast) or self._office_nearby(unit, person)
        if unit.title is not None and unit.title.role == "counterpart" and self._of_person(unit):
            of = None  # "her counterpart" has her office elsewhere
        draft = self.cast.actors[person]
        self._unlearn(draft, title)
        draft.gender = draft.gender or title.gender or None
        if title.phrase == "foreign secretary" and of in word_set("civil_secretary_state"):
            title = title._replace(role="foreign secretary")  # no minister there
        if title.role not in draft.called:
            draft.called.append(title.role)
        if of is None or (title.role in word_set("rank") and self._ranks_only(unit)):
            return
        if title.role == "head" and any(r.of == of for r in draft.roles):
            return  # "UN chief", of the secretary-general
        forces = self.cast.actors.get(of)
        state = forces.part_of if forces is not None and forces.type == "military" else None
        if title.phrase == "chief" and state is not None and of == f"{state}-ARMED-FORCES":
            title, of = title._replace(role="army chief"), state
        former = any(m in held_offices.FORMER for m in unit.modifiers) or self._is_former(unit)
        if draft.country is None and not draft.known:
            draft.country = self.cast.country_of(of)
        if former:
            return
        span = self.board.span(unit.first, unit.last)
        words = self.board.words(unit.head_first, unit.head_last)
        self.cast.add_role(person, Role(title.role, of, self.cast.day, words, "text", span))

    def _deputy(self, unit: Unit, title: Title) -> tuple[Title, str | None]:
        """ "The chair's deputy": the deputy chair of what the chair presides over."""
        office = next(iter(self.cast.actors[unit.owners[0]].roles), None)
        if office is None:
            return title._replace(role="deputy", of="org"), None
        return title._replace(role=f"deputy {office.role}", of="org"), office.of

    def _of_person(self, unit: Unit) -> bool:
        owner = self.cast.actors.get(unit.owners[0]) if unit.owners else None
        return owner is not None and owner.type == "person"

    def _unlearn(self, draft: Draft, title: Title) -> None:
        """On an unknown day, the office that the text tells decides over the one last listed."""
        listed = [r for r in draft.roles if r.basis == "gazetteer"]
        public = title.of == "state" and title.role in word_set("public_roles")
        if self.cast.day is not None or not public or not listed:
            return
        if title.role in kinds_of_role() or any(r.role == title.role for r in listed):
            return
        draft.roles = [r for r in draft.roles if r not in listed]

    def _is_former(self, unit: Unit) -> bool:
        """ "The prime minister toppled last year", "until Tuesday the army's commander"."""
        view = self.view
        behind = view.lower[unit.last : unit.last + 1]
        before = view.lower[max(0, unit.first - LONGEST_OFFICE) : unit.first]
        return bool(word_set("ousted").intersection(behind) or PAST.intersection(before))

    def _ranks_only(self, unit: Unit) -> bool:
        """A rank is of a state's forces; "KFOR commander Major General" tells no state."""
        draft = self.cast.ensure(unit.owners[0]) if unit.owners else None
        return draft is None or draft.type not in head_nouns.COUNTRY_TYPES

    def own(self, unit: Unit, actor: str) -> None:
        """Tell a phrase whose it is, now that this is known."""
        unit.owners, unit.owner_kind = (actor,), "org"
        if self.cast.actors[actor].type in STATE_TYPES:
            unit.owner_kind = "state"
        if unit.title is not None and unit.ids:
            self.give(unit, unit.ids[0])

    def title(self, unit: Unit, person: str | None) -> Title | None:
        """The title of a phrase; a "counterpart" has the office of the person named last before."""
        title = unit.title
        if title is None or title.role != "counterpart":
            return title
        if self._unnamed_before(unit):
            return None
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

    def _unnamed_before(self, unit: Unit) -> bool:
        """ "The director called his counterpart": whose it is comes by office only, in a body."""
        title = next(
            (
                u
                for u in reversed(self.units)
                if u.title is not None and u is not unit and u.head_first < unit.head_first
            ),
            None,
        )
        if title is None or title.title is None or title.ids or title.title.of != "org":
            return False
        return self.view.same_sentence(title.head_first, unit.head_first)

    def _office_nearby(self, unit: Unit, person: str) -> str | None:
        """For whom a "spokesman" speaks if nothing says so: whom the sentence is about."""
        if unit.title is None or unit.title.role != "spokesperson":
            return None
        if unit.owners or unit.pronoun is not None:
            return None
        if self.view.lower[unit.head_last : unit.head_last + 1] in (["for"], ["of"]):
            return None  # behind it stands for whom
        if self.cast.actors[person].roles or any(m in heads().entries for m in unit.modifiers):
            return None
        here = self.view.sentence[unit.head_first]
        for anchor in self._in_sentence(here):
            for actor_id in anchor.ids:
                draft = self.cast.ensure(actor_id)
                if draft is not None and draft.type in held_offices.SPEAKING_BODIES:
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
        k = self._clause_about(anchor)
        if k is None:
            return
        for i in range(k + 2, min(k + 5, len(view))):
            role = held_offices.ROLE_VERBS.get(view.lower[i])
            j = i + 1
            if view.lower[i : i + 2] == ["speaks", "for"]:
                role, j = "spokesperson", i + 2
            if role is None:
                continue
            while j < len(view) and view.lower[j] in ("the", "a", "an"):
                j += 1
            told = Told(i, role, anchor.ids[0])
            whose = self.anchors.starting.get(j)
            if whose is None:
                self.told[j] = told
            elif view.pos[whose.last : whose.last + 1] == ["NOUN"]:
                return  # "heads the Lima chamber of commerce"
            elif whose.kind not in ("person", "place"):
                self._told(told, whose.ids[0], whose.last)
            return

    def _clause_about(self, anchor: Anchor) -> int | None:
        """The token before the "who" of a clause about a person: "X, the banker who leads Y"."""
        view, k = self.view, anchor.last
        if view.lower[k : k + 1] != [","]:
            return None
        for i in range(k + 1, min(k + 1 + LONGEST_OFFICE, len(view))):
            if not view.same_sentence(k, i):
                return None
            if view.lower[i] == "who":
                return i - 1
            if view.pos[i] not in INSIDE_OFFICE or i in self.anchors.starting:
                return None
        return None

    def told_of(self, unit: Unit, actor: str) -> None:
        """Note the role that a clause tells at the actor whom a phrase turned out to mean."""
        told = self.told.pop(unit.first, None)
        if told is not None:
            self._told(told, actor, unit.last)

    def _told(self, told: Told, of: str, last: int) -> None:
        draft = self.cast.actors[told.person]
        if self.cast.ensure(of) is None:
            return
        if draft.country is None:
            draft.country = self.cast.country_of(of)
        span, words = self.board.span(told.verb, last), self.board.words(told.verb, last)
        role = Role(told.role, of, self.cast.day, words, "text", span)
        self.cast.add_role(told.person, role)
