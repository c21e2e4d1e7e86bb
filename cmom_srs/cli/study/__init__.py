"""The section "Study" of the help: the daily review, and the way back."""

from typing import Any

import click

from cmom_srs.cli.options import ProgramCommand
from cmom_srs.cli.options import filter_options
from cmom_srs.cli.output import json_option

_MOST_MINUTES = 1440


def _require_minutes(
    context: click.Context, parameter: click.Parameter, value: float | None
) -> float | None:
    if value is not None and not 0 < value <= _MOST_MINUTES:  # nan is in no range
        raise click.BadParameter(f"{value:g} is not above 0 and at most {_MOST_MINUTES}.")
    return value


@click.command(cls=ProgramCommand)
@filter_options
@click.option(
    "--new", "new_cards", type=click.IntRange(0), metavar="N", help="Introduce N new cards today."
)
@click.option(
    "--limit", type=click.IntRange(1), metavar="N", help="Stop after N cards; repeats wait."
)
@click.option(
    "--minutes",
    type=float,
    callback=_require_minutes,
    metavar="N",
    help="Stop before the next card once N minutes are used.",
)
@click.option("--ahead", "is_ahead", is_flag=True, help="Go on with cards that are not due yet.")
@click.option("--cram", "is_cram", is_flag=True, help="Practice without changing any schedule.")
@click.option("--plain", "is_plain", is_flag=True, help="Numbered choices, whole lines, no redraw.")
def review_command(**options: Any) -> None:
    """Study what is due today, then what is new.

    Every answer is on disk before the next card is shown: leave whenever you like.
    """
    from cmom_srs.cli.study import review

    review.run(review.ReviewOptions(**options))


@click.command(cls=ProgramCommand)
@json_option
def undo_command() -> None:
    """Take back the newest answer; again for the one before."""
    from cmom_srs.cli.study import undo

    undo.take_back_newest()


COMMANDS = (review_command, undo_command)
