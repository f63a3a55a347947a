from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.readers.json_object import read as read_object
from kg.readers.jsonl import read, read_lines
from kg.records import Article, Failure, Section, TextSpan

PROSE = "The minister said on Monday that the talks in Selm would go on."


def result(line: str) -> Article | Failure:
    (item,) = read_lines(io.BytesIO(line.encode("utf-8", "surrogatepass")), "a.jsonl")
    return item


def test_what_a_line_gives_is_kept() -> None:
    line = {
        "id": "Bench 1/ä",
        "text": f"Talks go on\n\n{PROSE}",
        "title": "Talks",
        "publisher": "Harbour Times",
        "url": "https://harbour.invalid/1",
        "published": "2024-03-04",
    }
    article = result(json.dumps(line))
    assert isinstance(article, Article)
    assert {key: getattr(article, key) for key in line} == line
    assert article.published_basis == "metadata"
    assert article.path == "a.jsonl"
    assert article.sections == (Section("headline", TextSpan(0, 11)),)


def test_null_is_absent() -> None:
    article = result(json.dumps({"id": "1", "text": PROSE, "published": None, "title": None}))
    assert isinstance(article, Article)
    assert (article.published, article.published_basis, article.title) == (None, None, None)


def test_sections_are_kept_as_given() -> None:
    given = [{"kind": "teaser", "span": [4, 12]}, {"kind": "body", "span": [12, 20]}]
    article = result(json.dumps({"id": "1", "text": PROSE, "sections": given}))
    assert isinstance(article, Article)
    assert article.sections == (Section("teaser", TextSpan(4, 12)),)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "1"}', 'no "text"; each line needs id and text'),
        ('{"text": "Talks."}', 'no "id"; each line needs id and text'),
        ('{"id": "1", "text": 5}', '"text" is no string'),
        ('{"id": "1", "text": " \\n"}', '"text" is empty'),
        ('{"id": "1", "text": "a\\u0000b"}', '"text" holds a NUL character at 1'),
        ('{"id": "1", "text": "a\\udc00b"}', '"text" holds half a surrogate pair at 1'),
        ('{"id": ["1"], "text": "Talks."}', '"id" is ["1"]; it must be a string'),
        ('{"id": "1", "text": "T.", "published": "now"}', '"published" is "now"; write a date'),
        ("[]", "no mapping of keys"),
        ("{", "not JSON: "),
        ('{"id": "1", "text": "T.", "sections": {}}', '"sections" is no list'),
        ('{"id": "1", "text": "T.", "sections": [{"kind": "x", "span": [0, 1]}]}', "kinds are"),
        ('{"id": "1", "text": "T.", "sections": [{"kind": "teaser", "span": [0, 9]}]}', "outside"),
        (
            '{"id": "1", "text": "Talks", "sections": [{"kind": "teaser", "span": [0, 3]},'
            ' {"kind": "teaser", "span": [2, 4]}]}',
            '"sections" overlap at 2',
        ),
    ],
)
def test_a_wrong_line_names_its_number_and_what_is_wrong(line: str, reason: str) -> None:
    failure = result(line)
    assert isinstance(failure, Failure)
    assert failure.path == "a.jsonl:1"
    assert failure.reason.startswith("a.jsonl:1: ")
    assert reason in failure.reason


def test_the_lines_around_a_wrong_one_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.ndjson"
    good = json.dumps({"id": "1", "text": PROSE}).encode()
    other = json.dumps({"id": "2", "text": PROSE}).encode()
    path.write_bytes(b"\xef\xbb\xbf" + good + b"\r\n\n{\n\xff\n" + other)
    items = list(read(path))
    assert [getattr(item, "id", None) or getattr(item, "path", "") for item in items] == [
        "1",
        f"{path}:3",
        f"{path}:4",
        "2",
    ]
    assert isinstance(items[2], Failure)
    assert "not UTF-8: byte 0xff at offset 0 of the line" in items[2].reason


def test_a_line_that_is_too_long_is_passed_over() -> None:
    short = json.dumps({"id": "1", "text": "Talks."})
    long = json.dumps({"id": "2", "text": PROSE * 9})
    lines = io.BytesIO(f"{long}\n{short}\n".encode())
    first, second = read_lines(lines, "a.jsonl", max_bytes=100)
    assert isinstance(first, Failure)
    assert "a.jsonl:1: too large" in first.reason
    assert isinstance(second, Article)


def test_lines_are_read_one_by_one() -> None:
    def endless() -> Iterator[bytes]:
        number = 0
        while True:
            number += 1
            yield json.dumps({"id": str(number), "text": PROSE}).encode() + b"\n"

    class Endless(io.BytesIO):
        lines = endless()

        def readline(self, size: int | None = -1, /) -> bytes:
            return next(self.lines)

    items = read_lines(Endless(), "endless.jsonl")
    assert [getattr(next(items), "id", None) for _ in range(3)] == ["1", "2", "3"]


def test_a_file_without_lines_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n \n", "utf-8")
    with pytest.raises(ReadError, match="empty: no line with an article"):
        list(read(path))


def test_one_object_may_leave_its_id_to_the_name_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "talks in selm.json"
    path.write_text(json.dumps({"text": PROSE}), "utf-8")
    (article,) = read_object(path)
    assert isinstance(article, Article)
    assert article.id == "talks-in-selm"


def test_an_object_without_text_is_no_article(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("{}", "utf-8")
    with pytest.raises(ReadError, match=r'a\.json: no "text"; an article needs text'):
        list(read_object(path))
