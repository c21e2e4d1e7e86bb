"""What goes into packages: all notes, each with the mod by which Anki takes or leaves it."""

import sqlite3
from collections.abc import Callable
from collections.abc import Container
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import closing
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import genanki
from msgspec.structs import replace

from cmom_srs.anki import folder
from cmom_srs.anki import manifest as manifests
from cmom_srs.anki import package as apkg
from cmom_srs.anki.compare import ComparedNote
from cmom_srs.anki.compare import compare
from cmom_srs.anki.compare import compare_note_types
from cmom_srs.anki.folder import OldNote
from cmom_srs.anki.introduction import introduction
from cmom_srs.anki.manifest import MANIFEST_NAME
from cmom_srs.anki.manifest import Manifest
from cmom_srs.anki.manifest import NoteRecord
from cmom_srs.anki.notes import fields
from cmom_srs.anki.notes import templates
from cmom_srs.anki.notes.content import NoteContent
from cmom_srs.anki.notes.content import note_content
from cmom_srs.anki.notes.content import retired_content
from cmom_srs.anki.notes.note_types import NOTE_TYPES
from cmom_srs.anki.notes.note_types import NoteType
from cmom_srs.anki.notes.templates import Faces
from cmom_srs.anki.notes.templates import fingerprint
from cmom_srs.errors import CmomError
from cmom_srs.study.blueprint import Blueprint
from cmom_srs.study.notes import Note
from cmom_srs.watch import Watch
from cmom_srs.watch import unwatched

WHOLE = "cmom.apkg"


class NothingToExportError(CmomError):
    """Not one note for a package."""

    def __init__(self, domain: str | None) -> None:
        where = f" in {domain}" if domain else ""
        super().__init__(
            f"There is no note{where} to export.", "See which decks are in use: cmom path"
        )


class SameGuidError(CmomError):
    """Two notes that would be one in Anki."""

    def __init__(self, note_id: str, other_id: str) -> None:
        super().__init__(
            f"The notes {other_id} and {note_id} have the same first id.",
            "An id that stands in a `Formerly:` is never used again: give one of them another.",
        )


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What an export is asked for beyond the usual.

    `domain` makes the package of that domain alone. `is_restamping` makes every note newer than
    what learners have. `is_dropping` leaves out the notes that an earlier build retired. `faces`
    says how a note type looks; `watch` hands on the notes as they are worked out, and the packages.
    """

    domain: str | None = None
    is_restamping: bool = False
    is_dropping: bool = False
    faces: Callable[[NoteType], Faces] = templates.faces
    watch: Watch = unwatched


@dataclass(frozen=True, slots=True)
class Stamped:
    """All notes of an export with their mods, and what they need in a package.

    `known` is the manifest in the folder, if there is one; `manifest` what is recorded from now
    on, but for the packages, which are those of the build before. `old_notes` and `dropped` are
    those of the Export.
    """

    notes: tuple[ComparedNote, ...]
    known: Manifest | None
    manifest: Manifest
    models: Mapping[str, apkg.LastingModel]
    decks: Mapping[str, genanki.Deck]
    old_notes: Mapping[str, OldNote]
    dropped: tuple[str, ...]

    @contextmanager
    def collection(
        self, notes: Iterable[ComparedNote], followers: Iterable[ComparedNote] = ()
    ) -> Iterator[sqlite3.Connection]:
        """A collection in memory that holds these of the notes, for the time of the block.

        Of `followers` it holds no cards.
        """
        with closing(sqlite3.connect(":memory:")) as database:
            apkg.write_collection(database, notes, self.models, self.decks, followers)
            yield database


def package_name(domain: str) -> str:
    """The name of a domain's package."""
    return f"cmom-{domain}.apkg"


def stamp(
    notes: Iterable[Note],
    blueprint: Blueprint,
    out: Path,
    shipped: Manifest | None,
    now: datetime,
    options: ExportOptions,
) -> Stamped:
    """The notes of the decks and those that earlier builds had, against what is known of them.

    Without a manifest in the folder `out`, the notes that the shipped one knows keep their mods.
    Raises ManifestError, NothingToExportError, DeckIdError and, naming the note, SameGuidError
    and UnsafeFieldError.
    """
    present = _by_guid(notes)
    known = manifests.read(out / MANIFEST_NAME)
    old_notes = folder.read_notes(out / name for name in _package_names(blueprint, known))
    start = manifests.with_own_positions(known or _start(shipped, now, {*present, *old_notes}))
    start, dropped = _drop(_with_returned(start, present), present, options)
    places = introduction(present.values(), blueprint)
    contents = list(_render(present, places, start, blueprint, options))
    for guid, record in _gone(start, present, options):
        contents.append(retired_content(guid, record, old_notes.get(guid)))
    if not any(options.domain in (None, each.domain) for each in contents):
        raise NothingToExportError(options.domain)
    faces = _faces(contents, options)
    compared, manifest = _compare(start, contents, places, faces, now, options)
    manifest = replace(manifest, decks=_deck_names(contents, present, blueprint) | start.decks)
    models = {
        kind: apkg.LastingModel(NOTE_TYPES[kind], shown, manifest.note_types[kind].mod)
        for kind, shown in faces.items()
    }
    decks = apkg.anki_decks(manifest.decks)
    return Stamped(compared, known, manifest, models, decks, old_notes, dropped)


def _by_guid(notes: Iterable[Note]) -> dict[str, Note]:
    by_guid: dict[str, Note] = {}
    for note in notes:
        other = by_guid.setdefault(fields.guid(note), note)
        if other is not note:
            raise SameGuidError(note.id, other.id)
    return by_guid


def _package_names(blueprint: Blueprint, known: Manifest | None) -> Iterable[str]:
    """The packages that may be there."""
    recorded = known.packages if known else {}
    return sorted({WHOLE, *(package_name(domain.key) for domain in blueprint.domains), *recorded})


def _start(shipped: Manifest | None, now: datetime, at_hand: Container[str]) -> Manifest:
    """Where a folder without manifest begins: what the shipped one knows of the notes at hand."""
    if shipped is None:
        return Manifest(now)
    notes, retired = (
        {guid: record for guid, record in records.items() if guid in at_hand}
        for records in (shipped.notes, shipped.retired)
    )
    moved = {guid: domains for guid, domains in shipped.moved.items() if guid in at_hand}
    return replace(shipped, notes=notes, retired=retired, moved=moved, packages={})


def _with_returned(start: Manifest, present: Container[str]) -> Manifest:
    """The manifest with the dropped notes that are in the decks again among its notes."""
    returned = {guid: record for guid, record in start.retired.items() if guid in present}
    retired = {guid: record for guid, record in start.retired.items() if guid not in present}
    return replace(start, notes=start.notes | returned, retired=retired)


def _gone(
    start: Manifest, present: Container[str], options: ExportOptions
) -> Iterator[tuple[str, NoteRecord]]:
    """The recorded notes that are in no deck any more, by GUID."""
    for guid, record in sorted(start.notes.items()):
        if guid not in present and _is_chosen(guid, record.domain, start, options):
            yield guid, record


def _is_chosen(guid: str, domain: str, start: Manifest, options: ExportOptions) -> bool:
    """Whether a note of a domain is in a package of this export."""
    return options.domain in (None, domain, *start.moved.get(guid, ()))


def _drop(
    start: Manifest, present: Container[str], options: ExportOptions
) -> tuple[Manifest, tuple[str, ...]]:
    """The manifest with the notes that are to be dropped among the retired ones, and their ids."""
    dropped = {
        guid: record
        for guid, record in _gone(start, present, options)
        if options.is_dropping and record.is_retired
    }
    notes = {guid: record for guid, record in start.notes.items() if guid not in dropped}
    ids = tuple(sorted(record.id for record in dropped.values()))
    return replace(start, notes=notes, retired=start.retired | dropped), ids


def _render(
    present: Mapping[str, Note],
    places: Mapping[str, int],
    start: Manifest,
    blueprint: Blueprint,
    options: ExportOptions,
) -> Iterator[NoteContent]:
    chosen = [
        note for guid, note in present.items() if _is_chosen(guid, note.domain, start, options)
    ]
    in_order = sorted(chosen, key=lambda note: (places[note.id], note.id))
    for note in options.watch(in_order, "Working out notes"):
        yield note_content(note, blueprint.title_of(note.domain))


def _faces(contents: Iterable[NoteContent], options: ExportOptions) -> dict[str, Faces]:
    """How the note types look that these notes need, by note kind."""
    kinds = {each.note_kind for each in contents}
    return {kind: options.faces(NOTE_TYPES[kind]) for kind in kinds}


def _compare(
    start: Manifest,
    contents: Iterable[NoteContent],
    places: Mapping[str, int],
    faces: Mapping[str, Faces],
    now: datetime,
    options: ExportOptions,
) -> tuple[tuple[ComparedNote, ...], Manifest]:
    """Notes and note types with their mods, and the manifest that records them."""
    seconds, is_restamping = int(now.timestamp()), options.is_restamping
    known = start.retired | start.notes
    compared = compare(known, contents, seconds, is_restamping, places)
    hashes = {kind: fingerprint(NOTE_TYPES[kind], shown) for kind, shown in faces.items()}
    note_types = compare_note_types(start.note_types, hashes, seconds, is_restamping)
    return compared, replace(
        start,
        built_at=now,
        notes=start.notes | {note.content.guid: note.record for note in compared},
        moved={guid: before for guid, before in _moves(start, compared).items() if before},
        note_types=start.note_types | note_types,
    )


def _moves(start: Manifest, compared: Iterable[ComparedNote]) -> dict[str, tuple[str, ...]]:
    """The domains in which each note was before it came into its own."""
    moves = dict(start.moved)
    for note in compared:
        guid, old = note.content.guid, start.notes.get(note.content.guid)
        before = {*moves.get(guid, ()), old.domain if old else note.record.domain}
        moves[guid] = tuple(sorted(before - {note.record.domain}))
    return moves


def _deck_names(
    contents: Iterable[NoteContent], present: Mapping[str, Note], blueprint: Blueprint
) -> dict[str, str]:
    """What Anki's decks would be called if they were built for the first time, by deck key."""
    titles = {(note.domain, note.deck): note.deck_title for note in present.values()}
    return {
        each.deck_key: "::".join(
            (
                "CMOM",
                blueprint.title_of(each.domain),
                titles.get((each.domain, each.deck), each.deck),
            )
        )
        for each in contents
    }
