"""`cmom suspended`: the cards that are asked no more, and how to have one back."""

from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from cmom_srs.cli.learner import learning
from cmom_srs.cli.output import show
from cmom_srs.cli.output import tell
from cmom_srs.study.notes import Card
from cmom_srs.study.wording import beginning


def show_suspended() -> None:
    """The suspended cards, in the order of the decks."""
    with learning() as learner:
        cards = [card for card in learner.cards.values() if learner.states[card.id].is_suspended]
    show(cards, _shape, _lines)
    if cards:
        tell("To be asked one again: cmom unsuspend CARD")


def _shape(cards: Sequence[Card]) -> dict[str, Any]:
    return {"cards": [{"card": str(card.id), "question": beginning(card.note)} for card in cards]}


def _lines(cards: Sequence[Card]) -> Iterator[str]:
    if not cards:
        yield "No card is suspended."
    for card in cards:
        yield f"{beginning(card.note)}\n    {card.id}"
