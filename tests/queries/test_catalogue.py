"""The page that lists all questions.

To make `graphs/QUESTIONS.md` anew, run this file: `python tests/queries/test_catalogue.py`.
"""

from __future__ import annotations

from pathlib import Path

from kg.queries import Graph, open_graph, questions
from kg.queries.analyses import ANALYSES
from kg.queries.catalogue import MOST_ROWS, render_catalogue

PAGE = Path(__file__).parents[2] / "graphs" / "QUESTIONS.md"


def test_the_page_is_fresh(golden: Graph) -> None:
    assert PAGE.read_text(encoding="utf-8") == render_catalogue(golden)


def test_every_question_and_analysis_has_its_section(golden: Graph) -> None:
    page = render_catalogue(golden)
    headings = [line[4:] for line in page.splitlines() if line.startswith("### ")]
    assert headings == [*questions(), *ANALYSES]
    for question in questions().values():
        assert f"### {question.name}\n\n{question.help}\n" in page


def test_the_page_is_the_same_from_both_engines(golden: Graph, golden_in_rdflib: Graph) -> None:
    assert render_catalogue(golden) == render_catalogue(golden_in_rdflib)


def test_parameters_are_explained(golden: Graph) -> None:
    page = render_catalogue(golden)
    assert "- `target` (actor with parts with groups required): who is called upon\n" in page
    assert "- `days` (integer else 31): most days between" in page


def test_examples_are_short_and_say_what_is_left_out(golden: Graph) -> None:
    page = render_catalogue(golden)
    assert "… and 13 more." in page.split("### overview")[1].split("###")[0]
    runs = [len(block.splitlines()) - 2 for block in page.split("\n\n") if block.startswith("| ")]
    assert max(runs) == MOST_ROWS


def test_without_a_graph_there_are_no_answers() -> None:
    assert "| --- |" not in render_catalogue()


if __name__ == "__main__":
    with open_graph(Path(__file__).with_name("golden.trig")) as graph:
        PAGE.write_text(render_catalogue(graph), encoding="utf-8", newline="\n")
