"""`cmom rename`: a note's id changed in its deck file."""

from cmom_srs.cli import places
from cmom_srs.cli import progress_bar
from cmom_srs.cli.output import say
from cmom_srs.deckfiles.editing import rename as renaming
from cmom_srs.errors import CmomError


class ShippedDecksError(CmomError):
    """An attempt to write the decks that came with the program."""

    def __init__(self) -> None:
        super().__init__(
            "The shipped decks are never changed in place.",
            "To have decks of your own: cmom init DIR",
        )


def rename(old: str, new: str) -> None:
    """Writes the new id and `Formerly:` into the deck file; the next sync moves the history."""
    folder = places.find().decks.path
    if places.is_shipped(folder):
        raise ShippedDecksError
    with progress_bar.shown() as watch:
        path = renaming.rename_note(folder, old, new, watch)
    say(f"{path}: {old} is now {new}; its history follows.")
