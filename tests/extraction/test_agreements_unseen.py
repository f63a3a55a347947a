"""What is kept of agreements in reports whose first reading was blind; see their README."""

from __future__ import annotations

import pytest
from agreement_unseen_marks import STATES, Score, reports

from kg.extraction.assemble import extraction
from kg.nlp.articles import article_doc
from kg.nlp.load import load


@pytest.fixture(scope="module")
def score() -> Score:
    nlp = load(gazetteers=(str(STATES),))
    total = Score()
    for report in reports():
        total.add(report, extraction(nlp(article_doc(nlp, report.article)), report.article))
    return total


@pytest.mark.parametrize(
    ("figure", "floor"),
    [
        ("mentions", 93),
        ("parties", 95),
        ("mediators", 100),
        ("statuses", 94),
        ("voices", 90),
        ("types", 100),
        ("dates", 88),
        ("provisions", 98),
    ],
)
def test_the_agreements_of_reports_once_unseen(score: Score, figure: str, floor: float) -> None:
    assert getattr(score, figure).f1 >= floor, "\n".join(score.errors)
