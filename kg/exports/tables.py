"""The graph as tables: one row for each article, actor, agreement, mention, statement, claim."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from importlib import resources

from kg.exports import Files
from kg.queries.sparql import Graph, select
from kg.queries.terms import Table, Term

BETWEEN = " | "
"""Stands between several values of one cell."""


def tables(graph: Graph) -> Files:
    """A CSV file for each query of `rows/`: UTF-8, a header, a line feed at each line's end."""
    folder = resources.files("kg.exports") / "rows"
    queries = sorted((f for f in folder.iterdir() if f.name.endswith(".rq")), key=lambda f: f.name)
    return {
        f"{file.name.removesuffix('.rq')}.csv": _csv(select(graph, file.read_text("utf-8")))
        for file in queries
    }


def _csv(table: Table) -> bytes:
    """Rows with the same first cell as one row: their further cells hold all different values."""
    cells: dict[str, list[set[Term]]] = defaultdict(lambda: [set() for _ in table.columns])
    for row in table:
        gathered = cells[str(row[0])]
        for values, value in zip(gathered, row, strict=True):
            if value is not None:
                values.add(value)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_joined(values) for values in cells[key]] for key in sorted(cells))
    return out.getvalue().encode()


def _joined(values: set[Term]) -> str:
    """The values in order: numbers by size, so that starts and ends of spans stay in step."""
    return BETWEEN.join(v.value for v in sorted(values, key=_place))


def _place(term: Term) -> tuple[int, str]:
    value = term.python
    return (value, "") if isinstance(value, int) else (0, term.value)
