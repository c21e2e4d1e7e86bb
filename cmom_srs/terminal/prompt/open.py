"""Which way of asking fits: single keys on a terminal that is wide enough, else whole lines."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from cmom_srs.terminal.keyboard import Keyboard
from cmom_srs.terminal.output.screen import Paper
from cmom_srs.terminal.prompt.by_key import KeyAsker
from cmom_srs.terminal.prompt.by_line import LineAsker
from cmom_srs.terminal.prompt.prompt import Asker
from cmom_srs.terminal.stopwatch import Stopwatch

FEWEST_COLUMNS = 60


@contextmanager
def open_asker(is_plain: bool, watch: Stopwatch) -> Iterator[Asker]:
    """The learner's terminal, held for the time of the block."""
    paper = Paper(sys.stdout)
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if is_plain or not is_terminal or paper.width < FEWEST_COLUMNS:
        yield LineAsker(sys.stdin, Paper(sys.stdout, is_plain=True), watch)
        return
    with Keyboard() as keyboard:
        yield KeyAsker(keyboard, paper, watch)
