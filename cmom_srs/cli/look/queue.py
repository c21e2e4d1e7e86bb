"""`cmom due` and `cmom next`: what review would ask, in its order."""

from collections.abc import Iterator
from typing import Any
from typing import NamedTuple

from cmom_srs.cli import json_shapes
from cmom_srs.cli.learner import Learner
from cmom_srs.cli.learner import learning
from cmom_srs.cli.look.card import wrapped
from cmom_srs.cli.options import Names
from cmom_srs.cli.output import show
from cmom_srs.study.day import session as sessions
from cmom_srs.study.day.session import Session
from cmom_srs.study.notes import CardId


class _Queue(NamedTuple):
    learner: Learner
    session: Session


def show_today(domains: Names, decks: Names, tags: Names) -> None:
    """Today's cards in the order review asks them."""
    with learning() as learner:
        queue = _Queue(learner, learner.session(domains, decks, tags))
        show(queue, _shape, _lines)


def _shape(queue: _Queue) -> dict[str, Any]:
    return {
        "study_day": json_shapes.day(queue.learner.today),
        "counts": json_shapes.counts(sessions.counts(queue.session)),
        "cards": [_queued(queue, card) for card in _cards(queue)],
    }


def _cards(queue: _Queue) -> tuple[CardId, ...]:
    return queue.session.first + queue.session.repeats


def _queued(queue: _Queue, card: CardId) -> dict[str, Any]:
    name = sessions.queue_of(queue.session, card)
    state = sessions.state_of(queue.session, card)
    return json_shapes.queued_card(queue.learner.cards[card], name, state)


def _lines(queue: _Queue) -> Iterator[str]:
    counts = sessions.counts(queue.session)
    yield f"{counts.new} new, {counts.due} to review, {counts.again} to repeat"
    for card in _cards(queue):
        note = queue.learner.notes[card.note_id]
        name = sessions.queue_of(queue.session, card)
        yield f"{name:<6} {card}  ({note.domain}/{note.deck})"


def show_next(domains: Names, decks: Names, tags: Names) -> None:
    """The card that review would ask now, without its answer."""
    with learning() as learner:
        queue = _Queue(learner, learner.session(domains, decks, tags))
        show(queue, _next_shape, _next_lines)


def _next_shape(queue: _Queue) -> dict[str, Any]:
    card = sessions.current(queue.session)
    return {"card": None if card is None else {**_queued(queue, card), **_asked(queue, card)}}


def _asked(queue: _Queue, card: CardId) -> dict[str, Any]:
    asked = queue.learner.cards[card]
    return json_shapes.asked(asked, sessions.question(queue.session, asked))


def _next_lines(queue: _Queue) -> Iterator[str]:
    card = sessions.current(queue.session)
    if card is None:
        yield "Nothing is due."
        return
    asked = _asked(queue, card)
    yield f"{card}\n"
    for text in filter(None, (asked["scenario"], asked["question"])):
        yield f"{wrapped(text)}\n"
    for option in asked["options"]:
        yield f"  {option['letter']}) {option['text']}"
