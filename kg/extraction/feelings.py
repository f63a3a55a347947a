"""Adjectives and nouns that tell how a speaker stands to something (kg/data/force_words.tsv)."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from kg.extraction.tables import rows

ATTITUDES = frozenset(
    {"express_concern", "regret", "condemn", "thank", "welcome", "hope", "reject", "support"}
)


@dataclass(frozen=True, slots=True)
class ForceWord:
    """The force that a word shows, and the one that it shows where it is negated; either may be
    "".
    """

    force: str
    negated: str


@functools.cache
def force_words() -> dict[tuple[str, str], ForceWord]:
    """The words of what is said that show a force, by word and part of speech."""
    return {
        (r["word"], r["pos"]): ForceWord(r["force"] or "", r["negated"] or "")
        for r in rows("force_words.tsv")
    }


def feeling(word: str) -> str | None:
    """The attitude that an adjective or participle names: "alarmed", "grateful"."""
    found = force_words().get((word, "adjective"))
    return found.force if found is not None and found.force in ATTITUDES else None
