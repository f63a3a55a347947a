"""Which statements are one utterance, over articles and within one."""

from __future__ import annotations

import random
from itertools import product

from steps import steps

from kg.records import Actor, Article, Extraction, Interval, Role, Statement, TextSpan
from kg.resolve.utterances import utterance_ids

BRIDGE = "the bridge over the Vik will reopen before the summer holidays"
OTHER = "the ferry across the Vik will stop before the winter storms"
BERG = Actor("berg", "Berg", "person", roles=(Role("spokesperson", of="council"),))
COUNCIL = Actor("council", "the council", "government_body", part_of="norland")
NORLAND = Actor("norland", "Norland", "state")


def article(
    name: str,
    *contents: str | tuple[str, dict[str, object]],
    published: str | None = "2021-05-03",
    speaker: str | None = "berg",
) -> Extraction:
    """An extraction whose text is its statements, one a line."""
    text, statements = "", []
    for number, item in enumerate(contents):
        words, fields = (item, {}) if isinstance(item, str) else item
        span = TextSpan(len(text), len(text) + len(words))
        given = {
            "id": f"s{number}",
            "type": "indirect",
            "content": (span,),
            "speaker": speaker,
            **fields,
        }
        statements.append(Statement(**given))  # type: ignore[arg-type]
        text += words + "\n"
    source = Article(name, f"{name}.txt", text, published=published)
    return Extraction(source, actors=(BERG, COUNCIL, NORLAND), statements=tuple(statements))


def groups(*extractions: Extraction) -> list[list[tuple[str, str]]]:
    by_id: dict[str, list[tuple[str, str]]] = {}
    for key, name in sorted(utterance_ids(extractions).items()):
        by_id.setdefault(name, []).append(key)
    return sorted(by_id.values())


def test_the_same_words_in_two_articles_are_one_utterance() -> None:
    assert groups(article("a", BRIDGE), article("b", OTHER, "that " + BRIDGE)) == [
        [("a", "s0"), ("b", "s1")]
    ]


def test_a_cut_quotation_is_the_same_utterance() -> None:
    longer = BRIDGE + ", and trucks may use it from September"
    assert groups(article("a", BRIDGE), article("b", longer)) == [[("a", "s0"), ("b", "s0")]]


def test_different_utterances_with_like_words_stay_apart() -> None:
    assert groups(article("a", BRIDGE), article("b", OTHER)) == []


def test_a_negation_or_another_number_keeps_utterances_apart() -> None:
    denied = BRIDGE.replace("will reopen", "will not reopen")
    assert groups(article("a", BRIDGE), article("b", denied)) == []
    dead, more = (
        "the storm has killed 12 people in the north",
        "the storm has killed 40 people in the north",
    )
    assert groups(article("a", dead), article("b", more)) == []


def test_other_speakers_and_other_days_stay_apart() -> None:
    assert groups(article("a", BRIDGE), article("b", BRIDGE, speaker="lind")) == []
    assert groups(article("a", BRIDGE), article("b", BRIDGE, published="2021-06-20")) == []


def test_a_few_days_or_an_unknown_day_do_not_part() -> None:
    assert len(groups(article("a", BRIDGE), article("b", BRIDGE, published="2021-05-05"))) == 1
    assert len(groups(article("a", BRIDGE), article("b", BRIDGE, published=None))) == 1


def test_the_day_it_was_said_goes_before_the_day_of_publication() -> None:
    early = {"said_on": Interval("2021-01-10", "2021-01-10", "day")}
    assert groups(article("a", BRIDGE), article("b", (BRIDGE, early))) == []


def test_a_spokesperson_speaks_for_the_body_and_what_it_belongs_to() -> None:
    assert len(groups(article("a", BRIDGE), article("b", BRIDGE, speaker="council"))) == 1
    assert len(groups(article("a", BRIDGE), article("b", BRIDGE, speaker="norland"))) == 1


def test_a_headline_joins_the_sentence_that_it_shortens() -> None:
    title = ("Bridge Over Vik Will Reopen Soon", {"headline": True})
    assert groups(article("a", title, BRIDGE)) == [[("a", "s0"), ("a", "s1")]]


def test_what_a_question_was_about_is_no_claim() -> None:
    question = (BRIDGE, {"topic_only": True})
    assert groups(article("a", BRIDGE), article("b", question)) == []


def test_too_few_words_say_nothing() -> None:
    assert groups(article("a", "yes we will"), article("b", "yes we will")) == []


def test_ids_do_not_depend_on_the_order() -> None:
    extractions = [article(f"n{k}", BRIDGE, OTHER) for k in range(6)]
    expected = utterance_ids(extractions)
    random.Random(7).shuffle(extractions)
    assert utterance_ids(extractions) == expected
    assert len(set(expected.values())) == 2


def test_work_grows_with_the_number_of_statements() -> None:
    words = ["".join(letters) for letters in product("bcdfghklmnprst", repeat=4)][:4000]
    chosen = random.Random(3)

    def work(articles: int) -> int:
        known = words[: 25 * articles]  # more articles tell of more things
        extractions = [
            article(f"n{k}", *(" ".join(chosen.sample(known, 12)) for _ in range(20)))
            for k in range(articles)
        ]
        return steps(lambda: utterance_ids(extractions))

    assert work(160) < 8 * work(40)  # comparing all pairs is sixteen times the work
