"""`cmom undo`: the newest answer is taken back."""

from collections.abc import Iterator
from typing import Any
from typing import NamedTuple

from cmom_srs.cli import json_shapes
from cmom_srs.cli.learner import learning
from cmom_srs.cli.output import show
from cmom_srs.errors import CmomError
from cmom_srs.study import session as sessions
from cmom_srs.study.schedule import Review
from cmom_srs.study.session import Counts


class NothingToTakeBackError(CmomError):
    """The log holds no answer of the terminal that is not taken back already."""

    def __init__(self) -> None:
        super().__init__("There is nothing to take back.")


class _Undone(NamedTuple):
    review: Review
    counts: Counts


def take_back_newest() -> None:
    """Takes back the newest answer and says what is due now. Raises NothingToTakeBackError."""
    with learning() as learner:
        review = learner.store.take_back(learner.now, learner.today)
        if review is None:
            raise NothingToTakeBackError
        learner.reload()
        counts = sessions.counts(learner.session())
    show(_Undone(review, counts), _shape, _lines)


def _shape(undone: _Undone) -> dict[str, Any]:
    return {
        **json_shapes.answer(undone.review),
        "card": str(undone.review.card),
        "counts": json_shapes.counts(undone.counts),
    }


def _lines(undone: _Undone) -> Iterator[str]:
    review, counts = undone
    yield f"Taken back: {review.card}, graded {review.grade}."
    yield f"Now {counts.due} due, {counts.new} new, {counts.again} again."
