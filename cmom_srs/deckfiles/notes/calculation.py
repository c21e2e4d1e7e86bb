"""Calculation notes: the numbers given, the formulas, the unit, and how an answer is judged."""

import re
from collections.abc import Sequence
from decimal import Decimal

from cmom_srs.deckfiles.grammar import faults
from cmom_srs.deckfiles.grammar.line_kinds import LineKind
from cmom_srs.deckfiles.grammar.lines import PlaceInFile
from cmom_srs.deckfiles.grammar.lines import Report
from cmom_srs.deckfiles.grammar.lines import Text
from cmom_srs.deckfiles.grammar.sections import Part
from cmom_srs.deckfiles.grammar.sections import Section
from cmom_srs.deckfiles.notes.fields import Fields
from cmom_srs.deckfiles.notes.names import check_names
from cmom_srs.deckfiles.notes.names import mistake_parts
from cmom_srs.deckfiles.notes.numbers import WrittenNumber
from cmom_srs.deckfiles.notes.numbers import read_interval
from cmom_srs.deckfiles.notes.numbers import read_parameter
from cmom_srs.deckfiles.notes.numbers import read_value
from cmom_srs.study.notes import Calculation
from cmom_srs.study.notes import Mistake
from cmom_srs.study.notes import Parameter

MOST_GIVEN = 20
MOST_MISTAKES = 20

_DEFAULT_DECIMALS = {"$": 2, "%": 1}
_UNIT = re.compile(r"\$|%|[^\W\d_][^{}$%\n]*")
_ENTRY = re.compile(r"(?<=\n)(?:- )?[a-z][a-z0-9_]*:")


def read_calculation(section: Section, fields: Fields, report: Report) -> Calculation | None:
    """The body of a calculation note; None if its numbers or formulas cannot be computed."""
    before = report.count
    wrong = mistake_parts(section)
    _check_count(wrong, MOST_MISTAKES, "`Wrong:`", report)
    mistakes = tuple(
        Mistake(" ".join(part.text.text.split()), part.why.text if part.why else "")
        for part in wrong
    )
    parameters = _read_given(section, fields, report)
    unit = _read_unit(fields.text("Unit"), report)
    decimals = _read_decimals(fields.text("Decimals"), unit, report)
    tolerance = _read_tolerance(fields.text("Tolerance"), unit, report)
    expect = _read_expect(fields.text("Expect"), unit, report)
    if parameters is None or not fields.text("Formula") or report.count > before:
        return None
    return Calculation(
        fields.prose("Question"),
        parameters,
        fields.line("Formula"),
        decimals,
        unit,
        tolerance,
        expect,
        mistakes,
    )


def _read_given(section: Section, fields: Fields, report: Report) -> tuple[Parameter, ...] | None:
    """The given numbers; None if not all of them could be read."""
    entries = [part for part in section.parts if part.kind is LineKind.DASH]
    label = fields.parts.get("Given")
    is_complete = bool(entries) and not section.has_stray
    if label and label.text.text:
        report.error(label.text.place(), *faults.INDENTED_GIVEN)
        is_complete = False
    elif label and not entries:
        message, hint = "`Given:` lists no number", "write `- name: range` below it"
        report.error(label.place, "empty-text", message, hint)
    _check_count(entries, MOST_GIVEN, "given numbers", report)
    is_complete = is_complete and len(entries) <= MOST_GIVEN
    names: dict[str, PlaceInFile] = {}
    parameters = []
    for part in entries:
        name, parameter = _read_entry(part, names, report)
        is_complete = is_complete and bool(name)
        parameters += [parameter] if parameter else []
    check_names(section, fields, names if is_complete else None, report)
    return tuple(parameters) if is_complete else None


def _check_count(parts: Sequence[Part], most: int, what: str, report: Report) -> None:
    """What a learner could not tell apart, and a machine not compute in time, is refused."""
    if len(parts) > most:
        message = f"a calculation has at most {most} {what}, this one has {len(parts)}"
        report.error(parts[most].place, "too-many-numbers", message, "make several notes of it")


def _read_entry(
    part: Part, names: dict[str, PlaceInFile], report: Report
) -> tuple[str, Parameter | None]:
    """One given number, its name added to `names`; no name if the entry holds another one."""
    if indented := _ENTRY.search(part.text.text):
        report.error(part.text.place(indented.start()), *faults.INDENTED_GIVEN)
        return "", None
    name, parameter = read_parameter(part, report)
    if name in names:
        message = f"`{name}` is given in line {names[name].line} already"
        report.error(part.text.place(), "name-twice", message, "choose another name")
    elif name:
        names[name] = part.text.place()
    return name, parameter


def _read_unit(text: Text | None, report: Report) -> str:
    if text is None:
        return ""
    if not _UNIT.fullmatch(text.text):
        hint = "write `$`, `%` or the unit's words, such as `days`"
        report.error(text.place(), "bad-unit", f"`{text.text}` is not a unit", hint)
    return text.text


def _read_decimals(text: Text | None, unit: str, report: Report) -> int:
    if text and not re.fullmatch("[0-6]", text.text):
        message = f"`{text.text}` is not a number of decimals"
        report.error(text.place(), "bad-decimals", message, "write a number from 0 to 6")
    elif text:
        return int(text.text)
    return _DEFAULT_DECIMALS.get(unit, 0)


def _read_tolerance(text: Text | None, unit: str, report: Report) -> Decimal | None:
    value = read_value(text, 0, len(text.text), report) if text else None
    if text is None or value is None:
        return None
    if value.number < 0:
        hint = "write how far a typed number may be from the answer"
        report.error(text.place(), "bad-tolerance", "the tolerance is below 0", hint)
    _check_sign(value, text, unit, report)
    return value.number


def _read_expect(text: Text | None, unit: str, report: Report) -> tuple[Decimal, Decimal] | None:
    ends = read_interval(text, report) if text else None
    if text is None or ends is None:
        return None
    _check_sign(ends[0], text, unit, report)
    return ends[0].number, ends[1].number


def _check_sign(value: WrittenNumber, text: Text, unit: str, report: Report) -> None:
    """A number that answers are compared with has the answer's sign, or none."""
    if value.signs not in ("", unit):
        message = f"the sign `{value.signs}` is not the answer's"
        hint = f"the unit is `{unit}`" if unit else "add `Unit:`, or take the sign away"
        report.error(text.place(value.at), "mixed-signs", message, hint)
