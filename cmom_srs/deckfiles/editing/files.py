"""A deck file's text as it stands on disk: written whole, in one step, with all its own bytes."""

import os
from pathlib import Path

from cmom_srs.errors import CmomError


class UnwritableError(CmomError):
    """A file that cannot be written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} cannot be written: {reason}.", "Look at the permissions of its folder."
        )


def read_source(path: Path) -> str:
    """The file's text with its byte order mark, its line ends and even bytes that are no text."""
    return path.read_bytes().decode("utf-8", errors="surrogateescape")


def write_source(path: Path, text: str) -> None:
    """Replaces the file in one step, so that a reader finds the old text or the new one.

    The text is as `read_source` gives it. Raises UnwritableError.
    """
    target = Path(os.path.realpath(path))
    draft = target.with_name(f".{target.name}.new")
    try:
        draft.write_bytes(text.encode("utf-8", errors="surrogateescape"))
        draft.replace(target)
    except OSError as error:
        raise UnwritableError(path, error.strerror or type(error).__name__) from None
