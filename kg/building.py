"""What `kg build` makes of articles: one folder that validates, answers, opens and loads."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import logging
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from pyoxigraph import Quad

import kg
from kg import ingest
from kg.config import Settings
from kg.errors import KGError, OutputError
from kg.nlp.load import model_digest, model_name
from kg.parts import Part, parts, worker_count
from kg.queries.sparql import open_graph
from kg.rdf.write import (
    Entities,
    Identities,
    Run,
    TrigFile,
    dataset_quads,
    nquads,
    provenance_quads,
    trig_blocks,
    write_nquads_gz,
)
from kg.records import Extraction, Failure, plain
from kg.resolve.known import known_actors, known_agreements
from kg.resolve.utterances import Utterances
from kg.sorting import LineSorter
from kg.stores import local
from kg.visual.page import graph_page, write_page

log = logging.getLogger(__name__)

GRAPH = "graph.nq.gz"
TRIG = "graph.trig"
PAGE = "graph.html"
REPORT = "report.json"
STORE = "store"
DATASET_TITLE = "News knowledge graph"

Progress = Callable[[str, int], None]
"""Called with what is being done (a path or a step) and how many articles are through."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What went in, what came out. `folder` holds the graph; `failures` what could not be used.

    `counts` are numbers of things by kind, `seconds` wall time by step, `files` SHA-256 by name.
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


@dataclass
class _Tally:
    articles: list[dict[str, object]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    actors: set[str] = field(default_factory=set)
    agreements: set[str] = field(default_factory=set)

    def add(self, item: Extraction) -> None:
        article = item.article
        self.articles.append(
            {
                "id": article.id,
                "path": article.path,
                "title": article.title,
                "published": article.published,
                "published_basis": article.published_basis,
                "sha256": article.sha256,
                "statements": len(item.statements),
                "warnings": list(item.warnings),
            }
        )
        self.warnings += [f"{article.path}: {w}" for w in item.warnings]
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
            dates=len(item.dates),
        )

    def totals(self) -> dict[str, int]:
        found = {"actors": len(self.actors), "agreements": len(self.agreements), **self.counts}
        return dict(sorted(found.items()))


def build(
    paths: ingest.Paths,
    folder: str | Path,
    settings: Settings,
    *,
    replace: bool = False,
    title: str | None = None,
    progress: Progress = lambda what, done: None,
) -> BuildReport:
    """Make `folder` of articles: graph, readable copy, page, store and report.

    The folder appears whole or not at all. One that `build` made before is replaced if asked.

    Raises:
        OutputError: If the folder exists, cannot be written, or no article could be read.
    """
    folder = Path(folder)
    _check_target(folder, replace)
    fresh = folder.with_name(f".{folder.name}.partial")
    with _writing(fresh, folder):
        report = _built(paths, fresh, folder, settings, title, progress)
        _swap(fresh, folder)
    return report


def _built(
    paths: ingest.Paths,
    fresh: Path,
    folder: Path,
    settings: Settings,
    title: str | None,
    progress: Progress,
) -> BuildReport:
    tally, clock, run = _Tally(), _Clock(), _run(settings)
    with LineSorter(fresh) as lines, TrigFile(fresh / TRIG, base=settings.base) as readable:

        def write(quads: list[Quad]) -> None:
            lines.add(nquads(quads).splitlines(keepends=True))
            readable.add(trig_blocks(quads, base=settings.base))

        entities, identities = Entities(settings.base), Identities(settings.base)
        utterances = Utterances()
        for part in _parts(paths, settings, run, tally, progress, clock):
            lines.add(part.nquads.splitlines(keepends=True))
            readable.add(part.trig)
            for keeper in (entities, identities, utterances, tally):
                keeper.add(part.extraction)
        if not tally.articles:
            raise OutputError(_nothing(tally.failures))
        identities.recur(utterances.ids())
        _describe_known(entities, settings)
        write(entities.quads())
        write(identities.quads())
        write(provenance_quads(run, base=settings.base))
        about = {"base": settings.base, "title": title or DATASET_TITLE, "dump": GRAPH}
        write(dataset_quads(lines, run=run, **about))
        write_nquads_gz(fresh / GRAPH, lines)
        clock.lap("write")
    progress("store", len(tally.articles))
    local.build(fresh / GRAPH, fresh / STORE)
    clock.lap("store")
    progress("page", len(tally.articles))
    with open_graph(fresh) as graph:
        html = graph_page(graph, title=title or folder.name, max_nodes=settings.max_nodes)
    write_page(html, fresh / PAGE)
    clock.lap("page")
    report = BuildReport(
        folder=folder,
        articles=tuple(tally.articles),
        failures=tuple(tally.failures),
        warnings=tuple(tally.warnings),
        counts=tally.totals(),
        quads=len(lines),
        run=run,
        files={name: _sha256(fresh / name) for name in (GRAPH, TRIG, PAGE)},
        seconds=clock.seconds,
    )
    _write_report(report, settings, fresh / REPORT)
    return report


def _parts(
    paths: ingest.Paths,
    settings: Settings,
    run: Run,
    tally: _Tally,
    progress: Progress,
    clock: _Clock,
) -> Iterator[Part]:
    """The articles' parts; failures are tallied, and the time until each part is extraction's."""
    paths = list(paths)
    clock.lap("start")
    for item in parts(
        ingest.articles(paths, settings), settings, run, worker_count(paths, settings)
    ):
        clock.lap("extract")
        if isinstance(item, Failure):
            tally.failures.append(item)
            log.warning("%s", item.reason)
        else:
            progress(item.extraction.article.path, len(tally.articles) + 1)
            yield item
        clock.lap("write")


def _describe_known(entities: Entities, settings: Settings) -> None:
    """Describe from our lists what articles only refer to: a ministry's state, a set's members."""
    entities.describe(
        agreements=known_agreements(entities.missing_agreements(), settings.instruments)
    )
    while missing := entities.missing_actors():
        found = list(known_actors(missing, settings.gazetteers))
        if not found:
            return
        entities.describe(actors=found)


def _run(settings: Settings) -> Run:
    return Run(
        version=kg.__version__,
        model=model_name(settings.model),
        model_version=metadata.version("spacy"),
        model_hash=model_digest(settings.model),
        data_hash=_data_hash(settings),
        settings=(("base", settings.base), ("text", str(settings.text).lower())),
    )


def _data_hash(settings: Settings) -> str:
    """Digest of what users add: gazetteers and registries; ours are part of the version."""
    digest = hashlib.sha256()
    for path in (*settings.gazetteers, *settings.instruments):
        digest.update(hashlib.sha256(Path(path).read_bytes()).digest())
    return digest.hexdigest()


def _nothing(failures: Iterable[Failure]) -> str:
    reasons = [f.reason for f in failures] or ["no input"]
    return "\n  ".join(["no article could be read, so there is no graph:", *reasons])


def _write_report(report: BuildReport, settings: Settings, path: Path) -> None:
    content = {
        "kg": report.run.version,
        "model": plain(report.run),
        "settings": plain(settings),
        "articles": list(report.articles),
        "failures": plain(report.failures),
        "warnings": list(report.warnings),
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


class _Clock:
    """Wall seconds by step, for the report; never for the graph."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, step: str) -> None:
        """Book the time since the last lap under a step."""
        now = time.perf_counter()
        self.seconds[step] = self.seconds.get(step, 0.0) + now - self._last
        self._last = now


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_target(folder: Path, replace: bool) -> None:
    if not folder.exists():
        return
    if not folder.is_dir() or (any(folder.iterdir()) and not (folder / REPORT).is_file()):
        raise OutputError(f"{folder}: exists and is no graph that kg built; name another (-o)")
    if any(folder.iterdir()) and not replace:
        raise OutputError(
            f"{folder}: exists; give --replace to build it anew, or name another (-o)"
        )


@contextlib.contextmanager
def _writing(fresh: Path, folder: Path) -> Iterator[None]:
    """A folder beside the target to write into, gone afterwards whatever happens."""
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        yield
    except OSError as error:
        reason = "the disk is full" if error.errno == errno.ENOSPC else error.strerror or str(error)
        message = f"{folder}: cannot be written ({reason}); nothing was left behind"
        raise OutputError(message) from error
    except KGError:
        raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _swap(fresh: Path, folder: Path) -> None:
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
