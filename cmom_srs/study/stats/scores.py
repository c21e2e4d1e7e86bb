"""Which answers were right, and how many of so many."""

from collections.abc import Callable
from collections.abc import Iterable

from cmom_srs.study import sm2
from cmom_srs.study.schedule import Review
from cmom_srs.study.tally import Tally


def is_right(review: Review) -> bool:
    """Whether an answer was right: what was given decides; where it cannot, the grade does.

    A wrong choice rated Easy is wrong; a card recalled is right from Hard (3) on.
    """
    if review.is_right is None:
        return review.grade >= sm2.LOWEST_PASSING_GRADE
    return review.is_right


def score(reviews: Iterable[Review]) -> Tally:
    """The score of these answers."""
    right = [is_right(review) for review in reviews]
    return Tally(sum(right), len(right))


def score_by(answers: Iterable[Review], group: Callable[[Review], str]) -> dict[str, Tally]:
    """The scores of the answers' groups, by the group's name."""
    grouped: dict[str, list[Review]] = {}
    for answer in answers:
        grouped.setdefault(group(answer), []).append(answer)
    return {name: score(grouped[name]) for name in sorted(grouped)}
