"""What an exam will be, said before it begins."""

from collections.abc import Callable
from collections.abc import Sequence

from rich.text import Text

from cmom_srs.terminal.keyboard.keys import ENTER
from cmom_srs.terminal.prompt.open import open_prompt
from cmom_srs.terminal.prompt.prompt import Wake
from cmom_srs.terminal.stopwatch import Stopwatch

_BEGINS = {ENTER: True}


def is_begun(lines: Sequence[str], elapsed: Callable[[], float], *, is_plain: bool) -> bool:
    """Shows what will be, and waits for Enter; by whole lines it begins at once.

    False when another key is pressed. Raises KeyboardInterrupt for Ctrl-C.
    """
    with open_prompt(is_plain, Stopwatch(elapsed)) as prompt:
        if prompt.screen.is_plain:
            prompt.screen.show(*lines)
            return True
        begun: bool | Wake | None = Wake.DRAW_AGAIN
        while isinstance(begun, Wake):
            prompt.screen.show("", Text(lines[0], "strong"), "", *lines[1:], "")
            begun = prompt.last_key("Enter begins, any other key leaves", _BEGINS)
        return begun is True
