"""Names of keys: what the bytes of a terminal and the codes of a Windows console mean.

A key is named by the character it types, or by one of the words below. A pasted text counts as one
key, named by PASTE and the text; what is no key at all is UNKNOWN.
"""

from typing import NamedTuple

from cmom_srs.terminal.keyboard import sequences

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
RESIZED = "resized"
PASTE = "paste "
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
    "\x1a": SUSPEND,
    "\x1b": ESCAPE,
}

# What follows `ESC [` or `ESC O`: terminals differ.
_MOVING_KEYS = {b"A": UP, b"B": DOWN, b"C": RIGHT, b"D": LEFT, b"H": HOME, b"F": END}
_NUMBERED_KEYS = {
    b"1~": HOME,
    b"4~": END,
    b"5~": PAGE_UP,
    b"6~": PAGE_DOWN,
    b"7~": HOME,
    b"8~": END,
    b"200~": PASTE,
}
_BY_INTRODUCER = {"[": {**_MOVING_KEYS, **_NUMBERED_KEYS}, "O": _MOVING_KEYS}

_WINDOWS_PREFIXES = ("\x00", "\xe0")
_WINDOWS_KEYS = {
    "H": UP,
    "P": DOWN,
    "M": RIGHT,
    "K": LEFT,
    "I": PAGE_UP,
    "Q": PAGE_DOWN,
    "G": HOME,
    "O": END,
}

# The byte that escape sequences begin with is the escape key's own: only what follows tells.
_ESCAPE_SECONDS = 0.05


class TerminalClosedError(EOFError):
    """The terminal is gone, or the program was asked to end: nothing more can be read or shown."""


class Decoded(NamedTuple):
    """A key, and how many bytes it took.

    0 bytes when more must be read to tell, and then for how many seconds that is worth waiting.
    """

    key: str
    length: int
    patience: float = 0.0


def decode(typed: bytes, is_all: bool = False) -> Decoded:
    """The first key of the bytes a terminal sent, at least one.

    PASTE alone when a pasted text begins after them. `is_all` when nothing more is worth waiting
    for: then a lone escape byte is the escape key, and what stops half-way is unknown.
    """
    if sequence := sequences.first(typed):
        return _of_sequence(sequence, typed, is_all)
    if typed[:1] == b"\x1b":
        return _after_escape(typed, is_all)
    length = _character_length(typed[0])
    if len(typed) < length and not is_all:
        return Decoded(UNKNOWN, 0, sequences.SECONDS)
    try:
        return Decoded(_name(typed[:length].decode()), length)
    except UnicodeDecodeError:
        return Decoded(UNKNOWN, 1)


def _of_sequence(sequence: sequences.Sequence, typed: bytes, is_all: bool) -> Decoded:
    if sequence.length:
        named = _BY_INTRODUCER.get(sequence.introducer, {})
        return Decoded(named.get(sequence.body, UNKNOWN), sequence.length)
    return Decoded(UNKNOWN, len(typed)) if is_all else Decoded(UNKNOWN, 0, sequences.SECONDS)


def _after_escape(typed: bytes, is_all: bool) -> Decoded:
    """The escape key, or a key pressed with Alt, which means nothing here but for Ctrl-C."""
    if len(typed) == 1:
        return Decoded(ESCAPE, 1) if is_all else Decoded(UNKNOWN, 0, _ESCAPE_SECONDS)
    key = decode(typed[1:], is_all)
    if not key.length:
        return key
    return Decoded(INTERRUPT if key.key == INTERRUPT else UNKNOWN, key.length + 1)


def _character_length(first_byte: int) -> int:
    """How many bytes a UTF-8 character has that begins with this one."""
    if first_byte < 0xC0:
        return 1
    return 2 if first_byte < 0xE0 else 3 if first_byte < 0xF0 else 4


def windows_key(code: str) -> str:
    """The key of a Windows console's code that another one announced."""
    return _WINDOWS_KEYS.get(code, UNKNOWN)


def needs_following(code: str) -> bool:
    """Whether this code of a Windows console only announces the next one."""
    return code in _WINDOWS_PREFIXES


def _name(character: str) -> str:
    if name := _CONTROLS.get(character):
        return name
    return character if character.isprintable() else UNKNOWN


def paste(text: str) -> str:
    """The key that a pasted text counts as: in one line, without what cannot be shown."""
    shown = "".join(character if character.isprintable() else " " for character in text)
    return PASTE + " ".join(shown.split())


def pasted(key: str) -> str | None:
    """The text that was pasted, None for a key that was pressed."""
    return key.removeprefix(PASTE) if key.startswith(PASTE) else None
