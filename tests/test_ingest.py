from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg import ingest
from kg.config import Settings
from kg.records import Article, Extraction, Failure, plain

TEXTS = (
    "Kenya urged Uganda on Monday to reopen the border.",
    "“We will not,” Ugandan Foreign Minister Ruth Akello told reporters in Kampala.",
    "Ethiopia and Kenya signed a memorandum in March, the Kenyan Foreign Ministry said.",
)


def articles(*texts: str) -> list[Article]:
    return [
        Article(f"a{i}", f"a{i}.txt", text, published="2024-03-11", published_basis="option")
        for i, text in enumerate(texts)
    ]


def run(
    items: list[Article | Failure], nlp: Language | None = None, **settings: int
) -> list[Extraction | Failure]:
    return list(ingest.extractions(items, Settings(**settings), nlp))  # type: ignore[arg-type]


@pytest.fixture
def fragile(nlp: Language) -> Iterator[Language]:
    """The pipeline with a component that fails at the word BOOM."""

    @Language.component("test_fragile")
    def test_fragile(doc: Doc) -> Doc:
        if "BOOM" in doc.text:
            raise ValueError("boom")
        return doc

    nlp.add_pipe("test_fragile", first=True)
    yield nlp
    nlp.remove_pipe("test_fragile")


def test_an_article_that_fails_is_told_and_the_rest_goes_on(fragile: Language) -> None:
    found = run([*articles(TEXTS[0], "BOOM", TEXTS[1], "BOOM")], fragile)
    kinds = [type(item) for item in found]
    assert kinds == [Extraction, Failure, Extraction, Failure]
    assert isinstance(found[1], Failure)
    assert "a1.txt" in found[1].reason


def test_failures_of_readers_keep_their_place(nlp: Language) -> None:
    unread = Failure("x.txt", "x.txt: not UTF-8")
    one, two = articles(TEXTS[0], TEXTS[1])
    found = run([unread, one, unread, two, unread], nlp)
    assert [item == unread for item in found] == [True, False, True, False, True]


def test_a_text_that_is_too_long_is_refused_by_name(nlp: Language) -> None:
    found = run(articles("word " * (nlp.max_length // 4), TEXTS[0]), nlp)
    assert isinstance(found[0], Failure)
    assert "split it" in found[0].reason
    assert isinstance(found[1], Extraction)


def test_of_many_articles_in_a_file_the_one_that_fails_is_named(fragile: Language) -> None:
    line = dataclasses.replace(articles("BOOM")[0], id="lead", path="all.jsonl")
    (failure,) = run([line], fragile)
    assert isinstance(failure, Failure)
    assert failure.reason.startswith("all.jsonl (lead): ")


@pytest.mark.parametrize("settings", [{"batch_size": 1}, {"processes": 2}])
def test_batches_and_processes_change_nothing(nlp: Language, settings: dict[str, int]) -> None:
    expected = [plain(item) for item in run(articles(*TEXTS), nlp)]
    assert [plain(item) for item in run(articles(*TEXTS), nlp, **settings)] == expected


def test_the_spool_gives_back_what_it_took(nlp: Language) -> None:
    items = [item for item in run(articles(*TEXTS), nlp) if isinstance(item, Extraction)]
    with ingest.Spool() as spool:
        for item in items:
            spool.add(item)
        assert [plain(i) for i in spool] == [plain(i) for i in items]


def test_the_same_words_in_two_articles_are_one_utterance(nlp: Language) -> None:
    items = run(articles(TEXTS[2], TEXTS[2] + " The border has been shut for a week."), nlp)
    first, second = ingest.linked(items, [])
    assert first.statements[0].same_as is not None
    assert first.statements[0].same_as == second.statements[0].same_as


def test_an_undated_article_says_what_it_cannot_resolve(nlp: Language) -> None:
    (found,) = run([Article("a", "a.txt", TEXTS[0])], nlp)
    assert isinstance(found, Extraction)
    assert any("relative dates" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    "text",
    ["😀", "\u200b", "x" * 10_000, "Россия призвала стороны.", "قالت", "‘’“”«»\"'''`", "\x07 a"],
)
def test_odd_text_is_text(nlp: Language, text: str) -> None:
    (found,) = run([Article("a", "a.txt", text)], nlp)
    assert isinstance(found, Extraction)


@pytest.mark.parametrize(
    "text",
    [
        "Putin said “he” would sign.",
        "“He himself” signed the deal with Armenia.",
        "“She alone” decides on talks.",
        "“She and Russia” signed the deal.",
        "Case 2017-02-00 was closed on 2024-10-00.",
        "Psdef L Hstop.““He minister “nhas been told He red t” —The Rn Minist",
    ],
)
def test_words_in_odd_quotation_marks_and_days_nought_lose_no_article(
    nlp: Language, text: str
) -> None:
    assert isinstance(run(articles(text), nlp)[0], Extraction)


def test_statements_of_one_quotation_have_one_id(nlp: Language) -> None:
    (found,) = run(articles("Aliyev\u2028said: “We signed the deal.”"), nlp)
    assert isinstance(found, Extraction)
    assert len(found.statements) == len({s.id for s in found.statements}) == 1
