"""What was done day by day, and the calendar of it."""

from datetime import date
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from cmom_srs.study.schedule import ReviewKind
from cmom_srs.study.stats import weeks
from cmom_srs.study.stats.days import DayDone
from cmom_srs.study.stats.days import days_done
from cmom_srs.study.stats.spacing import spaced
from tests.support.builders import TODAY
from tests.support.builders import Past
from tests.support.builders import answers
from tests.support.builders import crams
from tests.support.builders import day
from tests.support.builders import facts
from tests.support.builders import fails
from tests.support.builders import pasts
from tests.support.builders import repeats
from tests.support.builders import unhurried

A, B, C = (card.id for card in facts(3))


def test_a_day_parts_reviews_new_cards_and_repeats_and_times_all_of_them() -> None:
    log = [
        answers(A, on=day(-3)),
        fails(A, on=day(-1)),
        repeats(A, on=day(-1), minute=1, grade=2),
        repeats(A, on=day(-1), minute=2),
        answers(B, on=day(-1), minute=3, duration_ms=60_000),
        crams(C, on=day(-1), minute=4),
    ]
    assert days_done(log, spaced(log), day(-2), TODAY) == (
        DayDone(day(-2)),
        DayDone(day(-1), reviews=1, new=1, repeats=2, duration_ms=90_000),
        DayDone(TODAY),
    )


def test_a_card_met_before_the_stretch_is_not_new_in_it() -> None:
    log = [answers(A, on=day(-30)), answers(A)]
    (today,) = days_done(log[1:], spaced(log), TODAY, TODAY)
    assert (today.reviews, today.new, today.cards) == (1, 0, 1)


@unhurried
@given(pasts())
def test_every_answer_but_crams_is_in_one_place_of_one_day(past: Past) -> None:
    done = days_done(past.answers, spaced(past.answers), day(-90), TODAY)
    timely = [answer for answer in past.answers if answer.kind is not ReviewKind.CRAM]
    assert sum(each.cards + each.repeats for each in done) == len(timely)
    assert sum(each.new for each in done) == len({answer.card for answer in timely})
    assert sum(each.duration_ms for each in done) == sum(each.duration_ms for each in timely)
    assert all(each.repeats >= 0 for each in done)


# The calendar


def test_the_calendar_has_26_weeks_from_monday_and_ends_with_this_one() -> None:
    assert f"{TODAY:%A}" == "Tuesday"
    assert weeks.calendar_start(TODAY) == date(2026, 6, 8)
    done = [DayDone(day(-1), reviews=3), DayDone(TODAY, new=2), DayDone(date(2026, 6, 7), new=9)]
    calendar = weeks.calendar(done, TODAY)
    assert len(calendar) == 26
    assert calendar[0].monday == date(2026, 6, 8)
    assert calendar[0].days[0] == DayDone(date(2026, 6, 8))
    assert calendar[-1].days == (*done[:2], None, None, None, None, None)


@unhurried
@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_calendar_is_whole_weeks_up_to_any_today(today: date) -> None:
    shown = [each for week in weeks.calendar([], today) for each in week.days]
    assert len(shown) == 26 * 7
    past = [each.day for each in shown if each]
    assert past == [past[0] + timedelta(days=days) for days in range(len(past))]
    assert past[0].weekday() == 0
    assert past[-1] == today


def test_levels_begin_at_one_twenty_fifty_and_a_hundred_cards() -> None:
    levels = [weeks.level(cards) for cards in (0, 1, 19, 20, 49, 50, 99, 100, 5000)]
    assert levels == [0, 1, 1, 2, 2, 3, 3, 4, 4]
