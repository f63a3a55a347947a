"""Web pages (.html, .htm): `Article.text` is the headline and the paragraphs of the main text.

trafilatura finds the main text; subheads are those of its markup. Nothing is fetched.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import trafilatura
from lxml import etree

from kg.readers.files import MAX_BYTES, Unreadable, file_bytes, fitting, is_blank
from kg.readers.metadata import clean, side_metadata, unusable
from kg.readers.page_metadata import page
from kg.readers.paragraphs import paragraphs
from kg.readers.phrases import normal
from kg.readers.sections import NOT_THE_STORY, apart, combined, sections
from kg.readers.text import article
from kg.records import Article, Failure, Section, TextSpan

_BOMS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_DECLARATION_BYTES = 4096
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
# What these labels mean on the web: https://encoding.spec.whatwg.org/#names-and-labels
_WEB_NAMES = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}
_BLOCKS = frozenset(("p", "head", "item", "quote", "cell", "row", "list", "table", "ab", "code"))
_SEPARATOR = "\n\n"


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph of the main text, or a heading."""

    words: str
    is_heading: bool


def read(path: Path, *, max_bytes: int = MAX_BYTES) -> Iterator[Article | Failure]:
    """The one article of a page, with what the page or a side file says of it.

    Raises:
        Unreadable: If the file cannot be read or holds no article.
    """
    where = str(path)
    source = _characters(file_bytes(path, max_bytes=max_bytes), where)
    about = page(source, where)
    said = side_metadata(path).over(about.metadata)
    blocks = _main_text(source, where)
    title = about.heading or said.title
    if title:
        blocks = [_Block(title, True), *_without(title, blocks)]
    text, marked = _laid_out(blocks, has_title=title is not None)
    fitting(text, where)
    found = combined(marked, sections(text, title=title, publisher=said.publisher))
    if unusable(text) or not _has_prose(text, found):
        raise Unreadable(where, "no article in this page: only navigation and boilerplate")
    yield article(path, text, said, found, title=title)


def _characters(data: bytes, where: str) -> str:
    """The page in the encoding that it declares; UTF-8 where it declares none."""
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        reason = f"not {encoding}: byte 0x{data[error.start]:02x} at offset {error.start}"
        raise Unreadable(where, f"{reason}; save the page as UTF-8") from error
    if "\0" in text:
        offset = text.index("\0")
        raise Unreadable(where, f"binary: NUL character at {offset}; only text can be read")
    if is_blank(text):
        raise Unreadable(where, "empty: nothing but white space" if data else "empty: no bytes")
    return _XML_DECLARATION.sub("", text.removeprefix("\ufeff"), count=1)


def _encoding(data: bytes) -> str:
    for mark, name in _BOMS.items():
        if data.startswith(mark):
            return name
    declared = _CHARSET.search(data[:_DECLARATION_BYTES])
    if declared is None:
        return "utf-8"
    label = declared[1].decode("ascii").lower()
    try:
        name = codecs.lookup(_WEB_NAMES.get(label, label)).name
    except LookupError:
        return "utf-8"
    # A page whose bytes could be searched for "<meta" is not UTF-16, whatever it says.
    return "utf-8" if name.startswith(("utf-16", "utf-32")) else name


def _main_text(source: str, where: str) -> list[_Block]:
    try:
        document = trafilatura.bare_extraction(
            source,
            include_comments=False,
            include_tables=False,
            deduplicate=False,  # its cache would make a page depend on those before it
            with_metadata=False,  # its dates are guesses that look at today's
        )
    except RecursionError as error:
        raise Unreadable(where, "no article in this page: nested too deeply") from error
    body = getattr(document, "body", None)
    return [] if body is None else list(_blocks(body))


def _blocks(body: etree._Element) -> Iterator[_Block]:
    """The paragraphs of trafilatura's tree; a line break within one stays a line break."""
    words: list[str] = []
    in_heading = False
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _BLOCKS:
            yield from _block(words, in_heading)
            words = []
            in_heading = element.tag == "head" and event == "start"
        if event == "start":
            words.append(
                "\n" if element.tag == "lb" and not in_heading else " " * (element.tag == "lb")
            )
            words.append(element.text or "")
        else:
            words.append(element.tail or "")
    yield from _block(words, in_heading)


def _block(words: list[str], is_heading: bool) -> Iterator[_Block]:
    lines = (clean(line) for line in "".join(words).split("\n"))
    text = "\n".join(line for line in lines if line)
    if text:
        yield _Block(text, is_heading)


def _without(title: str, blocks: list[_Block]) -> list[_Block]:
    """The blocks without the first one that repeats the title."""
    for i, block in enumerate(blocks[:5]):
        if normal(block.words) == normal(title):
            return [*blocks[:i], *blocks[i + 1 :]]
    return blocks


def _laid_out(blocks: list[_Block], *, has_title: bool) -> tuple[str, list[Section]]:
    """The text of all blocks and the sections that the markup shows."""
    marked: list[Section] = []
    at = 0
    for i, block in enumerate(blocks):
        span = TextSpan(at, at + len(block.words))
        if block.is_heading:
            marked.append(Section("headline" if has_title and i == 0 else "subhead", span))
        at = span.end + len(_SEPARATOR)
    return _SEPARATOR.join(block.words for block in blocks), marked


def _has_prose(text: str, found: tuple[Section, ...]) -> bool:
    """A paragraph of sentences that is neither headline, teaser nor boilerplate."""
    labelled = [s for s in found if s.kind in NOT_THE_STORY or s.kind == "headline"]
    prose = (Section("caption", p.span) for p in paragraphs(text) if p.is_prose)
    return bool(apart(prose, labelled))
