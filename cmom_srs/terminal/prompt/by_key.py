"""Asking by single keys, on a terminal."""

import time
from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Container
from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import contextmanager
from math import inf
from typing import NamedTuple
from typing import TypeVar

from rich.cells import cell_len
from rich.text import Text

from cmom_srs.terminal.keyboard import Keyboard
from cmom_srs.terminal.keyboard import keys
from cmom_srs.terminal.output.screen import Screen
from cmom_srs.terminal.prompt.prompt import LETTERS
from cmom_srs.terminal.prompt.prompt import Tick
from cmom_srs.terminal.prompt.prompt import Wake
from cmom_srs.terminal.stopwatch import Stopwatch

T = TypeVar("T")

_LONGEST_LINE = 500
_TICK_SECONDS = 1.0
_READ_SECONDS = 0.25  # nobody reads an answer faster
# When a key held down comes again: first after two seconds at most (macOS set to its longest), then
# 90 milliseconds apart at most (macOS as it comes).
_LONGEST_DELAY_SECONDS = 2.0
_REPEAT_SECONDS = 0.12
_HINTS = {"?": "? keys", "q": "q leave"}


class _Pressed(NamedTuple):
    key: str
    at: float


class KeyPrompt:
    """Reads keys as they are pressed; other keys than the wanted ones do nothing."""

    onward = "Space"

    def __init__(
        self,
        keyboard: Keyboard,
        screen: Screen,
        watch: Stopwatch,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._keyboard = keyboard
        self.screen = screen
        self._watch = watch
        self._seconds = seconds
        self._ahead: str | BaseException | None = None
        self._last_key = _Pressed("", -inf)

    def key(
        self,
        words: str,
        wanted: Mapping[str, T],
        otherwise: str,
        tick: Tick | None = None,
        deliberate: Collection[str] = (),
    ) -> T | Wake:
        """What one of the wanted keys means."""
        drawn_at = self._seconds()
        while True:
            before = self._last_key
            key = self._read(Text(f"{words}{_hint(wanted)}", "quiet"), tick)
            if isinstance(key, Wake):
                return key
            name = key.casefold()
            if name in deliberate and not self._is_deliberate(name, before, drawn_at):
                continue
            if name in wanted:
                return wanted[name]

    def line(
        self,
        words: str,
        commands: Mapping[str, T],
        tick: Tick | None = None,
        accepts: Callable[[str], bool] | None = None,
        draft: list[str] | None = None,
    ) -> str | T | Wake:
        """A typed line; Backspace takes a character back, Escape and Ctrl-U all of them."""
        typed = "".join(draft or ())
        while True:
            hint = _hint(commands) if not typed else "   Enter submits   Esc clears"
            key = self._read(self._line_so_far(words, typed), tick, hint)
            if draft is not None:
                draft[:] = typed if isinstance(key, Wake) else ""
            if isinstance(key, Wake):
                return key
            if key == keys.ENTER:
                return commands.get(typed.strip().casefold(), typed.strip())
            before, typed = typed, _edited(typed, key, accepts or _accepts_all)
            if before == typed == "" and key.casefold() in commands:
                return commands[key.casefold()]

    def _line_so_far(self, words: str, typed: str) -> Text:
        """The words and what is typed: its end, where there is no room for all."""
        room = self.screen.prompt_width - cell_len(words) - 2
        if cell_len(typed) > room:
            while cell_len(typed) > room - 3:
                typed = typed[1:]
            typed = f"...{typed}"
        return Text.assemble((f"{words}: ", "quiet"), typed)

    def letters(
        self,
        count: int,
        chosen: list[int],
        is_ordered: bool,
        commands: Mapping[str, T],
        tick: Tick | None = None,
    ) -> T | Wake | None:
        """Letters toggle, or put the next one in its place and Backspace takes it back."""
        while True:
            so_far = _order_so_far(count, chosen) if is_ordered else _toggles(count, chosen)
            key = self._read(so_far, tick, ", Backspace takes back" if is_ordered else "")
            if isinstance(key, Wake):
                return key
            if key.casefold() in commands:
                return commands[key.casefold()]
            if key == keys.ENTER and (len(chosen) == count if is_ordered else chosen):
                return None
            if key == keys.ENTER:
                self.screen.show(_missing(count, chosen, is_ordered))
            _choose(key, count, chosen, is_ordered)

    def last_key(self, words: str, wanted: Mapping[str, T]) -> T | Wake | None:
        """What any one key means; the end of the input is as good as a key."""
        try:
            key = self._read(Text(words, "quiet"), None)
        except EOFError:
            return None
        self.screen.break_off()
        return key if isinstance(key, Wake) else wanted.get(key.casefold())

    @contextmanager
    def away(self) -> Iterator[None]:
        """The terminal for another program, while the time stands still."""
        self.screen.break_off()
        with self._watch.paused(), self.screen.released(), self._keyboard.released():
            yield
        self.screen.lose_page()

    def _read(self, words: Text, tick: Tick | None, hint: str = "") -> str | Wake:
        """The next key, with the words standing in the line that is being answered."""
        while True:
            self.screen.prompt(words, hint)
            key = self._take(None if tick is None else _TICK_SECONDS)
            if tick is not None and not tick():
                self.screen.break_off()
                return Wake.TIME_UP
            if key in {keys.SUSPEND, keys.RESUME, keys.RESIZED}:
                return self._disturbed(key)
            if key is not None:
                self._last_key = _Pressed(key.casefold(), self._seconds())
                return key

    def _take(self, timeout: float | None) -> str | None:
        """The next key; first what was read while it was not asked for yet."""
        ahead, self._ahead = self._ahead, None
        if isinstance(ahead, BaseException):
            raise ahead
        return ahead or self._keyboard.read_key(timeout)

    def _is_deliberate(self, key: str, before: "_Pressed", drawn_at: float) -> bool:
        """Whether what the key answers can have been read, and the key is not held down.

        A key held down comes again within two seconds, then many times a second; all of these are
        taken away. So a key that comes after another one need not be waited for.
        """
        now = self._seconds()
        is_early = now - drawn_at < _READ_SECONDS
        may_be_held = is_early or (before.key == key and now - before.at < _LONGEST_DELAY_SECONDS)
        return not (may_be_held and self._comes_again(key)) and not is_early

    def _comes_again(self, key: str) -> bool:
        has_come = False
        while (following := self._look_ahead()) == key:
            has_come = True
        self._ahead = following
        return has_come

    def _look_ahead(self) -> str | BaseException | None:
        """The key that follows at once; Ctrl-C or the end of the input must wait for its turn."""
        try:
            return self._take(_REPEAT_SECONDS)
        except (EOFError, KeyboardInterrupt) as ending:
            return ending

    def _disturbed(self, key: str) -> Wake:
        """Something has written over the screen, or broken its lines anew."""
        if key == keys.RESIZED:
            self._comes_again(key)  # a window drawn to its size says so many times
        self.screen.break_off()
        if key == keys.SUSPEND:
            with self._watch.paused(), self.screen.released():
                self._keyboard.suspend()
        self.screen.lose_page()
        return Wake.DRAW_AGAIN


def _hint(wanted: Container[str]) -> str:
    """The keys that help, where they act."""
    return "".join(f"   {hint}" for key, hint in _HINTS.items() if key in wanted)


def _accepts_all(text: str) -> bool:
    return True


def _edited(typed: str, key: str, accepts: Callable[[str], bool]) -> str:
    if key == keys.BACKSPACE:
        return typed[:-1]
    if key in {keys.CLEAR_LINE, keys.ESCAPE}:
        return ""
    for character in _text_of(key):
        if accepts(typed + character):
            typed += character
    return typed[:_LONGEST_LINE]


def _text_of(key: str) -> str:
    """What a key adds to a line: its character, what was pasted, or nothing."""
    if key == keys.SPACE:
        return " "
    return key if len(key) == 1 else keys.pasted(key) or ""


def _choose(key: str, count: int, chosen: list[int], is_ordered: bool) -> None:
    place = LETTERS.find(key.casefold()) if len(key) == 1 else -1
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
    return Text.assemble(("Your order: ", "quiet"), " ".join(letters), (f"   {hint}", "quiet"))


def _missing(count: int, chosen: list[int], is_ordered: bool) -> str:
    if not is_ordered:
        return "Nothing is chosen yet."
    left = count - len(chosen)
    return f"{left} steps are still to place." if left > 1 else "One step is still to place."
