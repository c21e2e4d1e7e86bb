"""`cmom edit`: a note opened in the learner's own editor."""

import click

from cmom_srs.cli import editor
from cmom_srs.cli.learner import learning


def edit_note(name: str) -> None:
    """Opens the deck file at the note, and takes in what was written. Raises UnknownCardError."""
    with learning() as learner:
        click.echo(editor.edit(learner, learner.find_card(name).note_id))
