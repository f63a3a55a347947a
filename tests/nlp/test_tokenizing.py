"""Lines drawn with one sign are cut as the tokenizer cuts them, but in linear time."""

from __future__ import annotations

import pytest
from spacy.lang.en import English

from kg.nlp.tokenizing import make_doc, split_glued

NLP = English()


@pytest.mark.parametrize("length", [850, 901])
@pytest.mark.parametrize(
    "text",
    [
        "{=}",
        "Talks resumed. {_} They didn't last.",
        "{.}{-}{*}",
        "One\n{-}\ntwo {.}\tthree ({#}) (see http://x.org/{~}) “{,}”",
        "don't{=}don't <3{=}=) x_x",
        '("(("{"}:-))',
        "((((((({*}:)))",
        "ends.{/}",
    ],
)
def test_lines_are_cut_as_the_tokenizer_cuts_them(text: str, length: int) -> None:
    for sign in '=_.-*#~,"/':
        text = text.replace(f"{{{sign}}}", sign * length)
    ours, theirs = make_doc(NLP, text), NLP.make_doc(text)
    assert ours.text == text
    assert [(t.text, t.idx, t.whitespace_, t.norm_) for t in ours] == [
        (t.text, t.idx, t.whitespace_, t.norm_) for t in theirs
    ]


def test_the_tokenizer_never_sees_a_long_line(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    tokenizer = NLP.tokenizer
    monkeypatch.setattr(NLP, "tokenizer", lambda text: (seen.append(len(text)), tokenizer(text))[1])
    doc = make_doc(NLP, f"Talks\n{'=' * 20_000}\nresumed.\n{'-' * 20_000}")
    assert [len(doc), doc[-1].text] == [20_007, "-" * 20_000]
    assert sum(seen) < 1_000


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("She said,“Look at it.”", "She said , “ Look at it . ”"),
        ('Vik:"We go,"he said.', 'Vik : " We go , " he said .'),
        ("It is over.”He left.", "It is over . ” He left ."),
        ('“Go.”"We stay."', '“ Go . ” " We stay . "'),
        ('A 5"x7" card and v1."a" stay.', None),
        ("Don't say \"no\", said O'Hara.", None),
    ],
)
def test_quotation_marks_without_a_space_are_cut_off(text: str, tokens: str | None) -> None:
    nlp = English()
    before = [t.text for t in nlp.make_doc(text)]
    split_glued(nlp)
    split_glued(nlp)
    after = [t.text for t in nlp.make_doc(text)]
    assert after == (tokens.split() if tokens else before)
    assert tokens is None or after != before
