"""A memory that is as FSRS-6 says: the package `fsrs` with its default parameters.

Source: open-spaced-repetition, PyPI `fsrs` 6; the model began as Ye, Su and Cao, "A Stochastic
Shortest Path Algorithm for Optimizing Spaced Repetition Scheduling", KDD 2022. Recall after t
days is `(1 + F t / S) ** -w20` with F such that it is 90 % after S days.

Learners differ in the first stabilities (w0 to w3, times e ** 0.4 a standard deviation) and in how
much stability grows (w8, 0.25 less a standard deviation of forgetting). An easy card begins with
a higher stability (times e ** 0.4) and a difficulty lower by 1.
"""

from datetime import UTC
from datetime import datetime
from datetime import timedelta
from math import exp

import fsrs
from fsrs.scheduler import DEFAULT_PARAMETERS

from tests.bench.learning.memories.trace import Now
from tests.bench.learning.memories.trace import Studied
from tests.bench.learning.traits import Traits

_BEGAN_AT = datetime(2027, 1, 1, 12, tzinfo=UTC)


class Fsrs6:
    """FSRS-6 as the memory of a learner."""

    def __init__(self, traits: Traits) -> None:
        self._model = fsrs.Scheduler(
            parameters=personal_parameters(traits),
            learning_steps=(),
            relearning_steps=(),
            enable_fuzzing=False,
        )

    def first(self, studied: Studied, now: Now) -> fsrs.Card:
        """First stability and difficulty are those of the grade, moved by the card's ease."""
        card = self._review(fsrs.Card(card_id=1, due=_BEGAN_AT), studied.grade, now)
        assert card.stability is not None
        assert card.difficulty is not None
        card.stability *= exp(0.4 * studied.ease)
        card.difficulty = min(10.0, max(1.0, card.difficulty - studied.ease))
        return card

    def again(self, trace: fsrs.Card, studied: Studied, now: Now) -> fsrs.Card:
        """Another answer, of the same day too: FSRS-6 has a rule for these."""
        return self._review(trace, studied.grade, now)

    def recall(self, trace: fsrs.Card, now: Now) -> float:
        """Nothing is forgotten on the day of an answer."""
        return self._model.get_card_retrievability(trace, _noon(now))

    def _review(self, card: fsrs.Card, grade: int, now: Now) -> fsrs.Card:
        return self._model.review_card(card, rating_of(grade), _noon(now))[0]


def rating_of(grade: int) -> fsrs.Rating:
    """Again, Hard, Good or Easy for the grades 2, 3, 4 and 5."""
    return fsrs.Rating(grade - 1)


def personal_parameters(traits: Traits) -> tuple[float, ...]:
    """The default parameters, moved by what a learner is like."""
    parameters = list(DEFAULT_PARAMETERS)
    parameters[:4] = (first * exp(0.4 * traits.strength) for first in parameters[:4])
    parameters[8] -= 0.25 * traits.forgetting
    return tuple(parameters)


def _noon(now: Now) -> datetime:
    return _BEGAN_AT + timedelta(days=now.day)
