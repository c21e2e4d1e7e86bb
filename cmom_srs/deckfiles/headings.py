"""Where notes stand, read straight from the text: quick, and without understanding the rest."""

import re
from pathlib import Path

_HEADING = re.compile(r"^## *([a-z0-9-]+)[ \t]*\r?$", re.MULTILINE)


def note_ids(text: str) -> list[str]:
    """The ids on the headings of a deck file's text, in order."""
    return _HEADING.findall(text)


def find(folder: Path, note_id: str) -> tuple[Path, int] | None:
    """The deck file and the line of a note's heading; None when it stands in no readable file."""
    for path in sorted(folder.glob("*/*.md")):
        text = read_text(path)
        for heading in _HEADING.finditer(text):
            if heading[1] == note_id:
                return path, text.count("\n", 0, heading.start()) + 1
    return None


def read_text(path: Path) -> str:
    """The text of a file as far as it is one; empty when it cannot be read.

    So is that of a pipe, which would be waited for without an end.
    """
    try:
        return path.read_bytes().decode("utf-8", errors="replace") if path.is_file() else ""
    except OSError:
        return ""
