"""Each article's share of a graph, made here or in worker processes: the same bytes either way."""

from __future__ import annotations

import itertools
import logging
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path

from spacy.language import Language

from kg import ingest
from kg.config import Settings
from kg.errors import EvidenceError, KGError
from kg.rdf.validate import evidence_problems
from kg.rdf.write import Run, article_quads, nquads, trig_blocks
from kg.records import Article, Extraction, Failure

log = logging.getLogger(__name__)

WORTH_WORKERS = 150_000
"""Bytes of input from which workers save more time than they take to start: about five seconds."""


@dataclass(frozen=True, slots=True)
class Part:
    """What an article says, and its graph as sorted N-Quads and as blocks of TriG by graph name."""

    extraction: Extraction
    nquads: bytes
    trig: tuple[tuple[str, bytes], ...]


def worker_count(paths: ingest.Paths, settings: Settings) -> int:
    """The processes asked for; else one for small input, and as many as there are cores."""
    if settings.processes is not None:
        return settings.processes
    size = sum(_size(Path(p)) for p in paths)
    return _cores() if size >= WORTH_WORKERS else 1


def parts(
    items: Iterable[Article | Failure], settings: Settings, run: Run, workers: int
) -> Iterator[Part | Failure]:
    """The parts of articles, in their order; what cannot be used is a `Failure`.

    Memory holds a few batches of articles for each worker.

    Raises:
        KGError: If model or gazetteer cannot be used, or a worker process ended.
    """
    settings = replace(settings, processes=1)
    if workers == 1:
        return _made(items, settings, run, ingest.pipeline(settings))
    return _made_by_workers(items, settings, run, workers)


def _made(
    items: Iterable[Article | Failure], settings: Settings, run: Run, nlp: Language
) -> Iterator[Part | Failure]:
    for item in ingest.extractions(items, settings, nlp):
        yield item if isinstance(item, Failure) else part_of(item, settings, run)


def part_of(item: Extraction, settings: Settings, run: Run) -> Part | Failure:
    """The article's part, once all of its evidence has been checked."""
    article = item.article
    try:
        quads = article_quads(item, base=settings.base, text=settings.text, run=run)
        problems = evidence_problems(quads, {article.id: article.text}, base=settings.base)
        if problems:
            raise EvidenceError(problems[0].message)
    except EvidenceError as error:
        where = ingest.place(article)
        log.exception("%s: evidence does not hold", where)
        return Failure(article.path, f"{where}: evidence does not hold: {error}")
    return Part(item, nquads(quads), tuple(trig_blocks(quads, base=settings.base)))


def _made_by_workers(
    items: Iterable[Article | Failure], settings: Settings, run: Run, workers: int
) -> Iterator[Part | Failure]:
    waiting: deque[Future[list[Part | Failure]]] = deque()
    pool = ProcessPoolExecutor(workers, initializer=_start, initargs=(settings, run))
    try:
        for batch in _batches(items, settings.batch_size):
            waiting.append(pool.submit(_work, batch))
            if len(waiting) > 2 * workers:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        raise KGError(
            "a worker process ended, perhaps for want of memory; try --processes 1"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _batches(items: Iterable[Article | Failure], size: int) -> Iterator[list[Article | Failure]]:
    source = iter(items)
    while batch := list(itertools.islice(source, size)):
        yield batch


_STARTED: dict[str, tuple[Settings, Run, Language]] = {}
"""What a worker process keeps between batches."""


def _start(settings: Settings, run: Run) -> None:
    ingest.end_quietly()
    _STARTED["worker"] = settings, run, ingest.pipeline(settings)


def _work(batch: list[Article | Failure]) -> list[Part | Failure]:
    settings, run, nlp = _STARTED["worker"]
    return list(_made(batch, settings, run, nlp))


def _size(path: Path) -> int:
    try:
        if path.is_dir():
            return sum(p.stat().st_size for p in path.rglob("*") if p.is_file())
        return path.stat().st_size
    except OSError:
        return 0  # the reader will tell what is wrong


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
