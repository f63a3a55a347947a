"""What `kg validate` says of a built folder: its graph is judged by the dump, which others get.

The store and the readable copy are held against it, so that a file that was damaged or edited after
the build is named.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.errors import ReadError, SettingsError, StoreError
from kg.folders import GRAPH, REPORT, STORE, TRIG, settle
from kg.queries.sparql import open_graph
from kg.rdf.files import read_quads
from kg.rdf.validate import Problem, Validation, validate
from kg.reporting import sha256
from kg.resolve import decisions

AGAIN = "kg build with the same articles makes it again"


def folder_validation(folder: Path, texts: Mapping[str, str] | None = None) -> Validation:
    """Files, form, shapes and evidence of a folder that `kg build` made; texts by article id."""
    settle(folder)
    problems = [*_changed_files(folder), *_decision_problems(folder)]
    try:
        quads = list(read_quads(folder / GRAPH))
    except ReadError as error:
        there = (folder / GRAPH).exists()
        reason = f"cannot be read ({error.__cause__})" if there else "is missing"
        problems.append(_problem(GRAPH, f"{reason}; {AGAIN}"))
        return Validation(quads=0, graphs=0, selectors=0, quoted=0, problems=tuple(problems))
    problems += _store_problems(folder, quads)
    found = validate(quads, texts)
    return dataclasses.replace(found, problems=(*problems, *found.problems))


def _changed_files(folder: Path) -> Iterator[Problem]:
    """Files that are not what the build's report says; the page is left out, for `kg view` remakes
    it.
    """
    if not (folder / REPORT).exists():
        yield _problem(REPORT, f"is missing, so what was built is not known; {AGAIN}")
        return
    try:
        written = json.loads((folder / REPORT).read_text(encoding="utf-8"))["sha256"]
        expected = {name: str(written[name]) for name in (GRAPH, TRIG)}
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield _problem(REPORT, f"cannot be read as the report of a build ({error!r})")
        return
    for name, digest in expected.items():
        path = folder / name
        if path.is_file() and sha256(path) != digest:
            yield _problem(name, f"is not what was built (SHA-256 in {REPORT}); {AGAIN}")


def _decision_problems(folder: Path) -> Iterator[Problem]:
    """Decisions that the next build would not take."""
    path = folder / decisions.FILE
    if not path.exists():
        return
    try:
        decisions.read(path)
    except SettingsError as error:
        yield _problem(decisions.FILE, str(error).removeprefix(f"{path}: "))


def _store_problems(folder: Path, quads: Iterable[ox.Quad]) -> Iterator[Problem]:
    if not (folder / STORE).is_dir():
        return
    expected = set(quads)
    try:
        with open_graph(folder) as graph:
            held = [quad in expected for quad in graph.quads()]
    except (StoreError, OSError) as error:
        yield _problem(STORE, str(error))
        return
    missing, foreign = len(expected) - sum(held), len(held) - sum(held)
    if missing or foreign:
        counts = f"{missing:,} quads are missing and {foreign:,} are not in {GRAPH}"
        yield _problem(STORE, f"{counts}; {AGAIN}")


def _problem(name: str, message: str) -> Problem:
    return Problem(kind="file", graph="", node=name, message=message)
