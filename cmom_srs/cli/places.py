"""Where the learner's decks and history are, and which rule chose them."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from cmom_srs.files import replace_file

_PACKAGE = Path(__file__).resolve().parent.parent
_HISTORY_FILE = "history.sqlite3"
_REMEMBERED_FILE = "decks-folder.txt"
_REMEMBERED = "remembered by cmom init"


class Place(NamedTuple):
    """An absolute path, and the rule that chose it; `is_default` when no person named it."""

    path: Path
    rule: str
    is_default: bool = False


class Places(NamedTuple):
    """Everything of the learner's that is on disk."""

    decks: Place
    history: Place
    data: Place


def find(context: click.Context | None = None) -> Places:
    """The places for the running command, by its options, the environment and the defaults."""
    given = (context or click.get_current_context()).find_root().ensure_object(dict)
    return Places(
        decks=next(_decks_places(given.get("decks"))),
        history=_history_place(given.get("history")),
        data=Place(data_folder(), "the system's place for a user's data"),
    )


def data_folder() -> Path:
    """The folder for the history and for what `cmom init` remembers; it need not exist."""
    from platformdirs import user_data_path

    return user_data_path("cmom-srs", appauthor=False)


def shipped_decks() -> Path:
    """The decks that came with the program: inside the installed package, or the repository's."""
    installed = _installed_decks()
    return installed if installed.is_dir() else _PACKAGE.parent / "decks"


def _installed_decks() -> Path:
    """Where the decks are in an installed program; in the repository there are none."""
    return _PACKAGE / "shipped" / "decks"


def is_shipped(decks: Path) -> bool:
    """Whether a decks folder is the installed one, which is never written."""
    return decks.resolve() == _installed_decks()


def are_shipped(decks: Path) -> bool:
    """Whether these are the decks that come with the program: installed, or the repository's."""
    return decks.resolve() == shipped_decks().resolve()


def remember_decks(decks: Path) -> None:
    """Makes a folder the one that commands use where no rule before that names another."""
    folder = data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    replace_file(folder / _REMEMBERED_FILE, f"{decks.resolve()}\n".encode())


def decks_before_remembered() -> Place | None:
    """The decks that come before those remembered, whatever the command; None for none."""
    first = next(_decks_places(None))
    return None if first.rule == _REMEMBERED else first


def typed_path(text: str) -> Path:
    """The absolute path that a person typed: `~` and variables mean what they do in a shell."""
    return Path(os.path.expanduser(os.path.expandvars(text))).absolute()  # noqa: PTH111 - never raises


def _decks_places(option: str | None) -> Iterator[Place]:
    if option:
        yield Place(typed_path(option), "--decks")
    if from_environment := os.environ.get("CMOM_DECKS"):
        yield Place(typed_path(from_environment), "CMOM_DECKS")
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "decks" / "blueprint.toml").is_file():
            yield Place(folder / "decks", "found in the current folder or above it")
    remembered = data_folder() / _REMEMBERED_FILE
    if remembered.is_file() and (line := remembered.read_text(encoding="utf-8").strip()):
        yield Place(Path(line), _REMEMBERED)
    yield Place(shipped_decks(), "shipped with cmom", is_default=True)


def _history_place(option: str | None) -> Place:
    if option:
        return Place(typed_path(option), "--history")
    if from_environment := os.environ.get("CMOM_HISTORY"):
        return Place(typed_path(from_environment), "CMOM_HISTORY")
    path = data_folder() / _HISTORY_FILE
    return Place(path, "the system's place for a user's data", is_default=True)
