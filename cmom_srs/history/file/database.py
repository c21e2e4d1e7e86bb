"""The history's file held open: its transactions, and whether it can be written at all."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import suppress
from functools import cached_property
from functools import partial
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy import ExceptionContext
from sqlalchemy import create_engine
from sqlalchemy import event
from sqlalchemy.pool import StaticPool

from cmom_srs.history.file import trouble
from cmom_srs.history.file.trouble import UnwritableError

_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",  # macOS alone heeds it
)


class Database:
    """One SQLite file on one connection.

    The transactions are our own: out of the box the driver neither begins nor rolls back as it
    should (no transaction around CREATE TABLE, none that takes the write lock at once).
    """

    def __init__(self, path: Path, busy_timeout_seconds: float) -> None:
        self.path = path
        self._reader = create_engine(
            "sqlite://", creator=partial(_connect, path, busy_timeout_seconds), poolclass=StaticPool
        )
        event.listen(self._reader, "begin", _begin)
        event.listen(self._reader, "handle_error", _keep_connection)
        self._writer = self._reader.execution_options(begin="BEGIN IMMEDIATE")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the file; HistoryError when it cannot be read."""
        with trouble.in_plain_words(self.path), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that no other process writes beside; on disk when it ends without error."""
        with trouble.in_plain_words(self.path), self._writer.begin() as connection:
            yield connection

    @cached_property
    def unwritable(self) -> UnwritableError | None:
        """Why the file, or the folder its journal goes to, cannot be written; None if it can.

        SQLite itself is asked, by a write that is rolled back: permissions do not tell all.
        """
        try:
            with self.writing() as connection:
                version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
                connection.exec_driver_sql(f"PRAGMA user_version = {version}")
                connection.rollback()
        except UnwritableError as error:
            return error
        return None

    def leave_write_ahead_log(self) -> None:
        """Makes a history that a tool has set to WAL one file to copy again, if it is free."""
        pooled = self._reader.raw_connection()
        try:
            cursor = pooled.cursor()
            (mode,) = cursor.execute("PRAGMA journal_mode").fetchone()
            if mode == "wal":
                with suppress(sqlite3.OperationalError):  # in use, or not to be written
                    cursor.execute("PRAGMA journal_mode = DELETE")
        finally:
            pooled.close()

    def close(self) -> None:
        """Lets go of the file."""
        self._reader.dispose()


def _connect(path: Path, busy_timeout_seconds: float) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=busy_timeout_seconds, isolation_level=None)
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _keep_connection(context: ExceptionContext) -> None:
    """Else ^C gives the connection up in mid-transaction and leaves its lock behind."""
    context.is_disconnect = False
