"""Editing the note on the screen, in the learner's own editor."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from pathlib import PureWindowsPath

from cmom_srs.cli import places
from cmom_srs.cli.learner import Learner
from cmom_srs.deckfiles import headings

# Editors that open a file at a line when told `+LINE FILE`.
_LINE_FIRST = {"vi", "vim", "nvim", "nano", "pico", "emacs", "emacsclient", "micro", "kak", "joe"}


def place(learner: Learner, note_id: str) -> tuple[Path, int] | None:
    """The deck file and the line where a note stands now; None when it stands nowhere."""
    return headings.find(learner.places.decks.path, note_id)


def edit(learner: Learner, note_id: str) -> str:
    """Opens the note in the editor, syncs what was written, and says in a line what came of it."""
    if places.is_shipped(learner.places.decks.path):
        return "These are the shipped decks. To have your own to edit: cmom init DIR"
    found = place(learner, note_id)
    if found is None:
        return f"{note_id} is in no deck file now."
    return _open(*found) or learner.sync_again()


def _open(path: Path, line: int) -> str:
    """Holds the file in the editor until that ends; what went wrong, or nothing."""
    try:
        command = editor_command(os.environ, path, line)
    except ValueError as error:
        return f"EDITOR is no command ({error}). Set it anew, or open {path}, line {line}."
    if command is None:
        return f"No editor found. Set EDITOR, or open {path}, line {line}."
    try:
        ended = subprocess.run(command, check=False)  # noqa: S603 - the learner's own editor
    except OSError as error:
        return f"{command[0]} could not be started: {error.strerror}."
    if ended.returncode:
        return f"{command[0]} ended with status {ended.returncode}; see {path}, line {line}."
    return ""


def editor_command(
    environment: Mapping[str, str],
    path: Path,
    line: int,
    is_windows: bool = sys.platform == "win32",
) -> list[str] | None:
    """The editor's command line: VISUAL, EDITOR, else the system's plain editor; None for none.

    Raises ValueError when what is set has a quotation mark without its partner.
    """
    named = environment.get("VISUAL") or environment.get("EDITOR")
    command = _words(named, is_windows) if named else _system_editor(is_windows)
    if not command:
        return None
    # The name of a program may stand for a script of another ending (`code` is `code.cmd`).
    program, *options = shutil.which(command[0]) or command[0], *command[1:]
    name = PureWindowsPath(command[0]).stem if is_windows else Path(command[0]).stem
    if name in _LINE_FIRST:
        return [program, *options, f"+{line}", str(path)]
    if name == "code":
        return [program, *options, "--wait", "--goto", f"{path}:{line}"]
    return [program, *options, str(path)]


def _words(command: str, is_windows: bool) -> list[str]:
    """The program and its options, as the system's own shell would have them.

    On Windows a backslash is part of a path, only `"` quotes, and a path to a program may have
    blanks without being quoted.
    """
    if not is_windows:
        return shlex.split(command)
    if shutil.which(command):
        return [command]
    words = shlex.shlex(command, posix=True)
    words.whitespace_split, words.quotes, words.escape, words.commenters = True, '"', "", ""
    return list(words)


def _system_editor(is_windows: bool) -> list[str]:
    if is_windows:
        return ["notepad"]
    return [name for name in ("nano", "vi") if shutil.which(name)][:1]
