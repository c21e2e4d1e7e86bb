"""A bar on a terminal for work that takes longer than half a second."""

from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import ExitStack
from typing import TextIO
from typing import TypeVar

import click

from cmom_srs.cli import clock

_PATIENCE_SECONDS = 0.5

Item = TypeVar("Item")


def watch(
    items: Sequence[Item], begun: float, output: TextIO, label: str = "Notes"
) -> Iterator[Item]:
    """The items one by one; half a second after `begun` a bar says how far it is.

    `begun` is on clock.elapsed(). There is no bar unless `output` is a terminal.
    """
    with ExitStack() as shown:
        bar = None
        for done, item in enumerate(items):
            if bar is None and output.isatty() and clock.elapsed() - begun > _PATIENCE_SECONDS:
                bar = shown.enter_context(
                    click.progressbar(length=len(items), label=label, file=output)
                )
            if bar is not None:
                bar.update(done - bar.pos)
            yield item
        if bar is not None:
            bar.update(len(items) - bar.pos)
