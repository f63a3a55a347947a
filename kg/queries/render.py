"""Answers as text: tables for a terminal, CSV, TSV, JSON, Markdown, and Turtle for triples."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

import pyoxigraph as ox

from kg.errors import QueryError
from kg.queries.documents import document
from kg.queries.sparql import Answer
from kg.queries.terms import PREFIXES, XSD, Row, Table, Term, Triples, iri, term_of

NARROWEST = 6
"""Columns of a terminal that a cell keeps however many cells there are."""
GAP = "  "
NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "double", "float", "int"))

_DATA_IRI = re.compile(
    r"https?://.*?[/#]((?:actor|agreement|article|place|role|utterance|graph)/.+)"
)
_LOCAL_NAME = re.compile(r"[\w-][\w.-]*(?<!\.)\Z")


def render(answer: Answer, format: str = "table", *, width: int | None = None) -> str:
    """An answer as text in one of `RENDERINGS`, ending in a newline.

    `width` is that of the terminal, in columns; without it nothing is shortened.

    Raises:
        QueryError: If the format is unknown.
    """
    if format not in RENDERINGS:
        raise QueryError(f"unknown format {format!r}; known are {', '.join(RENDERINGS)}")
    if isinstance(answer, Triples):
        if format in _TRIPLE_FORMATS:
            return document(answer.triples, _TRIPLE_FORMATS[format]).decode()
        answer = _triple_table(answer)
    if isinstance(answer, bool):
        return _truth(answer, format)
    return RENDERINGS[format](answer, width)


def short(term: Term | None) -> str:
    """A term as people read it: known namespaces by prefix, data IRIs from what they are on."""
    if term is None:
        return ""
    if term.kind != "iri":
        return term.value
    for prefix, namespace in PREFIXES.items():
        local = term.value.removeprefix(namespace)
        if local != term.value and _LOCAL_NAME.match(local):
            return f"{prefix}:{local}"
    data = _DATA_IRI.fullmatch(term.value)
    return data[1] if data else term.value


def _text_table(table: Table, width: int | None) -> str:
    cells = [[_printable(short(cell)) for cell in row] for row in table]
    lines = [list(table.columns), *cells]
    widths = [max(_columns(line[i]) for line in lines) for i in range(len(table.columns))]
    if width is not None:
        widths = _fitted(widths, width - len(GAP) * (len(widths) - 1))
    right = [_numeric(table, i) for i in range(len(table.columns))]
    lines.insert(1, ["─" * w for w in widths])
    printed = [GAP.join(map(_padded, line, widths, right)).rstrip() for line in lines]
    count = f"{len(table)} row{'' if len(table) == 1 else 's'}"
    return "\n".join([*printed, count]) + "\n"


def _fitted(widths: Sequence[int], room: int) -> list[int]:
    """Widths that sum up to `room`: the widest give way first, none below `NARROWEST`."""
    fitted = list(widths)
    while sum(fitted) > room:
        widest = max(fitted)
        if widest <= NARROWEST:
            break
        second = max((w for w in fitted if w < widest), default=NARROWEST)
        level = max(second, NARROWEST)
        wide = [i for i, w in enumerate(fitted) if w == widest]
        excess = sum(fitted) - room
        cut = min(widest - level, -(-excess // len(wide)))
        for i in wide:
            fitted[i] -= cut
    return fitted


def _padded(text: str, width: int, right: bool) -> str:
    if _columns(text) > width:
        text = _cut(text, width - 1) + "…"
    space = " " * (width - _columns(text))
    return space + text if right else text + space


def _cut(text: str, width: int) -> str:
    taken = 0
    for i, char in enumerate(text):
        taken += _columns(char)
        if taken > width:
            return text[:i]
    return text


def _columns(text: str) -> int:
    """Columns of a terminal that a text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def _printable(text: str) -> str:
    """The text on one line and without control characters, which could steer a terminal."""
    return "".join(
        " " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c
        for c in text
        if unicodedata.category(c) != "Cf"  # among them marks that turn the direction of writing
    )


def _numeric(table: Table, column: int) -> bool:
    cells = [row[column] for row in table if row[column] is not None]
    return bool(cells) and all(c is not None and c.datatype in NUMBERS for c in cells)


def _csv(table: Table, _width: int | None) -> str:
    """Plain values, as the SPARQL 1.1 CSV results have them, but with line feeds alone."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([text or "" for text in row] for row in table.texts())
    return out.getvalue()


def _tsv(table: Table, _width: int | None) -> str:
    """SPARQL 1.1 Query Results TSV Format: terms as Turtle writes them, nothing lost."""
    lines = ["\t".join(f"?{name}" for name in table.columns)]
    lines += [
        "\t".join("" if c is None else c.sparql for c in row).replace("\r", "\\r") for row in table
    ]
    return "\n".join(lines) + "\n"


def _json(table: Table, _width: int | None) -> str:
    """SPARQL 1.1 Query Results JSON Format."""
    bindings = [
        {
            name: _cell(cell)
            for name, cell in zip(table.columns, row, strict=True)
            if cell is not None
        }
        for row in table
    ]
    document = {"head": {"vars": list(table.columns)}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _cell(term: Term) -> dict[str, str]:
    cell = {"type": "uri" if term.kind == "iri" else term.kind, "value": term.value}
    if term.language:
        cell["xml:lang"] = term.language
    elif term.datatype and term.datatype != XSD + "string":
        cell["datatype"] = term.datatype
    return cell


def _markdown(table: Table, _width: int | None) -> str:
    right = [_numeric(table, i) for i in range(len(table.columns))]
    lines = [table.columns, ["---:" if r else "---" for r in right]]
    lines += [[_markdown_cell(cell) for cell in row] for row in table]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _markdown_cell(term: Term | None) -> str:
    text = _printable(short(term)).replace("&", "&amp;").replace("<", "&lt;")
    return re.sub(r"([\\`*_\[\]|])", r"\\\1", text)


def _truth(value: bool, format: str) -> str:
    if format == "json":
        return json.dumps({"head": {}, "boolean": value}) + "\n"
    return ("yes" if value else "no") + "\n"


def _triple_table(triples: Triples) -> Table:
    rows: list[Row] = []
    for triple in triples.triples:
        subject = term_of(triple.subject)
        rows.append((subject, iri(triple.predicate.value), term_of(triple.object)))
    return Table(("subject", "predicate", "object"), tuple(rows))


RENDERINGS: Mapping[str, Callable[[Table, int | None], str]] = {
    "table": _text_table,
    "csv": _csv,
    "tsv": _tsv,
    "json": _json,
    "markdown": _markdown,
}
"""The forms of an answer; triples come as Turtle for `table` and as JSON-LD for `json`."""

_TRIPLE_FORMATS: Mapping[str, ox.RdfFormat] = {
    "table": ox.RdfFormat.TURTLE,
    "json": ox.RdfFormat.JSON_LD,
}
