"""Asking by single keys, on a terminal."""

from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import contextmanager
from typing import TypeVar

from rich.text import Text

from cmom_srs.terminal.keyboard import Keyboard
from cmom_srs.terminal.keyboard import keys
from cmom_srs.terminal.output.screen import Screen
from cmom_srs.terminal.prompt.prompt import LETTERS
from cmom_srs.terminal.prompt.prompt import Command
from cmom_srs.terminal.prompt.prompt import command_of
from cmom_srs.terminal.prompt.prompt import place_of
from cmom_srs.terminal.stopwatch import Stopwatch

T = TypeVar("T")

_LONGEST_LINE = 40


class KeyPrompt:
    """Reads keys as they are pressed; other keys than the wanted ones do nothing."""

    onward = "Space"

    def __init__(self, keyboard: Keyboard, screen: Screen, watch: Stopwatch) -> None:
        self._keyboard = keyboard
        self.screen = screen
        self._watch = watch

    def key(self, words: str, wanted: Mapping[str, T], otherwise: str) -> T | Command:
        """What one of the wanted keys means."""
        self.screen.prompt(Text(f"{words}   ? keys   q leave", "quiet"))
        while True:
            key = self._read()
            if isinstance(key, Command):
                return key
            if key.casefold() in wanted:
                return wanted[key.casefold()]
            if command := command_of(key):
                return command

    def line(self, words: str) -> str | Command:
        """A typed line; Backspace takes a character back, Ctrl-U all of them."""
        typed = ""
        while True:
            self.screen.prompt(Text.assemble((f"{words}: ", "quiet"), typed))
            key = self._read()
            if isinstance(key, Command):
                return key
            if key == keys.ENTER:
                return command_of(typed.strip()) or typed.strip()
            typed = _edited(typed, key)

    def letters(self, count: int, chosen: list[int], is_ordered: bool) -> Command | None:
        """Letters toggle, or put the next one in its place and Backspace takes it back."""
        while True:
            self.screen.prompt(
                _order_so_far(count, chosen) if is_ordered else _toggles(count, chosen)
            )
            key = self._read()
            if isinstance(key, Command):
                return key
            if command := command_of(key):
                return command
            if key == keys.ENTER and (len(chosen) == count if is_ordered else chosen):
                return None
            if key == keys.ENTER:
                self.screen.show(_missing(count, chosen, is_ordered))
            _choose(key, count, chosen, is_ordered)

    def last_key(self, words: str) -> Command | None:
        """The command of any one key, or None; the end of the input is as good as a key."""
        self.screen.prompt(Text(words, "quiet"))
        try:
            key = self._read()
        except EOFError:
            return None
        self.screen.break_off()
        return key if isinstance(key, Command) else command_of(key)

    @contextmanager
    def away(self) -> Iterator[None]:
        """The terminal for another program, while the time stands still."""
        self.screen.break_off()
        with self._watch.paused(), self._keyboard.released():
            yield

    def _read(self) -> str | Command:
        key = self._keyboard.read_key() or keys.UNKNOWN
        if key not in {keys.SUSPEND, keys.RESUME}:
            return key
        self.screen.break_off()
        if key == keys.SUSPEND:
            with self._watch.paused():
                self._keyboard.suspend()
        self.screen.lose_mark()
        return Command.DRAW_AGAIN


def _edited(typed: str, key: str) -> str:
    if key == keys.BACKSPACE:
        return typed[:-1]
    if key == keys.CLEAR_LINE:
        return ""
    character = " " if key == keys.SPACE else key
    return (typed + character)[:_LONGEST_LINE] if len(character) == 1 else typed


def _choose(key: str, count: int, chosen: list[int], is_ordered: bool) -> None:
    place = place_of(key.casefold())
    if key == keys.BACKSPACE and chosen:
        chosen.pop()
    elif place in chosen and not is_ordered:
        chosen.remove(place)
    elif 0 <= place < count and place not in chosen:
        chosen.append(place)


def _toggles(count: int, chosen: list[int]) -> Text:
    marks = [f"[{'x' if place in chosen else ' '}] {LETTERS[place]}" for place in range(count)]
    return Text.assemble("  ".join(marks), ("   Enter submits", "quiet"))


def _order_so_far(count: int, chosen: list[int]) -> Text:
    letters = [LETTERS[place] for place in chosen] + ["_"] * (count - len(chosen))
    hint = "Enter submits" if len(chosen) == count else "letters in order"
    return Text.assemble(
        ("Your order: ", "quiet"), " ".join(letters), (f"   {hint}, Backspace takes back", "quiet")
    )


def _missing(count: int, chosen: list[int], is_ordered: bool) -> str:
    if not is_ordered:
        return "Nothing is chosen yet."
    left = count - len(chosen)
    return f"{left} steps are still to place." if left > 1 else "One step is still to place."
