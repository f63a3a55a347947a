"""The files behind the names that a user gives: folders opened, side files and loops left out."""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.readers.files import Unreadable, os_reason
from kg.readers.metadata import SIDE_SUFFIXES
from kg.records import Failure

log = logging.getLogger(__name__)

DESCRIBED = frozenset((".txt", ".md", ".markdown", ".html", ".htm"))
"""Suffixes of files that a side file can describe."""

NOT_ARTICLES = frozenset(("readme", "license", "licence", "notice", "changelog"))
"""Stems of files that tell about a folder of articles, in small letters; read only if named."""


def inputs(paths: Iterable[Path | str], known: frozenset[str]) -> Iterator[Path | Failure]:
    """Each file to read, once, in the order given, those of a folder sorted by path.

    Args:
        paths: Files and folders.
        known: Suffixes that can be read, in small letters.
    """
    given = [Path(path) for path in paths]
    here = {_place(path) for path in given}
    seen: set[Path] = set()
    for path in given:
        for item in _expanded(path, known, here):
            if isinstance(item, Path):
                place = _place(item)
                if place in seen:
                    log.info("%s is given twice and read once", item)
                    continue
                seen.add(place)
            yield item


def _expanded(path: Path, known: frozenset[str], here: set[Path]) -> Iterator[Path | Failure]:
    try:
        is_folder = path.is_dir()
        path.lstat()
    except (OSError, ValueError) as error:
        reason = os_reason(error) if isinstance(error, OSError) else str(error)
        yield Unreadable(str(path), reason).failure
        return
    if is_folder:
        yield from _folder(path, known)
        return
    described = _described(path)
    if described and _place(described) in here:
        return
    if described and path.suffix.lower() in SIDE_SUFFIXES:
        yield Unreadable(
            str(path), f"side file of {described.name}; give that file instead"
        ).failure
    elif path.suffix.lower() not in known:
        kind = path.suffix or "no suffix"
        yield Unreadable(str(path), f"{kind} is not known; known are {_listed(known)}").failure
    else:
        yield path


def _folder(folder: Path, known: frozenset[str]) -> Iterator[Path | Failure]:
    found: list[Path | Failure] = []
    others: Counter[str] = Counter()
    for item in _walk(folder, frozenset()):
        if isinstance(item, Failure) or _is_article(item, known):
            found.append(item)
        else:
            others[item.suffix.lower() or "no suffix"] += 1
    if others:
        log.info(
            "%s: left out %s", folder, ", ".join(f"{n} {s}" for s, n in sorted(others.items()))
        )
    if not found:
        rest = f" (only {', '.join(sorted(others))})" if others else ""
        reason = f"a folder without articles{rest}; known are {_listed(known)}"
        found.append(Unreadable(str(folder), reason).failure)
    yield from found


def _is_article(path: Path, known: frozenset[str]) -> bool:
    return (
        path.suffix.lower() in known
        and path.stem.lower() not in NOT_ARTICLES
        and _described(path) is None
    )


def _walk(folder: Path, above: frozenset[Path]) -> Iterator[Path | Failure]:
    """The files below a folder, sorted, hidden ones left out."""
    place = _place(folder)
    if place in above:
        yield Unreadable(str(folder), "a folder that contains itself, by a link; read once").failure
        return
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield Unreadable(str(folder), os_reason(error)).failure
        return
    for entry in entries:
        if entry.name.startswith(".") or _is_graph(entry):
            continue
        if fault := _name_fault(entry):
            yield fault
        elif entry.is_dir():
            yield from _walk(entry, above | {place})
        else:
            yield entry


def _is_graph(folder: Path) -> bool:
    """A folder that a build made, which may lie among the articles: its page is no article."""
    return (folder / "graph.nq.gz").is_file() and (folder / "report.json").is_file()


def _name_fault(path: Path) -> Failure | None:
    """Why a name cannot be used: what we write is UTF-8, and so are the names in it."""
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError:
        shown = os.fsencode(path).decode("utf-8", "backslashreplace")
        return Unreadable(shown, "its name is not UTF-8").failure
    return None


def _described(path: Path) -> Path | None:
    """The article that a file is the side file of."""
    if path.suffix.lower() not in SIDE_SUFFIXES:
        return None
    beside = (path.with_suffix(suffix) for suffix in sorted(DESCRIBED))
    return next((article for article in beside if article.is_file()), None)


def _place(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):  # a link to itself, a name that no system has
        return path.absolute()


def _listed(known: frozenset[str]) -> str:
    return ", ".join(sorted(known))
