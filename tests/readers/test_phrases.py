from __future__ import annotations

import typing
from collections import Counter

from kg.readers.phrases import Match, Place, agencies, lexicon, normal, phrases
from kg.records import SectionKind


def test_every_row_is_well_formed() -> None:
    for phrase in phrases():
        assert phrase.kind in typing.get_args(SectionKind)
        assert phrase.match in typing.get_args(Match)
        assert phrase.place in typing.get_args(Place)
        assert phrase.max_words is None or phrase.max_words > 0
        assert phrase.phrase == normal(phrase.phrase) != ""


def test_no_phrase_stands_twice_for_one_way_of_matching() -> None:
    counts = Counter((phrase.match, phrase.phrase) for phrase in phrases())
    assert [key for key, n in counts.items() if n > 1] == []


def test_agencies_are_names_without_doubles() -> None:
    assert "reuters" in agencies()
    assert all(name == name.strip() != "" for name in agencies())


def test_one_word_and_a_full_stop_may_be_an_answer() -> None:
    assert lexicon().whole(normal("Pause"), "whole")
    assert not lexicon().whole(normal("Pause."), "whole")
    assert lexicon().whole(normal("More to follow."), "whole")


def test_a_phrase_ends_with_its_word() -> None:
    assert list(lexicon().starting("copyright © 2024 harbour times"))
    assert not list(lexicon().starting("copyrights were sold"))


def test_a_phrase_inside_a_quotation_is_not_found() -> None:
    assert lexicon().within("photos: all rights reserved")
    assert lexicon().within("he shouted “all rights reserved” at them") is None
