"""`cmom import`: a question bank of another program, written as a deck."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from typing import NamedTuple

import click

from cmom_srs.cli import places
from cmom_srs.cli import progress_bar
from cmom_srs.cli.decks.rename import ShippedDecksError
from cmom_srs.cli.output import show
from cmom_srs.cli.output import tell
from cmom_srs.deckfiles import read as deckfiles
from cmom_srs.deckfiles.formats.convert import Converted
from cmom_srs.deckfiles.formats.convert import convert
from cmom_srs.deckfiles.grammar.ids import KEY_RULE
from cmom_srs.deckfiles.grammar.ids import is_key
from cmom_srs.deckfiles.grammar.ids import key_like
from cmom_srs.deckfiles.read import Decks
from cmom_srs.errors import CmomError
from cmom_srs.errors import Severity
from cmom_srs.files import replace_file
from cmom_srs.study.wording import count_of


class ImportRefusedError(CmomError):
    """A bank that cannot become a deck here; nothing was written."""


class ImportWishes(NamedTuple):
    """What was asked for: where the deck goes, what it cites; the format, if it was named."""

    domain: str
    deck: str | None
    title: str | None
    source: str | None
    format: str | None


class _Written(NamedTuple):
    path: Path
    converted: Converted


def import_bank(file: Path, wishes: ImportWishes) -> int:
    """Writes the deck file and lists what found no home in it; 1 if a question is left out, else 0.

    Raises ImportRefusedError, UnreadableBankError and ShippedDecksError, with nothing written.
    """
    folder = places.find().decks.path
    if places.are_shipped(folder):
        raise ShippedDecksError
    with progress_bar.shown() as watch:
        decks = deckfiles.read(folder, is_why_required=False, watch=watch)
    path = _target(decks, file, wishes)
    bank, source = _read(file), (wishes.source or "").strip() or _ask_source()
    with progress_bar.shown() as watch:
        converted = convert(
            bank,
            file.name,
            title=wishes.title or file.stem,
            source=source,
            taken=decks.ids,
            named=wishes.format,
            watch=watch,
        )
    if not converted.notes:
        _list_problems(converted)
        raise ImportRefusedError(f"{file} holds no question that can become a note.")
    path.parent.mkdir(exist_ok=True)
    replace_file(path, converted.text.encode())
    show(_Written(path, converted), _shape, _lines)
    _list_problems(converted)
    return int(any(problem.severity is Severity.ERROR for problem in converted.problems))


def _target(decks: Decks, file: Path, wishes: ImportWishes) -> Path:
    domains = [domain.key for domain in decks.blueprint.domains] if decks.blueprint else []
    if wishes.domain not in domains:
        raise ImportRefusedError(
            f"There is no domain {wishes.domain!r}.", f"The domains are {', '.join(domains)}."
        )
    name = wishes.deck or key_like(file.stem)
    if not is_key(name):
        raise ImportRefusedError(
            f"{name!r} cannot be the name of a deck.",
            f"Name it with --deck: {KEY_RULE}.",
        )
    path = decks.folder / wishes.domain / f"{name}.md"
    if path.exists():
        raise ImportRefusedError(f"{path} is there already.", "Choose another name with --deck.")
    return path


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ImportRefusedError(f"{file} cannot be read: {error.strerror}.") from error


def _ask_source() -> str:
    if not sys.stdin.isatty():
        raise ImportRefusedError(
            "Every note says where its facts come from.", "Say it for this bank: --source TEXT"
        )
    source: str = click.prompt("Where do these questions come from? (shown with each answer)")
    return source


def _list_problems(converted: Converted) -> None:
    for problem in converted.problems:
        tell(f"{problem.path}:{problem.line}: {problem.message}")
        if problem.hint:
            tell(f"  help: {problem.hint}")


def _shape(written: _Written) -> dict[str, Any]:
    return {
        "path": str(written.path),
        "format": written.converted.format,
        "notes": dict(written.converted.notes),
        "problems": [problem._asdict() for problem in written.converted.problems],
    }


def _lines(written: _Written) -> Iterator[str]:
    notes = written.converted.notes
    kinds = ", ".join(f"{count} {kind}" for kind, count in notes.items())
    yield f"{count_of(sum(notes.values()), 'note')} ({kinds}) in {written.path}"
    yield "Look it through, then: cmom check"
