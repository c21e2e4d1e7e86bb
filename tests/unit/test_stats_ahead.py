"""The forecast to the exam, in stretches."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cmom_srs.study.day.forecast import DayAhead
from cmom_srs.study.stats.ahead import days_to_exam
from cmom_srs.study.stats.ahead import stretches
from tests.support.builders import TODAY
from tests.support.builders import day
from tests.support.builders import unhurried


def forecast(days: int) -> list[DayAhead]:
    """So many days from today, a Tuesday, each with a due card more than the one before."""
    return [DayAhead(day(place), place, 1, days - place, seconds=60.0) for place in range(days)]


def test_the_forecast_ends_on_the_eve_of_the_exam() -> None:
    found = days_to_exam(forecast(99), TODAY, day(10))
    assert [found[0].day, found[-1].day] == [TODAY, day(9)]


def test_without_an_exam_ahead_it_is_four_weeks() -> None:
    for exam_on in (None, TODAY, day(-400)):
        assert len(days_to_exam(forecast(99), TODAY, exam_on)) == 28


def test_days_that_have_room_stay_days() -> None:
    assert [each.first_on for each in stretches(forecast(5), most=5)] == [
        day(place) for place in range(5)
    ]


def test_too_many_days_become_weeks_from_monday() -> None:
    first, second = stretches(forecast(13), most=12)
    assert (first.first_on, first.last_on, first.due, first.new) == (TODAY, day(5), 15, 6)
    assert (second.first_on, second.last_on, second.due) == (day(6), day(12), 63)
    assert (first.unseen, second.unseen) == (8, 1)
    assert (first.days, first.seconds, second.seconds) == (6, 360.0, 420.0)


@unhurried
@given(st.integers(0, 732), st.integers(14, 30))
def test_stretches_leave_no_day_out(days: int, most: int) -> None:
    ahead = forecast(days)
    found = stretches(ahead, most)
    assert len(found) <= most
    assert sum(each.due for each in found) == sum(each.due for each in ahead)
    assert sum(each.new for each in found) == days
    following = pairwise(found)
    assert all(one.last_on + timedelta(days=1) == other.first_on for one, other in following)
    assert all(each.first_on.weekday() == 0 for each in found[1:]) or len(found) == days
