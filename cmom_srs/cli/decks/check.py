"""`cmom check`: what is found in deck files, and how it is said."""

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from cmom_srs.cli import clock
from cmom_srs.cli import places
from cmom_srs.cli import progress_bar
from cmom_srs.cli.decks.rename import ShippedDecksError
from cmom_srs.cli.output import show
from cmom_srs.cli.output import tell
from cmom_srs.deckfiles import advice
from cmom_srs.deckfiles import read as deckfiles
from cmom_srs.deckfiles import report
from cmom_srs.deckfiles.editing import missing_ids
from cmom_srs.deckfiles.read import Decks
from cmom_srs.errors import CmomError
from cmom_srs.errors import Problem
from cmom_srs.errors import Severity


class NotADeckError(CmomError):
    """A path that is neither a decks folder nor a deck file in one."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is neither a decks folder nor a deck file in one.",
            "A decks folder holds blueprint.toml and one folder for each domain.",
        )


@dataclass(frozen=True, slots=True)
class Findings:
    """The problems found in one decks folder, those of the asked files alone."""

    decks: Decks
    problems: tuple[Problem, ...]


class AskedAdvice(NamedTuple):
    """Advice that is given only when asked: on facts older than so many months, or expiring.

    `expiring` is how many days from today until what is known of a fact ends, at most.
    """

    older_than: int | None = None
    expiring: int | None = None


def check(paths: Iterable[Path], asked: AskedAdvice, is_fixing: bool, is_strict: bool) -> int:
    """Says what is found in the decks folders that the paths name; the exit code.

    Without paths it is the one in use. 1 when there is an error, and when strict also when there
    is advice. Raises NotADeckError and, where the shipped decks are to be mended,
    ShippedDecksError.
    """
    folders = _asked_files(paths)
    if is_fixing:
        if any(map(places.is_shipped, folders)):
            raise ShippedDecksError
        for folder, files in folders.items():
            _mend(folder, files)
    findings = [_find(folder, files, asked) for folder, files in folders.items()]
    show(findings, _shape, _lines)
    severities = {problem.severity for found in findings for problem in found.problems}
    return int(Severity.ERROR in severities or (is_strict and bool(severities)))


def _find(folder: Path, files: set[str], asked: AskedAdvice) -> Findings:
    today = clock.now().date()
    oldest = today - relativedelta(months=asked.older_than) if asked.older_than else None
    last = None if asked.expiring is None else today + relativedelta(days=asked.expiring)
    with progress_bar.shown() as watch:
        decks = deckfiles.read(folder, is_why_required=places.are_shipped(folder), watch=watch)
        problems = sorted((*decks.problems, *advice.advise(decks, oldest, last, watch)))
    return Findings(decks, tuple(each for each in problems if not files or each.path in files))


def _asked_files(paths: Iterable[Path]) -> dict[Path, set[str]]:
    """Each decks folder with the paths of the asked files inside it; none means all."""
    asked: dict[Path, set[str]] = {}
    whole: set[Path] = set()
    for path in tuple(paths) or (places.find().decks.path,):
        folder = next((up for up in (path, *path.absolute().parents) if _is_decks(up)), None)
        if folder is None:
            raise NotADeckError(path)
        inside = path.absolute().relative_to(folder.absolute()).as_posix()
        asked.setdefault(folder, set()).add(inside)
        if inside == "." or path.is_dir():
            whole.add(folder)
    return {folder: set() if folder in whole else files for folder, files in asked.items()}


def _is_decks(folder: Path) -> bool:
    return (folder / "blueprint.toml").is_file()


def _mend(folder: Path, files: set[str]) -> None:
    with progress_bar.shown() as watch:
        mended = missing_ids.mend_missing_ids(folder, files or None, watch)
    for path, ids in mended.items():
        for note_id in ids:
            tell(f"{path}: gave a note the id {note_id}")


def _lines(findings: Iterable[Findings]) -> Iterator[str]:
    """Every finding with its line and a caret, like a compiler."""
    for found in findings:
        yield report.render(found.problems, found.decks, _prefix(found.decks.folder))


def _shape(findings: Iterable[Findings]) -> dict[str, object]:
    return {
        "problems": [
            {**problem._asdict(), "path": _prefix(found.decks.folder) + problem.path}
            for found in findings
            for problem in found.problems
        ]
    }


def _prefix(folder: Path) -> str:
    return "" if folder == Path() else f"{folder.as_posix()}/"
