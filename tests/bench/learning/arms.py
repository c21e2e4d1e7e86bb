"""The arms: cmom-srs with and without its rehearsal, and each rival as it is used well.

The same for all are the learner, the order in which new cards come, the minutes and the seconds.

"Plain SM-2" is the product without an exam date: 20 new cards a day, as its setting has it. "Anki's
defaults" and "FSRS 0.90" are Anki as it comes, with either of its schedulers: 20 new cards a day,
spread among the due ones, learning steps.

What a learner would set who has an exam in mind was tried with the rivals that leave it open, with
two learners of each memory model in each situation, and what was best for a rival is played. "Naive
cap", "Leitner" and "FSRS 0.90, set for the exam" have as many new cards a day as show all by
half-way (with 20 a day they recall up to 29 points less, with what Anki's FAQ advises up to 2).
Leitner and FSRS ask these before what is due (spread among it, up to 14 less), and nothing twice on
one day (with repeats or steps up to 18 less, and in no situation more than 0.2 more). So far that
is cmom-srs, too; they differ in when a card is asked again.
"""

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from math import ceil
from typing import Protocol

from cmom_srs.study.day.limits import KeptBack
from cmom_srs.study.day.limits import Limits
from cmom_srs.study.plan import fit
from cmom_srs.study.plan.exams import rehearsal_on
from cmom_srs.study.plan.fit import Work
from cmom_srs.study.plan.goal import Goal
from tests.bench.learning import product
from tests.bench.learning import rehearsal
from tests.bench.learning.mind import Mind
from tests.bench.learning.product import CmomSrs
from tests.bench.learning.product import LimitsOfDay
from tests.bench.learning.product import date_of
from tests.bench.learning.rehearsal import SatRehearsal
from tests.bench.learning.rivals.anki import NEW_A_DAY
from tests.bench.learning.rivals.anki import AnkiSm2
from tests.bench.learning.rivals.desk import Program
from tests.bench.learning.rivals.desk import StepwiseStudy
from tests.bench.learning.rivals.fsrs_090 import Fsrs090
from tests.bench.learning.rivals.leitner import Leitner
from tests.bench.learning.world import Situation
from tests.bench.learning.world import World


class Study(Protocol):
    """A way to study: one day after the other."""

    def study(self, mind: Mind) -> None:
        """One day."""
        ...


@dataclass(frozen=True, slots=True)
class Run:
    """A learner, by seed and memory model, in a situation; `kept_back` are a plan's notes."""

    world: World
    situation: Situation
    model: str
    seed: int
    kept_back: frozenset[str]

    @property
    def exam_on(self) -> date:
        """The day after the last study day."""
        return date_of(self.situation.days)

    @property
    def goal(self) -> Goal:
        """What a plan is told."""
        return Goal(self.exam_on, product.START_ON, self.situation.minutes)

    @property
    def rehearsal_on(self) -> date | None:
        """The day of the rehearsal, as the plan sets it: None for a plan under four weeks."""
        return rehearsal_on(self.goal)

    @property
    def verdict(self) -> str:
        """What a plan says on its first day: whether the cards fit."""
        work = Work(len(self.world.cards), answered_seconds=0)
        found = fit.judge(work, self.goal, product.START_ON, self.limits)
        return str(found.verdict) if found else ""

    @property
    def limits(self) -> Limits:
        """What bounds a day in every arm of the product."""
        return Limits(minutes=self.situation.minutes, weights=self.world.profile.weights)


class Rehearsed:
    """cmom-srs with notes kept back, and a rehearsal that asks them two weeks before the exam."""

    def __init__(self, run: Run) -> None:
        self.sat: SatRehearsal | None = None
        self._run = run
        self._on = run.rehearsal_on
        self._study = CmomSrs(run.world.cards, run.limits, self._keeping_back)

    def study(self, mind: Mind) -> None:
        """One day; on that of the rehearsal its questions first."""
        if date_of(mind.day) == self._on:
            run = self._run
            self.sat = rehearsal.sit(run.world, mind, run.kept_back, f"{run.model} {run.seed}")
            self._study.pull(self.sat.pulled, date_of(mind.day + 1))
        self._study.study(mind)

    def _keeping_back(self, limits: Limits, today: date) -> Limits:
        planned = product.until_exam(self._run.exam_on)(limits, today)
        if self.sat is not None:
            return planned
        kept_back = KeptBack(self._run.kept_back, until=self._on)
        return replace(planned, kept_back=kept_back)


def _of_product(makes: Callable[[Run], LimitsOfDay]) -> Callable[[Run], Study]:
    return lambda run: CmomSrs(run.world.cards, run.limits, makes(run))


def _by_half_way(run: Run) -> int:
    return ceil(len(run.world.cards) / (run.situation.days // 2))


def _anki(run: Run) -> Study:
    return _stepwise(run, AnkiSm2(run.seed))


def _fsrs(run: Run) -> Study:
    return _stepwise(run, Fsrs090(run.seed, NEW_A_DAY, has_steps=True))


def _fsrs_for_exam(run: Run) -> Study:
    return _stepwise(run, Fsrs090(run.seed, _by_half_way(run), has_steps=False), is_new_first=True)


def _leitner(run: Run) -> Study:
    return _stepwise(run, Leitner(_by_half_way(run)), is_new_first=True)


def _stepwise(run: Run, program: Program, *, is_new_first: bool = False) -> Study:
    new, minutes = run.world.introduced, run.situation.minutes
    return StepwiseStudy(program, new, minutes, is_new_first=is_new_first)


OURS = "cmom-srs"
OURS_REHEARSED = "cmom-srs, with rehearsal"

ARMS: Mapping[str, Callable[[Run], Study]] = {
    OURS_REHEARSED: Rehearsed,
    OURS: _of_product(lambda run: product.until_exam(run.exam_on)),
    "plain SM-2": _of_product(lambda run: product.without_date),
    "naive cap": _of_product(lambda run: product.capped(run.exam_on, _by_half_way(run))),
    "FSRS 0.90": _fsrs,
    "FSRS 0.90, set for the exam": _fsrs_for_exam,
    "Anki's defaults": _anki,
    "Leitner": _leitner,
}
RIVALS = tuple(name for name in ARMS if name not in {OURS, OURS_REHEARSED})
