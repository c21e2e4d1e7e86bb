"""The keyboard on Windows, with a console whose keys are given."""

import importlib
import os
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from cmom_srs.terminal.keyboard import keys


class Console(ModuleType):
    """What msvcrt is: the codes of a console, one after the other."""

    def __init__(self) -> None:
        super().__init__("msvcrt")
        self.codes: list[str] = []

    def kbhit(self) -> bool:
        return bool(self.codes)

    def getwch(self) -> str:
        return self.codes.pop(0)


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> Console:
    made = Console()
    monkeypatch.setitem(sys.modules, "msvcrt", made)
    return made


@pytest.fixture
def keyboard(console: Console, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    name = "cmom_srs.terminal.keyboard.windows"
    monkeypatch.delitem(sys.modules, name, raising=False)
    with monkeypatch.context() as windows:
        windows.setattr(sys, "platform", "win32")
        module = importlib.import_module(name)
    with module.WindowsKeyboard() as made:
        yield made
    monkeypatch.delitem(sys.modules, name)


def heard(keyboard: Any, console: Console, *codes: str) -> list[str]:
    console.codes = [code for piece in codes for code in piece]
    named = []
    while console.codes:
        if key := keyboard.read_key(timeout=0):
            named.append(key)
    return named


@pytest.mark.parametrize(
    ("codes", "key"),
    [
        ("a", "a"),
        ("à", "à"),
        ("\r", keys.ENTER),
        ("\x08", keys.BACKSPACE),
        (" ", keys.SPACE),
        ("\xe0H", "up"),
        ("\x00P", "down"),
        ("\xe0K", "left"),
        ("\xe0M", "right"),
        ("\xe0I", "page-up"),
        ("\xe0Q", "page-down"),
        ("\x00G", "home"),
        ("\xe0O", "end"),
    ],
)
def test_codes_of_a_windows_console_are_keys(
    keyboard: Any, console: Console, codes: str, key: str
) -> None:
    assert heard(keyboard, console, codes) == [key]


@pytest.mark.parametrize(
    "codes",
    [
        "\x00;",  # F1
        "\xe0S",  # Delete
        "\ud83d\ude00",
        "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
        "\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
        "\x9d11;rgb:1e1e\x9c",
        "\x1b[12;40R",
        "\x1b[<0;33;12M",
        "\x1b[M a1",
    ],
)
def test_what_is_no_key_is_left_out(keyboard: Any, console: Console, codes: str) -> None:
    assert heard(keyboard, console, codes, "3") == ["3"]


def test_a_paste_in_brackets_is_one_key(keyboard: Any, console: Console) -> None:
    assert heard(keyboard, console, "\x1b[200~1\r2\x1b[201~", "3") == [keys.paste("1 2"), "3"]


def test_ctrl_c_and_both_ends_of_input_are_exceptions(keyboard: Any, console: Console) -> None:
    console.codes = ["\x03"]
    with pytest.raises(KeyboardInterrupt):
        keyboard.read_key()
    for end in "\x04\x1a":
        console.codes = [end]
        with pytest.raises(EOFError):
            keyboard.read_key()


def test_another_size_of_the_console_is_told_without_a_key(
    keyboard: Any, console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert keyboard.read_key(timeout=0) is None
    monkeypatch.setattr("os.get_terminal_size", lambda: os.terminal_size((100, 40)))
    assert keyboard.read_key() == keys.RESIZED
    assert keyboard.read_key(timeout=0) is None


def test_what_was_typed_before_is_forgotten(keyboard: Any, console: Console) -> None:
    console.codes = list("ab\xe0Hc")
    keyboard.flush()
    assert keyboard.read_key(timeout=0) is None
