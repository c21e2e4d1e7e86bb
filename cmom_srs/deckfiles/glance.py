"""A decks folder at a glance: its blueprint, and whether anything changed since it was read."""

from hashlib import blake2b
from pathlib import Path

from cmom_srs.deckfiles.blueprint import BLUEPRINT_NAME
from cmom_srs.deckfiles.blueprint import read_blueprint_text
from cmom_srs.deckfiles.folder import deck_paths
from cmom_srs.deckfiles.grammar.lines import Report
from cmom_srs.deckfiles.grammar.lines import read_lines
from cmom_srs.errors import CmomError
from cmom_srs.errors import Problem
from cmom_srs.study.blueprint import Blueprint


class DecksFolderError(CmomError):
    """A folder that holds no decks."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"There is no {BLUEPRINT_NAME} in {folder}: it is not a decks folder.",
            "Name the folder with --decks, or make one: cmom init DIR",
        )


def folder_hash(folder: Path) -> str:
    """A hash over path, size and time of change of the blueprint and all deck files.

    While it stays the same, nothing has to be read. Raises DecksFolderError.
    """
    require_decks(folder)
    digest = blake2b(digest_size=16)
    for path in (folder / BLUEPRINT_NAME, *deck_paths(folder)):
        stat = path.stat()
        name = path.relative_to(folder).as_posix()
        digest.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode(errors="replace"))
    return digest.hexdigest()


def read_blueprint(folder: Path) -> tuple[Blueprint | None, tuple[Problem, ...]]:
    """The blueprint alone; None, with its errors, if it has any. Raises DecksFolderError."""
    require_decks(folder)
    _, blueprint, problems = read_blueprint_file(folder)
    return blueprint, tuple(sorted(problems))


def read_blueprint_file(folder: Path) -> tuple[str, Blueprint | None, list[Problem]]:
    """The blueprint's text, the blueprint, its errors in the order in which they are found."""
    report = Report(BLUEPRINT_NAME)
    text = "\n".join(read_lines((folder / BLUEPRINT_NAME).read_bytes(), report))
    blueprint = read_blueprint_text(text, report)
    return text, blueprint if not report.problems else None, report.problems


def require_decks(folder: Path) -> None:
    """Raises DecksFolderError if there is no folder or no blueprint.toml in it."""
    if not (folder / BLUEPRINT_NAME).is_file():
        raise DecksFolderError(folder)
