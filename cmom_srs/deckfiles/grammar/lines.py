"""A deck file's text before any grammar: its lines, where each text stands, the errors found."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from unicodedata import combining
from unicodedata import is_normalized
from unicodedata import normalize

from cmom_srs.errors import Problem
from cmom_srs.errors import Severity

MOST_ERRORS = 10_000
MOST_MARKS = 30

_LONGEST_MESSAGE = 300
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
        if not offset:
            return self.start
        starts = _line_starts(self.text)
        below = bisect_right(starts, offset) - 1
        if not below:
            return PlaceInFile(self.start.line, self.start.column + offset)
        return PlaceInFile(self.start.line + below, self.margin + offset - starts[below])


# A text with an error at every word is asked for the places of all of them, one after the other.
@lru_cache(maxsize=16)
def _line_starts(text: str) -> list[int]:
    """The offset at which each line of the text begins."""
    return [0, *(line_end.end() for line_end in re.finditer("\n", text))]


class Report:
    """The errors of one file, in the order in which they are found.

    `count` is how many there are; `problems` holds no more of them than anyone would mend in one
    go, and one that says so.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.count = 0

    def error(self, place: PlaceInFile, code: str, message: str, hint: str) -> None:
        """Adds an error at a place of the file; its message becomes one line."""
        self.count += 1
        if self.count > MOST_ERRORS + 1:
            return
        if self.count > MOST_ERRORS:
            code, hint = "too-many-errors", "mend these, then check again"
            message = f"this file has more than {MOST_ERRORS:,} errors; the others are not listed"
        line, column = place
        message, hint = one_line(message), one_line(hint)
        self.problems.append(Problem(self.path, line, column, code, Severity.ERROR, message, hint))


def one_line(text: str) -> str:
    """A message about what an author wrote, fit for a screen.

    Its blanks are collapsed, its middle is left out when it is long, and what is no Unicode or
    would steer a terminal stands as an escape.
    """
    line = " ".join(_CONTROL.sub(lambda found: _escape(found[0]), text).split())
    if len(line) > _LONGEST_MESSAGE:
        line = f"{line[: _LONGEST_MESSAGE // 2]} ... {line[-_LONGEST_MESSAGE // 3 :]}"
    return line.encode(errors="backslashreplace").decode()


def _escape(control: str) -> str:
    return " " if control.isspace() else control.encode("unicode_escape").decode()


def read_limited(path: Path, most: int, report: Report) -> bytes | None:
    """The file's bytes; None, and reported, if it cannot be read or has more than `most`."""
    try:
        is_too_large = path.stat().st_size > most
        data = b"" if is_too_large else path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message, hint = f"the file cannot be read: {reason}", "look at its permissions"
        report.error(PlaceInFile(1, 1), "unreadable", message, hint)
        return None
    if is_too_large:
        message = f"the file has more than {most // 1000:,} kB"
        report.error(PlaceInFile(1, 1), "too-large", message, "make several files of it")
        return None
    return data


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
        lines = enumerate(text.split("\n"), 1)
        text = "\n".join([_composed(line, number, report) for number, line in lines])
    return [line.rstrip() for line in _without_controls(text, report).split("\n")]


def _composed(line: str, number: int, report: Report) -> str:
    """The line in NFC; without any marks, and reported, if a letter carries a heap of them.

    Marks are put in order one by one, which takes hours for a heap of a million.
    """
    if is_normalized("NFC", line):
        return line
    marks = 0
    for column, letter in enumerate(line, 1):
        marks = marks + 1 if combining(letter) else 0
        if marks > MOST_MARKS:
            message = f"a letter carries more than {MOST_MARKS} accents and other marks"
            hint = "delete them; retyping the line is the surest way"
            report.error(PlaceInFile(number, column - marks), "too-many-marks", message, hint)
            return "".join(letter for letter in line if not combining(letter))
    return normalize("NFC", line)


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
