"""Which way of asking fits: single keys on a terminal that is wide enough, else whole lines."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from cmom_srs.terminal.keyboard import Keyboard
from cmom_srs.terminal.keyboard import forget_typed_lines
from cmom_srs.terminal.output.screen import Screen
from cmom_srs.terminal.prompt.by_key import KeyPrompt
from cmom_srs.terminal.prompt.by_line import LinePrompt
from cmom_srs.terminal.prompt.prompt import Prompt
from cmom_srs.terminal.stopwatch import Stopwatch

FEWEST_COLUMNS = 60


@contextmanager
def open_prompt(is_plain: bool, watch: Stopwatch) -> Iterator[Prompt]:
    """The learner's terminal, held for the time of the block.

    What was typed at it before there was anything to be seen is forgotten.
    """
    screen = Screen(sys.stdout)
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if is_plain or not is_terminal or screen.width < FEWEST_COLUMNS:
        if is_terminal:
            forget_typed_lines()
        yield LinePrompt(sys.stdin, Screen(sys.stdout, is_plain=True), watch)
        return
    with Keyboard() as keyboard, screen.held():
        keyboard.flush()
        yield KeyPrompt(keyboard, screen, watch)
