"""One learner lives through one situation with every arm; what came of it, in numbers."""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from cmom_srs.study.plan import kept_back as kept_back_notes
from tests.bench.learning.arms import ARMS
from tests.bench.learning.arms import OURS_REHEARSED
from tests.bench.learning.arms import Rehearsed
from tests.bench.learning.arms import Run
from tests.bench.learning.arms import Study
from tests.bench.learning.mind import Mind
from tests.bench.learning.product import START_ON
from tests.bench.learning.rehearsal import true_percent_of_unseen
from tests.bench.learning.traits import draw_traits
from tests.bench.learning.world import MODELS
from tests.bench.learning.world import Situation
from tests.bench.learning.world import World

LATER_DAYS = 60


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What a rehearsal said, in percent, and what was so: at the rehearsal and on exam day.

    `estimated` is the share of right answers, `low` and `high` its 90 % interval; `fresh_percent`
    of the questions were never seen.
    """

    estimated: float
    low: float
    high: float
    true_then: float
    true_on_exam_day: float
    fresh_percent: float


@dataclass(frozen=True, slots=True)
class Fate:
    """How a learner stood on exam day with one arm, in percent, and what it took, in minutes.

    `worst` is the domain of the least recall, `kept_back` the notes that a plan keeps back,
    `later` 60 days after the exam without study. `busiest` is the busiest day over the median one,
    `verdict` what a plan said on its first day.
    """

    situation: Situation
    model: str
    seed: int
    arm: str
    all: float
    worst: float
    kept_back: float
    later: float
    seen: int
    minutes: float
    busiest: float
    verdict: str = ""
    reckoning: Reckoning | None = None


def run_of(world: World, situation: Situation, model: str, seed: int) -> Run:
    """A learner's run. Which notes a plan keeps back depends on the day it begins: one a seed."""
    day = START_ON + timedelta(days=seed)
    kept_back = kept_back_notes.choose(world.notes, world.profile, day, ())
    return Run(world, situation, model, seed, kept_back)


def live_all(run: Run) -> list[Fate]:
    """The same learner with every arm; no rehearsal where a plan has none."""
    arms = {
        arm: makes
        for arm, makes in ARMS.items()
        if arm != OURS_REHEARSED or run.rehearsal_on is not None
    }
    return [live(run, arm, makes(run)) for arm, makes in arms.items()]


def live(run: Run, arm: str, study: Study) -> Fate:
    """Every day until the exam, and its morning."""
    traits = draw_traits(run.seed, run.world.cards)
    mind = Mind(MODELS[run.model], traits, run.world.cards)
    minutes = []
    for _ in range(run.situation.days):
        study.study(mind)
        minutes.append(mind.used_ms / 60_000)
        mind.sleep()
    by_domain = {domain: mind.mean_recall(cards) for domain, cards in run.world.domains.items()}
    kept_back = [card for card in mind.cards if card.note_id in run.kept_back]
    return Fate(
        run.situation,
        run.model,
        run.seed,
        arm,
        all=100 * mind.mean_recall(mind.cards),
        worst=100 * min(by_domain.values()),
        kept_back=100 * mind.mean_recall(kept_back),
        later=100 * mind.mean_recall(mind.cards, LATER_DAYS),
        seen=sum(map(mind.has_seen, mind.cards)),
        minutes=sum(minutes),
        busiest=max(minutes) / median(minutes),
        verdict=run.verdict,
        reckoning=_reckoning(run.world, mind, study),
    )


def _reckoning(world: World, mind: Mind, study: Study) -> Reckoning | None:
    if not isinstance(study, Rehearsed) or study.sat is None or study.sat.estimate is None:
        return None
    found = study.sat.estimate
    return Reckoning(
        estimated=found.tally.percent or 0.0,
        low=found.interval[0],
        high=found.interval[1],
        true_then=study.sat.true_percent,
        true_on_exam_day=true_percent_of_unseen(world, mind),
        fresh_percent=study.sat.fresh_percent,
    )
