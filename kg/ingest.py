"""The whole way, step after step: articles in, extractions out, one at a time and in order."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import json
import logging
import os
import signal
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg import readers
from kg.config import Settings
from kg.extraction.assemble import extraction
from kg.nlp.articles import article_doc, article_id
from kg.nlp.load import load
from kg.records import Article, Extraction, Failure, plain, restore
from kg.resolve.bearers import Bearers
from kg.resolve.decisions import Decisions
from kg.resolve.judging import Judge
from kg.resolve.utterances import utterance_ids

log = logging.getLogger(__name__)

Paths = Iterable[str | Path]


def pipeline(settings: Settings) -> Language:
    """The language pipeline with extraction, as the settings ask."""
    return load(settings.model, gazetteers=settings.gazetteers, instruments=settings.instruments)


def articles(paths: Paths, settings: Settings) -> Iterator[Article | Failure]:
    """The articles under some files and folders; what cannot be read is a `Failure`."""
    return readers.articles(paths, published=settings.published, publisher=settings.publisher)


def extractions(
    items: Iterable[Article | Failure], settings: Settings, nlp: Language | None = None
) -> Iterator[Extraction | Failure]:
    """What each article says, in the order of the articles; one bad article stops nothing.

    Memory holds a few batches of articles, however many there are.
    """
    nlp = nlp or pipeline(settings)
    _handle_errors(nlp)
    if (settings.processes or 1) > 1:
        _quiet_workers()
    sent: deque[Article | Failure] = deque()
    docs = nlp.pipe(
        _docs(items, nlp, sent), batch_size=settings.batch_size, n_process=settings.processes or 1
    )
    for doc in docs:
        name = article_id(doc)
        yield from _passed_over(sent, until=name)
        article = sent.popleft()
        assert isinstance(article, Article)
        yield _extraction(doc, article)
    yield from _passed_over(sent, until=None)


def end_quietly() -> None:
    """Let Ctrl-C end this worker process without a word; the main process tells."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@functools.cache
def _quiet_workers() -> None:
    """Make all processes that are forked from now on `end_quietly`: spaCy starts its own."""
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=end_quietly)


def place(article: Article) -> str:
    """Where an article came from, for messages: its file and, if that holds many, its id."""
    many = Path(article.path).suffix.lower() in readers.MANY_ARTICLES
    return f"{article.path} ({article.id})" if many else article.path


def _docs(
    items: Iterable[Article | Failure], nlp: Language, sent: deque[Article | Failure]
) -> Iterator[Doc]:
    """A Doc for each article that the tokenizer takes; every item is noted in `sent`."""
    for item in items:
        if isinstance(item, Failure):
            sent.append(item)
        elif len(item.text) > nlp.max_length:
            sent.append(
                Failure(
                    item.path,
                    f"{place(item)}: {len(item.text):,} characters, more than the "
                    f"{nlp.max_length:,} that one article may have; split it",
                )
            )
        else:
            sent.append(item)
            yield article_doc(nlp, item)


def _passed_over(sent: deque[Article | Failure], until: str | None) -> Iterator[Failure]:
    """What was sent before the article `until`, and did not come back as a Doc."""
    while sent:
        item = sent[0]
        if isinstance(item, Article) and item.id == until:
            return
        sent.popleft()
        if isinstance(item, Failure):
            yield item
        else:
            yield Failure(item.path, f"{place(item)}: the language pipeline failed (see the log)")


def _extraction(doc: Doc, article: Article) -> Extraction | Failure:
    try:
        return extraction(doc, article)
    except (ValueError, KeyError, IndexError) as error:
        log.exception("%s: assembling failed", place(article))
        return Failure(article.path, f"{place(article)}: extraction failed ({error})")


def _handle_errors(nlp: Language) -> None:
    """Drop a Doc at which a component fails, and log it, instead of ending the whole pipe.

    `Language.set_error_handler` itself fails in spaCy 3.8.18: the parser takes no such attribute.
    """
    nlp.default_error_handler = _log_error
    for _, pipe in nlp.pipeline:
        if hasattr(pipe, "set_error_handler"):
            with contextlib.suppress(AttributeError):
                pipe.set_error_handler(_log_error)


def _log_error(name: str, component: object, docs: list[Doc], error: Exception) -> None:
    for doc in docs:
        log.error("%s: component %s failed: %r", article_id(doc), name, error, exc_info=error)


class Spool:
    """Extractions on disk, to be read again once all are known; removed on leaving the `with`.

    `same_as` of statements and who is one with whom are set on reading: that shows only over all.
    """

    def __init__(self, folder: Path | None = None):
        # closed by `__exit__`
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8", dir=folder)  # noqa: SIM115

    def add(self, item: Extraction) -> None:
        """Keep one extraction."""
        json.dump(plain(item), self._file, ensure_ascii=False, separators=(",", ":"))
        self._file.write("\n")

    def __iter__(self) -> Iterator[Extraction]:
        """The extractions in the order in which they came, with what only all of them tell."""
        bearers, judge = Bearers(), Judge(Decisions())
        for item in self._kept():
            bearers.add(item)
        judge.links = bearers.links()
        ids = utterance_ids(judge.judged(item).extraction for item in self._kept())
        for item in (judge.judged(item).extraction for item in self._kept()):
            statements = tuple(
                dataclasses.replace(s, same_as=ids.get((item.article.id, s.id)))
                for s in item.statements
            )
            yield dataclasses.replace(item, statements=statements)

    def _kept(self) -> Iterator[Extraction]:
        self._file.seek(0)
        for line in self._file:
            yield restore(Extraction, json.loads(line))

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *exception: object) -> None:
        self._file.close()


def linked(items: Iterable[Extraction | Failure], failures: list[Failure]) -> Iterator[Extraction]:
    """Extractions whose recurring utterances are linked; failures are put into the list given."""
    with Spool() as spool:
        for item in items:
            if isinstance(item, Failure):
                failures.append(item)
            else:
                spool.add(item)
        yield from spool
