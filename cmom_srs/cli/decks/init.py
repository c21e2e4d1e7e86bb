"""`cmom init`: the shipped decks as a learner's own, and brought up to date."""

from pathlib import Path

from cmom_srs.cli import clock
from cmom_srs.cli import places
from cmom_srs.cli import progress_bar
from cmom_srs.cli.output import say
from cmom_srs.cli.output import tell
from cmom_srs.deckfiles.editing import shipped
from cmom_srs.errors import CmomError


class FolderNotMadeError(CmomError):
    """A folder for decks, or the copy beside it, that the system does not let us make or fill."""

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(
            f"{folder} cannot be made: {error.strerror or error}.",
            "Name another folder: cmom init DIR",
        )


def init(folder: Path) -> None:
    """Copies the shipped decks to a folder and makes it the one in use, where no other comes first.

    Raises FolderNotMadeError.
    """
    try:
        with progress_bar.shown() as watch:
            shipped.copy_shipped(places.shipped_decks(), folder, watch)
    except OSError as error:
        raise FolderNotMadeError(folder, error) from None
    places.remember_decks(folder)
    say(f"Your decks are in {folder.resolve()}. Edit them, then: cmom check")
    other = places.decks_before_remembered()
    if other and other.path.resolve() != folder.resolve():
        tell(f"Here {other.path} still comes first: {other.rule}.")


def update(folder: Path | None, is_retiring: bool) -> None:
    """Brings the shipped changes into the learner's decks; what was edited stays."""
    target = folder or places.find().decks.path
    try:
        with progress_bar.shown() as watch:
            today = clock.now().date()
            report = shipped.update(places.shipped_decks(), target, is_retiring, today, watch)
    except OSError as error:
        raise FolderNotMadeError(target, error) from None
    for line in report.lines():
        say(line)
