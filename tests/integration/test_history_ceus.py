"""Continuing education in a real history: noted, removed, odd rows told."""

from collections.abc import Iterator
from datetime import date
from datetime import datetime
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from cmom_srs.errors import HistoryError
from cmom_srs.history import ceus
from cmom_srs.history.ceus import UnknownCeuError
from cmom_srs.history.store import Store
from cmom_srs.history.store import open_history
from cmom_srs.study.renewal import Ceu

NOON = datetime.fromisoformat("2026-12-01T12:00:00-06:00")
WEBINAR = Ceu("HIPAA update", 150, date(2026, 11, 3))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_history(tmp_path / "history.sqlite3") as opened:
        yield opened


def note(store: Store, *titles: str) -> list[Ceu]:
    return [ceus.append(store, Ceu(title, 100, date(2026, 11, 3)), NOON) for title in titles]


def numbers(store: Store) -> dict[str, int]:
    return {ceu.title: ceu.number for ceu in ceus.read_all(store)}


def test_what_is_noted_comes_back_with_a_uid_and_a_number(store: Store) -> None:
    first = ceus.append(store, WEBINAR, NOON)
    second = ceus.append(store, Ceu("Conference", 1200, date(2025, 2, 28)), NOON)
    assert ceus.read_all(store) == (first, second)
    assert (first.title, first.units_hundredths, first.earned_on) == (
        "HIPAA update",
        150,
        date(2026, 11, 3),
    )
    assert (first.number, second.number) == (1, 2)
    assert len({first.uid, second.uid}) == 2
    assert len(first.uid) == len(second.uid) == 32


def test_what_is_removed_is_gone_and_its_row_stays(store: Store) -> None:
    first, second = note(store, "one", "two")
    ceus.remove(store, first, NOON)
    assert ceus.read_all(store) == (second,)
    with store.database.reading() as connection:
        rows = connection.execute(text("SELECT title, removes FROM ceu ORDER BY at_ms")).all()
        added = connection.execute(text("SELECT * FROM ceu WHERE removes IS NOT NULL")).one()
    assert rows == [("one", None), ("two", None), (None, first.uid)]
    assert (added.units_hundredths, added.earned_on) == (None, None)
    assert len(added.uid) == 32


def test_a_number_never_becomes_anothers(store: Store) -> None:
    one, *_ = note(store, "one", "two", "three")
    ceus.remove(store, one, NOON)
    assert numbers(store) == {"two": 2, "three": 3}
    assert ceus.append(store, WEBINAR, NOON - timedelta(days=9)).number == 4
    assert numbers(store) == {"two": 2, "three": 3, "HIPAA update": 4}


def test_what_was_never_noted_or_is_removed_cannot_be_removed(store: Store) -> None:
    (one,) = note(store, "one")
    ceus.remove(store, one, NOON)
    for gone in (one, Ceu("two", 100, date(2026, 11, 3), "f" * 32, 2)):
        with pytest.raises(UnknownCeuError) as refusal:
            ceus.remove(store, gone, NOON)
        assert refusal.value.way_out == "To list them: cmom ceu"
    with store.database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM ceu")).scalar_one() == 2


@pytest.mark.parametrize(
    "odd",
    [
        "title = ''",
        "title = NULL",
        "title = x'ff'",
        "units_hundredths = 0",
        "units_hundredths = 1.5",
        "units_hundredths = 'many'",
        "units_hundredths = NULL",
        "units_hundredths = 9223372036854775807",
        "earned_on = '2026-02-30'",
        "earned_on = 7",
        "earned_on = NULL",
        "at_ms = 'noon'",
        "at_ms = -1",
    ],
)
def test_an_odd_row_is_told_and_left_out_and_spoils_no_later_one(store: Store, odd: str) -> None:
    note(store, "one")
    with store.database.writing() as connection:
        connection.execute(text(f"UPDATE ceu SET {odd}"))
    assert ceus.read_all(store) == ()
    (told,) = store.odd_rows
    assert told == f"the CEU 1: its {odd.split(' ', maxsplit=1)[0]} cannot be right"
    later = ceus.append(store, WEBINAR, NOON)
    assert ceus.read_all(store) == (later,)


def test_an_odd_removal_is_told_and_removes_nothing(store: Store) -> None:
    one, two = note(store, "one", "two")
    ceus.remove(store, one, NOON)
    with store.database.writing() as connection:
        connection.execute(text("UPDATE ceu SET removes = x'00', uid = 'r' WHERE removes NOTNULL"))
    assert ceus.read_all(store) == (one, two)
    assert list(store.odd_rows) == ["the removal r of a CEU: its removes cannot be right"]


def test_of_an_odd_row_that_is_removed_nothing_is_told(store: Store) -> None:
    one, _ = note(store, "one", "two")
    ceus.remove(store, one, NOON)
    with store.database.writing() as connection:
        connection.execute(text("UPDATE ceu SET title = '' WHERE title = 'one'"))
    assert numbers(store) == {"two": 2}
    assert store.odd_rows == {}


def test_a_history_that_cannot_be_written_takes_nothing(store: Store) -> None:
    with store.database.writing() as connection:
        connection.execute(text("DROP TABLE ceu"))
    with pytest.raises(HistoryError):
        ceus.append(store, WEBINAR, NOON)
