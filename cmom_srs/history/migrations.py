"""From any released schema of the history to the newest: frozen SQL, never edited once released."""

from collections.abc import Sequence

from sqlalchemy import Connection

from cmom_srs.history import backup
from cmom_srs.history import trouble
from cmom_srs.history.database import Database

APPLICATION_ID = 0x434D4F4D  # "CMOM", in the file's header

Statements = tuple[str, ...]

_V1 = (
    f"PRAGMA application_id = {APPLICATION_ID}",
    """
    CREATE TABLE note (
        id TEXT NOT NULL,
        note_kind TEXT NOT NULL,
        first_id TEXT NOT NULL,
        deck TEXT NOT NULL,
        deck_title TEXT NOT NULL,
        domain TEXT NOT NULL,
        position INTEGER NOT NULL,
        body TEXT NOT NULL,
        scenario TEXT NOT NULL,
        extra TEXT NOT NULL,
        tags TEXT NOT NULL,
        source TEXT NOT NULL,
        as_of DATE,
        manual TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        first_seen_on DATE NOT NULL,
        retired_on DATE,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE card (
        note_id TEXT NOT NULL,
        ordinal INTEGER NOT NULL,
        repetitions INTEGER NOT NULL,
        interval_days INTEGER NOT NULL,
        ease_factor INTEGER NOT NULL,
        due_on DATE,
        lapses INTEGER NOT NULL,
        last_reviewed_on DATE,
        is_suspended BOOLEAN NOT NULL,
        buried_on DATE,
        pulled_on DATE,
        retired_on DATE,
        PRIMARY KEY (note_id, ordinal),
        FOREIGN KEY (note_id) REFERENCES note (id) ON UPDATE CASCADE
    )
    """,
    "CREATE INDEX card_due_on ON card (due_on)",
    """
    CREATE TABLE review (
        id INTEGER NOT NULL,
        note_id TEXT NOT NULL,
        ordinal INTEGER NOT NULL,
        reviewed_at_ms INTEGER NOT NULL,
        utc_offset_minutes INTEGER NOT NULL,
        study_day DATE NOT NULL,
        kind TEXT NOT NULL,
        grade INTEGER,
        duration_ms INTEGER NOT NULL,
        looked_up BOOLEAN NOT NULL,
        origin TEXT NOT NULL,
        anki_id INTEGER,
        undoes INTEGER,
        PRIMARY KEY (id),
        FOREIGN KEY (note_id, ordinal) REFERENCES card (note_id, ordinal) ON UPDATE CASCADE,
        FOREIGN KEY (undoes) REFERENCES review (id),
        UNIQUE (note_id, ordinal, reviewed_at_ms),
        UNIQUE (undoes)
    )
    """,
    "CREATE INDEX review_study_day ON review (study_day)",
    """
    CREATE TABLE renamed (
        old_id TEXT NOT NULL,
        new_id TEXT NOT NULL,
        renamed_on DATE NOT NULL,
        PRIMARY KEY (old_id)
    )
    """,
    """
    CREATE TABLE setting (
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (name)
    )
    """,
)

MIGRATIONS: tuple[Statements, ...] = (_V1,)


def migrate(database: Database, migrations: Sequence[Statements] = MIGRATIONS) -> None:
    """Brings the file to the newest schema, each step in one transaction with its number.

    A file that holds answers is copied aside first. HistoryError, and nothing written, for a
    file that is no history or one of a later program.
    """
    with database.reading() as connection:
        version = _version(connection, database)
    if version > len(migrations):
        raise trouble.too_new(database.path)
    for number, statements in enumerate(migrations[version:], start=version + 1):
        with database.writing() as connection:
            if _version(connection, database) >= number:
                continue  # another process was faster
            if version > 0:
                backup.copy_aside(database.path, number - 1)
            for statement in (*statements, f"PRAGMA user_version = {number}"):
                connection.exec_driver_sql(statement)


def _version(connection: Connection, database: Database) -> int:
    """The schema's number, 0 for an empty file."""
    if not connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one():
        if database.path.stat().st_size == 1:
            raise trouble.not_a_history(database.path)  # SQLite takes one byte for an empty file
        return 0
    if connection.exec_driver_sql("PRAGMA application_id").scalar_one() != APPLICATION_ID:
        raise trouble.not_a_history(database.path)
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
