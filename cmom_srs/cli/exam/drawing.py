"""What `cmom exam` was asked for, made an exam: profile, items, minutes."""

import secrets
from dataclasses import dataclass
from dataclasses import fields
from dataclasses import replace
from random import Random

import click

from cmom_srs.cli import clock
from cmom_srs.cli.learner import Learner
from cmom_srs.cli.options import refuse_unknown
from cmom_srs.errors import CmomError
from cmom_srs.history.exam import exams
from cmom_srs.study import schedule
from cmom_srs.study.blueprint import Blueprint
from cmom_srs.study.blueprint import Profile
from cmom_srs.study.exam import shares
from cmom_srs.study.exam.draw import Supply
from cmom_srs.study.exam.draw import Wishes
from cmom_srs.study.exam.draw import draw
from cmom_srs.study.exam.items import Asked
from cmom_srs.study.exam.items import Exam
from cmom_srs.study.exam.items import Item
from cmom_srs.study.plan.exams import rehearsal_on


class NoPlanError(CmomError):
    """A rehearsal without a plan, which would have kept questions back for it."""

    def __init__(self) -> None:
        super().__init__(
            "There is no plan that keeps questions back for a rehearsal.",
            "One of four weeks or more does: cmom plan    A full exam without it: cmom exam",
        )


class NoBlueprintError(CmomError):
    """A blueprint with errors, which says nothing of the exam."""

    def __init__(self) -> None:
        super().__init__("The blueprint has errors, so no exam can be drawn.", "cmom check")


@dataclass(frozen=True, slots=True)
class ExamOptions:
    """What `cmom exam` was asked for; all but `is_plain` say what is to be drawn."""

    questions: int | None = None
    domains: tuple[str, ...] = ()
    profile: str | None = None
    seed: str | None = None
    minutes: int | None = None
    has_no_clock: bool = False
    is_rehearsal: bool = False
    is_plain: bool = False

    @property
    def is_drawing(self) -> bool:
        """Whether any of them was given."""
        given = (getattr(self, field.name) for field in fields(self) if field.name != "is_plain")
        return any(given)


def drawn(learner: Learner, options: ExamOptions) -> Exam:
    """The exam that the options ask for, not begun; its minutes in proportion to its questions."""
    if options.is_rehearsal:
        _require_rehearsal(learner, options)
    if learner.blueprint is None:
        raise NoBlueprintError
    profile = _profile(learner.blueprint, options.profile)
    _require_domains(profile, options.domains)
    asked_of = None if options.questions == profile.questions else options.questions
    asked = Asked(tuple(sorted(set(options.domains))), asked_of, options.is_rehearsal)
    seed = options.seed or str(secrets.randbelow(10**9))
    items = _items(learner, profile, asked, seed)
    minutes = options.minutes or shares.minutes_for(profile, len(items))
    return Exam(
        uid="",
        number=0,
        profile=profile.id,
        title=profile.title,
        seed=seed,
        minutes=None if options.has_no_clock else minutes,
        pass_percent=profile.pass_percent,
        started_at=learner.now,
        study_day=learner.today,
        asked=asked,
        items=items,
    )


def _require_rehearsal(learner: Learner, options: ExamOptions) -> None:
    """A rehearsal is the whole exam, and there is one where a plan keeps questions back."""
    if options.questions or options.domains or options.profile:
        raise click.UsageError("--rehearsal is a whole exam: it takes no part of one")
    goal = learner.goal()
    if goal is None or rehearsal_on(goal) is None:
        raise NoPlanError


def _items(learner: Learner, profile: Profile, asked: Asked, seed: str) -> tuple[Item, ...]:
    supply = supply_of(learner)
    wishes = Wishes(
        asked.questions, asked.domains, asked.is_rehearsal, supply.kept_back, supply.suspended
    )
    rng = Random(seed)
    return draw(supply.notes, profile, rng, wishes, supply.seen, supply.used)


def supply_of(learner: Learner) -> Supply:
    """What an exam of the learner's can be drawn from now."""
    before = exams.asked_before(learner.store)
    suspended = {card.note_id for card, state in learner.states.items() if state.is_suspended}
    return Supply(
        notes=tuple(learner.notes.values()),
        suspended=frozenset(suspended),
        seen=before.seen,
        used=before.used,
        kept_back=learner.limits().kept_back.notes - before.seen,
    )


def _profile(blueprint: Blueprint, name: str | None) -> Profile:
    known = [profile.id for profile in blueprint.profiles]
    if name is not None and name not in known:
        refuse_unknown("--profile", f"The blueprint has no profile {name!r}.", name, known)
    return blueprint.profile(name)


def _require_domains(profile: Profile, domains: tuple[str, ...]) -> None:
    for name in domains:
        if name not in profile.weights:
            sentence = f"The exam has no domain {name!r}."
            refuse_unknown("--domain", sentence, name, profile.weights)


def starting_now(drawn: Exam, learner: Learner) -> Exam:
    """The exam as it begins at this instant."""
    now = clock.running()
    today = schedule.study_day(now, learner.settings.rollover_hour)
    return replace(drawn, started_at=now, study_day=today)
