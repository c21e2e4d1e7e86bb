"""Look-ups in a real history: appended, read, odd ones told."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from cmom_srs.errors import HistoryError
from cmom_srs.history.exam import lookups
from cmom_srs.history.store import Store
from cmom_srs.history.store import open_history
from cmom_srs.study.lookups import Lookup

NOON = datetime.fromisoformat("2026-12-01T12:00:00-06:00")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_history(tmp_path / "history.sqlite3") as opened:
        yield opened


def test_a_look_up_comes_back_as_it_was_with_a_uid_of_its_own(store: Store) -> None:
    found = Lookup("Labor laws", NOON, 12_345, is_found=True, page="p. 212")
    lost = Lookup("OSHA", NOON, 60_000, is_found=False)
    first, second = lookups.append(store, found), lookups.append(store, lost)
    assert {first, second} == set(lookups.read_all(store))
    assert (first.topic, first.duration_ms, first.is_found, first.page) == (
        "Labor laws",
        12_345,
        True,
        "p. 212",
    )
    assert first.started_at.isoformat() == "2026-12-01T12:00:00-06:00"
    assert (second.is_found, second.page) == (False, None)
    assert len({first.uid, second.uid}) == 2
    assert len(first.uid) == 32


def test_what_is_appended_last_is_last_of_its_topic_though_the_clock_was_set_back(
    store: Store,
) -> None:
    earlier = NOON.replace(hour=9)
    lookups.append(store, Lookup("OSHA", NOON, 9_000, is_found=True, page="p. 1"))
    lookups.append(store, Lookup("OSHA", earlier, 9_000, is_found=True, page="p. 2"))
    lookups.append(store, Lookup("HIPAA", earlier, 9_000, is_found=True, page="p. 3"))
    assert [each.page for each in lookups.read_all(store)] == ["p. 3", "p. 1", "p. 2"]


@pytest.mark.parametrize(
    "odd",
    ["started_at_ms = 'noon'", "started_at_ms = 9999999999999", "found = 7", "duration_ms = -1"],
)
def test_an_odd_row_is_told_and_left_out_and_spoils_no_later_one(store: Store, odd: str) -> None:
    lookups.append(store, Lookup("OSHA", NOON, 9_000, is_found=True))
    with store.database.writing() as connection:
        connection.execute(text(f"UPDATE lookup SET {odd}"))
    assert lookups.read_all(store) == ()
    assert [row.split(":")[0] for row in store.odd_rows] == ["the look-up 1"]
    stored = lookups.append(store, Lookup("OSHA", NOON, 8_000, is_found=True))
    assert lookups.read_all(store) == (stored,)


def test_a_history_that_cannot_be_written_takes_no_look_up(store: Store) -> None:
    with store.database.writing() as connection:
        connection.execute(text("DROP TABLE lookup"))
    with pytest.raises(HistoryError):
        lookups.append(store, Lookup("OSHA", NOON, 9_000, is_found=True))
