"""`cmom ready`: the benchmarks, an estimate of the exam, and what to do next."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from cmom_srs.cli.exam import ready_explained
from cmom_srs.cli.exam.drawing import supply_of
from cmom_srs.cli.learner import Learner
from cmom_srs.cli.learner import learning
from cmom_srs.cli.output import labelled
from cmom_srs.cli.output import show
from cmom_srs.cli.output import text_width
from cmom_srs.cli.record import record_of
from cmom_srs.study.readiness import estimate as estimates
from cmom_srs.study.readiness import next_step as steps
from cmom_srs.study.readiness.benchmarks import STUDY_GUIDE
from cmom_srs.study.readiness.estimate import FEWEST_FOR_INTERVAL
from cmom_srs.study.readiness.estimate import FEWEST_ITEMS
from cmom_srs.study.readiness.estimate import POOL_DAYS
from cmom_srs.study.readiness.estimate import Estimate
from cmom_srs.study.readiness.estimate import Pool
from cmom_srs.study.readiness.judge import State
from cmom_srs.study.readiness.judge import Verdict
from cmom_srs.study.readiness.judge import judge
from cmom_srs.study.readiness.next_step import Step
from cmom_srs.study.tally import Tally

_STATES = {State.MET: "met", State.NOT_YET: "not yet", State.NO_DATA: "no data"}
_STATE_WIDTH = 9
_MARGIN = 2
_TITLE_WIDTH = 36


@dataclass(frozen=True, slots=True)
class Readiness:
    """What `cmom ready` says; `to_estimate` is the command that yields the items it lacks."""

    verdicts: tuple[Verdict, ...]
    pool: Pool
    estimate: Estimate | None
    to_estimate: str | None
    step: Step


def show_readiness(is_explaining: bool) -> None:
    """The benchmarks, the estimate, what to do next; with the sums if that is asked for."""
    with learning() as learner:
        readiness = _readiness(learner)
        show(readiness, _shape, partial(_lines, learner, is_explaining))


def _readiness(learner: Learner) -> Readiness:
    blueprint = learner.blueprint
    profile = blueprint.profile() if blueprint else None
    benchmarks = blueprint.benchmarks if blueprint else STUDY_GUIDE
    record = record_of(learner)
    verdicts = tuple(judge(benchmark, record) for benchmark in benchmarks)
    pool = estimates.pool(record.exams, learner.today)
    to_estimate = steps.exam_to_estimate(pool, profile, supply_of(learner))
    return Readiness(
        verdicts=verdicts,
        pool=pool,
        estimate=estimates.estimate(pool, profile),
        to_estimate=to_estimate,
        step=steps.next_step(verdicts, pool, blueprint, to_estimate),
    )


def _shape(readiness: Readiness) -> dict[str, Any]:
    return {
        "benchmarks": [
            {
                "title": verdict.benchmark.title,
                "kind": verdict.benchmark.kind,
                "state": verdict.state.value,
                "detail": verdict.detail,
            }
            for verdict in readiness.verdicts
        ],
        "estimate": _estimate_shape(readiness.estimate),
        "next": {"command": readiness.step.command, "why": readiness.step.why},
    }


def _estimate_shape(estimate: Estimate | None) -> dict[str, Any] | None:
    if estimate is None:
        return None
    chance = estimate.pass_chance
    return {
        "right": estimate.tally.right,
        "items": estimate.tally.total,
        "interval": [round(end, 1) for end in estimate.interval],
        "pass_chance": None if chance is None else round(chance, 3),
    }


def _lines(learner: Learner, is_explaining: bool, readiness: Readiness) -> Iterator[str]:
    yield "Benchmarks"
    for verdict in readiness.verdicts:
        yield _labelled(_STATES[verdict.state], verdict.benchmark.title)
        yield _labelled("", verdict.detail)
    yield ""
    yield "Estimate, from practice questions; no promise"
    yield from _estimate_lines(readiness)
    if readiness.pool.by_domain:
        yield ""
        yield from _domain_lines(learner, readiness.pool)
    yield ""
    yield _labelled("Next", readiness.step.command)
    yield _labelled("", readiness.step.why)
    if is_explaining:
        yield ""
        for label, words in ready_explained.explained(readiness.pool, readiness.estimate):
            yield _labelled(label, words) if words else label


def _estimate_lines(readiness: Readiness) -> Iterator[str]:
    estimate = readiness.estimate
    if estimate is None:
        yield from _too_little(readiness)
        return
    tally, (low, high) = estimate.tally, estimate.interval
    yield _indented(
        f"{tally} questions right, 90% interval {low:.0f}% to "
        f"{high:.0f}%, {readiness.pool.fresh} of them fresh, in exams of the last {POOL_DAYS} days."
    )
    if estimate.profile is None or estimate.pass_chance is None:
        yield _indented("The blueprint has errors, so the pass mark is not known: cmom check")
        return
    yield _indented(
        f"A new exam of {estimate.profile.questions} questions reaches the pass mark of "
        f"{estimate.profile.pass_percent}% with a chance of {chance_words(estimate.pass_chance)}, "
        "if the exam's questions are as hard as these."
    )


def chance_words(chance: float) -> str:
    """A chance in percent; never 0% or 100%, which no estimate can say."""
    if chance < 0.01:
        return "under 1%"
    return "over 99%" if chance > 0.99 else f"{100 * chance:.0f}%"


def _too_little(readiness: Readiness) -> Iterator[str]:
    there = readiness.pool.tally.total
    yield _indented(
        f"Not enough data: {there} of the {FEWEST_ITEMS} questions that an estimate takes, from "
        f"exams of the last {POOL_DAYS} days with mostly fresh questions."
    )
    if readiness.to_estimate:
        yield _indented(f"For more: {readiness.to_estimate}")
    else:
        yield _indented("The decks have too few fresh questions left for more.")


def _domain_lines(learner: Learner, pool: Pool) -> Iterator[str]:
    yield "By domain, the weakest first"
    for domain, tally in pool.by_domain.items():
        title = learner.domain_title(domain)
        yield f"  {title:<{_TITLE_WIDTH}.{_TITLE_WIDTH}}  {tally!s:>9}{_interval(tally)}"


def _interval(tally: Tally) -> str:
    if tally.interval is None or tally.total < FEWEST_FOR_INTERVAL:
        return ""
    low, high = tally.interval
    return f"  {low:.0f}-{high:.0f}%"


def _indented(words: str) -> str:
    return labelled("", words, 0, text_width(), _MARGIN)


def _labelled(label: str, words: str) -> str:
    return labelled(label, words, _STATE_WIDTH, text_width(), _MARGIN)
