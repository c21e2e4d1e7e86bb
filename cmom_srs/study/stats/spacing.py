"""The answers that count, each with the days since the card's one before."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from cmom_srs.study import schedule
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import Review


class Spaced(NamedTuple):
    """A counted answer, and the days since the card's one before; None for a first sight.

    The days are those that really went by, not those that the schedule had meant.
    """

    review: Review
    elapsed_days: int | None


def spaced(answers: Iterable[Review]) -> tuple[Spaced, ...]:
    """The counted ones among all of a learner's standing answers, in the order of the log."""
    last_on: dict[CardId, date] = {}
    found = []
    for review in schedule.counted(answers):
        before = last_on.get(review.card)
        found.append(Spaced(review, None if before is None else (review.study_day - before).days))
        last_on[review.card] = review.study_day
    return tuple(found)
