"""The days on which a learner studies, counted."""

from datetime import date
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmom_srs.study.day import weekdays
from tests.support.builders import unhurried

TUESDAY = date(2026, 12, 1)
NAMES = st.sets(st.sampled_from(weekdays.NAMES), min_size=1)


@unhurried
@given(NAMES, st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(-10, 800))
def test_a_stretch_has_as_many_study_days_as_one_counts_by_hand(
    names: set[str], first: date, length: int
) -> None:
    by_hand = sum(
        weekdays.NAMES[(first + timedelta(days=days)).weekday()] in names for days in range(length)
    )
    assert weekdays.count(first, first + timedelta(days=length), names) == by_hand


@unhurried
@given(NAMES, st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_the_last_study_day_is_at_most_six_days_back(names: set[str], day: date) -> None:
    last = weekdays.last_until(day, names)
    assert weekdays.is_study_day(last, names)
    assert weekdays.count(last, day + timedelta(days=1), names) == 1


@pytest.mark.parametrize(("names", "last"), [(("tue",), 1), (("mon",), 30), (("wed",), 25)])
def test_from_a_tuesday_on_back(names: tuple[str, ...], last: int) -> None:
    assert weekdays.last_until(TUESDAY, names).day == last
