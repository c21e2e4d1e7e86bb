"""Dates as people type them: what is understood, and what is refused."""

from datetime import date
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmom_srs.cli.dates import read_date
from tests.support.builders import unhurried

TODAY = date(2026, 11, 27)  # a Friday


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2027-02-01", date(2027, 2, 1)),
        ("2027/2/1", date(2027, 2, 1)),
        ("Feb 1", date(2027, 2, 1)),
        ("feb. 1", date(2027, 2, 1)),
        ("1 Feb", date(2027, 2, 1)),
        ("February 1st", date(2027, 2, 1)),
        ("  Feb   1,  2028 ", date(2028, 2, 1)),
        ("Monday, February 1, 2027", date(2027, 2, 1)),
        ("mon feb 1", date(2027, 2, 1)),
        ("2/1", date(2027, 2, 1)),
        ("2/1/2027", date(2027, 2, 1)),
        ("2/1/27", date(2027, 2, 1)),
        ("Nov 27", TODAY),
        ("Nov 26", date(2027, 11, 26)),
        ("Feb 29", date(2028, 2, 29)),
        ("in 8 weeks", date(2027, 1, 22)),
        ("in 1 week", date(2026, 12, 4)),
        ("In 10 days", date(2026, 12, 7)),
        ("in 3 months", date(2027, 2, 27)),
        ("may 5", date(2027, 5, 5)),
    ],
)
def test_what_people_type_is_understood(typed: str, read: date) -> None:
    assert read_date(typed, TODAY) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Nov 27", TODAY),
        ("Nov 28", date(2025, 11, 28)),
        ("2/1", date(2026, 2, 1)),
        ("Feb 29", date(2024, 2, 29)),
    ],
)
def test_a_past_date_without_a_year_is_the_last_one(typed: str, read: date) -> None:
    assert read_date(typed, TODAY, is_past=True) == read


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "12",
        "2027",
        "20270201",
        "32 Feb",
        "Feb 32",
        "Feb 30",
        "Feb",
        "Feb 2027",
        "Monday",
        "next Monday",
        "Tuesday, February 1, 2027",
        "2027-13-01",
        "13/2/2027",
        "2/30",
        "2027-02-01T10:00",
        "Feb 1 10:00",
        "Feb 1 10am",
        "1 2 3",
        "1 Feb 2 2027",
        "Feb 1 2027 2028",
        "Feb Mar 1",
        "in 0.5 weeks",
        "in weeks",
        "in 99999 days",
        "-5",
        "Feb 1 0000",
        "0000-01-01",
        "a" * 1000,
    ],
)
def test_what_is_no_day_or_does_not_come_back_as_typed_is_refused(typed: str) -> None:
    assert read_date(typed, TODAY) is None


@unhurried
@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_date_written_in_any_of_our_ways_comes_back(day: date) -> None:
    assert read_date(day.isoformat(), TODAY) == day
    assert read_date(f"{day:%B} {day.day}, {day.year}", TODAY) == day
    assert read_date(f"{day:%a} {day:%b} {day.day} {day.year}", TODAY) == day


@unhurried
@given(st.integers(0, 364))
def test_without_a_year_it_is_the_next_such_day(days: int) -> None:
    day = TODAY + timedelta(days=days)
    assert read_date(f"{day:%b} {day.day}", TODAY) == day
    past = TODAY - timedelta(days=days)
    assert read_date(f"{past:%b} {past.day}", TODAY, is_past=True) == past


@unhurried
@given(st.text(max_size=30) | st.from_regex(r"[a-z]{0,6} ?\d{0,4}[ /-]?\d{0,4}", fullmatch=True))
def test_any_text_is_a_date_or_none(typed: str) -> None:
    read = read_date(typed, TODAY)
    assert read is None or isinstance(read, date)
