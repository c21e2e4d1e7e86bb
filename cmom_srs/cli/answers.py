"""Answers to the commands about cards: today's queue, one card, a search, a grade."""

import shutil
from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any

import click

from cmom_srs.cli import shapes
from cmom_srs.cli.command import write_json
from cmom_srs.cli.learner import Learner
from cmom_srs.errors import CmomError
from cmom_srs.study import schedule
from cmom_srs.study import session as sessions
from cmom_srs.study.notes import CardId
from cmom_srs.study.notes import Note
from cmom_srs.study.notes import texts
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Origin
from cmom_srs.study.schedule import Recorded
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind
from cmom_srs.study.session import Session

_WIDEST = 100
_LONGEST_BEGINNING = 74


class CardNotAskedError(CmomError):
    """A card that cannot be graded now; says why and what else can be done."""


def show_queue(learner: Learner, session: Session, is_json: bool) -> None:
    """Today's cards in the order review asks them."""
    counts = sessions.counts(session)
    cards = session.first + session.repeats
    if is_json:
        write_json(
            {
                "study_day": shapes.day(learner.today),
                "counts": {"new": counts.new, "due": counts.due, "drill": counts.again},
                "cards": [_queued(learner, session, card) for card in cards],
            }
        )
        return
    click.echo(f"{counts.new} new, {counts.due} due, {counts.again} again")
    for card in cards:
        note = learner.notes[card.note_id]
        click.echo(f"{sessions.queue_of(session, card):<6} {card}  ({note.domain}/{note.deck})")


def _queued(learner: Learner, session: Session, card: CardId) -> dict[str, Any]:
    queue = sessions.queue_of(session, card)
    return shapes.queued_card(learner.cards[card], queue, sessions.state_of(session, card))


def show_next(learner: Learner, session: Session, is_json: bool) -> None:
    """The card that review would ask now, without its answer."""
    card = sessions.current(session)
    if card is None:
        write_json({"card": None}) if is_json else click.echo("Nothing is due.")
        return
    asked = shapes.asked(learner.cards[card], sessions.question(session, learner.cards[card]))
    if is_json:
        write_json({"card": {**_queued(learner, session, card), **asked}})
        return
    click.echo(f"{card}\n")
    for text in filter(None, (asked["scenario"], asked["question"])):
        click.echo(f"{_wrapped(text)}\n")
    for option in asked["options"]:
        click.echo(f"  {option['letter']}) {option['text']}")


def grade(learner: Learner, name: str, value: int, is_cram: bool, is_json: bool) -> None:
    """Grades a card as an answer of the command line.

    Raises CardNotAskedError for a card that is retired, suspended, or seen and neither due, nor
    pulled forward, nor answered today.
    """
    card = learner.find_card(name)
    if not is_cram:
        _require_askable(learner, card)
    kind = ReviewKind.CRAM if is_cram else ReviewKind.SCHEDULED
    review = Review(card, learner.now, learner.today, kind, value, origin=Origin.COMMAND)
    recorded = learner.store.record(review)
    if is_json:
        write_json(
            {
                "card": str(card),
                "kind": str(recorded.review.kind),
                "before": shapes.state(recorded.before),
                "after": shapes.state(recorded.after),
            }
        )
        return
    click.echo(_graded_line(recorded))


def _require_askable(learner: Learner, card: CardId) -> None:
    state = learner.states.get(card)
    if state is None:
        raise CardNotAskedError(f"{card} is retired: its note is no longer in the decks.")
    if state.is_suspended:
        raise CardNotAskedError(f"{card} is suspended.", f"To have it again: cmom unsuspend {card}")
    if state.is_new or state.last_reviewed_on == learner.today:
        return
    limits = learner.limits()
    if schedule.is_pulled(state, learner.today):
        return
    due_on = schedule.waits_until(state, limits.horizon)
    if due_on > learner.today:
        raise CardNotAskedError(
            f"{card} is not due before {due_on}.",
            "To practise it without scheduling: add --cram. To review ahead: cmom review --ahead",
        )


def _graded_line(recorded: Recorded) -> str:
    review, after = recorded.review, recorded.after
    if review.kind is not ReviewKind.SCHEDULED:
        return f"{review.card}: graded {review.grade}, logged as {review.kind}; schedule unchanged"
    return f"{review.card}: graded {review.grade}, due on {after.due_on}"


def show_card(learner: Learner, name: str, is_json: bool) -> None:
    """A card's words, schedule and answers; a retired one too."""
    card = learner.find_card(name)
    stored = learner.store.note(card.note_id)
    assert stored is not None  # noqa: S101 - find_card found it
    state = learner.store.state(card)
    answers = learner.store.answers_of(card)
    if is_json:
        write_json(
            {
                "card": {
                    **shapes.note(stored.note),
                    "card": str(card),
                    "retired_on": shapes.day(stored.retired_on),
                    "is_suspended": state.is_suspended,
                    "state": shapes.state(state),
                    "answers": [shapes.answer(answer) for answer in answers],
                }
            }
        )
        return
    click.echo(f"{card}  ({stored.note.kind}, {stored.note.domain}/{stored.note.deck})\n")
    for text in texts(stored.note):
        click.echo(_wrapped(text))
    click.echo("")
    for line in fact_lines(stored.note, state, answers):
        click.echo(line)
    if stored.retired_on:
        click.echo(f"{'retired':<10}  {stored.retired_on}")


def _wrapped(text: str) -> str:
    """A text for the present width; lists and tables stay as the author wrote them."""
    if any(line.lstrip().startswith(("- ", "* ", "|", "1.")) for line in text.splitlines()):
        return text
    indent = text[: len(text) - len(text.lstrip())]
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    return click.wrap_text(
        text, width, initial_indent=indent, subsequent_indent=indent, preserve_paragraphs=True
    )


def fact_lines(note: Note, state: CardState, answers: Iterable[Review]) -> Iterator[str]:
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
    for answer in answers:
        yield f"{answer.study_day}  graded {answer.grade}, {answer.kind}, {answer.origin}"


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


def search(learner: Learner, words: Iterable[str], is_json: bool) -> None:
    """Notes in which every word occurs, in texts, id, tags, source or manual hint."""
    wanted = [word.casefold() for word in words]
    found = [note for note in learner.notes.values() if _has_all(note, wanted)]
    if is_json:
        write_json({"notes": [shapes.note(note) for note in found]})
        return
    for note in found:
        beginning = " ".join(next(iter(texts(note)), "").split())
        click.echo(f"{note.id}\n    {_cut(beginning)}")
    click.echo(f"{len(found)} note{'s' * (len(found) != 1)}", err=True)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_BEGINNING else f"{text[: _LONGEST_BEGINNING - 3]}..."


def _has_all(note: Note, words: Iterable[str]) -> bool:
    everything = (
        note.id,
        *note.formerly,
        *texts(note),
        note.extra,
        note.source,
        note.manual,
        *note.tags,
    )
    text = "\n".join(everything).casefold()
    return all(word in text for word in words)
