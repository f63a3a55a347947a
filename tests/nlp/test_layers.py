"""Findings kept in a Doc: what a component writes, later ones read."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kg.errors import MissingAnnotation
from kg.nlp.layers import Marked, read_layer, write_layer
from kg.records import Interval, TextSpan

ONE, OTHER = Interval("2020-01-01", None, "day"), Interval(None, "2021-01-01", "year")


def doc() -> Doc:
    return spacy.blank("en")("They met in May.")


def test_a_layer_keeps_records_and_shows_words() -> None:
    here = doc()
    write_layer(here, "k", [Marked(TextSpan(12, 15), "month", "d12", "a")], days=[ONE, OTHER])
    assert read_layer(here, "k", "days", Interval) == (ONE, OTHER)
    sent = Doc(here.vocab).from_bytes(here.to_bytes())  # to another process
    assert read_layer(sent, "k", "days", Interval) == (ONE, OTHER)
    assert [(s.text, s.label_, s.id_, s.kb_id_) for s in here.spans["k"]] == [
        ("May", "month", "d12", "a")
    ]


def test_a_layer_written_again_or_of_another_doc_is_read_anew() -> None:
    here, there = doc(), doc()
    write_layer(here, "k", [], days=[ONE])
    assert read_layer(here, "k", "days", Interval) == (ONE,)
    write_layer(here, "k", [], days=[OTHER])
    assert read_layer(here, "k", "days", Interval) == (OTHER,)
    write_layer(there, "k", [], days=[])
    assert read_layer(there, "k", "days", Interval) == ()
    assert read_layer(here, "k", "days", Interval) == (OTHER,)


def test_records_are_restored_once_for_all_who_read_them() -> None:
    here = doc()
    write_layer(here, "k", [], days=[ONE])
    assert read_layer(here, "k", "days", Interval)[0] is ONE  # where they were written just now
    sent = Doc(here.vocab).from_bytes(here.to_bytes())
    assert read_layer(sent, "k", "days", Interval) is read_layer(sent, "k", "days", Interval)


def test_a_layer_that_nobody_wrote_is_missed() -> None:
    with pytest.raises(MissingAnnotation, match=r"doc\.spans"):
        read_layer(doc(), "k", "days", Interval)
