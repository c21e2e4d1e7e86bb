"""The chance to pass in whole fractions: a second way to the sum that readiness makes of logs."""

from fractions import Fraction
from math import comb
from math import prod


def exact_chance(right: int, wrong: int, questions: int, fewest: int) -> Fraction:
    """The tail of the beta-binomial: rising products in place of the gamma function."""
    first, second = right + Fraction(1, 2), wrong + Fraction(1, 2)
    ways = (
        comb(questions, count) * _rising(first, count) * _rising(second, questions - count)
        for count in range(fewest, questions + 1)
    )
    return sum(ways, start=Fraction(0)) / _rising(first + second, questions)


def _rising(base: Fraction, steps: int) -> Fraction:
    return prod((base + step for step in range(steps)), start=Fraction(1))
