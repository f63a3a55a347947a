from __future__ import annotations

import pytest
from spacy.lang.en import English
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.nlp.articles import article_doc
from kg.nlp.boundaries import Boundaries, make_boundaries
from kg.nlp.load import add_boundaries, default_path
from kg.records import Article, Section, TextSpan


@pytest.fixture(scope="module")
def parser() -> Language:
    import spacy

    nlp = spacy.load(default_path(), exclude=["ner", "lemmatizer"])
    add_boundaries(nlp)
    return nlp


def sentences(nlp: Language, text: str, *sections: Section) -> list[str]:
    doc = nlp(article_doc(nlp, Article("a", "a.txt", text, sections=sections)))
    return [s.text.strip() for s in doc.sents]


@pytest.mark.parametrize("closing", ['"', "”", "''", "’"])
def test_no_cut_between_a_quotation_and_its_speaker(parser: Language, closing: str) -> None:
    opening = {'"': '"', "”": "“", "''": "''", "’": "‘"}[closing]
    text = f"{opening}We shall stay until the bridge is safe,{closing} Okello told reporters."
    assert sentences(parser, text) == [text]


def boundaries(text: str) -> Doc:
    """What is set before the parser reads."""
    return Boundaries()(English()(text))


def test_a_line_break_ends_a_headline(parser: Language) -> None:
    text = "Okello Visits Bridge\nThe minister of works visited the bridge on Monday."
    assert sentences(parser, text)[0] == "Okello Visits Bridge"


def test_a_title_stays_whole(parser: Language) -> None:
    title = "No Deal. No Talks: Minister Says Bridge Stays Shut"
    text = f"{title}\n\nThe minister spoke on Monday."
    section = Section("headline", TextSpan(0, len(title)))
    assert sentences(parser, text, section)[0] == title


def test_a_labelled_line_without_a_full_stop_stays_whole(parser: Language) -> None:
    caption = "The bridge at Loma on Monday Photo Northern Wire 2024"
    text = f"{caption}\n\nThe minister spoke on Monday."
    doc = article_doc(
        parser,
        Article("a", "a.txt", text, sections=(Section("caption", TextSpan(0, len(caption))),)),
    )
    words = [t for t in Boundaries()(doc) if 0 < t.idx < len(caption)]
    assert [t.is_sent_start for t in words] == [False] * len(words)


def test_an_unlabelled_line_is_left_to_the_parser() -> None:
    doc = boundaries("Nobody came\nThe bridge at Loma we stay here\n")
    assert doc[3].is_sent_start
    assert [t.is_sent_start for t in doc[4:10]] == [None] * 6


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("We met in Loma, Berg said.", False),
        ("Thanks. Today, Berg said no.", False),
        ("Dear Ms Okello, The bridge is shut.", None),
        ("It is shut. Best regards, Ada Berg", None),
    ],
)
def test_a_comma_ends_no_sentence_but_a_line_of_a_letter(text: str, start: bool | None) -> None:
    doc = boundaries(text)
    (comma,) = (t.i for t in doc if t.text == ",")
    assert doc[comma + 1].is_sent_start is start


@pytest.mark.parametrize("line", ["________________", "----------------", "****************"])
def test_a_drawn_line_is_not_cut(line: str) -> None:
    words = ["Berg", *(line[:7], line[7:]), "Okello"]
    doc = Boundaries()(Doc(Vocab(), words=words, spaces=[True, False, True, False]))
    assert [t.is_sent_start for t in doc][2:] == [False, None]


@pytest.mark.parametrize("title", ["Lt. Gov.", "Maj. Gen.", "Sen.", "Dr."])
def test_no_cut_after_a_title(parser: Language, title: str) -> None:
    text = f"We shall stay, said {title} Ruth Okello of the northern command."
    assert sentences(parser, text) == [text]


def test_white_space_starts_no_sentence(parser: Language) -> None:
    doc = parser(article_doc(parser, Article("a", "a", "One is here.\n\n\n  Two came.\n\n")))
    assert [s.text.strip() for s in doc.sents] == ["One is here.", "Two came."]


@pytest.mark.parametrize("text", ["", "\n", "   ", ",”", "”", "a", "\n\n\n”,“\n"])
def test_odd_texts_pass(parser: Language, text: str) -> None:
    assert sentences(parser, text) is not None


@pytest.mark.parametrize("dash", [" – ", " -- ", " — ", " - "])
def test_a_dateline_is_a_sentence_of_its_own(parser: Language, dash: str) -> None:
    line = f"LOMA (Northern Wire){dash}"
    report = "The ministry said on Monday that the bridge stays shut."
    section = Section("dateline", TextSpan(0, len("LOMA (Northern Wire)")))
    assert sentences(parser, line + report, section) == [line.strip(), report]


def test_a_full_stop_behind_a_word_ends_a_sentence(parser: Language) -> None:
    text = "Peru accused Chile. Chile denied it to Peru. Malta urged the two to talk."
    assert len(sentences(parser, text)) == 3


def test_a_full_stop_behind_a_quotation_ends_a_sentence() -> None:
    first = "Its envoy warned of “a growing risk to all”."
    doc = boundaries(f"{first} Secretary-General Okello was shocked.")
    assert [t.idx for t in doc if t.is_sent_start] == [0, len(first) + 1]


def test_a_headline_in_front_matter_is_a_sentence_of_its_own(parser: Language) -> None:
    text = "---\ntitle: Okello Visits Bridge\n---\nThe minister came on Monday."
    start = text.index("Okello")
    headline = Section("headline", TextSpan(start, start + len("Okello Visits Bridge")))
    assert "Okello Visits Bridge" in sentences(parser, text, headline)


@pytest.mark.parametrize("abbreviation", ["Blvd.", "Gen.", "J."])
def test_a_full_stop_of_an_abbreviation_need_not(parser: Language, abbreviation: str) -> None:
    doc = parser.make_doc(f"They met {abbreviation} Okello there.")
    assert not any(t.is_sent_start for t in make_boundaries(parser, "b")(doc)[1:])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The ferry was hit at 3:20 a.m.", "“We will sail again,” the captain told reporters."),
        ("The ferry was hit at 3:20 a.m.", "Divers went down at noon."),
        ("The minister posted the order on X.", "A court in Loma lifted it."),
        ("The minister posted the order on X.", "Army chief Okello was silent."),
        ("He had fled to the U.S.", "The family stayed."),
    ],
)
def test_a_stop_may_end_an_abbreviation_and_a_sentence(first: str, second: str) -> None:
    doc = boundaries(f"{first} {second}")
    assert [t.idx for t in doc if t.is_sent_start][1:] == [len(first) + 1]


@pytest.mark.parametrize(
    "text",
    [
        "The truce began at 9 a.m. Tuesday in Loma.",
        "The truce began at 9 a.m. Loma time and held.",
        "The U.S. State Department spoke to George W. Bush.",
        "The U.S. “Iron Shield” plan was dropped.",
        "P.S. THE BRIDGE IS SHUT",
    ],
)
def test_an_abbreviation_before_a_name_ends_no_sentence(text: str) -> None:
    assert [t.idx for t in boundaries(text) if t.is_sent_start] == [0]
