"""Names found in texts: letter case, acronyms, hyphens, accents, the longest name."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.gazetteer import View, hits
from kg.nlp.articles import article_doc
from kg.records import Article
from kg.resolve.gazetteer import load

BLANK = spacy.blank("en")
BLANK.add_pipe("sentencizer")


def view(text: str) -> View:
    return View.of(BLANK(article_doc(BLANK, Article("a", "a", text))))


def names_in(text: str) -> list[tuple[str, str]]:
    return [(text[h.start : h.end], h.senses[0].entry) for h in hits(view(text), load())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He told us that it is so.", []),
        ("The US asked us.", [("US", "USA")]),
        ("The U.S. asked.", [("U.S.", "USA")]),
        ("It left the U.S.", [("U.S.", "USA")]),
        ("EVERYONE TOLD US WHO IT IS TODAY", []),
        ("UKRAINE SAYS NO", [("UKRAINE", "UKR")]),
        ("a turkey and a chad", []),
        ("Turkey and Chad", [("Turkey", "TUR"), ("Chad", "TCD")]),
        ("South Sudan's army", [("South Sudan", "SSD")]),
        (
            "the Nagorno-Karabakh Republic",
            [("Nagorno-Karabakh Republic", "NAGORNO-KARABAKH-REPUBLIC")],
        ),
        ("in Nagorno-Karabakh", [("Nagorno-Karabakh", "nagorno-karabakh")]),
        ("Guinea-Bissau, Guinea", [("Guinea-Bissau", "GNB"), ("Guinea", "GIN")]),
        ("a pro-Russian and anti-American mob", []),
        ("US-backed forces", [("US", "USA")]),
        ("Côte d’Ivoire and Cote d'Ivoire", [("Côte d’Ivoire", "CIV"), ("Cote d'Ivoire", "CIV")]),
        ("Türkiye, Turkiye", [("Türkiye", "TUR"), ("Turkiye", "TUR")]),
        ("the west of town, the West", [("the West", "THE-WEST")]),
        ("in the West Bank", [("West Bank", "west-bank")]),
        ("The Hague, the hague", [("The Hague", "NLD")]),
        ("Chadwick and Omanis", [("Omanis", "OMN")]),
        ("Iranians", [("Iranians", "IRN")]),
    ],
)
def test_names_are_found_as_written(text: str, expected: list[tuple[str, str]]) -> None:
    assert names_in(text) == expected


def test_offsets_count_code_points() -> None:
    text = "🇺🇦🙂 Kyiv"
    hit = hits(view(text), load())[0]
    assert text[hit.start : hit.end] == "Kyiv"


@given(st.text(max_size=80))
def test_any_text_gives_hits_that_lie_in_it_and_do_not_overlap(text: str) -> None:
    end = 0
    for hit in hits(view(text), load()):
        assert end <= hit.start < hit.end <= len(text)
        end = hit.end


def test_quoted_tokens_are_known() -> None:
    text = 'He said "we agree" today.'
    seen = view(text)
    assert [w for w, q in zip(seen.words, seen.quoted, strict=True) if q] == ["we", "agree"]
