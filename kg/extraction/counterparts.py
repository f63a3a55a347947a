"""Whom "her Chilean counterpart", "its counterpart in Lima" mean: who has the same office there."""

from __future__ import annotations

from kg.extraction import compose, held_offices, title_bearers
from kg.extraction.actor_lexicon import Head, heads
from kg.extraction.board import Step
from kg.extraction.cast import Draft
from kg.extraction.found import Found
from kg.extraction.gazetteer import View
from kg.extraction.units import POSSESSIVES, Unit

REACH = 3
"""Sentences; a counterpart of whom no office is told was named no further back."""
BODIES = frozenset({"government_body", "military"})


class Counterparts(Step):
    """The counterparts in one article that are left unnamed."""

    def referent(self, unit: Unit) -> Found | None:
        """Who has, in the state that the phrase tells, the office of whose counterpart it is."""
        own = self._whose(unit)
        state = self._state(unit)
        if own is None or own.country == state:
            return None
        if own.type in BODIES and state is not None:
            return self._body(unit, own, state)
        if own.type != "person":
            return None
        roles = [r.role for r in own.roles] or own.called
        for role in roles:
            found = self._person(unit, own, role, state)
            if found is not None:
                return Found(found, "who has the office in the other state", 0.8)
        if state is None or roles:
            return None
        last = self.context.latest(
            unit.head_first,
            lambda d: d.type == "person" and d.country == state and bool(d.roles or d.called),
            sentences=REACH,
        )
        return Found(last, "office-holder of the other state", 0.6) if last is not None else None

    def office_told(self, unit: Unit) -> bool:
        """The phrase tells a state, so that its office-holder may be spoken of without a name."""
        own, k = self._whose(unit), _possessor(self.view, unit)
        return unit.owner_kind == "state" and (
            k is None or (own is not None and own.type == "person")
        )

    def _whose(self, unit: Unit) -> Draft | None:
        """Who or what the possessive before the phrase takes up."""
        k = _possessor(self.view, unit)
        actor = None if k is None else self.context.actor_at(k)
        return None if actor is None else self.cast.actors[actor]

    def _state(self, unit: Unit) -> str | None:
        """The state that an adjective before the noun tells, or a place behind it."""
        if unit.owners:
            return self.cast.country_of(unit.owners[0]) if unit.owner_kind == "state" else None
        if self.view.lower[unit.head_last : unit.head_last + 1] not in (["in"], ["from"]):
            return None
        place = self.anchors.starting.get(unit.head_last + 1)
        return None if place is None else self.gazetteer.country(place.ids[0])

    def _person(self, unit: Unit, own: Draft, role: str, state: str | None) -> str | None:
        """Who was named with the office; else, if the state is told, who has it on the day."""
        if state is None:
            return self.context.latest(
                unit.head_first,
                lambda d: (
                    d.id != own.id
                    and d.country != own.country
                    and any(r.role == role for r in d.roles)
                ),
                sentences=REACH,
            )
        named = title_bearers.by_title(self.context, unit.head_first, role, state, None, state)
        if named is not None:
            return named if named != own.id else None
        holder = held_offices.office_holder(state, role, self.cast)
        return None if holder is None else self.cast.known(holder).id

    def _body(self, unit: Unit, own: Draft, state: str) -> Found | None:
        """ "The Greek ministry … Its Turkish counterpart": the same body of the other state."""
        head = _head_of(own)
        if head is None:
            return None
        unit.head, unit.title = head, None
        unit.owners, unit.owner_kind = (state,), "state"
        compose.identify(unit, self.cast, self.view)
        if not unit.ids:
            return None
        return Found(unit.ids[0], "same body of the other state", 0.75)


def possessive(view: View, unit: Unit) -> int | None:
    """The token of "his" that begins a phrase or stands before it."""
    return next((k for k in (unit.first, unit.first - 1) if view.lower[k] in POSSESSIVES), None)


def _possessor(view: View, unit: Unit) -> int | None:
    """The token of "his", or of the noun of "the *ministry's* Greek counterpart"."""
    k, own = unit.first - 1, possessive(view, unit)
    return k - 1 if own is None and k > 0 and view.lower[k] in ("'s", "’s", "'") else own


def _head_of(body: Draft) -> Head | None:
    """The noun by which a state's body is called, if each state has one of it."""
    suffix = body.id.removeprefix(f"{body.country}-")
    return next(
        (h for h in heads().entries.values() if h.sort == "body" and h.suffix == suffix), None
    )
