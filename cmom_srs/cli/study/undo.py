"""`cmom undo`: the newest answer, or the newest import, is taken back."""

from collections.abc import Iterator
from typing import Any
from typing import NamedTuple

from cmom_srs.cli import json_shapes
from cmom_srs.cli.learner import Learner
from cmom_srs.cli.learner import learning
from cmom_srs.cli.output import show
from cmom_srs.errors import CmomError
from cmom_srs.history import anki_reviews
from cmom_srs.study.day import session as sessions
from cmom_srs.study.day.session import Counts
from cmom_srs.study.schedule import Review
from cmom_srs.study.wording import count_of


class NothingToTakeBackError(CmomError):
    """No answer given here still stands, nor any of the last import from Anki."""

    def __init__(self) -> None:
        super().__init__("There is nothing to take back.")


class _Undone(NamedTuple):
    """What was taken back, in words; `reviews` is one, or all of an import."""

    name: str
    reviews: tuple[Review, ...]
    counts: Counts


def take_back_newest() -> None:
    """Takes back the newest answer given here, or all of an import that came after it.

    Raises NothingToTakeBackError.
    """
    with learning() as learner:
        name, reviews = _take_back(learner)
        learner.reload()
        counts = sessions.counts(learner.session())
    show(_Undone(name, reviews, counts), _shape, _lines)


def _take_back(learner: Learner) -> tuple[str, tuple[Review, ...]]:
    store = learner.store
    newest = store.newest()
    imported = anki_reviews.last_import(store)
    if imported and (newest is None or newest.reviewed_at <= imported[0]):
        at, reviews = imported
        anki_reviews.take_back_all(store, reviews, learner.now, learner.today)
        when = learner.date_words(at.date())
        return f"the {count_of(reviews, 'review')} imported from Anki on {when}", reviews
    if newest is None:
        raise NothingToTakeBackError
    store.take_back(learner.now, learner.today, newest.uid)
    return learner.review_words(newest), (newest,)


def _shape(undone: _Undone) -> dict[str, Any]:
    review = undone.reviews[0]
    return {
        **json_shapes.answer(review),
        "card": str(review.card),
        "reviews": len(undone.reviews),
        "counts": json_shapes.counts(undone.counts),
    }


def _lines(undone: _Undone) -> Iterator[str]:
    counts = undone.counts
    yield f"Taken back: {undone.name}."
    yield f"Now {counts.due} to review, {counts.new} new, {counts.again} to repeat."
