"""Lines to sections: the head and the notes, each a list of labeled texts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cmom_srs.deckfiles.grammar import faults
from cmom_srs.deckfiles.grammar.faults import Fault
from cmom_srs.deckfiles.grammar.ids import is_id
from cmom_srs.deckfiles.grammar.line_kinds import LineKind
from cmom_srs.deckfiles.grammar.line_kinds import Mark
from cmom_srs.deckfiles.grammar.line_kinds import opens
from cmom_srs.deckfiles.grammar.line_kinds import read_mark
from cmom_srs.deckfiles.grammar.lines import PlaceInFile
from cmom_srs.deckfiles.grammar.lines import Report
from cmom_srs.deckfiles.grammar.lines import Text
from cmom_srs.deckfiles.grammar.lines import read_text

MOST_NOTES = 10_000
HEAD_LABELS = frozenset(("Source", "As of", "Tags", "Comment"))

_BEGINS_A_NOTE = frozenset(("Question", "Scenario", "Cloze"))
_ENDS_A_NOTE = frozenset(("Source", "As of", "Until", "Tags", "Extra", "Manual"))
_KIND_LABELS = frozenset(("Answer", "Cloze", "Formula"))
_GIVEN = re.compile(r"- [a-z][a-z0-9_]*: ")
_WHY = re.compile(r" +Why:")


class Part(NamedTuple):
    """A label, an option, a step or a given number, with its text.

    `name` is the label, `x` for a marked option, a step's number. A part that `is_guess` was not
    written as the format has it, which has been reported.
    """

    kind: LineKind
    name: str
    place: PlaceInFile
    text: Text
    why: Text | None = None
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A note, or the head of the file.

    `name` is the note's id or the deck's title; None when the line that should hold it is
    missing. A section that `has_stray` holds something that was not understood: what seems to be
    missing may be that.
    """

    place: PlaceInFile
    name: Text | None
    parts: tuple[Part, ...] = ()
    has_stray: bool = False

    @property
    def has_guess(self) -> bool:
        """Whether something here was not written as the format has it."""
        return self.has_stray or any(part.is_guess for part in self.parts)


def outline(lines: Sequence[str], report: Report) -> tuple[Section, tuple[Section, ...]]:
    """The head and the notes of a deck file; every line that fits nowhere is reported.

    Nothing is read behind the last note that a file may have.
    """
    openers = [row for row, line in enumerate(lines) if opens(line)]
    first = next((row for row, line in enumerate(lines) if line), 0)
    outliner = _Outliner(lines, report, first)
    for row, stop in zip(openers, [*openers[1:], len(lines)], strict=False):
        outliner.take(row, stop)
        if outliner.is_full:
            break
    return outliner.close()


class _Outliner:
    """The section being read while the lines of a file are gone through."""

    def __init__(self, lines: Sequence[str], report: Report, first: int) -> None:
        self._lines = lines
        self._report = report
        self._sections: list[Section] = []
        self._open(first)
        # An indented title is a title that is badly written, not one that is missing.
        opening = lines[first].lstrip(" ")
        self._is_untitled = not opening or read_mark(opening).kind is not LineKind.TITLE
        self._first = first
        if self._is_untitled:
            self._report_fault(faults.MISSING_TITLE, first)

    def _open(self, row: int, *, has_stray: bool = False) -> None:
        self._place = PlaceInFile(row + 1, 1)
        self._name: Text | None = None
        self._parts: list[Part] = []
        self._labels: dict[str, Part] = {}
        self._is_answered = False
        self._has_stray = has_stray

    def _close(self) -> None:
        parts = tuple(self._parts)
        self._sections.append(Section(self._place, self._name, parts, self._has_stray))

    @property
    def is_full(self) -> bool:
        """Whether one note more has begun than a file may have."""
        return len(self._sections) > MOST_NOTES

    def take(self, row: int, stop: int) -> None:
        """Reads the lines from `row`, which opens something, to before `stop`."""
        mark = read_mark(self._lines[row])
        match mark.kind:
            case LineKind.TITLE:
                self._take_title(mark, row, stop)
            case LineKind.HEADING:
                self._report_fault(mark.fault, row)
                self._begin_note(mark, row, stop)
            case LineKind.STRAY:
                self._stray(mark.fault or faults.STRAY_TEXT, row)
            case _:
                self._take_part(mark, row, stop)

    def close(self) -> tuple[Section, tuple[Section, ...]]:
        """The head and the notes, once all lines are taken or there is a note too many."""
        if self.is_full:
            self._report.error(self._place, *faults.TOO_MANY_NOTES)
        self._close()
        return self._sections[0], tuple(self._sections[1 : MOST_NOTES + 1])

    @property
    def _is_head(self) -> bool:
        return not self._sections

    def _report_fault(self, fault: Fault | None, row: int) -> None:
        if fault:
            self._report.error(self._place_of(row), *fault)

    def _place_of(self, row: int) -> PlaceInFile:
        line = self._lines[row]
        return PlaceInFile(row + 1, len(line) - len(line.lstrip(" ")) + 1)

    def _stray(self, fault: Fault, row: int) -> None:
        if self._is_untitled and row == self._first:
            return  # the missing title has been reported here
        self._report_fault(fault, row)
        self._has_stray = True

    def _begin_note(self, mark: Mark, row: int, stop: int) -> None:
        self._close()
        self._open(row)
        self._take_name(mark, row, stop)

    def _begin_note_without_heading(self, fault: Fault, row: int) -> None:
        """What seems to be missing in either note may stand in the other."""
        self._report_fault(fault, row)
        self._has_stray = self._has_stray or not self._is_head
        self._close()
        self._open(row, has_stray=True)

    def _take_name(self, mark: Mark, row: int, stop: int) -> None:
        """The id or title on a heading's line; a text below it, without label, is reported."""
        self._name = read_text(self._lines, row, row + 1, mark.column)
        below = next((below for below in range(row + 1, stop) if self._lines[below]), None)
        if below is not None:
            self._stray(faults.UNLABELED, below)

    def _take_title(self, mark: Mark, row: int, stop: int) -> None:
        if self._is_head and self._name is None:
            self._report_fault(mark.fault, row)
            self._take_name(mark, row, stop)
            return
        self._report_fault(faults.SECOND_TITLE, row)
        if is_id(self._lines[row][mark.column - 1 :]):
            self._begin_note(mark, row, stop)

    def _take_part(self, mark: Mark, row: int, stop: int) -> None:
        above = self._parts[-1] if self._parts else None
        if mark.kind is LineKind.DASH:
            mark = self._read_dash(mark, above, self._lines[row])
        if mark.kind is LineKind.STEP and mark.fault and not _may_be_step(mark, above):
            mark = _STRAY
        if mark.kind is LineKind.LABEL and mark.name == "Why":
            self._take_why_at_margin(mark, row, stop)
            return
        if mark.kind is LineKind.STRAY:
            self._stray(mark.fault or faults.STRAY_TEXT, row)
            return
        if self._is_head and not self._fits_head(mark, row):
            return
        if mark.kind is LineKind.LABEL and mark.name != "Wrong" and not mark.fault:
            mark = self._check_order(mark, row)
        self._report_fault(mark.fault, row)
        part = self._part(mark, row, stop)
        self._parts.append(part)
        self._is_answered = self._is_answered or _is_answer(part)
        if mark.kind is LineKind.LABEL:
            self._labels.setdefault(mark.name, part)

    def _read_dash(self, mark: Mark, above: Part | None, line: str) -> Mark:
        """A `- ` without a box: a number under Given, an option whose box is missing, or stray."""
        if above and (above.kind is LineKind.DASH or above.name == "Given"):
            return mark
        if above and above.kind is LineKind.OPTION:
            return Mark(LineKind.OPTION, "", mark.column, faults.NO_BOX)
        if _GIVEN.match(line):
            return mark._replace(fault=faults.NOT_UNDER_GIVEN)
        return Mark(LineKind.STRAY, "", 1, faults.STRAY_LIST)

    def _fits_head(self, mark: Mark, row: int) -> bool:
        """Whether the part may be added: a label of the head, or a note that lacks its heading."""
        if mark.kind is LineKind.LABEL and mark.name in HEAD_LABELS:
            return True
        if mark.kind is LineKind.LABEL and mark.name not in _BEGINS_A_NOTE:
            message = f"`{mark.name}:` does not belong in the head of the file"
            hint = f"the head's labels are {', '.join(sorted(HEAD_LABELS))}"
            self._stray(Fault("not-in-head", message, hint), row)
            return False
        self._begin_note_without_heading(faults.NO_HEADING, row)
        return True

    def _check_order(self, mark: Mark, row: int) -> Mark:
        """The mark of a label; with a fault if it was there before, or comes too late.

        What asks something once an answer is there begins the next note, whose heading is missing.
        """
        fault = None
        if mark.name in self._labels:
            fault = faults.twice(mark.name, self._labels[mark.name].place)
        elif mark.name == "Scenario" and "Question" in self._labels:
            fault = faults.LATE_SCENARIO
        elif self._is_of_another_note(mark.name):
            fault = faults.NO_HEADING
        if fault and mark.name in _BEGINS_A_NOTE and self._is_answered:
            self._begin_note_without_heading(fault._replace(hint=faults.NO_HEADING.hint), row)
            return mark
        return mark._replace(fault=fault) if fault else mark

    def _is_of_another_note(self, label: str) -> bool:
        """Whether a question follows on a cloze, or a cloze on anything, once a note seems over."""
        is_other = label in _BEGINS_A_NOTE and (label == "Cloze" or "Cloze" in self._labels)
        return is_other and not _ENDS_A_NOTE.isdisjoint(self._labels) and self._is_answered

    def _part(self, mark: Mark, row: int, stop: int) -> Part:
        whys = [below for below in range(row + 1, stop) if _WHY.match(self._lines[below])]
        text = read_text(self._lines, row, min(whys, default=stop), mark.column)
        why = self._read_whys(mark, whys, stop)
        is_guess = mark.fault is not None or len(whys) > (why is not None)
        return Part(mark.kind, mark.name, self._place_of(row), text, why, is_guess)

    def _read_whys(self, mark: Mark, rows: list[int], stop: int) -> Text | None:
        if not rows:
            return None
        if mark.kind is not LineKind.OPTION and mark.name != "Wrong":
            self._report_fault(faults.MISPLACED_WHY, rows[0])
            return None
        for row in rows[1:]:
            self._report_fault(faults.WHY_TWICE, row)
        start = rows[0]
        line = self._lines[start]
        column = line.index(":") + 2
        if line[column - 1 : column] not in ("", " "):
            self._report_fault(faults.WHY_BLANK, start)
        return read_text(self._lines, start, min(rows[1:], default=stop), column)

    def _take_why_at_margin(self, mark: Mark, row: int, stop: int) -> None:
        above = self._parts[-1] if self._parts else None
        if above is None or (above.kind is not LineKind.OPTION and above.name != "Wrong"):
            self._stray(faults.MISPLACED_WHY, row)
            return
        if above.why:
            self._report_fault(faults.WHY_TWICE, row)
            return
        self._report_fault(mark.fault or faults.WHY_AT_MARGIN, row)
        self._parts[-1] = above._replace(why=read_text(self._lines, row, stop, mark.column))


_STRAY = Mark(LineKind.STRAY, "", 1, faults.STRAY_TEXT)


def _is_answer(part: Part) -> bool:
    return part.kind in (LineKind.OPTION, LineKind.STEP) or part.name in _KIND_LABELS


def _may_be_step(mark: Mark, above: Part | None) -> bool:
    """Whether a number at the margin, written in another way, is a step and not a text's."""
    return mark.name == "1" or (above is not None and above.kind is LineKind.STEP)
