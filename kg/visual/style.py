"""How types of actors and relations look: colour, shape and dash, from `style.json`."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

OTHER = "other"
"""The look of actor types that the table does not know."""


@dataclass(frozen=True, slots=True)
class ActorStyle:
    """The look of one actor type; `path` is SVG path data in a box of about -1 to 1."""

    id: str
    label: str
    plural: str
    path: str
    hollow: bool
    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class RelationStyle:
    """The look of one relation; `dash` are lengths in pixels of stroke and gap, none is solid."""

    id: str
    label: str
    light: str
    dark: str
    dash: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Styles:
    """All looks, in the order of the legend."""

    actors: Mapping[str, ActorStyle]
    relations: Mapping[str, RelationStyle]
    fallback: RelationStyle

    def actor(self, kind: str) -> ActorStyle:
        """The look of an actor type; `OTHER` for a type that is not in the table."""
        return self.actors.get(kind) or self.actors[OTHER]

    def relation(self, name: str) -> RelationStyle:
        """The look of a relation; one that is not in the table is named by its own words."""
        known = self.relations.get(name)
        if known:
            return known
        f = self.fallback
        return RelationStyle(
            name, name.replace("-", " ") or "is linked to", f.light, f.dark, f.dash
        )

    def actor_order(self, kind: str) -> tuple[int, str]:
        """Sort key that gives the order of the legend."""
        return _order(self.actors, kind)

    def relation_order(self, name: str) -> tuple[int, str]:
        """Sort key that gives the order of the legend; unknown relations last, by name."""
        return _order(self.relations, name)


@functools.cache
def styles() -> Styles:
    """The looks of `style.json`."""
    table = json.loads(resources.files(__package__).joinpath("style.json").read_text("utf-8"))
    shapes: dict[str, str] = table["shapes"]
    actors = [
        ActorStyle(
            id=row["id"],
            label=row["label"],
            plural=row["plural"],
            path=shapes[row["shape"]],
            hollow=row.get("hollow", False),
            light=row["light"],
            dark=row["dark"],
        )
        for row in table["actors"]
    ]
    relations = [_relation(row["id"], row["label"], row) for row in table["relations"]]
    return Styles(
        actors={a.id: a for a in actors},
        relations={r.id: r for r in relations},
        fallback=_relation("", "", table["other_relation"]),
    )


def _relation(name: str, label: str, row: Mapping[str, object]) -> RelationStyle:
    dash = row["dash"]
    assert isinstance(dash, list)
    return RelationStyle(name, label, str(row["light"]), str(row["dark"]), tuple(map(int, dash)))


def _order(table: Mapping[str, object], name: str) -> tuple[int, str]:
    places = {key: i for i, key in enumerate(table)}
    return places.get(name, len(places)), name
