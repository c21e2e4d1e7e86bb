"""What goes wrong with the history's file, in plain words and with the way out."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from cmom_srs.errors import HistoryError
from cmom_srs.history.file import backup

_CHOOSE_ANOTHER = "Name another file with --history, or move this one away to begin a new history."
_MAKE_WRITABLE = (
    "Make the file and its folder readable and writable, or name another file with --history."
)

# SQLite's primary result code -> what has happened, and the way out
_PASSING = {
    sqlite3.SQLITE_BUSY: (
        "is in use by another program",
        "Close that program, then run the command again.",
    ),
    sqlite3.SQLITE_PROTOCOL: (
        "cannot be locked: its disk does not let it",
        "Move it to a disk of this computer and name it with --history.",
    ),
    sqlite3.SQLITE_IOERR: (
        "cannot be read or written: the disk reports a fault",
        "Check the disk and its connection, then run the command again.",
    ),
}
_UNWRITABLE = {
    sqlite3.SQLITE_READONLY: ("cannot be written", _MAKE_WRITABLE),
    sqlite3.SQLITE_CANTOPEN: ("cannot be written", _MAKE_WRITABLE),
    sqlite3.SQLITE_PERM: ("cannot be written", _MAKE_WRITABLE),
    sqlite3.SQLITE_FULL: (
        "cannot grow: the disk is full",
        "Make room on the disk, then run the command again.",
    ),
}


class UnwritableError(HistoryError):
    """A history that can at most be read, and why."""

    def __init__(self, path: Path, code: int = sqlite3.SQLITE_READONLY) -> None:
        happened, way_out = _UNWRITABLE[code]
        super().__init__(f"The history {path} {happened}.", way_out)


@contextmanager
def in_plain_words(path: Path) -> Iterator[None]:
    """Raises trouble with the file as HistoryError. A bug stays what it is."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        explained = _explain(error.orig if isinstance(error, DBAPIError) else error, path)
        if explained is None:
            raise
        raise explained from error


def damaged(path: Path) -> HistoryError:
    """The trouble with a file whose content cannot be right; names the newest copy there is."""
    copy = backup.newest_copy(path)
    way_out = f"Copy {copy} in its place." if copy else _CHOOSE_ANOTHER
    return HistoryError(f"The history {path} is damaged.", way_out)


def emptied(path: Path) -> HistoryError:
    """The trouble with a file of no bytes: whatever was in it, it is not taken for a new one."""
    copy = backup.newest_copy(path)
    way_out = f"Copy {copy} in its place." if copy else "If there is no copy of it: delete it."
    return HistoryError(f"The history {path} is empty: something has cut it to 0 bytes.", way_out)


def folder_not_there(path: Path) -> HistoryError:
    """The trouble with a place on a drive or in a folder that is not there."""
    return HistoryError(
        f"The folder {path.parent} for the history is not there.",
        "Plug in its drive, make the folder, or name another file with --history.",
    )


def not_a_history(path: Path) -> HistoryError:
    """The trouble with a file that something else has written."""
    return HistoryError(f"{path} is not a history of cmom.", _CHOOSE_ANOTHER)


def too_new(path: Path) -> HistoryError:
    """The trouble with a file that a later version of the program has written."""
    return HistoryError(
        f"The history {path} was written by a newer version of cmom.",
        "Update cmom, or name another file with --history.",
    )


def no_folder(path: Path) -> HistoryError:
    """The trouble with a place where no folder can be made."""
    return HistoryError(
        f"The folder {path.parent} for the history cannot be made.",
        "Name a file in another folder with --history.",
    )


def _explain(error: BaseException | None, path: Path) -> HistoryError | None:
    code = _primary_code(error)
    is_table_missing = code == sqlite3.SQLITE_ERROR and "no such" in str(error)
    if code == sqlite3.SQLITE_CORRUPT or is_table_missing:
        return damaged(path)
    if code == sqlite3.SQLITE_NOTADB or path.is_dir():
        return not_a_history(path)
    if _is_lock_refused(error):
        code = sqlite3.SQLITE_PROTOCOL
    if code in _UNWRITABLE:
        return UnwritableError(path, code)
    if code in _PASSING:
        happened, way_out = _PASSING[code]
        return HistoryError(f"The history {path} {happened}.", way_out)
    return None


def _is_lock_refused(error: BaseException | None) -> bool:
    """Whether the file system would not lock the file at all, as some network drives do."""
    return getattr(error, "sqlite_errorcode", 0) in (
        sqlite3.SQLITE_IOERR_LOCK,
        sqlite3.SQLITE_IOERR_RDLOCK,
        sqlite3.SQLITE_IOERR_CHECKRESERVEDLOCK,
    )


def _primary_code(error: BaseException | None) -> int:
    """The low byte of SQLite's code; the driver's own failure, without one, is undecodable text."""
    without = sqlite3.SQLITE_CORRUPT if isinstance(error, sqlite3.OperationalError) else 0
    code: int = getattr(error, "sqlite_errorcode", without)
    return code & 0xFF
