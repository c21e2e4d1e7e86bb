"""`cmom grade`: an answer given on the command line."""

from collections.abc import Iterator
from typing import Any

from cmom_srs.cli import json_shapes
from cmom_srs.cli.learner import Learner
from cmom_srs.cli.learner import learning
from cmom_srs.cli.output import show
from cmom_srs.errors import CmomError
from cmom_srs.study import schedule
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import Origin
from cmom_srs.study.schedule import Recorded
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind
from cmom_srs.study.wording import grade_name
from cmom_srs.study.wording import long_date


class CardNotAskedError(CmomError):
    """A card that cannot be graded now; says why and what else can be done."""


def grade_card(name: str, grade: int, is_cram: bool) -> None:
    """Grades a card 0-5. Raises NoSuchCardError and CardNotAskedError.

    The latter for a card that is retired, suspended, or seen and neither due, nor pulled forward,
    nor answered today; a cram may be of any card.
    """
    with learning() as learner:
        card = learner.find_card(name)
        if not is_cram:
            _require_askable(learner, card)
        kind = ReviewKind.CRAM if is_cram else ReviewKind.SCHEDULED
        review = Review(card, learner.now, learner.today, kind, grade, origin=Origin.COMMAND)
        recorded = learner.store.record(review)
    show(recorded, _shape, _lines)


def _require_askable(learner: Learner, card: CardId) -> None:
    state = learner.states.get(card)
    if state is None:
        raise CardNotAskedError(f"{card} is retired: its note is no longer in the decks.")
    if state.is_suspended:
        raise CardNotAskedError(f"{card} is suspended.", f"To have it again: cmom unsuspend {card}")
    if state.is_new or state.last_reviewed_on == learner.today:
        return
    if schedule.is_pulled(state, learner.today):
        return
    due_on = schedule.waits_until(state, learner.limits().horizon)
    if due_on > learner.today:
        raise CardNotAskedError(
            f"{card} is not due before {long_date(due_on)}.",
            "To practice it without scheduling: add --cram. To review ahead: cmom review --ahead",
        )


def _shape(recorded: Recorded) -> dict[str, Any]:
    return {
        "card": str(recorded.review.card),
        "kind": str(recorded.review.kind),
        "before": json_shapes.state(recorded.before),
        "after": json_shapes.state(recorded.after),
    }


def _lines(recorded: Recorded) -> Iterator[str]:
    review, after = recorded.review, recorded.after
    name = grade_name(review.grade)
    if review.kind is ReviewKind.SCHEDULED and after.due_on:
        yield f"{review.card}: {name}, due {long_date(after.due_on)}"
    elif review.kind is ReviewKind.CRAM:
        yield f"{review.card}: {name}, only practice; its schedule stays as it is"
    else:
        yield f"{review.card}: {name}, again the same day; its schedule stays as it is"
