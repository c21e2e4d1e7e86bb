"""The folder of packages: the notes in those that are there, and files taking their place."""

import sqlite3
import zlib
from collections.abc import Iterable
from collections.abc import Mapping
from contextlib import closing
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from lzma import LZMAError
from pathlib import Path
from zipfile import BadZipFile
from zipfile import ZipFile

from cmom_srs.files import UnwritableFileError
from cmom_srs.files import replace_file

_NOTES = """
SELECT guid, mod, flds, tags, (SELECT group_concat(ord) FROM cards WHERE nid = notes.id)
FROM notes
"""


# What reading a zip file raises: a broken frame, broken contents, a foreign method, a password.
ZIP_DAMAGE = (BadZipFile, zlib.error, LZMAError, EOFError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class OldNote:
    """A note in an earlier package: its mod, fields, tags and the ordinals of its cards."""

    mod: int
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    ordinals: tuple[int, ...]


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
            return [_old_note(*row) for row in database.execute(_NOTES)]
    except (OSError, KeyError, sqlite3.DatabaseError, *ZIP_DAMAGE):
        return []


def open_package(path: Path) -> sqlite3.Connection:
    """The collection of one of our packages, in memory.

    Raises OSError, ZIP_DAMAGE, KeyError or sqlite3.DatabaseError if it is none.
    """
    with ZipFile(path) as zipped:
        collection = zipped.read("collection.anki2")
    database = sqlite3.connect(":memory:")
    database.deserialize(collection)
    return database


def _old_note(guid: str, mod: int, fields: str, tags: str, places: str) -> tuple[str, OldNote]:
    ordinals = sorted(int(place) + 1 for place in places.split(","))
    return guid, OldNote(mod, tuple(fields.split("\x1f")), tuple(tags.split()), tuple(ordinals))


def file_hash(path: Path) -> str:
    """The sha256 of a file; empty if it cannot be read."""
    try:
        return sha256(path.read_bytes()).hexdigest()
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
