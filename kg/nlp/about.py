"""What a pipeline says of itself: its description in a few lines, and its model card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import fill

from kg.errors import MissingAnnotation
from kg.nlp import load as loading

CARD = "README.md"
SHOWN_LABELS = 60
"""A component with more of them (morphology has hundreds) tells their number."""


def about(model: str | None = None) -> str:
    """Name, version, licence, size, language, components and labels of a pipeline, as text.

    Raises:
        MissingAnnotation: If there is no such pipeline.
    """
    nlp = loading.base(model or loading.DEFAULT_MODEL)
    meta = nlp.meta
    lines = {
        "name": f"{meta['lang']}_{meta['name']}",
        "version": meta["version"],
        "licence": meta["license"] or "not given",
        "description": meta["description"],
        "size": f"{_size(loading._folder(model)) / 1_000_000:.1f} MB",
        "language": meta["lang"],
        "made for": f"spaCy {meta['spacy_version']}",
        "components": ", ".join(nlp.pipe_names),
        "digest": loading.model_digest(model),
    }
    told = [_line(key, value) for key, value in lines.items() if value]
    return "\n".join([*told, *_labels(nlp.pipe_labels), ""])


def _labels(labels: Mapping[str, Sequence[str]]) -> list[str]:
    return [
        _line(
            f"  {component}",
            ", ".join(names) if len(names) <= SHOWN_LABELS else f"{len(names)} labels",
        )
        for component, names in labels.items()
        if names
    ]


def _line(key: str, value: str) -> str:
    return fill(
        value,
        width=100,
        initial_indent=f"{key:<15} ",
        subsequent_indent=" " * 16,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _size(path: Path) -> int:
    """Bytes of all files, without what Python compiled."""
    return sum(p.stat().st_size for p in path.rglob("*") if p.is_file() and p.suffix != ".pyc")


def card(model: str | None = None) -> str:
    """The model card that lies in the folder of a pipeline or beside it.

    Raises:
        MissingAnnotation: If there is no such pipeline, or it has no card.
    """
    home = loading._folder(model)
    for path in (home / CARD, home.parent / CARD):
        if path.is_file():
            return path.read_text("utf-8")
    raise MissingAnnotation(f"model {home.name}: has no card ({home / CARD})")
