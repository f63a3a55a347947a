"""Nominal phrases that say whose they are: found, understood, and noted as mentions."""

from __future__ import annotations

from kg.extraction import compose, head_nouns, units
from kg.extraction.actor_lexicon import heads, titles, word_set
from kg.extraction.board import Step
from kg.extraction.units import Anchor, Unit
from kg.records import MentionKind
from kg.resolve import names

FIRST_SORTS = (
    frozenset({"office"})
    | frozenset({"body", "ministry", "self", "armed", "population", "contingent", "alias"})
    | {"mission"}
)
LATER_SORTS = frozenset({"command", "representatives", "persons"})
"""What may belong to a phrase of the first sorts: "the command of the Russian peacekeepers"."""


SINGLE_MISSIONS = frozenset({"peacekeeping mission", "peacekeeping force"})


class Nominals(Step):
    """The nominal phrases of one article."""

    def read(self) -> None:
        """Find the phrases and decide on those that say whose they are."""
        covered: set[int] = set()
        for sorts in (FIRST_SORTS, LATER_SORTS):
            for unit in units.head_units(
                self.view, heads(), self.anchors, self.taken, sorts, titles()
            ):
                if unit.head_first not in covered:  # "House of Representatives"
                    covered.update(range(unit.head_first, unit.head_last))
                    self._settle(unit)
            if sorts is FIRST_SORTS:
                self._inhabitants()

    def _settle(self, unit: Unit) -> None:
        """Decide who a phrase is, if it says whose; else keep it for later."""
        self.units.append(unit)
        if not unit.owners or unit.head is None or unit.head.sort == "office":
            return
        if unit.head.sort == "mission" or unit.head.phrase in SINGLE_MISSIONS:
            self._name_mission(unit)
            self._send_mission(unit)
        self._itself(unit)
        if unit.head.sort == "alias" and not unit.ids:
            self._own_council(unit)
        if unit.head.sort == "alias" and not unit.ids:
            return
        if not unit.ids:
            compose.identify(unit, self.cast, self.view)
        if unit.ids:
            self._unit_found(unit, "composed: whose and what", 0.95)

    def _itself(self, unit: Unit) -> None:
        """A name with the general word for it: "the Islamic Jihad group", "the KFOR mission"."""
        assert unit.head is not None
        if len(unit.owners) > 1 or self.view.lower[unit.head_first - 1] in ("'s", "'"):
            return
        owner = self.cast.ensure(unit.owners[0])
        types = head_nouns.alias_types(unit.head)
        beside = unit.first < unit.head_first and not unit.modifiers
        if beside and owner is not None and owner.type in types:
            unit.ids = unit.owners

    def _own_council(self, unit: Unit) -> None:
        """ "Haiti's transitional presidential council": a body of the state, called as it is."""
        assert unit.head is not None
        owner = self.cast.ensure(unit.owners[0])
        if unit.head.phrase not in word_set("state_body") or len(unit.owners) > 1:
            return
        if unit.first in self.anchors.ending:
            return  # "the U.N. Palestinian refugee agency"
        telling = [m for m in unit.modifiers if m not in word_set("other_modifier")]
        if (
            owner is None
            or owner.type != "state"
            or len(telling) < 1
            or not all(m.isalpha() for m in unit.modifiers)
        ):
            return
        words = " ".join((*unit.modifiers, unit.head.phrase))
        name = f"{words.capitalize()} of {owner.name}"
        body = self.cast.actor(
            f"{owner.id}-{names.slug(words).upper()}",
            name,
            "government_body",
            country=owner.country,
            part_of=owner.id,
        )
        unit.ids = (body.id,)

    def _name_mission(self, unit: Unit) -> None:
        """The one mission of the organisation that the article names: "the UN mission"."""
        named = [
            i
            for i in sorted(self.board.listed)
            if self.gazetteer.entries[i].type == "peacekeepers"
            and self.gazetteer.entries[i].part_of in unit.owners
        ]
        if len(named) == 1:
            unit.ids = (self.cast.known(named[0]).id,)

    def _send_mission(self, unit: Unit) -> None:
        """ "Iran's mission to the UN", there also "the Iranian mission": its diplomats there."""
        assert unit.head is not None
        owner = self.cast.ensure(unit.owners[0])
        if unit.head.phrase != "mission" or owner is None or owner.type != "state":
            return
        view, k = self.view, unit.last
        k += 1 + (view.lower[k + 1 : k + 2] == ["the"]) if view.lower[k : k + 1] == ["to"] else 0
        where = self.anchors.starting.get(k) if k > unit.last else None
        if where is not None and where.ids == ("UN",):
            unit.last = where.last
        elif k > unit.last or not self._at_united_nations() or view.pos[k : k + 1] == ["ADP"]:
            return
        unit.head = head_nouns.UN_MISSION

    def _at_united_nations(self) -> bool:
        return any(
            i == "UN" or self.gazetteer.entries[i].part_of == "UN" for i in self.board.listed
        )

    def _unit_found(self, unit: Unit, rule: str, confidence: float) -> None:
        kind: MentionKind = "name" if head_nouns.is_name(unit, self.view) else "nominal"
        for i in range(unit.first, unit.head_first):
            if unit.ethnic:
                self.board.ethnic.add(i)
        if unit.head is not None:
            uses = self.board.called.setdefault(unit.head.phrase, [])
            uses.append((unit.head_first, unit.ids[0]))
        self.board.mention(
            unit.first, unit.last, unit.ids[0], kind, rule, confidence, head=self.board.head(unit)
        )
        anchor_kind: units.Kind = "unit"
        if unit.head and unit.head.sort == "self":
            anchor_kind = "state"
        self.anchors.put(Anchor(unit.first, unit.last, unit.ids, anchor_kind))
        self.board.take(unit.head_first, unit.head_last)

    def _abroad(self, unit: Unit, where: units.Owner) -> bool:
        """ "Three Poles in Jordan", "Syrians in Turkey": nationals of their own state, not there.

        A people of a region is of it ("the Armenians in Karabakh"), unless some are counted.
        """
        view = self.view
        if view.lower[unit.last] not in ("in", "from") or view.lower[unit.first - 1] in (
            "ethnic",
            "local",
        ):
            return False
        if self.gazetteer.country(where.ids[0]) in (None, *unit.owners):
            return False
        entry = self.gazetteer.entries.get(where.ids[0])
        state = entry is not None and entry.type == "state"
        return state or view.tag[unit.first - 1] == "CD"

    def _inhabitants(self) -> None:
        """ "The Palestinians", "the Armenians of Karabakh": a population."""
        for anchor in [a for a in self.anchors.starting.values() if a.kind == "people"]:
            unit = Unit(anchor.first, anchor.last, anchor.first, anchor.last)
            unit.head = head_nouns.PEOPLE
            unit.owners, unit.owner_kind = anchor.ids, "state"
            right = units.owner_right(self.view, self.anchors, anchor.last, head_nouns.PEOPLE, None)
            if right is not None and not self._abroad(unit, right):
                unit.place, unit.last = right.ids[0], right.edge
            compose.identify(unit, self.cast, self.view)
            if unit.ids:
                self.units.append(unit)
                self._unit_found(unit, "inhabitants", 0.9)
