"""The command keys of a review."""

from enum import StrEnum


class Command(StrEnum):
    """What a command key asks for, the same at every prompt of a review."""

    UNDO = "u"
    WHYS = "w"
    REMARK = "n"
    EDIT = "v"
    BURY = "-"
    SUSPEND = "!"
    MANUAL = "o"
    INFO = "i"
    KEYS = "?"
    LEAVE = "q"


COMMANDS = {str(command): command for command in Command}
