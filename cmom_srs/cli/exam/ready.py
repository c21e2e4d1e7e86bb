"""`cmom ready`: the benchmarks, an estimate of the exam, and what to do next."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from cmom_srs.cli.exam import ready_explained
from cmom_srs.cli.exam.drawing import supply_of
from cmom_srs.cli.learner import Learner
from cmom_srs.cli.learner import learning
from cmom_srs.cli.output import labeled
from cmom_srs.cli.output import show
from cmom_srs.cli.output import text_width
from cmom_srs.cli.record import record_of
from cmom_srs.study.readiness import estimate as estimates
from cmom_srs.study.readiness import next_step as steps
from cmom_srs.study.readiness.benchmarks import STUDY_GUIDE
from cmom_srs.study.readiness.estimate import Estimate
from cmom_srs.study.readiness.estimate import Pool
from cmom_srs.study.readiness.judge import judge
from cmom_srs.study.readiness.record import Record
from cmom_srs.study.readiness.summary import STATE_WORDS
from cmom_srs.study.readiness.summary import Readiness
from cmom_srs.study.readiness.summary import estimate_sentences
from cmom_srs.study.readiness.summary import interval_words

_STATE_WIDTH = 9
_MARGIN = 2
_TITLE_WIDTH = 36


def show_readiness(is_explaining: bool) -> None:
    """The benchmarks, the estimate, what to do next; with the sums if that is asked for."""
    with learning() as learner:
        readiness = readiness_of(learner, record_of(learner))
        show(readiness, _shape, partial(_lines, learner, is_explaining))


def readiness_of(learner: Learner, record: Record) -> Readiness:
    """What the record says of the next exam, by the learner's blueprint."""
    blueprint = learner.blueprint
    profile = blueprint.profile() if blueprint else None
    benchmarks = blueprint.benchmarks if blueprint else STUDY_GUIDE
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
        yield _labeled(STATE_WORDS[verdict.state], verdict.benchmark.title)
        yield _labeled("", verdict.detail)
    yield ""
    yield "Estimate, from practice questions; no promise"
    yield from map(_indented, estimate_sentences(readiness))
    if readiness.pool.by_domain:
        yield ""
        yield from _domain_lines(learner, readiness.pool)
    yield ""
    yield _labeled("Next", readiness.step.command)
    yield _labeled("", readiness.step.why)
    if is_explaining:
        yield ""
        for label, words in ready_explained.explained(readiness.pool, readiness.estimate):
            yield _labeled(label, words) if words else label


def _domain_lines(learner: Learner, pool: Pool) -> Iterator[str]:
    yield "By domain, the weakest first"
    for domain, tally in pool.by_domain.items():
        title = learner.domain_title(domain)
        line = f"  {title:<{_TITLE_WIDTH}.{_TITLE_WIDTH}}  {tally!s:>9}  {interval_words(tally)}"
        yield line.rstrip()


def _indented(words: str) -> str:
    return labeled("", words, 0, text_width(), _MARGIN)


def _labeled(label: str, words: str) -> str:
    return labeled(label, words, _STATE_WIDTH, text_width(), _MARGIN)
