"""States of one name: "the North" of two Koreas that the text names, and "the two Koreas"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extraction.gazetteer import Hit, View
from kg.resolve.gazetteer import Gazetteer, Sense

PARTS = frozenset({"north", "south", "east", "west"})
COUNTED = frozenset({"two", "both"})


def parts(view: View, found: Iterable[Hit], gazetteer: Gazetteer) -> list[Hit]:
    """The short forms ("the South") of states whose twin is named in the text as well."""
    covered = {i for hit in found for i in range(hit.first, hit.last)}
    named = sorted({hit.senses[0].entry for hit in found})
    states = [i for i in named if gazetteer.entries[i].type == "state"]
    by_part: dict[str, list[str]] = {}
    for state in states:
        cut = gazetteer.entries[state].name.split()
        twins = [o for o in states if o != state and _last(gazetteer, o) == cut[-1]]
        if len(cut) == 2 and cut[0].lower() in PARTS and twins:
            by_part.setdefault(cut[0].lower(), []).append(state)
    return [
        Hit(view.start[i], view.end[i], i, i + 1, (Sense(state, "name", view.words[i]),), True)
        for i, word in enumerate(view.lower if by_part else ())
        for state in by_part.get(word, ())
        if len(by_part[word]) == 1 and i not in covered and _alone(view, i)
    ]


def _alone(view: View, i: int) -> bool:
    """A capitalised word with an article, or in a headline, that begins no longer name."""
    if not view.capital(i) or not (view.titled(i) or view.lower[i - 1 : i] == ["the"]):
        return False
    goes_on = i + 1 < len(view) and (view.capital(i + 1) or view.lower[i + 1] == "-")
    return not goes_on or view.titled(i)


def pairs(view: View, gazetteer: Gazetteer) -> Iterator[tuple[int, tuple[str, str]]]:
    """The tokens that name two states at once, as "Koreas" of "the two Koreas"."""
    for i in range(1, len(view)):
        if view.lower[i - 1] in COUNTED and view.capital(i) and view.lower[i].endswith("s"):
            stem = view.words[i][:-1]
            states = sorted(
                e.id
                for e in gazetteer.entries.values()
                if e.type == "state" and e.name.split()[-1] == stem
            )
            if len(states) == 2:
                yield i, (states[0], states[1])


def _last(gazetteer: Gazetteer, state: str) -> str:
    return gazetteer.entries[state].name.split()[-1]
