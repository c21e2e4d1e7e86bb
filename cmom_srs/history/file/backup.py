"""Copies of the history's file, beside it."""

import sqlite3
from contextlib import closing
from pathlib import Path


def copy_aside(path: Path, version: int) -> Path:
    """Copies the file as `<name>.v<version>.bak`, replacing an earlier copy of that version.

    A whole copy or none: SQLite's own backup makes it, under another name until it is done.
    """
    copy = path.with_name(f"{path.name}.v{version}.bak")
    unfinished = copy.with_name(f"{copy.name}.tmp")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(unfinished)) as target:
        source.backup(target)
    return unfinished.replace(copy)


def newest_copy(path: Path) -> Path | None:
    """The copy beside the file that was made last; None when there is none."""
    copies = [
        other
        for other in path.parent.iterdir()
        if other.name.startswith(f"{path.name}.") and other.suffix == ".bak"
    ]
    return max(copies, key=lambda copy: copy.stat().st_mtime_ns, default=None)
