"""Markdown (.md, .markdown): `Article.text` is the file, unchanged, marks and all.

Headings, pictures, links and code are told by their marks, the rest as in plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kg.readers.files import MAX_BYTES, decoded, file_bytes, fitting
from kg.readers.metadata import side_metadata
from kg.readers.sections import combined, sections
from kg.readers.text import article, front_matter, moved
from kg.records import Article, Failure, Section, SectionKind, TextSpan

_LINE = re.compile(r"[^\n]+")
_UNDERLINE = re.compile(r"={2,}|-{2,}")
_ENCLOSED = {"```": "```", "~~~": "~~~", "<!--": "-->"}
"""Marks that open code and comments at the beginning of a line, and those that close them."""

# fmt: off
_MARKS: tuple[tuple[SectionKind, re.Pattern[str]], ...] = (
    ("subhead",     re.compile(r"#{1,6}[ \t]+\S.*")),
    ("caption",     re.compile(r"\[?!\[[^\]]*\]\([^)]*\)(?:\]\([^)]*\))?")),
    ("boilerplate", re.compile(r"(?:[-*_][ \t]*){3,}")),
    ("boilerplate", re.compile(r"\[[^\]]+\]:[ \t]*\S+.*")),
    ("teaser",      re.compile(r"(?:[*+-][ \t]+)?\*{0,2}\[[^\]]+\]\([^)]*\)\*{0,2}")),
)
# fmt: on


class _MarkedLine(NamedTuple):
    """A line without its outer white space."""

    words: str
    span: TextSpan


def read(path: Path, *, max_bytes: int = MAX_BYTES) -> Iterator[Article | Failure]:
    """The one article of a Markdown file, with front matter and side file, if it has them.

    Raises:
        Unreadable: If the file, its front matter or its side file cannot be used.
    """
    text = fitting(decoded(file_bytes(path, max_bytes=max_bytes), str(path)), str(path))
    start, said = front_matter(text, str(path))
    said = side_metadata(path).over(said)
    found = markdown_sections(text[start:], title=said.title, publisher=said.publisher)
    yield article(path, text, said, moved(found, start, text))


def markdown_sections(
    text: str, *, title: str | None = None, publisher: str | None = None
) -> tuple[Section, ...]:
    """The labelled parts of a Markdown text; where its marks tell, they count before its words."""
    found = sections(text, title=title, publisher=publisher)
    # Lines without a letter are marks here: they underline headings and enclose code.
    plain = tuple(s for s in found if any(c.isalnum() for c in s.span.of(text)))
    marked = _with_headline(text, list(_marked(text)))
    if any(section.kind == "headline" for section in marked):
        plain = tuple(section for section in plain if section.kind != "headline")
    return combined(marked, plain)


def _marked(text: str) -> Iterator[Section]:
    lines = [_trimmed(match) for match in _LINE.finditer(text)]
    i = 0
    while i < len(lines):
        line = lines[i]
        end = _enclosed_end(lines, i)
        if end is not None:
            yield Section("boilerplate", TextSpan(line.span.start, lines[end].span.end))
            i = end
        elif i + 1 < len(lines) and _is_underlined(line, lines[i + 1], text):
            yield Section("subhead", TextSpan(line.span.start, lines[i + 1].span.end))
            i += 1
        else:
            kind = next((kind for kind, mark in _MARKS if mark.fullmatch(line.words)), None)
            if kind is not None:
                yield Section(kind, line.span)
        i += 1


def _trimmed(match: re.Match[str]) -> _MarkedLine:
    words = match[0].strip()
    start = match.start() + match[0].index(words)
    return _MarkedLine(words, TextSpan(start, start + len(words)))


def _enclosed_end(lines: list[_MarkedLine], i: int) -> int | None:
    """The last line of the code or comment that begins at line `i`."""
    words = lines[i].words
    mark = next((mark for mark in _ENCLOSED if words.startswith(mark)), None)
    if mark is None:
        return None
    closing = _ENCLOSED[mark]
    if closing in words[len(mark) :]:
        return i
    # 400: an article shows no longer code; an opening mark that nothing closes stays cheap.
    ends = (j for j in range(i + 1, min(len(lines), i + 400)) if closing in lines[j].words)
    return next(ends, None)


def _is_underlined(line: _MarkedLine, following: _MarkedLine, text: str) -> bool:
    between = text[line.span.end : following.span.start]
    return (
        _UNDERLINE.fullmatch(following.words) is not None
        and between.count("\n") == 1
        and any(c.isalnum() for c in line.words)
        and not line.words.startswith(("#", ">", "*", "+", "-", "["))
        and len(line.words) <= 200
    )


def _with_headline(text: str, found: list[Section]) -> list[Section]:
    """The first heading is the headline, if nothing but labelled parts stands before it."""
    at = 0
    for i, section in enumerate(found):
        if any(c.isalnum() for c in text[at : section.span.start]):
            break
        if section.kind == "subhead":
            return [*found[:i], Section("headline", section.span), *found[i + 1 :]]
        at = section.span.end
    return found
