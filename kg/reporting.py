"""What a build tells of itself: counts, changes, times, hashes; printed, and kept as JSON."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from importlib import metadata
from pathlib import Path

from kg.config import Settings
from kg.rdf.write import Run
from kg.records import Extraction, Failure, plain


@dataclass(frozen=True, slots=True)
class Changes:
    """How many articles a build added, replaced, made again, left as they were, and took out."""

    added: int = 0
    replaced: int = 0
    made_again: int = 0
    unchanged: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What went in, what came out. `folder` holds the graph; `failures` what could not be used.

    `counts` are numbers of things by kind, `seconds` wall time by step, `files` SHA-256 by name;
    `warnings` are about what was read now.
    """

    folder: Path
    articles: tuple[dict[str, object], ...]
    failures: tuple[Failure, ...]
    warnings: tuple[str, ...]
    counts: dict[str, int]
    quads: int
    run: Run
    files: dict[str, str]
    seconds: dict[str, float]
    changes: Changes


@dataclass
class Tally:
    """Counts what the articles of a graph say."""

    articles: dict[str, dict[str, object]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    actors: set[str] = field(default_factory=set)
    agreements: set[str] = field(default_factory=set)

    def add(self, item: Extraction, *, text: bool) -> None:
        """Count one article; without text, its title is left out."""
        article = item.article
        self.articles[article.id] = {
            "id": article.id,
            "path": Path(article.path).name,
            **({"title": article.title} if text else {}),
            "published": article.published,
            "published_basis": article.published_basis,
            "sha256": article.sha256,
            "statements": len(item.statements),
            "warnings": list(item.warnings),
        }
        self.actors.update(a.id for a in item.actors)
        self.agreements.update(a.id for a in item.agreements)
        mentions = [m for a in item.actors for m in a.mentions]
        mentions += [m for p in item.places for m in p.mentions]
        mentions += [m for a in item.agreements for m in a.mentions]
        self.counts.update(
            articles=1,
            mentions=len(mentions),
            statements=len(item.statements),
            statements_without_speaker=len([s for s in item.statements if s.speaker is None]),
            events=len(item.events),
            obligations=len(item.obligations),
            dates=len(item.dates),
        )

    def totals(self) -> dict[str, int]:
        """Numbers of things by kind."""
        found = {"actors": len(self.actors), "agreements": len(self.agreements), **self.counts}
        return dict(sorted(found.items()))


def write_report(
    report: BuildReport, settings: Settings, path: Path, *, paths: Iterable[str | Path] = ()
) -> None:
    """Write a report as JSON, with the settings it was made by.

    A report goes where its graph goes: of `paths`, which its messages may hold, only names stay.
    """
    named = _Named(paths)
    content = {
        "kg": report.run.version,
        "model": plain(report.run),
        "settings": plain(_of_names(settings)),
        "articles": list(report.articles),
        "failures": [{"path": named(f.path), "reason": named(f.reason)} for f in report.failures],
        "warnings": [named(warning) for warning in report.warnings],
        "counts": report.counts,
        "quads": report.quads,
        "sha256": report.files,
        "seconds": {name: round(value, 3) for name, value in report.seconds.items()},
        "versions": {
            name: metadata.version(name)
            for name in ("spacy", "rdflib", "pyoxigraph", "networkx", "pyvis", "trafilatura")
        },
    }
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


class _Named:
    """Takes the folders of known paths out of messages."""

    def __init__(self, paths: Iterable[str | Path]):
        folders = {str(Path(p).parent) for p in paths} - {"."}
        inner_first = sorted(folders, key=lambda f: (-len(f), f))
        self._folders = [folder.rstrip(os.sep) + os.sep for folder in inner_first]

    def __call__(self, text: str) -> str:
        for folder in self._folders:
            text = text.replace(folder, "")
        return text


def _of_names(settings: Settings) -> Settings:
    """The settings with names instead of paths."""
    model = settings.model
    return replace(
        settings,
        model=Path(model).name if model else model,
        gazetteers=tuple(Path(p).name for p in settings.gazetteers),
        instruments=tuple(Path(p).name for p in settings.instruments),
    )


class Clock:
    """Wall seconds by step, for the report; never for the graph."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, step: str) -> None:
        """Book the time since the last lap under a step."""
        now = time.perf_counter()
        self.seconds[step] = self.seconds.get(step, 0.0) + now - self._last
        self._last = now


def sha256(path: Path) -> str:
    """Hexadecimal digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
