"""What stands around words, put together from quoted spans."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.queries.context import Piece, surroundings

TEXT = (
    "Rain fell. Velmark denied the charge, Oda Verrin said on Monday.\n\nNorth of the ridge, guns."
)


def piece(words: str, around: int = 8) -> Piece:
    start = TEXT.index(words)
    end = start + len(words)
    return Piece(start, end, words, TEXT[max(0, start - around) : start], TEXT[end : end + around])


def test_the_words_of_source_and_cue_are_part_of_the_context() -> None:
    content, cue = piece("the charge"), piece("Velmark denied")
    assert surroundings([content], content.start, content.end) == ("denied ", ", Oda")
    before, after = surroundings([content, cue], content.start, content.end)
    assert before == "fell. Velmark denied "
    assert after == ", Oda"


def test_a_gap_is_not_bridged() -> None:
    content, far = piece("the charge"), piece("North of")
    assert surroundings([far, content], content.start, content.end)[1] == ", Oda"


def test_the_context_ends_with_its_paragraph() -> None:
    monday, guns = piece("on Monday"), piece("North of", 12)
    assert surroundings([monday, guns], monday.start, monday.end)[1] == "."
    assert surroundings([monday, guns], guns.start, guns.end)[0] is None


def test_a_hash_in_place_of_words_leaves_what_stands_around_them() -> None:
    assert surroundings([Piece(10, 50, None, "he said ", " again")], 10, 50) == (
        "said ",
        None,
    )


def test_the_beginning_of_the_article_is_kept() -> None:
    first = Piece(5, 9, "fell", "Rain ", ". Velmark denied")
    assert surroundings([first], 5, 9) == ("Rain ", ". Velmark")


def test_without_text_there_is_no_context() -> None:
    assert surroundings([Piece(10, 20)], 10, 20) == (None, None)
    assert surroundings([], 0, 5) == (None, None)


@given(st.text("ab \n", min_size=1, max_size=60), st.data())
def test_the_context_is_what_the_article_says(text: str, data: st.DataObject) -> None:
    cuts = st.integers(0, len(text))
    spans = [sorted((data.draw(cuts), data.draw(cuts))) for _ in range(3)]
    pieces = [Piece(a, b, text[a:b], text[max(0, a - 4) : a], text[b : b + 4]) for a, b in spans]
    start, end = spans[0]
    before, after = surroundings(pieces, start, end)
    assert text[:start].endswith(before or "")
    assert text[end:].startswith(after or "")
