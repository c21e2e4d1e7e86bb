"""What Anki exported, read back: which rows are answers, and files that are no exports."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from cmom_srs.anki.exported import read_answers

AT = 1_796_000_000_000  # an instant in milliseconds
NOTE, CARD = 1_790_500_000_100, 1_790_500_000_101
COLUMNS = ("id", "cid", "usn", "ease", "ivl", "lastIvl", "factor", "time", "type")


def collection(
    *rows: tuple[object, ...], guid: object = "cmom/basic/fact", ord_: object = 0
) -> sqlite3.Connection:
    """A collection in memory with one note and one card of it, and these rows in its log."""
    database = sqlite3.connect(":memory:")
    database.executescript(APKG_SCHEMA)
    database.executescript(APKG_COL)
    database.execute(
        "INSERT INTO notes VALUES (?, ?, 1, 1, -1, '', 'Q', 0, 0, 0, '')", (NOTE, guid)
    )
    database.execute(
        f"INSERT INTO cards VALUES (?, ?, 1, ?, {', '.join('0' * 14)})".replace("'", ""),
        (CARD, NOTE, ord_),
    )
    database.executemany(f"INSERT INTO revlog VALUES ({', '.join('?' * 9)})", rows)
    database.commit()
    return database


def row(place: int = 0, **changed: object) -> tuple[object, ...]:
    """A row of the log: a Good of ten seconds, so many minutes later."""
    values = (AT + 60_000 * place, CARD, -1, 3, 1, 0, 2500, 10_000, 1)
    return tuple({**dict(zip(COLUMNS, values, strict=True)), **changed}.values())


def packed(folder: Path, database: sqlite3.Connection) -> Path:
    """The collection as a file that Anki exported in its older format."""
    path = folder / "exported.apkg"
    with closing(database), ZipFile(path, "w") as archive:
        archive.writestr("collection.anki21", database.serialize())
    return path


def buttons(folder: Path, rows: Sequence[tuple[object, ...]]) -> list[int]:
    return [answer.button for answer in read_answers(packed(folder, collection(*rows)))]


def test_the_four_buttons_are_answers_and_nothing_else_is(tmp_path: Path) -> None:
    rows = [row(place, ease=place - 1) for place in range(7)]
    assert buttons(tmp_path, rows) == [1, 2, 3, 4]


@pytest.mark.parametrize("place", range(9))
def test_rows_come_in_order_of_time(tmp_path: Path, place: int) -> None:
    rows = [row((each * 2 + place) % 9, ease=each % 4 + 1) for each in range(9)]
    instants = [answer.anki_id for answer in read_answers(packed(tmp_path, collection(*rows)))]
    assert instants == sorted(instants)
    assert len(instants) == 9
