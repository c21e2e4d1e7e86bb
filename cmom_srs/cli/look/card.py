"""`cmom card`: a card's words, its schedule, every answer to it."""

import shutil
from collections.abc import Iterable
from collections.abc import Iterator
from datetime import date
from typing import Any
from typing import NamedTuple

import click

from cmom_srs.cli import json_shapes
from cmom_srs.cli.learner import learning
from cmom_srs.cli.output import show
from cmom_srs.history.store import StoredNote
from cmom_srs.study import lookups
from cmom_srs.study.notes import CardId
from cmom_srs.study.notes import Note
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Origin
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind
from cmom_srs.study.texts import labeled_texts
from cmom_srs.study.wording import TO_CHECK
from cmom_srs.study.wording import count_of
from cmom_srs.study.wording import grade_name
from cmom_srs.study.wording import long_date

_WIDEST = 100


class _Known(NamedTuple):
    card: CardId
    stored: StoredNote
    state: CardState
    reviews: tuple[Review, ...]
    remark: str
    page: str | None
    today: date


def show_card(name: str) -> None:
    """All that is known of a card, a retired one too. Raises NoSuchCardError."""
    with learning() as learner:
        card, stored = learner.find_note(name)
        state, reviews = learner.store.state(card), learner.store.answers_of(card)
        remark = learner.store.remark(card.note_id)
        page = lookups.page_of(stored.note.manual, lookups.pages(learner.lookups()))
        today = learner.today
    show(_Known(card, stored, state, reviews, remark, page, today), _shape, _lines)


def _shape(known: _Known) -> dict[str, Any]:
    return {
        "card": {
            **json_shapes.note(known.stored.note),
            "card": str(known.card),
            "retired_on": json_shapes.day(known.stored.retired_on),
            "is_suspended": known.state.is_suspended,
            "remark": known.remark or None,
            "manual_page": known.page,
            "state": json_shapes.state(known.state),
            "answers": [json_shapes.answer(review) for review in known.reviews],
        }
    }


def _lines(known: _Known) -> Iterator[str]:
    note = known.stored.note
    yield f"{known.card}  ({note.kind}, {note.domain}/{note.deck})\n"
    yield from word_lines(note)
    yield ""
    yield from fact_lines(note, known.state, known.reviews, known.page, known.today)
    if known.remark:
        yield f"{'your note':<10}  {known.remark}"
    if known.stored.retired_on:
        yield f"{'retired':<10}  {long_date(known.stored.retired_on)}"


def word_lines(note: Note) -> Iterator[str]:
    """A note's words, each text behind its label; what explains the one above it is indented."""
    for label, text in labeled_texts(note):
        if text:
            yield wrapped(text, f"    {label}: " if label == "Why" else _mark(label))
    if note.extra:
        yield wrapped(note.extra, "Extra: ")


def _mark(label: str) -> str:
    return f"{label}: " if label[0].isalpha() else f"{label} "


def wrapped(text: str, mark: str = "") -> str:
    """A text for the present width behind its mark; lists and tables stay as they were written."""
    indent = " " * (len(mark) - len(mark.lstrip()))
    if any(line.lstrip().startswith(("- ", "* ", "|", "1.")) for line in text.splitlines()):
        return f"{mark}\n{text}" if mark else text
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    return click.wrap_text(
        text,
        width,
        initial_indent=mark,
        subsequent_indent=indent + "    " * bool(mark),
        preserve_paragraphs=True,
    )


def fact_lines(
    note: Note, state: CardState, reviews: Iterable[Review], page: str | None, today: date
) -> Iterator[str]:
    """What is known of a card beside its words: source, page in the manual, schedule, answers."""
    for label, value in (
        ("source", note.source),
        ("as of", note.as_of),
        ("until", _until_words(note.until, today)),
        ("manual", lookups.with_page(note.manual, page)),
        ("tags", ", ".join(note.tags)),
        ("formerly", ", ".join(note.formerly)),
    ):
        if value:
            yield f"{label:<10}  {value}"
    yield f"{'schedule':<10}  {_schedule_line(state)}"
    for review in reviews:
        yield f"{long_date(review.study_day)}: {grade_name(review.grade)}{_manner(review)}"


def _until_words(until: date | None, today: date) -> str:
    if until is None:
        return ""
    return f"{until}, which is past: {TO_CHECK}" if until < today else f"{until}"


def _manner(review: Review) -> str:
    """How an answer was given, as far as it was not an ordinary one of the terminal."""
    said = [
        *(["wrong"] if review.is_right is False else []),
        *(["again the same day"] if review.kind is ReviewKind.DRILL else []),
        *(["only practice"] if review.kind is ReviewKind.CRAM else []),
        *(["in Anki"] if review.origin is Origin.ANKI else []),
    ]
    return f" ({', '.join(said)})" if said else ""


def _schedule_line(state: CardState) -> str:
    if state.is_new:
        line = "new"
    else:
        memory = state.memory
        line = (
            f"due {long_date(state.due_on) if state.due_on else 'never'}, "
            f"interval {count_of(memory.interval_days, 'day')}, "
            f"ease factor {memory.ease_factor / 100:.2f}, {count_of(state.lapses, 'lapse')}"
        )
    return f"{line}, suspended" if state.is_suspended else line
