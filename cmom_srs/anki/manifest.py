"""`manifest.json`: what earlier builds put into the packages beside it, and when."""

import re
from collections.abc import Mapping
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from cmom_srs.errors import CmomError

MANIFEST_NAME = "manifest.json"

# What stands here goes into names of files, into tags and into Anki, so only names that this
# program writes are taken.
_WORD = "[a-z0-9]+(?:-[a-z0-9]+)*"
_KIND = "(?:basic|cloze|choice|calculation|steps)"
_Word = Annotated[str, Meta(pattern=rf"\A{_WORD}\Z", max_length=100)]
_Guid = Annotated[str, Meta(pattern=rf"\Acmom/{_KIND}/{_WORD}\Z", max_length=100)]
_DeckKey = Annotated[str, Meta(pattern=rf"\A{_WORD}/{_WORD}\Z", max_length=200)]
_DeckName = Annotated[str, Meta(pattern=r"\A[^\x00-\x1f\x7f-\x9f]+\Z", max_length=1000)]
_PackageName = Annotated[str, Meta(pattern=rf"\Acmom(?:-{_WORD})?\.apkg\Z", max_length=200)]
_Second = Annotated[int, Meta(ge=0, le=253_402_300_799)]  # the last of the year 9999
_NoteKind = Annotated[str, Meta(pattern=rf"\A{_KIND}\Z")]

_POSITIONS = range(1, 10_000_000)
_CONFLICT = re.compile(rb"^(?:<<<<<<<|=======|>>>>>>>)", re.MULTILINE)


class ManifestError(CmomError):
    """A manifest that cannot be read; nothing was written."""

    def __init__(self, path: Path, reason: str, way_out: str = "") -> None:
        super().__init__(
            f"{path} cannot be read: {reason}.",
            way_out
            or "Bring it back from a backup or from git; it keeps re-imports from touching notes "
            "that did not change.",
        )


class NoteRecord(msgspec.Struct, frozen=True, rename={"is_retired": "retired"}):
    """A note as the packages have it.

    `hash` is that of its content, `mod` the second (since 1970) of the first build with that
    content. `position` is a number that no other note has or had: its ids in a package are made
    of it.
    """

    id: _Word
    note_kind: _NoteKind
    domain: _Word
    deck: _Word
    hash: str
    mod: _Second
    position: int
    is_retired: bool = False


class NoteTypeRecord(msgspec.Struct, frozen=True):
    """A note type as the packages have it: the hash of its look, and when that was first built."""

    hash: str
    mod: _Second


class PackageRecord(msgspec.Struct, frozen=True):
    """A package: the hash of what is in it, and that of its file."""

    content: str
    sha256: str


class Manifest(msgspec.Struct, frozen=True, omit_defaults=True):
    """All that is known of earlier builds.

    Notes by GUID, note types by note kind, the names of Anki's decks by deck key
    (`<domain>/<deck>`, fixed at their first build), packages by file name. `retired` are the
    notes that were dropped from the packages: known for ever, so that no other note gets their
    ids, and that Anki sees it if one returns. `moved` names the domains in which a note was
    before.
    """

    built_at: datetime
    notes: dict[_Guid, NoteRecord] = {}
    note_types: dict[str, NoteTypeRecord] = {}
    decks: dict[_DeckKey, _DeckName] = {}
    packages: dict[_PackageName, PackageRecord] = {}
    retired: dict[_Guid, NoteRecord] = {}
    moved: dict[_Guid, tuple[_Word, ...]] = {}


def read(path: Path) -> Manifest | None:
    """The manifest in a file; None if there is none. Raises ManifestError."""
    try:
        if path.exists() and not path.is_file():  # a pipe would keep its reader waiting
            raise ManifestError(path, "it is no file")
        data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
        found = msgspec.json.decode(data, type=Manifest)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ManifestError(path, error.strerror or "unknown error") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if _CONFLICT.search(data):
            raise ManifestError(
                path,
                "git has left the marks of a conflict in it",
                "Keep the lines of both sides, take out the marks, and export again: positions "
                "that stand twice are put right.",
            ) from error
        raise ManifestError(path, _reason(error)) from error
    for guid, record in (found.notes | found.retired).items():
        if guid.split("/")[1] != record.note_kind:
            raise ManifestError(path, f"{guid} is said to be of the kind {record.note_kind}")
    return found


def _reason(error: Exception) -> str:
    """What is wrong, in one short line: the reader of JSON repeats nothing of what it was given."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    said = str(error)
    place = said.rpartition(" - at ")[2]
    if "matching regex" in said:
        return f"it has a name that this program never writes, at {place}"
    return said


def with_own_positions(manifest: Manifest) -> Manifest:
    """The manifest with a position of its own for each note, whatever its author or git made of it.

    Of notes with one position the one that changed first keeps it; the others, and those whose
    position cannot be, follow after the highest.
    """
    known = manifest.retired | manifest.notes
    taken: set[int] = set()
    homeless = []
    for guid, record in sorted(known.items(), key=lambda item: (item[1].mod, item[0])):
        if record.position in _POSITIONS and record.position not in taken:
            taken.add(record.position)
        else:
            homeless.append(guid)
    places = dict(zip(homeless, count(max(taken, default=0) + 1), strict=False))

    def placed(records: Mapping[str, NoteRecord]) -> dict[str, NoteRecord]:
        return {
            guid: replace(record, position=places.get(guid, record.position))
            for guid, record in records.items()
        }

    return replace(manifest, notes=placed(manifest.notes), retired=placed(manifest.retired))


def to_json(manifest: Manifest) -> bytes:
    """The manifest as a file: the same bytes for the same manifest, a line for each value."""
    encoded = msgspec.json.encode(manifest, order="deterministic")
    return msgspec.json.format(encoded, indent=1) + b"\n"
