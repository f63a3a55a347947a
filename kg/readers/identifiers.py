"""Ids of articles: the same file gives the same id, two files of one run never share one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

_UNSAFE = re.compile(r"[^\w.-]+")
MAX_ID = 120
"""Longest id that is made of a file name, in characters."""


def safe_id(name: str) -> str:
    """A name reduced to letters, digits, hyphen, underscore and full stop."""
    return _UNSAFE.sub("-", name)[:MAX_ID].strip("-.") or "article"


def ambiguous_stems(paths: Iterable[Path]) -> frozenset[str]:
    """The ids that more than one file of a run would be given by its name alone."""
    counts = Counter(safe_id(path.stem) for path in paths)
    return frozenset(name for name, n in counts.items() if n > 1)


def distinct_id(name: str, path: Path, sha256: str, taken: Iterable[str]) -> str:
    """An id for a file whose name alone does not tell it apart: with its folder, then its hash."""
    with_folder = safe_id(f"{path.absolute().parent.name}-{name}")
    return with_folder if with_folder not in taken else f"{with_folder}-{sha256[:8]}"
