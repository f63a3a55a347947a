"""Pairing of quotation marks: kinds, levels, paragraphs, apostrophes, marks that are missing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from steps import steps

from kg.extraction.quotations import Quotation, paragraphs, quotations


def words(text: str, *, level: int | None = None) -> list[str]:
    return [q.span.of(text) for q in quotations(text) if level in (None, q.level)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We go,” she said, “now.”", ["“We go,”", "“now.”"]),
        ('"We go," she said. "Now."', ['"We go,"', '"Now."']),
        ("''We won't,'' he said, ''go.''", ["''We won't,''", "''go.''"]),
        ("``We go,'' he said", ["``We go,''"]),
        ("„Wir gehen“, sagte er. «Oui», dit-elle.", ["„Wir gehen“", "«Oui»"]),
        ("»Ja«, sagte »Nein« nicht.", ["»Ja«", "»Nein«"]),
        ('“Opened curly, closed straight," he said', ['“Opened curly, closed straight,"']),
        ("”Wrong way round,” he said", ["”Wrong way round,”"]),
        ("‘I will go,’ he said, ‘if you don’t.’", ["‘I will go,’", "‘if you don’t.’"]),
        ("She said: “We will go.’ He left.", ["“We will go.’"]),
        ("She said: “He told me ‘go.’ He left.", ["“He told me ‘go.’ He left."]),
        ("the boys' 90s and the workers' demands", []),
        ("rock 'n' roll in the '90s", []),
        ('He is 5\'10" tall, "a giant," she said', ['"a giant,"']),
        ('An end without a beginning," he said.', []),
        ("", []),
        ("“”", []),
    ],
)
def test_marks_of_all_kinds_are_paired(text: str, expected: list[str]) -> None:
    assert words(text, level=1) == expected


@pytest.mark.parametrize(
    ("text", "outer", "inner"),
    [
        ("“He said ‘we go’ and left,” Ann said", "“He said ‘we go’ and left,”", "‘we go’"),
        ('"He said "no" to me," she told us.', '"He said "no" to me,"', '"no"'),
        ("“They call it “peace” here,” he said", "“They call it “peace” here,”", "“peace”"),
        ("‘He said “no” to me,’ she told us.", "‘He said “no” to me,’", "“no”"),
    ],
)
def test_a_quotation_within_a_quotation_has_the_next_level(
    text: str, outer: str, inner: str
) -> None:
    assert words(text, level=1) == [outer]
    assert words(text, level=2) == [inner]


def test_inner_span_lacks_the_marks() -> None:
    text = "He said ''yes'' twice"
    (found,) = quotations(text)
    assert (found.span.of(text), found.inner.of(text)) == ("''yes''", "yes")


def test_a_speech_over_paragraphs_reopens_and_closes_in_the_last() -> None:
    text = "“We go.\n“We stay.\n“We rest,” he said."
    assert [(q.span.of(text), q.closed) for q in quotations(text)] == [
        ("“We go.", False),
        ("“We stay.", False),
        ("“We rest,”", True),
    ]


def test_an_unclosed_quotation_ends_where_another_opens() -> None:
    text = "“Never closed. he said. “Next one,” she said"
    assert [(q.span.of(text), q.closed) for q in quotations(text)] == [
        ("“Never closed. he said.", False),
        ("“Next one,”", True),
    ]


def test_a_line_that_goes_on_in_lower_case_ends_no_paragraph() -> None:
    text = "“We will\ngo,” he said.\n\nNew one."
    assert [text[a:b] for a, b in paragraphs(text)] == ["“We will\ngo,” he said.", "New one."]
    assert words(text) == ["“We will\ngo,”"]


MARKS = st.text(st.sampled_from("“”‘’\"'„«»`,.! ab7\n\r😀"), max_size=80)


@given(st.one_of(st.text(max_size=200), MARKS))
@settings(deadline=None)
def test_any_text_gives_well_formed_quotations(text: str) -> None:
    found = quotations(text)
    assert list(found) == sorted(found, key=lambda q: (q.span.start, -q.span.end))
    for one in found:
        assert 0 <= one.span.start < one.inner.start < one.inner.end <= one.span.end <= len(text)
        assert one.closed or one.inner.end == one.span.end
    _nests(found)


def _nests(found: tuple[Quotation, ...]) -> None:
    for a in found:
        around = [b for b in found if b is not a and b.span.contains(a.span)]
        crossing = [b for b in found if b.span.overlaps(a.span)]
        assert all(b.span.contains(a.span) or a.span.contains(b.span) for b in crossing)
        assert a.level == len(around) + 1


@pytest.mark.parametrize("unit", ["“a” ", "‘a ", "“a ‘b’ c” ", '" ', "“", "'a' b’s "])
def test_time_is_linear_in_the_length(unit: str) -> None:
    short, long = (steps(lambda n=n: quotations(unit * n)) for n in (400, 4_000))
    assert long < 12 * short
