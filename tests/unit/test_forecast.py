"""The days ahead: what a learner who answers every card Good will meet."""

from dataclasses import replace
from datetime import date
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import settings

from cmom_srs.study import schedule
from cmom_srs.study.day import forecast
from cmom_srs.study.day import queue
from cmom_srs.study.day import session
from cmom_srs.study.day import weekdays
from cmom_srs.study.day.failures import FailureShares
from cmom_srs.study.day.forecast import DayAhead
from cmom_srs.study.day.limits import KeptBack
from cmom_srs.study.day.limits import Limits
from cmom_srs.study.day.limits import new_cards_of_day
from cmom_srs.study.day.queue import DayLog
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import NEVER_ANSWERED
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Horizon
from cmom_srs.study.schedule import Rating
from tests.support.builders import TODAY
from tests.support.builders import Past
from tests.support.builders import answers
from tests.support.builders import cards_of
from tests.support.builders import cloze
from tests.support.builders import day
from tests.support.builders import facts
from tests.support.builders import limits as any_limits
from tests.support.builders import note
from tests.support.builders import pasts
from tests.support.builders import seen
from tests.support.builders import unhurried

FACTS = facts(10)
A, B, C = (card.id for card in FACTS[:3])
NOTHING = DayLog()


def days(
    states: dict[CardId, CardState],
    count: int,
    cards: int = 10,
    limits: Limits | None = None,
    log: DayLog = NOTHING,
) -> list[DayAhead]:
    """So many days, today first, of the first facts."""
    ahead = forecast.run(states, FACTS[:cards], log, TODAY, limits or Limits(new_cards=1))
    return list(islice(ahead, count))


def test_every_card_comes_back_as_if_it_were_recalled() -> None:
    states = {A: seen(1), B: seen(3), C: seen(10, days_ago=12)}
    assert days(states, 5, cards=3) == [
        DayAhead(TODAY, due=1, new=0, seconds=12),
        DayAhead(day(1), due=1, new=0, seconds=12),
        DayAhead(day(2), due=0, new=0),
        DayAhead(day(3), due=1, new=0, seconds=12),
        DayAhead(day(4), due=1, new=0, seconds=12),
    ]


def test_new_cards_come_back_after_one_day_and_six() -> None:
    ahead = days({}, 9, cards=2)
    assert [(each.due, each.new) for each in ahead] == [
        (0, 1),
        (1, 1),
        (1, 0),
        (0, 0),
        (0, 0),
        (0, 0),
        (0, 0),
        (1, 0),
        (1, 0),
    ]


def test_a_day_takes_the_seconds_of_its_cards_and_names_the_new_ones() -> None:
    (today,) = days({A: seen(1, days_ago=1)}, 1, cards=3, limits=Limits(new_cards=2))
    assert (today.seconds, today.introduced) == (2 * 35 + 12, (B, C))


def test_the_share_that_fails_comes_again_tomorrow_and_is_repeated() -> None:
    half = FailureShares(young=0.5)
    due = {card.id: seen(6, days_ago=6) for card in FACTS}
    ahead = islice(forecast.run(due, FACTS, NOTHING, TODAY, Limits(), half), 2)
    assert [(each.due, each.seconds) for each in ahead] == [(10, 15 * 12), (5, 8 * 12)]


def test_repeats_end_with_the_minutes() -> None:
    always = FailureShares(new=1.0)
    limits = Limits(minutes=1, new_cards=9, first_sight_seconds=20)
    (today,) = islice(forecast.run({}, FACTS, NOTHING, TODAY, limits, always), 1)
    assert (today.new, today.seconds) == (3, 60)


def test_a_day_without_study_asks_nothing_and_keeps_what_is_due() -> None:
    tuesdays_off = Limits(new_cards=1, study_days=("mon", "wed", "thu", "fri", "sat", "sun"))
    ahead = days({A: seen(1, days_ago=1)}, 2, cards=2, limits=tuesdays_off)
    assert [(each.due, each.new, each.unseen) for each in ahead] == [(0, 0, 1), (1, 1, 0)]


def test_notes_kept_back_come_the_day_after_and_are_unseen_until_then() -> None:
    kept = KeptBack(frozenset({A.note_id, B.note_id}), until=day(1))
    limits = Limits(new_cards=9, kept_back=kept)
    ahead = days({}, 4, cards=3, limits=limits)
    assert [(each.new, each.unseen) for each in ahead] == [(1, 2), (0, 2), (2, 0), (0, 0)]


def test_what_was_introduced_today_counts() -> None:
    log = DayLog((answers(A),), frozenset({A}))
    ahead = days({A: seen(1)}, 3, cards=3, log=log)
    assert [(each.new, each.unseen) for each in ahead] == [(0, 2), (1, 1), (1, 0)]


def test_what_is_put_aside_today_comes_tomorrow() -> None:
    states = {
        A: replace(seen(1, days_ago=1), buried_on=TODAY),
        B: CardState(buried_on=TODAY),
        C: replace(seen(1, days_ago=1), buried_on=day(-1)),
    }
    ahead = days(states, 2, cards=3)
    assert [(each.due, each.new, each.unseen) for each in ahead] == [(1, 0, 1), (1, 1, 0)]


def test_the_exam_shortens_waits_until_its_day() -> None:
    states = {A: seen(100), B: seen(4)}
    limits = Limits(asked_new_cards=0, horizon=Horizon(day(12)))
    ahead = days(states, 7, cards=2, limits=limits)
    assert [each.day for each in ahead if each.due] == [day(4), day(6)]
    late = days({A: seen(9)}, 10, cards=1, limits=Limits(horizon=Horizon(day(3))))
    assert [each.day for each in late if each.due] == [day(9)]


def test_what_the_exam_hurried_and_nobody_asked_waits_its_own_interval_after_it() -> None:
    hurried = replace(seen(100, days_ago=5), buried_on=TODAY)
    for exam_on, due in ((day(1), 0), (day(2), 1)):
        limits = Limits(horizon=Horizon(exam_on))
        assert days({A: hurried}, 2, cards=1, limits=limits)[1].due == due


def test_from_exam_day_on_the_most_overdue_by_its_own_interval_comes_first() -> None:
    states = {A: seen(100, days_ago=110), B: seen(4, days_ago=5)}
    limits = Limits(horizon=Horizon(TODAY), minutes=1, right_answer_seconds=60)
    ahead = days(states, 15, cards=2, limits=limits)
    assert [each.day for each in ahead if each.due] == [TODAY, day(1), day(10)]


def test_new_cards_of_today_count_among_those_left_until_the_exam() -> None:
    log = DayLog(introduced=frozenset({A, B}))
    limits = Limits(horizon=Horizon(day(4)))
    ahead = days({A: seen(1), B: seen(1)}, 3, limits=limits, log=log)
    of_day = new_cards_of_day(10, TODAY, limits)
    assert (ahead[0].new, ahead[0].unseen) == (of_day - 2, 10 - of_day)


def test_suspended_cards_are_left_out() -> None:
    states = {A: replace(seen(1), is_suspended=True), B: CardState(is_suspended=True)}
    assert days(states, 2, cards=2)[1] == DayAhead(day(1), 0, 0)


def test_a_day_ends_when_its_minutes_are_used_and_the_rest_waits() -> None:
    states = {card.id: seen(1, days_ago=1) for card in FACTS}
    limits = Limits(minutes=1, right_answer_seconds=12)
    assert [each.due for each in days(states, 2, limits=limits)] == [5, 5]
    half_used = DayLog((answers(CardId("gone", 1), duration_ms=30_000),))
    assert days(states, 1, limits=limits, log=half_used)[0].due == 3
    all_used = DayLog((answers(CardId("gone", 1), duration_ms=60_000),))
    assert days(states, 1, limits=limits, log=all_used)[0].due == 0
    just_in_time = replace(limits, right_answer_seconds=59.5)
    assert [each.due for each in days(states, 2, limits=just_in_time)] == [2, 2]


def test_sisters_take_a_day_each() -> None:
    cards = cards_of(note("log", cloze(1, 2, 3)))
    ahead = forecast.run({}, cards, NOTHING, TODAY, Limits())
    assert forecast.all_seen_on(ahead) == day(2)


@pytest.mark.parametrize(
    ("limits", "on"),
    [
        (Limits(new_cards=3), day(3)),
        (Limits(new_cards=20), TODAY),
        (Limits(horizon=Horizon(day(20))), day(9)),
        (Limits(new_cards=0), None),
        (Limits(new_cards=9, minutes=1, first_sight_seconds=30), day(4)),
    ],
)
def test_all_are_seen_on_the_day_that_the_queue_gets_there(limits: Limits, on: date | None) -> None:
    ahead = forecast.look_ahead(forecast.run({}, FACTS, NOTHING, TODAY, limits), at_least=3)
    assert forecast.all_seen_on(ahead) == on
    assert len(ahead) >= 3
    assert (ahead[-1].unseen == 10) == (on is None)


def test_looking_ahead_ends_where_nothing_moves() -> None:
    ahead = forecast.look_ahead(
        forecast.run({}, FACTS, NOTHING, TODAY, Limits(new_cards=0)), at_least=1
    )
    assert len(ahead) == 30


def test_looking_ahead_goes_on_until_no_new_card_came_for_thirty_days() -> None:
    introducing = [DayAhead(day(place), due=0, new=1, unseen=1) for place in range(40)]
    standing = [DayAhead(day(place), due=0, new=0, unseen=1) for place in range(40, 80)]
    assert len(forecast.look_ahead(introducing + standing, at_least=1)) == 70


def test_looking_ahead_shows_as_many_days_as_are_asked_for_and_no_more() -> None:
    all_seen = [DayAhead(day(place), due=0, new=0) for place in range(9)]
    assert forecast.look_ahead(all_seen, at_least=3) == tuple(all_seen[:3])


@settings(unhurried, max_examples=60)
@given(past=pasts(), limits=any_limits())
def test_what_is_foreseen_is_what_a_learner_meets(past: Past, limits: Limits) -> None:
    """The learner answers each day's queue Good, and no minutes bound the day."""
    limits = replace(limits, minutes=None, is_ahead=False)
    states = {card: replace(state, pulled_on=None) for card, state in past.states.items()}
    foreseen = islice(forecast.run(states, past.cards, past.log, TODAY, limits), 12)
    log = past.log
    for ahead in foreseen:
        of_day = replace(limits, horizon=limits.horizon.as_of(ahead.day))
        is_off = not weekdays.is_study_day(ahead.day, limits.study_days)
        asked = () if is_off else queue.build(states, past.cards, log, ahead.day, of_day).first
        new = sum(states.get(card, NEVER_ANSWERED).is_new for card in asked)
        assert (ahead.due, ahead.new) == (len(asked) - new, new)
        for card in asked:
            states[card] = schedule.review(states[card], Rating.GOOD, ahead.day)
        log = NOTHING


def test_tomorrow_asks_what_was_foreseen() -> None:
    limits = Limits(new_cards=2)
    states = {A: seen(1), B: seen(1), C: seen(2)}
    log = DayLog(introduced=frozenset({A, B}))
    foreseen = days(states, 2, limits=limits, log=log)[1]
    tomorrow = session.counts(session.start(states, FACTS, NOTHING, day(1), limits))
    assert (foreseen.due, foreseen.new) == (tomorrow.due, tomorrow.new) == (2, 2)
