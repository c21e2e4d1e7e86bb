"""What every command shares: the global options, accepted before and after its name."""

import os
from collections.abc import Callable
from collections.abc import Mapping
from typing import Any
from typing import TypeVar

import click

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


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


class Command(click.Command):
    """A command that takes the global options after its name too."""

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
        """The path; wrong usage as click.Path has it."""
        from pathlib import Path

        return Path(os.fsdecode(super().convert(value, parameter, context)))


def json_option(function: Decorated) -> Decorated:
    """The option `--json` of a command that reads."""
    return click.option("--json", "is_json", is_flag=True, help="Print JSON for programs.")(
        function
    )


def write_json(shape: Mapping[str, Any]) -> None:
    """One JSON document on stdout, the number of its schema first."""
    import json

    click.echo(json.dumps({"schema": 1, **shape}, ensure_ascii=False, indent=2))
