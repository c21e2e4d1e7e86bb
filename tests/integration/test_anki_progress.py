"""Progress out to real Anki and back: where the terminal stood, and every review once."""

import json
import sys
import zipfile
from datetime import datetime
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import Cmom
from tests.support.anki_oracle import Desktop
from tests.support.anki_oracle import anki
from tests.support.anki_oracle import needs_anki

pytestmark = needs_anki

# Noon of Anki's own day, which begins at four.
NOW = (datetime.now().astimezone() - timedelta(hours=4)).replace(
    hour=12, minute=0, second=0, microsecond=0
)


def at(days_ago: int, minute: int = 0) -> str:
    return (NOW - timedelta(days=days_ago) + timedelta(minutes=minute)).isoformat()


@pytest.fixture
def carried(decks: Path, home: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with progress: bucket was passed twice, tests failed and was repeated."""
    for days_ago, minute, card, grade in (
        (9, 0, "bucket/1", "4"),
        (8, 0, "bucket/1", "5"),
        (1, 0, "tests/1", "1"),
        (1, 1, "tests/1", "4"),
        (0, 0, "claim-life/1", "3"),
    ):
        monkeypatch.setenv("CMOM_NOW", at(days_ago, minute))
        assert cmom("grade", card, grade).code == 0
    cmom("suspend", "title-alone")
    monkeypatch.setenv("CMOM_NOW", at(0, 5))
    assert cmom("export").code == 0
    made = cmom("export", "--with-progress", "--json")
    assert json.loads(made.out) == {
        "schema": 1,
        "path": "cmom-with-progress.apkg",
        "cards": 4,
        "answers": 5,
    }
    return home / "cmom-with-progress.apkg"


@pytest.mark.parametrize(
    "beside", ["--domain=people", "--dry-run", "--diff", "--restamp", "--drop-retired"]
)
def test_progress_goes_with_no_option_of_what_is_exported(
    decks: Path, home: Path, cmom: Cmom, beside: str
) -> None:
    ran = cmom("export", "--with-progress", beside)
    assert ran.code == 2
    assert "--with-progress goes with --out and --json alone" in ran.err
    assert not (home / "cmom-with-progress.apkg").exists()


def take_with_progress(desktop: Desktop, package: Path) -> None:
    from anki.collection import ImportAnkiPackageRequest

    options = desktop.collection._backend.get_import_anki_package_presets()
    options.with_scheduling = True
    request = ImportAnkiPackageRequest(package_path=str(package), options=options)
    desktop.collection.import_anki_package(request)


def test_the_first_import_goes_on_where_the_terminal_stands(carried: Path, tmp_path: Path) -> None:
    with anki(tmp_path / "anki", begins_at_four=True) as desktop:
        take_with_progress(desktop, carried)
        rows = desktop._rows(
            "SELECT guid, ord, type, queue, ivl, factor, due, lapses, reps FROM cards "
            "JOIN notes ON notes.id = nid WHERE type = 2 ORDER BY guid"
        )
        today = desktop.collection.sched.today
        assert [(row[0], row[4], row[5], row[6] - today, row[7], row[8]) for row in rows] == [
            ("cmom/basic/bucket", 6, 2600, -2, 0, 2),
            ("cmom/cloze/tests", 1, 1960, 0, 0, 2),
            ("cmom/steps/claim-life", 1, 2360, 1, 0, 1),
        ]
        assert len(desktop.review_log()) == 5
        assert desktop.complaints() == []
        (suspended,) = desktop.collection.find_notes("is:suspended")
        assert desktop.collection.get_note(suspended).guid == "cmom/choice/title-alone"


@pytest.mark.parametrize("minutes", [-600, 0, 345, 840])
def test_due_dates_are_exact_in_far_time_zones(
    carried: Path, tmp_path: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch, minutes: int
) -> None:
    sign = "+" if minutes >= 0 else "-"
    zone = f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    local = NOW.strftime("%Y-%m-%dT12:00:00")
    monkeypatch.setenv("CMOM_NOW", f"{local}{zone}")
    assert cmom("export", "--with-progress").code == 0
    with anki(tmp_path / "anki", begins_at_four=True) as desktop:
        take_with_progress(desktop, carried)
        due = desktop._rows(
            "SELECT due FROM cards JOIN notes ON notes.id = nid "
            "WHERE guid = 'cmom/steps/claim-life'"
        )[0][0]
        assert due - desktop.collection.sched.today == 1


@pytest.mark.parametrize(
    ("name", "legacy"),
    [("back.apkg", True), ("back.apkg", False), ("back.colpkg", True), ("back.colpkg", False)],
)
def test_reviews_done_in_anki_come_back_once(
    carried: Path, tmp_path: Path, cmom: Cmom, name: str, legacy: bool
) -> None:
    with anki(tmp_path / "anki", begins_at_four=True) as desktop:
        take_with_progress(desktop, carried)
        desktop.study(3, 1, 4)
        back = desktop.give_back(tmp_path / name, legacy=legacy)
    first = json.loads(cmom("anki", "import", back, "--json").out)
    assert (first["added"], first["known"], first["unknown"]) == (3, 5, {})
    again = json.loads(cmom("anki", "import", back, "--json").out)
    assert (again["added"], again["known"]) == (0, 8)


def test_what_was_answered_on_the_phone_today_leaves_the_queue(
    decks: Path, tmp_path: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CMOM_NOW")
    cmom("export")
    before = json.loads(cmom("due", "--json").out)["counts"]
    with anki(tmp_path / "anki", begins_at_four=True) as desktop:
        desktop.take(decks.parent / "exports" / "cmom.apkg")
        desktop.study(3, 1)
        back = desktop.give_back(tmp_path / "back.apkg", legacy=True)
    after = json.loads(cmom("anki", "import", back, "--json").out)["counts"]
    assert after["new"] == before["new"] - 2
    assert after["drill"] == 1
    assert cmom("undo").out.startswith("Taken back: the 2 reviews imported from Anki")
    assert json.loads(cmom("due", "--json").out)["counts"] == before
    assert cmom("undo").code == 1


def test_answers_taken_back_here_do_not_return_from_anki(
    carried: Path, tmp_path: Path, cmom: Cmom
) -> None:
    with anki(tmp_path / "anki", begins_at_four=True) as desktop:
        take_with_progress(desktop, carried)
        back = desktop.give_back(tmp_path / "back.apkg", legacy=True)
    assert "claim-life/1" in cmom("undo").out
    assert json.loads(cmom("anki", "import", back, "--json").out)["added"] == 0
    state = json.loads(cmom("card", "claim-life", "--json").out)["card"]["state"]
    assert state["repetitions"] == 0


def test_a_retired_notes_reviews_are_merged_and_an_unknown_ones_named(
    carried: Path, decks: Path, tmp_path: Path, cmom: Cmom
) -> None:
    with anki(tmp_path / "anki", begins_at_four=True) as desktop:
        take_with_progress(desktop, carried)
        desktop.study(3)
        back = desktop.give_back(tmp_path / "back.apkg", legacy=True)
    ran = cmom("--history", tmp_path / "another.sqlite3", "anki", "import", back, "--json")
    assert json.loads(ran.out)["added"] == 6
    labor = decks / "people" / "labor.md"
    labor.write_text("# Labor law\nSource: 29 CFR 541\n", encoding="utf-8")
    ran = cmom("--history", tmp_path / "third.sqlite3", "anki", "import", back, "--json")
    assert json.loads(ran.out)["unknown"] == {"tests/1": 2}


@pytest.mark.parametrize(
    "damage",
    [
        b"no zip at all",
        b"",
        "cut",
        "garbled",
        "empty zip",
        "no database",
        "foreign database",
    ],
)
def test_a_damaged_or_foreign_file_is_refused_in_words(
    carried: Path, tmp_path: Path, cmom: Cmom, damage: bytes | str
) -> None:
    path = tmp_path / "damaged.apkg"
    if isinstance(damage, bytes):
        path.write_bytes(damage)
    elif damage == "garbled":
        data = bytearray(carried.read_bytes())
        data[2000:6000] = bytes(4000)
        path.write_bytes(data)
    elif damage == "cut":
        path.write_bytes(carried.read_bytes()[:-4000])
    else:
        with zipfile.ZipFile(path, "w") as archive:
            if damage != "empty zip":
                archive.writestr("collection.anki21", b"SQLite format 3\0" + b"x" * 5000)
            if damage == "foreign database":
                archive.writestr("collection.anki21b", b"\x28\xb5\x2f\xfd not really zstd")
    ran = cmom("anki", "import", path)
    assert ran.code == 1
    assert "damaged.apkg" in ran.err
    assert "Traceback" not in ran.err


def test_a_file_that_unpacks_too_large_is_refused(tmp_path: Path) -> None:
    from cmom_srs.anki.reading.exported import ExportedFileError
    from cmom_srs.anki.reading.exported import read_answers

    bomb = tmp_path / "bomb.apkg"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("collection.anki21", bytes(5_000_000))
    with pytest.raises(ExportedFileError, match="unpacks to more than"):
        read_answers(bomb, largest_bytes=1_000_000)


def test_without_zstandard_the_way_out_is_said(
    carried: Path, tmp_path: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    with anki(tmp_path / "anki", begins_at_four=True) as desktop:
        take_with_progress(desktop, carried)
        back = desktop.give_back(tmp_path / "back.apkg", legacy=False)
    monkeypatch.setitem(sys.modules, "zstandard", None)
    ran = cmom("anki", "import", back)
    assert ran.code == 1
    assert "cmom-srs[anki]" in ran.err
    assert "Support older Anki" in ran.err


def test_a_missing_file_is_refused_in_words(decks: Path, cmom: Cmom) -> None:
    ran = cmom("anki", "import", "nowhere.apkg")
    assert ran.code == 1
    assert "nowhere.apkg cannot be read" in ran.err
