from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.readers import text as text_reader
from kg.readers.markdown import markdown_sections
from kg.readers.markdown import read as read_markdown
from kg.readers.text import read
from kg.records import Article

PROSE = "The minister said on Monday that the talks in Selm would go on."


def only(path: Path) -> Article:
    (article,) = read(path)
    assert isinstance(article, Article)
    return article


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "talks.txt"


@pytest.mark.parametrize(
    "text",
    [
        f"Talks go on\r\n\r\n{PROSE}\r\n",
        f"\ufeffTalks go on\n{PROSE}",
        f"  \n\nTalks 🕊 go on\n{PROSE}\n\n\n",
        f"Talks go on\r{PROSE}\r",
        "שיחות נמשכות\n\nהשר אמר ביום שני כי השיחות יימשכו שבוע נוסף.\n",
        "Переговоры идут\n\nМинистр сказал в понедельник, что переговоры продолжатся.\n",
        f"Talks go on\n\n„{PROSE}“, ‚{PROSE}‘ «{PROSE}» \"{PROSE}” '{PROSE}’\n",
    ],
)
def test_text_is_the_file_unchanged(file: Path, text: str) -> None:
    file.write_bytes(text.encode("utf-8"))
    assert only(file).text == text


def test_front_matter_is_metadata_and_no_part_of_the_story(file: Path) -> None:
    front = (
        "---\ntitle: Talks go on\nsource: Harbour Times\npublished: 2024-03-04 21:15:00\n"
        "url: https://harbour.invalid/1\nlanguage: en\nlicense: CC BY 4.0\nid: talks/1\n---\n"
    )
    file.write_text(f"{front}\nTalks go on\n\n{PROSE}\n", "utf-8")
    article = only(file)
    assert article.text.startswith("---\n")
    assert [(s.kind, s.span.of(article.text)) for s in article.sections] == [
        ("boilerplate", front.rstrip()),
        ("headline", "Talks go on"),
    ]
    assert (article.id, article.title, article.publisher) == (
        "talks/1",
        "Talks go on",
        "Harbour Times",
    )
    assert (article.published, article.published_basis) == ("2024-03-04", "metadata")
    assert (article.url, article.language, article.rights) == (
        "https://harbour.invalid/1",
        "en",
        "CC BY 4.0",
    )


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: Orlan: talks go on", "Orlan: talks go on"),
        ('headline: "Talks go on"  ', "Talks go on"),
        ("title: 'Talks' go on", "'Talks' go on"),
    ],
)
def test_a_title_in_front_matter_is_the_headline_where_the_text_has_none(
    file: Path, line: str, title: str
) -> None:
    file.write_text(f"---\n{line}\ndate: 2024-03-04\n---\n\n{PROSE}\n", "utf-8")
    article = only(file)
    before, after = f"---\n{line}\ndate: 2024-03-04\n---".split(title)
    assert [(s.kind, s.span.of(article.text)) for s in article.sections] == [
        ("boilerplate", before),
        ("headline", title),
        ("boilerplate", after),
    ]


def test_a_rule_at_the_beginning_is_no_front_matter(file: Path) -> None:
    file.write_text(f"---\n{PROSE}\n---\n{PROSE}\n", "utf-8")
    assert only(file).published is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("talks.json", '{"title": "Talks", "published": "2024-03-04T23:30:00-05:00", "x": 1}'),
        ("talks.yaml", "title: Talks\npublished: 2024-03-04\n"),
        ("talks.yml", "title: Talks\ndate: 4 March 2024\n"),
    ],
)
def test_a_side_file_describes_its_article(file: Path, name: str, words: str) -> None:
    file.write_text(PROSE, "utf-8")
    file.with_name(name).write_text(words, "utf-8")
    article = only(file)
    assert (article.title, article.published) == ("Talks", "2024-03-04")


def test_a_side_file_counts_before_front_matter(file: Path) -> None:
    file.write_text(f"---\ntitle: Old\npublished: 2020-01-01\n---\n{PROSE}\n", "utf-8")
    file.with_suffix(".json").write_text('{"title": "New"}', "utf-8")
    article = only(file)
    assert (article.title, article.published) == ("New", "2020-01-01")


@pytest.mark.parametrize(
    ("name", "words", "reason"),
    [
        ("talks.json", '{"published": "03/04/2024"}', '"published" is "03/04/2024"; write'),
        ("talks.json", '{"published": 20240304}', '"published" is 20240304; it must be a string'),
        ("talks.json", '{"url": "harbour"}', '"url" is "harbour"; write a full address'),
        ("talks.json", '{"url": "https://a.invalid/<b>"}', '"url" is'),
        ("talks.json", '{"title": "\\ud800"}', '"title" holds half a surrogate pair'),
        ("talks.json", '{"title": "a\\u0000"}', '"title" holds a NUL'),
        ("talks.json", "[1]", "no mapping of keys"),
        ("talks.json", '{"a": }', "not JSON: "),
        ("talks.json", "[" * 100_000, "not usable JSON: nested too deeply"),
        ("talks.json", "1" * 5_000, "not usable JSON: "),
        ("talks.yaml", "a: [", "not YAML: "),
        ("talks.yaml", "[" * 20_000, "not usable YAML: nested too deeply"),
        ("talks.yaml", "published: 2024-02-30", '"published" is "2024-02-30"'),
        ("talks.yaml", "", "empty"),
    ],
)
def test_bad_metadata_name_their_file_and_key(
    file: Path, name: str, words: str, reason: str
) -> None:
    file.write_text(PROSE, "utf-8")
    side = file.with_name(name)
    side.write_text(words, "utf-8")
    with pytest.raises(ReadError) as error:
        only(file)
    assert str(error.value).startswith(f"{side}: ")
    assert reason in str(error.value)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: Orlan: talks go on", "Orlan: talks go on"),
        ('title: "Enough": Orlan on the talks', '"Enough": Orlan on the talks'),
        ("title: 'Orlan: talks go on'", "Orlan: talks go on"),
    ],
)
def test_a_title_with_a_colon_needs_no_quotation_marks(file: Path, line: str, title: str) -> None:
    file.write_text(f"---\n{line}\ntags:\nsource: Selm Wire: South\n---\n{PROSE}\n", "utf-8")
    article = only(file)
    assert (article.title, article.publisher) == (title, "Selm Wire: South")


def test_front_matter_that_is_nested_and_no_yaml_is_refused(file: Path) -> None:
    file.write_text(f"---\ntitle: Orlan: talks\n  - one\n---\n{PROSE}\n", "utf-8")
    with pytest.raises(ReadError, match="front matter: not YAML"):
        only(file)


def test_bad_front_matter_names_its_key(file: Path) -> None:
    file.write_text(f"---\npublished: soon\n---\n{PROSE}\n", "utf-8")
    with pytest.raises(ReadError, match=r'talks\.txt: front matter: "published" is "soon"'):
        only(file)


def test_entities_of_yaml_do_not_explode(file: Path) -> None:
    file.write_text(PROSE, "utf-8")
    rows = [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)]
    file.with_suffix(".yaml").write_text("\n".join(["a0: &a0 [x]", *rows, "title: T"]), "utf-8")
    assert only(file).title == "T"


def test_two_side_files_are_one_too_many(file: Path) -> None:
    file.write_text(PROSE, "utf-8")
    file.with_suffix(".json").write_text("{}", "utf-8")
    file.with_suffix(".yml").write_text("a: b", "utf-8")
    with pytest.raises(ReadError, match=r"two side files, talks\.json and talks\.yml"):
        only(file)


def test_the_headline_is_the_title_where_no_metadata_give_one(file: Path) -> None:
    file.write_text(f"Talks\tgo  on\n\n{PROSE}\n", "utf-8")
    assert only(file).title == "Talks go on"


MARKDOWN = f"""\
# Talks go on

![The harbour of Selm](harbour.jpg)

SELM (AFP) — {PROSE}

Envoy has doubts
----------------

{PROSE}

```
code: not prose
```

[Who is who in Selm](https://harbour.invalid/who)

<!-- edited
twice -->

## What comes next

{PROSE}

[1]: https://harbour.invalid/notes
"""


def test_marks_of_markdown_tell_the_sections() -> None:
    assert [(s.kind, s.span.of(MARKDOWN)) for s in markdown_sections(MARKDOWN)] == [
        ("headline", "# Talks go on"),
        ("caption", "![The harbour of Selm](harbour.jpg)"),
        ("dateline", "SELM (AFP)"),
        ("subhead", "Envoy has doubts\n----------------"),
        ("boilerplate", "```\ncode: not prose\n```"),
        ("teaser", "[Who is who in Selm](https://harbour.invalid/who)"),
        ("boilerplate", "<!-- edited\ntwice -->"),
        ("subhead", "## What comes next"),
        ("boilerplate", "[1]: https://harbour.invalid/notes"),
    ]


def test_markdown_is_read_unchanged_and_its_title_has_no_marks(tmp_path: Path) -> None:
    path = tmp_path / "talks.md"
    path.write_text(MARKDOWN, "utf-8")
    (article,) = read_markdown(path)
    assert isinstance(article, Article)
    assert article.text == MARKDOWN
    assert article.title == "Talks go on"


def test_a_file_of_notices_alone_is_refused(file: Path) -> None:
    file.write_text("Subscribe to our newsletter\n\n© 2024 Harbour Times.\n", "utf-8")
    with pytest.raises(ReadError, match="only boilerplate"):
        list(text_reader.read(file))
