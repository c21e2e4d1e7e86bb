"""Every released schema of the history comes up to the newest one, and nothing is lost by it."""

import sqlite3
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from cmom_srs.errors import HistoryError
from cmom_srs.history import ceus
from cmom_srs.history.file import migrations
from cmom_srs.history.file.database import Database
from cmom_srs.history.file.schemas import MIGRATIONS
from cmom_srs.history.file.schemas import Statements
from cmom_srs.history.file.tables import METADATA
from cmom_srs.history.settings import Settings
from cmom_srs.history.store import open_history
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import ReviewKind
from cmom_srs.study.sm2 import Memory

RELEASED = sorted((Path(__file__).parent.parent / "history").glob("v*.sql"))

Schema = dict[str, object]


@pytest.fixture(params=RELEASED, ids=lambda dump: dump.stem)
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A history as an earlier version left it; every dump is of the same learner."""
    path = tmp_path / "history.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(request.param.read_text(encoding="utf-8"))
    return path


def schema_of(path: Path) -> Schema:
    """What SQLite makes of the tables, whatever the SQL that made them looked like."""
    with closing(sqlite3.connect(path)) as connection:

        def pragma(name: str, of: str) -> list[tuple[object, ...]]:
            return sorted(connection.execute(f"PRAGMA {name}('{of}')"), key=repr)

        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            table: {
                "columns": pragma("table_xinfo", table),
                "foreign keys": {row[2:] for row in pragma("foreign_key_list", table)},
                "indexes": {
                    (*row[2:], *(column[2] for column in pragma("index_info", str(row[1]))))
                    for row in pragma("index_list", table)
                },
            }
            for (table,) in tables
        }


def test_every_schema_has_its_dump() -> None:
    assert [dump.stem for dump in RELEASED] == [
        f"v{number:03}" for number in range(1, len(MIGRATIONS) + 1)
    ]


def test_a_released_schema_comes_up_to_the_tables_in_code(released: Path, tmp_path: Path) -> None:
    with open_history(released):
        pass
    in_code = tmp_path / "in-code.db"
    with closing(Database(in_code, 1)) as database, database.writing() as connection:
        METADATA.create_all(connection)
    assert schema_of(released) == schema_of(in_code)
    assert schema_of(released)["review"]


def test_a_released_history_is_read_with_all_that_is_in_it(released: Path) -> None:
    with open_history(released) as store:
        assert [note.id for note in store.notes()] == ["appeal-levels", "gross-collection"]
        assert store.states()[CardId("appeal-levels", 1)].memory == Memory(2, 6, 250)
        assert [answer.grade for answer in store.answers()] == [4, 4, 2, 5]
        assert store.answers()[-1].kind is ReviewKind.DRILL
        assert store.last_study_day() == date(2026, 12, 2)
        assert store.settings() == Settings(new_cards=20)
        assert store.decks_hash() == "2f1e"
        former, retired = store.note("appeals"), store.note("old-law")
        assert former is not None
        assert former.note.id == "appeal-levels"
        assert retired is not None
        assert retired.retired_on == date(2026, 12, 2)
        assert store.rebuild() == ()


def test_continuing_education_is_read_as_it_was_noted_and_removed(released: Path) -> None:
    noted = [("HIPAA update webinar", 150, date(2026, 11, 5), 1)] * (version_of(released) >= 4)
    with open_history(released) as store:
        assert noted == [
            (ceu.title, ceu.units_hundredths, ceu.earned_on, ceu.number)
            for ceu in ceus.read_all(store)
        ]


def test_until_when_a_note_holds_is_read_where_it_is_known(released: Path) -> None:
    known = date(2026, 12, 31) if version_of(released) >= 4 else None
    with open_history(released) as store:
        assert [note.until for note in store.notes()] == [known, None]


def test_copies_of_one_history_upgraded_apart_agree_on_every_row(
    released: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(released.read_bytes())
    with open_history(released) as store, open_history(copy) as other:
        assert [review.uid for review in store.answers()] == [
            review.uid for review in other.answers()
        ]
        assert store.states() == other.states()
    identities = [line for line in content_of(released) if line.startswith('INSERT INTO "switch"')]
    assert len(identities) == 3
    assert set(identities) <= set(content_of(copy))


def test_two_old_rows_that_say_the_same_are_still_two(tmp_path: Path) -> None:
    """Two notes of one first id were possible, and answers to both in one millisecond."""
    path = tmp_path / "history.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(RELEASED[0].read_text(encoding="utf-8"))
        connection.execute("UPDATE note SET first_id = 'twin'")
        connection.execute("UPDATE review SET utc_offset_minutes = 0, duration_ms = 0, grade = 3")
        connection.execute("DELETE FROM review WHERE kind = 'undo'")
        connection.execute("UPDATE review SET reviewed_at_ms = 7, origin = 'terminal' WHERE id < 3")
        connection.commit()
    with open_history(path) as store:
        answers = store.answers()
        assert len({answer.uid for answer in answers}) == len(answers) == 5


def test_an_answer_that_the_new_order_puts_elsewhere_is_folded_anew(tmp_path: Path) -> None:
    """A flight west gave a later instant to an earlier study day."""
    path = tmp_path / "history.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(RELEASED[0].read_text(encoding="utf-8"))
        connection.execute("UPDATE review SET reviewed_at_ms = 1 WHERE id = 5")
        connection.commit()
    with open_history(path) as store:
        assert store.rebuild() == ()


# Steps


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(Database(tmp_path / "history.db", 0.05)) as database:
        migrations.migrate(database, is_new=True)
        yield database


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def content_of(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


LATER = (
    *MIGRATIONS,
    ("CREATE TABLE later (id INTEGER PRIMARY KEY)", "ALTER TABLE note ADD COLUMN color TEXT"),
    ("DROP TABLE later",),
)


def test_a_fresh_history_has_the_newest_version_and_needs_no_copy(database: Database) -> None:
    assert version_of(database.path) == len(MIGRATIONS)
    assert list(database.path.parent.glob("history.db*")) == [database.path]


def test_the_file_is_copied_aside_before_each_step(database: Database) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql("INSERT INTO setting VALUES ('new-cards', '20')")
    before = content_of(database.path)
    migrations.migrate(database, LATER)
    assert version_of(database.path) == len(LATER)
    first = len(MIGRATIONS)
    copies = [
        database.path.with_name(f"history.db.v{version}.bak") for version in (first, first + 1)
    ]
    assert content_of(copies[0]) == before
    assert [version_of(copy) for copy in copies] == [first, first + 1]
    assert "later" not in schema_of(copies[0])
    assert "later" in schema_of(copies[1])


def test_a_history_of_the_newest_version_is_left_alone(database: Database) -> None:
    before = database.path.read_bytes()
    migrations.migrate(database)
    assert database.path.read_bytes() == before


def test_a_step_that_fails_leaves_the_history_as_it_was(database: Database) -> None:
    before = schema_of(database.path)
    with pytest.raises(OperationalError):
        migrations.migrate(database, (*MIGRATIONS, ("CREATE TABLE later (id)", "CREATE NONSENSE")))
    assert schema_of(database.path) == before
    assert version_of(database.path) == len(MIGRATIONS)


@pytest.mark.parametrize(("begun", "taken"), [(1, 2), (1, 3), (2, 3), (2, 4)])
def test_a_step_that_another_process_took_first_is_not_taken_again(
    tmp_path: Path, begun: int, taken: int
) -> None:
    with closing(Database(tmp_path / "history.db", 0.05)) as database:
        migrations.migrate(database, LATER[:begun], is_new=True)
        upgrade_beside_another(database, LATER[:taken])
        assert version_of(database.path) == len(LATER)
        assert "color" in str(schema_of(database.path))
        assert "later" not in schema_of(database.path)
        copies = {copy.name for copy in tmp_path.glob("*.bak")}
        assert copies == {f"history.db.v{version}.bak" for version in range(begun, len(LATER))}


def upgrade_beside_another(database: Database, taken: Sequence[Statements]) -> None:
    """The other one takes these steps in the moment before ours begin."""
    other = iter([Database(database.path, 0.05)])

    def be_faster(_connection: object, _cursor: object, sql: str, *_: object) -> None:
        if sql == "BEGIN IMMEDIATE":
            for faster in other:
                migrations.migrate(faster, taken)
                faster.close()

    event.listen(Engine, "before_cursor_execute", be_faster)
    try:
        migrations.migrate(database, LATER)
    finally:
        event.remove(Engine, "before_cursor_execute", be_faster)


def test_a_copy_left_unfinished_is_made_anew(database: Database) -> None:
    copy = database.path.with_name(f"history.db.v{len(MIGRATIONS)}.bak")
    unfinished = copy.with_name(f"{copy.name}.tmp")
    unfinished.write_text("half a copy", encoding="utf-8")
    migrations.migrate(database, LATER)
    assert version_of(copy) == len(MIGRATIONS)
    assert not unfinished.exists()


def test_a_history_in_use_is_not_upgraded(database: Database) -> None:
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(HistoryError, match="is in use by another program"):
            migrations.migrate(database, LATER)
    assert version_of(database.path) == len(MIGRATIONS)


def test_a_newer_history_is_refused_and_nothing_written(database: Database) -> None:
    migrations.migrate(database, LATER)
    before = database.path.read_bytes()
    with pytest.raises(HistoryError, match="newer version of cmom"):
        migrations.migrate(database)
    assert database.path.read_bytes() == before
