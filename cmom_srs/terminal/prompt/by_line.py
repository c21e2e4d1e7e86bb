"""Asking by whole lines: for screen readers, pipes and narrow terminals."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import TextIO
from typing import TypeVar

from rich.text import Text

from cmom_srs.terminal.keyboard import keys
from cmom_srs.terminal.output.screen import Screen
from cmom_srs.terminal.prompt.prompt import Command
from cmom_srs.terminal.prompt.prompt import command_of
from cmom_srs.terminal.prompt.prompt import place_of
from cmom_srs.terminal.stopwatch import Stopwatch

T = TypeVar("T")


class LinePrompt:
    """Reads lines and answers every line that it cannot use in words."""

    onward = "Enter"

    def __init__(self, source: TextIO, screen: Screen, watch: Stopwatch) -> None:
        if reconfigure := getattr(source, "reconfigure", None):
            reconfigure(errors="replace")
        self._source = source
        self.screen = screen
        self._watch = watch

    def key(self, words: str, wanted: Mapping[str, T], otherwise: str) -> T | Command:
        """What a line with one of the wanted keys means; an empty line is the Enter key."""
        while True:
            typed = self._read(f"{words}. ? lists the keys.").casefold() or keys.ENTER
            if typed in wanted:
                return wanted[typed]
            if command := command_of(typed):
                return command
            self.screen.show(otherwise)

    def line(self, words: str) -> str | Command:
        """A typed line."""
        typed = self._read(f"{words}:")
        return command_of(typed) or typed

    def letters(self, count: int, chosen: list[int], is_ordered: bool) -> Command | None:
        """All numbers or letters in one line, with or without blanks and commas between."""
        ask = (
            f"Type all {count} numbers in order" if is_ordered else "Type all that apply, as in 2 3"
        )
        while True:
            typed = self._read(f"{ask}. ? lists the keys.")
            if command := command_of(typed):
                return command
            places = [place_of(label) for label in typed.casefold() if label not in " ,"]
            is_known = all(0 <= place < count for place in places)
            is_enough = len(places) == count if is_ordered else bool(places)
            if is_known and is_enough and len(set(places)) == len(places):
                chosen[:] = places
                return None
            each = "each once" if is_ordered else "at least one"
            self.screen.show(f"Numbers from 1 to {count}, {each}.")

    def last_key(self, words: str) -> None:
        """Nothing: there is nothing to press."""

    def away(self) -> AbstractContextManager[None]:
        """The time stands still; lines are read by nobody meanwhile."""
        return self._watch.paused()

    def _read(self, words: str) -> str:
        self.screen.prompt(Text(words))
        line = self._source.readline()
        if not line:
            raise EOFError
        return line.strip()
