from __future__ import annotations

from pathlib import Path

import pytest
from article_layouts import layout, layouts
from hypothesis import given
from hypothesis import strategies as st
from steps import steps

from kg.readers.markdown import markdown_sections
from kg.readers.sections import combined, is_story, sections
from kg.records import Section, TextSpan

PROSE = "The minister said on Monday that the talks in Selm would go on for another week."


def shown(text: str, found: tuple[Section, ...]) -> list[tuple[str, str]]:
    return [(section.kind, section.span.of(text)) for section in found]


@pytest.mark.parametrize("name", layouts())
def test_the_parts_of_a_layout_are_told_apart(name: str) -> None:
    text, expected = layout(name)
    assert shown(text, sections(text)) == shown(text, expected)
    assert sections(text) == expected


@pytest.mark.parametrize("sentence", [PROSE, PROSE.rstrip("."), "Talks Go On, Minister Says"])
def test_a_single_line_is_body_whatever_it_looks_like(sentence: str) -> None:
    assert sections(sentence) == ()


def test_a_byte_order_mark_is_no_part_of_the_headline() -> None:
    text = f"\ufeffTalks in Selm go on\n\n{PROSE}\n"
    assert shown(text, sections(text)) == [("headline", "Talks in Selm go on")]


def test_a_known_title_is_found_below_other_lines() -> None:
    text = f"{PROSE}\n\nTalks in Selm go on.\n\n{PROSE}\n"
    assert shown(text, sections(text, title="Talks in Selm go on"))[0] == (
        "headline",
        "Talks in Selm go on.",
    )


def test_a_known_publisher_alone_on_a_line_is_the_source() -> None:
    text = f"Talks in Selm go on\n\nHarbour Times\n{PROSE}\n{PROSE}\n"
    assert ("dateline", "Harbour Times") in shown(text, sections(text, publisher="Harbour Times"))
    assert ("dateline", "Harbour Times") not in shown(text, sections(text))


def test_a_title_within_paragraphs_is_a_subhead_where_none_is_set_off() -> None:
    text = f"Talks Go On\n{PROSE}\nEnvoy Doubts Motives of Neighbors\n{PROSE}\n{PROSE}\n"
    assert shown(text, sections(text))[1:] == [("subhead", "Envoy Doubts Motives of Neighbors")]


def test_three_titles_in_a_row_are_a_list_and_stay_body() -> None:
    text = f"Talks go on\n\n{PROSE}\n\nFirst point here\n\nSecond point\n\nThird point\n\n{PROSE}\n"
    assert shown(text, sections(text)) == [("headline", "Talks go on")]


def test_comments_below_a_story_are_cut_off_but_not_its_first_half() -> None:
    below = f"Talks go on\n\n{PROSE}\n\n{PROSE}\n\nComments\n\nI was there and it was not so."
    assert [s.kind for s in sections(below)] == ["headline", "boilerplate", "boilerplate"]
    above = f"Talks go on\n\nComments\n\n{PROSE}\n\n{PROSE}"
    assert [s.kind for s in sections(above)] == ["headline", "boilerplate"]


def test_a_quoted_notice_is_what_somebody_said() -> None:
    text = f'Talks go on\n\n{PROSE}\n\n"All rights reserved for the few," the minister said.'
    assert [s.kind for s in sections(text)] == ["headline"]


def test_a_text_of_notices_alone_is_no_story() -> None:
    notices = "Subscribe to our newsletter\n\n© 2024 Harbour Times. All rights reserved.\n"
    assert not is_story(notices, sections(notices))
    assert is_story(notices + PROSE, sections(notices + PROSE))


def test_notices_count_before_markup_and_markup_before_words() -> None:
    marked = [Section("subhead", TextSpan(0, 5)), Section("subhead", TextSpan(10, 15))]
    plain = [
        Section("teaser", TextSpan(4, 8)),
        Section("headline", TextSpan(12, 20)),
        Section("credit", TextSpan(30, 31)),
    ]
    assert combined(marked, plain) == (plain[0], marked[1], plain[2])


LINES = st.sampled_from(
    [
        PROSE,
        "Read also:",
        "A Title of Another Story Here",
        "MOSCOW (Sputnik) –",
        "Sep 19, 2023",
        "By Jane Roe",
        "Comments",
        "Photo: Jane Roe/Reuters",
        "(Reporting by Ana Belt)",
        "“Quoted, he said.",
        "- item",
        "# Heading",
        "---",
        "```",
        "<!--",
        "[link](x)",
        "",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(LINES, max_size=15).map("\n".join),
    st.lists(st.one_of(LINES, st.text(max_size=40)), max_size=12).map("\r\n\r\n".join),
)


@given(TEXTS)
@pytest.mark.parametrize("labelled", [sections, markdown_sections])
def test_sections_of_any_text_are_in_range_in_order_and_apart(labelled, text: str) -> None:  # type: ignore[no-untyped-def]
    at = 0
    for section in labelled(text):
        assert at <= section.span.start < section.span.end <= len(text)
        assert section.span.of(text).strip() == section.span.of(text)
        at = section.span.end


@pytest.mark.parametrize(
    "piece",
    [
        f"{PROSE}\n\n",
        f"{PROSE} ",
        "Read also:\n",
        "By Jane Roe\n",
        "September 19, 2023\n",
        "MOSCOW, ",
        "(Reporting by ",
        "# ",
        "```\n",
        "<!-- ",
        "[",
        " ",
    ],
)
@pytest.mark.parametrize("labelled", [sections, markdown_sections])
def test_work_grows_with_the_text_and_not_with_its_square(labelled, piece: str) -> None:  # type: ignore[no-untyped-def]
    def work(n_chars: int) -> int:
        return steps(lambda: labelled(piece * (n_chars // len(piece))))

    work(1_000)  # loads the lexicon
    assert work(100_000) < 12 * work(10_000) + 100


def test_the_two_articles_are_labelled_as_annotated(shared: Path) -> None:
    import json

    for gold_file in sorted((shared / "gold").glob("*.json")):
        gold = json.loads(gold_file.read_text("utf-8"))["article"]
        text = (shared / "articles" / gold["path"]).read_bytes().decode("utf-8")
        expected = [(s["kind"], tuple(s["span"])) for s in gold["sections"] if s["kind"] != "body"]
        assert [(s.kind, tuple(s.span)) for s in sections(text)] == expected


def test_a_town_and_a_colon_make_a_dateline_and_names_of_speakers_none() -> None:
    town = f"Talks go on\n\nPORT HALVER: {PROSE}\n\n{PROSE}\n"
    assert [s.kind for s in sections(town)] == ["headline", "dateline"]
    speakers = f"Talks go on\n\nPETROV: {PROSE}\n\nVIK: {PROSE}\n"
    assert [s.kind for s in sections(speakers)] == ["headline"]
