"""`cmom anki import`: the reviews done on the phone come back."""

from typing import TYPE_CHECKING

import click

from cmom_srs.cli.command import Command
from cmom_srs.cli.command import FilePath
from cmom_srs.cli.command import json_option

if TYPE_CHECKING:
    from pathlib import Path


@click.group()
def anki() -> None:
    """Bring reviews done in Anki back into the terminal."""


@anki.command(name="import", cls=Command)
@click.argument("file", type=FilePath())
@json_option
def import_(file: "Path", is_json: bool) -> None:
    """Merge the reviews in FILE, an .apkg or .colpkg that Anki exported.

    Export with "Include scheduling information" ticked. What is known already is skipped, so the
    same file can be imported again and again.
    """
    from cmom_srs.cli import merging

    merging.merge(file, is_json)
