"""What an output can do: move its cursor, show colors, and how large it is."""

import os
from collections.abc import Mapping
from typing import Literal
from typing import TextIO

from rich.console import detect_legacy_windows

_LINES = 24
_COLUMNS = 80


def can_move_cursor(output: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether it is a terminal that understands the codes which move the cursor."""
    is_dumb = environ.get("TERM", "").lower() in ("dumb", "unknown")
    return output.isatty() and not is_dumb and not detect_legacy_windows()


def color_system(environ: Mapping[str, str], is_moving: bool) -> Literal["standard"] | None:
    """The colors to use, for rich: by NO_COLOR and FORCE_COLOR, else if the cursor can move."""
    if environ.get("NO_COLOR"):
        return None
    return "standard" if is_moving or environ.get("FORCE_COLOR") else None


def size_of(output: TextIO, environ: Mapping[str, str]) -> os.terminal_size:
    """The size of the terminal now; where there is none, the columns told by COLUMNS, else 80."""
    try:
        size = os.get_terminal_size(output.fileno())
    except (OSError, ValueError):  # no terminal
        return os.terminal_size((_columns_told(environ), _LINES))
    return size if size.columns else os.terminal_size((_COLUMNS, _LINES))


def _columns_told(environ: Mapping[str, str]) -> int:
    told = environ.get("COLUMNS", "")
    return int(told) if told.isdecimal() and int(told) else _COLUMNS
