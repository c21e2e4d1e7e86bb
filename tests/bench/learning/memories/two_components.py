"""A memory of two components, stability and retrievability, after Wozniak.

Source: Wozniak, Gorzelanczyk and Murakowski, "Two components of long-term memory", Acta Neurobiol.
Exp. 55 (1995), 301-305; the numbers from "Building memory stability through rehearsal" (2005).
After t days R = e ** (-k t / S) with k = ln(10/9), so that it is 90 % after S days. A right answer
multiplies the stability by

    SInc = 76 * S ** -0.023 * e ** (-0.031 * R) - 2,   R in percent

and a wrong one sets it back to the first. The papers leave three things open, which are chosen
here: the first stability (a day, six for what was known before), what ease means (first stability
times e ** 0.4, gain times e ** 0.2 a standard deviation), and that a second answer on one day adds
nothing, since the formula was fitted to days.
"""

from math import exp
from math import log
from typing import NamedTuple

from tests.bench.learning.memories.trace import Now
from tests.bench.learning.memories.trace import Studied
from tests.bench.learning.traits import Traits

_K = log(10 / 9)
_FIRST_DAYS = 1.0
_KNOWN_BEFORE_DAYS = 6.0


class TwoParts(NamedTuple):
    """The stability in days, the first one, and the study day of the last answer."""

    stability: float
    first: float
    last_day: int


class TwoComponents:
    """Wozniak's memory of stability and retrievability."""

    def __init__(self, traits: Traits) -> None:
        self._first = exp(0.4 * traits.strength)
        self._gain = exp(-0.2 * traits.forgetting)

    def first(self, studied: Studied, now: Now) -> TwoParts:
        """The stability that a first sight leaves."""
        scale = self._first * exp(0.4 * studied.ease)
        days = _KNOWN_BEFORE_DAYS if studied.is_right else _FIRST_DAYS
        return TwoParts(days * scale, _FIRST_DAYS * scale, now.day)

    def again(self, trace: TwoParts, studied: Studied, now: Now) -> TwoParts:
        """A right answer on another day makes it more stable, a wrong one sets it back."""
        if not studied.is_right:
            return trace._replace(stability=trace.first, last_day=now.day)
        if now.day == trace.last_day:
            return trace
        gain = stability_increase(trace.stability, self.recall(trace, now)) - 1
        growth = 1 + gain * self._gain * exp(0.2 * studied.ease)
        return trace._replace(stability=trace.stability * max(1.0, growth), last_day=now.day)

    def recall(self, trace: TwoParts, now: Now) -> float:
        """Retrievability."""
        return retrievability(trace.stability, now.day - trace.last_day)


def retrievability(stability: float, days: float) -> float:
    """The chance of recall so many days after an answer."""
    return exp(-_K * days / stability)


def stability_increase(stability: float, recall: float) -> float:
    """What a right answer multiplies the stability by, at a chance of recall from 0 to 1."""
    return float(76 * stability**-0.023 * exp(-0.031 * 100 * recall) - 2)
