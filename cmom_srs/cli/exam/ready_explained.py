"""How the estimate of `cmom ready` is made: the exams counted, the formulas with their numbers."""

from collections.abc import Iterator

from cmom_srs.study.readiness.estimate import FEWEST_ITEMS
from cmom_srs.study.readiness.estimate import LEAST_FRESH
from cmom_srs.study.readiness.estimate import POOL_DAYS
from cmom_srs.study.readiness.estimate import PRIOR
from cmom_srs.study.readiness.estimate import Estimate
from cmom_srs.study.readiness.estimate import Pool
from cmom_srs.study.readiness.estimate import right_to_pass
from cmom_srs.study.tally import Z_90


def explained(pool: Pool, estimate: Estimate | None) -> Iterator[tuple[str, str]]:
    """Labels with their words; a label alone is a heading."""
    yield "How the estimate is made", ""
    yield (
        "counted",
        f"exams of the last {POOL_DAYS} days over all domains that were ended, not dropped and not "
        f"left all blank, and of whose questions {float(LEAST_FRESH):.0%} or more were fresh. A "
        "question is fresh if you had never met its note before the exam. Blanks are wrong.",
    )
    for each in pool.exams:
        tally, fresh = each.result.tally, each.result.fresh
        yield (
            f"exam {each.exam.number}",
            f"{each.exam.study_day}: {tally} right, {fresh.total} of {tally.total} fresh",
        )
    tally = pool.tally
    yield "pool", f"right r = {tally.right}, questions n = {tally.total}"
    if estimate is None:
        yield "estimate", f"none: n is {tally.total}, and at least {FEWEST_ITEMS} are needed"
        return
    yield from _interval(estimate)
    yield from _chance(estimate)


def _interval(estimate: Estimate) -> Iterator[tuple[str, str]]:
    right, questions = estimate.tally.right, estimate.tally.total
    low, high = estimate.interval
    yield "interval", "Wilson's, 90%: (p + z²/2n ± z √(p(1 - p)/n + z²/4n²)) / (1 + z²/n)"
    yield (
        "",
        f"p = {right}/{questions} = {right / questions:.4f}, z = {Z_90:.4f}: "
        f"{low:.1f}% to {high:.1f}%",
    )


def _chance(estimate: Estimate) -> Iterator[tuple[str, str]]:
    profile, chance = estimate.profile, estimate.pass_chance
    if profile is None or chance is None:
        return
    questions, fewest = profile.questions, right_to_pass(profile.questions, profile.pass_percent)
    right = estimate.tally.right + PRIOR
    wrong = estimate.tally.total - estimate.tally.right + PRIOR
    yield (
        "chance",
        f"beta-binomial: a new exam of N = {questions} questions ({profile.title}) is passed with "
        f"{fewest} right or more ({profile.pass_percent}%)",
    )
    yield "", f"a = r + 1/2 = {right:g}, b = n - r + 1/2 = {wrong:g}"
    yield (
        "",
        f"sum for k = {fewest} to {questions} of C(N, k) B(k + a, N - k + b) / B(a, b) = "
        f"{chance:.4f}",
    )
    yield "", "if the exam's questions are as hard as these"
