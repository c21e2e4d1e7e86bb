"""Exports for tests: a blueprint, notes of every kind, and builds at an hour."""

import sqlite3
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from typing import Any

from cmom_srs.anki import build
from cmom_srs.anki import manifest as manifests
from cmom_srs.anki.build import Export
from cmom_srs.anki.compare import Change
from cmom_srs.anki.folder import replace_files
from cmom_srs.anki.manifest import MANIFEST_NAME
from cmom_srs.anki.manifest import Manifest
from cmom_srs.anki.stamping import ExportOptions
from cmom_srs.study.blueprint import Blueprint
from cmom_srs.study.blueprint import Domain
from cmom_srs.study.blueprint import Profile
from cmom_srs.study.notes import Basic
from cmom_srs.study.notes import Note
from tests.support.builders import CHOICE
from tests.support.builders import COLLECTION_RATE
from tests.support.builders import REVERSIBLE
from tests.support.builders import STEPS
from tests.support.builders import cloze
from tests.support.builders import note

BLUEPRINT = Blueprint(
    (Domain("billing", "Billing"), Domain("law", "Law"), Domain("people", "People")),
    (
        Profile(
            id="short",
            title="A short exam",
            questions=10,
            minutes=12,
            pass_percent=75,
            weights={"billing": 25, "law": 50, "people": 25},
            source="made up",
            weights_source="made up",
            as_of=date(2026, 1, 1),
        ),
    ),
)
FACT = note("fact", Basic("Who pays?", "The payer."))
EVERY_KIND = (
    FACT,
    replace(note("eob", REVERSIBLE, position=1), tags=("payers",), as_of=date(2026, 1, 1)),
    note("rate", COLLECTION_RATE, deck="formulas"),
    note("entity", CHOICE, domain="law", deck="hipaa"),
    note("tests", cloze(1, 2), domain="law", deck="labor"),
    note("check-in", STEPS, domain="people", deck="desk"),
)
STARTED_AT = datetime.now(UTC).replace(microsecond=0)  # Anki itself knows no other clock


def moment(hour: int) -> datetime:
    """An instant so many hours after the tests began, or before."""
    return STARTED_AT + timedelta(hours=hour)


def prepare(
    notes: Iterable[Note],
    out: Path,
    hour: int = 0,
    *,
    shipped: Manifest | None = None,
    **options: Any,
) -> Export:
    """An export of which nothing is written."""
    return build.prepare(notes, BLUEPRINT, out, shipped, moment(hour), ExportOptions(**options))


def whole_collection(
    notes: Iterable[Note], out: Path, hour: int = 0
) -> AbstractContextManager[sqlite3.Connection]:
    """The collection of the package of everything, in memory."""
    return build.whole_collection(notes, BLUEPRINT, out, None, moment(hour), ExportOptions())


def export(
    notes: Iterable[Note],
    out: Path,
    hour: int = 0,
    *,
    shipped: Manifest | None = None,
    **options: Any,
) -> Export:
    """An export written into the folder."""
    prepared = prepare(notes, out, hour, shipped=shipped, **options)
    replace_files(out, prepared.files, prepared.outdated)
    return prepared


def read_manifest(out: Path) -> Manifest:
    """The manifest in the folder, which has one."""
    found = manifests.read(out / MANIFEST_NAME)
    assert found
    return found


def changes(exported: Export, package: int = 0) -> dict[str, Change]:
    """What became of each note in a package, by id; those that stayed left out."""
    return {
        each.content.id: each.change
        for each in exported.packages[package].notes
        if each.change is not Change.UNCHANGED
    }


def reworded(old: Note, words: str = "Other words?") -> Note:
    """A basic note with another question."""
    assert isinstance(old.body, Basic)
    return replace(old, body=Basic(words, old.body.answer, old.body.is_reversible))
