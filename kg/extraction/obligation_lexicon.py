"""The words that make something an obligation, read from `kg/data/obligation_words.tsv`."""

from __future__ import annotations

import functools
from importlib import resources
from typing import NamedTuple, cast

from kg.records import DeonticForce


class Deontic(NamedTuple):
    """The force of a word, and its force under a negation; `None`: nobody is obliged then."""

    force: DeonticForce | None
    negated: DeonticForce | None

    def of(self, negative: bool) -> DeonticForce | None:
        """The force with or without a negation."""
        return self.negated if negative else self.force


@functools.cache
def deontic(kind: str) -> dict[str, Deontic]:
    """The words of one kind with their forces."""
    text = (resources.files("kg") / "data" / "obligation_words.tsv").read_text(encoding="utf-8")
    table: dict[str, Deontic] = {}
    for line in [line for line in text.splitlines() if not line.startswith("#")][1:]:
        frame, force, negated, listed = line.split("\t")
        if frame == kind:
            row = Deontic(
                cast(DeonticForce, force) if force else None,
                cast(DeonticForce, negated) if negated else None,
            )
            table.update(dict.fromkeys(listed.split(), row))
    return table


@functools.cache
def listed(kind: str) -> frozenset[str]:
    """The words of one kind that have no force."""
    return frozenset(deontic(kind))
