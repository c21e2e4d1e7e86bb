"""A history that cannot be used is said to be so in plain words, and its file is left alone."""

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from cmom_srs.errors import HistoryError
from cmom_srs.history.migrations import MIGRATIONS
from cmom_srs.history.store import Store
from cmom_srs.history.store import open_history
from cmom_srs.history.sync import sync
from cmom_srs.history.trouble import UnwritableError
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import Review
from tests.unit.builders import TODAY
from tests.unit.builders import answers
from tests.unit.builders import note

SHORT = 0.05
NOBODY = 65534
CARD = CardId("note-1", 1)


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
        sync(store, [note(f"note-{number}") for number in range(notes)], frozenset(), TODAY, "hash")
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
def refused(path: Path, sentence: str) -> Iterator[None]:
    """A HistoryError of exit code 3, with this sentence and a way out; the file untouched."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(HistoryError, match=sentence) as refusal:
        yield
    assert refusal.value.exit_code == 3
    assert str(path) in refusal.value.sentence
    assert refusal.value.way_out
    assert before == (path.read_bytes() if path.is_file() else None)


# Files that are no history


@pytest.mark.parametrize("text", ["\n", "x", "dear diary\n", "dear diary\n" * 900, "\0" * 8192])
def test_a_text_file_is_no_history(tmp_path: Path, text: str) -> None:
    path = tmp_path / "diary.txt"
    path.write_text(text, encoding="utf-8")
    with refused(path, "is not a history of cmom"):
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
    with refused(path, "was written by a newer version of cmom"):
        open_history(path)


# Damage


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_truncated_history_is_damaged(path: Path, part: float) -> None:
    os.truncate(path, int(path.stat().st_size * part))
    with refused(path, "is damaged"):
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
        "UPDATE note SET body = ''",
        'UPDATE note SET body = \'{"note_kind": "riddle"}\'',
        "UPDATE note SET source = CAST(X'FF' AS TEXT)",
        "UPDATE card SET due_on = 'never'",
        "UPDATE review SET kind = 'guess'",
        "UPDATE review SET reviewed_at_ms = 9000000000000000",
        "ALTER TABLE card RENAME COLUMN lapses TO leaps",
    ],
)
def test_values_that_cannot_be_are_damage(path: Path, statement: str) -> None:
    change(path, statement)
    with refused(path, "is damaged"), open_history(path) as store:
        read_all(store)


def test_the_newest_copy_of_a_damaged_history_is_named(path: Path) -> None:
    for version in (1, 2):
        copy = path.with_name(f"history.db.v{version}.bak")
        shutil.copy(path, copy)
        os.utime(copy, (version, version))
    os.truncate(path, 5000)
    with pytest.raises(HistoryError) as refusal:
        open_history(path)
    assert refusal.value.way_out == f"Copy {copy} in its place."


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
        with refused(path, "is in use by another program"):
            open_history(path, SHORT)


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
            open_history(path)
        assert refusal.value.exit_code == 3
    folder.chmod(0o755)


def test_no_history_can_be_made_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(HistoryError, match="for the history cannot be made"):
        open_history(tmp_path / "file" / "history.db")


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
