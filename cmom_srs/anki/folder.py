"""The folder of packages: the notes in those that are there, and files taking their place."""

import sqlite3
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import closing
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

from cmom_srs.anki.reading.foreign import ZIP_DAMAGE
from cmom_srs.anki.reading.foreign import ForeignDataError
from cmom_srs.anki.reading.foreign import member
from cmom_srs.anki.reading.foreign import open_bytes
from cmom_srs.anki.reading.foreign import rows
from cmom_srs.files import UnwritableFileError
from cmom_srs.files import replace_file

_LARGEST_BYTES = 1 << 28


@dataclass(frozen=True, slots=True)
class OldNote:
    """A note in an earlier package: its mod, fields and tags."""

    mod: int
    fields: tuple[str, ...]
    tags: tuple[str, ...]


def read_notes(paths: Iterable[Path]) -> dict[str, OldNote]:
    """The notes in these packages by GUID, of each the one that changed last.

    A package that is missing or damaged has no notes.
    """
    newest: dict[str, OldNote] = {}
    for path in paths:
        for guid, note in _read_package(path):
            if guid not in newest or newest[guid].mod < note.mod:
                newest[guid] = note
    return newest


def _read_package(path: Path) -> list[tuple[str, OldNote]]:
    try:
        with closing(open_package(path)) as database:
            return list(_old_notes(database))
    except (OSError, ForeignDataError, sqlite3.Error, *ZIP_DAMAGE):
        return []


def open_package(path: Path, largest_bytes: int = _LARGEST_BYTES) -> sqlite3.Connection:
    """The collection of one of our packages, in memory.

    Raises OSError, ForeignDataError, one of ZIP_DAMAGE or sqlite3.Error if it is none.
    """
    if not path.is_file():
        raise FileNotFoundError(path)
    with ZipFile(path) as zipped, zipped.open(member(zipped, ("collection.anki2",))) as packed:
        collection = packed.read(largest_bytes + 1)
    if len(collection) > largest_bytes:
        raise ForeignDataError("unpacks to more than a package of ours does")
    return open_bytes(collection)


def _old_notes(database: sqlite3.Connection) -> Iterator[tuple[str, OldNote]]:
    """The notes by GUID; one with a value that ours never have is left out."""
    for guid, mod, fields, tags in rows(database, "notes", ("guid", "mod", "flds", "tags")):
        if isinstance(mod, int) and all(isinstance(text, str) for text in (guid, fields, tags)):
            yield guid, OldNote(mod, tuple(fields.split("\x1f")), tuple(tags.split()))


def file_hash(path: Path) -> str:
    """The sha256 of a file; empty if it cannot be read."""
    try:
        return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    except OSError:
        return ""


def replace_files(folder: Path, files: Mapping[str, bytes], outdated: Iterable[str]) -> None:
    """Writes the files one after the other, each whole or not at all; deletes the outdated first.

    Raises UnwritableFileError.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableFileError(folder, error) from error
    for name in outdated:
        with suppress(OSError):
            (folder / name).unlink()
    for name, data in files.items():
        replace_file(folder / name, data)
