"""What `cmom sync`, `cmom rename` and `cmom init` do, and say."""

from pathlib import Path

import click

from cmom_srs.cli import clock
from cmom_srs.cli import learner as learners
from cmom_srs.cli import places
from cmom_srs.cli.command import write_json
from cmom_srs.deckfiles import glance
from cmom_srs.deckfiles import read as deckfiles
from cmom_srs.deckfiles.editing import rename as renaming
from cmom_srs.deckfiles.editing import shipped
from cmom_srs.errors import CmomError
from cmom_srs.history import sync as syncing
from cmom_srs.history.store import open_history
from cmom_srs.history.sync import SyncReport
from cmom_srs.study import schedule


class ShippedDecksError(CmomError):
    """An attempt to write the decks that came with the program."""

    def __init__(self) -> None:
        super().__init__(
            "The shipped decks are never changed in place.",
            "To have decks of your own: cmom init DIR",
        )


class FolderNotMadeError(CmomError):
    """A folder for decks, or the copy beside it, that the system does not let us make or fill."""

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(
            f"{folder} cannot be made: {error.strerror or error}.",
            "Name another folder: cmom init DIR",
        )


def sync(is_retiring_meant: bool, is_json: bool) -> None:
    """Reads the decks into the history and says what changed."""
    where = places.find()
    with open_history(where.history.path) as store:
        today = schedule.study_day(
            clock.now(), store.settings().rollover_hour, store.last_study_day()
        )
        decks = deckfiles.read(where.decks.path, store.fingerprints())
        decks_hash = glance.folder_hash(where.decks.path)
        learners.warn_of_problems(decks.problems)
        report = syncing.sync(
            store, decks.notes, decks.broken, today, decks_hash, is_retiring_meant
        )
    learners.warn_of_sync(report)
    if is_json:
        write_json(_shape(report))
    else:
        click.echo(_sentence(report, len(decks.notes)))


def _shape(report: SyncReport) -> dict[str, object]:
    return {
        "added": list(report.added),
        "changed": list(report.changed),
        "renamed": [{"old": old, "new": new} for old, new in report.renamed],
        "retired": list(report.retired),
        "returned": list(report.returned),
        "refused": list(report.refused),
    }


def _sentence(report: SyncReport, notes: int) -> str:
    counts = [
        f"{len(names)} {word}"
        for word, names in (
            ("new", report.added),
            ("changed", report.changed),
            ("renamed", report.renamed),
            ("retired", report.retired),
            ("returned", report.returned),
        )
        if names
    ]
    return f"{notes} notes: {', '.join(counts) or 'nothing changed'}"


def rename(old: str, new: str) -> None:
    """Writes the new id and `Formerly:` into the deck file; the next sync moves the history."""
    folder = places.find().decks.path
    if places.is_shipped(folder):
        raise ShippedDecksError
    path = renaming.rename_note(folder, old, new)
    click.echo(f"{path}: {old} is now {new}; its history follows.")


def init(folder: Path) -> None:
    """Copies the shipped decks to a folder and makes it the one in use.

    Raises FolderNotMadeError.
    """
    try:
        shipped.copy_shipped(places.shipped_decks(), folder)
    except OSError as error:
        raise FolderNotMadeError(folder, error) from None
    places.remember_decks(folder)
    click.echo(f"Your decks are in {folder.resolve()}. Edit them, then: cmom check")


def update(folder: Path | None, is_retiring: bool) -> None:
    """Brings the shipped changes into the learner's decks; what was edited stays."""
    target = folder or places.find().decks.path
    try:
        report = shipped.update(places.shipped_decks(), target, is_retiring, clock.now().date())
    except OSError as error:
        raise FolderNotMadeError(target, error) from None
    for line in report.lines():
        click.echo(line)
