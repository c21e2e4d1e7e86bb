"""From memory to dates: study days, waits, early and late answers, leeches, replay."""

import json
from dataclasses import replace
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmom_srs.study import schedule
from cmom_srs.study import sm2
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import NEVER_ANSWERED
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Horizon
from cmom_srs.study.schedule import Preview
from cmom_srs.study.schedule import Rating
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind
from cmom_srs.study.sm2 import Memory
from tests.support.builders import TODAY
from tests.support.builders import answers
from tests.support.builders import crams
from tests.support.builders import day
from tests.support.builders import fails
from tests.support.builders import moment
from tests.support.builders import repeats
from tests.support.builders import seen
from tests.support.builders import unhurried

VECTORS = json.loads(
    (Path(__file__).parent / "vectors" / "practical_vectors.json").read_text(encoding="utf-8")
)
CARD = CardId("fact", 1)

grades = st.integers(0, 5)
seen_cards = st.builds(
    seen,
    interval_days=st.integers(1, 400),
    days_ago=st.integers(0, 500),
    ease_factor=st.integers(130, 350),
    repetitions=st.integers(2, 12),
    lapses=st.integers(0, 20),
)
exam_days = st.integers(1, 300).map(day)
fixed_offsets = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))


# The study day


@pytest.mark.parametrize("case", VECTORS["study_date"], ids=lambda case: case["now"])
def test_the_study_day_is_the_local_date_less_one_before_the_rollover(case: dict[str, Any]) -> None:
    now = datetime.fromisoformat(case["now"])
    expected = date.fromisoformat(case["study_date"])
    assert schedule.study_day(now, case["rollover_hour"]) == expected


@pytest.mark.parametrize("case", VECTORS["next_rollover"], ids=lambda case: case["now"])
def test_the_next_study_day_begins_at_the_rollover_hour(case: dict[str, Any]) -> None:
    now = datetime.fromisoformat(case["now"])
    assert schedule.next_rollover(now, case["rollover_hour"]) == datetime.fromisoformat(
        case["next"]
    )


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-08T01:59:00-06:00", "2026-03-07"),
        ("2026-03-08T03:00:00-05:00", "2026-03-07"),  # a minute later, on a day of 23 hours
        ("2026-03-08T04:00:00-05:00", "2026-03-08"),
        ("2026-11-01T01:59:00-05:00", "2026-10-31"),
        ("2026-11-01T01:00:00-06:00", "2026-10-31"),  # a minute later, on a day of 25 hours
        ("2026-11-01T04:00:00-06:00", "2026-11-01"),
    ],
)
def test_a_change_of_the_clocks_changes_no_study_day(now: str, expected: str) -> None:
    assert schedule.study_day(datetime.fromisoformat(now)) == date.fromisoformat(expected)


def test_a_study_day_needs_an_offset() -> None:
    with pytest.raises(ValueError, match="offset"):
        schedule.study_day(datetime(2026, 12, 1, 8))


def test_a_flight_west_goes_on_with_the_day_it_began() -> None:
    after_landing = datetime(2026, 12, 1, 23, tzinfo=UTC)
    assert schedule.study_day(after_landing, last_logged=day(1)) == day(1)


@pytest.mark.parametrize("last_logged", [None, day(-30), day(-1), TODAY, day(2), day(40)])
def test_any_other_log_leaves_the_real_date(last_logged: date | None) -> None:
    assert schedule.study_day(moment(), last_logged=last_logged) == TODAY


@pytest.mark.parametrize(
    ("last_logged", "is_behind"), [(None, False), (TODAY, False), (day(1), False), (day(2), True)]
)
def test_a_log_more_than_a_day_ahead_means_that_the_clock_was_wrong(
    last_logged: date | None, is_behind: bool
) -> None:
    assert schedule.is_clock_behind(TODAY, last_logged) is is_behind


@unhurried
@given(
    now=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=fixed_offsets),
    rollover_hour=st.integers(0, 23),
)
def test_a_study_day_ends_where_the_next_one_begins(now: datetime, rollover_hour: int) -> None:
    rollover = schedule.next_rollover(now, rollover_hour)
    today = schedule.study_day(now, rollover_hour)
    assert now < rollover <= now + timedelta(days=1)
    assert schedule.study_day(rollover, rollover_hour) == today + timedelta(days=1)
    assert schedule.study_day(rollover - timedelta(microseconds=1), rollover_hour) == today


# An answer


def test_a_first_good_answer_is_due_tomorrow() -> None:
    assert schedule.review(NEVER_ANSWERED, 4, TODAY) == CardState(
        Memory(1, 1, 250), due_on=day(1), last_reviewed_on=TODAY
    )


def test_an_answer_on_its_day_waits_as_published() -> None:
    after = schedule.review(seen(interval_days=10, days_ago=10), 4, TODAY)
    assert (after.memory.interval_days, after.due_on) == (25, day(25))


def test_a_late_pass_gets_no_credit() -> None:
    after = schedule.review(seen(interval_days=10, days_ago=40), 4, TODAY)
    assert (after.memory.interval_days, after.due_on) == (25, day(25))


def test_an_early_pass_counts_only_the_days_that_passed() -> None:
    after = schedule.review(seen(interval_days=10, days_ago=8), 5, TODAY)
    assert after.memory == Memory(4, 20, 260)
    assert after.due_on == day(20)


def test_an_early_pass_never_shortens_the_interval() -> None:
    assert schedule.review(seen(interval_days=10, days_ago=1), 4, TODAY).memory.interval_days == 10


def test_an_early_interval_is_rounded_to_the_nearest_day_and_a_half_goes_up() -> None:
    state = seen(interval_days=10, days_ago=5, ease_factor=250)
    assert schedule.review(state, 3, TODAY).memory.interval_days == 13  # 12.5


def test_an_early_failure_is_a_failure() -> None:
    after = schedule.review(seen(interval_days=10, days_ago=1), 2, TODAY)
    assert (after.memory, after.due_on, after.lapses) == (Memory(0, 1, 218), day(1), 1)


def test_a_lapse_is_a_failure_after_a_pass() -> None:
    first_failure = schedule.review(NEVER_ANSWERED, 2, TODAY)
    second_failure = schedule.review(first_failure, 2, day(1))
    passed = schedule.review(second_failure, 3, day(2))
    lapsed = schedule.review(passed, 0, day(3))
    assert (first_failure.lapses, second_failure.lapses, passed.lapses) == (0, 0, 0)
    assert lapsed.lapses == 1


def test_an_answer_keeps_the_switches() -> None:
    state = CardState(is_suspended=True, buried_on=day(-3), pulled_on=TODAY)
    after = schedule.review(state, 4, TODAY)
    assert (after.is_suspended, after.buried_on, after.pulled_on) == (True, day(-3), TODAY)


def test_a_grade_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="0 to 5"):
        schedule.review(NEVER_ANSWERED, 6, TODAY)


@unhurried
@given(state=seen_cards, grade=st.integers(3, 5))
def test_an_early_pass_lies_between_the_interval_and_what_is_published(
    state: CardState, grade: int
) -> None:
    after = schedule.review(state, grade, TODAY)
    published = sm2.step(state.memory, grade)
    assert state.due_on is not None
    if state.due_on <= TODAY:
        assert after.memory == published
    else:
        longest = max(state.memory.interval_days, published.interval_days)
        assert state.memory.interval_days <= after.memory.interval_days <= longest
        assert after.memory.ease_factor == published.ease_factor
        assert after.memory.repetitions == published.repetitions


@unhurried
@given(state=seen_cards, grade=grades)
def test_the_stored_date_is_always_the_last_answer_plus_the_interval(
    state: CardState, grade: int
) -> None:
    after = schedule.review(state, grade, TODAY)
    assert after.last_reviewed_on == TODAY
    assert after.due_on == TODAY + timedelta(days=after.memory.interval_days)


# Waiting


def test_without_an_exam_a_card_waits_its_interval() -> None:
    assert schedule.wait_days(seen(interval_days=100)) == 100


@pytest.mark.parametrize(
    ("days_to_exam", "wait"), [(300, 100), (200, 100), (100, 50), (21, 10), (11, 5), (6, 5), (1, 5)]
)
def test_with_an_exam_a_card_waits_at_most_half_of_the_days_to_it(
    days_to_exam: int, wait: int
) -> None:
    assert schedule.wait_days(seen(interval_days=100), Horizon(day(days_to_exam))) == wait


def test_the_days_to_the_exam_count_from_the_last_answer() -> None:
    assert schedule.wait_days(seen(interval_days=100, days_ago=20), Horizon(day(20))) == 20


def test_an_exam_never_lengthens_a_short_interval() -> None:
    assert schedule.wait_days(seen(interval_days=3), Horizon(day(7))) == 3


@pytest.mark.parametrize(("longest_days", "wait"), [(30, 30), (200, 100), (0, 1)])
def test_a_longest_wait_caps_the_wait_alone(longest_days: int, wait: int) -> None:
    state = seen(interval_days=100)
    assert schedule.wait_days(state, Horizon(longest_days=longest_days)) == wait
    assert schedule.review(state, 4, day(100)).memory.interval_days == 250


def test_a_new_card_waits_for_nothing() -> None:
    with pytest.raises(ValueError, match="new card"):
        schedule.wait_days(NEVER_ANSWERED)
    with pytest.raises(ValueError, match="new card"):
        schedule.waits_until(NEVER_ANSWERED)


def test_a_new_card_is_never_overdue() -> None:
    with pytest.raises(ValueError, match="new card"):
        schedule.overdueness(NEVER_ANSWERED, TODAY)


def test_a_card_is_more_overdue_the_longer_it_waits_for_its_wait() -> None:
    assert schedule.overdueness(seen(interval_days=10, days_ago=10), TODAY) == 1
    assert schedule.overdueness(seen(interval_days=10, days_ago=5), TODAY) == 0.5
    assert schedule.overdueness(seen(interval_days=2, days_ago=6), TODAY) == 3
    assert schedule.overdueness(seen(interval_days=100, days_ago=20), TODAY, Horizon(day(20))) == 1
    assert schedule.overdueness(seen(interval_days=100, days_ago=20), TODAY, Horizon(None, 10)) == 2


def test_a_card_is_due_again_when_its_wait_is_over() -> None:
    state = seen(interval_days=100, days_ago=20)
    assert schedule.waits_until(state) == day(80)
    assert schedule.waits_until(state, Horizon(day(20))) == TODAY
    assert schedule.waits_until(state, Horizon(None, 30)) == day(10)


def test_a_wait_that_runs_past_the_exam_is_the_cards_own_again() -> None:
    assert schedule.waits_until(seen(interval_days=100), Horizon(day(3))) == day(100)
    assert schedule.waits_until(seen(interval_days=100), Horizon(day(5))) == day(100)
    assert schedule.waits_until(seen(interval_days=100), Horizon(day(3), 30)) == day(30)


@unhurried
@given(state=seen_cards, exam_on=st.none() | exam_days, longest=st.none() | st.integers(0, 90))
def test_a_wait_is_at_least_a_day_and_at_most_the_interval(
    state: CardState, exam_on: date | None, longest: int | None
) -> None:
    assert 1 <= schedule.wait_days(state, Horizon(exam_on, longest)) <= state.memory.interval_days


@unhurried
@given(state=seen_cards, exam_on=exam_days, later_by=st.integers(0, 200))
def test_a_later_exam_never_hurries_a_card(state: CardState, exam_on: date, later_by: int) -> None:
    later_on = exam_on + timedelta(days=later_by)
    wait = schedule.wait_days(state, Horizon(exam_on))
    assert wait <= schedule.wait_days(state, Horizon(later_on)) <= schedule.wait_days(state)


@unhurried
@given(state=seen_cards, days_before=st.integers(6, 400))
def test_a_card_answered_six_days_before_the_exam_is_due_again_by_the_eve(
    state: CardState, days_before: int
) -> None:
    assert state.last_reviewed_on is not None
    exam_on = state.last_reviewed_on + timedelta(days=days_before)
    eve = exam_on - timedelta(days=1)
    assert schedule.overdueness(state, eve, Horizon(exam_on)) >= 1


@unhurried
@given(
    state=seen_cards,
    exam_on=st.none() | exam_days,
    longest=st.none() | st.integers(1, 90),
    days_before=st.integers(0, 300),
)
def test_the_day_a_card_waits_until_is_the_first_on_which_it_is_due(
    state: CardState, exam_on: date | None, longest: int | None, days_before: int
) -> None:
    due_on = schedule.waits_until(state, Horizon(exam_on, longest))
    today = due_on - timedelta(days=days_before)
    exam_ahead = exam_on if exam_on and today < exam_on else None
    is_due = schedule.overdueness(state, today, Horizon(exam_ahead, longest)) >= 1
    assert is_due == (today == due_on)


# Pulled forward, leeches


@pytest.mark.parametrize(
    ("last_reviewed_on", "pulled_on", "is_pulled"),
    [
        (None, None, False),
        (None, TODAY, True),
        (None, day(1), False),
        (day(-4), day(-2), True),
        (day(-2), day(-2), False),
        (day(-1), day(-2), False),
    ],
)
def test_an_exam_miss_is_pulled_forward_from_its_day_until_it_is_answered(
    last_reviewed_on: date | None, pulled_on: date | None, is_pulled: bool
) -> None:
    state = CardState(last_reviewed_on=last_reviewed_on, pulled_on=pulled_on)
    assert schedule.is_pulled(state, TODAY) is is_pulled


@pytest.mark.parametrize("case", VECTORS["leech_alert"], ids=str)
def test_a_leech_raises_the_alert_at_the_threshold_and_then_every_half(
    case: dict[str, Any],
) -> None:
    assert schedule.is_leech_alert(case["lapses"], case["threshold"]) is case["alert"]


def test_the_alert_comes_at_eight_lapses_and_then_every_four() -> None:
    assert [lapses for lapses in range(21) if schedule.is_leech_alert(lapses)] == [8, 12, 16, 20]


def test_half_of_an_odd_threshold_is_rounded_up() -> None:
    assert [lapses for lapses in range(20) if schedule.is_leech_alert(lapses, 7)] == [7, 11, 15, 19]


# Replay


def test_only_the_first_answer_of_a_study_day_counts() -> None:
    log = [fails(CARD), repeats(CARD, 5, minute=9), answers(CARD, on=day(1))]
    assert schedule.replay(log).memory == Memory(1, 1, 218)


def test_a_cram_never_counts() -> None:
    log = [crams(CARD, 0, minute=-5), answers(CARD), crams(CARD, 0, on=day(1))]
    assert schedule.replay(log) == schedule.replay([answers(CARD)])


def test_a_repeat_without_an_answer_before_it_is_taken_as_the_answer() -> None:
    assert schedule.replay([repeats(CARD, 4)]) == schedule.replay([answers(CARD, 4)])


def test_replay_goes_by_the_instants_whatever_the_order_of_the_rows() -> None:
    log = [answers(CARD, 4, on=day(2)), answers(CARD, 2), answers(CARD, 4, on=day(1))]
    assert schedule.replay(log) == schedule.replay(sorted(log, key=lambda row: row.reviewed_at))


def test_replay_goes_by_the_study_days_before_the_instants() -> None:
    """Days of another place: the later study day was over there before this one was here."""
    in_the_east = replace(answers(CARD, 2, on=day(1)), reviewed_at=moment(-60))
    here = answers(CARD, 4, minute=0)
    assert schedule.replay([in_the_east, here]) == schedule.replay(
        [here, replace(in_the_east, reviewed_at=moment(60, on=day(1)))]
    )


def test_of_one_study_day_the_earliest_instant_counts_whatever_the_uids() -> None:
    earlier = replace(answers(CARD, 2), uid="b")
    later = replace(answers(CARD, 4, minute=1), uid="a")
    assert schedule.counted([later, earlier]) == (earlier,)


def test_of_one_instant_the_lower_uid_counts_on_every_computer() -> None:
    one, other = replace(answers(CARD, 2), uid="a"), replace(answers(CARD, 4), uid="b")
    assert schedule.counted([one, other]) == schedule.counted([other, one]) == (one,)


@pytest.mark.parametrize(("grade", "lapses"), [(0, 1), (1, 1), (2, 1), (3, 0), (4, 0), (5, 0)])
def test_a_lapse_is_a_failure_of_a_card_that_was_passed(grade: int, lapses: int) -> None:
    passed = schedule.replay([answers(CARD)])
    assert schedule.review(passed, grade, day(1)).lapses == lapses
    assert schedule.review(NEVER_ANSWERED, grade, TODAY).lapses == 0
    failed = schedule.review(passed, 2, day(1))
    assert schedule.review(failed, grade, day(2)).lapses == 1


def test_an_empty_log_is_a_new_card() -> None:
    assert schedule.replay([]) == NEVER_ANSWERED


logs = st.lists(
    st.builds(
        lambda days, minute, grade, kind: answers(
            CARD, grade, on=day(days), minute=minute, kind=kind
        ),
        st.integers(0, 60),
        st.integers(0, 600),
        grades,
        st.sampled_from(ReviewKind),
    ),
    max_size=20,
    unique_by=lambda review: review.reviewed_at,
)


@unhurried
@given(log=logs, undone=st.integers(0, 19))
def test_replay_is_the_fold_of_the_first_answers_and_a_taken_back_one_was_never_given(
    log: list[Review], undone: int
) -> None:
    kept = log[:undone] + log[undone + 1 :]
    state, answered_on = NEVER_ANSWERED, None
    for row in sorted(kept, key=lambda row: row.reviewed_at):
        if row.kind is not ReviewKind.CRAM and row.study_day != answered_on:
            state = schedule.review(state, row.grade, row.study_day)
            answered_on = row.study_day
    assert schedule.replay(kept) == state


# Buttons


def test_a_new_card_shows_one_day_then_six() -> None:
    preview = schedule.preview(schedule.review(NEVER_ANSWERED, Rating.GOOD, TODAY))
    assert preview == Preview(wait_days=1, then_days=6, is_shortened=False)


def test_the_passing_buttons_differ_only_in_what_comes_then() -> None:
    state = seen(interval_days=6, days_ago=6, repetitions=2)
    previews = [schedule.preview(schedule.review(state, rating, TODAY)) for rating in Rating]
    assert [(preview.wait_days, preview.then_days) for preview in previews] == [
        (1, 1),
        (15, 35),
        (15, 38),
        (15, 39),
    ]


def test_an_exam_that_shortens_the_wait_says_so() -> None:
    state = seen(interval_days=20, days_ago=20)
    assert schedule.preview(schedule.review(state, 4, TODAY), Horizon(day(24))) == Preview(
        12, 6, is_shortened=True
    )


def test_an_exam_that_is_far_off_shortens_nothing() -> None:
    state = seen(interval_days=20, days_ago=20)
    assert schedule.preview(schedule.review(state, 4, TODAY), Horizon(day(365))) == Preview(
        50, 125, is_shortened=False
    )


def test_a_wait_that_runs_past_the_exam_is_shown_as_the_cards_own() -> None:
    state = seen(interval_days=20, days_ago=20)
    assert schedule.preview(schedule.review(state, 4, TODAY), Horizon(day(4))) == Preview(
        50, 125, is_shortened=False
    )


def test_a_longest_wait_is_shown_but_not_blamed_on_an_exam() -> None:
    state = seen(interval_days=20, days_ago=20)
    assert schedule.preview(schedule.review(state, 4, TODAY), Horizon(None, 30)) == Preview(
        30, 30, is_shortened=False
    )
