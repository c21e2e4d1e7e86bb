"""Which packages an export makes, when their files are written, and what is kept in between."""

import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from msgspec import structs

from cmom_srs.anki import package as apkg
from cmom_srs.anki.compare import Change
from cmom_srs.anki.folder import open_package
from cmom_srs.anki.folder import read_notes
from cmom_srs.anki.folder import replace_files
from cmom_srs.anki.manifest import MANIFEST_NAME
from cmom_srs.anki.manifest import ManifestError
from cmom_srs.anki.manifest import to_json
from cmom_srs.anki.notes.fields import UnsafeFieldError
from cmom_srs.anki.stamping import WHOLE
from cmom_srs.anki.stamping import NothingToExportError
from cmom_srs.anki.stamping import SameGuidError
from cmom_srs.files import UnwritableFileError
from cmom_srs.study.notes import Basic
from cmom_srs.study.notes import Note
from tests.support.anki_exports import EVERY_KIND
from tests.support.anki_exports import FACT
from tests.support.anki_exports import changes
from tests.support.anki_exports import export
from tests.support.anki_exports import moment
from tests.support.anki_exports import prepare
from tests.support.anki_exports import read_manifest
from tests.support.anki_exports import reworded
from tests.support.anki_exports import whole_collection
from tests.support.builders import note
from tests.support.watched import Watched

NAMES = [WHOLE, "cmom-billing.apkg", "cmom-law.apkg", "cmom-people.apkg"]
EDITED = (reworded(FACT), *EVERY_KIND[1:])


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "exports"


def files(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir()}


def mods(out: Path, name: str) -> dict[str, int]:
    return {guid: note.mod for guid, note in read_notes([out / name]).items()}


def test_there_is_a_package_of_everything_and_one_for_each_domain_with_notes(out: Path) -> None:
    exported = export(EVERY_KIND, out)
    assert [package.name for package in exported.packages] == NAMES
    assert [len(package.notes) for package in exported.packages] == [6, 3, 2, 1]
    assert list(exported.files) == [*NAMES, MANIFEST_NAME]
    assert sorted(files(out)) == sorted((*NAMES, MANIFEST_NAME))
    export(EVERY_KIND[:3], out.with_name("billing"))
    assert sorted(files(out.with_name("billing"))) == sorted((*NAMES[:2], MANIFEST_NAME))


def dues(out: Path, name: str = WHOLE) -> dict[str, int]:
    """The place among new cards of each note in a package, by id."""
    with closing(open_package(out / name)) as database:
        query = "SELECT guid, due FROM cards JOIN notes ON notes.id = nid"
        return {guid.split("/")[2]: due for guid, due in database.execute(query)}


def test_new_cards_and_positions_are_in_the_exams_proportions(out: Path) -> None:
    export(EVERY_KIND, out)
    expected = ["entity", "fact", "check-in", "tests", "eob", "rate"]
    positions = {record.id: record.position for record in read_manifest(out).notes.values()}
    assert sorted(positions, key=positions.__getitem__) == expected
    assert dues(out) == {"entity": 1, "fact": 2, "check-in": 3, "tests": 4, "eob": 6, "rate": 10}


def test_later_notes_stand_in_the_exams_proportions_too_and_positions_stay(out: Path) -> None:
    export(EVERY_KIND, out)
    before = read_manifest(out).notes
    first = note("first", domain="law", deck="a")
    exported = export((*EVERY_KIND, first), out, 1)
    assert changes(exported) == {"first": Change.ADDED}
    assert dues(out) == {
        "first": 1,
        "entity": 4,
        "tests": 5,
        "fact": 2,
        "check-in": 3,
        "eob": 6,
        "rate": 10,
    }
    after = read_manifest(out).notes
    assert before.items() <= after.items()
    assert after["cmom/basic/first"].position == 7


def test_a_new_note_leaves_the_packages_of_other_domains_alone(out: Path) -> None:
    export(EVERY_KIND, out)
    exported = export((*EVERY_KIND, note("first", domain="law", deck="a")), out, 1)
    assert list(exported.files) == [WHOLE, "cmom-law.apkg", MANIFEST_NAME]
    assert dues(out, "cmom-law.apkg").items() <= dues(out).items()


def test_nothing_is_written_until_it_is_asked_for(out: Path) -> None:
    assert list(prepare(EVERY_KIND, out).files) == [*NAMES, MANIFEST_NAME]
    assert not out.exists()


def test_a_package_is_not_rewritten_while_nothing_in_it_differs(out: Path) -> None:
    export(EVERY_KIND, out)
    before = files(out)
    exported = export(EDITED, out, 1)
    assert list(exported.files) == [WHOLE, "cmom-billing.apkg", MANIFEST_NAME]
    assert {name for name in before if files(out)[name] != before[name]} == set(exported.files)
    assert changes(exported) == changes(exported, 1) == {"fact": Change.CHANGED}
    assert changes(exported, 2) == {}


def test_an_export_has_the_notes_as_they_were_beside_those_that_are(out: Path) -> None:
    assert export(EVERY_KIND, out).old_notes == {}
    exported = export(EDITED, out, 1)
    assert exported.old_notes["cmom/basic/fact"].fields[0] == "Who pays?"
    assert exported.old_notes.keys() == {note.content.guid for note in exported.packages[0].notes}


def test_folders_above_the_packages_are_made(tmp_path: Path) -> None:
    export(EVERY_KIND, tmp_path / "some" / "where")
    assert (tmp_path / "some" / "where" / WHOLE).exists()


def test_an_unchanged_build_leaves_even_the_time_in_the_manifest(out: Path) -> None:
    export(EVERY_KIND, out)
    assert export(EVERY_KIND, out, 5).files == {}
    assert read_manifest(out).built_at == moment(0)


def test_the_manifest_records_the_hashes_of_what_is_in_the_folder(out: Path) -> None:
    export(EVERY_KIND, out)
    for name, record in read_manifest(out).packages.items():
        assert record.sha256 == sha256((out / name).read_bytes()).hexdigest()
        with closing(open_package(out / name)) as database:
            assert record.content == apkg.content_hash(database)


@pytest.mark.parametrize("damage", [b"", b"PK", None])
def test_a_lost_or_damaged_package_is_made_again_as_it_was(out: Path, damage: bytes | None) -> None:
    export(EVERY_KIND, out)
    before = files(out)
    path = out / "cmom-law.apkg"
    path.unlink() if damage is None else path.write_bytes(damage)
    assert list(export(EVERY_KIND, out, 1).files) == ["cmom-law.apkg"]
    assert files(out) == before


def test_a_crash_before_the_manifest_is_written_is_healed_by_the_next_run(out: Path) -> None:
    export(EVERY_KIND, out)
    crashed = prepare(EDITED[1:], out, 1)
    without_manifest = {name: data for name, data in crashed.files.items() if name != MANIFEST_NAME}
    replace_files(out, without_manifest, ())
    healed = export(EDITED[1:], out, 2)
    assert changes(healed) == {"fact": Change.RETIRED}
    assert read_notes([out / WHOLE])["cmom/basic/fact"].fields[0] == "Who pays?"
    assert export(EDITED[1:], out, 3).files == {}


def test_a_crash_half_way_through_the_packages_is_healed_too(out: Path) -> None:
    export(EVERY_KIND, out)
    crashed = prepare(EDITED, out, 1)
    replace_files(out, {WHOLE: crashed.files[WHOLE]}, ())
    export(EDITED, out, 2)
    assert mods(out, WHOLE) == {**mods(out, NAMES[1]), **mods(out, NAMES[2]), **mods(out, NAMES[3])}
    assert mods(out, WHOLE)["cmom/basic/fact"] == int(moment(2).timestamp())


def test_one_domain_writes_and_stamps_what_it_holds_alone(out: Path) -> None:
    export(EVERY_KIND, out)
    before = files(out)
    both_edited = (*EDITED[:3], *(replace(each, extra="More.") for each in EVERY_KIND[3:]))
    exported = export(both_edited, out, 1, domain="billing")
    assert [package.name for package in exported.packages] == ["cmom-billing.apkg"]
    assert list(exported.files) == ["cmom-billing.apkg", MANIFEST_NAME]
    assert files(out)[WHOLE] == before[WHOLE]
    stamped = {
        record.id
        for record in read_manifest(out).notes.values()
        if record.mod > moment(0).timestamp()
    }
    assert stamped == {"fact"}
    assert read_manifest(out).packages.keys() == set(NAMES)
    whole = export(both_edited, out, 2)
    assert changes(whole) == dict.fromkeys(("entity", "tests", "check-in"), Change.CHANGED)
    assert mods(out, WHOLE)["cmom/basic/fact"] == mods(out, NAMES[1])["cmom/basic/fact"]


def test_one_domain_first_and_all_later(out: Path) -> None:
    export(EVERY_KIND, out, domain="people")
    assert sorted(files(out)) == ["cmom-people.apkg", MANIFEST_NAME]
    exported = export(EVERY_KIND, out, 1)
    assert list(exported.files) == [*NAMES[:3], MANIFEST_NAME]
    assert mods(out, WHOLE)["cmom/steps/check-in"] == moment(0).timestamp()


def test_a_note_that_moves_to_another_domain_is_not_retired_in_the_old_one(out: Path) -> None:
    export(EVERY_KIND, out)
    moved = (replace(FACT, domain="law", deck="labor"), *EVERY_KIND[1:])
    old_domain = export(moved, out, 1, domain="billing")
    (of_old_domain,) = old_domain.packages
    assert [each.content.id for each in of_old_domain.notes] == ["eob", "rate"]
    new_domain = export(moved, out, 2, domain="law")
    assert changes(new_domain) == {"fact": Change.MOVED}
    whole = export(moved, out, 3)
    assert changes(whole) == {}
    assert whole.files.keys() == {WHOLE, "cmom-billing.apkg", MANIFEST_NAME}
    assert [each.content.id for each in whole.packages[1].notes] == ["eob", "rate"]


def cards(out: Path, name: str) -> set[str]:
    """The notes in a package that bring cards, by GUID."""
    with closing(open_package(out / name)) as database:
        query = "SELECT DISTINCT guid FROM notes JOIN cards ON nid = notes.id"
        return {guid for (guid,) in database.execute(query)}


def test_the_package_of_a_domain_alone_retires_what_is_gone_from_it_or_had_left_it(
    out: Path,
) -> None:
    export(EVERY_KIND, out)
    export((replace(FACT, domain="law", deck="labor"), *EVERY_KIND[1:]), out, 1)
    (billing,) = export(EVERY_KIND[2:], out, 2, domain="billing").packages
    retired = {each.content.id for each in (*billing.notes, *billing.followers)} - {"rate"}
    assert retired == {"eob", "fact"}
    for guid in ("cmom/basic/eob", "cmom/basic/fact"):
        assert "cmom::retired" in read_notes([out / billing.name])[guid].tags


def test_a_package_that_was_built_alone_is_looked_at_for_its_notes(out: Path) -> None:
    export([*EVERY_KIND, note("mine", domain="xray")], out, domain="xray")
    assert prepare(EVERY_KIND, out, 1).old_notes.keys() == {"cmom/basic/mine"}
    export(EVERY_KIND, out, 1, domain="people")
    (out / MANIFEST_NAME).unlink()  # without it the domains of the blueprint tell which there are
    assert prepare(EVERY_KIND, out, 2).old_notes.keys() == {"cmom/steps/check-in"}


def test_the_package_a_note_moved_out_of_brings_its_words_and_no_card(out: Path) -> None:
    export(EVERY_KIND, out)
    moved = replace(FACT, id="payer", formerly=("fact",), domain="law", deck="labor")
    export((moved, *EVERY_KIND[1:]), out, 1)
    rows = [read_notes([out / name])["cmom/basic/fact"] for name in NAMES[:3]]
    assert rows[0] == rows[1] == rows[2]
    assert "cmom/basic/fact" not in cards(out, "cmom-billing.apkg")
    assert "cmom/basic/fact" in cards(out, "cmom-law.apkg") & cards(out, WHOLE)
    with closing(open_package(out / "cmom-billing.apkg")) as database:
        assert "Law" not in database.execute("SELECT decks FROM col").fetchone()[0]
    assert read_manifest(out).moved == {"cmom/basic/fact": ("billing",)}
    edited = (reworded(moved), *EVERY_KIND[1:])
    assert changes(export(edited, out, 2, domain="billing")) == {}
    assert read_notes([out / NAMES[1]])["cmom/basic/fact"].fields[0] == "Other words?"
    export(edited, out, 3)
    rows = [read_notes([out / name])["cmom/basic/fact"] for name in NAMES[:3]]
    assert rows[0] == rows[1] == rows[2]
    assert rows[0].mod == moment(2).timestamp()


def test_a_note_that_moves_back_is_one_of_its_domain_again(out: Path) -> None:
    export(EVERY_KIND, out)
    export((replace(FACT, domain="law", deck="labor"), *EVERY_KIND[1:]), out, 1)
    export(EVERY_KIND, out, 2)
    assert read_manifest(out).moved == {"cmom/basic/fact": ("law",)}
    assert "cmom/basic/fact" in cards(out, "cmom-billing.apkg")
    assert "cmom/basic/fact" not in cards(out, "cmom-law.apkg")


def test_a_note_that_moved_and_retired_is_retired_for_all_who_have_it(out: Path) -> None:
    export(EVERY_KIND, out)
    export((replace(FACT, domain="law", deck="labor"), *EVERY_KIND[1:]), out, 1)
    export(without("fact"), out, 2)
    for name in NAMES[:3]:
        assert "cmom::retired" in read_notes([out / name])["cmom/basic/fact"].tags
    export(without("fact"), out, 3, is_dropping=True)
    assert "cmom/basic/fact" not in read_notes(out / name for name in NAMES)


def test_a_domain_whose_notes_all_moved_away_has_nothing_to_export(out: Path) -> None:
    export(EVERY_KIND, out)
    moved = (*EVERY_KIND[:5], replace(EVERY_KIND[5], domain="law"))
    export(moved, out, 1)
    with pytest.raises(NothingToExportError):
        export(moved, out, 2, domain="people")


def test_a_domain_without_notes_any_more_loses_its_package(out: Path) -> None:
    export(EVERY_KIND, out)
    moved = (*EVERY_KIND[:5], replace(EVERY_KIND[5], domain="law"))
    exported = export(moved, out, 1)
    assert exported.outdated == ("cmom-people.apkg",)
    assert not (out / "cmom-people.apkg").exists()
    assert "cmom-people.apkg" not in read_manifest(out).packages


def test_a_retired_note_keeps_its_last_words_in_both_packages(out: Path) -> None:
    export(EVERY_KIND, out)
    words = read_notes([out / WHOLE])["cmom/basic/fact"].fields
    export(EVERY_KIND[1:], out, 1)
    for name in NAMES[:2]:
        kept = read_notes([out / name])["cmom/basic/fact"]
        assert kept.fields == words
        assert "cmom::retired" in kept.tags
    assert read_manifest(out).notes["cmom/basic/fact"].is_retired


def test_the_last_words_are_the_newest_in_any_package(out: Path) -> None:
    export(EVERY_KIND, out)
    export(EDITED, out, 1, domain="billing")
    export(EVERY_KIND[1:], out, 2)
    assert read_notes([out / WHOLE])["cmom/basic/fact"].fields[0] == "Other words?"


def test_without_its_package_a_retired_note_says_only_that(out: Path) -> None:
    export(EVERY_KIND, out)
    for name in NAMES:
        (out / name).unlink()
    export(without("tests", "fact"), out, 1)
    kept = read_notes([out / WHOLE])
    assert kept["cmom/cloze/tests"].fields[0] == "{{c1::Retired: tests}}"
    assert kept["cmom/basic/fact"].fields[0] == "Retired: fact"


def without(*ids: str) -> list[Note]:
    return [each for each in EVERY_KIND if each.id not in ids]


def test_retired_notes_are_dropped_when_asked_but_not_before_they_were_shipped_as_such(
    out: Path,
) -> None:
    export(EVERY_KIND, out)
    export(without("fact"), out, 1)
    exported = export(without("fact", "tests"), out, 2, is_dropping=True)
    assert exported.dropped == ("fact",)
    assert changes(exported) == {"tests": Change.RETIRED}
    assert "cmom/basic/fact" not in read_manifest(out).notes
    assert "cmom/basic/fact" not in read_notes(out / name for name in NAMES)


def test_a_retired_note_brings_no_card_along(out: Path) -> None:
    export(EVERY_KIND, out)
    export(without("fact", "tests"), out, 1)
    for name in (WHOLE, "cmom-billing.apkg", "cmom-law.apkg"):
        with closing(open_package(out / name)) as database:
            query = "SELECT guid FROM notes WHERE id NOT IN (SELECT nid FROM cards)"
            bare = {guid for (guid,) in database.execute(query)}
        retired = {"cmom/basic/fact", "cmom/cloze/tests"}
        assert bare == retired & read_notes([out / name]).keys() != set()


def test_a_dropped_note_stays_known_and_returns_as_the_one_it_was(out: Path) -> None:
    export(EVERY_KIND, out)
    export(without("fact"), out, 1)
    export(without("fact"), out, 2, is_dropping=True)
    kept = read_manifest(out).retired["cmom/basic/fact"]
    export((*without("fact"), note("more")), out, 3)
    assert read_manifest(out).retired == {"cmom/basic/fact": kept}
    assert read_manifest(out).notes["cmom/basic/more"].position == 7
    returned = export((*EVERY_KIND, note("more")), out, -5)  # a clock that went wrong
    assert changes(returned) == {"fact": Change.RETURNED}
    record = read_manifest(out).notes["cmom/basic/fact"]
    assert (record.position, record.mod) == (kept.position, kept.mod + 1)
    assert read_manifest(out).retired == {}


def test_a_dropped_note_stays_known_to_a_folder_of_its_own(out: Path, tmp_path: Path) -> None:
    export(EVERY_KIND, out)
    export(without("fact"), out, 1)
    export(without("fact"), out, 2, is_dropping=True)
    shipped = read_manifest(out)
    fresh = export(EVERY_KIND, tmp_path / "fresh", 3, shipped=shipped)
    assert changes(fresh) == {"fact": Change.RETURNED}
    export(EVERY_KIND[1:3], tmp_path / "other", 3, shipped=shipped)
    assert read_manifest(tmp_path / "other").retired == {}


def test_a_deck_keeps_its_first_name_whatever_its_title_becomes(out: Path) -> None:
    export(EVERY_KIND, out)
    retitled = [replace(each, deck_title="New title") for each in EVERY_KIND]
    exported = export(retitled, out, 1)
    assert read_manifest(out).decks["billing/claims"] == "CMOM::Billing::Claims"
    place = exported.packages[-1].notes[0].content.fields[8]
    assert place == "People &gt; New title"


def test_without_a_manifest_the_shipped_one_is_the_start(out: Path, tmp_path: Path) -> None:
    export(EVERY_KIND, out)
    shipped = read_manifest(out)
    fresh = tmp_path / "fresh"
    exported = export((*EDITED, note("mine")), fresh, 1, shipped=shipped)
    assert changes(exported) == {"fact": Change.CHANGED, "mine": Change.ADDED}
    assert mods(fresh, WHOLE) == {
        **mods(out, WHOLE),
        "cmom/basic/fact": moment(1).timestamp(),
        "cmom/basic/mine": moment(1).timestamp(),
    }
    assert read_manifest(fresh).notes["cmom/basic/mine"].position == 7


def test_of_the_shipped_manifest_the_moves_are_believed_and_the_packages_are_not(
    out: Path, tmp_path: Path
) -> None:
    export(EVERY_KIND, out)
    moved = (replace(FACT, domain="law", deck="labor"), *EVERY_KIND[1:])
    export(moved, out, 1)
    fresh = tmp_path / "fresh"
    export(moved, fresh, 2, shipped=read_manifest(out), domain="law")
    assert read_manifest(fresh).moved == {"cmom/basic/fact": ("billing",)}
    assert read_manifest(fresh).packages.keys() == {"cmom-law.apkg"}


def test_notes_of_the_shipped_manifest_that_are_not_at_hand_are_none_of_ours(
    out: Path, tmp_path: Path
) -> None:
    export(EVERY_KIND, out)
    fresh = tmp_path / "fresh"
    exported = export(EVERY_KIND[:2], fresh, 1, shipped=read_manifest(out))
    assert len(exported.packages[0].notes) == 2
    (out / MANIFEST_NAME).rename(tmp_path / MANIFEST_NAME)
    lost = export(EVERY_KIND[:2], out, 1, shipped=read_manifest(tmp_path))
    assert set(changes(lost).values()) == {Change.RETIRED}


def test_the_folders_own_manifest_wins_over_the_shipped_one(out: Path, tmp_path: Path) -> None:
    export(EVERY_KIND, out)
    other = tmp_path / "other"
    export(EDITED, other, 9)
    assert export(EVERY_KIND, out, 10, shipped=read_manifest(other)).files == {}


def test_two_notes_of_one_first_id_stop_the_build(out: Path) -> None:
    twin = replace(note("other", Basic("Another?", "Yes.")), formerly=("fact",))
    with pytest.raises(SameGuidError) as stopped:
        export((FACT, twin), out)
    assert "fact" in stopped.value.sentence
    assert "other" in stopped.value.sentence
    assert not out.exists()


def test_a_control_character_stops_the_build_before_anything_is_written(out: Path) -> None:
    export(EVERY_KIND, out)
    before = files(out)
    with pytest.raises(UnsafeFieldError):
        export((*EVERY_KIND, note("bell", Basic("Ring\x07", "Yes."))), out, 1)
    assert files(out) == before


@pytest.mark.parametrize(("notes", "domain"), [((), None), (EVERY_KIND, "xray")])
def test_nothing_to_export_is_said(notes: Sequence[Note], domain: str | None, out: Path) -> None:
    with pytest.raises(NothingToExportError) as stopped:
        export(notes, out, domain=domain)
    assert stopped.value.exit_code == 1
    assert (domain or "no note") in stopped.value.sentence
    assert not out.exists()


def test_a_file_that_cannot_be_written_is_named_and_nothing_half_written_stays(out: Path) -> None:
    export(EVERY_KIND, out)
    (out / WHOLE).unlink()
    (out / WHOLE).mkdir()
    with pytest.raises(UnwritableFileError) as stopped:
        export(EVERY_KIND, out, 1)
    assert WHOLE in stopped.value.sentence
    assert sorted(path.name for path in out.iterdir()) == sorted((*NAMES, MANIFEST_NAME))


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    folder = tmp_path / "file" / "exports"
    with pytest.raises(UnwritableFileError) as stopped:
        export(EVERY_KIND, folder)
    assert str(folder) in stopped.value.sentence


def test_a_manifest_says_when_it_was_built_and_restamping_makes_note_types_newer(out: Path) -> None:
    export([FACT], out)
    before = read_manifest(out)
    export([FACT], out, 1, is_restamping=True)
    after = read_manifest(out)
    assert (before.built_at, after.built_at) == (moment(0), moment(1))
    assert after.note_types["basic"].mod > before.note_types["basic"].mod


def test_an_edited_manifest_is_believed(out: Path) -> None:
    export(EVERY_KIND, out)
    known = read_manifest(out)
    record = structs.replace(known.notes["cmom/basic/fact"], mod=42)
    changed = structs.replace(known, notes=known.notes | {"cmom/basic/fact": record})
    (out / MANIFEST_NAME).write_bytes(to_json(changed))
    export(EVERY_KIND, out, 1)
    assert mods(out, WHOLE)["cmom/basic/fact"] == 42


def test_the_watcher_sees_every_note_that_is_worked_out_and_every_package(out: Path) -> None:
    watched = Watched()
    export(EVERY_KIND, out, domain="law", watch=watched)
    assert [note.id for note in watched.pieces["Working out notes"]] == ["entity", "tests"]
    assert [package.name for package in watched.pieces["Packing"]] == ["cmom-law.apkg"]


def test_the_whole_package_can_be_had_alone_as_the_export_would_write_it(out: Path) -> None:
    export(EVERY_KIND, out)
    edited = (*EDITED[1:], note("more"))
    with whole_collection(edited, out, 1) as database:
        content = apkg.content_hash(database)
    assert read_manifest(out).built_at == moment(0)
    export(edited, out, 1)
    assert read_manifest(out).packages[WHOLE].content == content


def test_there_is_no_whole_package_without_a_note(out: Path) -> None:
    with pytest.raises(NothingToExportError), whole_collection((), out):
        pass


def test_notes_that_a_merge_gave_one_position_get_ids_of_their_own(out: Path) -> None:
    export(EVERY_KIND, out)
    known = read_manifest(out)
    merged = {
        guid: structs.replace(record, position=3, mod=record.mod + place)
        for place, (guid, record) in enumerate(sorted(known.notes.items()))
    }
    (out / MANIFEST_NAME).write_bytes(to_json(structs.replace(known, notes=merged)))
    exported = export(EVERY_KIND, out, 1)
    assert changes(exported) == {}
    with closing(open_package(out / WHOLE)) as database:
        notes = database.execute("SELECT id, guid FROM notes").fetchall()
        assert len({note_id for note_id, _ in notes}) == len(EVERY_KIND)
        assert notes[0] == (1_790_500_000_300, min(known.notes))
    assert len({record.position for record in read_manifest(out).notes.values()}) == len(EVERY_KIND)
    assert export(EVERY_KIND, out, 2).files == {}


ODD: tuple[object, ...] = (None, "", "x", -1, 0, 1.5, 10**30, True, [], {}, "\x1b[31m", "../../x")


@pytest.mark.parametrize("seed", range(60))
def test_whatever_became_of_the_manifest_there_are_words_or_packages(out: Path, seed: int) -> None:
    export(EVERY_KIND, out)
    export(without("fact"), out, 1)
    dice = Random(seed)
    path = out / MANIFEST_NAME
    document = json.loads(path.read_bytes())
    for _ in range(dice.randint(1, 3)):
        place = document
        while isinstance(place[key := dice.choice(list(place))], dict) and dice.random() < 0.9:
            place = place[key] or document
        place[dice.choice([key, "odd"])] = dice.choice(ODD)
    path.write_text(json.dumps(document), "utf-8")
    try:
        export(EVERY_KIND, out, 2)
    except ManifestError:
        assert path.read_text("utf-8") == json.dumps(document)
    else:
        assert read_notes([out / WHOLE])["cmom/basic/fact"].fields[0] == "Who pays?"


@pytest.mark.parametrize("seed", range(30))
def test_whatever_became_of_the_packages_they_are_made_anew(out: Path, seed: int) -> None:
    export(EVERY_KIND, out)
    before = files(out)
    dice = Random(seed)
    for name in NAMES:
        data = bytearray(before[name])
        for _ in range(dice.randint(1, 40)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        (out / name).write_bytes(data)
    assert changes(export(EVERY_KIND, out, 1)) == {}
    assert files(out) == before


def test_two_notes_of_one_id_in_the_manifest_are_two_notes(out: Path) -> None:
    export(EVERY_KIND, out)
    known = read_manifest(out)
    twin = structs.replace(known.notes["cmom/basic/fact"], note_kind="cloze", position=40)
    both = structs.replace(known, notes=known.notes | {"cmom/cloze/fact": twin})
    (out / MANIFEST_NAME).write_bytes(to_json(both))
    export(EVERY_KIND, out, 1)
    assert {"cmom/basic/fact", "cmom/cloze/fact"} <= read_notes([out / WHOLE]).keys()
