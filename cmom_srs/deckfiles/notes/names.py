"""Names in a calculation note: every name is given, every given number is shown."""

import re
from collections.abc import Iterator
from collections.abc import Mapping
from difflib import get_close_matches
from typing import NamedTuple

from cmom_srs.deckfiles.grammar.lines import PlaceInFile
from cmom_srs.deckfiles.grammar.lines import Report
from cmom_srs.deckfiles.grammar.lines import Text
from cmom_srs.deckfiles.grammar.sections import Part
from cmom_srs.deckfiles.grammar.sections import Section
from cmom_srs.deckfiles.notes.fields import Fields
from cmom_srs.study.questions import formula

_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_HOW = "a formula has numbers, given names, + - * / **, parentheses, min max round ceil floor sqrt"
_SHOWN_IN = ("Scenario", "Question")


class _NameUse(NamedTuple):
    """A name that a text shows or a formula computes with."""

    place: PlaceInFile
    name: str
    is_shown: bool


def mistake_parts(section: Section) -> list[Part]:
    """The parts `Wrong:` that hold a formula; one without `Why:` may hold more than that."""
    wrong = [part for part in section.parts if part.name == "Wrong" and not part.is_guess]
    return [part for part in wrong if part.text.text and (part.why or "\n" not in part.text.text)]


def check_names(
    section: Section, fields: Fields, given: Mapping[str, PlaceInFile] | None, report: Report
) -> None:
    """Reports braces that hold no name, formulas that are none, and names not given or not shown.

    `given` has the place of each given name; None when not all of them could be read, so that
    nothing can be said about a name.
    """
    before = report.count
    uses = sorted(_shown_names(section, fields, report))
    is_sure = report.count == before and all(
        label in fields.parts for label in _SHOWN_IN if label in fields.names
    )
    uses = sorted([*uses, *_formula_names(section, fields, report)])
    if given is None:
        return
    has_unknown = _report_unknown(uses, given, report)
    shown = {use.name for use in uses if use.is_shown}
    for name, place in given.items():
        if name not in shown and is_sure and not has_unknown:
            message = f"`{name}` is shown in neither Question nor Scenario"
            hint = f"write {{{name}}} where the learner needs the number, or take it out"
            report.error(place, "unshown-name", message, hint)


def _shown_names(section: Section, fields: Fields, report: Report) -> Iterator[_NameUse]:
    for label in (*_SHOWN_IN, "Extra"):
        if text := fields.text(label):
            yield from _names_in(text, report, is_shown=label in _SHOWN_IN)
    for part in section.parts:
        if part.name == "Wrong" and part.why:
            yield from _names_in(part.why, report, is_shown=False)


def _names_in(text: Text, report: Report, *, is_shown: bool) -> Iterator[_NameUse]:
    for braces in _BRACES.finditer(text.text):
        place = text.place(braces.start())
        if braces[1] and _NAME.fullmatch(braces[1]):
            yield _NameUse(place, braces[1], is_shown)
        else:
            message = f"`{braces[0]}` is not a given number"
            hint = "in a calculation, braces only show a given number, as in {charges}"
            report.error(place, "stray-brace", message, hint)


def _formula_names(section: Section, fields: Fields, report: Report) -> Iterator[_NameUse]:
    answer = fields.text("Formula")
    mistakes = [part.text for part in mistake_parts(section)]
    for text in [answer, *mistakes] if answer else mistakes:
        try:
            names = formula.names(text.text)
        except formula.FormulaError as error:
            place = text.place(error.offset)
            report.error(place, "bad-formula", error.message, _HOW)
            continue
        for name in names:
            written = re.search(rf"\b{name}\b", text.text)
            yield _NameUse(text.place(written.start() if written else 0), name, is_shown=False)


def _report_unknown(uses: list[_NameUse], given: Mapping[str, PlaceInFile], report: Report) -> bool:
    """Reports each name not given once, at the given number if that is the misspelt one."""
    unknown: dict[str, PlaceInFile] = {}
    for use in uses:
        if use.name not in given:
            unknown.setdefault(use.name, use.place)
    used = {use.name for use in uses}
    for name, place in given.items():
        meant = [] if name in used else get_close_matches(name, unknown, n=1, cutoff=0.7)
        if meant:
            message = f"`{name}` is used nowhere, and `{meant[0]}` is not given"
            report.error(place, "unknown-name", message, f"did you mean `{meant[0]}`?")
            del unknown[meant[0]]
            used |= {name, meant[0]}
    for name, place in unknown.items():
        close = get_close_matches(name, given, n=1, cutoff=0.7)
        hint = f"did you mean `{close[0]}`?" if close else "add it to `Given:`"
        report.error(place, "unknown-name", f"`{name}` is not a given number", hint)
    return any(use.name not in given for use in uses)
