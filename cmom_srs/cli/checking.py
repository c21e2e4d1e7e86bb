"""What `cmom check` finds, and how it is said."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click
from dateutil.relativedelta import relativedelta

from cmom_srs.cli import clock
from cmom_srs.cli import places
from cmom_srs.cli.command import write_json
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


class BrokenDecksError(CmomError):
    """Decks that something cannot be done with, because there is an error in them."""

    def __init__(self) -> None:
        super().__init__("The decks have errors, so nothing was done.", "Mend them: cmom check")


@dataclass(frozen=True, slots=True)
class Findings:
    """The problems found in one decks folder, those of the asked files alone."""

    decks: Decks
    problems: tuple[Problem, ...]


def find(paths: Iterable[Path], older_than: int | None, is_fixing: bool) -> tuple[Findings, ...]:
    """The findings of each decks folder that the paths name; without paths, the one in use.

    `older_than` is an age in months for the advice `stale`. Raises NotADeckError.
    """
    asked = _asked_files(paths)
    if is_fixing:
        for folder, files in asked.items():
            _mend(folder, files)
    oldest = clock.now().date() - relativedelta(months=older_than) if older_than else None
    found = []
    for folder, files in asked.items():
        decks = deckfiles.read(folder)
        problems = sorted((*decks.problems, *advice.advise(decks, oldest)))
        chosen = tuple(problem for problem in problems if not files or problem.path in files)
        found.append(Findings(decks, chosen))
    return tuple(found)


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
    for path, ids in missing_ids.mend_missing_ids(folder, files or None).items():
        for note_id in ids:
            click.echo(f"{path}: gave a note the id {note_id}", err=True)


def exit_code(findings: Iterable[Findings], is_strict: bool) -> int:
    """1 when there is an error, and with `--strict` also when there is advice; else 0."""
    severities = {problem.severity for found in findings for problem in found.problems}
    return int(Severity.ERROR in severities or (is_strict and bool(severities)))


def write_text(findings: Iterable[Findings]) -> None:
    """Every finding with its line and a caret, like a compiler."""
    for found in findings:
        click.echo(report.render(found.problems, found.decks, _prefix(found.decks.folder)))


def write_json_findings(findings: Iterable[Findings]) -> None:
    """Every finding as JSON."""
    write_json(
        {
            "problems": [
                {**problem._asdict(), "path": _prefix(found.decks.folder) + problem.path}
                for found in findings
                for problem in found.problems
            ]
        }
    )


def _prefix(folder: Path) -> str:
    return "" if folder == Path() else f"{folder.as_posix()}/"
