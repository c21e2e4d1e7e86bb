"""A deck file's text before any grammar: its lines, where each text stands, the errors found."""

import re
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import is_normalized
from unicodedata import normalize

from cmom_srs.errors import Problem
from cmom_srs.errors import Severity

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")


class PlaceInFile(NamedTuple):
    """A line and a column of a file, both from 1."""

    line: int
    column: int


class Text(NamedTuple):
    """What an author wrote in one place, and where: `start` and, for lines below, `margin`.

    `margin` is the column in which the lines after the first begin.
    """

    text: str
    start: PlaceInFile
    margin: int = 1

    def place(self, offset: int = 0) -> PlaceInFile:
        """Where the text's character at `offset` (from 0) stands in the file."""
        before = self.text[:offset]
        below = before.count("\n")
        if not below:
            return PlaceInFile(self.start.line, self.start.column + len(before))
        in_line = len(before) - before.rindex("\n") - 1
        return PlaceInFile(self.start.line + below, self.margin + in_line)


class Report:
    """The errors of one file, in the order in which they are found."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def error(self, place: PlaceInFile, code: str, message: str, hint: str) -> None:
        """Adds an error at a place of the file; its message becomes one line."""
        line, column = place
        message = " ".join(message.split())
        self.problems.append(Problem(self.path, line, column, code, Severity.ERROR, message, hint))


def read_lines(data: bytes, report: Report) -> list[str]:
    """The file's lines without blanks at their ends, characters as deck format rule 1 has them.

    A byte that is no UTF-8 and a control character are reported and replaced, so that the rest of
    the file can be read. What is no text at all has no lines.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _report_encoding(data[: error.start], report)
        text = "" if b"\0" in data else data.decode("utf-8", errors="replace")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    text = text.replace("\t", "    ").replace("\u00a0", " ")
    if not is_normalized("NFC", text):
        text = normalize("NFC", text)
    return [line.rstrip() for line in _without_controls(text, report).split("\n")]


def _report_encoding(sound: bytes, report: Report) -> None:
    line = sound.rpartition(b"\n")[2].decode("utf-8").removeprefix("\ufeff")
    place = PlaceInFile(sound.count(b"\n") + 1, len(line.replace("\t", "    ")) + 1)
    report.error(place, "not-utf8", "this is not UTF-8 text", "save the file in the encoding UTF-8")


def _without_controls(text: str, report: Report) -> str:
    for number, line in enumerate(text.split("\n"), 1) if _CONTROL.search(text) else ():
        if control := _CONTROL.search(line):
            report.error(
                PlaceInFile(number, control.start() + 1),
                "control-character",
                f"the line holds an invisible control character (U+{ord(control[0]):04X})",
                "delete it; retyping the line is the surest way",
            )
    return _CONTROL.sub(" ", text)


def read_text(lines: Sequence[str], start: int, stop: int, column: int) -> Text:
    """The text that begins at `column` of `lines[start]` and goes on to before `lines[stop]`.

    The common indentation of the lines after the first is removed, and empty lines at both ends.
    """
    first = lines[start][column - 1 :]
    text = first.lstrip()
    stop = _end_of_text(lines, start, stop)
    if stop == start + 1:
        return Text(text, PlaceInFile(start + 1, column + len(first) - len(text)))
    more = lines[start + 1 : stop]
    margin = min(len(line) - len(line.lstrip(" ")) for line in more if line)
    below = "\n".join([line[margin:] for line in more])
    if text:
        place = PlaceInFile(start + 1, column + len(first) - len(text))
        return Text(f"{text}\n{below}", place, margin + 1)
    text = below.lstrip("\n")
    return Text(text, PlaceInFile(start + 2 + len(below) - len(text), margin + 1), margin + 1)


def _end_of_text(lines: Sequence[str], start: int, stop: int) -> int:
    """The row behind the last one that is not empty, at least the one behind `start`."""
    while stop > start + 1 and not lines[stop - 1]:
        stop -= 1
    return stop
