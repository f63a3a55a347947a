"""Events in invented single sentences, against floors: development data, see event_items/README."""

from __future__ import annotations

import pytest
from event_marks import ITEMS, Score, items
from spacy.language import Language

from kg.extraction.actors import actors
from kg.extraction.events import events
from kg.nlp.articles import article_doc
from kg.records import Article
from kg.resolve import gazetteer

SETS = (
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth"),
)
FLOORS = {
    "trigger": 94,
    "type": 94,
    "quad": 94,
    "agents": 92,
    "targets": 89,
    "polarity": 94,
    "modality": 94,
}
"""In per cent of all events marked, over all files; three below what was reached."""


@pytest.fixture(scope="module")
def score(nlp: Language) -> Score:
    total = Score(gazetteer.load())
    told = [item for name in SETS for item in items(name)]
    sources = (
        Article(f"a{n}", "a.txt", item.text, published="2023-09-19") for n, item in enumerate(told)
    )
    docs = nlp.pipe(article_doc(nlp, source) for source in sources)
    for item, doc in zip(told, docs, strict=True):
        total.add(item, events(doc), actors(doc))
    return total


@pytest.mark.parametrize("figure", FLOORS)
def test_a_figure_stands_above_its_floor(score: Score, figure: str) -> None:
    assert score.per_cent(figure) >= FLOORS[figure], "\n".join(score.errors)


def test_what_tells_of_no_event_gives_none(nlp: Language) -> None:
    quiet = [item.text for name in SETS for item in items(name) if not item.events]
    docs = nlp.pipe(article_doc(nlp, Article("a", "a.txt", text)) for text in quiet)
    loud = [doc.text for doc in docs if events(doc)]
    assert len(quiet) == 85
    assert len(loud) <= 2, loud


def test_every_file_of_items_is_read() -> None:
    assert sorted(p.stem for p in ITEMS.glob("*.txt")) == sorted(SETS)
    assert sum(len(i.events) for name in SETS for i in items(name)) > 250
