"""What a phrase that names nobody turned out to mean."""

from __future__ import annotations

from typing import NamedTuple

from kg.records import MentionKind


class Found(NamedTuple):
    """Whom a phrase means, by which rule, how surely, and what kind of mention it is."""

    actor: str
    rule: str
    confidence: float
    kind: MentionKind = "nominal"
