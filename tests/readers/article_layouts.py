"""Articles in the layouts of many publishers (layouts/*.txt), with what each part of them is.

Every sentence is invented. `⟦kind:words⟧` marks a section; what no mark encloses is body.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

from kg.records import Section, SectionKind, TextSpan

FOLDER = Path(__file__).parent / "layouts"
_MARK = re.compile(r"⟦(?P<kind>\w+):(?P<words>[^⟧]*)⟧")


def layouts() -> list[str]:
    """The names of the layouts."""
    return sorted(path.stem for path in FOLDER.glob("*.txt"))


def layout(name: str) -> tuple[str, tuple[Section, ...]]:
    """The text without its marks, and the sections that they stand for."""
    source = (FOLDER / f"{name}.txt").read_bytes().decode("utf-8")
    parts: list[str] = []
    found: list[Section] = []
    at = 0
    for match in _MARK.finditer(source):
        parts.append(source[at : match.start()])
        start = sum(map(len, parts))
        parts.append(match["words"])
        span = TextSpan(start, start + len(match["words"]))
        found.append(Section(cast(SectionKind, match["kind"]), span))
        at = match.end()
    return "".join((*parts, source[at:])), tuple(found)
