"""A history that cannot be used is said to be so in plain words, and its file is left alone."""

import os
import re
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from contextlib import contextmanager
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from cmom_srs.errors import HistoryError
from cmom_srs.history import paces
from cmom_srs.history.file import trouble
from cmom_srs.history.file.schemas import MIGRATIONS
from cmom_srs.history.file.trouble import UnwritableError
from cmom_srs.history.settings import Settings
from cmom_srs.history.store import Store
from cmom_srs.history.store import open_history
from cmom_srs.history.sync import DecksRead
from cmom_srs.history.sync import sync
from cmom_srs.study import schedule
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import Review
from tests.support.builders import TODAY
from tests.support.builders import answers
from tests.support.builders import moment
from tests.support.builders import note

CHOOSE_ANOTHER = "Name another file with --history, or move this one away to begin a new history."
SHORT = 0.05
NOBODY = 65534
CARD, OTHER = CardId("note-1", 1), CardId("note-2", 1)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that permissions bind: as root, who may do everything, the test runs as nobody."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        yield tmp_path
        return
    anyones = Path(tempfile.mkdtemp())
    os.chown(anyones, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    try:
        yield anyones
    finally:
        os.seteuid(0)
        shutil.rmtree(anyones)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_history(tmp_path / "history.db")


def make_history(path: Path, notes: int = 40) -> Path:
    with open_history(path) as store:
        written = [note(f"note-{number}") for number in range(notes)]
        sync(store, DecksRead(written, hash="hash"), TODAY)
        store.record(answers(CARD))
    return path


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def read_all(store: Store) -> None:
    store.notes()
    store.states()
    store.answers()
    store.day_log(TODAY)


@contextmanager
def refused(path: Path, sentence: str, way_out: str = "") -> Iterator[None]:
    """A HistoryError of exit code 3, with this sentence and this or any way out; file untouched."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(HistoryError, match=sentence) as refusal:
        yield
    assert refusal.value.exit_code == 3
    assert str(path) in refusal.value.sentence
    assert refusal.value.way_out
    assert way_out in ("", refusal.value.way_out)
    assert before == (path.read_bytes() if path.is_file() else None)


# Files that are no history


@pytest.mark.parametrize("text", ["\n", "x", "dear diary\n", "dear diary\n" * 900, "\0" * 8192])
def test_a_text_file_is_no_history(tmp_path: Path, text: str) -> None:
    path = tmp_path / "diary.txt"
    path.write_text(text, encoding="utf-8")
    with refused(path, "is not a history of cmom", CHOOSE_ANOTHER):
        open_history(path)


def test_a_folder_is_no_history(tmp_path: Path) -> None:
    with refused(tmp_path, "is not a history of cmom"):
        open_history(tmp_path)


def test_the_database_of_another_program_is_no_history(tmp_path: Path) -> None:
    path = tmp_path / "collection.anki2"
    change(path, "CREATE TABLE notes (id)", "PRAGMA user_version = 1")
    with refused(path, "is not a history of cmom"):
        open_history(path)


def test_a_history_of_a_newer_version_is_refused(path: Path) -> None:
    change(path, f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    way_out = "Update cmom, or name another file with --history."
    with refused(path, "was written by a newer version of cmom", way_out):
        open_history(path)


# Damage


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_truncated_history_is_damaged(path: Path, part: float) -> None:
    os.truncate(path, int(path.stat().st_size * part))
    with refused(path, "is damaged", CHOOSE_ANOTHER):
        open_history(path)


def test_a_history_with_overwritten_pages_is_damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)
    with refused(path, "is damaged"), open_history(path) as store:
        read_all(store)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE note SET source = CAST(X'FF' AS TEXT)",
        "ALTER TABLE card RENAME COLUMN lapses TO leaps",
        "DROP TABLE setting",
        "PRAGMA user_version = 0",
        "PRAGMA user_version = -1",
    ],
)
def test_a_file_that_cannot_be_ours_is_damaged(path: Path, statement: str) -> None:
    change(path, statement)
    with refused(path, "is damaged"), open_history(path) as store:
        read_all(store)
        store.settings()


def test_a_history_short_of_its_last_byte_is_read_or_refused_in_words(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 1)
    with suppress(HistoryError), open_history(path) as store:  # anything else fails
        read_all(store)


# Values that are none, in a file that is sound to SQLite: told by their row, the rest goes on

ODD = {
    "note": [
        "body = ''",
        "body = '[]'",
        'body = \'{"note_kind": "riddle"}\'',
        "body = NULL",
        "tags = 'ar'",
        "as_of = 'soon'",
        "until = 20261231",
        "position = 'first'",
        "scenario = X'00FF'",
    ],
    "card": [
        "due_on = 'never'",
        "due_on = 20261201",
        "interval_days = 4000000",
        "interval_days = 'long'",
        "interval_days = 0",
        "repetitions = -1",
        "ease_factor = 2.5",
        "ease_factor = 0",
        "lapses = X'01'",
        "is_suspended = 'no'",
        "is_suspended = 2",
        "last_reviewed_on = 'yesterday'",
        "pulled_on = '2026-02-30'",
    ],
    "review": [
        "kind = 'guess'",
        "kind = '`$.grade`'",
        "grade = NULL",
        "grade = 9",
        "grade = 'good'",
        "reviewed_at_ms = 9000000000000000",
        "reviewed_at_ms = -1",
        "reviewed_at_ms = 'noon'",
        "utc_offset_minutes = 100000",
        "study_day = '12/01/2026'",
        "duration_ms = -5",
        "looked_up = 'yes'",
        "is_right = 3",
        "response = X'00'",
        "origin = 'paper'",
        "anki_id = 'x'",
    ],
}
NAMES = {"note": "the note note-1", "card": "the card note-1/1", "review": "the answer 1"}
CHANGES = [(table, value) for table, values in ODD.items() for value in values]


@pytest.mark.parametrize(("table", "value"), CHANGES)
def test_a_value_that_is_none_of_ours_is_told_and_the_rest_goes_on(
    path: Path, table: str, value: str
) -> None:
    with open_history(path) as store:
        store.record(answers(OTHER, minute=5))
    column = value.partition(" ")[0]
    where = "id = 'note-1'" if table == "note" else "note_id = 'note-1'"
    loose(path, table, column)
    change(path, f"UPDATE {table} SET {value} WHERE {where}")
    with open_history(path) as store:
        read_all(store)
        store.answers_of(CARD)
        paces.first_sight_durations(store, 9)
        assert [str(odd) for odd in store.odd_rows.values()] == [str(*store.odd_rows)]
        (said,) = store.odd_rows
        assert said.startswith(NAMES[table])
        assert table == "note" or said == f"{NAMES[table]}: its {column} cannot be right"
        assert OTHER in store.states()
        assert answers(OTHER, minute=5) in store.answers()
        if table == "card":  # the log is whole, so the state is too
            assert store.state(CARD).memory == schedule.replay([answers(CARD)]).memory
        store.record(answers(OTHER, minute=9))
        store.record(answers(CARD, minute=9))


def test_the_log_of_a_day_tells_its_odd_answers(path: Path) -> None:
    loose(path, "review", "grade")
    change(path, "UPDATE review SET grade = 9")
    with open_history(path) as store:
        assert store.day_log(TODAY).answers == ()
        assert list(store.odd_rows) == ["the answer 1: its grade cannot be right"]


def test_the_newest_answer_that_can_be_read_is_the_one_taken_back(path: Path) -> None:
    with open_history(path) as store:
        odd = store.record(answers(OTHER, minute=5)).review
    loose(path, "review", "grade")
    change(path, f"UPDATE review SET grade = 9 WHERE uid = '{odd.uid}'")
    with open_history(path) as store:
        assert store.take_back(moment(9), TODAY) == answers(CARD)


def test_an_answer_counts_whatever_became_of_what_was_given(path: Path) -> None:
    with open_history(path) as store:
        given = store.record(replace(answers(OTHER, minute=5), response='"b"')).review
    change(path, f"UPDATE review SET response = '{{b' WHERE uid = '{given.uid}'")
    with open_history(path) as store:
        assert store.answers_of(OTHER) == (replace(given, response=None),)
        assert not store.odd_rows


@pytest.mark.parametrize("value", ["'maybe'", "NULL", "5", "X'00'"])
def test_a_switch_that_says_nothing_is_passed_over(path: Path, value: str) -> None:
    with open_history(path) as store:
        store.set_suspended(CARD, True, moment())
        store.bury(CARD, TODAY, moment(1))
        store.keep_remark("note-1", "p. 212", moment(2))
    change(
        path,
        "INSERT INTO switch (uid, note_id, ordinal, name, value, at_ms) "
        "SELECT uid || 'x', note_id, ordinal, name, 5, at_ms + 1 FROM switch",
        f"UPDATE switch SET value = {value} WHERE uid LIKE '%x'",
        "INSERT INTO switch VALUES ('y', 'note-1', 1, 'of-later', 'true', 1)",
    )
    with open_history(path) as store:
        store.set_suspended(CARD, False, moment(9))
        assert not store.state(CARD).is_suspended
        assert store.state(CARD).buried_on == TODAY
        taken_away = value == "NULL"  # a remark that was taken away has no value
        assert store.remark("note-1") == ("" if taken_away else "p. 212")
        said = [re.sub("[0-9a-f]{32}", "UID", odd) for odd in store.odd_rows]
        assert said == ["the switch UIDx: its value cannot be right"] * (not taken_away)
        store.odd_rows.clear()
        assert store.remarks() == ({} if taken_away else {"note-1": "p. 212"})
        assert len(store.odd_rows) == len(said)


def test_a_note_that_cannot_be_read_is_told_and_is_none(path: Path) -> None:
    change(path, "UPDATE note SET body = '[]' WHERE id = 'note-1'")
    with open_history(path) as store:
        assert store.note("note-1") is None
        assert list(store.odd_rows) == ["the note note-1: Expected `object`, got `array`"]


def loose(path: Path, table: str, column: str) -> None:
    """Takes the column's NOT NULL away, as a foreign tool may have."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,))
        (made,) = found.fetchone()
        connection.execute("PRAGMA writable_schema = ON")
        lines = [
            line.replace(" NOT NULL", "") if line.split()[:1] == [column] else line
            for line in made.split("\n")
        ]
        connection.execute(
            "UPDATE sqlite_master SET sql = ? WHERE name = ?", ("\n".join(lines), table)
        )
        connection.commit()


@pytest.mark.parametrize("value", ["'x'", "NULL", "'999999'", "'[1]'", "X'00'"])
def test_a_setting_of_the_wrong_kind_is_told_and_its_default_used(path: Path, value: str) -> None:
    loose(path, "setting", "value")
    change(path, f"INSERT INTO setting VALUES ('new-cards', {value})")
    with open_history(path) as store:
        assert store.settings() == Settings()
        assert list(store.odd_rows) == [
            "the setting new-cards: it takes a whole number from 0 to 999"
        ]


# What is absent or empty is not new


def test_a_history_cut_to_no_bytes_is_refused_and_not_begun_anew(path: Path) -> None:
    os.truncate(path, 0)
    sentence = "is empty: something has cut it to 0 bytes"
    with refused(path, sentence, "If there is no copy of it: delete it."):
        open_history(path)


def test_a_history_on_a_drive_that_is_not_there_is_not_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "drive" / "history.db"
    with pytest.raises(HistoryError, match="is not there") as refusal:
        open_history(path)
    assert str(path.parent) in refusal.value.sentence
    assert refusal.value.way_out == (
        "Plug in its drive, make the folder, or name another file with --history."
    )
    assert not path.parent.exists()


def test_a_history_whose_link_leads_nowhere_is_not_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    path.symlink_to(tmp_path / "drive" / "history.db")
    with pytest.raises(HistoryError):
        open_history(path)
    assert not (tmp_path / "drive").exists()


def test_a_history_that_a_tool_set_to_wal_is_one_file_again(path: Path) -> None:
    change(path, "PRAGMA journal_mode = WAL")
    with open_history(path) as store:
        store.record(answers(CARD, minute=1))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert not list(path.parent.glob("*-wal"))


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("PRAGMA application_id = 7", "is not a history of cmom"),
        (f"PRAGMA user_version = {len(MIGRATIONS) + 1}", "was written by a newer version"),
    ],
)
def test_a_refused_file_keeps_its_write_ahead_log(
    path: Path, statement: str, sentence: str
) -> None:
    change(path, statement, "PRAGMA journal_mode = WAL")
    with refused(path, sentence):
        open_history(path)


@pytest.mark.parametrize(("left", "sentence"), [(5000, "is damaged"), (0, "is empty")])
def test_the_copy_made_last_of_a_damaged_or_emptied_history_is_named(
    path: Path, left: int, sentence: str
) -> None:
    newest = path.with_name("history.db.v1.bak")
    names = ("history.db.v2.bak", newest.name, "history.db.v3.bak.tmp", "other.db.v3.bak")
    for time, name in enumerate(names):
        shutil.copy(path, path.with_name(name))
        os.utime(path.with_name(name), (time, time))
    os.truncate(path, left)
    with refused(path, sentence, f"Copy {newest} in its place."):
        open_history(path)


# Other programs


def test_a_history_that_another_program_writes_can_be_read_but_not_written(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with open_history(path, SHORT) as store:
            read_all(store)
            with refused(path, "is in use by another program"):
                store.record(answers(CARD, minute=1))
            other.execute("ROLLBACK")
            assert store.answers() == (answers(CARD),)
            store.record(answers(CARD, minute=1))
            assert len(store.answers()) == 2


def test_a_history_that_another_program_keeps_to_itself_is_in_use(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        way_out = "Close that program, then run the command again."
        with refused(path, "is in use by another program", way_out):
            open_history(path, SHORT)


def test_whoever_writes_keeps_other_writers_out_from_the_first_moment_on(path: Path) -> None:
    with open_history(path, SHORT) as store, open_history(path, SHORT) as other:
        with store.database.writing(), refused(path, "is in use by another program"):
            other.record(answers(CARD, minute=1))
        other.record(answers(CARD, minute=1))


def test_a_history_set_to_wal_that_another_program_reads_is_opened_as_it_is(path: Path) -> None:
    change(path, "PRAGMA journal_mode = WAL")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM card").fetchone()
        with open_history(path, SHORT) as store:
            assert store.answers() == (answers(CARD),)


# Places that cannot be written


def read_only(path: Path) -> None:
    with open_history(path) as store:
        assert store.is_read_only
        assert len(store.notes()) == 40
        assert store.answers() == (answers(CARD),)
        with refused(path, "cannot be written"):
            store.record(answers(CARD, minute=1))
        with pytest.raises(UnwritableError):
            store.require_writable()
        assert store.answers() == (answers(CARD),)


def test_a_history_can_be_written_as_a_rule(path: Path) -> None:
    before = path.read_bytes()
    with open_history(path) as store:
        assert not store.is_read_only
        store.require_writable()
    assert path.read_bytes() == before


def test_a_file_that_cannot_be_written_is_read(folder: Path) -> None:
    path = make_history(folder / "history.db")
    path.chmod(0o444)
    read_only(path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows folders have no write permission")
def test_a_history_in_a_folder_that_cannot_be_written_is_read(folder: Path) -> None:
    path = make_history(folder / "history.db")
    folder.chmod(0o555)
    read_only(path)
    folder.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows folders have no write permission")
def test_no_history_can_be_made_in_a_folder_that_cannot_be_written(folder: Path) -> None:
    folder.chmod(0o555)
    for path in (folder / "history.db", folder / "deeper" / "history.db"):
        with pytest.raises(HistoryError, match="cannot be") as refusal:
            open_history(path, is_default_place=True)
        assert refusal.value.exit_code == 3
    folder.chmod(0o755)


def test_no_history_can_be_made_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(HistoryError, match="for the history cannot be made") as refusal:
        open_history(tmp_path / "file" / "history.db", is_default_place=True)
    assert refusal.value.way_out == "Name a file in another folder with --history."


# Disks


def study_on(store: Store, stored: list[Review]) -> None:
    for minute in range(1, 2000):
        stored += [store.record(answers(CARD, minute=minute)).review]


def test_on_a_full_disk_an_answer_is_refused_whole(path: Path) -> None:
    with open_history(path) as store:
        with store.database.reading() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        stored = list(store.answers())
        with pytest.raises(HistoryError, match="the disk is full"):
            study_on(store, stored)
        assert store.answers() == tuple(stored)
        assert store.rebuild() == ()
        with store.database.reading() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 10}")
        store.record(answers(CARD, minute=2000))


def test_a_disk_that_fails_is_named(path: Path) -> None:
    resource = pytest.importorskip("resource", reason="Windows has no limit on a file's size")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    with open_history(path) as store:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
        try:
            with refused(path, "the disk reports a fault"):
                store.record(answers(CARD, minute=1))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert store.answers() == (answers(CARD),)


@pytest.mark.parametrize(
    "code",
    [
        sqlite3.SQLITE_IOERR_LOCK,
        sqlite3.SQLITE_IOERR_RDLOCK,
        sqlite3.SQLITE_IOERR_CHECKRESERVEDLOCK,
    ],
)
def test_a_disk_that_does_not_let_a_file_be_locked_is_named(path: Path, code: int) -> None:
    way_out = "Move it to a disk of this computer and name it with --history."
    said = sqlite3.OperationalError("disk I/O error")
    said.sqlite_errorcode = code
    sentence = "cannot be locked: its disk does not let it"
    with refused(path, sentence, way_out), trouble.in_plain_words(path):
        raise said


# Ctrl-C


@pytest.mark.parametrize("statement", ["BEGIN", "SELECT card", "SELECT review", "INSERT", "UPDATE"])
def test_an_interrupted_answer_leaves_the_history_as_it_was_and_free(
    path: Path, statement: str
) -> None:
    def interrupt(_connection: object, _cursor: object, sql: str, *_: object) -> None:
        if sql.startswith(statement):
            raise KeyboardInterrupt

    with open_history(path, SHORT) as store, open_history(path, SHORT) as other_window:
        before = store.states()
        event.listen(Engine, "after_cursor_execute", interrupt)
        try:
            with pytest.raises(KeyboardInterrupt):
                store.record(answers(CARD, minute=1))
        finally:
            event.remove(Engine, "after_cursor_execute", interrupt)
        assert other_window.states() == before
        other_window.record(answers(CARD, minute=1))
        store.record(answers(CARD, minute=2))
        assert len(store.answers()) == 3


# Bugs


def test_a_bug_is_not_taken_for_trouble(path: Path) -> None:
    with (
        open_history(path) as store,
        pytest.raises(IntegrityError),
        store.database.writing() as connection,
    ):
        connection.exec_driver_sql("UPDATE card SET note_id = 'no-such-note'")


def test_nor_is_one_that_the_driver_finds_by_itself(path: Path) -> None:
    with pytest.raises(sqlite3.ProgrammingError), trouble.in_plain_words(path):
        raise sqlite3.ProgrammingError("there is no such cursor")
