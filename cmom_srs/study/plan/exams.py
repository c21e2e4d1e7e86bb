"""The practice exams that a plan lays on the way, and which of them are still to sit."""

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from typing import NamedTuple

from cmom_srs.study.blueprint import Profile
from cmom_srs.study.exam import shares
from cmom_srs.study.plan.goal import Goal

_REHEARSAL_DAYS = (14, 21)
_LAST_EXAM_DAYS = 5
_SHORT_QUESTIONS = 25
_SHORT_AFTER_DAYS = (13, 27)  # the last days of the second and the fourth week
_LEAST_DAYS_APART = 4
_STILL_WORTH_IT_DAYS = 3


@dataclass(frozen=True, slots=True)
class PlannedExam:
    """A practice exam on a day of the plan: how many questions, in how many minutes."""

    on: date
    questions: int
    minutes: int
    is_full: bool = False
    is_rehearsal: bool = False

    @property
    def command(self) -> str:
        """What the learner types."""
        if self.is_rehearsal:
            return "cmom exam --rehearsal"
        return "cmom exam" if self.is_full else f"cmom exam --questions {self.questions}"


class ExamSat(NamedTuple):
    """An exam over all domains that was sat to its end: on which study day, and how long."""

    on: date
    questions: int
    is_rehearsal: bool = False


def rehearsal_on(goal: Goal) -> date | None:
    """The day of the rehearsal, which a plan of four weeks or more has."""
    return _first_full_on(goal) if goal.is_long and goal.wants_rehearsal else None


def _first_full_on(goal: Goal) -> date:
    """Two weeks before the exam; a quarter of a longer plan before it, three weeks at most.

    What was kept back must still be learned: in twelve weeks, two of them cost 0.8 points of
    recall on exam day, three 0.3.
    """
    least, most = _REHEARSAL_DAYS
    return goal.days_before(min(most, max(least, (goal.exam_on - goal.start_on).days // 4)))


def planned_exams(goal: Goal, profile: Profile) -> tuple[PlannedExam, ...]:
    """The exams on the way, by day, each on a study day after the first.

    A full one two or three weeks before the exam in a plan of four weeks or more, the rehearsal if
    questions are kept back; another 5 days before; short ones at the end of weeks 2 and 4, four
    days or more before the first full one.
    """
    planned = (*_short_ones(goal, profile), *_full_ones(goal, profile))
    return tuple(exam for exam in planned if exam.on > goal.start_on)


def _full_days(goal: Goal) -> list[date]:
    first = [_first_full_on(goal)] if goal.is_long else []
    return [*first, goal.days_before(_LAST_EXAM_DAYS)]


def _full_ones(goal: Goal, profile: Profile) -> Iterator[PlannedExam]:
    for day in _full_days(goal):
        is_rehearsal = day == rehearsal_on(goal)
        yield PlannedExam(day, profile.questions, profile.minutes, True, is_rehearsal)


def _short_ones(goal: Goal, profile: Profile) -> Iterator[PlannedExam]:
    latest_on = _full_days(goal)[0] - timedelta(days=_LEAST_DAYS_APART)
    questions = min(_SHORT_QUESTIONS, profile.questions)
    for days in _SHORT_AFTER_DAYS:
        day = goal.on_or_before(goal.start_on + timedelta(days=days))
        if day <= latest_on:
            yield PlannedExam(day, questions, shares.minutes_for(profile, questions))


def still_to_sit(
    planned: Iterable[PlannedExam], sat: Iterable[ExamSat], today: date
) -> tuple[PlannedExam, ...]:
    """Those that were not sat, up to three days after their day.

    An exam of the same length or longer, sat at most four days before the day or three after it, is
    the planned one; for a rehearsal, a rehearsal whenever it was sat. Each was sat for one alone.
    """
    left = sorted(sat)
    to_sit = []
    for exam in planned:
        done = next((each for each in left if _is_for(each, exam)), None)
        if done is not None:
            left.remove(done)
        elif (today - exam.on).days <= _STILL_WORTH_IT_DAYS:
            to_sit.append(exam)
    return tuple(to_sit)


def _is_for(sat: ExamSat, exam: PlannedExam) -> bool:
    if exam.is_rehearsal or sat.is_rehearsal:
        return exam.is_rehearsal and sat.is_rehearsal
    days_late = (sat.on - exam.on).days
    is_in_time = -_LEAST_DAYS_APART <= days_late <= _STILL_WORTH_IT_DAYS
    return is_in_time and sat.questions >= exam.questions
