"""A deck file's text as it stands on disk, with all its own bytes."""

from pathlib import Path

from cmom_srs.files import replace_file


def read_source(path: Path) -> str:
    """The file's text with its byte order mark, its line ends and even bytes that are no text."""
    return path.read_bytes().decode("utf-8", errors="surrogateescape")


def write_source(path: Path, text: str) -> None:
    """Replaces the file by a text as `read_source` gives it. Raises UnwritableFileError."""
    replace_file(path, text.encode("utf-8", errors="surrogateescape"))
