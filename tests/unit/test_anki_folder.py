"""The packages of earlier builds: their notes, whatever has become of the files."""

import os
import sqlite3
import zipfile
from contextlib import closing
from math import inf
from pathlib import Path

import pytest

from cmom_srs.anki.folder import OldNote
from cmom_srs.anki.folder import file_hash
from cmom_srs.anki.folder import open_package
from cmom_srs.anki.folder import read_notes
from cmom_srs.anki.reading.foreign import ForeignDataError
from cmom_srs.anki.stamping import WHOLE
from tests.support.anki_exports import EVERY_KIND
from tests.support.anki_exports import changes
from tests.support.anki_exports import export
from tests.support.anki_exports import moment

ODD = (None, inf, -1, 10**18, "", "x", "\x1b[31m", b"\x00\xff")
ALL = {
    "cmom/basic/fact",
    "cmom/basic/eob",
    "cmom/calculation/rate",
    "cmom/choice/entity",
    "cmom/cloze/tests",
    "cmom/steps/check-in",
}
LOOSE = """
CREATE TABLE loose AS SELECT * FROM {0};
DROP TABLE {0};
ALTER TABLE loose RENAME TO {0};
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    export(EVERY_KIND, tmp_path)
    return tmp_path / WHOLE


def rewrite(package: Path, *statements: str, values: tuple[object, ...] = ()) -> None:
    """Changes the package's collection; its tables take any value and have no rule."""
    with closing(sqlite3.connect(":memory:")) as database:
        with closing(open_package(package)) as before:
            database.deserialize(before.serialize())
        for table in ("notes", "cards", "col"):
            database.executescript(LOOSE.format(table))
        for statement in statements:
            database.execute(statement, values)
        database.commit()
        with zipfile.ZipFile(package, "w") as archive:
            archive.writestr("collection.anki2", database.serialize())


def test_a_note_is_read_with_its_mod_fields_and_tags(package: Path) -> None:
    found = read_notes([package])
    assert found.keys() == ALL
    eob = found["cmom/basic/eob"]
    assert isinstance(eob, OldNote)
    assert eob.fields[:3] == ("EOB", "Explanation of benefits", "yes")
    assert "cmom::topic::payers" in eob.tags
    assert eob.mod == int(moment(0).timestamp())


def test_of_two_packages_the_note_that_changed_last_is_taken(package: Path, tmp_path: Path) -> None:
    older = tmp_path / "older.apkg"
    older.write_bytes(package.read_bytes())
    rewrite(package, "UPDATE notes SET mod = mod + 1, tags = ' newer '")
    for paths in ((package, older), (older, package)):
        assert {note.tags for note in read_notes(paths).values()} == {("newer",)}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("column", ["id", "guid", "mod", "flds", "tags"])
def test_an_odd_value_in_a_note_costs_that_note_at_most(
    package: Path, column: str, odd: object
) -> None:
    rewrite(package, f"UPDATE notes SET {column} = ? WHERE guid = 'cmom/basic/fact'", values=(odd,))
    assert read_notes([package]).keys() >= ALL - {"cmom/basic/fact"}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("column", ["id", "nid", "ord", "did"])
def test_an_odd_value_in_a_card_costs_no_note(package: Path, column: str, odd: object) -> None:
    rewrite(package, f"UPDATE cards SET {column} = ?", values=(odd,))
    assert read_notes([package]).keys() == ALL


def test_a_package_with_an_endless_view_has_no_notes(package: Path) -> None:
    numbers = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
    view = f"{numbers} SELECT x AS mod, 'cmom/basic/x' AS guid, 'a' AS flds, 'b' AS tags FROM n"
    rewrite(package, "DROP TABLE notes", f"CREATE VIEW notes AS {view}")
    assert read_notes([package]) == {}


@pytest.mark.parametrize("table", ["notes", "cards", "col"])
@pytest.mark.parametrize("odd", [None, "", b"\xff"])
def test_an_odd_package_is_no_hindrance_to_an_export(
    package: Path, table: str, odd: object
) -> None:
    column = "models" if table == "col" else "id"
    rewrite(package, f"UPDATE {table} SET {column} = ?", values=(odd,))
    exported = export(EVERY_KIND, package.parent, 1)
    assert changes(exported) == {}
    assert list(exported.files) == [WHOLE]


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip", b"PK\3\4" + bytes(99)])
def test_what_is_no_package_has_no_notes(package: Path, data: bytes) -> None:
    package.write_bytes(data)
    assert read_notes([package, package.with_name("nowhere.apkg")]) == {}


def test_a_package_that_unpacks_without_end_is_none(package: Path) -> None:
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("collection.anki2", bytes(1_000_001))
    with pytest.raises(ForeignDataError):
        open_package(package, largest_bytes=1_000_000)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
def test_a_pipe_and_a_folder_in_place_of_a_package_have_no_notes(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.apkg")
    assert read_notes([tmp_path, tmp_path / "pipe.apkg"]) == {}
    assert file_hash(tmp_path / "pipe.apkg") == file_hash(tmp_path) == ""
