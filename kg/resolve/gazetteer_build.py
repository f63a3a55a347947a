"""Makes `kg/data/gazetteer/states.ttl` from the countries file and the corrections beside it.

    python -m kg.resolve.gazetteer_build COUNTRIES.ttl

The countries file joins datasets/country-codes (PDDL), the World Factbook (public domain) and CLDR
(Unicode v3). `states.tsv` corrects it: set, add or drop a property of a state.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, cast

import pyoxigraph

from kg.resolve.gazetteer import KG, SKOS

FACTS = "https://example.org/newskg/ont#"
PROPERTY = {
    SKOS + "prefLabel": "name",
    SKOS + "altLabel": "alt",
    FACTS + "demonym": "demonym",
    FACTS + "capitalName": "capital",
    SKOS + "exactMatch": "wikidata",
}
TERM = {
    "name": "skos:prefLabel",
    "alt": "skos:altLabel",
    "demonym": "kg:demonym",
    "people": "kg:people",
    "capital": "kg:capital",
}
HEADER = f"""# All states and territories of ISO 3166, and Kosovo. Made by gazetteer_build.py:
# change states.tsv and make it again. Sources: kg/data/SOURCES-actors.md.
@prefix actor: <https://w3id.org/newskg/actor/> .
@prefix kg: <{KG}> .
@prefix skos: <{SKOS}> .
@prefix wd: <http://www.wikidata.org/entity/> .
"""


class Change(NamedTuple):
    """One line of the corrections."""

    iso3: str
    change: str
    property: str
    value: str


State = dict[str, list[str]]


def corrections(path: Path) -> list[Change]:
    """The lines of `states.tsv`."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return [Change(*line.split("\t")) for line in lines]


def states(facts: Path, changes: Iterable[Change]) -> dict[str, State]:
    """Properties of each state by its code, corrected."""
    found: dict[str, State] = {}
    data = facts.read_bytes()
    for triple in pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.TURTLE):
        code = str(cast(pyoxigraph.NamedNode, triple.subject).value).rsplit("#", 1)[-1]
        name = PROPERTY.get(triple.predicate.value)
        if name and len(code) == 3:
            value = cast(pyoxigraph.Literal, triple.object).value
            found.setdefault(code, {}).setdefault(name, []).append(" ".join(value.split()))
    for state in found.values():
        _split_plurals(state)
    for change in changes:
        _apply(found.setdefault(change.iso3, {}), change)
    return found


def _split_plurals(state: State) -> None:
    forms = state.get("demonym", [])
    plurals = [f for f in forms if f.endswith("s") and f[:-1] in forms]
    state["demonym"] = [f for f in forms if f not in plurals]
    state["people"] = plurals


def _apply(state: State, change: Change) -> None:
    values = state.setdefault(change.property, [])
    if change.change == "set" or change.property == "new":
        state["alt"] = [*state.get("alt", []), *state.get("name", [])]
        state["name"] = [change.value]
    elif change.change == "add":
        values.append(change.value)
    else:
        wanted = " ".join(change.value.split())
        state[change.property] = [v for v in values if v != wanted]
        if change.property == "demonym":
            state["people"] = [v for v in state.get("people", []) if v != wanted]


def turtle(found: dict[str, State]) -> str:
    """The states as Turtle, in the order of their codes."""
    blocks = [HEADER]
    for code, state in sorted(found.items()):
        lines = ["a kg:State", f'kg:country "{code}"']
        named = set(state["name"])
        for name, term in TERM.items():
            values = dict.fromkeys(state.get(name, []))
            if name == "alt":
                values = {v: None for v in values if v not in named and "&" not in v}
            lines += [f'{term} "{value}"@en' for value in values]
        lines += [f"skos:exactMatch wd:{v.rsplit('/', 1)[-1]}" for v in state.get("wikidata", [])]
        blocks.append(f"actor:{code} " + " ;\n    ".join(lines) + " .\n")
    return "\n".join(blocks)


def main(arguments: list[str]) -> None:
    """Write `states.ttl` beside `states.tsv`."""
    folder = Path(__file__).resolve().parents[1] / "data" / "gazetteer"
    found = states(Path(arguments[0]), corrections(folder / "states.tsv"))
    text = turtle(found)
    assert not re.search(r"[\\]", text), "labels need no escapes"
    (folder / "states.ttl").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
