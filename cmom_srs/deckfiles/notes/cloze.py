"""Gaps of a cloze text: written `{{c1::text}}` or `{{c1::text::hint}}`, not nested, not empty."""

import re
from collections.abc import Mapping
from collections.abc import Sequence

from cmom_srs.deckfiles.grammar.lines import Report
from cmom_srs.deckfiles.grammar.lines import Text

_BRACES = re.compile(r"\{\{|\}\}")
_NUMBER = re.compile(r"c([1-9][0-9]?)::")
_HOW = "write `{{c1::text}}` or `{{c1::text::hint}}`, with a number from 1 to 99"


def check_gaps(text: Text, report: Report) -> None:
    """Reports gaps that are nested, empty, not closed or badly written, and a text without any."""
    braces = list(_BRACES.finditer(text.text))
    if not braces:
        report.error(text.place(), "no-gap", "this cloze text has no gap", _HOW)
    closing = _find_closing(braces)
    at = 0
    while at < len(braces):
        at = _check_braces(text, braces, at, closing, report)


def _find_closing(braces: Sequence[re.Match[str]]) -> dict[int, int]:
    """The index of the braces that close each gap which is closed, counting the gaps inside it."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    for at, found in enumerate(braces):
        if found[0] == "{{":
            opened.append(at)
        elif opened:
            closing[opened.pop()] = at
    return closing


def _check_braces(
    text: Text,
    braces: Sequence[re.Match[str]],
    at: int,
    closing: Mapping[int, int],
    report: Report,
) -> int:
    """Checks the gap that these braces open; the index of the braces to look at next."""
    start = braces[at].start()
    if braces[at][0] == "}}":
        report.error(text.place(start), "stray-brace", "this `}}` closes no gap", _HOW)
        return at + 1
    if at not in closing:
        report.error(text.place(start), "unclosed-gap", "this gap is not closed", _HOW)
        return at + 1
    if closing[at] > at + 1:
        place = text.place(braces[at + 1].start())
        report.error(place, "nested-gap", "a gap stands inside another gap", "take one of them out")
    else:
        _check_inside(text, start, braces[at + 1].end(), report)
    return closing[at] + 1


def _check_inside(text: Text, start: int, end: int, report: Report) -> None:
    number = _NUMBER.match(text.text, start + 2)
    if number is None:
        report.error(text.place(start), "bad-gap", "this is not how a gap begins", _HOW)
        return
    hidden, mark, hint = text.text[number.end() : end - 2].partition("::")
    if not hidden.strip():
        report.error(text.place(start), "empty-gap", "this gap hides nothing", _HOW)
    elif mark and not hint.strip():
        report.error(text.place(start), "empty-gap", "the hint of this gap is empty", _HOW)
    elif "{" in hidden + hint or "}" in hidden + hint or text.text[end : end + 1] == "}":
        message = "a gap cannot hold or touch another brace"
        report.error(text.place(start), "bad-gap", message, "take the brace out")
