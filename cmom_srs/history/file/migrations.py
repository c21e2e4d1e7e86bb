"""From any released schema of the history to the newest, one transaction for each step."""

from collections.abc import Sequence

from sqlalchemy import Connection

from cmom_srs.history.file import backup
from cmom_srs.history.file import trouble
from cmom_srs.history.file.database import Database
from cmom_srs.history.file.schemas import APPLICATION_ID
from cmom_srs.history.file.schemas import MIGRATIONS
from cmom_srs.history.file.schemas import Statements
from cmom_srs.history.identity import derived_uid


def migrate(
    database: Database, migrations: Sequence[Statements] = MIGRATIONS, *, is_new: bool = False
) -> bool:
    """Brings the file to the newest schema, each step in one transaction with its number.

    Whether a file that was in use was changed; it is copied aside before each step. Only a file
    that `is_new` may be empty. HistoryError, and nothing written, for a file that is no history,
    or one of a later program.
    """
    with database.reading() as connection:
        version = 0 if is_new else _version(connection, database)
    if version > len(migrations):
        raise trouble.too_new(database.path)
    for number, statements in enumerate(migrations[version:], start=version + 1):
        with database.writing() as connection:
            if number > 1 and _version(connection, database) >= number:
                continue  # another process was faster
            if version > 0:
                backup.copy_aside(database.path, number - 1)
            _offer_functions(connection)
            for statement in (*statements, f"PRAGMA user_version = {number}"):
                connection.exec_driver_sql(statement)
    return 0 < version < len(migrations)


def _offer_functions(connection: Connection) -> None:
    """The functions that frozen statements call. What they give is frozen with them."""
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 - a connection in a transaction has one
    driver.create_function("derived_uid", -1, derived_uid, deterministic=True)


def _version(connection: Connection, database: Database) -> int:
    """The schema's number. HistoryError for a file that no program of ours can have left so."""
    if not database.path.is_file():
        raise trouble.not_a_history(database.path)  # a device, which SQLite takes for an empty file
    if not connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one():
        size = database.path.stat().st_size  # SQLite takes one byte for an empty file too
        raise trouble.not_a_history(database.path) if size else trouble.emptied(database.path)
    if connection.exec_driver_sql("PRAGMA application_id").scalar_one() != APPLICATION_ID:
        raise trouble.not_a_history(database.path)
    version = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    if version < 1:
        raise trouble.damaged(database.path)
    return version
