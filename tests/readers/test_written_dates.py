from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.readers.written_dates import days_of_year, full_dates

DAY = date(2023, 9, 19)


@pytest.mark.parametrize(
    "words",
    [
        "Sep 19, 2023",
        "Sept. 19, 2023",
        "September 19th, 2023",
        "SEPTEMBER 19 2023",
        "19 September 2023",
        "19th of September, 2023",
        "19-Sep-2023",
        "2023-09-19",
        "19/09/2023",
        "09/19/2023",
        "19.09.2023",
    ],
)
def test_ways_to_write_a_day(words: str) -> None:
    text = f"on {words}, they met"
    assert [(text[d.start : d.end], d.day) for d in full_dates(text)] == [(words, DAY)]


@pytest.mark.parametrize(
    "words",
    ["03/04/2023", "31 February 2023", "2023-13-01", "September 2023", "May", "19 2023", "1.2.3"],
)
def test_what_is_no_single_day_is_left_out(words: str) -> None:
    assert list(full_dates(words)) == []


def test_the_last_day_of_a_range_is_read() -> None:
    assert [d.day for d in full_dates("9-10 November 2020")] == [date(2020, 11, 10)]


def test_a_clock_time_may_be_glued_to_the_year() -> None:
    assert [d.day for d in full_dates("September 19, 20233:15 PM")] == [DAY]


def test_days_without_a_year() -> None:
    found = list(days_of_year("from March 4 to 29 Feb"))
    assert [(d.month, d.day) for d in found] == [(3, 4), (2, 29)]
    assert found[1].in_year(2023) is None
    assert found[1].in_year(2024) == date(2024, 2, 29)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(["%Y-%m-%d"]))
def test_iso_days_are_read_back(day: date, form: str) -> None:
    assert [d.day for d in full_dates(day.strftime(form))] == [day]


@given(st.text(alphabet="0123456789./- ,SeptmbrMayJn", max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    for found in full_dates(text):
        assert 0 <= found.start < found.end <= len(text)
