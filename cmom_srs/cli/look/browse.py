"""`cmom browse`: decks read through, without being asked or graded."""

from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

import click

from cmom_srs.cli import json_shapes
from cmom_srs.cli.learner import learning
from cmom_srs.cli.look.card import word_lines
from cmom_srs.cli.options import Names
from cmom_srs.cli.options import chosen_notes
from cmom_srs.cli.output import is_json
from cmom_srs.cli.output import show
from cmom_srs.study.notes import Note


def show_notes(domains: Names, decks: Names, tags: Names) -> None:
    """The notes of the decks, in their order, a screen at a time on a terminal."""
    with learning() as learner:
        only = chosen_notes(learner.notes.values(), domains, decks, tags)
        notes = [note for note in learner.notes.values() if only is None or note.id in only]
    if is_json():
        show(notes, _shape, _lines)
    else:
        click.echo_via_pager(f"{line}\n" for line in _lines(notes))


def _shape(notes: Sequence[Note]) -> dict[str, Any]:
    return {"notes": [json_shapes.note(note) for note in notes]}


def _lines(notes: Sequence[Note]) -> Iterator[str]:
    deck = None
    for note in notes:
        if deck != (note.domain, note.deck):
            deck = (note.domain, note.deck)
            yield f"=== {note.deck_title} ===\n"
        yield from word_lines(note)
        yield f"Source: {note.source}  ({note.id})\n"
