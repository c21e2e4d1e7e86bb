"""A bar on a terminal for work that takes longer than half a second."""

import os
import sys
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import ExitStack
from contextlib import contextmanager
from typing import TYPE_CHECKING
from typing import TextIO

from cmom_srs.cli import clock
from cmom_srs.watch import Piece
from cmom_srs.watch import Watch

if TYPE_CHECKING:
    from rich.progress import Progress
    from rich.progress import TaskID

_PATIENCE_SECONDS = 0.5
_SECONDS_BETWEEN_LOOKS = 0.1
_BAR_WIDTH = 16  # so that all of it, and the ^C of who interrupts it, fit into 60 columns


@contextmanager
def shown(output: TextIO | None = None) -> Iterator[Watch]:
    """Watches the work of the block: half a second after its begin a bar says how far it is.

    There is none unless `output`, by default stderr, is a terminal. The bar is gone when the block
    ends, whatever ended it; nothing else may be printed meanwhile.
    """
    with ExitStack() as at_end:
        yield _Bar(output or sys.stderr, at_end).watch


class _Bar:
    """One bar for all work of a block, by what is done at the time."""

    def __init__(self, output: TextIO, at_end: ExitStack) -> None:
        self._output = output
        self._at_end = at_end
        self._next_look = clock.elapsed() + _PATIENCE_SECONDS
        self._progress: Progress | None = None

    def watch(self, pieces: Sequence[Piece], doing: str, /) -> Iterator[Piece]:
        """The pieces; between them the bar is brought up to date."""
        task = None
        for done, piece in enumerate(pieces):
            if clock.elapsed() >= self._next_look and self._output.isatty():
                task = self._draw(task, doing, done, len(pieces))
            yield piece
        if task is not None:
            self._draw(task, doing, len(pieces), len(pieces))

    def _draw(self, task: "TaskID | None", doing: str, done: int, total: int) -> "TaskID":
        progress = self._progress = self._progress or self._begin()
        if task is None:
            for before in progress.task_ids:
                progress.remove_task(before)
            task = progress.add_task(doing, total=total, completed=done)
        progress.update(task, completed=done, refresh=True)
        self._next_look = clock.elapsed() + _SECONDS_BETWEEN_LOOKS
        return task

    def _begin(self) -> "Progress":
        from rich.console import Console
        from rich.progress import BarColumn
        from rich.progress import Progress
        from rich.progress import TaskProgressColumn
        from rich.progress import TimeRemainingColumn

        from cmom_srs.terminal.output.abilities import can_move_cursor

        is_moving = can_move_cursor(self._output, os.environ)
        progress = Progress(
            "{task.description}",
            BarColumn(bar_width=_BAR_WIDTH),
            TaskProgressColumn(),
            TimeRemainingColumn(compact=True),
            "left",
            console=Console(file=self._output, force_terminal=is_moving),
            transient=True,
            auto_refresh=False,  # else a thread draws
            redirect_stdout=False,
            redirect_stderr=False,
            get_time=clock.elapsed,
            disable=not is_moving,
        )
        return self._at_end.enter_context(progress)
