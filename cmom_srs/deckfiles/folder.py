"""Which files of a folder are decks, and whether any of them changed (rule 1)."""

import os
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from cmom_srs.deckfiles.blueprint import BLUEPRINT_NAME
from cmom_srs.deckfiles.blueprint import DecksFolderError
from cmom_srs.deckfiles.blueprint import require_decks
from cmom_srs.deckfiles.grammar.faults import Fault
from cmom_srs.deckfiles.grammar.ids import is_key
from cmom_srs.deckfiles.grammar.lines import one_line
from cmom_srs.deckfiles.strays import DECK_SUFFIX
from cmom_srs.deckfiles.strays import EVICTED
from cmom_srs.deckfiles.strays import OUTSIDE
from cmom_srs.deckfiles.strays import deck_fault
from cmom_srs.deckfiles.strays import domain_fault
from cmom_srs.deckfiles.strays import evicted_name
from cmom_srs.deckfiles.strays import is_litter
from cmom_srs.deckfiles.strays import unreadable
from cmom_srs.errors import Problem
from cmom_srs.errors import Severity


class FoundDeck(NamedTuple):
    """A deck file's path relative to the folder, with `/`, and the two keys that it is made of."""

    path: str
    domain: str
    deck: str


class _Seen(NamedTuple):
    """Something in the folder that is no litter, and why it is no deck, if it is none."""

    path: Path
    fault: Fault | None


def folder_hash(folder: Path) -> str:
    """A hash over path, size and time of change of the blueprint and all deck files.

    While it stays the same, nothing has to be read. Raises DecksFolderError.
    """
    require_decks(folder)
    # Not the contents: reading 30 files at every start would cost more than all else of it.
    digest = blake2b(digest_size=16)
    for path in (folder / BLUEPRINT_NAME, *_deck_paths(folder)):
        name = path.relative_to(folder).as_posix()
        digest.update(f"{name}\0{_state(path)}\n".encode(errors="replace"))
    return digest.hexdigest()


def _state(path: Path) -> str:
    try:
        found = path.stat()
    except OSError as error:
        return str(error.errno)
    return f"{found.st_size}\0{found.st_mtime_ns}"


def _deck_paths(folder: Path) -> Iterator[Path]:
    """Every file that has the place and the ending of a deck file, by path.

    A folder that cannot be read stands for its files: once it can be, they have to be.
    """
    for entry in _entries(folder):
        try:
            if entry.is_dir():
                files = [path for path in entry.iterdir() if path.suffix == DECK_SUFFIX]
                yield from sorted(path for path in files if not is_litter(path.name))
        except OSError:
            yield entry


def find_decks(folder: Path, domains: Sequence[str]) -> tuple[list[FoundDeck], list[Problem]]:
    """The deck files by domain, then by name, and an error for all that does not belong there.

    With no domains, because the blueprint cannot be read, every folder is taken for one. Raises
    DecksFolderError when the folder cannot be read.
    """
    root = Path(os.path.realpath(folder))
    seen = [one for entry in _entries(folder) for one in _look_into(entry, root, domains)]
    decks = [
        FoundDeck(path.relative_to(folder).as_posix(), path.parent.name, path.stem)
        for path, fault in seen
        if not fault
    ]
    order = {domain: place for place, domain in enumerate(domains)}
    return (
        sorted(decks, key=lambda deck: (order.get(deck.domain, 0), deck)),
        [_problem(path, folder, fault) for path, fault in seen if fault],
    )


def _entries(folder: Path) -> list[Path]:
    """What the folder holds besides the blueprint and litter. Raises DecksFolderError."""
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        raise DecksFolderError(folder, error) from None
    return [folder / name for name in names if name != BLUEPRINT_NAME and not is_litter(name)]


def _look_into(entry: Path, root: Path, domains: Sequence[str]) -> list[_Seen]:
    """All that stands in a domain's folder; the entry itself, if it cannot be one."""
    if fault := _fault(entry, root, partial(domain_fault, entry, domains)):
        return [_Seen(entry, fault)]
    try:
        names = {path.name for path in entry.iterdir()}
    except OSError as error:
        return [_Seen(entry, unreadable(error))]
    decks = {name.removesuffix(DECK_SUFFIX) for name in names if name.endswith(DECK_SUFFIX)}
    decks = {deck for deck in decks if is_key(deck)}
    evicted = {name for name in map(evicted_name, names) if name and name not in names}
    paths = [entry / name for name in sorted(names) if not is_litter(name)]
    return [
        *(_Seen(entry / name, EVICTED) for name in evicted if name.endswith(DECK_SUFFIX)),
        *(_Seen(path, _fault(path, root, partial(deck_fault, path, decks))) for path in paths),
    ]


def _fault(path: Path, root: Path, find_fault: Callable[[], Fault | None]) -> Fault | None:
    try:
        is_outside = not Path(os.path.realpath(path)).is_relative_to(root)
        return OUTSIDE if is_outside else find_fault()
    except OSError as error:
        return unreadable(error)


def _problem(path: Path, folder: Path, fault: Fault) -> Problem:
    name = one_line(path.relative_to(folder).as_posix())
    message, hint = one_line(fault.message), one_line(fault.hint)
    return Problem(name, 1, 1, fault.code, Severity.ERROR, message, hint)
