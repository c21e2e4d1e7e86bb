"""The manifest: written, read back, refused when it is damaged."""

import json
import os
from collections.abc import Callable
from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from cmom_srs.anki import manifest as manifests
from cmom_srs.anki.manifest import Manifest
from cmom_srs.anki.manifest import ManifestError
from cmom_srs.anki.manifest import NoteRecord
from cmom_srs.anki.manifest import NoteTypeRecord
from cmom_srs.anki.manifest import PackageRecord
from cmom_srs.anki.manifest import with_own_positions

BUILT = Manifest(
    datetime(2026, 12, 1, 8, 30, tzinfo=UTC),
    notes={"cmom/basic/fact": NoteRecord("fact", "basic", "law", "labor", "ab", 7, 1, True)},
    note_types={"basic": NoteTypeRecord("cd", 8)},
    decks={"law/labor": "CMOM::Law::Labor"},
    packages={"cmom.apkg": PackageRecord("ef", "01")},
    retired={"cmom/steps/gone": NoteRecord("gone", "steps", "law", "labor", "ab", 6, 2, True)},
)


def test_a_manifest_reads_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    path.write_bytes(manifests.to_json(BUILT))
    assert manifests.read(path) == BUILT
    assert path.read_bytes() == manifests.to_json(BUILT)


def test_a_manifest_has_the_documented_shape() -> None:
    assert json.loads(manifests.to_json(BUILT)) == {
        "built_at": "2026-12-01T08:30:00Z",
        "notes": {
            "cmom/basic/fact": {
                "id": "fact",
                "note_kind": "basic",
                "domain": "law",
                "deck": "labor",
                "hash": "ab",
                "mod": 7,
                "position": 1,
                "retired": True,
            }
        },
        "note_types": {"basic": {"hash": "cd", "mod": 8}},
        "decks": {"law/labor": "CMOM::Law::Labor"},
        "packages": {"cmom.apkg": {"content": "ef", "sha256": "01"}},
        "retired": {
            "cmom/steps/gone": {
                "id": "gone",
                "note_kind": "steps",
                "domain": "law",
                "deck": "labor",
                "hash": "ab",
                "mod": 6,
                "position": 2,
                "retired": True,
            }
        },
    }


def test_no_manifest_is_none(tmp_path: Path) -> None:
    assert manifests.read(tmp_path / "manifest.json") is None


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"\xff", b'{"built_at": "soon"}', b'{"built_at": 3, "notes": []}']
)
def test_a_damaged_manifest_is_refused_with_its_name_and_the_way_out(
    tmp_path: Path, data: bytes
) -> None:
    path = tmp_path / "manifest.json"
    path.write_bytes(data)
    with pytest.raises(ManifestError) as refused:
        manifests.read(path)
    assert "manifest.json" in refused.value.sentence
    assert refused.value.way_out


def test_a_folder_or_a_pipe_in_place_of_the_manifest_is_refused(tmp_path: Path) -> None:
    refuses(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")  # whoever reads it waits for ever
        refuses(tmp_path / "pipe")


# What authors, branches and git make of a manifest


def written(folder: Path, change: Callable[[Any], object]) -> Path:
    """The manifest in a file after a change to its JSON."""
    document = json.loads(manifests.to_json(BUILT))
    change(document)
    path = folder / "manifest.json"
    path.write_text(json.dumps(document), "utf-8")
    return path


def refuses(path: Path) -> str:
    with pytest.raises(ManifestError) as refused:
        manifests.read(path)
    said = refused.value.sentence.removeprefix(str(path))
    assert said.isprintable()
    assert len(said) < 300
    return said


ODD: tuple[object, ...] = (
    None,
    "",
    "7",
    1.5,
    -1,
    10**30,
    True,
    [],
    {},
    [[]],
    "\x1b[31m",
    "../../x",
    "a" * 10**5,
)


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:12].replace("\\", ""))
@pytest.mark.parametrize(
    "field", ["id", "note_kind", "domain", "deck", "hash", "mod", "position", "retired"]
)
def test_an_odd_value_in_a_note_is_refused_in_words_or_harmless(
    tmp_path: Path, field: str, odd: object
) -> None:
    path = written(tmp_path, lambda it: it["notes"]["cmom/basic/fact"].update({field: odd}))
    try:
        manifests.read(path)
    except ManifestError:
        refuses(path)
    else:
        is_a_word = odd == "7" and field in ("id", "domain", "deck")
        assert is_a_word or field in ("hash", "position", "retired")


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:12].replace("\\", ""))
@pytest.mark.parametrize(
    "field", ["built_at", "notes", "note_types", "decks", "packages", "retired"]
)
def test_an_odd_value_for_a_whole_part_is_refused_in_words(
    tmp_path: Path, field: str, odd: object
) -> None:
    path = written(tmp_path, lambda it: it.update({field: odd}))
    if odd == {} and field != "built_at":
        assert manifests.read(path)
    else:
        refuses(path)


@pytest.mark.parametrize("field", ["id", "note_kind", "domain", "deck", "hash", "mod", "position"])
def test_a_missing_field_is_refused(tmp_path: Path, field: str) -> None:
    path = written(tmp_path, lambda it: it["notes"]["cmom/basic/fact"].pop(field))
    assert "missing required field" in refuses(path)


@pytest.mark.parametrize(
    "guid",
    [
        "",
        "fact",
        "cmom/basic/",
        "cmom/matching/fact",
        "cmom/basic/\x1b[31m",
        "cmom/basic/" + "a" * 999,
    ],
)
def test_a_guid_that_is_none_of_ours_is_refused(tmp_path: Path, guid: str) -> None:
    def rename(document: Any) -> None:
        document["notes"][guid] = document["notes"].pop("cmom/basic/fact")

    refuses(written(tmp_path, rename))


def test_a_guid_of_another_kind_than_its_note_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, lambda it: it["notes"]["cmom/basic/fact"].update(note_kind="steps"))
    assert "cmom/basic/fact" in refuses(path)


@pytest.mark.parametrize(
    "name", ["../../notes.txt", "/etc/passwd", "manifest.json", "cmom-../x.apkg", "cmom.apkg\n", ""]
)
def test_a_file_that_is_no_package_of_ours_is_refused(tmp_path: Path, name: str) -> None:
    package = {"content": "", "sha256": ""}
    refuses(written(tmp_path, lambda it: it["packages"].update({name: package})))


@pytest.mark.parametrize(
    ("key", "name"),
    [("law/../labor", "Labor"), ("labor", "Labor"), ("law/labor", ""), ("law/labor", "a\x1fb")],
)
def test_a_deck_that_is_none_of_ours_is_refused(tmp_path: Path, key: str, name: str) -> None:
    refuses(written(tmp_path, lambda it: it["decks"].update({key: name})))


def test_the_marks_of_a_git_conflict_are_named_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    lines = manifests.to_json(BUILT).splitlines()
    path.write_bytes(b"\n".join([*lines[:3], b"<<<<<<< HEAD", *lines[3:5], b"=======", *lines[5:]]))
    assert "git has left" in refuses(path)


@pytest.mark.parametrize(
    "data",
    [
        b'{"built_at": NaN}',
        b'{"built_at": "2026-12-01T08:30:00Z", "notes": NaN}',
        b'{"built_at": "2026-12-01T08:30:00Z", "more": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b"[" * 100_000,
        b"\x00" * 100,
        b"null",
    ],
    ids=["nan", "nan notes", "deep", "deep and cut", "zeros", "null"],
)
def test_what_is_no_manifest_is_refused_in_words(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "manifest.json"
    path.write_bytes(data)
    refuses(path)


def test_a_mark_of_byte_order_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    path.write_bytes(b"\xef\xbb\xbf" + manifests.to_json(BUILT))
    assert manifests.read(path) == BUILT


def test_a_manifest_of_an_earlier_version_has_dropped_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, lambda it: it.pop("retired"))
    assert manifests.read(path) == structs.replace(BUILT, retired={})


def recorded(*notes: tuple[str, int, int]) -> Manifest:
    """A manifest with basic notes of these ids, mods and positions."""
    return Manifest(
        BUILT.built_at,
        notes={
            f"cmom/basic/{note_id}": NoteRecord(note_id, "basic", "law", "labor", "", mod, position)
            for note_id, mod, position in notes
        },
    )


def positions(manifest: Manifest) -> dict[str, int]:
    return {record.id: record.position for record in manifest.notes.values()}


def test_of_two_notes_with_one_position_the_later_gets_another() -> None:
    merged = recorded(("base", 1, 1), ("mine", 9, 2), ("theirs", 8, 2), ("last", 9, 5))
    healed = {"base": 1, "mine": 6, "theirs": 2, "last": 5}
    assert positions(with_own_positions(merged)) == healed
    other_way = Manifest(BUILT.built_at, notes=dict(reversed(merged.notes.items())))
    assert positions(with_own_positions(other_way)) == healed


@pytest.mark.parametrize("odd", [0, -1, -(10**30), 10**18, 10**30])
def test_a_position_that_cannot_be_becomes_the_next_free_one(odd: int) -> None:
    healed = with_own_positions(recorded(("odd", 1, odd), ("sound", 2, 3), ("odder", 3, odd)))
    assert positions(healed) == {"odd": 4, "sound": 3, "odder": 5}


def test_positions_of_dropped_notes_are_no_other_notes_either() -> None:
    dropped = recorded(("gone", 1, 2)).notes
    both = structs.replace(recorded(("here", 2, 2), ("there", 3, 1)), retired=dropped)
    healed = with_own_positions(both)
    assert positions(healed) == {"here": 3, "there": 1}
    assert healed.retired == dropped


def test_sound_positions_stay() -> None:
    sound = recorded(("one", 3, 1), ("two", 1, 2), ("four", 2, 4))
    assert with_own_positions(sound) == sound
