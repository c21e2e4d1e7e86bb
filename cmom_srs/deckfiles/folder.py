"""Which files of a folder are decks, which do not belong there, whether any changed (rule 1)."""

import os
from collections.abc import Iterator
from collections.abc import Sequence
from difflib import get_close_matches
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from cmom_srs.deckfiles.blueprint import BLUEPRINT_NAME
from cmom_srs.deckfiles.blueprint import require_decks
from cmom_srs.deckfiles.grammar.faults import Fault
from cmom_srs.deckfiles.grammar.ids import is_key
from cmom_srs.errors import Problem
from cmom_srs.errors import Severity

_NOT_A_DECK = "README.md"
_SUFFIX = ".md"


class FoundDeck(NamedTuple):
    """A deck file's path relative to the folder, with `/`, and the two keys that it is made of."""

    path: str
    domain: str
    deck: str


def folder_hash(folder: Path) -> str:
    """A hash over path, size and time of change of the blueprint and all deck files.

    While it stays the same, nothing has to be read. Raises DecksFolderError.
    """
    require_decks(folder)
    digest = blake2b(digest_size=16)
    for path in (folder / BLUEPRINT_NAME, *_deck_paths(folder)):
        stat = path.stat()
        name = path.relative_to(folder).as_posix()
        digest.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode(errors="replace"))
    return digest.hexdigest()


def _deck_paths(folder: Path) -> list[Path]:
    """Every file that has the place and the ending of a deck file, by path."""
    return [
        path
        for entry in _entries(folder)
        for path in _entries(entry)
        if path.suffix == _SUFFIX and path.is_file()
    ]


def find_decks(folder: Path, domains: Sequence[str]) -> tuple[list[FoundDeck], list[Problem]]:
    """The deck files by domain, then by name, and an error for all that does not belong there.

    With no domains, because the blueprint cannot be read, every folder is taken for one.
    """
    root = Path(os.path.realpath(folder))
    decks: list[FoundDeck] = []
    problems: list[Problem] = []
    for entry in _entries(folder):
        if entry.name == BLUEPRINT_NAME:
            continue
        fault = _domain_fault(entry, root, domains)
        if fault:
            problems.append(_problem(entry, folder, fault))
            continue
        for file in _entries(entry):
            if fault := _deck_fault(file, root):
                problems.append(_problem(file, folder, fault))
            else:
                path = file.relative_to(folder).as_posix()
                decks.append(FoundDeck(path, entry.name, file.stem))
    order = {domain: place for place, domain in enumerate(domains)}
    return sorted(decks, key=lambda deck: (order.get(deck.domain, 0), deck)), problems


def _entries(folder: Path) -> Iterator[Path]:
    """What a folder holds, by name, but for what may stand there without being a deck."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.name != _NOT_A_DECK and path.name[0] not in "._":
            yield path


def _domain_fault(path: Path, root: Path, domains: Sequence[str]) -> Fault | None:
    if not Path(os.path.realpath(path)).is_relative_to(root):
        return _OUTSIDE
    if not path.is_dir():
        return Fault("stray-file", "this is not a deck", "a deck is `<domain>/<deck>.md`")
    if not domains or path.name in domains:
        return None
    meant = get_close_matches(path.name, domains, n=1)
    hint = f"did you mean `{meant[0]}`?" if meant else f"the domains are {', '.join(domains)}"
    message = f"`{path.name}` is not a domain of {BLUEPRINT_NAME}"
    return Fault("unknown-folder", message, hint)


def _deck_fault(path: Path, root: Path) -> Fault | None:
    if not Path(os.path.realpath(path)).is_relative_to(root):
        return _OUTSIDE
    if not path.is_file() or path.suffix != _SUFFIX:
        hint = "move it away, or begin its name with `_`; a deck's name ends with .md"
        return Fault("stray-file", "this is not a deck", hint)
    if not is_key(path.stem):
        hint = "a deck's name is lower-case letters and digits, with single hyphens between"
        return Fault("bad-deck-name", f"`{path.stem}` cannot be the name of a deck", hint)
    return None


_OUTSIDE = Fault(
    "outside-link",
    "this is a link that leaves the decks folder",
    "put the file itself here",
)


def _problem(path: Path, folder: Path, fault: Fault) -> Problem:
    name = path.relative_to(folder).as_posix()
    message = _printable(fault.message)
    return Problem(_printable(name), 1, 1, fault.code, Severity.ERROR, message, fault.hint)


def _printable(text: str) -> str:
    """The text with what is no Unicode in a file's name written as escapes."""
    return text.encode(errors="backslashreplace").decode()
