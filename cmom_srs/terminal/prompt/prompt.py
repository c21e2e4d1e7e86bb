"""What the review asks of the learner's hands: a key, a line, letters; and the command keys.

There are two ways of asking, by_key.KeyPrompt and by_line.LinePrompt; the review knows neither.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from enum import StrEnum
from typing import Protocol
from typing import TypeVar

from cmom_srs.terminal.output.screen import Screen

LETTERS = "abcdefgh"
NUMBERS = "12345678"

T = TypeVar("T")


class Command(StrEnum):
    """The command keys, the same at every prompt; DRAW_AGAIN is the terminal's own."""

    UNDO = "u"
    EDIT = "v"
    BURY = "-"
    SUSPEND = "!"
    MANUAL = "o"
    INFO = "i"
    KEYS = "?"
    LEAVE = "q"
    DRAW_AGAIN = "draw-again"


_COMMANDS = {str(command): command for command in Command if len(command) == 1}


def command_of(typed: str) -> Command | None:
    """The command of a key, or of a line that is exactly one command key; else None."""
    return _COMMANDS.get(typed.casefold())


def labels(is_plain: bool) -> str:
    """What options and steps are labelled with; either kind of label is understood."""
    return NUMBERS if is_plain else LETTERS


def place_of(label: str) -> int:
    """The place from 0 that a letter or digit names; -1 when it names none."""
    return max(LETTERS.find(label), NUMBERS.find(label)) if len(label) == 1 else -1


class Prompt(Protocol):
    """One way of asking. Every question can be answered by a command instead.

    Raises EOFError at the end of the input, TerminalClosedError (an EOFError) when the terminal
    is gone, KeyboardInterrupt for Ctrl-C.
    """

    screen: Screen
    onward: str

    def key(self, words: str, wanted: Mapping[str, T], otherwise: str) -> T | Command:
        """What one of the wanted keys means; `otherwise` says which keys those are."""

    def line(self, words: str) -> str | Command:
        """A typed line, without the blanks around it."""

    def letters(self, count: int, chosen: list[int], is_ordered: bool) -> Command | None:
        """Fills `chosen` with places below `count`: some of them, or all of them in order.

        None when the learner has submitted them. What is chosen stays when a command comes
        between.
        """

    def last_key(self, words: str) -> Command | None:
        """The command of any one key, when nothing else is asked; None at once where lines are."""

    def away(self) -> AbstractContextManager[None]:
        """The terminal for another program, while the time stands still."""
