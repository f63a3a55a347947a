from __future__ import annotations

from pathlib import Path

import pytest

from kg.readers.published import agency_in, published_in
from kg.readers.sections import sections

HEAD = "Talks in Selm Go On\n\n"
PROSE = "The minister said on Tuesday that the talks in Selm would go on for another week.\n\n"


def published(text: str) -> str | None:
    return published_in(text, sections(text))


def test_a_date_line_tells() -> None:
    assert published(f"{HEAD}Sep 19, 2023\n\n{PROSE}") == "2023-09-19"


def test_published_counts_before_updated() -> None:
    lines = "Updated: 21 September 2023\nPublished: 19 September 2023\n\n"
    assert published(HEAD + lines + PROSE) == "2023-09-19"
    assert published(f"{HEAD}Updated: 21 September 2023\n\n{PROSE}") == "2023-09-21"


def test_a_date_line_far_below_is_not_that_of_the_article() -> None:
    assert published(HEAD + PROSE * 10 + "Friday, December 4, 2015\n") is None
    assert published(HEAD + PROSE * 10 + "Published Dec 4, 2015\n") == "2015-12-04"


def test_a_dateline_with_its_year_tells() -> None:
    assert published(f"{HEAD}SELM, Sept 19, 2023 (AFP) - {PROSE}") == "2023-09-19"


def test_a_note_below_tells_when_it_was_first_published() -> None:
    note = "This article was originally published by Harbour Times on 19 September 2023.\n"
    assert published(HEAD + PROSE + note) == "2023-09-19"


@pytest.mark.parametrize(
    ("day", "expected"), [("September 15, 2023", "2023-09-19"), ("May 1, 2023", None)]
)
def test_a_near_date_in_the_body_gives_a_dateline_its_year(day: str, expected: str | None) -> None:
    text = f"{HEAD}SELM, Sept 19 (AFP) - {PROSE}The truce began on {day}, as planned.\n"
    assert published(text) == expected


def test_a_date_in_the_body_counts_if_it_is_the_weekday_that_the_article_names() -> None:
    shots = "“We have recorded shots since dawn on September 19, 2023,” the ministry noted.\n"
    assert published(HEAD + PROSE + shots) == "2023-09-19"
    assert published(HEAD + PROSE.replace("Tuesday", "Friday") + shots) is None
    assert published(HEAD + PROSE.replace("on Tuesday ", "") + shots) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "The truce has held since September 19, 2023, he added.",
        "The troops must leave by September 19, 2023, he added.",
        "The attacks of September 19, 2023 are not forgotten, he added.",
        "Shots fell on September 19, 2023, and in 2024 there were more, he added.",
        "The vote was held on Tuesday, 09/08/2022, he added.",
    ],
)
def test_history_plans_and_doubtful_numbers_do_not_count(sentence: str) -> None:
    assert published(f"{HEAD}{PROSE}{sentence}\n") is None


def test_today_beside_a_date_tells() -> None:
    assert published(f"{HEAD}The court ruled today, 19 September 2023, in favor.\n\n{PROSE}") == (
        "2023-09-19"
    )


def test_entries_of_a_chronicle_do_not_date_it() -> None:
    entries = "\n\n".join(f"May {n}, 2021\n{PROSE.strip()}" for n in (1, 2, 3))
    assert published(f"{HEAD}{entries}\n") is None


@pytest.mark.parametrize(
    ("dateline", "agency"),
    [
        ("MOSCOW (Sputnik) – ", "Sputnik"),
        ("YEREVAN, MARCH 4, ARMENPRESS. ", "ARMENPRESS"),
        ("DREMIN (Northern Wire) – ", "Northern Wire"),
        ("Reuters\n\n", "Reuters"),
        ("LONDON — ", None),
    ],
)
def test_the_agency_of_a_dateline(dateline: str, agency: str | None) -> None:
    text = HEAD + dateline + PROSE
    assert agency_in(text, sections(text)) == agency


def test_the_two_articles_tell_their_day(shared: Path) -> None:
    for path in sorted((shared / "articles").glob("*.txt")):
        assert published(path.read_bytes().decode("utf-8")) == "2023-09-19"
