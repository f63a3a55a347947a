from __future__ import annotations

import pytest

from kg.readers.datelines import dateline_end, is_bare_date, is_date_line, is_dated_line

REST = "The two sides agreed to meet again, the ministry said."


@pytest.mark.parametrize(
    ("dateline", "dash"),
    [
        ("MOSCOW (Sputnik)", " – "),
        ("PORT HALVER, March 4 (Reuters)", " - "),
        ("OSTRAVIK. March 4 (Interfax)", " - "),
        ("OSTRAVIK, March 4. /TASS/", ". "),
        ("BEIJING, March 4 (Xinhua)", " -- "),
        ("Paris, March 4, 2024 (AFP)", " - "),
        ("STEPPE CITY, Veldonia (AP)", " — "),
        ("JERUSALEM/CAIRO, Jan 5 (Reuters)", " - "),
        ("DREMIN/SELM (Northern Wire), Jan. 27, 2025", " - "),
        ("SELM (AP), March 4", " — "),
        ("WASHINGTON, D.C.", " – "),
        ("UNITED NATIONS (AP)", " — "),
        ("(AP)", " — "),
        ("LONDON", " — "),
        ("Yerevan, March 4 (Armenpress)", ": "),
        ("YEREVAN, MARCH 4, ARMENPRESS", ". "),
        ("BAKU, Azerbaijan, September 19", ". "),
        ("Brussels, 19 September 2023", " – "),
        ("CEDAR CITY", ": -- "),
        ("DREMIN (Northern Wire)", " – "),
    ],
)
def test_a_dateline_ends_before_its_dash(dateline: str, dash: str) -> None:
    assert dateline_end(f"{dateline}{dash}{REST}", first=True) == len(dateline)


@pytest.mark.parametrize(
    "paragraph",
    [
        REST,
        "NATO – the alliance of thirty-one states – said that it would not take part.",
        "On July 6, 2015: the two sides met for the first time.",
        "The OSCE (Organization for Security and Co-operation in Europe) - said so.",
        "Opinion – The talks must go on.",
        "He said (on Monday) – and nobody doubted it – that he would come.",
        "Dorn said on March 4 (Monday) that he would come.",
        "“MOSCOW (Sputnik) – is how it begins,” the editor said.",
    ],
)
def test_prose_has_no_dateline(paragraph: str) -> None:
    assert dateline_end(paragraph, first=True) is None


def test_a_place_and_a_dash_are_enough_only_where_the_story_opens() -> None:
    assert dateline_end(f"LONDON — {REST}", first=True) == len("LONDON")
    assert dateline_end(f"LONDON — {REST}", first=False) is None
    assert dateline_end(f"LONDON (AP) — {REST}", first=False) == len("LONDON (AP)")


@pytest.mark.parametrize(
    "line",
    [
        "Sep 19, 2023",
        "Tuesday, 19 September 2023, 14:05 GMT",
        "Published: 19/09/2023",
        "2023-09-19T14:05:00+02:00",
        "March 4, 2024 3:15 PM GMT Updated 5 hours ago",
        "September 19, 20233:15 PM",
        "Last modified on Mon 4 Mar 2024 09.12 GMT",
        "03/04/2024",
    ],
)
def test_a_line_that_only_tells_when_is_a_date_line(line: str) -> None:
    assert is_date_line(line)


@pytest.mark.parametrize("line", ["Sep 19", "Truce of Sep 19, 2023", "2023", "Updated today", ""])
def test_other_lines_are_no_date_lines(line: str) -> None:
    assert not is_date_line(line)


def test_a_bare_date_has_nothing_beside_it() -> None:
    assert is_bare_date("May 9, 2021:")
    assert not is_bare_date("Published May 9, 2021")


def test_a_date_beside_a_topic_is_a_dated_line_and_one_in_a_title_is_not() -> None:
    assert is_dated_line("4 March 2024 Peace and Security")
    assert is_dated_line("World | 4 March 2024 | Jane Roe")
    assert not is_dated_line("What we know about the attack of 4 March 2024")


@pytest.mark.parametrize("town", ["OSTRAVIK", "PORT HALVER", "SELM/DREMIN"])
def test_a_town_and_a_colon_are_enough_where_nothing_else_is_labelled(town: str) -> None:
    assert dateline_end(f"{town}: {REST}", first=True, alone=True) == len(town)
    assert dateline_end(f"{town}: {REST}", first=True, alone=False) is None
    assert dateline_end(f"{town}: {REST}", first=False, alone=True) is None


@pytest.mark.parametrize(
    "label", ["PETROV: We shall not yield.", "REUTERS: It is over.", "Q: Why?"]
)
def test_who_speaks_is_no_town(label: str) -> None:
    assert dateline_end(f"{label} {REST}", first=True, alone=True) is None
