"""Nominal phrases that say whose they are: found, understood, and noted as mentions."""

from __future__ import annotations

from kg.extract import compose, units
from kg.extract.actor_lexicon import heads, titles
from kg.extract.board import Step
from kg.extract.units import Anchor, Unit
from kg.records import MentionKind

FIRST_SORTS = frozenset({"body", "ministry", "self", "armed", "population", "contingent", "alias"})
LATER_SORTS = frozenset({"command", "representatives", "persons"})
"""What may belong to a phrase of the first sorts: "the command of the Russian peacekeepers"."""


class Nominals(Step):
    """The nominal phrases of one article."""

    def read(self) -> None:
        """Find the phrases and decide on those that say whose they are."""
        for sorts in (FIRST_SORTS, LATER_SORTS):
            for unit in units.head_units(
                self.view, heads(), self.anchors, self.taken, sorts, titles()
            ):
                self._settle(unit)
            if sorts is FIRST_SORTS:
                self._inhabitants()

    def _settle(self, unit: Unit) -> None:
        """Decide who a phrase is, if it says whose; else keep it for later."""
        self.units.append(unit)
        if not unit.owners or (unit.head and unit.head.sort == "alias"):
            return
        compose.identify(unit, self.cast, self.view)
        if unit.ids:
            self._unit_found(unit, "composed: whose and what", 0.95)

    def _unit_found(self, unit: Unit, rule: str, confidence: float) -> None:
        kind: MentionKind = "name" if compose.is_name(unit, self.view) else "nominal"
        for i in range(unit.first, unit.head_first):
            if unit.ethnic:
                self.board.ethnic.add(i)
        if unit.head is not None:
            self.board.called[unit.head.phrase] = unit.ids[0]
        self.board.mention(
            unit.first, unit.last, unit.ids[0], kind, rule, confidence, head=self.board.head(unit)
        )
        anchor_kind: units.Kind = "unit"
        if unit.head and unit.head.sort == "self":
            anchor_kind = "state"
        self.anchors.put(Anchor(unit.first, unit.last, unit.ids, anchor_kind))
        self.board.take(unit.head_first, unit.head_last)

    def _inhabitants(self) -> None:
        """ "The Palestinians", "the Armenians of Karabakh": a population."""
        for anchor in [a for a in self.anchors.starting.values() if a.kind == "people"]:
            unit = Unit(anchor.first, anchor.last, anchor.first, anchor.last)
            unit.head = compose.PEOPLE
            unit.owners, unit.owner_kind = anchor.ids, "state"
            right = units.owner_right(self.view, self.anchors, anchor.last, compose.PEOPLE, None)
            if right is not None:
                unit.place, unit.last = right.ids[0], right.edge
            compose.identify(unit, self.cast, self.view)
            if unit.ids:
                self.units.append(unit)
                self._unit_found(unit, "inhabitants", 0.9)
