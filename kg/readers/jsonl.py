"""JSON Lines (.jsonl, .ndjson): one article a line, read line by line.

Each line is an object with `id` and `text`; `title`, `publisher`, `url`, `published`, `language`,
`rights` and `sections` ([{"kind", "span"}]) are optional and are kept as given.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from kg.readers.files import (
    MAX_BYTES,
    Unreadable,
    fitting,
    is_blank,
    not_utf8,
    opened,
    os_reason,
    too_large,
)
from kg.readers.metadata import json_value, mapping, metadata, unusable
from kg.readers.sections import is_story, sections
from kg.readers.text import headline
from kg.records import Article, Failure, Section, SectionKind, TextSpan

KINDS: frozenset[str] = frozenset(typing.get_args(SectionKind))


def read(path: Path, *, max_bytes: int = MAX_BYTES) -> Iterator[Article | Failure]:
    """The articles of a file, one line after the other; a line that is wrong gives a `Failure`.

    Raises:
        Unreadable: If the file is away or has no line with anything on it.
    """
    try:
        with opened(path) as file:
            yield from read_lines(file, str(path), max_bytes=max_bytes)
    except OSError as error:
        raise Unreadable(str(path), os_reason(error)) from error


def read_lines(
    file: BinaryIO, name: str, *, max_bytes: int = MAX_BYTES
) -> Iterator[Article | Failure]:
    """The articles of an open file called `name`; `max_bytes` bounds a line.

    Raises:
        Unreadable: If no line has anything on it.
    """
    n_found = 0
    for number, line in _lines(file, max_bytes):
        if not line.strip():
            continue
        n_found += 1
        where = f"{name}:{number}"
        try:
            if len(line) > max_bytes:
                raise Unreadable(where, too_large(len(line), max_bytes))
            value = mapping(json_value(_decoded(line, where), where), where)
            yield article(value, where, name)
        except Unreadable as error:
            yield error.failure
    if not n_found:
        raise Unreadable(name, "empty: no line with an article")


def article(
    data: Mapping[str, object], where: str, path: str, *, default_id: str | None = None
) -> Article:
    """The article that one JSON object describes.

    Raises:
        Unreadable: If a key is missing or a value cannot be used.
    """
    needs = "each line needs id and text" if default_id is None else "an article needs text"
    text = data.get("text")
    if not isinstance(text, str):
        raise Unreadable(where, f'no "text"; {needs}' if text is None else '"text" is no string')
    if is_blank(text):
        raise Unreadable(where, '"text" is empty')
    fault = unusable(text)
    if fault:
        raise Unreadable(where, f'"text" {fault}')
    fitting(text, where)
    said = metadata(data, where)
    article_id = said.id or default_id
    if article_id is None:
        raise Unreadable(where, f'no "id"; {needs}')
    given = data.get("sections")
    found = (
        sections(text, title=said.title, publisher=said.publisher)
        if given is None
        else _sections(given, text, where)
    )
    if not is_story(text, found):
        raise Unreadable(where, "only boilerplate: no paragraph of a story in it")
    return Article(
        id=article_id,
        path=path,
        text=text,
        title=said.title or headline(text, found),
        publisher=said.publisher,
        url=said.url,
        published=said.published,
        published_basis="metadata" if said.published else None,
        language=said.language,
        rights=said.rights,
        sections=found,
    )


def _lines(file: BinaryIO, max_bytes: int) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers from 1; of a line that is too long, its beginning."""
    number = 0
    while line := file.readline(max_bytes + 1):
        number += 1
        rest = line
        while len(rest) > max_bytes and not rest.endswith(b"\n"):
            rest = file.readline(max_bytes + 1)
        yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line


def _decoded(line: bytes, where: str) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        reason = not_utf8(line, error.start).replace(" (line 1)", " of the line")
        raise Unreadable(where, reason) from error


def _sections(given: object, text: str, where: str) -> tuple[Section, ...]:
    """Sections as given, checked; "body" is what no section covers, and left out."""
    if not isinstance(given, list):
        raise Unreadable(where, '"sections" is no list')
    found = sorted(
        (s for item in given if (s := _section(item, text, where))), key=lambda s: s.span
    )
    for before, after in pairwise(found):
        if before.span.end > after.span.start:
            raise Unreadable(where, f'"sections" overlap at {after.span.start}')
    return tuple(found)


def _section(item: object, text: str, where: str) -> Section | None:
    match item:
        case {"kind": "body", "span": _}:
            return None
        case {"kind": str(kind), "span": [int(start), int(end)]} if kind in KINDS:
            if 0 <= start < end <= len(text):
                return Section(typing.cast(SectionKind, kind), TextSpan(start, end))
            raise Unreadable(where, f'"sections": [{start}, {end}] is outside the text')
    known = ", ".join(sorted(KINDS))
    raise Unreadable(where, f'"sections" need kind and span, [start, end); kinds are {known}')
