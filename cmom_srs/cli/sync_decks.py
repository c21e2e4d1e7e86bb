"""The decks read into the history, and what a learner must know of that said on stderr."""

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from typing import NamedTuple

from cmom_srs.cli import places
from cmom_srs.cli import progress_bar
from cmom_srs.cli.output import tell
from cmom_srs.deckfiles.blueprint import read_blueprint
from cmom_srs.deckfiles.folder import folder_hash
from cmom_srs.errors import Problem
from cmom_srs.errors import Severity
from cmom_srs.history.store import Store
from cmom_srs.history.sync import DecksRead
from cmom_srs.history.sync import SyncReport
from cmom_srs.history.sync import sync
from cmom_srs.study.blueprint import Blueprint
from cmom_srs.study.wording import count_of

if TYPE_CHECKING:
    from cmom_srs.deckfiles.read import Decks


class Synced(NamedTuple):
    """The decks as they were read, and what the history made of them."""

    decks: "Decks"
    report: SyncReport


def sync_decks(
    store: Store, folder: Path, today: date, *, is_retiring_meant: bool = False
) -> Synced:
    """Reads all decks into the history. Raises DecksFolderError and HistoryError."""
    from cmom_srs.deckfiles import read as deckfiles

    decks_hash = folder_hash(folder)  # before reading: what changes meanwhile is read again
    # The shipped decks were checked before they were shipped.
    is_shipped, known = places.is_shipped(folder), store.fingerprints()
    with progress_bar.shown() as watch:
        decks = deckfiles.read(
            folder,
            lambda fingerprint: is_shipped or fingerprint in known,
            is_why_required=places.are_shipped(folder),
            watch=watch,
        )
        read = DecksRead(
            decks.notes,
            decks.broken,
            decks.present,
            decks_hash,
            unread_domains=decks.unread_domains,
        )
        return Synced(decks, sync(store, read, today, is_retiring_meant, watch))


def sync_if_changed(store: Store, folder: Path, today: date) -> Blueprint | None:
    """The blueprint, with the decks read into the history first if any file of them changed.

    What is wrong with the decks is said and keeps its old content. A history that cannot be
    written is read as it is.
    """
    if store.is_read_only:
        tell(f"cmom: {store.database.path} cannot be written: reading it as it is.")
    elif store.decks_hash() != folder_hash(folder):
        if sys.stderr.isatty() and not store.fingerprints():
            tell("Reading the decks for the first time ...")
        synced = sync_decks(store, folder, today)
        warn(synced)
        return synced.decks.blueprint
    blueprint, problems = read_blueprint(folder)
    _warn_of_problems(problems)
    return blueprint


def warn(synced: Synced) -> None:
    """Says which decks have errors, what was retired or not, what looks like a renamed note."""
    _warn_of_problems(synced.decks.problems)
    for line in _lines_of_the_gone(synced.report):
        tell(f"cmom: {line}")
    for old, new in synced.report.probable_renames:
        tell(
            f"cmom: {new} looks like {old} under a new name. To keep its history, write "
            f"`Formerly: {old}` under `## {new}`."
        )


def _lines_of_the_gone(report: SyncReport) -> Iterator[str]:
    gone = ", ".join(f"{domain}/{deck}.md" for domain, deck in report.vanished)
    be, its = ("is", "its") if len(report.vanished) == 1 else ("are", "their")
    if report.retired:
        cause = f"{gone} {be} gone" if gone and not report.refused else "they are in no deck now"
        yield f"{count_of(report.retired, 'note')} retired: {cause}."
    if not report.refused:
        return
    notes, stay = count_of(report.refused, "note"), "stay" + "s" * (len(report.refused) == 1)
    if gone:
        yield f"{gone} {be} gone; {its} {notes} {stay} for now."
    else:
        yield f"{notes} are gone from the decks folder, too many to be meant; they stay for now."
    yield "If that is meant: cmom sync --retire"


def _warn_of_problems(problems: tuple[Problem, ...]) -> None:
    errors = Counter(problem.path for problem in problems if problem.severity is Severity.ERROR)
    for path, count in errors.items():
        tell(f"cmom: {path} has {count_of(count, 'error')}; its old content stays.")
    if errors:
        tell("To see what is wrong: cmom check")
