"""Gaps of a cloze text: written `{{c1::text}}` or `{{c1::text::hint}}`, not nested, not empty."""

import re

from cmom_srs.deckfiles.grammar.lines import Report
from cmom_srs.deckfiles.grammar.lines import Text

_BRACES = re.compile(r"\{\{|\}\}")
_NUMBER = re.compile(r"c([1-9][0-9]?)::")
_HOW = "write `{{c1::text}}` or `{{c1::text::hint}}`, with a number from 1 to 99"


def check_gaps(text: Text, report: Report) -> None:
    """Reports gaps that are nested, empty, not closed or badly written, and a text without any."""
    braces = _BRACES.search(text.text)
    if braces is None:
        report.error(text.place(), "no-gap", "this cloze text has no gap", _HOW)
    while braces:
        end = _check_braces(text, braces, report)
        braces = _BRACES.search(text.text, end)


def _check_braces(text: Text, braces: re.Match[str], report: Report) -> int:
    """Checks the gap that these braces open; the offset at which to look for the next."""
    start = braces.start()
    if braces[0] == "}}":
        report.error(text.place(start), "stray-brace", "this `}}` closes no gap", _HOW)
        return braces.end()
    following = _BRACES.search(text.text, start + 2)
    end = _closing(text.text, start)
    if following is None or end is None:
        report.error(text.place(start), "unclosed-gap", "this gap is not closed", _HOW)
        return start + 2
    if following[0] == "{{":
        place = text.place(following.start())
        report.error(place, "nested-gap", "a gap stands inside another gap", "take one of them out")
    else:
        _check_inside(text, start, end, report)
    return end


def _closing(text: str, start: int) -> int | None:
    """Where the gap ends that opens at `start`, counting the gaps inside it; None if nowhere."""
    depth = 0
    for braces in _BRACES.finditer(text, start):
        depth += 1 if braces[0] == "{{" else -1
        if depth == 0:
            return braces.end()
    return None


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
