"""All that readiness comes to as one value, and its estimate in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass

from cmom_srs.study.readiness.estimate import FEWEST_FOR_INTERVAL
from cmom_srs.study.readiness.estimate import FEWEST_ITEMS
from cmom_srs.study.readiness.estimate import POOL_DAYS
from cmom_srs.study.readiness.estimate import Estimate
from cmom_srs.study.readiness.estimate import Pool
from cmom_srs.study.readiness.judge import State
from cmom_srs.study.readiness.judge import Verdict
from cmom_srs.study.readiness.next_step import Step
from cmom_srs.study.tally import Tally

STATE_WORDS = {State.MET: "met", State.NOT_YET: "not yet", State.NO_DATA: "no data"}


@dataclass(frozen=True, slots=True)
class Readiness:
    """What `cmom ready` says; `to_estimate` is the command that yields the items it lacks."""

    verdicts: tuple[Verdict, ...]
    pool: Pool
    estimate: Estimate | None
    to_estimate: str | None
    step: Step


def estimate_sentences(readiness: Readiness) -> Iterator[str]:
    """The estimate, or what is missing for one."""
    estimate = readiness.estimate
    if estimate is None:
        yield from _too_little(readiness)
        return
    tally, (low, high) = estimate.tally, estimate.interval
    yield (
        f"{tally} questions right, 90% interval {low:.0f}% to "
        f"{high:.0f}%, {readiness.pool.fresh} of them fresh, in exams of the last {POOL_DAYS} days."
    )
    if estimate.profile is None or estimate.pass_chance is None:
        yield "The blueprint has errors, so the pass mark is not known: cmom check"
        return
    yield (
        f"A new exam of {estimate.profile.questions} questions reaches the pass mark of "
        f"{estimate.profile.pass_percent}% with a chance of {chance_words(estimate.pass_chance)}, "
        "if the exam's questions are as hard as these."
    )


def _too_little(readiness: Readiness) -> Iterator[str]:
    there = readiness.pool.tally.total
    yield (
        f"Not enough data: {there} of the {FEWEST_ITEMS} questions that an estimate takes, from "
        f"exams of the last {POOL_DAYS} days with mostly fresh questions."
    )
    if readiness.to_estimate:
        yield f"For more: {readiness.to_estimate}"
    else:
        yield "The decks have too few fresh questions left for more."


def chance_words(chance: float) -> str:
    """A chance in percent; never 0% or 100%, which no estimate can say."""
    if chance < 0.01:
        return "under 1%"
    return "over 99%" if chance > 0.99 else f"{100 * chance:.0f}%"


def interval_words(tally: Tally) -> str:
    """The interval of a domain's share, "61-83%"; nothing where so few questions say nothing."""
    if tally.interval is None or tally.total < FEWEST_FOR_INTERVAL:
        return ""
    low, high = tally.interval
    return f"{low:.0f}-{high:.0f}%"
