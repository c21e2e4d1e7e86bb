"""`cmom plan`: what the learner sets is stored, and the plan that comes of it shown."""

from functools import partial
from typing import Any

from cmom_srs.cli import json_shapes
from cmom_srs.cli.exam.drawing import NoBlueprintError
from cmom_srs.cli.learner import Learner
from cmom_srs.cli.learner import learning
from cmom_srs.cli.output import show
from cmom_srs.cli.plan import goal as goals
from cmom_srs.cli.plan import page
from cmom_srs.cli.plan.changes import PlanOptions
from cmom_srs.cli.plan.changes import to_settings
from cmom_srs.errors import CmomError
from cmom_srs.study.plan import plan as plans
from cmom_srs.study.plan.goal import Goal
from cmom_srs.study.plan.plan import Plan
from cmom_srs.study.plan.plan import Week


class NothingToPlanError(CmomError):
    """Decks without a card."""

    def __init__(self) -> None:
        super().__init__("There are no cards to plan.", "Where the decks are: cmom path")


def run(options: PlanOptions) -> None:
    """Stores what was asked for, all or nothing, then shows the plan."""
    with learning() as learner:
        if options.are_given:
            changes = to_settings(options, learner.settings, learner.today)
            if options.exam is not None:
                _require_cards(learner)
            learner.store.require_writable()
            learner.store.change_plan(changes)
            learner.settings = learner.store.settings()
        show(plan_of(learner), _shape, partial(page.lines, learner))


def plan_of(learner: Learner) -> Plan | None:
    """The plan as it looks today; None without an exam ahead.

    Raises NothingToPlanError, and NoBlueprintError where the blueprint has errors.
    """
    goal = learner.goal()
    if goal is None:
        return None
    _require_cards(learner)
    return _made(goal, learner)


def _require_cards(learner: Learner) -> None:
    if learner.blueprint is None:
        raise NoBlueprintError
    if not learner.cards:
        raise NothingToPlanError


def _made(goal: Goal, learner: Learner) -> Plan:
    assert learner.blueprint is not None  # noqa: S101 - it was required
    return plans.make(
        goals.standing(goal, learner),
        goal,
        learner.today,
        learner.limits(),
        learner.failure_shares(),
        learner.blueprint.profile(),
    )


def _shape(plan: Plan | None) -> dict[str, Any]:
    if plan is None:
        return {"plan": None}
    fit = plan.fit
    return {
        "plan": {
            "exam_on": json_shapes.day(plan.goal.exam_on),
            "days_left": plan.days_left,
            "minutes": plan.goal.minutes,
            "study_days": list(plan.goal.study_days),
            "verdict": fit and str(fit.verdict),
            "seconds_per_card": fit and round(fit.seconds_per_card, 1),
            "enough_minutes": fit and fit.enough_minutes,
            "fits_from": json_shapes.day(fit.fits_from if fit else None),
            "unseen": plan.unseen,
            "new_today": plan.new_today,
            "all_seen_on": json_shapes.day(plan.all_seen_on),
            "left_out": dict(plan.left_out),
            "days_behind": plan.days_behind,
            "rehearsal_on": json_shapes.day(plan.rehearsal_on),
            "kept_back": plan.kept_back,
            "weeks": [_week_shape(week) for week in plan.weeks],
        }
    }


def _week_shape(week: Week) -> dict[str, Any]:
    return {
        "from": json_shapes.day(week.first_on),
        "new": dict(week.new),
        "reviews": week.reviews,
        "minutes": round(week.seconds / 60),
        "exams": [
            {
                "on": json_shapes.day(exam.on),
                "questions": exam.questions,
                "is_rehearsal": exam.is_rehearsal,
            }
            for exam in week.exams
        ],
    }
