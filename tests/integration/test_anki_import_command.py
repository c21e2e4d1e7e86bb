"""`cmom anki import`: what was answered and undone in Anki since, and what cannot be."""

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from cmom_srs.anki.stamping import WHOLE
from tests.conftest import Cmom

MORNING = 1_796_128_200_000  # 2026-12-01 06:30 in Chicago
DAY = 24 * 3600 * 1000


@pytest.fixture
def package(decks: Path, home: Path, cmom: Cmom) -> Path:
    """Our own package, into which Anki's rows are written."""
    assert cmom("export").code == 0
    return home / "exports" / WHOLE


def exported(package: Path, *rows: tuple[int, int], name: str = "back.apkg") -> Path:
    """What Anki exports: the package with (instant, button) of answers to the bucket."""
    target = package.with_name(name)
    with zipfile.ZipFile(package) as zipped:
        collection = zipped.read("collection.anki2")
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(collection)
        database.execute("UPDATE cards SET did = 1700000000123")
        (card,) = database.execute(
            "SELECT cards.id FROM cards JOIN notes ON notes.id = nid "
            "WHERE guid = 'cmom/basic/bucket' AND ord = 0"
        ).fetchone()
        for instant, button in rows:
            database.execute(
                "INSERT INTO revlog VALUES (?, ?, -1, ?, 1, 0, 2500, 4000, 0)",
                (instant, card, button),
            )
        database.commit()
        image = database.serialize()
    with zipfile.ZipFile(target, "w") as zipped:
        zipped.writestr("collection.anki2", image)
    return target


def shape(cmom: Cmom, *arguments: str | Path) -> dict[str, object]:
    ran = cmom("anki", "import", *arguments, "--json")
    assert ran.code == 0, ran.err
    read: dict[str, object] = json.loads(ran.out)
    return read


def test_what_was_undone_in_anki_since_the_last_import_is_undone_here(
    package: Path, cmom: Cmom
) -> None:
    assert shape(cmom, exported(package, (MORNING, 1)))["added"] == 1
    came = shape(cmom, exported(package, (MORNING + 9, 3)))
    assert (came["added"], came["taken_back"]) == (1, 1)
    card = json.loads(cmom("card", "bucket", "--json").out)["card"]
    assert [answer["grade"] for answer in card["answers"]] == [4]
    assert card["state"]["lapses"] == 0


def test_more_than_ten_are_taken_back_only_if_that_is_meant(package: Path, cmom: Cmom) -> None:
    given = [(MORNING - day * DAY, 3) for day in range(12)]
    assert shape(cmom, exported(package, *given))["added"] == 12
    fewer = exported(package, given[0])
    assert shape(cmom, fewer, "--yes")["taken_back"] == 11


def test_without_an_answer_to_the_question_nothing_is_taken_back(
    package: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = [(MORNING - day * DAY, 3) for day in range(12)]
    shape(cmom, exported(package, *given))
    with Path("/dev/null").open() as nothing:
        monkeypatch.setattr("sys.stdin", nothing)
        ran = cmom("anki", "import", exported(package, given[0]))
    assert "11 reviews imported earlier are gone from Anki" in ran.err
    assert len(json.loads(cmom("card", "bucket", "--json").out)["card"]["answers"]) == 12


def test_reviews_from_the_future_are_refused_by_name(package: Path, cmom: Cmom) -> None:
    file = exported(package, (MORNING + DAY, 3), (MORNING + 3 * DAY, 3), (10**18, 3), (1, 3))
    came = shape(cmom, file)
    assert came["added"] == 1
    assert came["refused"] == {"a date later than tomorrow": 1, "a date that cannot be": 2}
    assert "Left out: 1 review with a date later than tomorrow." in cmom("anki", "import", file).err


def test_undo_reaches_a_whole_import(package: Path, cmom: Cmom) -> None:
    cmom("grade", "tests/1", "good")
    shape(cmom, exported(package, (MORNING - DAY, 3), (MORNING, 4)))
    undone = cmom("undo")
    assert undone.out.startswith("Taken back: the 2 reviews imported from Anki")
    assert json.loads(cmom("card", "bucket", "--json").out)["card"]["answers"] == []
    assert cmom("undo").out.startswith("Taken back: Good for")
