"""Bytes in, `Article` out: one module per format.

A format is a module with `read(path, *, max_bytes) -> Iterator[Article | Failure]`, which raises
`ReadError` for a file as a whole, and a line in `READERS`.
"""

from __future__ import annotations

import dataclasses
import importlib
import logging
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Protocol, cast

from kg.errors import ReadError, SettingsError
from kg.readers.files import MAX_BYTES, Unreadable
from kg.readers.identifiers import ambiguous_stems, distinct_id, safe_id
from kg.readers.inputs import inputs
from kg.readers.published import agency_in, published_in
from kg.records import Article, Failure

__all__ = ["MAX_BYTES", "READERS", "Reader", "articles", "reader"]

log = logging.getLogger(__name__)

# fmt: off
READERS: dict[str, str] = {
    ".txt":      "kg.readers.text",
    ".md":       "kg.readers.markdown",
    ".markdown": "kg.readers.markdown",
    ".html":     "kg.readers.html",
    ".htm":      "kg.readers.html",
    ".jsonl":    "kg.readers.jsonl",
    ".ndjson":   "kg.readers.jsonl",
    ".json":     "kg.readers.json_object",
}
# fmt: on
"""For each suffix, in small letters, the module that reads it; imported when first needed."""

MANY_ARTICLES = frozenset((".jsonl", ".ndjson"))
"""Suffixes of files whose articles bring their own ids."""


class Reader(Protocol):
    """What a module in `READERS` holds."""

    def read(self, path: Path, *, max_bytes: int = ...) -> Iterator[Article | Failure]:
        """The articles of a file."""


def reader(suffix: str) -> Reader:
    """The module that reads files with this suffix."""
    return cast(Reader, importlib.import_module(READERS[suffix.lower()]))


def articles(
    paths: Iterable[Path | str],
    *,
    published: str | None = None,
    publisher: str | None = None,
    max_bytes: int = MAX_BYTES,
) -> Iterator[Article | Failure]:
    """The articles of files and folders in a fixed order; a `Failure` for what gave none.

    Folders are read with all that is in them, sorted by name; hidden files, side files, READMEs,
    licences and files of other kinds are left out. Files whose names alone would give one id get
    their folder's name in front, then a hash behind; ids that a file itself gives are kept. Of two
    files with one text the second is a `Failure`; lines of JSON Lines are told apart by their ids.

    Args:
        paths: Files and folders.
        published: Date (YYYY-MM-DD) of the articles that have none in their metadata.
        publisher: Publisher of the articles that name none in their metadata.
        max_bytes: Size of the largest file, or line of JSON Lines, that is read.

    Raises:
        SettingsError: If `published` is no date.
    """
    if published is not None:
        published = _checked(published)
    return _articles(paths, published, publisher, max_bytes)


def _articles(
    paths: Iterable[Path | str], published: str | None, publisher: str | None, max_bytes: int
) -> Iterator[Article | Failure]:
    found = list(inputs(paths, frozenset(READERS)))
    files = [item for item in found if isinstance(item, Path)]
    known = _Known(ambiguous_stems(p for p in files if p.suffix.lower() not in MANY_ARTICLES))
    for item in found:
        if isinstance(item, Failure):
            yield item
            continue
        log.info("reading %s", item)
        for result in _read(item, max_bytes):
            checked = known.checked(result, item) if isinstance(result, Article) else result
            if isinstance(checked, Article):
                checked = _completed(checked, published, publisher)
            yield checked


def _read(path: Path, max_bytes: int) -> Iterator[Article | Failure]:
    try:
        yield from reader(path.suffix).read(path, max_bytes=max_bytes)
    except Unreadable as error:
        yield error.failure
    except ReadError as error:
        yield Failure(str(path), str(error))


class _Known:
    """The ids and texts of a run so far."""

    def __init__(self, ambiguous: frozenset[str]) -> None:
        self._ambiguous = ambiguous
        self._ids: dict[str, str] = {}  # id → path
        self._texts: dict[str, str] = {}  # hash → path

    def checked(self, article: Article, path: Path) -> Article | Failure:
        """The article with an id of its own, or why it cannot go on."""
        sha256 = article.sha256
        many = path.suffix.lower() in MANY_ARTICLES
        if not many and sha256 in self._texts:
            twin = self._texts[sha256]
            return Unreadable(article.path, f"same text as {twin}; it is read once").failure
        by_name = not many and article.id == safe_id(path.stem)
        if by_name and (article.id in self._ambiguous or article.id in self._ids):
            new_id = distinct_id(article.id, path, sha256, self._ids)
            article = dataclasses.replace(article, id=new_id)
        if article.id in self._ids:
            reason = f'id "{article.id}" is already that of an article in {self._ids[article.id]}'
            return Unreadable(article.path, reason).failure
        self._ids[article.id] = article.path
        self._texts.setdefault(sha256, article.path)
        return article


def _completed(article: Article, published: str | None, publisher: str | None) -> Article:
    """The article with date and publisher from the options, or else from its own words."""
    publisher = article.publisher or publisher or agency_in(article.text, article.sections)
    article = dataclasses.replace(article, publisher=publisher)
    if article.published is not None:
        return article
    if published is not None:
        return dataclasses.replace(article, published=published, published_basis="option")
    day = published_in(article.text, article.sections)
    if day is None:
        return article
    return dataclasses.replace(article, published=day, published_basis="text")


def _checked(published: str) -> str:
    try:
        return date.fromisoformat(published).isoformat()
    except ValueError as error:
        raise SettingsError(f'published: "{published}" is no date; write YYYY-MM-DD') from error
