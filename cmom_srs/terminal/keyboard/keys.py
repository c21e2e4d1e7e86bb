"""Names of keys: what the bytes of a POSIX terminal and the codes of a Windows console mean.

A key is named by the character it types, or by one of the words below.
"""

import re
from typing import NamedTuple

SPACE = "space"
ENTER = "enter"
BACKSPACE = "backspace"
ESCAPE = "escape"
CLEAR_LINE = "clear-line"
UP = "up"
DOWN = "down"
LEFT = "left"
RIGHT = "right"
PAGE_UP = "page-up"
PAGE_DOWN = "page-down"
HOME = "home"
END = "end"
INTERRUPT = "interrupt"
END_OF_INPUT = "end-of-input"
SUSPEND = "suspend"
RESUME = "resume"
UNKNOWN = "unknown"

_CONTROLS = {
    " ": SPACE,
    "\r": ENTER,
    "\n": ENTER,
    "\x08": BACKSPACE,
    "\x7f": BACKSPACE,
    "\x03": INTERRUPT,
    "\x04": END_OF_INPUT,
    "\x15": CLEAR_LINE,
    "\x1b": ESCAPE,
}
_POSIX_CONTROLS = {**_CONTROLS, "\x1a": SUSPEND}
_WINDOWS_CONTROLS = {**_CONTROLS, "\x1a": END_OF_INPUT}

# The final letter of `ESC [ A` or `ESC O A`, the number of `ESC [ 5 ~`: terminals differ.
_BY_LETTER = {b"A": UP, b"B": DOWN, b"C": RIGHT, b"D": LEFT, b"H": HOME, b"F": END}
_BY_NUMBER = {b"1": HOME, b"4": END, b"5": PAGE_UP, b"6": PAGE_DOWN, b"7": HOME, b"8": END}
_SEQUENCE = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|O[@-~])")
_SEQUENCE_BEGUN = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|O)?")
_MOVING_KEY = re.compile(rb"\x1b(?:[\[O]([A-DHF])|\[([1-8])~)")

_WINDOWS_PREFIXES = ("\x00", "\xe0")
_WINDOWS_MOVING_KEYS = {
    "H": UP,
    "P": DOWN,
    "M": RIGHT,
    "K": LEFT,
    "I": PAGE_UP,
    "Q": PAGE_DOWN,
    "G": HOME,
    "O": END,
}


class TerminalClosedError(EOFError):
    """The terminal is gone, or the program was asked to end: nothing more can be read or shown."""


class Decoded(NamedTuple):
    """A key, and how many bytes it took; 0 bytes when more must be read to tell."""

    key: str
    length: int


_MORE = Decoded(UNKNOWN, 0)


def decode(typed: bytes, is_all: bool) -> Decoded:
    """The first key of the bytes a terminal sent, at least one.

    `is_all` when nothing more is on its way: then a lone escape byte is the escape key, and a
    sequence or character that stops half-way is unknown.
    """
    if typed[:1] == b"\x1b":
        return _decode_escape(typed, is_all)
    length = _character_length(typed[0])
    if len(typed) < length and not is_all:
        return _MORE
    try:
        return Decoded(_name(typed[:length].decode(), _POSIX_CONTROLS), length)
    except UnicodeDecodeError:
        return Decoded(UNKNOWN, 1)


def _decode_escape(typed: bytes, is_all: bool) -> Decoded:
    if sequence := _SEQUENCE.match(typed):
        return Decoded(_moving_key(sequence[0]), sequence.end())
    if _SEQUENCE_BEGUN.fullmatch(typed):
        if not is_all:
            return _MORE
        return Decoded(ESCAPE if len(typed) == 1 else UNKNOWN, len(typed))
    alt_key = decode(typed[1:], is_all)
    return Decoded(UNKNOWN, alt_key.length + 1) if alt_key.length else _MORE


def _moving_key(sequence: bytes) -> str:
    match = _MOVING_KEY.fullmatch(sequence)
    if match is None:
        return UNKNOWN
    letter, number = match.groups()
    return _BY_LETTER[letter] if letter else _BY_NUMBER.get(number, UNKNOWN)


def _character_length(first_byte: int) -> int:
    """How many bytes a UTF-8 character has that begins with this one."""
    if first_byte < 0xC0:
        return 1
    return 2 if first_byte < 0xE0 else 3 if first_byte < 0xF0 else 4


def decode_windows(code: str, following: str = "") -> str:
    """The key of a console's character; `following` comes after the prefix of a special key."""
    if following and code in _WINDOWS_PREFIXES:
        return _WINDOWS_MOVING_KEYS.get(following, UNKNOWN)
    return _name(code, _WINDOWS_CONTROLS)


def needs_following(code: str) -> bool:
    """Whether this character of a Windows console only announces the next one."""
    return code in _WINDOWS_PREFIXES


def _name(character: str, controls: dict[str, str]) -> str:
    if name := controls.get(character):
        return name
    return character if character.isprintable() else UNKNOWN
