"""Text that is not ours, such as a file's name, as a screen may show it."""

import re

# What moves a cursor, rings a bell or turns the direction of writing: C0 but for tab and new line,
# DEL, C1, line and paragraph separators, direction marks, lone surrogates of odd file names.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def printable(text: str, most: int | None = None) -> str:
    """The text with all that would act on a terminal as an escape (`\\x1b`).

    One longer than `most` characters is cut.
    """
    shown = _UNPRINTABLE.sub(lambda found: ascii(found[0])[1:-1], text)
    return shown if most is None or len(shown) <= most else f"{shown[: most - 3]}..."


def json_safe(document: str) -> str:
    """The same for JSON, which stays the same document."""
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", document)
