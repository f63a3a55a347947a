"""Names: always valid, ASCII, and never shared by two things."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SettingsError
from kg.rdf.iris import LONGEST_SEGMENT, Minter, digest, mention_keys, segment
from kg.records import Actor, Agreement, Article, Extraction, Mention, TextSpan

ANY_TEXT = st.text(st.characters(codec=None), max_size=30) | st.sampled_from(
    ["", ".", "..", "~", "%7E", "a/b", "a%2Fb", "a b", "Zürich", "Z%C3%BCrich", "\ud800", "x" * 900]
)


@given(ANY_TEXT)
def test_segment_is_a_valid_part_of_an_iri(key: str) -> None:
    iri = f"https://w3id.org/newskg/actor/{segment(key)}"
    assert iri.isascii()
    assert ox.NamedNode(iri).value == iri
    assert rdflib.URIRef(iri).n3() == f"<{iri}>"
    assert re.fullmatch(r"[A-Za-z0-9._~%-]+", segment(key))
    assert segment(key) not in (".", "..")


@given(ANY_TEXT, ANY_TEXT)
def test_different_keys_have_different_segments(one: str, other: str) -> None:
    assert (segment(one) == segment(other)) == (one == other)


def test_hostile_keys_have_different_segments() -> None:
    keys = ["", "~", "%7E", "..", "%2E%2E", "a/b", "a%2Fb", "ü", "u\u0308", "\ud800", "%ED%A0%80"]
    keys += ["x" * n for n in (399, 400, 401, 900)] + ["é" * 300, "é" * 301]
    assert len({segment(k) for k in keys}) == len(keys)
    assert all(len(segment(k)) <= LONGEST_SEGMENT for k in keys)


def test_plain_ids_stay_as_they_are() -> None:
    assert segment("trilateral-statement_2020.v1") == "trilateral-statement_2020.v1"


def test_names_are_those_of_the_model() -> None:
    minter = Minter("https://example.org/")
    inside = minter.inside("a 1")
    span = TextSpan(3, 9)
    assert minter.article_graph("a 1").value == "https://example.org/graph/article/a%201"
    assert inside.article.value == "https://example.org/article/a%201"
    assert inside.span(span).value == "https://example.org/article/a%201#char=3,9"
    assert inside.selector(span).value == "https://example.org/article/a%201#char=3,9;selector"
    assert inside.statement("3-9").value == "https://example.org/article/a%201/statement/3-9"
    assert minter.actor("RUS").value == "https://example.org/actor/RUS"


@pytest.mark.parametrize(
    "base", ["", "relative/", "https://example.org", "https://exämple.org/", "https://a b/"]
)
def test_unfit_base_is_refused(base: str) -> None:
    with pytest.raises(SettingsError, match="base"):
        Minter(base)


def test_digest_depends_on_the_set_alone() -> None:
    assert digest(["a", "b"]) == digest(["b", "a", "a"])
    assert digest(["a", "b"]) != digest(["a\nb"])


def test_utterance_keeps_its_name_when_the_base_moves() -> None:
    members = [("a", "1"), ("b", "2")]
    here, there = Minter("https://here.org/"), Minter("https://there.org/")
    assert (
        here.utterance(members).value.rsplit("/")[-1]
        == there.utterance(members).value.rsplit("/")[-1]
    )


def test_words_that_stand_for_two_have_two_mentions() -> None:
    shared, alone = Mention(TextSpan(0, 4)), Mention(TextSpan(6, 9))
    extraction = Extraction(
        Article("a", "a.txt", "Some words"),
        actors=(Actor("x", "X", "state", mentions=(shared, alone)),),
        agreements=(Agreement("x", "X", "treaty", mentions=(shared,)),),
    )
    keys = mention_keys(extraction)
    assert keys[TextSpan(6, 9), ("actor", "x")] == "6-9"
    assert keys[TextSpan(0, 4), ("actor", "x")] == "0-4/actor/x"
    assert keys[TextSpan(0, 4), ("agreement", "x")] == "0-4/agreement/x"


def test_redirects_know_every_kind_of_iri() -> None:
    rules = (Path(__file__).parents[2] / "ontology" / "htaccess.txt").read_text(encoding="utf-8")
    kinds = set(re.findall(r'self\._below\("(\w+)', inspect.getsource(Minter)))
    assert len(kinds) > 8
    for kind in kinds - {"dataset", "dump"}:
        assert re.search(rf"[(|]{kind}[|)]", rules), kind
    assert "^dataset" in rules
    assert "^dump/" in rules
