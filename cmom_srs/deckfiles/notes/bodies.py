"""What a note asks and how: its kind, and the body of each kind."""

import re
from collections.abc import Mapping

from cmom_srs.deckfiles.grammar import faults
from cmom_srs.deckfiles.grammar.line_kinds import LineKind
from cmom_srs.deckfiles.grammar.lines import Report
from cmom_srs.deckfiles.grammar.lines import Text
from cmom_srs.deckfiles.grammar.sections import Part
from cmom_srs.deckfiles.grammar.sections import Section
from cmom_srs.deckfiles.notes.calculation import read_calculation
from cmom_srs.deckfiles.notes.cloze import check_gaps
from cmom_srs.deckfiles.notes.fields import Fields
from cmom_srs.deckfiles.notes.fields import read_yes
from cmom_srs.study.notes import Basic
from cmom_srs.study.notes import Body
from cmom_srs.study.notes import Choice
from cmom_srs.study.notes import Cloze
from cmom_srs.study.notes import Option
from cmom_srs.study.notes import Steps

_ASKED = frozenset(("Question", "Scenario"))
_CALCULATED = frozenset(("Given", "Formula", "Decimals", "Unit", "Tolerance", "Expect", "Wrong"))
_COMMON = frozenset(("Source", "As of", "Until", "Tags", "Extra", "Manual", "Formerly", "Comment"))
_LABELS: Mapping[str, frozenset[str]] = {
    "basic": _COMMON | _ASKED | {"Answer", "Reverse"},
    "cloze": _COMMON | {"Cloze"},
    "choice": _COMMON | _ASKED,
    "calculation": _COMMON | _ASKED | _CALCULATED,
    "steps": _COMMON | _ASKED,
}
_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "basic": ("Question",),
    "cloze": (),
    "choice": ("Question",),
    "calculation": ("Question", "Given", "Formula"),
    "steps": ("Question",),
}
_KIND_OF_LABEL = {
    "Answer": "basic",
    "Cloze": "cloze",
    "Given": "calculation",
    "Formula": "calculation",
}
_KIND_OF_PART = {LineKind.OPTION: "choice", LineKind.STEP: "steps", LineKind.DASH: "calculation"}
_LAST = "{last}"
_ANY_LAST = re.compile(r"\{\s*last\s*\}", re.IGNORECASE)


def read_kind(section: Section, fields: Fields, report: Report) -> str | None:
    """The note's kind, by what is present; None if that names two kinds, or none.

    Reports labels that this kind does not have, and those it needs.
    """
    kind = _find_kind(section, fields, report)
    if kind is None:
        return None
    for label, part in fields.parts.items():
        if label not in _LABELS[kind]:
            kinds = ", ".join(name for name in _LABELS if label in _LABELS[name])
            message = f"a {kind} note has no `{label}:`, only {kinds} notes have one"
            report.error(part.place, "label-not-allowed", message, "delete the label")
    has_given = any(part.kind is LineKind.DASH for part in section.parts)
    for label in () if section.has_stray else _REQUIRED[kind]:
        if label not in fields.names and not (label == "Given" and has_given):
            message = f"this {kind} note has no `{label}:`"
            report.error(section.place, "missing-label", message, f"add `{label}: `")
    return kind


def _find_kind(section: Section, fields: Fields, report: Report) -> str | None:
    first: dict[str, Part] = {}
    guessed = None
    for part in section.parts:
        kind = _KIND_OF_PART.get(part.kind) or _KIND_OF_LABEL.get(part.name)
        if kind and part.is_guess:
            guessed = guessed or kind
        elif kind:
            first.setdefault(kind, part)
    if len(first) > 1:
        _report_two_kinds(first, report)
        return None
    if not first and not guessed and not section.has_stray:
        _report_no_kind(section, fields, report)
    return next(iter(first), guessed)


def _report_two_kinds(first: Mapping[str, Part], report: Report) -> None:
    (kind, part), (other_kind, other) = list(first.items())[:2]
    report.error(
        other.place,
        "two-kinds",
        f"line {part.place.line} makes this a {kind} note, line {other.place.line} "
        f"a {other_kind} note",
        "keep one of the two, or make two notes of it",
    )


def _report_no_kind(section: Section, fields: Fields, report: Report) -> None:
    """A note without answer: at the place of the indented step that may be one, or of the note."""
    if (question := fields.text("Question")) and (
        step := re.search(r"^1[.)] ", question.text, re.MULTILINE)
    ):
        report.error(question.place(step.start()), *faults.INDENTED_STEP)
        return
    report.error(
        section.place,
        "missing-answer",
        "this note has no answer",
        "add `Answer:`, options, steps, `Formula:` with `Given:`, or a `Cloze:` alone",
    )


def read_body(kind: str, section: Section, fields: Fields, report: Report) -> Body | None:
    """The body of a note of this kind. None or a body that is not whole if errors are reported."""
    question = fields.prose("Question")
    match kind:
        case "basic":
            is_reversible = read_yes(fields.text("Reverse"), report)
            return Basic(question, fields.prose("Answer"), is_reversible)
        case "cloze":
            return Cloze(_read_cloze(section, fields.text("Cloze"), report))
        case "choice":
            return Choice(question, _read_options(section, report))
        case "steps":
            return Steps(question, _read_steps(section, report))
        case _:
            return read_calculation(section, fields, report)


def _read_cloze(section: Section, text: Text | None, report: Report) -> str:
    if text is None:
        return ""
    if "{{" in text.text or "}}" in text.text or not section.has_stray:
        check_gaps(text, report)
    return text.text


def _read_options(section: Section, report: Report) -> tuple[Option, ...]:
    parts = [part for part in section.parts if part.kind is LineKind.OPTION]
    if not 2 <= len(parts) <= 8:
        place = parts[8].place if len(parts) > 8 else parts[0].place
        message = f"a choice note has 2 to 8 options, this one has {len(parts)}"
        report.error(place, "option-count", message, "add an option, or take one out")
    if not section.has_guess and not any(part.name for part in parts):
        message = "none of the options is marked as right"
        hint = "write `- [x] ` before the right one"
        report.error(parts[0].place, "no-right-option", message, hint)
    return tuple(_read_option(part, report) for part in parts)


def _read_option(part: Part, report: Report) -> Option:
    text = part.text.text
    is_last = text.endswith(_LAST)
    if is_last:
        text = text.removesuffix(_LAST).rstrip()
    if other := _ANY_LAST.search(text):
        message = f"`{other[0]}` is not at the end of the option"
        hint = f"write `{_LAST}` as the option's last word"
        report.error(part.text.place(other.start()), "misplaced-last", message, hint)
    if is_last and not text:
        report.error(
            part.place, "empty-text", "this option has no text", f"write it before `{_LAST}`"
        )
    why = part.why.text if part.why else ""
    return Option(text, why, is_right=part.name == "x", is_last=is_last)


def _read_steps(section: Section, report: Report) -> tuple[str, ...]:
    parts = [part for part in section.parts if part.kind is LineKind.STEP]
    expected = 1
    for above, part in zip([None, *parts], parts, strict=False):
        if int(part.name) != expected and not section.has_stray:
            _report_number(above, part, expected, report)
        expected = int(part.name) + 1
    if not 3 <= len(parts) <= 8:
        place = parts[8].place if len(parts) > 8 else parts[0].place
        message = f"a steps note has 3 to 8 steps, this one has {len(parts)}"
        report.error(place, "step-count", message, "add a step, or take one out")
    return tuple(part.text.text for part in parts)


def _report_number(above: Part | None, part: Part, expected: int, report: Report) -> None:
    """A step with a wrong number; perhaps the one before it is indented."""
    indented = above and re.search(rf"^{expected}[.)] ", above.text.text, re.MULTILINE)
    if above and indented:
        report.error(above.text.place(indented.start()), *faults.INDENTED_STEP)
        return
    message = f"this step has the number {part.name}, but {expected} comes next"
    report.error(part.place, "step-number", message, "number the steps 1, 2, 3 without a gap")
