"""Asking by whole lines: for screen readers, pipes and narrow terminals."""

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Container
from collections.abc import Mapping
from contextlib import AbstractContextManager
from io import TextIOWrapper
from typing import TextIO
from typing import TypeVar

from rich.text import Text

from cmom_srs.terminal.keyboard import keys
from cmom_srs.terminal.output.screen import Screen
from cmom_srs.terminal.prompt.prompt import Tick
from cmom_srs.terminal.prompt.prompt import Wake
from cmom_srs.terminal.prompt.prompt import place_of
from cmom_srs.terminal.stopwatch import Stopwatch

T = TypeVar("T")


class LinePrompt:
    """Reads lines and answers every line that it cannot use in words."""

    onward = "Enter"

    def __init__(self, source: TextIO, screen: Screen, watch: Stopwatch) -> None:
        # Only once: a stream that was read from refuses it.
        if isinstance(source, TextIOWrapper) and source.errors != "replace":
            source.reconfigure(errors="replace")
        self._source = source
        self.screen = screen
        self._watch = watch

    def key(
        self,
        words: str,
        wanted: Mapping[str, T],
        otherwise: str,
        tick: Tick | None = None,
        deliberate: Collection[str] = (),
    ) -> T | Wake:
        """What a line with one of the wanted keys means; an empty line is the Enter key."""
        while True:
            typed = self._read(f"{words}.{_hint(wanted)}", tick)
            if isinstance(typed, Wake):
                return typed
            typed = typed.casefold() or keys.ENTER
            if typed in wanted:
                return wanted[typed]
            self.screen.show(otherwise)

    def line(
        self,
        words: str,
        commands: Mapping[str, T],
        tick: Tick | None = None,
        accepts: Callable[[str], bool] | None = None,
        draft: list[str] | None = None,
    ) -> str | T | Wake:
        """A typed line."""
        typed = self._read(f"{words}:", tick)
        return typed if isinstance(typed, Wake) else commands.get(typed.casefold(), typed)

    def letters(
        self,
        count: int,
        chosen: list[int],
        is_ordered: bool,
        commands: Mapping[str, T],
        tick: Tick | None = None,
    ) -> T | Wake | None:
        """All numbers or letters in one line, with or without blanks and commas between."""
        ask = (
            f"Type all {count} numbers in order" if is_ordered else "Type all that apply, as in 2 3"
        )
        while True:
            typed = self._read(f"{ask}.{_hint(commands)}", tick)
            if isinstance(typed, Wake):
                return typed
            if typed.casefold() in commands:
                return commands[typed.casefold()]
            places = [place_of(label) for label in typed.casefold() if label not in " ,"]
            if _are_enough(places, count, is_ordered):
                chosen[:] = places
                return None
            each = "each once" if is_ordered else "at least one"
            self.screen.show(f"Numbers from 1 to {count}, {each}.")

    def last_key(self, words: str, wanted: Mapping[str, T]) -> None:
        """Nothing: there is nothing to press."""

    def away(self) -> AbstractContextManager[None]:
        """The time stands still; lines are read by nobody meanwhile."""
        return self._watch.paused()

    def _read(self, words: str, tick: Tick | None) -> str | Wake:
        self.screen.prompt(Text(words))
        line = self._source.readline()
        if tick is not None and not tick():
            return Wake.TIME_UP
        if not line:
            raise EOFError
        return line.strip()


def _hint(wanted: Container[str]) -> str:
    return " ? lists the keys." if "?" in wanted else ""


def _are_enough(places: list[int], count: int, is_ordered: bool) -> bool:
    is_known = all(0 <= place < count for place in places)
    is_enough = len(places) == count if is_ordered else bool(places)
    return is_known and is_enough and len(set(places)) == len(places)
