"""What `kg build` makes of articles: one folder that validates, answers, opens and loads."""

from __future__ import annotations

import contextlib
import dataclasses
import difflib
import errno
import hashlib
import itertools
import json
import logging
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from pyoxigraph import Quad

import kg
from kg import ingest
from kg.config import Settings
from kg.errors import OutputError, SettingsError
from kg.folders import (
    GRAPH,
    OURS,
    PAGE,
    PARTS,
    REPORT,
    STORE,
    TRIG,
    fresh_beside,
    quiet,
    settle,
    swap,
)
from kg.held import HeldParts
from kg.kept import ANEW, Kept, Source, article_digest, findings_digest
from kg.nlp.load import model_digest, model_name
from kg.parts import Part, part_of, parts, worker_count
from kg.queries.sparql import open_graph
from kg.rdf.iris import segment
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
from kg.readers import MANY_ARTICLES
from kg.records import Article, Failure, plain
from kg.reporting import BuildReport, Changes, Clock, Tally, sha256, write_report
from kg.resolve import decisions as by_hand
from kg.resolve.decisions import Decision, Decisions
from kg.resolve.known import known_actors, known_agreements, registered
from kg.resolve.utterances import Utterances
from kg.sorting import LineSorter
from kg.stores import local
from kg.visual.page import graph_page, write_page

log = logging.getLogger(__name__)

SIDE_BY_SIDE = 1_000_000
"""Quads up to which the page reads the graph in memory, at about 355 bytes a quad."""
DATASET_TITLE = "News knowledge graph"

Deciding = Callable[[Decisions], Decisions]
"""What becomes of the decisions that a graph's folder has."""

Progress = Callable[[str, int], None]
"""Called with what is being done (a path or a step) and how many articles are through."""


def build(
    paths: ingest.Paths,
    folder: str | Path,
    settings: Settings,
    *,
    replace: bool = False,
    decisions: str | Path | None = None,
    title: str | None = None,
    progress: Progress = lambda what, done: None,
) -> BuildReport:
    """Make `folder` of articles: graph, readable copy, page, store and report.

    A graph that is there is added to: articles that it has stay as they are, or are replaced where
    they changed, and the result is, byte for byte, what one build of all of them makes. Settings
    left at their defaults are then those of the graph; others hold for all of its articles.
    `replace` begins anew. The folder appears whole or not at all.

    Identity decisions in the folder hold, also with `replace`; those of the file `decisions` are
    added to them. One that finds nothing to decide on is an error where it is new, else a warning.

    Raises:
        OutputError: If the folder holds something else, is being written or cannot be, or no
            article could be read.
        SettingsError: If decisions contradict each other, or new ones name what is not there.
    """
    handed = by_hand.read(decisions) if decisions is not None else None
    return _changed(
        Path(folder),
        paths,
        settings,
        replace=replace,
        decide=lambda own: own if handed is None else handed if not own else own.adding(handed),
        title=title,
        progress=progress,
    )


def decide(
    folder: str | Path,
    deciding: Deciding,
    *,
    progress: Progress = lambda what, done: None,
) -> BuildReport:
    """Make a graph anew with other identity decisions than it has.

    Raises:
        OutputError: If the folder holds no graph that kg built, or cannot be written.
        SettingsError: If the decisions contradict each other, or new ones name what is not there.
    """
    folder = Path(folder)
    if not (folder / REPORT).is_file():
        raise OutputError(f"{folder}: holds no graph that kg built")
    return _changed(folder, (), Settings(), decide=deciding, progress=progress)


def remove(
    folder: str | Path,
    articles: Iterable[str],
    *,
    progress: Progress = lambda what, done: None,
) -> BuildReport:
    """Take articles, given by id or IRI, out of a graph, with all that they brought.

    The result is, byte for byte, what a build of the others makes.

    Raises:
        OutputError: If the graph lacks one of them or has no others, or cannot be written.
    """
    folder = Path(folder)
    return _changed(folder, (), Settings(), without=tuple(articles), progress=progress)


def _changed(
    folder: Path,
    paths: ingest.Paths,
    settings: Settings,
    *,
    without: tuple[str, ...] = (),
    replace: bool = False,
    decide: Deciding = lambda own: own,
    title: str | None = None,
    progress: Progress,
) -> BuildReport:
    with _writing(folder) as fresh:
        settle(folder)
        _check_target(folder)
        before = None if replace else _Before.of(folder)
        if without and before is None:
            raise OutputError(f"{folder}: holds no graph that kg built")
        if before is not None:
            settings, title = before.adopted(settings), title or before.kept.title
        own = _own_decisions(folder)
        decisions = decide(own)
        job = _Job(list(paths), folder, fresh, settings, title, progress, decisions)
        job.new_decisions = frozenset(decisions.made) - frozenset(own.made)
        report = job.run(before, without)
        if report is not None:
            _carry_over(folder, fresh)
            with quiet(folder.parent):
                swap(fresh, folder)
            return report
        assert before is not None
        return before.unchanged(job)


class _Job:
    """One build: what is new goes through the pipeline, what is kept does not, all is merged."""

    def __init__(
        self,
        paths: list[str | Path],
        folder: Path,
        fresh: Path,
        settings: Settings,
        title: str | None,
        progress: Progress,
        decisions: Decisions,
    ):
        self.paths, self.folder, self.fresh = paths, folder, fresh
        self.settings, self.title, self.progress = settings, title, progress
        self.provenance = _run(settings)
        self.found_by = findings_digest(self.provenance)
        self.old, self.new = Kept(fresh / PARTS), Kept(fresh / PARTS)
        self.given: set[str] = set()
        self.given_paths: set[str] = set()
        self.removed: frozenset[str] = frozenset()
        self.decisions, self.new_decisions = decisions, frozenset[Decision]()
        self.failures: list[Failure] = []
        self.warnings: list[str] = []
        self.tally, self.clock = Tally(), Clock()

    def run(self, before: _Before | None, without: tuple[str, ...]) -> BuildReport | None:
        """Make the graph in the fresh folder; `None` if it would be the one that is there."""
        if before is not None:
            self.old = before.kept
            self.removed = before.named(without)
        to_make = self._to_make()
        first = next(to_make, None)
        if first is None and before is not None and not self.removed and before.fits(self):
            return None
        quads = self._merge(itertools.chain([] if first is None else [first], to_make))
        self.new.save(self.settings, self.title)
        if self.decisions.text:
            path = self.fresh / by_hand.FILE
            path.write_text(self.decisions.text, encoding="utf-8", newline="\n")
        self.progress("store and page", len(self.tally.articles))
        self._write_store_and_page(quads)
        self.clock.lap("store and page")
        return self._report(quads)

    def _to_make(self) -> Iterator[Article]:
        """What has to go through the pipeline: articles new and changed, then those kept that
        another pipeline read.
        """
        for item in ingest.articles(self.paths, self.settings):
            fault = item if isinstance(item, Failure) else self._doubled(item)
            if fault is not None:
                self._fail(fault)
                continue
            assert isinstance(item, Article)
            self.given.add(item.id)
            self.given_paths.add(item.path)
            if self._is_new(item):
                yield item
        again = sorted(self._stale() - self.given)
        without = [n for n in again if self.old.entries[n].file is None]
        yield from (self.old.extraction(n).article for n in again if n not in without)
        yield from self.old.read_again(without)

    def _doubled(self, item: Article) -> Failure | None:
        """Why an article that another of the graph equals is not taken, as within one run."""
        if item.id in self.old.entries or Path(item.path).suffix.lower() in MANY_ARTICLES:
            return None
        twin = self.old.by_text.get(item.sha256)
        if twin is None or twin in self.removed:
            return None
        reason = f"{item.path}: same text as {twin}, which the graph has; it is read once"
        return Failure(item.path, reason)

    def _is_new(self, item: Article) -> bool:
        entry = self.old.entries.get(item.id)
        if entry is not None and entry.article == article_digest(item):
            return item.id in self._stale()
        if entry is not None and entry.source.path != _absolute(item.path):
            self.warnings.append(
                f"{ingest.place(item)}: replaces {item.id}, which came from {entry.source.path}"
            )
        return True

    def _stale(self) -> frozenset[str]:
        """The articles of the old graph whose findings are not kept, or are another pipeline's."""
        return frozenset(
            name
            for name, entry in self.old.entries.items()
            if name not in self.removed and (entry.file is None or entry.found_by != self.found_by)
        )

    def _merge(self, to_make: Iterator[Article]) -> int:
        settings = self.settings
        with (
            LineSorter(self.fresh) as lines,
            TrigFile(self.fresh / TRIG, base=settings.base) as readable,
            HeldParts(self.fresh, settings, self.provenance, self.decisions) as held,
        ):

            def write(quads: list[Quad]) -> None:
                lines.add(nquads(quads).splitlines(keepends=True))
                readable.add(trig_blocks(quads, base=settings.base))

            entities, identities = Entities(settings.base), Identities(settings.base)
            utterances = Utterances()
            for part in self._parts(to_make):
                held.add(part)
            for part, judged in held.judged():
                lines.add(part.nquads.splitlines(keepends=True))
                readable.add(part.trig)
                entities.add(part.extraction)
                utterances.add(part.extraction)
                identities.add(part.extraction, judged.links, judged.by_hand)
                self.tally.add(part.extraction, text=settings.text)
            if not self.tally.articles:
                raise OutputError(_nothing(self.failures))
            self._tell_idle(held.idle())
            identities.recur(utterances.ids())
            _describe_known(entities, settings)
            write(entities.quads())
            write(identities.quads())
            write(provenance_quads(self.provenance, base=settings.base))
            about = {"base": settings.base, "title": self.title or DATASET_TITLE, "dump": GRAPH}
            write(dataset_quads(lines, run=self.provenance, **about))
            write_nquads_gz(self.fresh / GRAPH, lines)
            self.clock.lap("write")
            return len(lines)

    def _parts(self, to_make: Iterator[Article]) -> Iterator[Part]:
        """The part of each article; the time until each is extraction's."""
        found = itertools.chain(self._made(to_make), self._kept())
        for done, part in enumerate(found, 1):
            self.clock.lap("extract")
            self.progress(part.extraction.article.path, done)
            yield part
            self.clock.lap("write")

    def _made(self, to_make: Iterator[Article]) -> Iterator[Part]:
        self.clock.lap("start")
        first = next(to_make, None)
        if first is None:
            return  # the pipeline takes seconds to load
        again = {self.old.entries[name].source.path for name in self._stale()}
        workers = worker_count([*self.paths, *sorted(again)], self.settings)
        items = itertools.chain([first], to_make)
        for item in parts(items, self.settings, self.provenance, workers):
            if isinstance(item, Failure):
                self._fail(item)
                continue
            article = item.extraction.article
            self.warnings += [f"{ingest.place(article)}: {w}" for w in item.extraction.warnings]
            self.new.add(
                item.extraction, self.found_by, self._source(article), text=self.settings.text
            )
            yield item

    def _kept(self) -> Iterator[Part]:
        """The parts of articles that were not made now, among them those that failed now."""
        for name in sorted(self.old.entries.keys() - self.new.entries.keys() - self.removed):
            if self.old.entries[name].file is None:
                raise OutputError(f"{self.folder}: {name} could not be read again")
            item = part_of(self.old.extraction(name), self.settings, self.provenance)
            if isinstance(item, Failure):
                self._fail(item)
                continue
            if self.settings.text:
                self.new.take(self.old, name)
            else:
                entry = self.old.entries[name]
                self.new.add(item.extraction, entry.found_by, entry.source, text=False)
            yield item

    def _source(self, article: Article) -> Source:
        if article.id in self.given:
            settings = self.settings
            return Source(_absolute(article.path), settings.published, settings.publisher)
        return self.old.entries[article.id].source

    def _tell_idle(self, idle: Iterable[tuple[Decision, str]]) -> None:
        """Warn of decisions that found nothing; refuse new ones, which somebody just wrote."""
        for decision, reason in idle:
            if decision in self.new_decisions:
                raise SettingsError(f"{self.decisions.path}: {reason}")
            self.warnings.append(f"{self.folder / by_hand.FILE}: {reason}")

    def _fail(self, failure: Failure) -> None:
        self.failures.append(failure)
        log.warning("%s", failure.reason)

    def _write_store_and_page(self, quads: int) -> None:
        """Store and page side by side, where memory may hold the graph for the page meanwhile."""
        dump, store = self.fresh / GRAPH, self.fresh / STORE
        if quads > SIDE_BY_SIDE:
            local.build(dump, store)
            self._write_page(self.fresh)
            return
        with ThreadPoolExecutor(max_workers=1) as beside:
            stored = beside.submit(local.build, dump, store)
            self._write_page(dump)
            stored.result()

    def _write_page(self, source: Path) -> None:
        title = self.title or self.folder.name
        with open_graph(source) as graph:
            html = graph_page(graph, title=title, max_nodes=self.settings.max_nodes)
        write_page(html, self.fresh / PAGE)

    def _report(self, quads: int) -> BuildReport:
        report = BuildReport(
            folder=self.folder,
            articles=tuple(entry for _, entry in sorted(self.tally.articles.items())),
            failures=tuple(self.failures),
            warnings=tuple(self.warnings),
            counts=self.tally.totals(),
            quads=quads,
            run=self.provenance,
            files={
                name: sha256(self.fresh / name)
                for name in (GRAPH, TRIG, PAGE, by_hand.FILE)
                if name != by_hand.FILE or self.decisions.text
            },
            seconds=self.clock.seconds,
            changes=self._changes(),
        )
        sources = [e.source.path for e in (*self.old.entries.values(), *self.new.entries.values())]
        given = [*self.paths, *(f.path for f in self.failures), *self.given_paths]
        write_report(report, self.settings, self.fresh / REPORT, paths=[*sources, *given])
        return report

    def _changes(self) -> Changes:
        old, new = self.old.entries, self.new.entries
        both = old.keys() & new.keys()
        replaced = {n for n in both if old[n].article != new[n].article}
        again = {n for n in both - replaced if old[n].found_by != new[n].found_by}
        return Changes(
            added=len(new.keys() - old.keys()),
            replaced=len(replaced),
            made_again=len(again),
            unchanged=len(both) - len(replaced) - len(again),
            removed=len(old.keys() - new.keys()),
        )


@dataclass(frozen=True, slots=True)
class _Before:
    """The graph that a build found in its folder."""

    folder: Path
    kept: Kept
    report: dict[str, Any]

    @classmethod
    def of(cls, folder: Path) -> _Before | None:
        """The graph in a folder, if there is one.

        Raises:
            OutputError: If it cannot be added to.
        """
        if not (folder / REPORT).is_file():
            return None
        if not (folder / PARTS).is_dir():
            raise OutputError(
                f"{folder}: has no {PARTS}/, where findings are kept, so it cannot be added to; "
                f"{ANEW}"
            )
        try:
            report = json.loads((folder / REPORT).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise OutputError(f"{folder / REPORT}: damaged ({error}); {ANEW}") from error
        return cls(folder, Kept(folder / PARTS), report)

    def adopted(self, settings: Settings) -> Settings:
        """The settings with the graph's own where they are at their defaults."""
        own, default = self.kept.settings, Settings()
        return dataclasses.replace(
            settings,
            **{
                name: getattr(own, name)
                for name in _ADOPTED
                if getattr(settings, name) == getattr(default, name)
            },
        )

    def named(self, articles: tuple[str, ...]) -> frozenset[str]:
        """The ids of articles given by id or IRI."""
        ids = {f"{self.kept.settings.base}article/{segment(n)}": n for n in self.kept.entries}
        found = {a if a in self.kept.entries else ids.get(a) for a in articles}
        if None in found:
            unknown = [a for a in articles if a not in self.kept.entries and a not in ids]
            close = difflib.get_close_matches(unknown[0], self.kept.entries, n=3)
            hint = f"; did you mean {', '.join(close)}?" if close else ""
            raise OutputError(f"{self.folder}: no article {', '.join(unknown)}{hint}")
        if articles and len(found) == len(self.kept.entries):
            raise OutputError(f"{self.folder}: no article would be left; remove the folder instead")
        return frozenset(n for n in found if n is not None)

    def fits(self, job: _Job) -> bool:
        """The graph's files are whole, and a job with the same articles would make the same."""
        own, files = self.kept.settings, self.report.get("sha256", {})
        return (
            (job.settings.max_nodes, job.title) == (own.max_nodes, self.kept.title)
            and plain(job.provenance) == self.report.get("model")
            and job.decisions.text == _own_decisions(self.folder).text
            and bool(job.decisions.text) == (by_hand.FILE in files)
            and (self.folder / STORE).is_dir()
            and all((self.folder / name).is_file() for name in files)
            and all(sha256(self.folder / name) == digest for name, digest in files.items())
        )

    def unchanged(self, job: _Job) -> BuildReport:
        """The report of a job that had nothing to do."""
        return BuildReport(
            folder=self.folder,
            articles=tuple(self.report["articles"]),
            failures=tuple(job.failures),
            warnings=(),
            counts=self.report["counts"],
            quads=self.report["quads"],
            run=job.provenance,
            files=self.report["sha256"],
            seconds=job.clock.seconds,
            changes=Changes(unchanged=len(self.kept.entries)),
        )


_ADOPTED = ("model", "gazetteers", "instruments", "base", "text", "max_nodes")


def _describe_known(entities: Entities, settings: Settings) -> None:
    """Describe from our lists what articles only refer to: a ministry's state, a set's members."""
    entities.describe(
        agreements=known_agreements(entities.missing_agreements(), settings.instruments)
    )
    entities.register(registered(entities.agreements, settings.instruments))
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
        try:
            digest.update(hashlib.sha256(Path(path).read_bytes()).digest())
        except OSError as error:
            raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error
    return digest.hexdigest()


def _absolute(path: str) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - `Path` would leave ".." in


def _nothing(failures: Iterable[Failure]) -> str:
    reasons = [f.reason for f in failures] or ["no input"]
    return "\n  ".join(["no article could be read, so there is no graph:", *reasons])


def _own_decisions(folder: Path) -> Decisions:
    path = folder / by_hand.FILE
    return by_hand.read(path) if path.is_file() else Decisions(path=str(path))


def _check_target(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir() or (any(folder.iterdir()) and not (folder / REPORT).is_file()):
        raise OutputError(f"{folder}: exists and is no graph that kg built; name another (-o)")


def _carry_over(folder: Path, fresh: Path) -> None:
    """Copy what somebody else put into the folder, so that the new one has it too."""
    ours = OURS | {by_hand.FILE}
    others = [p for p in folder.iterdir() if p.name not in ours] if folder.is_dir() else []
    for path in others:
        if path.is_dir() and not path.is_symlink():
            shutil.copytree(path, fresh / path.name, symlinks=True)
        else:
            shutil.copy2(path, fresh / path.name, follow_symlinks=False)


@contextlib.contextmanager
def _writing(folder: Path) -> Iterator[Path]:
    """A folder beside the target to write into, gone afterwards whatever happens."""
    try:
        with fresh_beside(folder) as fresh:
            yield fresh
    except OSError as error:
        reason = "the disk is full" if error.errno == errno.ENOSPC else error.strerror or str(error)
        message = f"{folder}: cannot be written ({reason}); nothing was changed"
        raise OutputError(message) from error
