"""Problems found in deck files, and commands that cannot go on."""

from enum import StrEnum
from typing import NamedTuple

from cmom_srs.printable import printable

_LONGEST_SENTENCE = 2000  # a path has as many characters as its author likes


class Severity(StrEnum):
    """How much a problem matters: an error keeps a file out, advice does not."""

    ERROR = "error"
    ADVICE = "advice"


class Problem(NamedTuple):
    """Something an author should fix, at a place in a deck file.

    Problems sort by path, line and column. Lines and columns count from 1; a tab counts as four
    columns. `hint` is the one thing to do next, or empty.
    """

    path: str
    line: int
    column: int
    code: str
    severity: Severity
    message: str
    hint: str = ""


class CmomError(Exception):
    """A command that cannot go on: one sentence for the learner, and the way out."""

    exit_code = 1

    def __init__(self, sentence: str, way_out: str = "") -> None:
        super().__init__(sentence)
        self.sentence = printable(sentence, _LONGEST_SENTENCE)
        self.way_out = printable(way_out, _LONGEST_SENTENCE)


class HistoryError(CmomError):
    """The history cannot be read, is too new, locked or damaged; its file was not touched."""

    exit_code = 3
