"""Turns the actor dictionary of the unit records with invented states into a user gazetteer.

    python tests/eval/bench_actors.py petrarch_unit_actors.jsonl gazetteer.ttl

The rows are those of UniversalPetrarch's unit dictionary (MIT): labels, and codes whose first three
letters are the country, with dates. A name that the shipped gazetteer has keeps its entry and gets
the code as country; every other row becomes an entry of its own. Of codes that change with the date
the one without end counts. The nouns of the dictionary ("minister") are left out: ours has them.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.resolve import gazetteer, names

PREFIXES = """@prefix actor: <https://w3id.org/newskg/actor/> .
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""

PEOPLE = {
    *("aragorn", "bilbo", "boromir", "calimehtar", "elrond", "frodo", "galadriel", "gandalf"),
    *("gollum", "smeagol", "slinker", "stinker", "isildur", "onodoher", "romendacil", "telemar"),
    *("radagast the brown", "sam gamgee", "hamfast gamgee", "elfstan fairbairn"),
    "doderic brandybuck",
}
"""The dictionary does not say who is a person."""

CLASSES = (("MIL", "Military"), ("GOV", "GovernmentBody"), ("MED", "Media"), ("REB", "ArmedGroup"))


def turtle(rows: list[dict[str, Any]]) -> str:
    """The gazetteer in Turtle."""
    known = gazetteer.load()
    blocks = [PREFIXES]
    taken: dict[str, str] = {}
    for row in rows:
        code = next(
            (c["code"] for c in row["codes"] if c["to"] is None and c["code"][:3].isalpha()), None
        )
        code = code or next((c["code"] for c in row["codes"] if c["code"][:3].isalpha()), None)
        if code is None or "<" in row["labels"][0]:
            continue
        blocks += _entries(known, row["labels"], code, taken)
    return "\n".join(blocks)


def _entries(
    known: gazetteer.Gazetteer, labels: list[str], code: str, taken: dict[str, str]
) -> Iterator[str]:
    """One entry for the country's names, one for each person among the labels."""
    country = code[:3]
    people = [label for label in labels if label.lower() in PEOPLE]
    others = [_cased(label.removeprefix("THE ")) for label in labels if label not in people]
    for person in people:
        yield _entry(f"{country}-{names.slug(person)}", "Person", country, [_cased(person)])
    if not others:
        return
    for label in others:
        senses = [s for s in known.senses(label) if known.entries[s.entry].type]
        if senses:
            first = senses[0]
            rest = [o for o in others if not known.senses(o)]
            yield _override(known, first.entry, country, rest)
            return
    bare = re.fullmatch(r"[A-Z]{3}(/[A-Z]{3})*", code) is not None
    kind = "State" if bare else next((c for s, c in CLASSES if s in code[3:]), "Organization")
    if code.startswith("IGO"):
        kind = "InternationalOrganization"
    ident = country if bare and country not in taken and country not in known.entries else ""
    taken.setdefault(country, labels[0])
    yield _entry(ident or f"{country}-{names.slug(others[0])}", kind, country, others)


def _cased(label: str) -> str:
    """ "PRINCE OF DOL AMROTH" as it stands in text."""
    return re.sub(r"\b(Of|The|And)\b", lambda m: m[0].lower(), label.title())


def _override(known: gazetteer.Gazetteer, entry: str, country: str, more: list[str]) -> str:
    lines = [f'actor:{entry} kg:country "{country}"']
    lines += [f'    skos:altLabel "{label}"@en' for label in more]
    label = known.entries[entry].name
    return " ;\n".join([*lines, f'    skos:prefLabel "{label}"@en']) + " .\n"


def _entry(ident: str, kind: str, country: str, labels: list[str]) -> str:
    stem = labels[0][:5]
    lines = [f"actor:{ident} a kg:{kind}", f'    kg:country "{country}"']
    for i, label in enumerate(labels):
        use = "skos:prefLabel" if i == 0 else "skos:altLabel"
        if i and kind == "State" and label.startswith(stem):
            use = "kg:people" if label.endswith("s") else "kg:demonym"
        lines.append(f'    {use} "{label}"@en')
    return " ;\n".join(lines) + " .\n"


def main(source: str, target: str) -> None:
    """Convert a file."""
    lines = Path(source).read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    Path(target).write_text(turtle(rows), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:3])
