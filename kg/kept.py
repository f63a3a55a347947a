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
from collections.abc import Callable, Iterable, Iterator
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
            entries = {n: restore(Entry, entry) for n, entry in data["articles"].items()}
            self.settings, self.title = _with_paths(index.settings, self._here), index.title
            self.entries = {n: _moved(entry, self._here) for n, entry in entries.items()}
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
        data = plain(_Index(_with_paths(settings, self._from_here), title))
        entries = {n: _moved(entry, self._from_here) for n, entry in sorted(self.entries.items())}
        data["articles"] = {name: plain(entry) for name, entry in entries.items()}
        text = json.dumps(data, ensure_ascii=False, indent=0) + "\n"
        (self._folder / INDEX).write_text(text, encoding="utf-8", newline="\n")

    @property
    def _anchor(self) -> str:
        """Where the graph's folder lies: paths go from here, so that all may be moved together."""
        return os.path.realpath(self._folder.parent.parent)

    def _from_here(self, path: str) -> str:
        whole = os.path.abspath(path)  # noqa: PTH100 - `Path` would leave ".." in
        try:
            found = Path(os.path.relpath(whole, self._anchor)).as_posix()
            return found if "/" in found else f"./{found}"  # a model's name has no slash
        except ValueError:  # on another drive
            return whole

    def _here(self, path: str) -> str:
        return os.path.normpath(os.path.join(self._anchor, path))  # noqa: PTH118

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


def _with_paths(settings: Settings, changed: Callable[[str], str]) -> Settings:
    """The settings with other paths for the same files, as they hold from another place."""
    model = settings.model
    is_folder = model is not None and ("/" in model or os.sep in model or Path(model).is_dir())
    return dataclasses.replace(
        settings,
        model=changed(model) if model is not None and is_folder else model,
        gazetteers=tuple(map(changed, settings.gazetteers)),
        instruments=tuple(map(changed, settings.instruments)),
    )


def _moved(entry: Entry, changed: Callable[[str], str]) -> Entry:
    source = dataclasses.replace(entry.source, path=changed(entry.source.path))
    return dataclasses.replace(entry, source=source)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # not every file system has links
        shutil.copyfile(source, target)


def _source_key(source: Source) -> tuple[str, str, str]:
    return source.path, source.published or "", source.publisher or ""


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
