"""The keyboard on Windows: one key at a time, by msvcrt."""

import msvcrt
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from types import FrameType
from types import TracebackType
from typing import Self

from cmom_srs.terminal.keyboard import keys
from cmom_srs.terminal.keyboard.reader import KeyReader
from cmom_srs.terminal.keyboard.reader import forget_keys
from cmom_srs.terminal.keyboard.reader import heard_key

assert sys.platform == "win32"  # noqa: S101  (the type checker reads it)

_ENDS_OF_INPUT = {keys.END_OF_INPUT, keys.SUSPEND}
_POLL_SECONDS = 0.02


class WindowsKeyboard:
    """Reads the console's keys unechoed; Ctrl-C takes effect when the next key is read."""

    def __init__(self) -> None:
        self._reader = KeyReader(self._receive)
        self._special: list[str] = []
        self._size = _size()
        self._is_interrupted = False

    def __enter__(self) -> Self:
        self._handler_before = signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        signal.signal(signal.SIGINT, self._handler_before)

    def read_key(self, timeout: float | None = None) -> str | None:
        """The next key's name (see keys.py), or None when `timeout` seconds pass without one.

        keys.RESIZED says that the console has another size: draw again. Unknown keys are left
        out. Raises KeyboardInterrupt for Ctrl-C, EOFError for Ctrl-D and Ctrl-Z.
        """
        return heard_key(self._next_key, timeout, _ENDS_OF_INPUT)

    def flush(self) -> None:
        """Forgets what was typed up to now, but for Ctrl-C, which is raised."""
        forget_keys(self._next_key)

    def suspend(self) -> None:
        """Nothing: Windows does not stop programs."""

    @contextmanager
    def released(self) -> Iterator[None]:
        """The console for a program that reads it itself; its Ctrl-C is not ours."""
        yield
        self._is_interrupted = False

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._is_interrupted = True

    def _next_key(self, ends_at: float | None) -> str | None:
        while True:
            if self._is_interrupted:
                return keys.INTERRUPT
            if self._special:
                return self._special.pop(0)
            key = self._reader.next_key(ends_at)
            if key is not None or not (self._special or self._is_interrupted):
                return key

    def _is_resized(self) -> bool:
        """Whether the size has changed, of which nothing on Windows tells; then that is a key."""
        before, self._size = self._size, _size()
        if before != self._size:
            self._special.append(keys.RESIZED)
        return before != self._size

    def _receive(self, timeout: float | None) -> bytes:
        """Waits for a character; nothing when none came, or when a key came that is none."""
        ends_at = inf if timeout is None else time.monotonic() + timeout
        while not msvcrt.kbhit():
            if self._is_interrupted or self._is_resized() or time.monotonic() >= ends_at:
                return b""
            time.sleep(_POLL_SECONDS)
        code = msvcrt.getwch()
        # Alone it is the letter that looks like it.
        if keys.needs_following(code) and msvcrt.kbhit():
            self._special.append(keys.windows_key(msvcrt.getwch()))
            return b""
        return code.encode(errors="surrogatepass")


def _size() -> os.terminal_size:
    try:
        return os.get_terminal_size()
    except OSError:  # no console
        return os.terminal_size((0, 0))


def forget_typed_lines() -> None:
    """Forgets the lines typed up to now at the console that is the input."""
    while msvcrt.kbhit():
        msvcrt.getwch()
