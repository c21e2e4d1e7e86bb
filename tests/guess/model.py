"""A model that has learned from other questions how right options look, and knows no more."""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from tests.guess.tells import Asked
from tests.guess.tells import features

_FOLDS = 10
_SHUFFLES = 10
_DECIMALS = 9


class Guess(NamedTuple):
    """How likely the right option was found, and how far it was put above the best other one.

    Among options that look alike, one is guessed.
    """

    found: float
    margin: float


def guesses(questions: Sequence[Asked]) -> list[list[Guess]]:
    """What is guessed of each question, by shuffle.

    Of every shuffle a tenth of the questions is asked of a model that was trained on the others.
    """
    rows = [features(question) for question in questions]
    guessed: list[list[Guess]] = [[] for _ in questions]
    for shuffle in range(_SHUFFLES):
        order = list(range(len(questions)))
        Random(shuffle).shuffle(order)
        for fold in range(_FOLDS):
            asked = order[fold::_FOLDS]
            model = _trained([(questions[place], rows[place]) for place in {*order} - {*asked}])
            for place in asked:
                values = model.decision_function(rows[place]).round(_DECIMALS).tolist()
                guessed[place].append(_guess(values, questions[place].right))
    return guessed


def _guess(values: Sequence[float], right: int) -> Guess:
    others = [value for place, value in enumerate(values) if place != right]
    margin = values[right] - max(others)
    return Guess(1 / values.count(values[right]) if margin >= 0 else 0, margin)


def _trained(known: Sequence[tuple[Asked, list[list[float]]]]) -> LogisticRegression:
    options = [row for _, rows in known for row in rows]
    is_right = [place == question.right for question, rows in known for place, _ in enumerate(rows)]
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.5, max_iter=1000))
    return model.fit(options, is_right)
