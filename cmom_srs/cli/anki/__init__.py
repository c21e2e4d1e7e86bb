"""The section "Anki" of the help: packages out, reviews back."""

from typing import TYPE_CHECKING

import click

from cmom_srs.cli import completion
from cmom_srs.cli.options import FilePath
from cmom_srs.cli.options import ProgramCommand
from cmom_srs.cli.output import json_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(cls=ProgramCommand)
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
def export_command(  # noqa: PLR0913 - one argument for each option
    *,
    domain: str | None,
    out: "Path | None",
    is_dry_run: bool,
    is_diffing: bool,
    is_restamping: bool,
    is_dropping: bool,
    is_carrying: bool,
) -> None:
    """Make Anki packages of the decks, and say what changed in them.

    Import them into Anki as often as you like: notes keep their identity and every review, and
    only words that changed are replaced.
    """
    from cmom_srs.anki.stamping import ExportOptions

    options = ExportOptions(domain, is_restamping, is_dropping)
    if is_carrying:
        if domain or is_dry_run or is_diffing or is_restamping or is_dropping:
            raise click.UsageError("--with-progress goes with --out and --json alone")
        from cmom_srs.cli.anki import progress

        progress.export_with_progress(out, options)
        return
    from cmom_srs.cli.anki import export

    export.export(out, options, is_dry_run, is_diffing)


@click.group()
def anki_group() -> None:
    """Bring reviews done in Anki back into the terminal."""


@anki_group.command(cls=ProgramCommand)
@click.argument("file", type=FilePath())
@click.option("--yes", "is_sure", is_flag=True, help="Take back without asking what Anki undid.")
@json_option
def import_command(file: "Path", is_sure: bool) -> None:
    """Merge the reviews in FILE, an .apkg or .colpkg that Anki exported.

    Export with "Include scheduling information" ticked. What is known already is skipped, so the
    same file can be imported again and again; what was undone in Anki since is taken back here.
    """
    from cmom_srs.cli.anki import import_

    import_.import_reviews(file, is_sure)


COMMANDS = (export_command, anki_group)
