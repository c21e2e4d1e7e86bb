"""The plan: the exams on its way, what it keeps back, whether it fits, its weeks, its delay."""

from collections import Counter
from dataclasses import replace
from datetime import date
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmom_srs.study import schedule
from cmom_srs.study.day import weekdays
from cmom_srs.study.day.failures import NEVER
from cmom_srs.study.day.limits import KeptBack
from cmom_srs.study.day.limits import Limits
from cmom_srs.study.day.queue import DayLog
from cmom_srs.study.exam.draw import Wishes
from cmom_srs.study.exam.draw import draw
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.plan import exams
from cmom_srs.study.plan import fit
from cmom_srs.study.plan import kept_back
from cmom_srs.study.plan import plan as plans
from cmom_srs.study.plan.exams import ExamSat
from cmom_srs.study.plan.exams import PlannedExam
from cmom_srs.study.plan.fit import Fit
from cmom_srs.study.plan.fit import Verdict
from cmom_srs.study.plan.fit import Work
from cmom_srs.study.plan.goal import Goal
from cmom_srs.study.plan.plan import Plan
from cmom_srs.study.plan.plan import Standing
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Horizon
from cmom_srs.study.schedule import Rating
from tests.support.builders import TODAY
from tests.support.builders import answers
from tests.support.builders import day
from tests.support.builders import facts
from tests.support.builders import seen
from tests.support.builders import unhurried
from tests.support.exams import calculations
from tests.support.exams import choices
from tests.support.exams import profile

PROFILE = replace(profile(100, finance=60, people=40), minutes=120)
FEW_DAYS = ("mon", "wed", "sat")


def goal(
    days: int = 56,
    minutes: int | None = None,
    *,
    began: int = 0,
    study_days: tuple[str, ...] = weekdays.EVERY_DAY,
    wants_rehearsal: bool = True,
) -> Goal:
    """An exam so many days from TODAY, the plan of which began so many days from it."""
    return Goal(day(days), day(began), minutes, study_days, wants_rehearsal)


def bounds(aim: Goal, kept: KeptBack | None = None) -> Limits:
    """The limits of a day with that goal."""
    return Limits(
        minutes=aim.minutes,
        horizon=Horizon(aim.exam_on),
        start_on=aim.start_on,
        study_days=aim.study_days,
        weights=PROFILE.weights,
        kept_back=kept or KeptBack(),
    )


# The exams on the way


def on(aim: Goal) -> list[tuple[int, str]]:
    """The days of the planned exams from TODAY on, and what each is begun with."""
    return [((exam.on - TODAY).days, exam.command) for exam in exams.planned_exams(aim, PROFILE)]


SHORT, FULL, REHEARSAL = "cmom exam --questions 25", "cmom exam", "cmom exam --rehearsal"


def test_eight_weeks_have_two_short_exams_the_rehearsal_and_a_full_one() -> None:
    assert on(goal(56)) == [(13, SHORT), (27, SHORT), (42, REHEARSAL), (51, FULL)]


def test_a_long_plan_rehearses_a_quarter_of_it_before_and_three_weeks_at_most() -> None:
    assert on(goal(72))[2] == (72 - 18, REHEARSAL)
    assert on(goal(84))[2] == (84 - 21, REHEARSAL)
    assert on(goal(365))[2] == (365 - 21, REHEARSAL)


def test_without_questions_kept_back_the_rehearsal_is_a_full_exam() -> None:
    assert on(goal(56, wants_rehearsal=False))[2:] == [(42, FULL), (51, FULL)]


def test_a_short_plan_has_no_rehearsal_and_no_exams_on_top_of_each_other() -> None:
    assert on(goal(28)) == [(14, REHEARSAL), (23, FULL)]
    assert on(goal(27)) == [(13, SHORT), (22, FULL)]
    assert on(goal(18)) == [(13, FULL)]
    assert on(goal(5)) == []


def test_an_exam_is_planned_for_a_day_of_study() -> None:
    for exam in exams.planned_exams(goal(56, study_days=FEW_DAYS), PROFILE):
        assert weekdays.is_study_day(exam.on, FEW_DAYS)


@unhurried
@given(st.integers(2, 400), st.sets(st.sampled_from(weekdays.NAMES), min_size=1))
def test_all_exams_lie_between_the_first_day_and_the_exam_in_order(
    days: int, names: set[str]
) -> None:
    planned = exams.planned_exams(goal(days, study_days=tuple(names)), PROFILE)
    assert [exam.on for exam in planned] == sorted({exam.on for exam in planned})
    assert all(TODAY < exam.on < day(days) for exam in planned)
    assert sum(exam.is_rehearsal for exam in planned) == (days >= 28)


def test_the_minutes_of_a_short_exam_are_in_proportion() -> None:
    first = exams.planned_exams(goal(56), PROFILE)[0]
    assert (first.questions, first.minutes) == (25, 30)


def left(*sat: ExamSat, today: int, aim: Goal | None = None) -> list[int]:
    """The days of the exams still to sit, on a day, after those sat."""
    planned = exams.planned_exams(aim or goal(56), PROFILE)
    return [(exam.on - TODAY).days for exam in exams.still_to_sit(planned, sat, day(today))]


def test_an_exam_that_was_sat_is_not_to_sit_again() -> None:
    assert left(today=0) == [13, 27, 42, 51]
    assert left(ExamSat(day(12), 25), today=13) == [27, 42, 51]
    assert left(ExamSat(day(13), 100), today=13) == [27, 42, 51]
    assert left(ExamSat(day(13), 24), today=13) == [13, 27, 42, 51]


def test_an_exam_sat_long_before_its_day_is_another_one() -> None:
    assert left(ExamSat(day(9), 25), today=9) == [27, 42, 51]
    assert left(ExamSat(day(8), 25), today=9) == [13, 27, 42, 51]


def test_an_exam_stays_to_sit_for_three_days() -> None:
    assert left(today=16) == [13, 27, 42, 51]
    assert left(today=17) == [27, 42, 51]


def test_one_exam_sat_stands_for_one_planned() -> None:
    assert left(ExamSat(day(51), 100), today=51) == []
    assert left(ExamSat(day(44), 100), today=45) == [42, 51]
    assert left(ExamSat(day(47), 100), ExamSat(day(48), 100), today=48) == []
    assert left(ExamSat(day(13), 25), today=27) == [27, 42, 51]


def test_only_a_rehearsal_is_the_rehearsal_and_that_whenever_it_was_sat() -> None:
    assert left(ExamSat(day(42), 100), today=42) == [42, 51]
    assert left(ExamSat(day(20), 100, is_rehearsal=True), today=42) == [51]


# What is kept back


NOTES = (*choices(60, "finance", "rates"), *choices(300, "people", "labor"))


def keep(start_on: date = TODAY, met: frozenset[str] = frozenset()) -> frozenset[str]:
    return kept_back.choose(NOTES, PROFILE, start_on, met)


def by_domain(ids: frozenset[str]) -> Counter[str]:
    return Counter(note.domain for note in NOTES if note.id in ids)


def test_of_each_domain_its_share_is_kept_back_and_a_third_of_it_at_most() -> None:
    assert by_domain(keep()) == {"finance": 20, "people": 40}


def test_what_no_exam_asks_is_not_kept_back() -> None:
    plain = [card.note for card in facts(90, "finance")]
    assert kept_back.choose(plain, PROFILE, TODAY, ()) == frozenset()


@unhurried
@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 9999))
def test_an_exam_asks_everything_that_was_kept_back_for_it(
    choice_count: int, calculation_count: int, seed: int
) -> None:
    notes = [
        *choices(90 + choice_count, "finance", "rates"),
        *calculations(calculation_count, "finance", "sums"),
        *choices(70, "people", "labor"),
        *calculations(calculation_count // 2, "people", "hours"),
    ]
    kept = kept_back.choose(notes, PROFILE, day(seed), ())
    wishes = Wishes(is_rehearsal=True, kept_back=kept)
    drawn = draw(notes, PROFILE, Random(seed), wishes, (), {})
    assert kept <= {item.note_id for item in drawn}


def test_what_was_met_before_the_plan_is_not_kept_back() -> None:
    met = frozenset(note.id for note in NOTES[:30])
    assert not keep(met=met) & met
    assert by_domain(keep(met=met))["finance"] == 10


def test_the_same_plan_keeps_the_same_notes_on_every_computer() -> None:
    assert kept_back.choose(NOTES[::-1], PROFILE, TODAY, ()) == keep()
    assert keep(day(1)) != keep()


def test_a_renamed_note_stays_among_those_kept_back() -> None:
    kept = min(keep())
    renamed = [
        replace(note, id="a-new-name", formerly=(kept,)) if note.id == kept else note
        for note in NOTES
    ]
    chosen = kept_back.choose(renamed, PROFILE, TODAY, ())
    assert chosen == keep() - {kept} | {"a-new-name"}


# Whether it fits: 35 seconds a first sight, 12 a right answer, so 70, 118 and 236


def judged(cards: int, days: int, minutes: int | None, answered_seconds: float = 0) -> Fit | None:
    return fit.judge(Work(cards, answered_seconds), goal(days, minutes), TODAY, Limits())


@pytest.mark.parametrize(
    ("cards", "verdict", "enough"),
    [
        (515, Verdict.DOES_NOT_FIT, 11),  # 600 minutes in 60 days
        (514, Verdict.TIGHT, 17),
        (306, Verdict.TIGHT, 11),
        (305, Verdict.FITS, None),
        (153, Verdict.FITS, None),
        (152, Verdict.AMPLE, 10),
        (30, Verdict.AMPLE, 2),
    ],
)
def test_the_verdict_follows_from_the_seconds_for_each_card(
    cards: int, verdict: Verdict, enough: int | None
) -> None:
    judgment = judged(cards, 60, 10)
    assert judgment
    assert (judgment.verdict, judgment.enough_minutes) == (verdict, enough)
    assert judgment.seconds_per_card == pytest.approx(36_000 / cards)


def test_a_later_exam_that_would_do_is_named() -> None:
    judgment = judged(1000, 60, 10)  # 70,000 seconds are 117 days of ten minutes
    assert judgment
    assert judgment.fits_from == day(117)
    weekends = goal(60, 10, study_days=("sat", "sun"))
    late = fit.judge(Work(1000, 0), weekends, TODAY, Limits())
    assert late
    assert late.fits_from
    assert weekdays.count(TODAY, late.fits_from, ("sat", "sun")) == 117
    assert weekdays.is_study_day(late.fits_from - timedelta(days=1), ("sat", "sun"))


def test_what_fits_in_no_two_years_has_no_later_date() -> None:
    judgment = judged(100_000, 60, 1)
    assert judgment
    assert (judgment.fits_from, judgment.enough_minutes) == (None, None)


def test_what_was_answered_since_the_plan_began_counts_so_that_time_turns_no_plan_red() -> None:
    early = judged(300, 60, 10)
    late = judged(300, 6, 10, answered_seconds=54 * 600)
    assert early
    assert late
    assert early.verdict is late.verdict is Verdict.FITS


def test_the_learners_own_paces_decide() -> None:
    slow = Limits(first_sight_seconds=70, right_answer_seconds=24)
    judgment = fit.judge(Work(305, 0), goal(60, 10), TODAY, slow)
    assert judgment
    assert judgment.verdict is Verdict.DOES_NOT_FIT


def test_without_minutes_or_cards_there_is_no_verdict() -> None:
    assert judged(100, 60, None) is None
    assert judged(0, 60, 10) is None


@unhurried
@given(st.integers(1, 3000), st.integers(2, 200), st.integers(1, 200), st.integers(0, 10**5))
def test_the_minutes_that_would_do_do_and_one_less_does_not(
    cards: int, days: int, minutes: int, answered: int
) -> None:
    judgment = judged(cards, days, minutes, answered)
    assert judgment
    if judgment.verdict is Verdict.DOES_NOT_FIT and judgment.enough_minutes:
        enough = judged(cards, days, judgment.enough_minutes, answered)
        fewer = judged(cards, days, judgment.enough_minutes - 1, answered)
        assert enough
        assert enough.verdict is not Verdict.DOES_NOT_FIT
        assert fewer
        assert fewer.verdict is Verdict.DOES_NOT_FIT
    if judgment.fits_from:
        later = fit.judge(
            Work(cards, answered),
            replace(goal(days, minutes), exam_on=judgment.fits_from),
            TODAY,
            Limits(),
        )
        assert later
        assert later.verdict is not Verdict.DOES_NOT_FIT


# The plan


CARDS = (*facts(30, "finance"), *facts(20, "people"))


def planned(
    aim: Goal,
    states: dict[CardId, CardState] | None = None,
    *,
    cards: tuple[Card, ...] = CARDS,
    today: date = TODAY,
    log: DayLog | None = None,
    sat: tuple[ExamSat, ...] = (),
    kept: KeptBack | None = None,
) -> Plan:
    standing = Standing(states or {}, cards, log or DayLog(), {}, 0.0, sat)
    return plans.make(standing, aim, today, bounds(aim, kept), NEVER, PROFILE)


def test_a_plan_sees_all_cards_by_half_way_and_its_weeks_add_up() -> None:
    plan = planned(goal(56, 60))
    assert plan.all_seen_on == day(27)  # half-way; two a day, of 50 cards, and then one
    assert (plan.days_left, plan.study_days_left) == (56, 56)
    assert (plan.new_today, plan.unseen, plan.cards) == (2, 50, 50)
    assert [(week.first_on - TODAY).days for week in plan.weeks] == [0, 7, 14, 21, 28, 35, 42, 49]
    new = sum((Counter(week.new) for week in plan.weeks), Counter())
    assert new == {"finance": 30, "people": 20}
    assert plan.left_out == {}
    assert [len(week.exams) for week in plan.weeks] == [0, 1, 0, 1, 0, 0, 1, 1]
    assert [week.has_lookups for week in plan.weeks] == [False] + [True] * 7
    assert plan.seconds_beside == 60 * (30 + 30 + 120 + 120 + 7 * 10)


def test_a_week_has_its_minutes_on_its_days_of_study() -> None:
    plan = planned(goal(14, study_days=("tue", "wed")))
    assert [week.study_days for week in plan.weeks] == [2, 2]
    assert plan.study_days_left == 4
    first = plan.weeks[0]
    assert first.minutes_a_day == pytest.approx(first.seconds / 120)


def test_cards_that_the_minutes_do_not_reach_are_left_out_by_domain() -> None:
    plan = planned(goal(10, 1))  # two first sights a day
    assert plan.all_seen_on is None
    assert sum(plan.left_out.values()) == 50 - sum(sum(w.new.values()) for w in plan.weeks) > 0
    assert set(plan.left_out) <= {"finance", "people"}


def test_suspended_cards_are_not_planned() -> None:
    states = {card.id: CardState(is_suspended=True) for card in CARDS[:30]}
    plan = planned(goal(56), states)
    assert (plan.cards, plan.unseen, plan.new_today) == (20, 20, 1)


def test_what_is_kept_back_is_counted_and_comes_after_the_rehearsal() -> None:
    kept = KeptBack(frozenset(card.note.id for card in CARDS[:10]), day(42))
    plan = planned(goal(56, 60), kept=kept)
    assert (plan.kept_back, plan.rehearsal_on) == (10, day(42))
    assert [sum(week.new.values()) for week in plan.weeks][5:] == [0, 10, 0]


def test_what_was_introduced_today_is_a_part_of_todays_new_cards() -> None:
    first = CARDS[0].id
    log = DayLog((answers(first),), frozenset({first}))
    plan = planned(goal(56), {first: seen(1)}, log=log)
    assert (plan.new_today, plan.unseen) == (2, 49)


def test_the_first_week_shown_is_the_one_that_has_begun() -> None:
    plan = planned(goal(20, began=-10))
    assert [(week.first_on - TODAY).days for week in plan.weeks] == [0, 4, 11, 18]


def lived(aim: Goal, days: int) -> dict[CardId, CardState]:
    """The states of a learner who did what the plan said on so many days."""
    states: dict[CardId, CardState] = {}
    for offset in range(days):
        standing = Standing(states, CARDS, DayLog(), {}, 0.0)
        plan = plans.make(standing, aim, day(offset), bounds(aim), NEVER, PROFILE)
        new = [card.id for card in CARDS if card.id not in states][: plan.new_today]
        states |= {card: schedule.review(CardState(), Rating.GOOD, day(offset)) for card in new}
    return states


def test_who_does_what_the_plan_says_is_on_plan_and_each_missed_day_is_one_behind() -> None:
    aim = goal(40)
    states = lived(aim, 6)
    for today, behind in ((6, 0), (7, 1), (9, 3)):
        standing = Standing(states, CARDS, DayLog(), {}, 0.0)
        assert plans.days_behind(standing, aim, day(today), bounds(aim), NEVER) == behind


def test_days_without_study_put_nobody_behind() -> None:
    aim = goal(40, study_days=("tue",))
    standing = Standing({}, CARDS, DayLog(), {}, 0.0)
    behind = [plans.days_behind(standing, aim, day(n), bounds(aim), NEVER) for n in (0, 1, 7, 8)]
    assert behind == [0, 1, 1, 2]


def test_cards_seen_before_the_plan_began_put_nobody_ahead_or_behind() -> None:
    aim = goal(40)
    before = {card.id: seen(30, days_ago=3) for card in CARDS[:40]}
    standing = Standing(before, CARDS, DayLog(), before, 0.0)
    assert plans.days_behind(standing, aim, day(3), bounds(aim), NEVER) == 3
    assert plans.days_behind(standing, aim, TODAY, bounds(aim), NEVER) == 0


@unhurried
@given(st.integers(2, 70), st.none() | st.integers(1, 60), st.integers(0, 40))
def test_the_plan_is_the_same_whenever_it_is_made_and_its_weeks_hold_every_card(
    days: int, minutes: int | None, seen_cards: int
) -> None:
    states = {card.id: seen(6, days_ago=2) for card in CARDS[:seen_cards]}
    plan = planned(goal(days, minutes), states)
    assert plan == planned(goal(days, minutes), states, cards=CARDS[::-1])
    new = sum(sum(week.new.values()) for week in plan.weeks)
    assert new + sum(plan.left_out.values()) == plan.unseen == 50 - seen_cards
    assert sum(week.study_days for week in plan.weeks) == days
    if minutes is not None:
        assert all(week.minutes_a_day <= minutes + 35 / 60 for week in plan.weeks)


def test_a_planned_exam_is_a_value() -> None:
    assert PlannedExam(TODAY, 25, 30).command == SHORT
