"""The decks that come with the program, as the packages that come with it."""

import shutil
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from cmom_srs.anki import build
from cmom_srs.anki import manifest as manifests
from cmom_srs.anki import package as apkg
from cmom_srs.anki.build import Export
from cmom_srs.anki.compare import Change
from cmom_srs.anki.folder import open_package
from cmom_srs.anki.folder import replace_files
from cmom_srs.anki.manifest import MANIFEST_NAME
from cmom_srs.anki.manifest import Manifest
from cmom_srs.anki.stamping import WHOLE
from cmom_srs.anki.stamping import ExportOptions
from cmom_srs.deckfiles.read import Decks
from cmom_srs.deckfiles.read import read
from cmom_srs.study.notes import cards
from tests.conftest import REPOSITORY
from tests.support.anki_exports import STARTED_AT
from tests.support.anki_oracle import Log
from tests.support.anki_oracle import anki
from tests.support.anki_oracle import needs_anki

EXPORTS = REPOSITORY / "exports"


@pytest.fixture(scope="module")
def shipped_decks() -> Decks:
    return read(REPOSITORY / "decks")


def recorded() -> Manifest:
    found = manifests.read(EXPORTS / MANIFEST_NAME)
    assert found, "there are no packages: make export"
    return found


def domains(guids: Iterable[str]) -> Counter[str]:
    """How many of these notes are of each domain."""
    of_guid = {guid: record.domain for guid, record in recorded().notes.items()}
    return Counter(of_guid[guid] for guid in guids)


def prepare(decks: Decks, out: Path, now: Manifest | None = None) -> Export:
    assert decks.blueprint
    built_at = now.built_at if now else STARTED_AT
    return build.prepare(decks.notes, decks.blueprint, out, None, built_at, ExportOptions())


def test_the_committed_packages_hold_the_decks_as_they_are(
    shipped_decks: Decks, tmp_path: Path
) -> None:
    out = tmp_path / "exports"
    shutil.copytree(EXPORTS, out)
    assert list(prepare(shipped_decks, out, recorded()).files) == [], "make export"


def test_the_committed_packages_hold_what_the_manifest_says() -> None:
    packages = recorded().packages
    assert {path.name for path in EXPORTS.glob("*.apkg")} == packages.keys()
    for name, record in packages.items():
        with closing(open_package(EXPORTS / name)) as database:
            assert apkg.content_hash(database) == record.content


@needs_anki
def test_anki_takes_all_shipped_decks_in(shipped_decks: Decks, tmp_path: Path) -> None:
    out = tmp_path / "exports"
    exported = prepare(shipped_decks, out)
    replace_files(out, exported.files, ())
    count = len(shipped_decks.notes)
    with anki(tmp_path / "anki") as desktop:
        assert desktop.take(out / WHOLE) == Log(new=count)
        assert {(name.split("/")[-1], ordinal) for name, ordinal in desktop.card_names()} == {
            card.id for note in shipped_decks.notes for card in cards(note)
        }
        assert desktop.empty_cards() == 0
        for package in exported.packages[1:]:
            assert desktop.take(out / package.name) == Log(duplicate=len(package.notes))


@needs_anki
@pytest.mark.parametrize("is_whole", [True, False])
def test_by_position_the_first_hundred_new_cards_are_in_the_exams_proportions(
    is_whole: bool, shipped_decks: Decks, tmp_path: Path
) -> None:
    assert shipped_decks.blueprint
    exported = prepare(shipped_decks, tmp_path / "exports")
    replace_files(tmp_path / "exports", exported.files, ())
    whole, *parts = exported.packages
    with anki(tmp_path / "anki") as desktop:
        for package in [whole] if is_whole else parts:
            desktop.take(tmp_path / "exports" / package.name)
        unset = domains(desktop.new_cards(100, by_position=False))
        assert unset == {"clinical-operations": 100}  # why there is an option to set
        first = domains(desktop.new_cards(100, by_position=True))
    for domain, weight in shipped_decks.blueprint.profile().weights.items():
        assert abs(first[domain] - weight) <= 3  # some notes have two cards


@needs_anki
def test_a_place_among_new_cards_is_neither_content_nor_moved_by_an_import(
    shipped_decks: Decks, tmp_path: Path
) -> None:
    """Whoever has the packages as they are keeps every card where it is."""
    with anki(tmp_path / "anki") as desktop:
        desktop.take(EXPORTS / WHOLE)
        cards, notes = desktop.cards(), desktop.notes()
        shutil.copytree(EXPORTS, tmp_path / "exports")
        exported = prepare(shipped_decks, tmp_path / "exports")
        changed = sum(note.change is not Change.UNCHANGED for note in exported.packages[0].notes)
        replace_files(tmp_path / "exports", exported.files, ())
        taken = desktop.take(tmp_path / "exports" / WHOLE)
        assert taken.updated + taken.new == changed
        if not changed:
            assert (desktop.cards(), desktop.notes()) == (cards, notes)
