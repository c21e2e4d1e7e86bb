"""The section "Decks" of the help: deck files checked, read, changed, made one's own."""

from typing import TYPE_CHECKING
from typing import Any

import click

from cmom_srs.cli import completion
from cmom_srs.cli.options import FilePath
from cmom_srs.cli.options import ProgramCommand
from cmom_srs.cli.output import json_option
from cmom_srs.cli.output import print_json

if TYPE_CHECKING:
    from pathlib import Path


def _print_in(context: click.Context, parameter: click.Parameter, value: str) -> None:
    print_json(context, value == "json")


@click.command(cls=ProgramCommand)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=FilePath())
@click.option(
    "--format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    expose_value=False,
    callback=_print_in,
)
@click.option("--strict", "is_strict", is_flag=True, help="Exit 1 on advice too.")
@click.option(
    "--older-than",
    type=click.IntRange(1, 1200),
    metavar="MONTHS",
    help="Advise on facts whose As of is older.",
)
@click.option(
    "--expiring",
    type=click.IntRange(0, 36_500),
    metavar="DAYS",
    help="Advise on facts whose Until is past, or at most so many days ahead.",
)
@click.option("--coverage", "is_covering", is_flag=True, help="Count what the decks cover instead.")
@click.option("--fix", "is_fixing", is_flag=True, help="Give an id to every note without one.")
@click.pass_context
def check_command(
    context: click.Context,
    /,
    *,
    paths: tuple["Path", ...],
    is_strict: bool,
    is_covering: bool,
    is_fixing: bool,
    **asked: Any,
) -> None:
    """Check deck files: every problem of every file, with its line.

    PATH is a decks folder or a deck file; without one, the decks folder in use.
    """
    is_asked = any(number is not None for number in asked.values())
    if is_covering and (paths or is_strict or is_fixing or is_asked):
        raise click.UsageError("--coverage goes with --format alone")
    if is_covering:
        from cmom_srs.cli.decks import coverage

        coverage.show_coverage()
        return
    from cmom_srs.cli.decks import check

    context.exit(check.check(paths, check.AskedAdvice(**asked), is_fixing, is_strict))


@click.command(cls=ProgramCommand)
@click.option("--retire", "is_retiring_meant", is_flag=True, help="Retire all notes that are gone.")
@json_option
def sync_command(is_retiring_meant: bool) -> None:
    """Read the decks into the history; every schedule stays."""
    from cmom_srs.cli.decks import sync

    sync.sync(is_retiring_meant)


@click.command(cls=ProgramCommand)
@click.argument("old")
@click.argument("new")
def rename_command(old: str, new: str) -> None:
    """Give a note a new id; its history follows, in Anki too."""
    from cmom_srs.cli.decks import rename

    rename.rename(old, new)


@click.command(cls=ProgramCommand)
@click.argument("folder", required=False, metavar="[DIR]", type=FilePath())
@click.option("--update", "is_update", is_flag=True, help="Bring the shipped changes into yours.")
@click.option("--retire", "is_retiring", is_flag=True, help="With --update: drop retired notes.")
def init_command(folder: "Path | None", is_update: bool, is_retiring: bool) -> None:
    """Copy the shipped decks to DIR, to edit and extend them.

    DIR is then in use wherever CMOM_DECKS is not set and no decks/ is found in the current folder
    or above it. With --update, new shipped notes come in and what you edited stays yours.
    """
    from cmom_srs.cli.decks import init

    if is_retiring and not is_update:
        raise click.UsageError("--retire goes with --update")
    if is_update:
        init.update(folder, is_retiring)
    elif folder is None:
        raise click.UsageError("Say where: cmom init DIR, or cmom init --update")
    else:
        init.init(folder)


@click.command(cls=ProgramCommand)
@click.argument("file", type=FilePath(dir_okay=False))
@click.option(
    "--domain",
    required=True,
    metavar="NAME",
    shell_complete=completion.completer("domain"),
    help="The domain of the exam that the deck belongs to.",
)
@click.option("--deck", metavar="NAME", help="The deck's name.  [default: made of FILE's]")
@click.option("--title", metavar="TEXT", help="The deck's title.  [default: FILE's name]")
@click.option("--source", metavar="TEXT", help="Where the questions come from; else it is asked.")
@click.option(
    "--format",
    type=click.Choice(["aiken", "gift", "csv", "tsv", "anki"]),
    help="The format of FILE.  [default: found out]",
)
@json_option
@click.pass_context
def import_command(context: click.Context, /, file: "Path", **wishes: Any) -> None:
    """Write a deck file from a question bank: Aiken, GIFT, CSV or TSV, Anki's text export.

    What has no home in a deck is listed with its line. Nothing is written over.
    """
    from cmom_srs.cli.decks import import_

    context.exit(import_.import_bank(file, import_.ImportWishes(**wishes)))


COMMANDS = (check_command, sync_command, rename_command, init_command, import_command)
