"""How often cards fail, by how well they are known: what a forecast reckons with."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field
from enum import Enum

_UNTIL_KNOWN = 0.1
_ANSWERS_TO_KNOW = 200
_ANSWERS_OF_A_STAGE = 30
_MATURE_DAYS = 21


class Stage(Enum):
    """A card that was never seen, one last asked under three weeks ago, one asked before."""

    NEW = "new"
    YOUNG = "young"
    MATURE = "mature"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One counted answer: the days since the card's answer before it (None: a first sight)."""

    elapsed_days: int | None
    is_pass: bool


@dataclass(frozen=True, slots=True)
class FailureShares:
    """The share of answers that fail, 0 to 1, at each stage."""

    new: float = 0.0
    young: float = 0.0
    mature: float = 0.0

    def at(self, stage: Stage) -> float:
        """The share at a stage."""
        return {Stage.NEW: self.new, Stage.YOUNG: self.young, Stage.MATURE: self.mature}[stage]


NEVER = FailureShares()
UNTIL_KNOWN = FailureShares(_UNTIL_KNOWN, _UNTIL_KNOWN, _UNTIL_KNOWN)


def stage_of(elapsed_days: int | None) -> Stage:
    """The stage of a card that was last asked so many days ago; None: never."""
    if elapsed_days is None:
        return Stage.NEW
    return Stage.YOUNG if elapsed_days < _MATURE_DAYS else Stage.MATURE


def shares_of(outcomes: Iterable[Outcome]) -> FailureShares:
    """The learner's own shares once 200 answers are known, 10 % before.

    A stage with fewer than 30 answers takes the share of all.
    """
    totals: Counter[Stage] = Counter()
    failed: Counter[Stage] = Counter()
    for outcome in outcomes:
        stage = stage_of(outcome.elapsed_days)
        totals[stage] += 1
        failed[stage] += not outcome.is_pass
    if totals.total() < _ANSWERS_TO_KNOW:
        return UNTIL_KNOWN
    of_all = failed.total() / totals.total()

    def share(stage: Stage) -> float:
        is_known = totals[stage] >= _ANSWERS_OF_A_STAGE
        return failed[stage] / totals[stage] if is_known else of_all

    return FailureShares(share(Stage.NEW), share(Stage.YOUNG), share(Stage.MATURE))


@dataclass(slots=True)
class Failing:
    """Says of one answer after the other whether it fails, so that the shares come true.

    Without chance: what a share leaves over is carried to the next answer of the stage.
    """

    shares: FailureShares
    _carried: dict[Stage, float] = field(default_factory=lambda: dict.fromkeys(Stage, 0.5))

    def fails(self, elapsed_days: int | None) -> bool:
        """Whether the next answer, to a card last asked so many days ago, is a failure."""
        stage = stage_of(elapsed_days)
        self._carried[stage] += self.shares.at(stage)
        is_failure = self._carried[stage] >= 1
        self._carried[stage] -= is_failure
        return is_failure
