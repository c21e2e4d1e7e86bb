"""What keeps the credential: which days count together, what is earned, what is missing."""

from datetime import date
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmom_srs.study import renewal as renewals
from cmom_srs.study.blueprint import Renewal
from cmom_srs.study.renewal import Ceu
from cmom_srs.study.renewal import Period

TODAY = date(2026, 12, 1)
days = st.integers(719_163, 803_169).map(date.fromordinal)  # from 1970 to 2199
any_months = st.integers(1, 120)


def renewal(months: int = 12, units: int = 12) -> Renewal:
    return Renewal(units, months, "made up", date(2026, 1, 1))


def present(months: int, renews_on: date | None, today: date = TODAY) -> Period:
    return renewals.present_period(renewal(months), renews_on, today)


def iso(period: Period) -> tuple[str, str]:
    return period.begins_on.isoformat(), period.ends_on.isoformat()


@pytest.mark.parametrize("today", [date(2026, 1, 1), TODAY, date(2026, 12, 31)])
def test_without_a_renewal_date_a_year_is_the_calendar_year(today: date) -> None:
    assert iso(present(12, None, today)) == ("2026-01-01", "2026-12-31")


@pytest.mark.parametrize(
    ("months", "begins_on", "ends_on"),
    [
        (1, "2026-12-01", "2026-12-31"),
        (3, "2026-10-01", "2026-12-31"),
        (6, "2026-07-01", "2026-12-31"),
        (24, "2026-01-01", "2027-12-31"),
        (36, "2024-01-01", "2026-12-31"),
    ],
)
def test_other_months_are_counted_from_a_january(months: int, begins_on: str, ends_on: str) -> None:
    assert iso(present(months, None)) == (begins_on, ends_on)


def test_with_a_renewal_date_the_year_ends_with_it() -> None:
    assert iso(present(12, date(2027, 3, 15))) == ("2026-03-16", "2027-03-15")
    assert iso(present(12, TODAY)) == ("2025-12-02", "2026-12-01")


def test_a_renewal_date_that_has_passed_stands_for_those_that_follow_it() -> None:
    assert iso(present(12, date(2026, 11, 30))) == ("2026-12-01", "2027-11-30")
    assert iso(present(12, date(2019, 3, 15))) == ("2026-03-16", "2027-03-15")
    assert iso(present(24, date(2019, 3, 15))) == ("2025-03-16", "2027-03-15")


def test_a_first_renewal_further_off_than_a_year_makes_a_longer_period() -> None:
    assert iso(present(12, date(2028, 3, 31))) == ("2026-04-01", "2028-03-31")


def test_a_leap_day_is_renewed_at_the_end_of_february() -> None:
    leap_day = date(2024, 2, 29)
    assert iso(present(12, leap_day, date(2026, 2, 28))) == ("2025-03-01", "2026-02-28")
    assert iso(present(12, leap_day, date(2028, 2, 29))) == ("2027-03-01", "2028-02-29")


def test_the_ends_of_the_calendar_are_no_renewal_dates_to_stumble_over() -> None:
    assert iso(present(12, date.min, TODAY)) == ("2026-01-02", "2027-01-01")
    assert present(12, date.max, TODAY).ends_on == date.max


@given(any_months, st.none() | days, days)
def test_the_present_period_ends_today_or_later_and_with_any_renewal_date_ahead(
    months: int, renews_on: date | None, today: date
) -> None:
    period = present(months, renews_on, today)
    assert today in period
    if renews_on and renews_on >= today:
        assert period.ends_on == renews_on


@given(any_months, st.none() | days, days, st.integers(0, 400))
def test_a_day_counts_in_a_period_of_its_own_and_those_of_neighbors_join(
    months: int, renews_on: date | None, today: date, ago: int
) -> None:
    day = today - timedelta(days=ago)
    period = renewals.period_with(renewal(months), renews_on, today, day)
    assert day in period
    for neighbor in (period.begins_on - timedelta(days=1), period.begins_on, period.ends_on):
        of_neighbor = renewals.period_with(renewal(months), renews_on, today, neighbor)
        assert neighbor in of_neighbor
        assert (of_neighbor == period) == (neighbor in period)


def test_the_period_of_an_earlier_year_is_the_last_that_ended_in_it() -> None:
    def of_year(year: int, months: int, renews_on: date | None) -> tuple[str, str]:
        return iso(renewals.period_by(renewal(months), renews_on, year))

    assert of_year(2025, 12, None) == ("2025-01-01", "2025-12-31")
    assert of_year(2026, 12, date(2027, 3, 15)) == ("2025-03-16", "2026-03-15")
    assert of_year(2025, 6, None) == ("2025-07-01", "2025-12-31")
    assert of_year(2026, 24, None) == ("2024-01-01", "2025-12-31")


def ceu(units_hundredths: int, earned_on: str, number: int = 1) -> Ceu:
    return Ceu("any", units_hundredths, date.fromisoformat(earned_on), f"uid {number}", number)


def test_what_a_period_comes_to_is_its_own_units_in_order_of_their_days() -> None:
    late, early, same_day = (
        ceu(150, "2026-12-31", 1),
        ceu(25, "2026-01-01", 2),
        ceu(400, "2026-01-01", 3),
    )
    others = ceu(900, "2025-12-31", 4), ceu(900, "2027-01-01", 5)
    earned = renewals.earned((*others, late, same_day, early), renewal(), present(12, None), TODAY)
    assert earned.ceus == (early, same_day, late)
    assert (earned.needed, earned.units, earned.missing) == (1200, 575, 625)
    assert earned.days_left == 30


def test_more_than_enough_leaves_nothing_missing() -> None:
    earned = renewals.earned([ceu(1350, "2026-03-01")], renewal(), present(12, None), TODAY)
    assert (earned.units, earned.missing) == (1350, 0)


def test_on_the_last_day_no_day_is_left_and_after_it_the_period_is_over() -> None:
    year = present(12, None)
    assert renewals.earned((), renewal(), year, date(2026, 12, 31)).days_left == 0
    assert renewals.earned((), renewal(), year, date(2027, 1, 1)).days_left is None
