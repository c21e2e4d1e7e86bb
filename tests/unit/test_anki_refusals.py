"""What is said when packages cannot be made or read: one sentence each, and the way out."""

import errno
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import zstandard
from msgspec import structs

from cmom_srs.anki import manifest as manifests
from cmom_srs.anki import package as apkg
from cmom_srs.anki.manifest import MANIFEST_NAME
from cmom_srs.anki.manifest import Manifest
from cmom_srs.anki.manifest import ManifestError
from cmom_srs.anki.notes.fields import UnsafeFieldError
from cmom_srs.anki.package import CardsError
from cmom_srs.anki.package import DeckIdError
from cmom_srs.anki.reading.exported import ExportedFileError
from cmom_srs.anki.reading.exported import read_answers
from cmom_srs.anki.stamping import NothingToExportError
from cmom_srs.anki.stamping import SameGuidError
from cmom_srs.errors import CmomError
from cmom_srs.study.notes import Basic
from cmom_srs.study.notes import Cloze
from tests.support.anki_exports import EVERY_KIND
from tests.support.anki_exports import FACT
from tests.support.anki_exports import export
from tests.support.builders import note
from tests.unit.test_anki_exported import LOOSE
from tests.unit.test_anki_exported import archived
from tests.unit.test_anki_exported import collection
from tests.unit.test_anki_exported import packed
from tests.unit.test_anki_exported import row

AGAIN = "Export it again from Anki, with scheduling information included."
FROM_GIT = (
    "Bring it back from a backup or from git; it keeps re-imports from touching notes that did "
    "not change."
)


def said(error: CmomError, *, of: Path | None = None) -> tuple[str, str]:
    """The sentence and the way out; the file is FILE."""
    return error.sentence.replace(str(of), "FILE") if of else error.sentence, error.way_out


# Packages that cannot be made


def test_a_note_without_a_card(tmp_path: Path) -> None:
    with pytest.raises(CardsError) as refused:
        export([note("bare", Cloze("Nothing is asked."))], tmp_path)
    assert said(refused.value) == (
        "The note bare has the cards none, but in Anki it would have none.",
        "Look at its text, then export again.",
    )
    assert said(CardsError("odd", (1, 2), (1, 2, 3))) == (
        "The note odd has the cards 1, 2, but in Anki it would have 1, 2, 3.",
        "Look at its text, then export again.",
    )


def test_two_decks_of_one_id() -> None:
    with pytest.raises(DeckIdError) as refused:
        apkg.anki_decks({"plumless/x": "One", "buckeroo/x": "Other"})
    assert said(refused.value) == (
        "The decks Other and One come to one id in Anki.",
        "Rename the file of the newer one, then export again.",
    )


def test_nothing_to_export(tmp_path: Path) -> None:
    for domain, where in ((None, ""), ("xray", " in xray")):
        with pytest.raises(NothingToExportError) as refused:
            export(() if domain is None else EVERY_KIND, tmp_path, domain=domain)
        assert said(refused.value) == (
            f"There is no note{where} to export.",
            "See which decks are in use: cmom path",
        )


def test_two_notes_of_one_first_id(tmp_path: Path) -> None:
    twin = replace(note("other", Basic("Another?", "Yes.")), formerly=("fact",))
    with pytest.raises(SameGuidError) as refused:
        export((FACT, twin), tmp_path)
    assert said(refused.value) == (
        "The notes fact and other have the same first id.",
        "An id that stands in a `Formerly:` is never used again: give one of them another.",
    )


def test_a_control_character(tmp_path: Path) -> None:
    with pytest.raises(UnsafeFieldError) as refused:
        export([note("bell", Basic("Ring\x07", "Yes."))], tmp_path)
    assert said(refused.value) == (
        "The note bell has the control character U+0007 in its Question.",
        "Take it out of the deck file, then export again.",
    )


# A manifest that cannot be read


@pytest.mark.parametrize(
    ("data", "sentence", "way_out"),
    [
        (b"", "FILE cannot be read: Input data was truncated.", FROM_GIT),
        (
            b'{"built_at": "2026-12-01T08:30:00Z", "more": ' + b"[" * 100_000,
            "FILE cannot be read: it is nested too deeply.",
            FROM_GIT,
        ),
        (
            b'{"built_at": "2026-12-01T08:30:00Z", "packages": {"../x": {}}}',
            "FILE cannot be read: it has a name that this program never writes, at `key` in "
            "`$.packages`.",
            FROM_GIT,
        ),
        (
            b'{\n<<<<<<< HEAD\n "built_at": 1\n=======\n',
            "FILE cannot be read: git has left the marks of a conflict in it.",
            "Keep the lines of both sides, take out the marks, and export again: positions that "
            "stand twice are put right.",
        ),
    ],
    ids=["empty", "deep", "foreign name", "conflict"],
)
def test_a_manifest_that_is_none(tmp_path: Path, data: bytes, sentence: str, way_out: str) -> None:
    path = tmp_path / MANIFEST_NAME
    path.write_bytes(data)
    with pytest.raises(ManifestError) as refused:
        manifests.read(path)
    assert said(refused.value, of=path) == (sentence, way_out)


def test_a_manifest_that_is_no_file_or_may_not_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ManifestError) as refused:
        manifests.read(tmp_path)
    assert said(refused.value, of=tmp_path) == ("FILE cannot be read: it is no file.", FROM_GIT)

    def denied(path: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied")

    path = tmp_path / MANIFEST_NAME
    path.touch()
    monkeypatch.setattr(Path, "read_bytes", denied)
    with pytest.raises(ManifestError) as refused:
        manifests.read(path)
    assert said(refused.value, of=path) == ("FILE cannot be read: Permission denied.", FROM_GIT)


def test_a_manifest_in_which_a_note_is_of_another_kind_than_its_guid(tmp_path: Path) -> None:
    export([FACT], tmp_path)
    path = tmp_path / MANIFEST_NAME
    known = manifests.read(path)
    assert known
    record = structs.replace(known.notes["cmom/basic/fact"], note_kind="steps")
    for where in ("notes", "retired"):
        odd = structs.replace(Manifest(known.built_at), **{where: {"cmom/basic/fact": record}})
        path.write_bytes(manifests.to_json(odd))
        with pytest.raises(ManifestError) as refused:
            manifests.read(path)
        assert said(refused.value, of=path) == (
            "FILE cannot be read: cmom/basic/fact is said to be of the kind steps.",
            FROM_GIT,
        )


def test_a_long_complaint_about_a_manifest_is_cut(tmp_path: Path) -> None:
    path = tmp_path / MANIFEST_NAME
    path.write_bytes(b'{"built_at": "' + b"x" * 9_999 + b'"}')
    with pytest.raises(ManifestError) as refused:
        manifests.read(path)
    assert len(refused.value.sentence) < len(str(path)) + 300


# Exports of Anki that cannot be read


def refused_export(path: Path, largest_bytes: int = 1 << 30) -> tuple[str, str]:
    with pytest.raises(ExportedFileError) as refused:
        read_answers(path, largest_bytes)
    return said(refused.value, of=path)


def test_what_is_no_zip_file(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("no package", "utf-8")
    assert refused_export(path) == ("FILE is no file that Anki exported.", AGAIN)


def test_what_is_no_file(tmp_path: Path) -> None:
    assert refused_export(tmp_path) == ("FILE is no file.", AGAIN)


def test_what_is_not_there(tmp_path: Path) -> None:
    assert refused_export(tmp_path / "gone.apkg") == (
        "FILE cannot be read: No such file or directory.",
        "Look whether it is there, and whether you may read it.",
    )


def test_a_zip_file_without_a_collection(tmp_path: Path) -> None:
    path = archived(tmp_path, {"media": b"{}"})
    assert refused_export(path) == ("FILE holds no Anki collection.", AGAIN)


def test_two_collections_of_one_name(tmp_path: Path) -> None:
    path = packed(tmp_path, collection())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr("collection.anki21", b"")
    assert refused_export(path) == ("FILE holds two collections of one name.", AGAIN)


def test_a_packing_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "other.apkg"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("collection.anki21", b"x")
    assert refused_export(path) == ("FILE is packed in a way that Anki does not use.", AGAIN)


def test_a_collection_that_is_none_and_one_that_is_damaged(tmp_path: Path) -> None:
    path = archived(tmp_path, {"collection.anki21": b"x" * 5000})
    assert refused_export(path) == ("FILE holds a collection that cannot be read.", AGAIN)
    path = archived(tmp_path, {"collection.anki21b": b"x" * 5000})
    assert refused_export(path) == ("FILE is damaged.", AGAIN)
    data = bytearray(collection().serialize())
    data[4096 : 4096 + 20] = b"\x0d" + b"\xff" * 19  # the first page of a table
    path = archived(tmp_path, {"collection.anki21": bytes(data)})
    assert refused_export(path)[0] in {
        "FILE holds a damaged collection.",
        "FILE holds a collection that cannot be read.",
    }


def test_a_table_whose_page_is_used_twice_is_damaged(tmp_path: Path) -> None:
    database = collection(map(row, range(900)))
    path = tmp_path / "twice.apkg"
    image = bytearray(database.serialize())
    ((root,),) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'revlog'")
    database.close()
    start = (root - 1) * 4096 + 12
    first, second = image[start : start + 2], slice(start + 2, start + 4)
    image[second] = first
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("collection.anki21", bytes(image))
    assert refused_export(path) == ("FILE holds a damaged collection.", AGAIN)


def test_a_collection_of_another_making(tmp_path: Path) -> None:
    database = collection()
    database.execute("DROP TABLE cards")
    database.execute("CREATE VIEW cards AS SELECT 1")
    path = packed(tmp_path, database)
    assert refused_export(path) == ("FILE holds a collection that Anki did not make.", AGAIN)
    database = collection()
    database.execute("ALTER TABLE notes ADD COLUMN more AS (1)")
    path = packed(tmp_path, database)
    assert refused_export(path) == ("FILE holds a collection that Anki did not make.", AGAIN)


def test_what_unpacks_to_too_much(tmp_path: Path) -> None:
    path = archived(tmp_path, {"collection.anki21": bytes(3 << 20)})
    assert refused_export(path, 2 << 20) == (
        "FILE unpacks to more than 2 MiB, which no collection of ours does.",
        "Export the CMOM deck alone.",
    )
    assert "unpacks to more" not in refused_export(path, 3 << 20)[0]


def test_the_newer_format_without_what_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = zstandard.ZstdCompressor().compress(LOOSE.encode())
    path = archived(tmp_path, {"collection.anki21b": data})
    monkeypatch.setitem(sys.modules, "zstandard", None)
    assert refused_export(path) == (
        "FILE is in Anki's newer format, which needs the package zstandard.",
        "Install it with `pip install 'cmom-srs[anki]'`, or tick \"Support older Anki versions\" "
        "when you export.",
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packed(tmp_path, collection())
    made = tmp_path / "made"
    made.mkdir()
    (made / "collection.db").symlink_to("/dev/full")

    class Folder:
        def __enter__(self) -> str:
            return str(made)

        def __exit__(self, *ended: object) -> None:
            (made / "collection.db").unlink()

    monkeypatch.setattr("tempfile.TemporaryDirectory", Folder)
    assert refused_export(path) == (
        "FILE cannot be read: No space left on device.",
        "Make room on the disk: the file is unpacked before it is read.",
    )
