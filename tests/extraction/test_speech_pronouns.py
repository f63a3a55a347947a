"""Whom "we" and "our" mean in what somebody says."""

from __future__ import annotations

from kg.extraction.actors import actors
from kg.extraction.statements import statements
from kg.nlp.articles import article_doc
from kg.nlp.load import load
from kg.records import Article


def test_two_who_serve_each_other_are_read() -> None:
    text = (
        "Ann Lee's spokesman Bob Ray said: “We are ready.” "
        "Bob Ray's adviser Ann Lee said: “We are not.”"
    )
    nlp = load()
    doc = nlp(article_doc(nlp, Article("a", "a.txt", text)))
    assert [s.speaker for s in statements(doc)] == ["person-bob-ray", "person-ann-lee"]
    assert {r.of for a in actors(doc) for r in a.roles} == {"person-ann-lee", "person-bob-ray"}
