"""`cmom edit`: a note opened in the learner's own editor."""

from cmom_srs.cli import editor
from cmom_srs.cli.learner import learning
from cmom_srs.cli.output import say


def edit_note(name: str) -> None:
    """Opens the deck file at the note, and takes in what was written. Raises NoSuchCardError."""
    with learning() as learner:
        say(editor.edit(learner, learner.find_card(name).note_id))
