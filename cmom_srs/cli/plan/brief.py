"""What today's screen says of the plan: the countdown, the standing, the next practice exam."""

from datetime import timedelta
from typing import NamedTuple

from cmom_srs.cli.learner import Learner
from cmom_srs.cli.plan import goal as goals
from cmom_srs.cli.plan import page
from cmom_srs.study import wording
from cmom_srs.study.plan import exams
from cmom_srs.study.plan import plan as plans
from cmom_srs.study.plan.exams import PlannedExam
from cmom_srs.study.plan.goal import Goal
from cmom_srs.study.plan.words import exam_line
from cmom_srs.study.plan.words import exam_words
from cmom_srs.study.wording import count_of

_ASKED = "asked"


class Way(NamedTuple):
    """The exam in words, the practice exam that comes up, the command that comes next; or None."""

    exam: str | None = None
    practice: str | None = None
    command: str | None = None


def of(learner: Learner) -> Way:
    """What is to be said today; nothing without an exam date."""
    if learner.settings.exam_date is None:
        return Way()
    goal = learner.goal()
    return _over(learner) if goal is None else _ahead(goal, learner)


def note_asked(learner: Learner) -> None:
    """Remembers that the learner was asked how the exam went: the screen asks it once."""
    if _is_to_ask(learner) and not learner.store.is_read_only:
        learner.store.change_plan({"exam-result": _ASKED})


def _is_to_ask(learner: Learner) -> bool:
    settings = learner.settings
    is_over = settings.exam_date is not None and settings.exam_date < learner.today
    return is_over and settings.exam_result is None


def _over(learner: Learner) -> Way:
    """From exam day on: the day itself, the question once, what follows from the result."""
    settings = learner.settings
    if settings.exam_date is None or settings.exam_result == _ASKED:
        return Way()
    words = page.result_words(settings, learner.today)
    if settings.exam_date == learner.today:
        return Way(words)
    return Way(f"{learner.date_words(settings.exam_date)}. {words}")


def _ahead(goal: Goal, learner: Learner) -> Way:
    exam = exam_words(goal.exam_on, learner.today)
    if learner.blueprint is None:
        return Way(exam)
    profile = learner.blueprint.profile()
    standing = goals.standing(goal, learner)
    behind = plans.days_behind(
        standing, goal, learner.today, learner.limits(), learner.failure_shares()
    )
    planned = exams.planned_exams(goal, profile)
    to_sit = exams.still_to_sit(planned, standing.sat, learner.today)
    due = next((each for each in to_sit if each.on <= learner.today), None)
    words = f"{count_of(behind, 'study day')} behind (cmom plan)" if behind else "on plan"
    return Way(f"{exam}: {words}", _practice(due, to_sit, learner), due.command if due else None)


def _practice(
    due: PlannedExam | None, to_sit: tuple[PlannedExam, ...], learner: Learner
) -> str | None:
    """The practice exam of today or of the days before; on the day before it, that it comes."""
    if due is not None:
        when = "today" if due.on == learner.today else f"since {wording.short_day(due.on)}"
        return f"{when}: {exam_line(due)}"
    tomorrow = learner.today + timedelta(days=1)
    coming = next((each for each in to_sit if each.on == tomorrow), None)
    return f"tomorrow: {exam_line(coming)}" if coming else None
