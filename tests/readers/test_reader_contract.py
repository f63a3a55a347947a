"""What every format in `READERS` keeps to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.readers import READERS, articles, reader
from kg.records import Article, Failure

HEADLINE = "Talks go on in Selm"
FIRST = "The minister said on Monday that the talks in Selm would go on for another week."
SECOND = "“We shall not leave the table,” he told reporters, and nobody among them doubted it."
OBJECT = json.dumps({"id": "talks", "text": f"{HEADLINE}\n\n{FIRST}\n\n{SECOND}\n"})
PAGE = f"<html><body><h1>{HEADLINE}</h1><p>{FIRST}</p><p>{SECOND}</p></body></html>"
PLAIN = f"{HEADLINE}\n\n{FIRST}\n\n{SECOND}\n"
MARKDOWN = f"# {PLAIN}"

# fmt: off
SAMPLES = {
    ".txt": PLAIN, ".md": MARKDOWN, ".markdown": MARKDOWN, ".html": PAGE, ".htm": PAGE,
    ".jsonl": OBJECT, ".ndjson": OBJECT, ".json": OBJECT,
}
# fmt: on


@pytest.fixture(params=READERS)
def suffix(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def file(tmp_path: Path, suffix: str) -> Path:
    path = tmp_path / f"talks{suffix}"
    path.write_text(SAMPLES[suffix], "utf-8")
    return path


def test_an_article_has_id_path_title_and_text(file: Path, suffix: str) -> None:
    (article,) = reader(suffix).read(file)
    assert isinstance(article, Article)
    assert (article.id, article.path, article.title) == ("talks", str(file), HEADLINE)
    assert FIRST in article.text
    assert SECOND in article.text


def test_sections_are_in_range_in_order_and_apart(file: Path, suffix: str) -> None:
    (article,) = reader(suffix).read(file)
    assert isinstance(article, Article)
    assert [section.kind for section in article.sections] == ["headline"]
    at = 0
    for section in article.sections:
        assert at <= section.span.start < section.span.end <= len(article.text)
        at = section.span.end


def test_nothing_is_invented(file: Path, suffix: str) -> None:
    (article,) = reader(suffix).read(file)
    assert isinstance(article, Article)
    assert (article.published, article.published_basis) == (None, None)
    assert (article.publisher, article.url, article.language, article.rights) == (None,) * 4


def test_reading_twice_gives_the_same(file: Path, suffix: str) -> None:
    assert list(reader(suffix).read(file)) == list(reader(suffix).read(file))


@pytest.mark.parametrize(
    "data", [b"", b" \n\t\r\n", b"\0\1\2\3", b"\xff\xfe\xfd", b"words \xe9 and \xff more"]
)
def test_what_cannot_be_read_is_named(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    (failure,) = articles([file])
    assert isinstance(failure, Failure)
    assert failure.path.startswith(str(file))
    assert failure.reason.startswith(f"{failure.path}: ")


def test_a_file_that_is_away_raises_a_read_error(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(ReadError, match="no such file"):
        list(reader(suffix).read(tmp_path / f"away{suffix}"))


def test_the_limit_of_size_counts(file: Path) -> None:
    (failure,) = articles([file], max_bytes=50)
    assert isinstance(failure, Failure)
    assert "too large: " in failure.reason


def test_a_text_too_long_for_an_article_is_refused_before_it_is_taken_apart(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("looked for sections")

    monkeypatch.setattr("kg.readers.files.MAX_CHARACTERS", 60)
    for reader_of_text in ("text", "markdown", "html", "jsonl"):
        monkeypatch.setattr(f"kg.readers.{reader_of_text}.sections", never)
    (failure,) = articles([file])
    assert isinstance(failure, Failure)
    assert "characters, more than the 60 that one article may have; split it" in failure.reason


def test_suffixes_are_known_in_capitals_too(file: Path, suffix: str) -> None:
    capital = file.rename(file.with_suffix(suffix.upper()))
    (article,) = articles([capital])
    assert isinstance(article, Article)
