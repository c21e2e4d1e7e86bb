"""What commands share: the global options, paths, the options that choose cards."""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING
from typing import Any
from typing import NoReturn

import click

from cmom_srs.cli import completion
from cmom_srs.cli.output import Decorated

if TYPE_CHECKING:
    from cmom_srs.study.notes import Note

Names = tuple[str, ...]


def _remember(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.find_root().ensure_object(dict)[parameter.name] = value


def global_options() -> list[click.Option]:
    """`--decks` and `--history`, kept for places.find()."""
    return [
        click.Option(
            ["--decks"],
            metavar="DIR",
            help="Folder of deck files.  [env: CMOM_DECKS]",
            expose_value=False,
            callback=_remember,
        ),
        click.Option(
            ["--history"],
            metavar="FILE",
            help="File of the history.  [env: CMOM_HISTORY]",
            expose_value=False,
            callback=_remember,
        ),
    ]


class ProgramCommand(click.Command):
    """A command that takes the global options after its name too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(global_options())


class ProgramGroup(click.Group):
    """A command with commands of its own, which takes the global options after its name too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(global_options())


class FilePath(click.Path):
    """The path of a file or folder, as pathlib has it, which is loaded only when one is given."""

    def convert(
        self,
        value: Any,
        parameter: click.Parameter | None,
        context: click.Context | None,
    ) -> Any:
        """The path, `~` expanded; wrong usage as click.Path has it."""
        from pathlib import Path

        typed = os.path.expanduser(os.fsdecode(value))  # noqa: PTH111 - never raises
        return Path(os.fsdecode(super().convert(typed, parameter, context)))


def card_argument(function: Decorated) -> Decorated:
    """The argument CARD: a card's name, `note-id/2`, or a note's id."""
    return click.argument("card", metavar="CARD", shell_complete=completion.completer("card"))(
        function
    )


def filter_options(function: Decorated) -> Decorated:
    """`--domain`, `--deck` and `--tag`, each any number of times; a card must meet each kind."""
    for name, what in (("tag", "a tag"), ("deck", "a deck"), ("domain", "a domain of the exam")):
        function = click.option(
            f"--{name}",
            f"{name}_names",
            multiple=True,
            metavar="NAME",
            shell_complete=completion.completer(name),
            help=f"Only cards of {what} (repeatable).",
        )(function)
    return function


def chosen_notes(
    notes: "Iterable[Note]", domains: Iterable[str], decks: Iterable[str], tags: Iterable[str]
) -> frozenset[str] | None:
    """The ids of the notes that the options choose; None when no option was given.

    Wrong usage (exit 2) for a name that no note has, with the nearest one that exists.
    """
    domains, decks, tags = frozenset(domains), frozenset(decks), frozenset(tags)
    if not (domains or decks or tags):
        return None
    notes = tuple(notes)
    _require_known("--domain", domains, {note.domain for note in notes})
    _require_known("--deck", decks, {note.deck for note in notes})
    _require_known("--tag", tags, {tag for note in notes for tag in note.tags})
    return frozenset(
        note.id
        for note in notes
        if (not domains or note.domain in domains)
        and (not decks or note.deck in decks)
        and (not tags or not tags.isdisjoint(note.tags))
    )


def _require_known(option: str, asked: frozenset[str], known: set[str]) -> None:
    for name in sorted(asked - known):
        refuse_unknown(option, f"No card has {option} {name!r}.", name, sorted(known))


def refuse_unknown(option: str, sentence: str, name: str, known: Iterable[str]) -> NoReturn:
    """Wrong usage (exit 2): a name that there is not, with the one that may be meant."""
    from difflib import get_close_matches

    known = tuple(known)
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(known)}."
    raise click.BadOptionUsage(option, f"{sentence} {hint}")
