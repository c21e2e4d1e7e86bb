"""The section "Change a card" of the help: grade it, or take it out of the queue."""

from typing import Any

import click

from cmom_srs.cli.options import ProgramCommand
from cmom_srs.cli.options import card_argument
from cmom_srs.cli.output import json_option

_GRADES = {"again": 2, "hard": 3, "good": 4, "easy": 5}


class _Grade(click.ParamType[int]):
    """A grade: a number is always the grade 0-5, a word is a rating."""

    name = "grade"

    def convert(
        self, value: Any, parameter: click.Parameter | None, context: click.Context | None
    ) -> int:
        """The grade as a number from 0 to 5."""
        text = str(value).lower()
        if text in _GRADES:
            return _GRADES[text]
        if text in {"0", "1", "2", "3", "4", "5"}:
            return int(text)
        return self.fail(
            f"{value!r} is no grade: 0 to 5, or again, hard, good, easy", parameter, context
        )


@click.command(cls=ProgramCommand)
@card_argument
@click.argument("grade", type=_Grade(), metavar="GRADE")
@click.option("--cram", "is_cram", is_flag=True, help="Log the answer, schedule nothing.")
@json_option
def grade_command(card: str, grade: int, is_cram: bool) -> None:
    """Grade a card without the review screen.

    GRADE is SM-2's 0 to 5, or again (2), hard (3), good (4), easy (5).
    """
    from cmom_srs.cli.change import grade as grades

    grades.grade_card(card, grade, is_cram)


@click.command(cls=ProgramCommand)
@card_argument
def suspend_command(card: str) -> None:
    """Ask a card no more until it is unsuspended."""
    from cmom_srs.cli.change import suspend

    suspend.suspend_card(card)


@click.command(cls=ProgramCommand)
@card_argument
def unsuspend_command(card: str) -> None:
    """Ask a suspended card again, on its old schedule."""
    from cmom_srs.cli.change import suspend

    suspend.unsuspend_card(card)


@click.command(cls=ProgramCommand)
@card_argument
def bury_command(card: str) -> None:
    """Hide a card for the rest of the study day."""
    from cmom_srs.cli.change import bury

    bury.bury_card(card)


@click.command(cls=ProgramCommand)
@card_argument
def edit_command(card: str) -> None:
    """Open a note in your editor; its schedule stays."""
    from cmom_srs.cli.change import edit

    edit.edit_note(card)


COMMANDS = (edit_command, grade_command, suspend_command, unsuspend_command, bury_command)
