"""A learner at a real pseudo-terminal: presses keys and looks at the screen."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pyte

from tests.conftest import REPOSITORY
from tests.support.review_desk import read_answers
from tests.support.review_desk import review_command

SECONDS = 60
READING_SECONDS = 0.3


class Learner:
    """Holds a terminal on which a review, or any other command, runs."""

    def __init__(
        self,
        folder: Path,
        command: list[str],
        columns: int = 80,
        lines: int = 24,
        **environment: str,
    ) -> None:
        self.folder = folder
        self.sent = b""
        self._screen = pyte.HistoryScreen(columns, lines, history=2000, ratio=1.0)
        self._stream = pyte.ByteStream(self._screen)
        self.child = pexpect.spawn(
            command[0],
            command[1:],
            env={**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(REPOSITORY)}
            | environment,
            dimensions=(lines, columns),
            timeout=SECONDS,
            preexec_fn=_hear_ctrl_c,
        )
        self.child.delaybeforesend = None

    def press(self, *keys: str) -> None:
        for key in keys:
            self.child.send(key)

    def rate(self, key: str) -> None:
        """Presses a key at the buttons once they have stood long enough, and sees what it does."""
        shown = self.wait_for(lambda text: "1 to 4" in text.rsplit("\n", 1)[-1])
        time.sleep(READING_SECONDS)
        self.press(key)
        self.wait_for(lambda text: text != shown)

    def text(self) -> str:
        """What stands on the screen, without the blanks at the ends of lines and below."""
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip()

    def scrolled(self) -> list[str]:
        """The lines that have gone to the scroll-back."""
        columns = range(self._screen.columns)
        return [
            "".join(line[column].data for column in columns).rstrip()
            for line in self._screen.history.top
        ]

    def wait_for(self, awaited: str | Callable[[str], bool]) -> str:
        """The screen as soon as it holds a text or fulfills a condition."""
        is_there = awaited if callable(awaited) else lambda text: awaited in text
        ends_at = time.monotonic() + SECONDS  # a ticking clock sends something for ever
        while not is_there(self.text()):
            try:
                left = max(0.0, ends_at - time.monotonic())
                if not left:
                    raise pexpect.TIMEOUT("too long")
                self._receive(self.child.read_nonblocking(4096, timeout=left))
            except (pexpect.TIMEOUT, pexpect.EOF) as error:
                raise AssertionError(f"not seen: {awaited!r} in\n{self.text()}") from error
        return self.text()

    def wait_for_end(self) -> int:
        """The exit code, once the program has ended by itself."""
        while True:
            try:
                self._receive(self.child.read_nonblocking(4096, timeout=SECONDS))
            except pexpect.EOF:
                break
        self.child.wait()
        return self.child.exitstatus if self.child.exitstatus is not None else -1

    def _receive(self, sent: bytes) -> None:
        self.sent += sent
        self._stream.feed(sent)

    def resize(self, columns: int, lines: int = 24) -> None:
        self.child.setwinsize(lines, columns)
        self._screen.resize(lines, columns)

    def answers(self) -> list[tuple[str, str, int, int]]:
        """The answers on disk: card, kind, grade, milliseconds."""
        return read_answers(self.folder)

    def end(self) -> str:
        """How the review ended: answers, whether interrupted, whether closed."""
        return (self.folder / "end").read_text(encoding="utf-8")


def _hear_ctrl_c() -> None:
    """A shell that starts tests in the background has them, and their children, ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def review(
    folder: Path, *arguments: str, columns: int = 80, lines: int = 24, **environment: str
) -> Learner:
    """A learner before a review of these cards (see review_desk.main)."""
    command = review_command(folder, *arguments)
    return Learner(folder, command, columns, lines, **environment)
