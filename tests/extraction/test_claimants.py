"""Who asserts some words: by the place of the words alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.claimants import IN_ITS_OWN_WORDS, Voice, Voices
from kg.records import ARTICLE, Statement, TextSpan


def said(name: str, speaker: str | None, *content: tuple[int, int]) -> Statement:
    spans = tuple(TextSpan(*c) for c in content)
    return Statement(name, "indirect", content=spans, cue=(), source=(), speaker=speaker)


OUTER = said("outer", "KES", (10, 40), (60, 80))
INNER = said("inner", None, (20, 30))


def test_the_innermost_statement_around_the_words_decides() -> None:
    voices = Voices([OUTER, INNER])
    assert voices.at(TextSpan(12, 15)) == Voice("KES", OUTER)
    assert voices.at(TextSpan(21, 30)) == Voice(None, INNER)
    assert voices.at(TextSpan(25, 35)) == Voice("KES", OUTER), "it reaches out of the inner one"
    assert voices.at(TextSpan(60, 80)) == Voice("KES", OUTER)


def test_outside_of_statements_the_article_speaks() -> None:
    voices = Voices([OUTER, INNER])
    for span in [(0, 5), (5, 15), (40, 60), (35, 65), (90, 99)]:
        assert voices.at(TextSpan(*span)) == IN_ITS_OWN_WORDS
    assert Voices([]).at(TextSpan(0, 1)).asserted_by == ARTICLE


def test_each_statement_of_somebody_unnamed_is_another_voice() -> None:
    other = said("other", None, (50, 55))
    assert Voice.of(INNER).key != Voice.of(other).key
    assert Voice.of(OUTER).key == Voice("KES", None).key
    assert Voice.of(INNER).key != IN_ITS_OWN_WORDS.key


SPANS = st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda p: (p[0], p[0] + p[1]))


@given(st.lists(st.lists(SPANS, min_size=1, max_size=3), max_size=6), SPANS)
def test_it_is_what_a_look_at_every_statement_gives(
    contents: list[list[tuple[int, int]]], words: tuple[int, int]
) -> None:
    statements = [said(f"s{n}", f"A{n}", *spans) for n, spans in enumerate(contents)]
    span = TextSpan(*words)
    around = [
        (c.end - c.start, c.start, s.id, s)
        for s in statements
        for c in s.content
        if c.contains(span)
    ]
    expected = Voice.of(min(around)[-1]) if around else IN_ITS_OWN_WORDS
    assert Voices(statements).at(span) == expected
