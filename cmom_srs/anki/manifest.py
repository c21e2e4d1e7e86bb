"""`manifest.json`: what earlier builds put into the packages beside it, and when."""

from datetime import datetime
from pathlib import Path

import msgspec

from cmom_srs.errors import CmomError

MANIFEST_NAME = "manifest.json"


class ManifestError(CmomError):
    """A manifest that cannot be read; nothing was written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} cannot be read: {reason}.",
            "Bring it back from a backup or from git; it keeps re-imports from touching notes that "
            "did not change.",
        )


class NoteRecord(msgspec.Struct, frozen=True, rename={"is_retired": "retired"}):
    """A note as the packages have it.

    `hash` is that of its content, `mod` the second (since 1970) of the first build with that
    content, `position` its place among new cards from 1.
    """

    id: str
    note_kind: str
    domain: str
    deck: str
    hash: str
    mod: int
    position: int
    is_retired: bool = False


class NoteTypeRecord(msgspec.Struct, frozen=True):
    """A note type as the packages have it: the hash of its look, and when that was first built."""

    hash: str
    mod: int


class PackageRecord(msgspec.Struct, frozen=True):
    """A package: the hash of what is in it, and that of its file."""

    content: str
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """All that is known of earlier builds.

    Notes by GUID, note types by note kind, the names of Anki's decks by deck key
    (`<domain>/<deck>`, fixed at their first build), packages by file name.
    """

    built_at: datetime
    notes: dict[str, NoteRecord] = {}
    note_types: dict[str, NoteTypeRecord] = {}
    decks: dict[str, str] = {}
    packages: dict[str, PackageRecord] = {}


def read(path: Path) -> Manifest | None:
    """The manifest in a file; None if there is none. Raises ManifestError."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ManifestError(path, error.strerror or "unknown error") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ManifestError(path, str(error)) from error


def to_json(manifest: Manifest) -> bytes:
    """The manifest as a file: the same bytes for the same manifest, a line for each value."""
    encoded = msgspec.json.encode(manifest, order="deterministic")
    return msgspec.json.format(encoded, indent=1) + b"\n"
