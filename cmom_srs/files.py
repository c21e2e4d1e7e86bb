"""A file replaced in one step, durably, or left as it was."""

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path

from cmom_srs.errors import CmomError

_LOOK_AT_PERMISSIONS = "Look at the permissions of the file and of its folder."
_WAYS_OUT = {
    errno.ENOSPC: "Make room on the disk, then run the command again.",
    errno.EDQUOT: "Make room in your quota, then run the command again.",
    errno.EROFS: "Name a place on another disk: this one can only be read.",
    errno.EFBIG: "Name a place on another disk: this one takes no file of that size.",
    errno.ENOENT: "Look whether its folder is there.",
}


class UnwritableFileError(CmomError):
    """A file that cannot be written; what was there before is still there."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(
            f"{path} cannot be written: {error.strerror or type(error).__name__}.",
            _WAYS_OUT.get(error.errno or 0, _LOOK_AT_PERMISSIONS),
        )


def replace_file(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Writes a file whole: a reader, or the next start after a crash, finds the old or the new one.

    It is on disk when this returns. A new file gets the permissions of `mode`, less what the system
    takes away; one that was there keeps its own, and a symbolic link its place. Raises
    UnwritableFileError, with nothing left behind.
    """
    target = Path(os.path.realpath(path))
    draft = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        draft.touch(mode)
        if target.exists():
            shutil.copymode(target, draft)
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise UnwritableFileError(path, error) from error


def _sync_folder(folder: Path) -> None:
    """Makes the new name durable too, where folders can be synced (not on Windows)."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
