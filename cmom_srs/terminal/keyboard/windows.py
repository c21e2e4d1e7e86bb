"""The keyboard on Windows: one key at a time, by msvcrt."""

import msvcrt
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from types import TracebackType
from typing import Self

from cmom_srs.terminal.keyboard import keys

assert sys.platform == "win32"  # noqa: S101  (the type checker reads it)

_POLL_SECONDS = 0.02


class WindowsKeyboard:
    """Reads the console's keys unechoed; Ctrl-C takes effect when the next key is read."""

    def __init__(self) -> None:
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

        Unknown keys are left out. Raises KeyboardInterrupt for Ctrl-C, EOFError for Ctrl-D and
        Ctrl-Z.
        """
        ends_at = None if timeout is None else time.monotonic() + timeout
        while True:
            if self._is_interrupted:
                raise KeyboardInterrupt
            if ends_at is not None and not _is_typed_before(ends_at):
                return None
            key = _read()
            if key == keys.INTERRUPT:
                raise KeyboardInterrupt
            if key == keys.END_OF_INPUT:
                raise EOFError
            if key != keys.UNKNOWN:
                return key

    def suspend(self) -> None:
        """Nothing: Windows does not stop programs."""

    @contextmanager
    def released(self) -> Iterator[None]:
        """The console for a program that reads it itself; its Ctrl-C is not ours."""
        yield
        self._is_interrupted = False

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._is_interrupted = True


def _is_typed_before(ends_at: float) -> bool:
    while not msvcrt.kbhit():
        if time.monotonic() >= ends_at:
            return False
        time.sleep(_POLL_SECONDS)
    return True


def _read() -> str:
    code = msvcrt.getwch()
    if keys.needs_following(code) and msvcrt.kbhit():  # else it is the letter that looks like it
        return keys.decode_windows(code, msvcrt.getwch())
    return keys.decode_windows(code)
