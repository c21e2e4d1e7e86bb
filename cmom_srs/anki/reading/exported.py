"""Reviews done in Anki, read from a package or collection that Anki exported."""

import errno
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import IO
from zipfile import ZipFile

from cmom_srs.anki.reading import foreign
from cmom_srs.anki.reading.answers import AnkiLog
from cmom_srs.anki.reading.answers import read_log
from cmom_srs.anki.reading.foreign import ZIP_DAMAGE
from cmom_srs.anki.reading.foreign import ForeignDataError
from cmom_srs.errors import CmomError

LARGEST_BYTES = 1 << 30

# The newest format first: an older one beside it holds a note that says "please update Anki".
_COLLECTIONS = ("collection.anki21b", "collection.anki21", "collection.anki2")
_BLOCK = 1 << 20


class ExportedFileError(CmomError):
    """A file that is not what Anki exports, or that cannot be read here."""

    def __init__(self, path: Path, trouble: str, way_out: str) -> None:
        super().__init__(
            f"{path} {trouble}.",
            way_out or "Export it again from Anki, with scheduling information included.",
        )


def read_answers(path: Path, largest_bytes: int = LARGEST_BYTES) -> AnkiLog:
    """What an .apkg or .colpkg file says of our notes: answers, cards, and where it comes from.

    Raises ExportedFileError for a file that is not one, is damaged, or unpacks to more than
    `largest_bytes`.
    """
    try:
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "collection.db"
            _unpack(path, target, largest_bytes)
            return _read(target)
    except ForeignDataError as error:
        raise ExportedFileError(path, error.trouble, error.way_out) from error
    except OSError as error:
        trouble = f"cannot be read: {error.strerror or type(error).__name__}"
        raise ExportedFileError(path, trouble, _way_out(error)) from error


def _way_out(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "Make room on the disk: the file is unpacked before it is read."
    return "Look whether it is there, and whether you may read it."


def _read(collection: Path) -> AnkiLog:
    try:
        with closing(foreign.open_file(collection)) as connection:
            return read_log(connection)
    except sqlite3.Error as error:
        raise ForeignDataError("holds a collection that cannot be read") from error


def _unpack(path: Path, target: Path, largest_bytes: int) -> None:
    """Writes the collection inside to a file of its own."""
    if path.exists() and not path.is_file():  # a pipe would keep its reader waiting
        raise ForeignDataError("is no file")
    try:
        with ZipFile(path) as archive:
            chosen = foreign.member(archive, _COLLECTIONS)
            unpack = _decompress if chosen.filename == _COLLECTIONS[0] else _copy
            with archive.open(chosen) as packed, target.open("wb") as file:
                unpack(packed, file, largest_bytes)
    except ZIP_DAMAGE as error:
        raise ForeignDataError("is no file that Anki exported") from error


def _decompress(packed: IO[bytes], target: IO[bytes], largest_bytes: int) -> None:
    """Copies what is inside Anki's newer format, which is compressed with Zstandard."""
    try:
        import zstandard
    except ImportError as error:
        raise ForeignDataError(
            "is in Anki's newer format, which needs the package zstandard",
            "Install it with `pip install 'cmom-srs[anki]'`, or tick \"Support older Anki "
            'versions" when you export.',
        ) from error
    try:
        _copy(zstandard.ZstdDecompressor().stream_reader(packed), target, largest_bytes)
    except zstandard.ZstdError as error:
        raise ForeignDataError("is damaged") from error


def _copy(source: IO[bytes], target: IO[bytes], largest_bytes: int) -> None:
    left = largest_bytes
    while block := source.read(_BLOCK):
        left -= len(block)
        if left < 0:
            raise ForeignDataError(
                f"unpacks to more than {largest_bytes >> 20} MiB, which no collection of ours does",
                "Export the CMOM deck alone.",
            )
        target.write(block)
