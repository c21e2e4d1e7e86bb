"""The keyboard on a real pseudo-terminal of this process."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any
from typing import NamedTuple

import pytest

pytest.importorskip("termios", reason="pseudo-terminals are not on this system")

import termios

from cmom_srs.terminal.keyboard import keys
from cmom_srs.terminal.keyboard.keys import TerminalClosedError
from cmom_srs.terminal.keyboard.posix import PosixKeyboard


class Terminal(NamedTuple):
    """Two ends of a pseudo-terminal: what a learner types into, and what a program reads."""

    learner: int
    program: int

    def type(self, typed: str) -> None:
        os.write(self.learner, typed.encode())

    def settings(self) -> list[Any]:
        return termios.tcgetattr(self.program)


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    ends = Terminal(*os.openpty())
    yield ends
    for end in ends:
        with suppress(OSError):
            os.close(end)


def test_keys_arrive_one_at_a_time_by_name(terminal: Terminal) -> None:
    with PosixKeyboard(terminal.program) as keyboard:
        terminal.type("a é\x1b[A\r\x7f")
        named = [keyboard.read_key() for _ in range(6)]
    assert named == ["a", keys.SPACE, "é", "up", keys.ENTER, keys.BACKSPACE]


def test_keys_typed_before_the_terminal_is_held_are_kept(terminal: Terminal) -> None:
    terminal.type("ab")
    with PosixKeyboard(terminal.program) as keyboard:
        assert [keyboard.read_key(), keyboard.read_key()] == ["a", "b"]


def test_unknown_keys_are_left_out(terminal: Terminal) -> None:
    with PosixKeyboard(terminal.program) as keyboard:
        terminal.type("\x1b[15~\x01\x1bxb")
        assert keyboard.read_key() == "b"


def test_a_lone_escape_is_the_escape_key(terminal: Terminal) -> None:
    with PosixKeyboard(terminal.program) as keyboard:
        terminal.type("\x1b")
        assert keyboard.read_key() == keys.ESCAPE


def test_a_character_that_stops_half_way_is_left_out(terminal: Terminal) -> None:
    with PosixKeyboard(terminal.program) as keyboard:
        os.write(terminal.learner, b"\xe2\x88")
        assert keyboard.read_key(timeout=0.2) is None
        terminal.type("b")
        assert keyboard.read_key() == "b"


def test_no_key_in_time_is_none(terminal: Terminal) -> None:
    with PosixKeyboard(terminal.program) as keyboard:
        assert keyboard.read_key(timeout=0) is None


def test_unknown_keys_do_not_put_off_the_time_to_wake(terminal: Terminal) -> None:
    def fidget() -> None:
        for _ in range(100):
            if is_over.wait(0.02):
                return
            terminal.type("\x01")
        terminal.type("late")

    is_over = threading.Event()
    with PosixKeyboard(terminal.program) as keyboard, ThreadPoolExecutor() as pool:
        pool.submit(fidget)
        key = keyboard.read_key(timeout=0.1)
        is_over.set()
    assert key is None


def test_ctrl_c_and_ctrl_d_are_exceptions(terminal: Terminal) -> None:
    with PosixKeyboard(terminal.program) as keyboard:
        terminal.type("\x03\x04a")
        with pytest.raises(KeyboardInterrupt):
            keyboard.read_key()
        with pytest.raises(EOFError):
            keyboard.read_key()
        assert keyboard.read_key() == "a"


def test_ctrl_z_asks_the_caller_to_suspend(terminal: Terminal) -> None:
    with PosixKeyboard(terminal.program) as keyboard:
        terminal.type("\x1a")
        assert keyboard.read_key() == keys.SUSPEND


def test_the_terminal_is_as_before_after_an_exception(terminal: Terminal) -> None:
    before = terminal.settings()

    def fail() -> None:
        with PosixKeyboard(terminal.program):
            assert terminal.settings() != before
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert terminal.settings() == before


def test_the_terminal_is_as_before_while_released(terminal: Terminal) -> None:
    before = terminal.settings()
    with PosixKeyboard(terminal.program) as keyboard:
        held = terminal.settings()
        with keyboard.released():
            assert terminal.settings() == before
        assert terminal.settings() == held


def test_what_is_typed_ahead_belongs_to_whom_the_terminal_is_released(terminal: Terminal) -> None:
    with PosixKeyboard(terminal.program) as keyboard:
        terminal.type("vhello\n")
        assert keyboard.read_key() == "v"
        with keyboard.released():
            assert os.read(terminal.program, 100) == b"hello\n"


def test_a_closed_terminal_is_no_mere_end_of_input(terminal: Terminal) -> None:
    with PosixKeyboard(terminal.program) as keyboard:
        os.close(terminal.learner)
        with pytest.raises(TerminalClosedError):
            keyboard.read_key()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_end_takes_effect_at_the_next_key(
    terminal: Terminal, number: signal.Signals
) -> None:
    with PosixKeyboard(terminal.program) as keyboard:
        os.kill(os.getpid(), number)
        terminal.type("a")
        with pytest.raises(TerminalClosedError):
            keyboard.read_key()


def test_an_interrupt_takes_effect_at_the_next_key(terminal: Terminal) -> None:
    with PosixKeyboard(terminal.program) as keyboard:
        os.kill(os.getpid(), signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            keyboard.read_key()


def test_an_interrupt_of_the_editor_is_not_ours(terminal: Terminal) -> None:
    with PosixKeyboard(terminal.program) as keyboard:
        with keyboard.released():
            os.kill(os.getpid(), signal.SIGINT)
        terminal.type("a")
        assert keyboard.read_key() == "a"


def test_a_stop_from_outside_asks_the_caller_to_suspend(terminal: Terminal) -> None:
    with PosixKeyboard(terminal.program) as keyboard:
        os.kill(os.getpid(), signal.SIGTSTP)
        assert keyboard.read_key() == keys.SUSPEND


def test_going_on_holds_the_terminal_again(terminal: Terminal) -> None:
    before = terminal.settings()
    with PosixKeyboard(terminal.program) as keyboard:
        held = terminal.settings()
        termios.tcsetattr(terminal.program, termios.TCSANOW, before)
        os.kill(os.getpid(), signal.SIGCONT)
        assert keyboard.read_key() == keys.RESUME
        assert terminal.settings() == held


def test_another_size_of_the_terminal_is_told_at_once(terminal: Terminal) -> None:
    with PosixKeyboard(terminal.program) as keyboard:
        os.kill(os.getpid(), signal.SIGWINCH)
        assert keyboard.read_key() == keys.RESIZED
        with keyboard.released():
            os.kill(os.getpid(), signal.SIGWINCH)
        terminal.type("a")
        assert keyboard.read_key() == "a"


def test_a_resize_in_the_midst_of_a_sequence_does_not_cut_it(terminal: Terminal) -> None:
    def resize_and_finish() -> None:
        time.sleep(0.1)
        os.kill(os.getpid(), signal.SIGWINCH)
        time.sleep(0.1)
        terminal.type("2;40Rb")

    with PosixKeyboard(terminal.program) as keyboard, ThreadPoolExecutor() as pool:
        terminal.type("\x1b[1")
        pool.submit(resize_and_finish)
        assert [keyboard.read_key(), keyboard.read_key()] == [keys.RESIZED, "b"]


def test_the_signals_mean_what_they_meant_before(terminal: Terminal) -> None:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGTSTP, signal.SIGCONT, signal.SIGWINCH)
    before = [signal.getsignal(number) for number in numbers]
    with PosixKeyboard(terminal.program):
        assert [signal.getsignal(number) for number in numbers] != before
    assert [signal.getsignal(number) for number in numbers] == before
