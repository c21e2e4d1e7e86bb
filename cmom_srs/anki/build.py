"""An export: which packages there are, and which files have to be written."""

import sqlite3
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from msgspec.structs import replace

from cmom_srs.anki import folder
from cmom_srs.anki import manifest as manifests
from cmom_srs.anki import package as apkg
from cmom_srs.anki.compare import ComparedNote
from cmom_srs.anki.folder import OldNote
from cmom_srs.anki.manifest import MANIFEST_NAME
from cmom_srs.anki.manifest import Manifest
from cmom_srs.anki.manifest import PackageRecord
from cmom_srs.anki.stamping import WHOLE
from cmom_srs.anki.stamping import ExportOptions
from cmom_srs.anki.stamping import Stamped
from cmom_srs.anki.stamping import package_name
from cmom_srs.anki.stamping import stamp
from cmom_srs.study.blueprint import Blueprint
from cmom_srs.study.notes import Note


@dataclass(frozen=True, slots=True)
class PackageContent:
    """One package of an export, and its notes by position.

    `followers` are notes that were in it before they moved to another domain: they bring their
    words to whoever has them, and no cards.
    """

    name: str
    notes: tuple[ComparedNote, ...]
    followers: tuple[ComparedNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Export:
    """A finished export of which nothing is written yet.

    `files` are the files by name that have to be written, in this order: packages first, the
    manifest last. `outdated` are the files of packages that have no note any more. `old_notes`
    are the notes by GUID as the packages in the folder still have them, `dropped` the ids of
    retired notes that are left out from now on.
    """

    packages: tuple[PackageContent, ...]
    files: Mapping[str, bytes]
    outdated: tuple[str, ...]
    old_notes: Mapping[str, OldNote]
    dropped: tuple[str, ...]


def prepare(
    notes: Iterable[Note],
    blueprint: Blueprint,
    out: Path,
    shipped: Manifest | None,
    now: datetime,
    options: ExportOptions,
) -> Export:
    """Works out the packages that the folder `out` should hold for all notes of the decks.

    Without a manifest in `out`, the notes that the shipped one knows keep their mods. Raises
    ManifestError, NothingToExportError, DeckIdError and, naming the note, SameGuidError,
    UnsafeFieldError and CardsError.
    """
    stamped = stamp(notes, blueprint, out, shipped, now, options)
    packages = _packages(stamped, blueprint, options)
    records, files = _pack(options.watch(packages, "Packing"), stamped, out)
    known, before = stamped.known, stamped.manifest.packages
    manifest = replace(
        stamped.manifest, packages=records if options.domain is None else before | records
    )
    if known is None or replace(manifest, built_at=known.built_at) != known:
        files[MANIFEST_NAME] = manifests.to_json(manifest)
    outdated = tuple(sorted(before.keys() - manifest.packages.keys()))
    return Export(packages, files, outdated, stamped.old_notes, stamped.dropped)


@contextmanager
def whole_collection(
    notes: Iterable[Note],
    blueprint: Blueprint,
    out: Path,
    shipped: Manifest | None,
    now: datetime,
    options: ExportOptions,
) -> Iterator[sqlite3.Connection]:
    """The collection of the package of everything, in memory for the time of the block.

    It holds what `prepare` would write, and raises what `prepare` raises.
    """
    stamped = stamp(notes, blueprint, out, shipped, now, options)
    with stamped.collection(stamped.notes) as database:
        yield database


def _packages(
    stamped: Stamped, blueprint: Blueprint, options: ExportOptions
) -> tuple[PackageContent, ...]:
    """The package of everything, then those of the domains as in the blueprint."""
    by_position = tuple(sorted(stamped.notes, key=lambda note: note.record.position))
    whole = () if options.domain else (PackageContent(WHOLE, by_position),)
    found = {note.record.domain for note in by_position}
    chosen = found if options.domain is None else found & {options.domain}
    listed = [domain.key for domain in blueprint.domains if domain.key in chosen]
    moved = stamped.manifest.moved
    return whole + tuple(
        PackageContent(
            package_name(domain),
            tuple(note for note in by_position if note.record.domain == domain),
            tuple(note for note in by_position if domain in moved.get(note.content.guid, ())),
        )
        for domain in (*listed, *sorted(chosen.difference(listed)))
    )


def _pack(
    packages: Iterable[PackageContent], stamped: Stamped, out: Path
) -> tuple[dict[str, PackageRecord], dict[str, bytes]]:
    """What is recorded of each package, and the files of those that differ from it."""
    records: dict[str, PackageRecord] = {}
    files: dict[str, bytes] = {}
    for package in packages:
        name, old = package.name, stamped.manifest.packages.get(package.name)
        with stamped.collection(package.notes, package.followers) as database:
            content = apkg.content_hash(database)
            if old and old.content == content and old.sha256 == folder.file_hash(out / name):
                records[name] = old
                continue
            files[name] = apkg.pack(database)
        records[name] = PackageRecord(content, sha256(files[name]).hexdigest())
    return records, files
