"""How extractors keep their findings in a Doc.

A layer is one `SpanGroup` in `doc.spans`: its spans show the words (role in `label_`, the
record's id in `id_`, an actor in `kb_id_`), for displaCy, the Scorer and people; its `attrs` hold
the records as plain data. Both survive `to_bytes`, `DocBin` and `nlp.pipe(n_process=2)`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, TypeVar

from spacy.tokens import Doc, Span, SpanGroup

from kg.errors import MissingAnnotation
from kg.nlp.articles import char_span
from kg.records import TextSpan, plain, restore_all

R = TypeVar("R")


class Marked(NamedTuple):
    """Words to show in a layer: their role, the record's id and, where there is one, the actor."""

    span: TextSpan
    label: str
    record_id: str
    actor: str = ""


def write_layer(doc: Doc, key: str, marked: Iterable[Marked], **records: Iterable[object]) -> None:
    """Keep lists of records under `key`, each under its own name, and the spans that show them."""
    spans: list[Span] = []
    for mark in marked:
        span = char_span(doc, mark.span, mark.label, mark.record_id, mark.actor)
        if span is not None:
            spans.append(span)
    attrs: dict[str, list[Any]] = {}
    for name, items in records.items():
        kept = tuple(items)
        attrs[name] = [plain(item) for item in kept]
        if kept:
            _last[key, name, type(kept[0])] = attrs[name], kept
    doc.spans[key] = SpanGroup(doc, name=key, attrs=attrs, spans=spans)


def read_layer(doc: Doc, key: str, name: str, kind: type[R]) -> tuple[R, ...]:
    """The records of one kind that `write_layer` kept under `key` and `name`.

    Raises:
        MissingAnnotation: If no component has written the layer.
    """
    if key not in doc.spans:
        raise MissingAnnotation(
            f'the pipeline has no component that writes doc.spans["{key}"]; '
            "load it with kg.nlp.load()"
        )
    items = doc.spans[key].attrs.get(name, ())
    last = _last.get((key, name, kind))
    if last is None or last[0] is not items:
        # components read what former ones wrote, one Doc after the other; the list is kept with
        # its records, so that no other can take its identity
        last = _last[key, name, kind] = items, restore_all(kind, items)
    return last[1]


_last: dict[tuple[str, str, type], tuple[object, tuple[Any, ...]]] = {}
"""Of each layer the plain data that was written or read last, with its records."""
