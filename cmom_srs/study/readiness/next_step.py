"""The one thing to do next, as a command, and why."""

from collections.abc import Iterable
from random import Random
from typing import NamedTuple

from cmom_srs.study.blueprint import Blueprint
from cmom_srs.study.blueprint import Profile
from cmom_srs.study.exam.draw import ShortSupplyError
from cmom_srs.study.exam.draw import Supply
from cmom_srs.study.exam.draw import Wishes
from cmom_srs.study.exam.draw import draw
from cmom_srs.study.readiness.benchmarks import Benchmark
from cmom_srs.study.readiness.benchmarks import CalculationBenchmark
from cmom_srs.study.readiness.benchmarks import ExamBenchmark
from cmom_srs.study.readiness.benchmarks import LookupBenchmark
from cmom_srs.study.readiness.benchmarks import RecallBenchmark
from cmom_srs.study.readiness.benchmarks import StepsBenchmark
from cmom_srs.study.readiness.estimate import FEWEST_FOR_INTERVAL
from cmom_srs.study.readiness.estimate import LEAST_FRESH
from cmom_srs.study.readiness.estimate import Pool
from cmom_srs.study.readiness.judge import State
from cmom_srs.study.readiness.judge import Verdict

_SHORTEST_EXAM = 10


class Step(NamedTuple):
    """A command, and why it comes next."""

    command: str
    why: str


def exam_to_estimate(pooled: Pool, profile: Profile | None, supply: Supply) -> str | None:
    """The command that yields the items an estimate still takes.

    None when they are there, and when no such exam with enough fresh items can be drawn.
    """
    if profile is None or not pooled.missing:
        return None
    questions = min(max(_SHORTEST_EXAM, pooled.missing), profile.questions)
    wishes = Wishes(questions=questions, kept_back=supply.kept_back, suspended=supply.suspended)
    try:
        # Which notes it would be is left to chance; how many of them are fresh is not.
        drawn = draw(supply.notes, profile, Random(0), wishes, supply.seen, supply.used)
    except ShortSupplyError:
        return None
    fresh = sum(item.note_id not in supply.seen for item in drawn)
    if fresh < LEAST_FRESH * questions:
        return None
    is_full = questions == profile.questions
    return "cmom exam" if is_full else f"cmom exam --questions {questions}"


def next_step(
    verdicts: Iterable[Verdict],
    pooled: Pool,
    blueprint: Blueprint | None,
    to_estimate: str | None,
) -> Step:
    """What to do next.

    First the weakest domain that lies below the pass mark; then the first benchmark that cards and
    look-ups can meet; then the items that an estimate takes; then the exams of a benchmark.
    """
    verdicts = tuple(verdicts)
    if not pooled.by_domain and all(each.state is State.NO_DATA for each in verdicts):
        return Step("cmom review", "there is nothing to judge by yet")
    if weak := _weak_domain(pooled, blueprint):
        return weak
    left = [each for each in verdicts if each.state is not State.MET and each.is_possible]
    exams = [each for each in left if isinstance(each.benchmark, ExamBenchmark)]
    for verdict in left:
        if verdict not in exams:
            return _step(verdict)
    if to_estimate:
        return Step(to_estimate, f"{pooled.missing} more questions make an estimate")
    for verdict in exams:
        return _step(verdict)
    return Step("cmom review", "the benchmarks are met: reviews keep it so")


def _weak_domain(pooled: Pool, blueprint: Blueprint | None) -> Step | None:
    if blueprint is None:
        return None
    pass_percent = blueprint.profile().pass_percent
    for domain, tally in pooled.by_domain.items():
        is_weak = tally.right * 100 < pass_percent * tally.total
        if is_weak and tally.total >= FEWEST_FOR_INTERVAL:
            title = blueprint.title_of(domain)
            command = f"cmom review --domain {domain}"
            return Step(command, f"{title}: {tally}")
    return None


def _step(verdict: Verdict) -> Step:
    return Step(_command(verdict.benchmark), f"{verdict.benchmark.title}: {verdict.detail}")


def _command(benchmark: Benchmark) -> str:
    match benchmark:
        case RecallBenchmark(deck=deck) if deck:
            return f"cmom review --deck {deck}"
        case RecallBenchmark(tag=tag) | CalculationBenchmark(tag=tag) | StepsBenchmark(tag=tag):
            return f"cmom review --tag {tag}"
        case LookupBenchmark():
            return "cmom lookup"
        case ExamBenchmark():
            return "cmom exam"
