"""What a build counts of the articles that went in."""

from __future__ import annotations

from kg.records import ARTICLE, Actor, Article, Event, Extraction, Mention, Obligation, TextSpan
from kg.reporting import Tally

TEXT = "Chad must pay Niger and must leave."
CHAD, MUST, PAY, LEAVE = TextSpan(0, 4), TextSpan(5, 9), TextSpan(10, 19), TextSpan(29, 34)


def found(name: str) -> Extraction:
    return Extraction(
        Article(name, f"{name}.txt", TEXT),
        actors=(Actor("TCD", "Chad", "state", mentions=(Mention(CHAD),)),),
        events=(Event("e10", "REQUEST", PAY, ARTICLE, targets=("TCD",)),),
        obligations=(
            Obligation("o10", "must", PAY, MUST, ARTICLE, None, bearers=("TCD",)),
            Obligation("o29", "must", LEAVE, MUST, ARTICLE, None, bearers=("TCD",)),
        ),
    )


def test_what_each_article_says_is_added_up_and_actors_count_once() -> None:
    tally = Tally()
    tally.add(found("a"), text=True)
    tally.add(found("b"), text=True)
    counts = tally.totals()
    assert (counts["articles"], counts["actors"], counts["mentions"]) == (2, 1, 2)
    assert (counts["events"], counts["obligations"]) == (2, 4)


def test_without_text_a_title_is_left_out() -> None:
    tally = Tally()
    tally.add(found("a"), text=False)
    assert "title" not in tally.articles["a"]
