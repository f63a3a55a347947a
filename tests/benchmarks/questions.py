"""How long each named question takes on a large graph, in the embedded store and in rdflib.

    python tests/benchmarks/many_articles.py FOLDER
    python tests/benchmarks/questions.py FOLDER [--rdflib] [--limit 60] [--slower-than 0.2]

Times are those of `kg.queries.ask`, names resolved and rows read, the median of three runs, in
milliseconds. Questions are asked about what the graph holds most of. With `--rdflib` the same is
asked of rdflib's own store in memory, once each, given up after `--limit` seconds. The exit status
is 1 if a question took longer than `--slower-than` seconds in the embedded store.
"""

from __future__ import annotations

import argparse
import signal
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import rdflib

from kg.queries import DatasetGraph, Graph, Question, ask, open_graph, questions, select
from kg.rdf.write import read_quads

_MOST = "SELECT ?x (COUNT(*) AS ?n) {{ ?s {} ?x }} GROUP BY ?x ORDER BY DESC(?n) ?x LIMIT 1"
BUSIEST = {
    "actor": _MOST.format("kg:speaker"),
    "agreement": _MOST.format("kg:ofAgreement"),
    "article": _MOST.format("kg:inArticle"),
    "date": _MOST.format("schema:datePublished"),
    "day": _MOST.format("kg:attestedOn"),
    "thing": "SELECT ?s { ?s kg:contentSpan ?o } ORDER BY ?s LIMIT 1",
}
"""What to ask about, by the name or the type of a parameter."""
FIXED = {"text": "crossed 7", "type": "assault", "force": "accuse", "offset": "20", "below": "70"}
"""Values of parameters that are no names."""


def parameters(graph: Graph, question: Question) -> dict[str, str]:
    """What the question is asked about: required parameters and those of its example."""
    given: dict[str, str] = {}
    for parameter in question.parameters:
        if parameter.required or (parameter.name in question.example and not parameter.default):
            kind = "actor" if parameter.type == "topic" else parameter.type
            busiest = BUSIEST.get(parameter.name) or BUSIEST.get(kind)
            given[parameter.name] = FIXED.get(parameter.name) or _first(graph, busiest or "")
    if len(given) > 1 and len(set(given.values())) < len(given):  # two actors: the same one twice
        first = next(iter(given.values()))
        other = "SELECT DISTINCT ?x { ?s kg:speaker ?x } ORDER BY ?x LIMIT 2"
        names = [str(row[0]) for row in select(graph, other) if str(row[0]) != first]
        given[list(given)[-1]] = names[0]
    return given


def _first(graph: Graph, query: str) -> str:
    return str(next(iter(select(graph, query)))[0])


def timed(ask_it: Callable[[], object], runs: int = 3) -> tuple[float, object]:
    """Median seconds, and the answer."""
    seconds: list[float] = []
    answer: object = None
    for _ in range(runs):
        start = time.perf_counter()
        answer = ask_it()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), answer


def limited(ask_it: Callable[[], object], limit: int) -> float | None:
    """Seconds of one run; `None` if it was given up."""

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(limit)
    try:
        return timed(ask_it, runs=1)[0]
    except TimeoutError:
        return None
    finally:
        signal.alarm(0)


def in_rdflib(folder: Path) -> DatasetGraph:
    """The graph in rdflib's own store in memory."""
    dataset = rdflib.Dataset(default_union=True)
    start = time.perf_counter()
    for quad in read_quads(folder / "graph.nq.gz"):
        context = rdflib.URIRef(quad.graph_name.value)
        dataset.graph(context).add(tuple(map(_node, quad.triple)))  # type: ignore[arg-type]
    print(f"loaded into rdflib in {time.perf_counter() - start:.0f} s", file=sys.stderr)  # noqa: T201
    return DatasetGraph(dataset)


def _node(term: object) -> rdflib.URIRef | rdflib.Literal:
    value = getattr(term, "value", "")
    datatype = getattr(term, "datatype", None)
    if datatype is None:
        return rdflib.URIRef(value)
    plain = datatype.value == str(rdflib.XSD.string)
    return rdflib.Literal(value, datatype=None if plain else rdflib.URIRef(datatype.value))


def main() -> None:
    """Ask all and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rdflib", action="store_true")
    parser.add_argument("--limit", type=int, default=60)
    parser.add_argument("--slower-than", type=float, default=0.2)
    parser.add_argument("--only", nargs="*", help="names of questions")
    given = parser.parse_args()
    slow: list[str] = []
    other = in_rdflib(given.folder) if given.rdflib else None
    print(f"| {'question':30} | rows | embedded, ms |{' rdflib, ms |' if other else ''}")  # noqa: T201
    print(f"|{'-' * 32}|-----:|-------------:|{'-----------:|' if other else ''}")  # noqa: T201
    with open_graph(given.folder) as graph:
        for question in questions().values():
            if given.only and question.name not in given.only:
                continue
            values = parameters(graph, question)
            seconds, answer = timed(lambda q=question, v=values: ask(graph, q.name, **v))  # type: ignore[misc]
            if seconds > given.slower_than:
                slow.append(question.name)
            line = f"| {question.name:30} | {len(answer):4} | {seconds * 1000:12.1f} |"  # type: ignore[arg-type]
            if other is not None:
                took = limited(
                    lambda q=question, v=values: ask(other, q.name, **v),  # type: ignore[misc]
                    given.limit,
                )
                shown = f"> {given.limit * 1000}" if took is None else f"{took * 1000:.0f}"
                line += f" {shown:>10} |"
            print(line, flush=True)  # noqa: T201
    if slow:
        print(f"slower than {given.slower_than * 1000:.0f} ms: {', '.join(slow)}", file=sys.stderr)  # noqa: T201
        sys.exit(1)


if __name__ == "__main__":
    main()
