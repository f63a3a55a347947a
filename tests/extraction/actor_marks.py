"""Texts with the actors marked in them ("{Kyiv|UKR} denied it"), and what is made of them."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import NamedTuple

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import kg.extraction.statements
import kg.nlp.boundaries  # noqa: F401 - they register their components where entry points do not
from kg.extraction.actors import actors, places
from kg.nlp.articles import article_doc
from kg.nlp.load import add_boundaries, default_path
from kg.records import Article, Section, TextSpan

HERE = Path(__file__).parent
MARK = re.compile(r"\{([^|{}]+)\|([^{}]+)\}")


class Marked(NamedTuple):
    """A text without its marks, and what they say."""

    text: str
    marks: tuple[tuple[TextSpan, str], ...]


def marked(raw: str) -> Marked:
    """A text with marks, read."""
    text, marks, at = "", [], 0
    for found in MARK.finditer(raw):
        text += raw[at : found.start()]
        marks.append((TextSpan(len(text), len(text) + len(found[1])), found[2]))
        text += found[1]
        at = found.end()
    return Marked(text + raw[at:], tuple(marks))


def cases(path: Path) -> list[Marked]:
    """The paragraphs of a file, less those that are comments."""
    paragraphs = path.read_text(encoding="utf-8").split("\n\n")
    return [marked(p.strip()) for p in paragraphs if p.strip() and not p.startswith("#")]


@functools.cache
def pipeline() -> Language:
    """The shipped pipeline with `kg_actors` as the only component of ours that finds things."""
    nlp = spacy.load(default_path())
    add_boundaries(nlp)
    nlp.add_pipe("kg_actors")
    return nlp


@functools.cache
def speech_pipeline() -> Language:
    """`pipeline` with statements, and what first persons mean in them."""
    nlp = spacy.load(default_path())
    add_boundaries(nlp)
    for name in ("kg_actors", "kg_statements", "kg_speech_pronouns"):
        nlp.add_pipe(name)
    return nlp


def article_of(text: str, *, headline: bool = False, day: str | None = "2023-09-19") -> Article:
    """A text as an article, its first line being the headline if so told."""
    end = text.index("\n") if headline else 0
    sections = (Section("headline", TextSpan(0, end)),) if headline else ()
    return Article("a", "a.txt", text, published=day, sections=sections)


def read(text: str, *, headline: bool = False, day: str | None = "2023-09-19") -> Doc:
    """What the pipeline makes of a text."""
    nlp = pipeline()
    return nlp(article_doc(nlp, article_of(text, headline=headline, day=day)))


def core(text: str, span: TextSpan) -> TextSpan:
    """A span less a leading article and a final possessive mark."""
    words = span.of(text)
    start = re.match(r"(?:the|a|an) (?=.)", words, re.IGNORECASE)
    end = re.search(r"['’]s$", words)
    return TextSpan(
        span.start + (start.end() if start else 0), span.end - (len(end[0]) if end else 0)
    )


def found(doc: Doc) -> dict[TextSpan, str]:
    """The mentions of a Doc: actor ids, and place ids with "@" before them."""
    text = doc.text
    out = {core(text, m.span): a.id for a in actors(doc) for m in a.mentions}
    for place in places(doc):
        out |= {core(text, m.span): f"@{place.id}" for m in place.mentions}
    return out


def ids(text: str, words: str, **options: bool | str | None) -> str | None:
    """The actor or place of the first mention in a text that has these words, if any."""
    doc = read(text, **options)  # type: ignore[arg-type]
    return next((i for s, i in sorted(found(doc).items()) if s.of(text) == words), None)
