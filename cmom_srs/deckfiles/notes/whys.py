"""The reason under an option or a mistake."""

import re

from cmom_srs.deckfiles.grammar.line_kinds import closest_label
from cmom_srs.deckfiles.grammar.lines import Report
from cmom_srs.deckfiles.grammar.sections import Part

_LOOSE_WHY = re.compile(r"^(?:([A-Za-z]{2,8}) ?:|(Why) )", re.MULTILINE)


def read_why(part: Part, what: str, report: Report) -> str:
    """The `Why:` of an option or a mistake; empty, and reported, if there is none."""
    if part.why:
        return part.why.text
    place, message = part.place, f"this {what} has no `Why:`"
    for written in _LOOSE_WHY.finditer(part.text.text):
        if written.start() and closest_label(written[1] or written[2]) == "Why":
            place, message = part.text.place(written.start()), f"`{written[0]}` is not `Why:`"
    report.error(place, "missing-why", message, "write `  Why: ` and the reason below it")
    return ""
