"""`cmom export --with-progress`: all notes, with the learner's schedule and log."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from typing import NamedTuple

from cmom_srs.anki import folder
from cmom_srs.anki import package
from cmom_srs.anki import progress
from cmom_srs.anki.notes import fields
from cmom_srs.anki.progress import CardProgress
from cmom_srs.anki.stamping import ExportOptions
from cmom_srs.cli import progress_bar
from cmom_srs.cli.anki import export
from cmom_srs.cli.learner import Learner
from cmom_srs.cli.learner import learning
from cmom_srs.cli.output import show
from cmom_srs.history import anki_reviews
from cmom_srs.study import schedule
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import Review

FILE_NAME = "cmom-with-progress.apkg"

_ADVICE = """
In Anki: File > Import, and tick "Import any learning progress", this once. Anki takes the progress
of a card only with the card's first import; later reviews meet again by `cmom anki import`."""


class _Carried(NamedTuple):
    cards: int
    answers: int


def export_with_progress(out: Path | None, options: ExportOptions) -> None:
    """Writes the package of everything with progress to the current folder, and says so."""
    with learning() as learner, export.whole_collection(out, options) as database:
        carried = tuple(_progress(learner))
        with progress_bar.shown() as watch:
            cards = progress.add_progress(
                database, carried, learner.now, learner.settings.rollover_hour, watch
            )
        folder.replace_files(Path(), {FILE_NAME: package.pack(database)}, ())
    show(_Carried(cards, sum(len(card.answers) for card in carried)), _shape, _lines)


def _shape(carried: _Carried) -> dict[str, Any]:
    return {"path": FILE_NAME, **carried._asdict()}


def _lines(carried: _Carried) -> Iterator[str]:
    yield f"{FILE_NAME}: {carried.cards} cards with their schedule, {carried.answers} answers."
    yield _ADVICE


def _progress(learner: Learner) -> Iterator[CardProgress]:
    """Every card that is not as it was born. Each answer gets its id in Anki, for good."""
    logged = learner.store.answers()
    ids = progress.unique_ids((answer, answer.anki_id) for answer in logged)
    fresh = {
        answer.uid: anki_id
        for answer, anki_id in zip(logged, ids, strict=True)
        if answer.anki_id is None
    }
    if fresh:
        anki_reviews.keep_anki_ids(learner.store, fresh)
    answers: dict[CardId, list[tuple[int, Review]]] = {}
    for answer, anki_id in zip(logged, ids, strict=True):
        answers.setdefault(answer.card, []).append((anki_id, answer))
    limits = learner.limits()
    for card, state in learner.states.items():
        if state.is_new and not state.is_suspended and card not in answers:
            continue
        due_on = learner.today
        if not state.is_new:
            due_on = schedule.waits_until(state, limits.horizon)
        guid = fields.guid(learner.notes[card.note_id])
        yield CardProgress(guid, card.ordinal, state, due_on, answers.get(card, []))
