"""Doors between `Article` and spaCy's `Doc`: an article's text with what extraction must know.

What a component learns beside the words (sections, date) travels in `doc.spans`, which survives
`to_bytes` and worker processes, whereas `doc._` with records in it does not.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.nlp.tokenizing import make_doc
from kg.records import Article, Section, TextSpan

SECTIONS = "kg_sections"
"""Key of the span group that holds the sections and, in its attrs, what the article says of
itself.
"""

NOT_THE_STORY = frozenset({"teaser", "boilerplate"})
"""Sections whose words are never this article's statements."""


FRONT_MATTER = ("---", "\ufeff---")
"""How a text begins that has metadata before the story."""


def article_doc(nlp: Language, article: Article) -> Doc:
    """The tokenised text of an article, knowing its sections and date; ready for `nlp.pipe`."""
    doc = make_doc(nlp, article.text)
    attrs = {
        "id": article.id,
        "published": article.published,
        "publisher": article.publisher,
        "title": article.title,
        "sections": [[s.kind, s.span.start, s.span.end] for s in article.sections],
    }
    spans = [char_span(doc, s.span, s.kind) for s in article.sections]
    doc.spans[SECTIONS] = SpanGroup(
        doc, name=SECTIONS, attrs=attrs, spans=[s for s in spans if s is not None]
    )
    return doc


def char_span(
    doc: Doc, span: TextSpan, label: str = "", span_id: str = "", kb_id: str = ""
) -> Span | None:
    """The tokens that cover some characters; `None` where there are none."""
    return doc.char_span(
        span.start, span.end, label, kb_id, alignment_mode="expand", span_id=span_id
    )


def sections(doc: Doc) -> tuple[Section, ...]:
    """The sections of the article behind `doc`, in reading order."""
    return tuple(
        Section(kind, TextSpan(start, end)) for kind, start, end in _attrs(doc).get("sections", ())
    )


def published(doc: Doc) -> date | None:
    """The day of publication, where it is known."""
    day = _attrs(doc).get("published")
    return date.fromisoformat(day) if day else None


def article_id(doc: Doc) -> str | None:
    """The id of the article behind `doc`; `None` for a Doc that `article_doc` did not make."""
    name: str | None = _attrs(doc).get("id")
    return name


def publisher(doc: Doc) -> str | None:
    """Who published the article behind `doc`."""
    name: str | None = _attrs(doc).get("publisher")
    return name


def section_kinds(doc: Doc) -> list[str | None]:
    """For each token, the kind of the section that it starts in; `None` is body."""
    kinds: list[str | None] = [None] * len(doc)
    for section in sections(doc):
        span = char_span(doc, section.span)
        if span is not None:
            start = span.start + (span.start_char < section.span.start)
            kinds[start : span.end] = [section.kind] * (span.end - start)
    return kinds


def front_matter(doc: Doc) -> list[int]:
    """The tokens of metadata before the story (YAML), without the title in them."""
    front: list[int] = []
    here = 0
    opening = str(doc[:4])  # the whole text would be joined anew
    for section in sections(doc) if opening.startswith(FRONT_MATTER) else ():
        if section.span.start != here or section.kind not in ("boilerplate", "headline"):
            break
        here = section.span.end
        span = char_span(doc, section.span)
        if span is not None and section.kind == "boilerplate":
            front += range(span.start, span.end)
    return front


def _attrs(doc: Doc) -> dict[str, Any]:
    return dict(doc.spans[SECTIONS].attrs) if SECTIONS in doc.spans else {}
