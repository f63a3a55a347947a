"""Plain text (.txt): `Article.text` is the file, decoded as UTF-8, unchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kg.readers.files import MAX_BYTES, Unreadable, decoded, file_bytes, fitting
from kg.readers.identifiers import safe_id
from kg.readers.metadata import Metadata, mapping, metadata, side_metadata, yaml_value
from kg.readers.sections import is_story, sections
from kg.records import Article, Failure, Section, TextSpan

MAX_FRONT_MATTER = 64_000
"""Longest front matter, in characters; a text that merely begins with a rule has none."""

_FENCE = re.compile(r"\ufeff?---[ \t]*\r?\n")
_CLOSING_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_KEY = re.compile(r"\s*(?:#[^\n]*\n\s*)*[\w-]+[ \t]*:(?:\s|$)")
_PLAIN_LINE = re.compile(
    r"(?P<key>[\w-]+)[ \t]*:(?:[ \t]+|$)(?P<quote>[\"']?)(?P<value>.*?)(?P=quote)[ \t]*"
)

_TITLE = re.compile(
    r"^(?:title|headline):[ \t]+(?P<quote>[\"']?)(?P<title>\S[^\n]*?)(?P=quote)[ \t]*\r?$",
    re.MULTILINE,
)
"""The title in front matter, on one line."""


def read(path: Path, *, max_bytes: int = MAX_BYTES) -> Iterator[Article | Failure]:
    """The one article of a text file, with front matter and side file, if it has them.

    Raises:
        Unreadable: If the file, its front matter or its side file cannot be used.
    """
    text = fitting(decoded(file_bytes(path, max_bytes=max_bytes), str(path)), str(path))
    start, said = front_matter(text, str(path))
    said = side_metadata(path).over(said)
    found = sections(text[start:], title=said.title, publisher=said.publisher)
    yield article(path, text, said, moved(found, start, text))


def article(
    path: Path, text: str, said: Metadata, found: tuple[Section, ...], *, title: str | None = None
) -> Article:
    """The record of one file: what its metadata say first, then what its words show.

    Raises:
        Unreadable: If nothing of the text is a story.
    """
    if not is_story(text, found):
        raise Unreadable(str(path), "only boilerplate: no paragraph of a story in it")
    return Article(
        id=said.id or safe_id(path.stem),
        path=str(path),
        text=text,
        title=said.title or title or headline(text, found),
        publisher=said.publisher,
        url=said.url,
        published=said.published,
        published_basis="metadata" if said.published else None,
        language=said.language,
        rights=said.rights,
        sections=found,
    )


def headline(text: str, found: tuple[Section, ...]) -> str | None:
    """The words of the headline, as one line."""
    spans = (section.span for section in found if section.kind == "headline")
    words = next((" ".join(span.of(text).split()) for span in spans), "")
    return words.strip("#* ") or None


def front_matter(text: str, where: str) -> tuple[int, Metadata]:
    """Where the text begins behind its YAML front matter, and what that says; (0, nothing) if none.

    Raises:
        Unreadable: If it looks like front matter but cannot be used.
    """
    opening = _FENCE.match(text)
    head = text[:MAX_FRONT_MATTER]
    closing = _CLOSING_FENCE.search(head, opening.end()) if opening else None
    if opening is None or closing is None or not _KEY.match(head, opening.end()):
        return 0, Metadata()
    place = f"{where}: front matter"
    front = text[opening.end() : closing.start()]
    try:
        value = yaml_value(front, place)
    except Unreadable:
        value = _plain_lines(front)
        if not value:
            raise
    return closing.end(), metadata(mapping(value, place), place)


def _plain_lines(front: str) -> dict[str, str]:
    """Keys and values of front matter that is no YAML because a value holds `: ` or a stray quote.

    Titles are often written so (`title: Lavrov: talks resume`). Nothing, unless every line is a key
    and its value: what is nested or broken otherwise is not guessed at.
    """
    lines = [line for line in front.splitlines() if line.strip()]
    found = [_PLAIN_LINE.fullmatch(line) for line in lines]
    if not all(found):
        return {}
    return {m["key"]: m["value"] for m in found if m}


def moved(found: tuple[Section, ...], by: int, text: str) -> tuple[Section, ...]:
    """Sections found behind front matter, in offsets of the whole.

    The front is boilerplate, but for the title in it where the text has no headline of its own.
    """
    if not by:
        return found
    end = len(text[:by].rstrip())
    front: tuple[Section, ...] = (Section("boilerplate", TextSpan(0, end)),)
    title = _TITLE.search(text, 0, end)
    if title and not any(section.kind == "headline" for section in found):
        start, stop = title.span("title")
        front = (
            Section("boilerplate", TextSpan(0, start)),
            Section("headline", TextSpan(start, stop)),
            Section("boilerplate", TextSpan(stop, end)),
        )
    rest = (Section(s.kind, TextSpan(s.span.start + by, s.span.end + by)) for s in found)
    return (*front, *rest)
