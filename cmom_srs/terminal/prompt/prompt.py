"""What is asked of the learner's hands: a key, a line, letters.

There are two ways of asking, by_key.KeyPrompt and by_line.LinePrompt; who asks knows neither.
"""

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Mapping
from contextlib import AbstractContextManager
from enum import Enum
from enum import auto
from typing import Protocol
from typing import TypeVar

from cmom_srs.terminal.output.screen import Screen

LETTERS = "abcdefgh"
NUMBERS = "12345678"

T = TypeVar("T")

Tick = Callable[[], bool]
"""Called while a prompt waits, at least once a second and once more for what was given then.

It may draw; the prompt draws itself again after it. It returns whether there is time left: if not,
what was given came too late, and the prompt returns Wake.TIME_UP. A prompt of lines, which cannot
be woken, calls it when a line has come.
"""


class Wake(Enum):
    """Why a prompt has returned without being answered."""

    DRAW_AGAIN = auto()
    """The program was stopped and goes on, or the terminal has another size: draw all again."""
    TIME_UP = auto()
    """The tick said that no time is left."""


def labels(is_plain: bool) -> str:
    """What options and steps are labeled with.

    By keys letters alone, since digits are ratings; in lines digits, and letters are understood.
    """
    return NUMBERS if is_plain else LETTERS


def place_of(label: str) -> int:
    """The place from 0 that a letter or digit names; -1 when it names none."""
    return max(LETTERS.find(label), NUMBERS.find(label)) if len(label) == 1 else -1


class Prompt(Protocol):
    """One way of asking. `wanted` and `commands` say what keys mean, by their names (keys.py).

    Raises EOFError at the end of the input, TerminalClosedError (an EOFError) when the terminal
    is gone, KeyboardInterrupt for Ctrl-C.
    """

    screen: Screen
    onward: str

    def key(
        self,
        words: str,
        wanted: Mapping[str, T],
        otherwise: str,
        tick: Tick | None = None,
        deliberate: Collection[str] = (),
    ) -> T | Wake:
        """What one of the wanted keys means; `otherwise` says which keys those are.

        A `deliberate` one counts only when the prompt has stood for a quarter of a second, and not
        when it is held down; a line is deliberate in any case.
        """

    def line(
        self,
        words: str,
        commands: Mapping[str, T],
        tick: Tick | None = None,
        accepts: Callable[[str], bool] | None = None,
        draft: list[str] | None = None,
    ) -> str | T | Wake:
        """A typed line without the blanks around it; a line that is exactly one key a command.

        `accepts` says what the line may read while it is typed by keys. A command key that could
        not begin it acts at once. `draft` keeps what is typed while the prompt is drawn again.
        """

    def letters(
        self,
        count: int,
        chosen: list[int],
        is_ordered: bool,
        commands: Mapping[str, T],
        tick: Tick | None = None,
    ) -> T | Wake | None:
        """Fills `chosen` with places below `count`: some of them, or all of them in order.

        None when the learner has submitted them. What is chosen stays when a command comes
        between.
        """

    def last_key(self, words: str, wanted: Mapping[str, T]) -> T | Wake | None:
        """What any one key means, when nothing else is asked; None at once where lines are read."""

    def away(self) -> AbstractContextManager[None]:
        """The terminal for another program, while the time stands still."""
