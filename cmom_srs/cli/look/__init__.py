"""The section "Look" of the help: the queue, a card, a search, numbers."""

from typing import TYPE_CHECKING

import click

from cmom_srs.cli.options import FilePath
from cmom_srs.cli.options import Names
from cmom_srs.cli.options import ProgramCommand
from cmom_srs.cli.options import card_argument
from cmom_srs.cli.options import filter_options
from cmom_srs.cli.output import json_option

if TYPE_CHECKING:
    from pathlib import Path

_REPORT = "cmom-report.html"


@click.command(cls=ProgramCommand)
@filter_options
@json_option
def due_command(domain_names: Names, deck_names: Names, tag_names: Names) -> None:
    """List today's cards in the order review asks them."""
    from cmom_srs.cli.look import queue

    queue.show_today(domain_names, deck_names, tag_names)


@click.command(cls=ProgramCommand)
@filter_options
@json_option
def next_command(domain_names: Names, deck_names: Names, tag_names: Names) -> None:
    """Show the card that review would ask now."""
    from cmom_srs.cli.look import queue

    queue.show_next(domain_names, deck_names, tag_names)


@click.command(cls=ProgramCommand)
@card_argument
@json_option
def card_command(card: str) -> None:
    """Show a card: its words, its schedule, every answer to it."""
    from cmom_srs.cli.look import card as cards

    cards.show_card(card)


@click.command(cls=ProgramCommand)
@click.argument("text", nargs=-1, required=True)
@json_option
def search_command(text: tuple[str, ...]) -> None:
    """Find notes in which every word of TEXT occurs."""
    from cmom_srs.cli.look import search

    search.show_found(" ".join(text).split())


@click.command(cls=ProgramCommand)
@filter_options
@json_option
def browse_command(domain_names: Names, deck_names: Names, tag_names: Names) -> None:
    """Read decks through, without being asked or graded."""
    from cmom_srs.cli.look import browse

    browse.show_notes(domain_names, deck_names, tag_names)


@click.command(cls=ProgramCommand)
@json_option
def suspended_command() -> None:
    """List the cards that you suspended: they are asked no more."""
    from cmom_srs.cli.look import suspended

    suspended.show_suspended()


@click.command(cls=ProgramCommand)
@json_option
def leeches_command() -> None:
    """List the leeches: cards that keep being forgotten."""
    from cmom_srs.cli.look import leeches

    leeches.show_leeches()


CHARTS = ("retention", "intervals", "ease", "days", "calendar", "forecast", "exams", "hardest")


@click.command(cls=ProgramCommand)
@click.option("--chart", type=click.Choice(CHARTS), metavar="NAME", help="Draw one of these.")
@json_option
def stats_command(chart: str | None) -> None:
    """Show answers and progress by domain, and the days ahead.

    \b
    With --chart NAME one screen instead:
    retention   what you still knew, by the days gone by and by domain
    intervals   how long cards wait
    ease        how fast their intervals grow
    days        cards and minutes of the last 14 days
    calendar    the last 26 weeks
    forecast    the days to the exam
    exams       the scores of practice exams
    hardest     the notes that go wrong most, and why
    """
    if chart:
        from cmom_srs.cli.look import chart as charts

        charts.show_chart(chart)
    else:
        from cmom_srs.cli.look import stats

        stats.show_stats()


@click.command(cls=ProgramCommand)
@click.option(
    "-o",
    "--output",
    "path",
    type=FilePath(dir_okay=False, allow_dash=True),
    default=_REPORT,
    show_default=True,
    metavar="FILE",
    help="Where to write it; - is standard output.",
)
@click.option("--open", "is_opening", is_flag=True, help="Show it in your browser.")
def report_command(path: "Path", is_opening: bool) -> None:
    """Write a page on your way so far, for a browser or for paper.

    One file, which loads nothing from anywhere: plan, readiness, exams, weak spots, what you still
    knew, days of study, the days ahead, your cards, your index of the manual. A report that is
    there already is made anew; any other file stays as it is.
    """
    from cmom_srs.cli.look import report

    if is_opening and path == report.STDOUT:
        raise click.UsageError("--open shows a file, and -o - writes none")
    report.write(path, is_opening)


COMMANDS = (
    due_command,
    next_command,
    card_command,
    search_command,
    browse_command,
    suspended_command,
    leeches_command,
    stats_command,
    report_command,
)
