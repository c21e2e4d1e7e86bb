"""`cmom card`: a card's words, its schedule, every answer to it."""

import shutil
from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any
from typing import NamedTuple

import click

from cmom_srs.cli import json_shapes
from cmom_srs.cli.learner import learning
from cmom_srs.cli.output import show
from cmom_srs.history.store import StoredNote
from cmom_srs.study.notes import CardId
from cmom_srs.study.notes import Note
from cmom_srs.study.notes import texts
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Review

_WIDEST = 100


class _Known(NamedTuple):
    card: CardId
    stored: StoredNote
    state: CardState
    reviews: tuple[Review, ...]


def show_card(name: str) -> None:
    """All that is known of a card, a retired one too. Raises UnknownCardError."""
    with learning() as learner:
        card, stored = learner.find_note(name)
        state, reviews = learner.store.state(card), learner.store.answers_of(card)
    show(_Known(card, stored, state, reviews), _shape, _lines)


def _shape(known: _Known) -> dict[str, Any]:
    return {
        "card": {
            **json_shapes.note(known.stored.note),
            "card": str(known.card),
            "retired_on": json_shapes.day(known.stored.retired_on),
            "is_suspended": known.state.is_suspended,
            "state": json_shapes.state(known.state),
            "answers": [json_shapes.answer(review) for review in known.reviews],
        }
    }


def _lines(known: _Known) -> Iterator[str]:
    note = known.stored.note
    yield f"{known.card}  ({note.kind}, {note.domain}/{note.deck})\n"
    yield from map(wrapped, texts(note))
    yield ""
    yield from fact_lines(note, known.state, known.reviews)
    if known.stored.retired_on:
        yield f"{'retired':<10}  {known.stored.retired_on}"


def wrapped(text: str) -> str:
    """A text for the present width; lists and tables stay as the author wrote them."""
    if any(line.lstrip().startswith(("- ", "* ", "|", "1.")) for line in text.splitlines()):
        return text
    indent = text[: len(text) - len(text.lstrip())]
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    return click.wrap_text(
        text, width, initial_indent=indent, subsequent_indent=indent, preserve_paragraphs=True
    )


def fact_lines(note: Note, state: CardState, reviews: Iterable[Review]) -> Iterator[str]:
    """What is known of a card beside its words: source, schedule, every answer."""
    for label, value in (
        ("source", note.source),
        ("as of", note.as_of),
        ("manual", note.manual),
        ("tags", ", ".join(note.tags)),
        ("formerly", ", ".join(note.formerly)),
    ):
        if value:
            yield f"{label:<10}  {value}"
    yield f"{'schedule':<10}  {_schedule_line(state)}"
    for review in reviews:
        yield f"{review.study_day}  graded {review.grade}, {review.kind}, {review.origin}"


def _schedule_line(state: CardState) -> str:
    if state.is_new:
        line = "new"
    else:
        memory = state.memory
        line = (
            f"due on {state.due_on}, interval {memory.interval_days} d, "
            f"ease factor {memory.ease_factor / 100:.2f}, {state.lapses} lapses"
        )
    return f"{line}, suspended" if state.is_suspended else line
