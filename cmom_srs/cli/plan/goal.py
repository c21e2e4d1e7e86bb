"""The learner's goal, and what it makes of a day's limits and of the standing that a plan reads."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import groupby

from cmom_srs.cli.learner import Learner
from cmom_srs.history import paces
from cmom_srs.history.exam import exams as past_exams
from cmom_srs.history.settings import Settings
from cmom_srs.study import schedule
from cmom_srs.study.blueprint import Blueprint
from cmom_srs.study.day.limits import NOTHING_KEPT_BACK
from cmom_srs.study.day.limits import KeptBack
from cmom_srs.study.day.limits import Limits
from cmom_srs.study.notes import CardId
from cmom_srs.study.plan import exams
from cmom_srs.study.plan import kept_back
from cmom_srs.study.plan.exams import ExamSat
from cmom_srs.study.plan.goal import Goal
from cmom_srs.study.plan.plan import Standing
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Review


def goal_of(settings: Settings, today: date) -> Goal | None:
    """What the settings aim at; None without an exam date, and from exam day on."""
    if settings.exam_date is None or settings.exam_date <= today:
        return None
    return Goal(
        exam_on=settings.exam_date,
        start_on=min(settings.plan_start or today, today),
        minutes=settings.minutes,
        study_days=settings.study_days,
        wants_rehearsal=settings.rehearsal,
    )


def bounded(limits: Limits, goal: Goal, learner: Learner) -> Limits:
    """A day's limits with an exam ahead."""
    return replace(
        limits,
        horizon=replace(limits.horizon, exam_on=goal.exam_on),
        start_on=goal.start_on,
        kept_back=_kept_back_now(goal, learner),
    )


def _kept_back_now(goal: Goal, learner: Learner) -> KeptBack:
    """What waits for the rehearsal, until that was sat or its day is over."""
    rehearsal_on = exams.rehearsal_on(goal)
    if rehearsal_on is None or learner.today > rehearsal_on or learner.blueprint is None:
        return NOTHING_KEPT_BACK
    if any(sat.is_rehearsal for sat in sat_exams(goal, learner)):
        return NOTHING_KEPT_BACK
    return KeptBack(for_rehearsal(goal, learner, learner.blueprint), rehearsal_on)


def for_rehearsal(goal: Goal, learner: Learner, blueprint: Blueprint) -> frozenset[str]:
    """The notes that the rehearsal of a plan asks first."""
    met = past_exams.met_before(learner.store, goal.start_on)
    return kept_back.choose(learner.notes.values(), blueprint.profile(), goal.start_on, met)


def standing(goal: Goal, learner: Learner) -> Standing:
    """How the learner stands today, and stood when the plan began."""
    store = learner.store
    return Standing(
        states=learner.states,
        cards=tuple(learner.cards.values()),
        log=learner.log(),
        states_at_start=_states(store.answers(before=goal.start_on)),
        answered_seconds=paces.answered_ms(store, goal.start_on, learner.today) / 1000,
        sat=sat_exams(goal, learner),
    )


def sat_exams(goal: Goal, learner: Learner) -> tuple[ExamSat, ...]:
    """The exams over all domains that were sat since the plan began."""
    profiles = learner.blueprint.profiles if learner.blueprint else ()
    full = {profile.id: profile.questions for profile in profiles}
    return tuple(
        ExamSat(
            on=exam.study_day,
            questions=exam.asked.questions or full.get(exam.profile, 0),
            is_rehearsal=exam.asked.is_rehearsal,
        )
        for exam in past_exams.ended_since(learner.store, goal.start_on)
        if not exam.asked.domains
    )


def _states(answers: Iterable[Review]) -> dict[CardId, CardState]:
    by_card = sorted(answers, key=lambda answer: answer.card)
    return {
        card: schedule.replay(of_card)
        for card, of_card in groupby(by_card, key=lambda answer: answer.card)
    }
