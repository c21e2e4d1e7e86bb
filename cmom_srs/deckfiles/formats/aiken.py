"""Aiken: a question in one line, options `A. ` or `A) `, then `ANSWER: A`."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from cmom_srs.deckfiles.formats.bank import BankFindings
from cmom_srs.deckfiles.formats.bank import BankOption
from cmom_srs.deckfiles.formats.bank import BankQuestion
from cmom_srs.deckfiles.formats.markup import from_plain

_OPTION = re.compile(r"([A-Za-z])[.)]\s+(.*)")
_ANSWER = re.compile(r"ANSWER\s*:\s*([A-Za-z](?:[,\s]+[A-Za-z])*)\s*[.)]?", re.IGNORECASE)
_ANSWERS = re.compile(r"^[ \t]*+ANSWER[ \t]*+:", re.IGNORECASE | re.MULTILINE)
_HOW = "a question stands in one line, then options as `A. text`, then `ANSWER: A`"


class _Line(NamedTuple):
    number: int
    text: str


def is_aiken(text: str) -> bool:
    """Whether a text has at least one line that begins with `ANSWER:`."""
    return _ANSWERS.search(text) is not None


def read(text: str, findings: BankFindings) -> Iterator[BankQuestion]:
    """The questions; those that are not of the format are found to be left out."""
    asked: list[_Line] = []
    options: list[_Line] = []
    for number, written in enumerate(text.split("\n"), 1):
        line = _Line(number, written.strip())
        if _ANSWERS.match(line.text):
            yield from _read_question(asked, options, line, findings)
            asked, options = [], []
        elif _OPTION.fullmatch(line.text):
            options.append(line)
        elif line.text:
            if options:
                _report_unanswered(asked, options, findings)
                asked, options = [], []
            asked.append(line)
    _report_unanswered(asked, options, findings)


def _report_unanswered(asked: list[_Line], options: list[_Line], findings: BankFindings) -> None:
    """Lines on which no `ANSWER:` follows, or only behind another question."""
    for line in (asked or options)[:1]:
        findings.left_out(line.number, "no `ANSWER:` follows on this", _HOW)


def _read_question(
    asked: list[_Line], lines: list[_Line], answer: _Line, findings: BankFindings
) -> Iterator[BankQuestion]:
    options = [found for line in lines if (found := _OPTION.fullmatch(line.text))]
    letters = [option[1].upper() for option in options]
    named = _ANSWER.fullmatch(answer.text)
    right = set(re.findall("[A-Z]", named[1].upper())) if named else set()
    start = (asked or lines or [answer])[0].number
    if not asked:
        findings.left_out(start, "there is no question here", _HOW)
    elif len(set(letters)) < len(letters):
        findings.left_out(start, "two options have the same letter", _HOW)
    elif not right or not right <= set(letters):
        findings.left_out(start, f"`{answer.text}` names none of the options", _HOW)
    else:
        if len(asked) > 1:
            message = f"the question stands in {len(asked)} lines, which are taken together"
            findings.changed(start, message, "look whether another question is among them")
        yield BankQuestion(
            start,
            from_plain("\n".join(line.text for line in asked)),
            tuple(
                BankOption(from_plain(option[2]), option[1].upper() in right) for option in options
            ),
        )
