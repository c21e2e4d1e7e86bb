"""What the forecast says of the days ahead, against the minutes that were then used.

A learner studies for eight weeks with cmom-srs and an exam date, with no notes kept back and no
exams in between. In the morning of the first day, and of every seventh after it, the forecast of
the days ahead is written down (`forecast.run`, with the learner's paces and failure shares of that
morning); in the end it is held against what each day took.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from statistics import fmean

from cmom_srs.study.day import forecast
from cmom_srs.study.day.queue import DayLog
from tests.bench.learning import product
from tests.bench.learning.arms import Run
from tests.bench.learning.mind import Mind
from tests.bench.learning.product import CmomSrs
from tests.bench.learning.product import date_of
from tests.bench.learning.traits import draw_traits
from tests.bench.learning.world import MODELS

WEEK = 7


@dataclass(frozen=True, slots=True)
class Foretold:
    """The minutes of each day of a week: used, and said at the start and when the week began."""

    used: tuple[float, ...]
    at_start: tuple[float, ...]
    that_morning: tuple[float, ...]

    @property
    def error_at_start(self) -> float:
        """Mean absolute error of the forecast of the first day, in minutes a day."""
        return _error(self.at_start, self.used)

    @property
    def error_that_morning(self) -> float:
        """Mean absolute error of the forecast of the week's first day, in minutes a day."""
        return _error(self.that_morning, self.used)


def foretell(run: Run) -> tuple[Foretold, ...]:
    """One learner, week by week."""
    traits = draw_traits(run.seed, run.world.cards)
    mind = Mind(MODELS[run.model], traits, run.world.cards)
    study = CmomSrs(run.world.cards, run.limits, product.until_exam(run.exam_on))
    said: dict[int, tuple[float, ...]] = {}
    used: list[float] = []
    for day in range(run.situation.days):
        if day % WEEK == 0:
            said[day] = _minutes_ahead(study, day, run.situation.days - day)
        study.study(mind)
        used.append(mind.used_ms / 60_000)
        mind.sleep()
    return tuple(_week(said, used, day) for day in said)


def _minutes_ahead(study: CmomSrs, day: int, days: int) -> tuple[float, ...]:
    today = date_of(day)
    limits, shares = study.limits(today), study.failure_shares()
    ahead = forecast.run(study.states, study.cards, DayLog(), today, limits, shares)
    return tuple(each.seconds / 60 for each in islice(ahead, days))


def _week(said: Mapping[int, tuple[float, ...]], used: list[float], day: int) -> Foretold:
    return Foretold(
        used=tuple(used[day : day + WEEK]),
        at_start=said[0][day : day + WEEK],
        that_morning=said[day][:WEEK],
    )


def _error(said: tuple[float, ...], used: tuple[float, ...]) -> float:
    return fmean(abs(one - other) for one, other in zip(said, used, strict=True))
