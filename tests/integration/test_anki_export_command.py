"""`cmom export`, as an author and as a program run it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cmom_srs.anki.folder import read_notes
from tests.conftest import REPOSITORY
from tests.conftest import Cmom

NAMES = ["cmom.apkg", "cmom-finance.apkg", "cmom-people.apkg"]


def shape(text: str) -> Any:
    document = json.loads(text)
    assert document.pop("schema") == 1
    return document


def edit(decks: Path, old: str, new: str) -> None:
    path = decks / "finance" / "receivables.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_packages_stand_beside_the_decks_in_the_documented_shape(decks: Path, cmom: Cmom) -> None:
    packages = shape(cmom("export", "--json").out)["packages"]
    out = decks.parent / "exports"
    assert [package["path"] for package in packages] == [str(out / name) for name in NAMES]
    assert packages[1] == {
        "path": str(out / "cmom-finance.apkg"),
        "notes": 3,
        "added": ["bucket", "claim-life", "gross-collection"],
        "changed": [],
        "retired": [],
        "moved": [],
        "unchanged": 0,
        "written": True,
    }
    assert sorted(files(out)) == sorted((*NAMES, "manifest.json"))
    again = shape(cmom("export", "--json").out)["packages"]
    assert {package["written"] for package in again} == {False}
    assert [package["unchanged"] for package in again] == [5, 3, 2]


def test_what_changed_is_listed_by_package(decks: Path, cmom: Cmom) -> None:
    cmom("export")
    edit(decks, "Which bucket is", "Which aging bucket is")
    edit(decks, "## claim-life\n", "## life-of-claim\nFormerly: claim-life\n")
    edit(decks, "## gross-collection\n", "## gross-rate\n")
    whole, finance, people = shape(cmom("export", "--json").out)["packages"]
    for package in (whole, finance):
        assert package["added"] == ["gross-rate"]
        assert package["changed"] == ["bucket", "life-of-claim"]
        assert package["retired"] == ["gross-collection"]
        assert package["written"] is True
    assert people["unchanged"] == people["notes"] == 2
    assert people["written"] is False


def test_a_note_that_returned_counts_as_changed(decks: Path, cmom: Cmom) -> None:
    cmom("export")
    edit(decks, "## bucket\n", "## keg\n")
    cmom("export")
    edit(decks, "## keg\n", "## bucket\n")
    whole = shape(cmom("export", "--json").out)["packages"][0]
    assert whole["changed"] == ["bucket"]
    assert whole["retired"] == ["keg"]


def test_the_report_says_which_notes_returned(decks: Path, cmom: Cmom) -> None:
    cmom("export")
    edit(decks, "## bucket\n", "## keg\n")
    cmom("export")
    edit(decks, "## keg\n", "## bucket\n")
    assert "Returned   bucket\n" in cmom("export").out


def test_a_moved_note_is_listed_as_moved(decks: Path, cmom: Cmom) -> None:
    cmom("export")
    path = decks / "finance" / "receivables.md"
    text = path.read_text("utf-8")
    bucket = text[text.index("## bucket") :]
    path.write_text(text.replace(bucket, ""), "utf-8")
    (decks / "people" / "buckets.md").write_text(
        f"# Buckets\nTags: ar\nSource: formula\n\n{bucket}", "utf-8"
    )
    whole, finance, people = shape(cmom("export", "--json").out)["packages"]
    assert whole["moved"] == people["moved"] == ["bucket"]
    assert finance["moved"] == []
    assert (whole["notes"], finance["notes"], people["notes"]) == (5, 2, 3)


def test_the_report_is_in_plain_words_with_the_options_of_ankis_dialog(
    decks: Path, cmom: Cmom
) -> None:
    first = cmom("export")
    assert first.code == 0
    assert "cmom.apkg" in first.out
    assert "written: 5 notes, 5 added" in first.out
    edit(decks, "Which bucket is", "Which aging bucket is")
    edit(decks, "## claim-life\n", "## life\n")
    said = cmom("export").out
    assert "written: 6 notes, 1 added, 1 changed, 1 retired, 3 unchanged" in said
    assert "as it was: 2 notes, 2 unchanged" in said
    assert "Added      life\n" in said
    assert "Changed    bucket\n" in said
    assert "Retired    claim-life\n" in said
    for line in (
        "Merge note types              off",
        "Update notes                  If newer",
        "Update note types             If newer",
        "Import any learning progress  off",
        "Import any deck presets       off",
    ):
        assert line in said
    assert "tag:cmom::retired" in said
    assert "tag:cmom::retired" not in first.out
    assert max(map(len, said[said.index("Added") :].splitlines())) <= 100


def test_a_dry_run_says_the_same_and_writes_nothing(decks: Path, cmom: Cmom) -> None:
    ran = cmom("export", "--dry-run")
    assert ran.code == 0
    assert "to be written: 5 notes, 5 added" in ran.out
    assert "Nothing was written" in ran.out
    assert not (decks.parent / "exports").exists()
    packages = shape(cmom("export", "--dry-run", "--json").out)["packages"]
    assert {package["written"] for package in packages} == {False}
    assert packages[0]["added"] != []


def test_the_changed_words_are_shown(decks: Path, cmom: Cmom) -> None:
    cmom("export")
    edit(decks, "Which bucket is", "Which aging bucket is")
    edit(decks, "## claim-life\n", "## life\nFormerly: claim-life\n")
    said = cmom("export", "--diff", "--dry-run").out
    assert "bucket\n  Question: Which {+aging+} bucket is the oldest?\n" in said
    assert "life\n  ID: [-claim-life-] {+life+}\n" in said
    differences = shape(cmom("export", "--diff", "--json").out)["differences"]
    assert differences == [
        {"note": "life", "field": "ID", "words": "[-claim-life-] {+life+}"},
        {
            "note": "bucket",
            "field": "Question",
            "words": "Which {+aging+} bucket is the oldest?",
        },
    ]
    assert shape(cmom("export", "--diff", "--json").out)["differences"] == []


def test_decks_with_an_error_are_not_exported(decks: Path, cmom: Cmom) -> None:
    cmom("export")
    out = decks.parent / "exports"
    before = files(out)
    edit(decks, "Answer: Over 120 days", "Answre: Over 120 days")
    edit(decks, "Which bucket is", "Which aging bucket is")
    ran = cmom("export", "--json")
    assert ran.code == 1
    assert ran.out == ""
    assert "receivables.md:" in ran.err
    assert "Answre" in ran.err
    assert "nothing was done" in ran.err
    assert files(out) == before


def test_a_broken_blueprint_is_an_error_too(decks: Path, cmom: Cmom) -> None:
    path = decks / "blueprint.toml"
    path.write_text(path.read_text("utf-8").replace("questions = 10", "questions = -1"), "utf-8")
    ran = cmom("export")
    assert ran.code == 1
    assert "blueprint.toml" in ran.err
    assert not (decks.parent / "exports").exists()


def test_one_domain_into_another_folder(decks: Path, cmom: Cmom, tmp_path: Path) -> None:
    out = tmp_path / "phone"
    assert cmom("export", "--domain", "people", "--out", out).code == 0
    assert sorted(files(out)) == ["cmom-people.apkg", "manifest.json"]
    assert sorted(read_notes([out / "cmom-people.apkg"])) == [
        "cmom/choice/title-alone",
        "cmom/cloze/tests",
    ]


def test_a_domain_that_is_none_is_wrong_usage_with_the_nearest_one(decks: Path, cmom: Cmom) -> None:
    ran = cmom("export", "--domain", "peopel")
    assert ran.code == 2
    assert "people" in ran.err


def test_a_domain_without_notes_is_refused(decks: Path, cmom: Cmom) -> None:
    (decks / "people" / "labor.md").unlink()
    ran = cmom("export", "--domain", "people")
    assert ran.code == 1
    assert "people" in ran.err


def test_restamping_makes_every_note_newer(
    decks: Path, cmom: Cmom, monkeypatch: pytest.MonkeyPatch
) -> None:
    cmom("export")
    out = decks.parent / "exports"
    before = read_notes([out / NAMES[0]])
    monkeypatch.setenv("CMOM_NOW", "2026-12-02T08:30:00-06:00")
    assert cmom("export", "--restamp").code == 0
    after = read_notes([out / NAMES[0]])
    assert {after[guid].mod - before[guid].mod for guid in before} == {24 * 60 * 60}


def test_retired_notes_are_dropped_when_asked(decks: Path, cmom: Cmom) -> None:
    cmom("export")
    edit(decks, "## bucket\n", "## keg\n")
    cmom("export")
    said = cmom("export", "--drop-retired")
    assert "Dropped    bucket" in said.out
    assert "cmom/basic/bucket" not in read_notes([decks.parent / "exports" / NAMES[0]])


def test_a_damaged_manifest_is_refused_and_stays(decks: Path, cmom: Cmom) -> None:
    cmom("export")
    path = decks.parent / "exports" / "manifest.json"
    path.write_text("{", "utf-8")
    ran = cmom("export")
    assert ran.code == 1
    assert "manifest.json" in ran.err
    assert "Traceback" not in ran.err
    assert path.read_text("utf-8") == "{"


def test_help_loads_neither_genanki_nor_markdown() -> None:
    script = (
        "import sys\n"
        "from cmom_srs.cli.anki import export_command\n"
        "export_command.main(['--help'], standalone_mode=False)\n"
        "heavy = {'genanki', 'markdown_it', 'sqlalchemy', 'rich', 'msgspec'}\n"
        "sys.exit(str(heavy & sys.modules.keys()) if heavy & sys.modules.keys() else 0)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert "--drop-retired" in ran.stdout


def test_a_garbled_package_is_built_anew(decks: Path, cmom: Cmom) -> None:
    cmom("export")
    package = decks.parent / "exports" / "cmom.apkg"
    whole = package.read_bytes()
    garbled = bytearray(whole)
    garbled[2000:4000] = bytes(2000)
    package.write_bytes(garbled)
    assert cmom("export").code == 0
    assert package.read_bytes() == whole
