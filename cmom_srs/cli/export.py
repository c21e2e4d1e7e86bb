"""`cmom export`: the decks as Anki packages."""

import sys
from typing import TYPE_CHECKING

import click

from cmom_srs.cli import clock
from cmom_srs.cli import completion
from cmom_srs.cli.command import Command
from cmom_srs.cli.command import FilePath
from cmom_srs.cli.command import json_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(cls=Command)
@click.option(
    "--domain",
    metavar="NAME",
    shell_complete=completion.completer("domain"),
    help="Make the package of this domain alone.",
)
@click.option(
    "--out",
    type=FilePath(file_okay=False),
    metavar="DIR",
    help="Folder of the packages and their manifest.  [default: exports, beside the decks]",
)
@click.option(
    "--dry-run", "is_dry_run", is_flag=True, help="Say what would be done, write nothing."
)
@click.option("--diff", "is_diffing", is_flag=True, help="Show the changed words of each note.")
@click.option(
    "--restamp",
    "is_restamping",
    is_flag=True,
    help="Make every note newer than in Anki: the next import overwrites what was edited there.",
)
@click.option(
    "--drop-retired",
    "is_dropping",
    is_flag=True,
    help="Leave out the notes that an earlier export retired.",
)
@click.option(
    "--with-progress",
    "is_carrying",
    is_flag=True,
    help="Write your schedule and log too, to cmom-with-progress.apkg in this folder.",
)
@json_option
def export(  # noqa: PLR0913 - one argument for each option
    *,
    domain: str | None,
    out: "Path | None",
    is_dry_run: bool,
    is_diffing: bool,
    is_restamping: bool,
    is_dropping: bool,
    is_carrying: bool,
    is_json: bool,
) -> None:
    """Make Anki packages of the decks, and say what changed in them.

    Import them into Anki as often as you like: notes keep their identity and every review, and
    only words that changed are replaced.
    """
    begun = clock.elapsed()
    from cmom_srs.anki.build import Options
    from cmom_srs.cli import exporting
    from cmom_srs.cli import progress

    options = Options(
        domain,
        is_restamping,
        is_dropping,
        watch=lambda notes: progress.watch(notes, begun, sys.stderr),
    )
    if is_carrying:
        if domain or is_dry_run or is_diffing:
            raise click.UsageError("--with-progress goes with --out and --json alone")
        from cmom_srs.cli import carrying

        carrying.carry(out, options, is_json)
        return
    exported = exporting.export(out, options, is_dry_run)
    if is_json:
        exporting.write_json_report(exported, is_diffing)
    else:
        exporting.write_text(exported, is_diffing)
