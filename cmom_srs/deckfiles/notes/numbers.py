"""Numbers that authors write in calculation notes: values, ranges, choices, Expect, Decimals."""

import re
from decimal import Decimal
from typing import NamedTuple

from cmom_srs.deckfiles.grammar.lines import Report
from cmom_srs.deckfiles.grammar.lines import Text
from cmom_srs.deckfiles.grammar.sections import Part
from cmom_srs.study.notes import Parameter
from cmom_srs.study.questions.formula import FUNCTIONS

_VALUE = re.compile(r"([-−]?)(\$?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?(%?)")
_MOST_DIGITS = 15
_MOST_DECIMALS = 10
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_WORD = re.compile(r"\S+")
_HOW_VALUE = "write a number such as 1250, $1,250.50, 5% or -3"
_HOW_RANGE = "write `LOW to HIGH by STEP`, or `A or B or C`, or one number"


class WrittenNumber(NamedTuple):
    """A number with its signs, as written; `at` is its offset in its text."""

    number: Decimal
    decimals: int
    prefix: str
    suffix: str
    at: int

    @property
    def signs(self) -> str:
        """`$`, `%`, both or nothing."""
        return self.prefix + self.suffix


def read_parameter(part: Part, report: Report) -> tuple[str, Parameter | None]:
    """A `- name: range` under Given: the name, empty if it is none, and what it stands for."""
    name, colon, _ = part.text.text.partition(":")
    if not colon or not _NAME.fullmatch(name):
        message = f"`{name}` is not a name" if colon else "a given number has no name"
        hint = "write `- name: range`; a name is lower-case letters, digits and underscores"
        report.error(part.text.place(), "bad-name", message, hint)
        return "", None
    if name in FUNCTIONS:
        message = f"`{name}` is the name of a function"
        report.error(part.text.place(), "bad-name", message, "choose another name")
        return "", None
    return name, _read_range(name, part.text, len(name) + 1, report)


def _read_range(name: str, text: Text, start: int, report: Report) -> Parameter | None:
    ends, is_interval = _find_ends(text.text, start)
    if not is_interval:
        return _read_choices(name, text, start, report)
    if len(ends) < 3:
        place = text.place(next(_WORD.finditer(text.text, start)).start())
        report.error(place, "bad-range", "the step is missing", _HOW_RANGE)
        return None
    values = _read_values(ends, text, report)
    if values is None:
        return None
    low, high, step = (value.number for value in values)
    if fault := _range_fault(low, high, step):
        report.error(text.place(values[0].at), "bad-range", fault, _HOW_RANGE)
        return None
    return Parameter(
        name,
        low=low,
        high=high,
        step=step,
        decimals=max(value.decimals for value in values),
        prefix=values[0].prefix,
        suffix=values[0].suffix,
    )


def _find_ends(text: str, start: int) -> tuple[list[tuple[int, int]], bool]:
    """Where the numbers of `LOW to HIGH by STEP` stand, and whether it has the form `LOW to HIGH`.

    Only the first `to` and the first `by` behind it count.
    """
    low, *rest = _between(text, start, "to")
    if not rest or not text[low[0] : low[1]].strip():
        return [low], False
    high, *rest = _between(text, rest[0][0], "by")
    return ([low, high, (rest[0][0], len(text))] if rest else [low, high]), True


def _between(text: str, start: int, word: str) -> list[tuple[int, int]]:
    """The stretches of the text from `start` on that a word, with blanks around, separates."""
    found = [
        one.span()
        for one in _WORD.finditer(text, start)
        if one[0] == word and start < one.start() and one.end() < len(text)
    ]
    starts = [start, *(end for _, end in found)]
    stops = [*(begin for begin, _ in found), len(text)]
    return list(zip(starts, stops, strict=True))


def _range_fault(low: Decimal, high: Decimal, step: Decimal) -> str:
    if low >= high:
        return f"{low} is not below {high}"
    if step <= 0:
        return "the step is not above 0"
    if (high - low) % step:
        return f"the way from {low} to {high} is no whole number of steps of {step}"
    return ""


def _read_choices(name: str, text: Text, start: int, report: Report) -> Parameter | None:
    values = _read_values(_between(text.text, start, "or"), text, report)
    if values is None:
        return None
    return Parameter(
        name,
        choices=tuple(value.number for value in values),
        decimals=max(value.decimals for value in values),
        prefix=values[0].prefix,
        suffix=values[0].suffix,
    )


def _read_values(
    spans: list[tuple[int, int]], text: Text, report: Report
) -> tuple[WrittenNumber, ...] | None:
    """The values at these spans of the text, all with the same signs; None if one is reported."""
    values = [read_value(text, start, stop, report) for start, stop in spans]
    sound = tuple(value for value in values if value)
    if len(sound) < len(values):
        return None
    for value in sound:
        if value.signs != sound[0].signs:
            message = "the numbers do not have the same signs"
            hint = "write `$` or `%` at each of them, or at none"
            report.error(text.place(value.at), "mixed-signs", message, hint)
            return None
    return sound


def read_value(text: Text, start: int, stop: int, report: Report) -> WrittenNumber | None:
    """The value between two offsets of a text; None, and reported, if it does not read as one."""
    piece = text.text[start:stop]
    written = piece.strip()
    at = start + piece.index(written)
    found = _VALUE.fullmatch(written)
    if found is None:
        message = f"`{written}` is not a number" if written else "a number is missing"
        report.error(text.place(at), "bad-number", message, _HOW_VALUE)
        return None
    minus, prefix, digits, fraction, suffix = found.groups(default="")
    digits = digits.replace(",", "")
    if len(digits) > _MOST_DIGITS or len(fraction) > _MOST_DECIMALS:
        message = f"a number has at most {_MOST_DIGITS} digits and {_MOST_DECIMALS} decimals"
        report.error(text.place(at), "bad-number", message, "take a smaller one")
        return None
    number = Decimal(f"{'-' if minus else ''}{digits}{'.' * bool(fraction)}{fraction}")
    return WrittenNumber(number, len(fraction), prefix, suffix, at)


def read_interval(text: Text, report: Report) -> tuple[WrittenNumber, WrittenNumber] | None:
    """`LOW to HIGH`; None, and reported, if it is not."""
    ends, is_interval = _find_ends(text.text, 0)
    if not is_interval or len(ends) > 2:
        message = "Expect is where every answer must lie"
        report.error(text.place(), "bad-expect", message, "write `LOW to HIGH`")
        return None
    values = _read_values(ends, text, report)
    if values is None:
        return None
    if values[0].number > values[1].number:
        message = f"{values[0].number} is above {values[1].number}"
        report.error(text.place(), "bad-expect", message, "write `LOW to HIGH`")
        return None
    return values[0], values[1]
