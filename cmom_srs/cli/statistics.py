"""`cmom stats` and `cmom leeches`: numbers that lead to an action."""

import click

from cmom_srs.cli.command import Command
from cmom_srs.cli.command import json_option


@click.command(cls=Command)
@json_option
def stats(is_json: bool) -> None:
    """Show answers and progress by domain, and the days ahead."""
    from cmom_srs.cli import reports
    from cmom_srs.cli.learner import learning

    with learning() as learner:
        reports.show_stats(learner, is_json)


@click.command(cls=Command)
@json_option
def leeches(is_json: bool) -> None:
    """List the cards that keep being forgotten."""
    from cmom_srs.cli import reports
    from cmom_srs.cli.learner import learning

    with learning() as learner:
        reports.show_leeches(learner, is_json)
