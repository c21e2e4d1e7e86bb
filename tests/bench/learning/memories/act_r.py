"""A memory as ACT-R has it, with the decay that makes spacing worth while.

Source: Pavlik and Anderson, "Practice and Forgetting Effects on Vocabulary Memory: An
Activation-Based Model of the Spacing Effect", Cognitive Science 29 (2005), 559-586. The activation
of a card after n looks at it, t_i seconds ago each, is

    m = b + ln(sum of t_i ** -d_i),   d_i = c * e ** (m at look i) + a,   d_1 = a

and recall has the chance `1 / (1 + e ** ((tau - m) / s))`, with a = 0.177, c = 0.217,
tau = -0.704, s = 0.255. Between sittings time runs slower, by h = 0.025. b, the ease of cards and
the strength of learners, is as in Pavlik and Anderson, J. Exp. Psychol. Applied 14 (2008),
101-117: the looks of 2005 were of five seconds at pairs of foreign words, a first sight of
half a minute at a sentence that makes sense leaves more. A wrong answer is followed by the right
one, so it is a look like any other.

A card known before was looked at 10, 30 and 60 days before the first day.
"""

from math import exp
from math import log

from tests.bench.learning.memories.trace import Now
from tests.bench.learning.memories.trace import Studied
from tests.bench.learning.traits import Traits

BETWEEN_SITTINGS = 0.025
DAY_SECONDS = 86_400

_A = 0.177
_C = 0.217
_TAU = -0.704
_S = 0.255
_BASE = 0.9
_KNOWN_BEFORE_DAYS = (60, 30, 10)

Looks = tuple[float, tuple[tuple[float, float], ...]]  # b; the instant and the decay of each look


class ActR:
    """ACT-R's declarative memory, as of 2005."""

    def __init__(self, traits: Traits) -> None:
        self._base = _BASE + 0.3 * traits.strength
        self._a = _A * exp(0.12 * traits.forgetting)

    def first(self, studied: Studied, now: Now) -> Looks:
        """One look; a card known before has three more, long ago."""
        base = self._base + 0.4 * studied.ease
        trace: Looks = (base, ())
        if studied.is_right:
            for days in _KNOWN_BEFORE_DAYS:
                trace = self._look(trace, -days * DAY_SECONDS * BETWEEN_SITTINGS)
        return self._look(trace, now.seconds)

    def again(self, trace: Looks, studied: Studied, now: Now) -> Looks:
        """One look more, whatever the grade."""
        return self._look(trace, now.seconds)

    def recall(self, trace: Looks, now: Now) -> float:
        """By the activation of now."""
        return recall_chance(activation(trace, now.seconds))

    def _look(self, trace: Looks, at: float) -> Looks:
        base, looks = trace
        decay = self._a + (_C * exp(activation(trace, at)) if looks else 0.0)
        return base, (*looks, (at, decay))


def activation(trace: Looks, at: float) -> float:
    """How active what was looked at is at an instant; a look less than a second ago is one ago."""
    base, looks = trace
    return base + log(sum(max(1.0, at - looked_at) ** -decay for looked_at, decay in looks))


def recall_chance(active: float) -> float:
    """The chance of recall at an activation."""
    return 1 / (1 + exp((_TAU - active) / _S))
