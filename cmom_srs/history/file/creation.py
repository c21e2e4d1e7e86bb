"""A new history: whole at its place, or not there at all."""

import os
from collections.abc import Iterator
from contextlib import closing
from contextlib import contextmanager
from contextlib import suppress
from pathlib import Path

from cmom_srs.history.file import migrations
from cmom_srs.history.file import trouble
from cmom_srs.history.file.database import Database

_OWNER_ALONE = 0o600
_OWNERS_FOLDER = 0o700


def create_if_absent(path: Path, is_default_place: bool) -> None:
    """Makes an empty history where there is no file, readable by its owner alone.

    It is finished under another name first: a file of no bytes is therefore never one of ours in
    the making. Only the folder of the default place is made, since a history is missing elsewhere
    when a drive is not there, and a new one in its stead would hide that. HistoryError for a
    folder that is not there or cannot be made, or a file that cannot be written.
    """
    if os.path.lexists(path):
        return
    if is_default_place:
        _make_folder(path)
    elif not path.parent.is_dir():
        raise trouble.folder_not_there(path)
    with _draft(path) as draft:
        with closing(Database(draft, busy_timeout_seconds=1)) as database:
            migrations.migrate(database, is_new=True)
        with suppress(FileExistsError):  # another process was faster
            _place(draft, path)


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(mode=_OWNERS_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise trouble.no_folder(path) from error


@contextmanager
def _draft(path: Path) -> Iterator[Path]:
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with suppress(FileNotFoundError):
            draft.unlink()
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, _OWNER_ALONE))
    except OSError as error:
        raise trouble.UnwritableError(path) from error
    try:
        yield draft
    finally:
        with suppress(OSError):
            draft.unlink()


def _place(draft: Path, path: Path) -> None:
    """Gives the draft its name, unless a file has it. Raises FileExistsError."""
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if path.exists():
            raise FileExistsError(path) from None
        draft.replace(path)
