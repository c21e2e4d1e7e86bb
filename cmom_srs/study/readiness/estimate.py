"""What the exams of the last three weeks say of the next one: a share, its interval, a chance."""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from fractions import Fraction
from math import exp
from math import fsum
from math import lgamma
from math import log

from cmom_srs.study.blueprint import Profile
from cmom_srs.study.readiness.record import SatExam
from cmom_srs.study.tally import Tally

POOL_DAYS = 21
FEWEST_ITEMS = 50
FEWEST_FOR_INTERVAL = 10
LEAST_FRESH = Fraction(80, 100)
PRIOR = 0.5  # of right and of wrong answers: Jeffreys' prior of a share


@dataclass(frozen=True, slots=True)
class Pool:
    """The exams that are counted, whole ones, and the domains' tallies, the weakest first.

    `exams` asked all domains in the exam's proportions; an exam of some domains alone says
    nothing of the whole, and counts for its domains only.
    """

    exams: tuple[SatExam, ...]
    by_domain: Mapping[str, Tally]

    @property
    def tally(self) -> Tally:
        """All items of these exams."""
        return _sum(each.result.tally for each in self.exams)

    @property
    def fresh(self) -> int:
        """How many of them the learner had not met before."""
        return sum(each.result.fresh.total for each in self.exams)

    @property
    def missing(self) -> int:
        """How many items more an estimate takes."""
        return max(0, FEWEST_ITEMS - self.tally.total)


def pool(exams: Iterable[SatExam], today: date) -> Pool:
    """The exams of the 21 study days that end today, of whose items 80 % or more were fresh."""
    first_on = today - timedelta(days=POOL_DAYS - 1)
    counted = [each for each in exams if each.exam.study_day >= first_on and is_fresh(each)]
    return Pool(
        exams=tuple(each for each in counted if not each.exam.asked.domains),
        by_domain=_by_domain(counted),
    )


def is_fresh(each: SatExam) -> bool:
    """Whether so many of an exam's items were new to the learner that it is counted."""
    return each.result.fresh.total >= LEAST_FRESH * each.result.tally.total


def _by_domain(exams: Iterable[SatExam]) -> dict[str, Tally]:
    tallies: dict[str, list[Tally]] = {}
    for each in exams:
        for domain, tally in each.result.by_domain.items():
            tallies.setdefault(domain, []).append(tally)
    summed = {domain: _sum(of_domain) for domain, of_domain in tallies.items()}
    return dict(
        sorted(
            summed.items(),
            key=lambda item: (Fraction(item[1].right, item[1].total), item[0]),
        )
    )


def _sum(tallies: Iterable[Tally]) -> Tally:
    found = list(tallies)
    return Tally(sum(each.right for each in found), sum(each.total for each in found))


@dataclass(frozen=True, slots=True)
class Estimate:
    """The share of right answers, and Wilson's 90 % interval in percent.

    `pass_chance` is that of a new exam of `profile`, if its questions are as hard as these; None
    without a profile.
    """

    tally: Tally
    interval: tuple[float, float]
    profile: Profile | None
    pass_chance: float | None


def estimate(pooled: Pool, profile: Profile | None) -> Estimate | None:
    """What the pool says of an exam of this profile; None while it has too few items."""
    tally, interval = pooled.tally, pooled.tally.interval
    if pooled.missing or interval is None:
        return None
    if profile is None:
        return Estimate(tally, interval, None, None)
    chance = pass_chance(tally, profile.questions, profile.pass_percent)
    return Estimate(tally, interval, profile, chance)


def right_to_pass(questions: int, pass_percent: int) -> int:
    """The fewest right answers that reach the pass mark."""
    return -(-questions * pass_percent // 100)


def pass_chance(tally: Tally, questions: int, pass_percent: int) -> float:
    """The chance, from 0 to 1, that a new exam of so many questions reaches the pass mark.

    The number of right answers is beta-binomial: the share of right ones is uncertain, with the
    density Beta(right + 1/2, wrong + 1/2), and each question is answered by it.
    """
    right, wrong = tally.right + PRIOR, tally.total - tally.right + PRIOR
    passing = range(right_to_pass(questions, pass_percent), questions + 1)
    terms = (
        exp(
            _log_choose(questions, count)
            + _log_beta(count + right, questions - count + wrong)
            - _log_beta(right, wrong)
        )
        for count in passing
    )
    return min(1.0, fsum(terms))


def _log_choose(of: int, count: int) -> float:
    return -log(of + 1) - _log_beta(of - count + 1, count + 1)


def _log_beta(first: float, second: float) -> float:
    return lgamma(first) + lgamma(second) - lgamma(first + second)
