"""The manifest: written, read back, refused when it is damaged."""

import json
from datetime import UTC
from datetime import datetime
from pathlib import Path

import pytest

from cmom_srs.anki import manifest as manifests
from cmom_srs.anki.manifest import Manifest
from cmom_srs.anki.manifest import ManifestError
from cmom_srs.anki.manifest import NoteRecord
from cmom_srs.anki.manifest import NoteTypeRecord
from cmom_srs.anki.manifest import PackageRecord

BUILT = Manifest(
    datetime(2026, 12, 1, 8, 30, tzinfo=UTC),
    notes={"cmom/basic/fact": NoteRecord("fact", "basic", "law", "labor", "ab", 7, 1, True)},
    note_types={"basic": NoteTypeRecord("cd", 8)},
    decks={"law/labor": "CMOM::Law::Labor"},
    packages={"cmom.apkg": PackageRecord("ef", "01")},
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


def test_a_folder_in_place_of_the_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ManifestError):
        manifests.read(tmp_path)
