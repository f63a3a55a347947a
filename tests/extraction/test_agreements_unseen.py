"""What is kept of agreements in reports whose first reading was blind; see their README."""

from __future__ import annotations

import pytest
from agreement_unseen_marks import STATES, Score, reports

from kg.extraction.assemble import extraction
from kg.nlp.articles import article_doc
from kg.nlp.load import load


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    nlp = load(gazetteers=(str(STATES),))
    found = {"01-21": Score(), "22-40": Score(), "41-56": Score()}
    for report in reports():
        one = found[next(name for name in found if report.article.id[:2] <= name[3:])]
        one.add(report, extraction(nlp(article_doc(nlp, report.article)), report.article))
    return found


@pytest.mark.parametrize(
    ("figure", "floor", "later", "last"),
    [
        ("mentions", 93, 97, 95),
        ("parties", 95, 90, 86),
        ("mediators", 100, 90, 88),
        ("statuses", 94, 90, 82),
        ("voices", 90, 95, 0),
        ("types", 100, 100, 100),
        ("dates", 88, 95, 88),
        ("provisions", 98, 93, 87),
    ],
)
def test_the_agreements_of_reports_once_unseen(
    scores: dict[str, Score], figure: str, floor: float, later: float, last: float
) -> None:
    for name, least in (("01-21", floor), ("22-40", later), ("41-56", last)):
        score = scores[name]
        assert getattr(score, figure).f1 >= least, "\n".join([name, *score.errors])
