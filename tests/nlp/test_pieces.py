from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_annotator import tokenizer_json

from kg.nlp.pieces import (
    A_START,
    CLS,
    GLUED,
    LINE_BREAK,
    MAYBE_A_START,
    NOT_A_START,
    SEP,
    SHAPE_CODES,
    SPACED,
    UNKNOWN,
    Limits,
    Pieces,
    chunks,
    word_shape,
)


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces(tokenizer_json())


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("peace", 1),
        ("Peace", 2),
        ("UN", 3),
        ("I", 4),
        ("McBride", 5),
        ("1,200.5", 6),
        ("20th", 7),
        ("—", 8),
        ("\u200b", 8),
        ("½", 9),
        ("U.S.", 10),
        ("co-founder", 1),
        ("O'Hara", 2),
    ],
)
def test_a_word_shape_tells_how_a_word_is_written(word: str, shape: int) -> None:
    assert word_shape(word) == shape


@given(st.text(min_size=1, max_size=20))
def test_any_word_has_a_shape_and_a_code(word: str) -> None:
    shape = word_shape(word)
    assert shape >= 1
    assert 3 * (shape - 1) + LINE_BREAK + 1 < SHAPE_CODES


def test_a_word_has_at_most_so_many_pieces_and_at_least_one(pieces: Pieces) -> None:
    found = pieces(["a" * 30, "\u200b", "ab", "x" * 10_000])
    assert [len(word.ids) for word in found] == [8, 1, 2, 1]
    assert found[1].ids == found[3].ids == (UNKNOWN,)


def test_a_word_has_the_same_pieces_alone_and_among_others(pieces: Pieces) -> None:
    words = ["can", "not", "end", "not", "—", "", "x.y"]
    assert pieces(words) == [Pieces(tokenizer_json())([word])[0] for word in words]


def test_inputs_hold_the_first_and_last_piece_of_each_word(pieces: Pieces) -> None:
    found = pieces.encode(["Ab", "c", "."], [LINE_BREAK, SPACED, GLUED])
    assert found.ids[0] == CLS
    assert found.ids[-1] == SEP
    assert found.first.tolist() == [1, 3, 4]
    assert found.last.tolist() == [2, 3, 4]
    # Capitalised after a line break, lower case after a space, punctuation glued
    assert found.shape.tolist() == [0, 6, 6, 2, 22, 0]


def test_no_words_are_two_pieces(pieces: Pieces) -> None:
    assert pieces.encode([], []).ids.tolist() == [CLS, SEP]


def cut(text: str, starts: dict[int, int] | None = None, **limits: int) -> list[str]:
    """The chunks of words parted by spaces; "|" stands for a line break, "_" glues."""
    words, before, gap = [], [], LINE_BREAK
    for word in text.split():
        if word == "|":
            gap = LINE_BREAK
            continue
        words.append(word.removeprefix("_"))
        before.append(GLUED if word[0] == "_" else gap)
        gap = SPACED
    known = [(starts or {}).get(i, MAYBE_A_START) for i in range(len(words))]
    found = chunks(words, before, known, [1] * len(words), Limits(**limits))
    return [" ".join(words[a:b]) for a, b in found]


# fmt: off
CUTS: list[tuple[str, str, dict[int, int] | None, list[str]]] = [
    ("a short text stays whole", "He left _. She stayed _.", None, ["He left . She stayed ."]),
    ("after a full stop, rather than before a speaker",
     "Go _. “ _No _! _” Bo said", None, ["Go .", "“ No ! ” Bo said"]),
    ("after a full stop", "He left them _. She stayed there _.", None,
     ["He left them .", "She stayed there ."]),
    ("rather at a line break", "We saw them | go home _. They ran _.", None,
     ["We saw them", "go home . They ran ."]),
    ("not before a small letter", "It fell to 3 _. per cent or less _.", None,
     ["It fell to 3 . per", "cent or less ."]),
    ("behind the closing quotation mark", "“ _We left now _. _” They did _.", None,
     ["“ We left now . ”", "They did ."]),
    ("rather where no speaker can follow", "He left _. “ _Who _? _” Ms Bo asked _.", None,
     ["He left .", "“ Who ? ”", "Ms Bo asked ."]),
    ("after a pause, if there is nothing else", "we went on and _, in the end we stopped", None,
     ["we went on and ,", "in the end we stopped"]),
    ("where a sentence is known to start", "one two three four five six seven", {4: A_START},
     ["one two three four", "five six seven"]),
]
# fmt: on


@pytest.mark.parametrize(
    ("text", "starts", "expected"), [c[1:] for c in CUTS], ids=[c[0] for c in CUTS]
)
def test_chunks_end(text: str, starts: dict[int, int] | None, expected: list[str]) -> None:
    aim = 8 if len(expected) == 1 else 6
    assert cut(text, starts, words=aim, longest=6 if aim == 6 else 8) == expected


def test_a_chunk_grows_beyond_its_aim_to_reach_the_end_of_a_sentence() -> None:
    text = "They all went to the old town _. It rained _."
    assert cut(text, words=5, longest=9) == ["They all went to the old town .", "It rained ."]


def test_no_chunk_ends_where_it_is_known_that_no_sentence_starts() -> None:
    text = "We saw Gen _. Bo _. Then Gen _. Li came _. All left _."
    known = {4: NOT_A_START, 9: NOT_A_START}
    assert cut(text, known, words=9, longest=12) == [
        "We saw Gen . Bo .",
        "Then Gen . Li came . All left .",
    ]


words = st.lists(
    st.tuples(
        st.sampled_from(["He", "left", ".", "”", "?", ",", "x" * 50, "7"]),
        st.sampled_from([GLUED, SPACED, LINE_BREAK]),
        st.sampled_from([NOT_A_START, MAYBE_A_START, MAYBE_A_START, A_START]),
        st.integers(1, 4),
    ),
    max_size=80,
)


@given(words, st.integers(1, 12), st.integers(0, 12), st.integers(4, 20))
def test_chunks_hold_every_word_once_within_the_limits(
    rows: list[tuple[str, int, int, int]], aim: int, more: int, pieces: int
) -> None:
    limits = Limits(words=aim, longest=aim + more, pieces=pieces, word_pieces=4)
    columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], [], []]
    sizes = columns[3]
    found = chunks(columns[0], columns[1], columns[2], sizes, limits)
    assert [i for start, end in found for i in range(start, end)] == list(range(len(rows)))
    for start, end in found:
        assert 0 < end - start <= limits.longest
        assert sum(sizes[start:end]) <= limits.pieces


def test_limits_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="contradict"):
        Limits(words=200, longest=100)
