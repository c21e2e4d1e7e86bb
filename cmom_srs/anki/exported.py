"""Reviews done in Anki, read from a package or collection that Anki exported."""

import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from typing import Any

from cmom_srs.anki.folder import ZIP_DAMAGE
from cmom_srs.errors import CmomError

LARGEST_BYTES = 1 << 30

# The newest format first: an older one beside it holds a note that says "please update Anki".
_COLLECTIONS = ("collection.anki21b", "collection.anki21", "collection.anki2")
_GUID_PREFIX = "cmom/"
_FILTERED = 3
_BLOCK = 1 << 20

_QUERY = """
    SELECT notes.guid, cards.ord, revlog.id, revlog.ease, revlog.time, revlog.type
    FROM revlog JOIN cards ON cards.id = revlog.cid JOIN notes ON notes.id = cards.nid
    WHERE notes.guid GLOB 'cmom/*' AND revlog.ease BETWEEN 1 AND 4
    ORDER BY revlog.id
"""


class ExportedFileError(CmomError):
    """A file that is not what Anki exports, or that cannot be read here."""

    def __init__(self, path: Path, trouble: str, way_out: str = "") -> None:
        super().__init__(
            f"{path} {trouble}.",
            way_out or "Export it again from Anki, with scheduling information included.",
        )


@dataclass(frozen=True, slots=True)
class AnkiAnswer:
    """One answer given in Anki.

    `guid` is the note's identity there, `first_id` the id that the note was born with, `ordinal`
    counts the note's cards from 1, `anki_id` is the instant in milliseconds since 1970 and the
    row's identity, `button` 1-4. `is_cram` when it was given in a filtered deck.
    """

    guid: str
    first_id: str
    ordinal: int
    anki_id: int
    button: int
    duration_ms: int
    is_cram: bool


def read_answers(path: Path, largest_bytes: int = LARGEST_BYTES) -> tuple[AnkiAnswer, ...]:
    """All answers to our notes in an .apkg or .colpkg file, in order of time.

    Raises ExportedFileError for a file that is not one, is damaged, or unpacks to more than
    `largest_bytes`.
    """
    with _unpacked(path, largest_bytes) as collection:
        try:
            with closing(sqlite3.connect(collection)) as connection:
                return tuple(map(_answer, connection.execute(_QUERY)))
        except (sqlite3.Error, ValueError) as error:
            raise ExportedFileError(
                path, f"holds a collection that cannot be read: {error}"
            ) from error


def _answer(row: tuple[Any, ...]) -> AnkiAnswer:
    guid, ord_, anki_id, button, duration_ms, kind = row
    first_id = guid.removeprefix(_GUID_PREFIX).partition("/")[2]
    return AnkiAnswer(
        guid,
        first_id,
        int(ord_) + 1,
        int(anki_id),
        int(button),
        max(0, int(duration_ms)),
        kind == _FILTERED,
    )


@contextmanager
def _unpacked(path: Path, largest_bytes: int) -> Iterator[Path]:
    """The collection inside, as a file of its own for the time of the block."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "collection.db"
        _unpack(path, target, largest_bytes)
        yield target


def _unpack(path: Path, target: Path, largest_bytes: int) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            name = next((name for name in _COLLECTIONS if name in names), None)
            if name is None:
                raise ExportedFileError(path, "holds no Anki collection")
            unpack = _decompress if name == _COLLECTIONS[0] else _copy
            with archive.open(name) as packed, target.open("wb") as file:
                unpack(path, packed, file, largest_bytes)
    except ZIP_DAMAGE as error:
        raise ExportedFileError(path, f"is no file that Anki exported: {error}") from error
    except OSError as error:
        raise ExportedFileError(path, f"cannot be read: {error.strerror or error}") from error


def _decompress(path: Path, packed: IO[bytes], target: IO[bytes], largest_bytes: int) -> None:
    """Copies what is inside Anki's newer format, which is compressed with Zstandard."""
    try:
        import zstandard
    except ImportError as error:
        raise ExportedFileError(
            path,
            "is in Anki's newer format, which needs the package zstandard",
            "Install it with `pip install 'cmom-srs[anki]'`, or tick \"Support older Anki "
            'versions" when you export.',
        ) from error
    try:
        reader = zstandard.ZstdDecompressor().stream_reader(packed)
        _copy(path, reader, target, largest_bytes)
    except zstandard.ZstdError as error:
        raise ExportedFileError(path, f"is damaged: {error}") from error


def _copy(path: Path, source: IO[bytes], target: IO[bytes], largest_bytes: int) -> None:
    left = largest_bytes
    while block := source.read(_BLOCK):
        left -= len(block)
        if left < 0:
            raise ExportedFileError(
                path,
                f"unpacks to more than {largest_bytes >> 20} MiB, which no collection of ours does",
                "Export the CMOM deck alone.",
            )
        target.write(block)
