"""Escape sequences: where one that a terminal sends ends, whatever it says.

A terminal sends them for keys, but also for the mouse, for a window that comes to the front, and in
reply to what another program asked it long ago. Read byte by byte, most would be letters and digits
that answer a card. The grammar is that of ECMA-48 with what terminals have made of it.
"""

import re
from typing import NamedTuple

# How long the next byte of a sequence may take, and the longest that the whole may last and be:
# beyond that its end was lost, and what follows is the learner's.
SECONDS = 1.0
LONGEST_SECONDS = 5.0
MOST_BYTES = 4096

_CONTROL = "["  # CSI
_STRINGS = "]PX^_"  # OSC, DCS, SOS, PM, APC
_SINGLE_SHIFTS = "NO"  # SS2, SS3
_INTERMEDIATE = " "  # stands for any of ` ` to `/`

# All of a body but its last byte. The Linux console's F1 to F5 are `ESC [ [ A` to `E`.
_BEGUN = {
    _CONTROL: re.compile(rb"\[|[ -?]*"),
    **dict.fromkeys(_SINGLE_SHIFTS, re.compile(rb"[0-9;]*")),
    _INTERMEDIATE: re.compile(rb"[ -/]*"),
}
# Ctrl-C is among them for our sake: it is always heard.
_CANCELING = re.compile(rb"[\x03\x18\x1a\x1b]")
# BEL; ST, of which 0x9C alone may also be part of a letter; a new sequence or what cancels.
_END_OF_STRING = re.compile(
    rb"\x07|\x1b\\|\xc2\x9c|(?<![\x80-\xff])\x9c|(?=\x1b.|[\x03\x18\x1a])", re.DOTALL
)


class Sequence(NamedTuple):
    """What follows ESC in a sequence, then its body, and how many bytes the whole takes.

    0 bytes when its end is not there yet. One that is canceled takes what comes before that.
    """

    introducer: str
    body: bytes
    length: int


def first(typed: bytes) -> Sequence | None:
    """The sequence that begins these bytes, at least one; None when they begin with none."""
    introducer, start = _introduced(typed)
    if not introducer:
        return None
    end = _end(introducer, typed[start:])
    if end is None and len(typed) < MOST_BYTES:
        return Sequence(introducer, b"", 0)
    length = len(typed) if end is None else start + end
    return Sequence(introducer, typed[start:length], length)


def _introduced(typed: bytes) -> tuple[str, int]:
    """The letter that introduces a sequence after ESC, and where its body begins.

    One byte from 0x80 to 0x9F is short for ESC and a letter, in UTF-8 after 0xC2.
    """
    start = 1 if typed[:1] == b"\x1b" or typed[:1] == b"\xc2" else 0
    if len(typed) == start:
        return "", 0
    byte = typed[start]
    if typed[0] != 0x1B:
        return (chr(byte - 0x40), start + 1) if 0x80 <= byte <= 0x9F else ("", 0)
    if 0x20 <= byte <= 0x2F:
        return _INTERMEDIATE, start
    letter = chr(byte)
    return (letter, start + 1) if letter in _CONTROL + _STRINGS + _SINGLE_SHIFTS else ("", 0)


def _end(introducer: str, rest: bytes) -> int | None:
    """Where the body ends in what follows its introducer; None when that is not there yet."""
    if introducer in _STRINGS:
        found = _END_OF_STRING.search(rest)
        return found.end() if found else None
    if introducer == _CONTROL and rest[:1] == b"M":
        return _end_of_click(rest)
    if introducer not in _BEGUN:
        return 0  # a control that introduces nothing
    begun = _BEGUN[introducer].match(rest)
    end = begun.end() if begun else 0
    if end == len(rest):
        return None
    return end + 1 if 0x20 <= rest[end] <= 0x7E else end


def _end_of_click(rest: bytes) -> int | None:
    """The mouse's oldest report: `M` and three bytes that may be anything else."""
    if canceled := _CANCELING.search(rest, 1, 4):
        return canceled.start()
    return 4 if len(rest) >= 4 else None
