"""What TAB completes, read straight from the text of the decks: quick, and without the history."""

import re
from collections.abc import Callable
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

_TAGS = re.compile(r"^Tags: *(.+)$", re.MULTILINE)

Completer = Callable[[click.Context, click.Parameter, str], list[str]]


def completer(what: str) -> Completer:
    """A completer for the names of a `domain`, `deck`, `tag` or `card`."""

    def complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
        return sorted({name for name in _names(what, context) if name.startswith(incomplete)})

    return complete


def _names(what: str, context: click.Context) -> Iterator[str]:
    from cmom_srs.cli import places

    for path in places.find(context).decks.path.glob("*/*.md"):
        if what == "domain":
            yield path.parent.name
        elif what == "deck":
            yield path.stem
        else:
            yield from _names_inside(path, what)


def _names_inside(path: "Path", what: str) -> Iterator[str]:
    from cmom_srs.deckfiles import headings

    text = headings.read_text(path)
    if what == "card":
        yield from headings.note_ids(text)
    else:
        for line in _TAGS.findall(text):
            yield from (tag.strip() for tag in line.split(","))
