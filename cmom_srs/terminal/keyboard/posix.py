"""The keyboard on Linux and macOS: one key at a time, by termios."""

import os
import select
import signal
import sys
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import suppress
from types import FrameType
from types import TracebackType
from typing import Self

from cmom_srs.terminal.keyboard import keys
from cmom_srs.terminal.keyboard.keys import TerminalClosedError
from cmom_srs.terminal.keyboard.reader import KeyReader
from cmom_srs.terminal.keyboard.reader import forget_keys
from cmom_srs.terminal.keyboard.reader import heard_key

assert sys.platform != "win32"  # noqa: S101  (the type checker reads it)

_ENDS_OF_INPUT = {keys.END_OF_INPUT}
_SIGNALS = (
    signal.SIGINT,
    signal.SIGTERM,
    signal.SIGHUP,
    signal.SIGTSTP,
    signal.SIGCONT,
    signal.SIGWINCH,
)
_ENDING = {signal.SIGTERM, signal.SIGHUP}


class PosixKeyboard:
    """Holds the terminal in key-at-a-time mode from entering to leaving.

    Signals are noted and take effect when the next key is read, so that none can break off the
    recording of an answer. Keys typed ahead are kept.
    """

    def __init__(self, descriptor: int | None = None) -> None:
        self._descriptor = sys.stdin.fileno() if descriptor is None else descriptor
        self._reader = KeyReader(self._receive)
        self._noted: set[int] = set()
        self._is_held = False

    def __enter__(self) -> Self:
        self._before = termios.tcgetattr(self._descriptor)
        # Python restarts a select that a signal interrupts; a byte in this pipe ends it.
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._woken, False)
        os.set_blocking(self._wake, False)
        self._wakeup_before = signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        self._handlers_before = {number: signal.signal(number, self._note) for number in _SIGNALS}
        self._hold()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._let_go()
        for number, handler in self._handlers_before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup_before)
        os.close(self._woken)
        os.close(self._wake)

    def read_key(self, timeout: float | None = None) -> str | None:
        """The next key's name (see keys.py), or None when `timeout` seconds pass without one.

        keys.SUSPEND asks the caller to call `suspend`; keys.RESUME says that the process was
        stopped and goes on, keys.RESIZED that the terminal has another size: draw again. Unknown
        keys are left out. Raises KeyboardInterrupt for Ctrl-C, EOFError for Ctrl-D,
        TerminalClosedError when the terminal is gone or the process is asked to end.
        """
        return heard_key(self._next_key, timeout, _ENDS_OF_INPUT)

    def flush(self) -> None:
        """Forgets what was typed up to now, but for Ctrl-C, which is raised."""
        forget_keys(self._next_key)

    def _next_key(self, ends_at: float | None) -> str | None:
        while True:
            if key := self._noted_key():
                return key
            key = self._reader.next_key(ends_at)
            if key is not None or not self._noted:
                return key

    def _receive(self, timeout: float | None) -> bytes:
        """Waits for a byte; nothing when none came (a signal ends the wait, too).

        Never more than one: what is typed ahead of leaving belongs to the editor or the shell.
        """
        ready, _, _ = select.select([self._descriptor, self._woken], [], [], timeout)
        if self._woken in ready:
            os.read(self._woken, 1024)
        if self._descriptor not in ready:
            return b""
        try:
            received = os.read(self._descriptor, 1)
        except OSError as error:
            raise TerminalClosedError from error
        if not received:
            raise TerminalClosedError
        return received

    def _noted_key(self) -> str | None:
        """What the signals that came since the last key ask for."""
        noted, self._noted = self._noted, set()
        if noted & _ENDING:
            raise TerminalClosedError
        if signal.SIGINT in noted:
            return keys.INTERRUPT
        if signal.SIGTSTP in noted:
            return keys.SUSPEND
        if signal.SIGCONT in noted:
            self._hold()
            return keys.RESUME
        return keys.RESIZED if signal.SIGWINCH in noted else None

    def suspend(self) -> None:
        """Stops the program as Ctrl-Z does elsewhere; returns when it goes on."""
        self._let_go()
        handler = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        # The whole job, as a shell's Ctrl-Z does: `make review` stops with the review.
        os.kill(0, signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, handler)
        self._noted.discard(signal.SIGCONT)
        if not self._noted & _ENDING:
            self._hold()

    @contextmanager
    def released(self) -> Iterator[None]:
        """The terminal as it was, for a program such as an editor that reads it itself."""
        self._let_go()
        noting = signal.signal(signal.SIGTSTP, self._handlers_before[signal.SIGTSTP])
        try:
            yield
        finally:
            signal.signal(signal.SIGTSTP, noting)
            # The terminal sends Ctrl-C to the whole group: it was meant for the other program.
            self._noted -= {signal.SIGINT, signal.SIGCONT, signal.SIGWINCH}
            self._hold()

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._noted.add(number)

    def _hold(self) -> None:
        held = [*self._before]
        # Ctrl-C and Ctrl-Z are read as keys, so that they wait for an answer being recorded; IEXTEN
        # keeps Ctrl-V and Ctrl-O to itself, IXON lets Ctrl-S freeze the screen.
        held[tty.LFLAG] &= ~(termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN)
        held[tty.IFLAG] &= ~termios.IXON
        try:
            # DRAIN, not FLUSH: what is typed ahead stays.
            termios.tcsetattr(self._descriptor, termios.TCSADRAIN, held)
        except termios.error as error:
            raise TerminalClosedError from error
        self._is_held = True

    def _let_go(self) -> None:
        if not self._is_held:
            return
        self._is_held = False
        with suppress(termios.error):  # the terminal may be gone
            termios.tcsetattr(self._descriptor, termios.TCSADRAIN, self._before)


def forget_typed_lines() -> None:
    """Forgets the lines typed up to now at the terminal that is the input."""
    with suppress(termios.error):  # the terminal may be gone
        termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)
