"""Collections that others wrote: unpacked within bounds, their tables read and nothing in them run.

A package is a file from anywhere. What it holds can be damaged, or made to keep a reader busy for
ever: an archive that unpacks without end, a view that counts without end, pages that lead back to
themselves.
"""

import sqlite3
import struct
import zlib
from collections.abc import Iterator
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED
from zipfile import ZIP_STORED
from zipfile import BadZipFile
from zipfile import ZipFile
from zipfile import ZipInfo

# What reading a broken zip file raises: a bad frame, bad contents, a name that is none, a password,
# a compression or a version that Python does not have (NotImplementedError).
ZIP_DAMAGE = (
    BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
)

_STEPS_A_CALL = 100_000
_STEPS = 50_000_000  # a second or so, and beyond that so many for each byte of the file
_STEPS_A_BYTE = 20


class ForeignDataError(Exception):
    """What is wrong with a file, in words that follow its name, and the way out if there is one."""

    def __init__(self, trouble: str, way_out: str = "") -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.way_out = way_out


def member(archive: ZipFile, names: Sequence[str]) -> ZipInfo:
    """The first of these members that the archive has.

    Raises ForeignDataError if there is none, if two have its name, or if it is packed as Anki
    packs nothing.
    """
    for name in names:
        found = [info for info in archive.infolist() if info.filename == name]
        if len(found) > 1:
            raise ForeignDataError("holds two collections of one name")
        if found:
            if found[0].compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
                raise ForeignDataError("is packed in a way that Anki does not use")
            return found[0]
    raise ForeignDataError("holds no Anki collection")


def open_file(path: Path) -> sqlite3.Connection:
    """An unpacked collection, to be read by `rows` alone; the caller closes it."""
    # Immutable: Anki leaves its files in a mode in which even a reader would write beside them.
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    return _tame(connection, path.stat().st_size)


def open_bytes(data: bytes) -> sqlite3.Connection:
    """The same for a collection in memory. Raises sqlite3.DatabaseError for what is none."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(data)
    except (sqlite3.Error, OverflowError):
        connection.close()
        raise
    return _tame(connection, len(data))


def _tame(connection: sqlite3.Connection, size: int) -> sqlite3.Connection:
    calls = iter(range((_STEPS + _STEPS_A_BYTE * size) // _STEPS_A_CALL))
    connection.set_progress_handler(lambda: next(calls, None) is None, _STEPS_A_CALL)
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.create_collation("unicase", lambda one, other: (one > other) - (one < other))
    return connection


def rows(
    connection: sqlite3.Connection, table: str, columns: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    """The rows of a table in the order they are stored, whatever types their values have.

    A column that the table lacks is None. Raises ForeignDataError when it is no plain table or is
    damaged, sqlite3.Error when it cannot be read.
    """
    there = _columns(connection, table)
    wanted = ", ".join(column if column in there else "NULL" for column in columns)
    # An index can hold other rows than its table.
    yield from connection.execute(
        f"SELECT {wanted} FROM {table} NOT INDEXED"  # noqa: S608 - names of our own
    )


def _columns(connection: sqlite3.Connection, table: str) -> set[str]:
    """The columns of a table whose pages are its own, each used once, and that computes nothing."""
    query = "SELECT type, rootpage FROM sqlite_master WHERE lower(name) = ?"
    found = connection.execute(query, (table,)).fetchall()
    if [kind for kind, _ in found] != ["table"] or not found[0][1]:
        raise ForeignDataError("holds a collection that Anki did not make")
    columns = connection.execute(f"PRAGMA table_xinfo({table})").fetchall()
    if any(column[-1] for column in columns):
        raise ForeignDataError("holds a collection that Anki did not make")
    if connection.execute(f"PRAGMA quick_check({table})").fetchone() != ("ok",):
        raise ForeignDataError("holds a damaged collection")
    return {str(column[1]).lower() for column in columns}
