"""What is told again and again is put together in time that grows with its length."""

from __future__ import annotations

import itertools
import sys
from types import FrameType
from typing import Any

import pytest
from spacy.language import Language

from kg.extraction import event_groups
from kg.extraction.event_groups import Found, events_of
from kg.nlp.articles import article_doc
from kg.records import Actor, Article, Interval, TextSpan

ACTORS = {
    "chad": Actor("chad", "Chad", "state"),
    "army": Actor("army", "the army of Chad", "military", country="chad"),
    "mali": Actor("mali", "Mali", "state"),
}
TIMES = 400


def told(n: int, *agents: str, noun: bool = False) -> Found:
    """The n-th of some sentences that all tell of one attack."""
    return Found(
        type="ASSAULT",
        kin="attack",
        span=TextSpan(50 * n, 50 * n + 6),
        noun=noun,
        sentence=10 * n,
        agents=agents,
        targets=("mali",) if agents else (),
        mediators=(),
        place="kaya",
        date=Interval("2024-05-03", "2024-05-03", "day"),
        asserted_by="article",
        statement=None,
        polarity="positive",
        modality="actual",
        confidence=0.8,
    )


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Notes each comparison of dates and each look at whom actors stand for."""
    calls: list[str] = []
    for name in ("_overlap", "_expanded"):
        real = getattr(event_groups, name)

        def noted(*args: object, name: str = name, real: object = real, **kw: object) -> object:
            calls.append(name)
            return real(*args, **kw)  # type: ignore[operator]  # whatever it was

        monkeypatch.setattr(event_groups, name, noted)
    return calls


def test_one_sentence_again_and_again_is_one_event(compared: list[str]) -> None:
    found = [told(n, "army" if n % 2 else "chad") for n in range(TIMES)]
    (event,) = events_of(found, ACTORS)
    assert len(event.mentions) == TIMES - 1
    assert compared.count("_overlap") < 2 * TIMES
    assert compared.count("_expanded") <= 3  # each group of actors once


def test_nobody_known_acts_and_each_time_it_is_another_event(compared: list[str]) -> None:
    assert len(events_of([told(n) for n in range(TIMES)], ACTORS)) == TIMES
    assert compared == []


def test_bare_noun_joins_what_a_verb_told_before() -> None:
    (event,) = events_of([told(0, "chad"), told(1, noun=True)], ACTORS)
    assert len(event.mentions) == 1


SENTENCE = "On 3 May rebels attacked the town of Kaya in Mali, killing nine soldiers. "


def steps(nlp: Language, text: str) -> int:
    """The lines of our code that run when the events of a text are found."""
    doc = article_doc(nlp, Article("a", "a.txt", text, published="2024-05-19"))
    *before, (_, finds_events) = nlp.pipeline
    for _, component in before:
        doc = component(doc)
    count = itertools.count()

    def trace(frame: FrameType, event: str, arg: object) -> Any:
        if event == "line":
            next(count)
        return trace

    before_us = sys.gettrace()
    sys.settrace(trace)
    try:
        finds_events(doc)
    finally:
        sys.settrace(before_us)
    return next(count)


def test_twice_the_text_takes_twice_the_steps(nlp: Language) -> None:
    steps(nlp, SENTENCE)  # reads the tables
    fewer, more = steps(nlp, SENTENCE * 100), steps(nlp, SENTENCE * 200)
    assert more < 2.05 * fewer
