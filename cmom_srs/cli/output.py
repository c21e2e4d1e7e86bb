"""What a command prints: one value, as lines of text or, with `--json`, as one JSON document."""

import shutil
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any
from typing import TypeVar

import click

from cmom_srs.printable import json_safe
from cmom_srs.printable import printable

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
Value = TypeVar("Value")

_IS_JSON = "cmom_srs.is_json"
_NARROWEST = 40
_WIDEST = 100


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
            say(line)
        return
    import json

    document = json.dumps({"schema": 1, **shape(value)}, ensure_ascii=False, indent=2)
    click.echo(json_safe(document))


def text_width() -> int:
    """Columns for running text: those of the terminal, from 40 to 100."""
    return max(_NARROWEST, min(shutil.get_terminal_size().columns, _WIDEST))


def labeled(label: str, words: str, label_width: int, width: int, margin: int = 0) -> str:
    """A label, and words beside it that are wrapped to the right of it."""
    first = f"{'':{margin}}{label:<{label_width}}"
    return click.wrap_text(words, width, first, " " * (margin + label_width))


def say(line: str) -> None:
    """Prints a line of the answer on stdout."""
    click.echo(printable(line))


def tell(line: str) -> None:
    """Says something beside the answer, on stderr."""
    click.echo(printable(line), err=True)
