"""What was found in each article of a graph, kept beside it: another build need not find it again.

`parts/` holds one file an article, its extraction as compressed JSON, and an index with what the
graph was told. A graph without text keeps no extraction, for that quotes its article: there the
index tells where to read it again.
"""

from __future__ import annotations

import dataclasses
import functools
import gzip
import hashlib
import json
import os
import shutil
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from kg import readers
from kg.config import Settings
from kg.errors import KGError, OutputError
from kg.rdf.write import Run
from kg.records import Article, Extraction, plain, restore

INDEX = "index.json"
ANEW = "give --replace and all articles to make the graph anew"

FINDERS = ("data", "extraction", "nlp", "records.py", "resolve")
"""The parts of this package that findings depend on."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where an article was read, and with which options."""

    path: str
    published: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One article in the index: digests of all that its reader gave, of its text, of its finders.

    `file` holds its extraction; without, it has to be read again.
    """

    article: str
    text: str
    found_by: str
    source: Source
    file: str | None = None


@dataclass(frozen=True, slots=True)
class _Index:
    """What stands in the index beside the articles."""

    settings: Settings = field(default_factory=Settings)
    title: str | None = None


class Kept:
    """The kept findings of a graph, by article id; what is added is there once `save` was called.

    Raises:
        OutputError: If the folder is there and its index is missing or damaged.
    """

    def __init__(self, folder: Path):
        self._folder = folder
        self.entries: dict[str, Entry] = {}
        self.settings = Settings()
        self.title: str | None = None
        if folder.exists():
            self._read(folder / INDEX)
        self.by_text = {entry.text: name for name, entry in sorted(self.entries.items())}
        """Articles by the SHA-256 of their texts, as the folder was when opened."""

    def _read(self, path: Path) -> None:
        data = _loaded(path)
        try:
            index = restore(_Index, data)
            self.settings, self.title = index.settings, index.title
            self.entries = {n: restore(Entry, entry) for n, entry in data["articles"].items()}
        except (KGError, AttributeError, KeyError, TypeError) as error:
            raise OutputError(f"{path}: damaged ({error}); {ANEW}") from error

    def add(self, item: Extraction, found_by: str, source: Source, *, text: bool) -> None:
        """Keep an extraction or, without text, only where its article was read."""
        article = item.article
        name = f"{_sha256(article.id.encode())[:24]}.json.gz" if text else None
        self.entries[article.id] = Entry(
            article=article_digest(article),
            text=article.sha256,
            found_by=found_by,
            source=source,
            file=name,
        )
        if name is not None:
            raw = json.dumps(plain(item), ensure_ascii=False, separators=(",", ":")).encode()
            self._folder.mkdir(exist_ok=True)
            (self._folder / name).write_bytes(gzip.compress(raw, 6, mtime=0))

    def take(self, other: Kept, article: str) -> None:
        """Keep what another keeps of an article."""
        entry = self.entries[article] = other.entries[article]
        if entry.file is not None:
            self._folder.mkdir(exist_ok=True)
            _link(other._folder / entry.file, self._folder / entry.file)

    def extraction(self, article: str) -> Extraction:
        """What was found in an article.

        Raises:
            OutputError: If the file is missing or damaged.
        """
        file = self.entries[article].file
        assert file is not None, f"{article}: its findings are not kept"
        return restore(Extraction, _loaded(self._folder / file))

    def save(self, settings: Settings, title: str | None) -> None:
        """Write the index, with what the graph was told."""
        self._folder.mkdir(exist_ok=True)
        data = plain(_Index(_anywhere(settings), title))
        data["articles"] = {name: plain(entry) for name, entry in sorted(self.entries.items())}
        text = json.dumps(data, ensure_ascii=False, indent=0) + "\n"
        (self._folder / INDEX).write_text(text, encoding="utf-8", newline="\n")

    def read_again(self, articles: Iterable[str]) -> Iterator[Article]:
        """The texts of articles of which only the source is known, with the ids that they have.

        Raises:
            OutputError: If some are not where they were, or have another text by now.
        """
        wanted = {self.entries[a].text: a for a in articles}
        sources = {self.entries[a].source for a in wanted.values()}
        for source in sorted(sources, key=_source_key):
            found = readers.articles(
                [source.path], published=source.published, publisher=source.publisher
            )
            for item in found:
                name = wanted.pop(item.sha256, None) if isinstance(item, Article) else None
                if name is not None:
                    assert isinstance(item, Article)
                    yield dataclasses.replace(item, id=name)
        if wanted:
            away = "\n  ".join(
                f"{a}: {self.entries[a].source.path}" for a in sorted(wanted.values())
            )
            raise OutputError(
                "the graph keeps no text, so its articles are read again; "
                f"these are gone or changed:\n  {away}"
            )


def article_digest(article: Article) -> str:
    """Digest of all that a reader gave but the path."""
    return _sha256(json.dumps(plain(dataclasses.replace(article, path=""))).encode())


def findings_digest(run: Run) -> str:
    """Digest of what finds: our code and data, the model, the users' gazetteers and registries."""
    parts = [_code(), run.version, run.model, run.model_version, run.model_hash, run.data_hash]
    return _sha256(json.dumps(parts).encode())


@functools.cache
def _code() -> str:
    """Digest of the files in `FINDERS`: in development the version alone does not tell."""
    digest = hashlib.sha256()
    for name, data in _files(resources.files("kg"), FINDERS):
        digest.update(f"{name}\n".encode() + hashlib.sha256(data).digest())
    return digest.hexdigest()


def _files(folder: Traversable, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    for name in sorted(names):
        item = folder / name
        if item.is_dir():
            inner = (i.name for i in item.iterdir() if i.name != "__pycache__")
            yield from ((f"{name}/{n}", data) for n, data in _files(item, inner))
        else:
            yield name, item.read_bytes()


def _loaded(path: Path) -> Any:
    try:
        data = path.read_bytes()
        return json.loads(gzip.decompress(data) if path.suffix == ".gz" else data)
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise OutputError(f"{path}: missing or damaged ({error}); {ANEW}") from error


def _anywhere(settings: Settings) -> Settings:
    """The settings with whole paths, so that they hold in another working folder too."""
    model = settings.model
    return dataclasses.replace(
        settings,
        model=str(Path(model).absolute()) if model and Path(model).is_dir() else model,
        gazetteers=tuple(str(Path(p).absolute()) for p in settings.gazetteers),
        instruments=tuple(str(Path(p).absolute()) for p in settings.instruments),
    )


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # not every file system has links
        shutil.copyfile(source, target)


def _source_key(source: Source) -> tuple[str, str, str]:
    return source.path, source.published or "", source.publisher or ""


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
