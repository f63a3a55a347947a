from __future__ import annotations

import json

from kg.records import (
    Actor,
    Agreement,
    Article,
    DateExpression,
    Event,
    EventMention,
    Extraction,
    Interval,
    Mention,
    Obligation,
    Role,
    Section,
    Statement,
    TextSpan,
    plain,
    restore,
)

FULL = Extraction(
    article=Article(
        "a1",
        "a1.txt",
        "Ruritania 😀 said no.",
        published="2024-01-02",
        published_basis="metadata",
        sections=(Section("headline", TextSpan(0, 9)),),
    ),
    actors=(
        Actor(
            "RUR",
            "Ruritania",
            "state",
            roles=(Role("leader", "RUR", span=TextSpan(0, 9)),),
            mentions=(Mention(TextSpan(0, 9), "name", rule="gazetteer", confidence=0.9),),
        ),
    ),
    statements=(
        Statement(
            "s17-19",
            "indirect",
            content=(TextSpan(17, 19),),
            cue=(TextSpan(12, 16),),
            speaker="RUR",
            said_on=Interval("2024-01-02", None, "day"),
        ),
    ),
    agreements=(Agreement("agr", "deal", "arrangement", date=Interval(None, None, "day")),),
    events=(
        Event(
            "e1",
            "REJECT",
            TextSpan(12, 16),
            "article",
            mentions=(EventMention(TextSpan(0, 9), "RUR"),),
        ),
    ),
    dates=(DateExpression(TextSpan(0, 3), "2024-01-01", None, "day", "test"),),
    obligations=(
        Obligation(
            "o17",
            "must_not",
            action=TextSpan(17, 19),
            cue=TextSpan(12, 16),
            asserted_by="RUR",
            bearers=("RUR",),
            condition=TextSpan(0, 3),
            deadline=DateExpression(TextSpan(0, 3), None, "2024-01-01", "day"),
        ),
    ),
    warnings=("odd",),
)


def test_a_record_survives_json() -> None:
    assert restore(Extraction, json.loads(json.dumps(plain(FULL)))) == FULL


def test_spans_are_pairs_in_the_contract() -> None:
    assert plain(FULL)["statements"][0]["content"] == [[17, 19]]


def test_unknown_keys_are_ignored_and_missing_ones_default() -> None:
    mention = restore(Mention, {"span": [1, 2], "colour": "red"})
    assert mention == Mention(TextSpan(1, 2))


def test_spans_overlap_half_open() -> None:
    assert not TextSpan(0, 3).overlaps(TextSpan(3, 5))
    assert TextSpan(0, 4).overlaps(TextSpan(3, 5))
    assert TextSpan(0, 5).contains(TextSpan(3, 5))
    assert not TextSpan(4, 8).contains(TextSpan(3, 5))


def test_section_at_an_offset_is_none_in_the_body() -> None:
    assert FULL.article.section_at(8) == "headline"
    assert FULL.article.section_at(9) is None
