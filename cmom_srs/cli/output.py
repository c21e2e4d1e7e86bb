"""What a command prints: one value, as lines of text or, with `--json`, as one JSON document."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any
from typing import TypeVar

import click

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
Value = TypeVar("Value")

_IS_JSON = "cmom_srs.is_json"


def json_option(function: Decorated) -> Decorated:
    """The option `--json` of a command that reads; `show` heeds it."""
    return click.option(
        "--json",
        "is_json",
        is_flag=True,
        expose_value=False,
        callback=lambda context, parameter, value: print_json(context, value),
        help="Print JSON for programs.",
    )(function)


def print_json(context: click.Context, is_json: bool) -> None:
    """Says whether the running command prints JSON."""
    context.meta[_IS_JSON] = is_json


def is_json() -> bool:
    """Whether the running command was asked for JSON."""
    return bool(click.get_current_context().meta.get(_IS_JSON))


def show(
    value: Value,
    shape: Callable[[Value], Mapping[str, Any]],
    lines: Callable[[Value], Iterable[str]],
) -> None:
    """Prints a value on stdout: its shape as JSON if that is asked for, else its lines."""
    if not is_json():
        for line in lines(value):
            click.echo(line)
        return
    import json

    click.echo(json.dumps({"schema": 1, **shape(value)}, ensure_ascii=False, indent=2))


def tell(line: str) -> None:
    """Says something beside the answer, on stderr."""
    click.echo(line, err=True)
