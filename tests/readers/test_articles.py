from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from kg.errors import SettingsError
from kg.readers import articles
from kg.records import Article, Failure

PROSE = "The minister said on Monday that the talks in Selm would go on."


def write(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text or f"{PROSE} He spoke of {path.stem} in {path.parent.name}.", "utf-8")
    return path


def split(*paths: Path | str, **options: str) -> tuple[list[Article], list[Failure]]:
    items = list(articles(paths, **options))  # type: ignore[arg-type]
    return (
        [item for item in items if isinstance(item, Article)],
        [item for item in items if isinstance(item, Failure)],
    )


def ids(*paths: Path | str) -> list[str]:
    found, failures = split(*paths)
    assert failures == []
    return [article.id for article in found]


def reason(*paths: Path | str) -> str:
    (failure,) = split(*paths)[1]
    assert failure.reason.startswith(f"{failure.path}: ")
    return failure.reason


def test_a_folder_is_read_with_all_below_it_sorted(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "c/d.TXT", ".hidden.txt", ".git/x.txt", "README.md", "p.pdf"):
        write(tmp_path / name)
    assert ids(tmp_path) == ["a", "b", "d"]


def test_inputs_keep_the_order_in_which_they_are_given(tmp_path: Path) -> None:
    assert ids(write(tmp_path / "b.txt"), write(tmp_path / "a.txt")) == ["b", "a"]


def test_the_path_is_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "news" / "a.txt")
    monkeypatch.chdir(tmp_path)
    (article,), _ = split("news")
    assert article.path == str(Path("news/a.txt"))


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    assert ids(path, tmp_path, path) == ["a"]


def test_a_hidden_file_or_readme_that_is_named_is_read(tmp_path: Path) -> None:
    assert ids(write(tmp_path / ".a.txt"), write(tmp_path / "README.md")) == ["a", "README"]


def test_side_files_are_no_articles(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    side = write(tmp_path / "a.json", '{"published": "2024-03-04"}')
    for inputs in ([tmp_path], [path, side], [side, path]):
        (article,), failures = split(*inputs)
        assert (article.published, failures) == ("2024-03-04", [])
    assert "side file of a.txt; give that file instead" in reason(side)


def test_names_that_would_give_one_id_get_their_folder(tmp_path: Path) -> None:
    paths = [write(tmp_path / name) for name in ("x/a.txt", "y/a.txt", "y/b.txt")]
    assert ids(*paths) == ["x-a", "y-a", "b"]
    assert ids(*reversed(paths)) == ["b", "y-a", "x-a"]


def test_and_a_hash_where_that_is_not_enough(tmp_path: Path) -> None:
    write(tmp_path / "x" / "a.md")
    write(tmp_path / "x" / "a.txt", PROSE)
    (first, second), _ = split(tmp_path)
    assert first.id == "x-a"
    assert second.id == f"x-a-{second.sha256[:8]}"


def test_ids_hold_letters_digits_hyphen_underscore_and_full_stop(tmp_path: Path) -> None:
    assert ids(write(tmp_path / "Талкс, day 1_(v2.0).txt")) == ["Талкс-day-1_-v2.0"]


def test_given_ids_are_kept_and_must_differ(tmp_path: Path) -> None:
    lines = [json.dumps({"id": name, "text": f"{PROSE} {name}"}) for name in ("a b", "c", "c")]
    path = write(tmp_path / "all.jsonl", "\n".join(lines))
    found, (failure,) = split(path)
    assert [article.id for article in found] == ["a b", "c"]
    assert f'id "c" is already that of an article in {path}' in failure.reason


def test_a_file_gives_way_to_an_id_that_a_line_brought(tmp_path: Path) -> None:
    lines = write(tmp_path / "l.jsonl", json.dumps({"id": "a", "text": f"{PROSE} Yes."}))
    path = write(tmp_path / "z" / "a.txt")
    assert ids(lines, path) == ["a", "z-a"]


def test_the_second_file_with_one_text_is_reported(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a.txt", PROSE), write(tmp_path / "b.txt", PROSE)
    found, (failure,) = split(tmp_path)
    assert [article.id for article in found] == ["a"]
    assert failure.reason == f"{second}: same text as {first}; it is read once"


def test_lines_with_one_text_are_told_apart_by_their_ids(tmp_path: Path) -> None:
    lines = [json.dumps({"id": name, "text": PROSE}) for name in ("a", "b")]
    assert ids(write(tmp_path / "all.jsonl", "\n".join(lines))) == ["a", "b"]


def test_the_day_comes_from_metadata_then_option_then_text(tmp_path: Path) -> None:
    dated = f"Talks go on\n\nMarch 4, 2024\n\n{PROSE}\n"
    write(tmp_path / "a.txt", f"---\npublished: 2020-01-01\n---\n{dated}")
    write(tmp_path / "b.txt", dated)
    with_option = [
        (a.published, a.published_basis) for a in split(tmp_path, published="2022-02-02")[0]
    ]
    assert with_option == [("2020-01-01", "metadata"), ("2022-02-02", "option")]
    without = [(a.published, a.published_basis) for a in split(tmp_path)[0]]
    assert without == [("2020-01-01", "metadata"), ("2024-03-04", "text")]


def test_the_publisher_comes_from_metadata_then_option_then_dateline(tmp_path: Path) -> None:
    filed = f"SELM (Northern Wire) – {PROSE}"
    write(tmp_path / "a.txt", f"---\npublisher: Harbour Times\n---\n{filed}")
    write(tmp_path / "b.txt", filed)
    assert [a.publisher for a in split(tmp_path, publisher="HT")[0]] == ["Harbour Times", "HT"]
    assert [a.publisher for a in split(tmp_path)[0]] == ["Harbour Times", "Northern Wire"]


def test_an_option_that_is_no_day_is_refused_at_once() -> None:
    with pytest.raises(SettingsError, match='"soon" is no date; write YYYY-MM-DD'):
        articles([], published="soon")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", b"caf\xe9 in Selm", "not UTF-8: byte 0xe9 at offset 3 (line 1); save"),
        ("a.txt", b"\xff\xfea\0b\0", "not UTF-8 but UTF-16, it seems"),
        ("a.txt", b"", "empty"),
        ("a.txt", b"\xef\xbb\xbf \n\t", "empty: nothing but white space"),
        ("a.txt", b"PK\0\1", "binary: NUL byte at offset 2"),
        ("a.txt", b"x" * 2_001, "too large: 2,001 bytes; one article may have 2,000"),
        ("a.txt", b"Subscribe to our newsletter\n", "only boilerplate"),
        ("a.pdf", b"%PDF", ".pdf is not known; known are .htm, .html, .json, .jsonl"),
        ("a", b"words", "no suffix is not known"),
    ],
)
def test_a_bad_file_is_named_and_the_others_are_read(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    bad = tmp_path / name
    bad.write_bytes(data)
    good = write(tmp_path / "good.txt")
    found = list(articles([bad, good], max_bytes=2_000))
    assert isinstance(found[0], Failure)
    assert found[0].path == str(bad)
    assert found[0].reason.startswith(f"{bad}: ")
    assert words in found[0].reason
    assert isinstance(found[1], Article)
    assert len(found) == 2


def test_fifty_megabytes_are_too_many(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert "too large: 50,000,000 bytes; one article may have 20,000,000" in reason(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "no such file or folder" in reason(tmp_path / "a.txt")
    assert "no such file or folder" in reason(tmp_path / "folder")


def test_a_file_that_vanishes_while_others_are_read_is_named(tmp_path: Path) -> None:
    paths = [write(tmp_path / name) for name in ("a.txt", "b.txt", "c.txt")]
    items = articles([tmp_path])
    assert isinstance(next(items), Article)
    paths[1].unlink()
    failure = next(items)
    assert isinstance(failure, Failure)
    assert failure.reason == f"{paths[1]}: no such file or folder"
    assert isinstance(next(items), Article)


def test_a_folder_without_articles_is_named_with_what_it_holds(tmp_path: Path) -> None:
    assert "a folder without articles; known are .htm" in reason(tmp_path)
    write(tmp_path / "x" / "a.pdf")
    assert "a folder without articles (only .pdf)" in reason(tmp_path)


def test_a_folder_that_contains_itself_is_read_once(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    found, (failure,) = split(tmp_path)
    assert [article.id for article in found] == ["a"]
    assert "contains itself" in failure.reason


def test_a_link_to_itself_is_named(tmp_path: Path) -> None:
    link = tmp_path / "a.txt"
    link.symlink_to(link)
    assert str(link) in reason(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="wants a system with named pipes")
def test_what_is_no_regular_file_is_named_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    os.mkfifo(tmp_path / "b.jsonl")
    assert [f.reason.split(": ")[1] for f in split(tmp_path)[1]] == ["not a regular file"] * 2


def test_a_file_that_may_not_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.txt")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert reason(path) == f"{path}: permission denied"


def test_an_empty_name_gives_a_failure_or_the_working_folder_and_no_exception() -> None:
    assert all(isinstance(item, Failure) for item in articles(["\0"]))
