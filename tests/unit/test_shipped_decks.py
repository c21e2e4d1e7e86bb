"""What holds for the shipped decks and is no slip or advice of the format."""

import re

from cmom_srs.deckfiles.read import read
from cmom_srs.study.notes import Calculation
from tests.conftest import REPOSITORY

_BLANKS_AND_BRACES = re.compile(r"[{}\s]")


def test_no_extra_begins_with_the_sum_that_the_solution_shows() -> None:
    calculations = [
        (note.id, note.extra, note.body.formula)
        for note in read(REPOSITORY / "decks").notes
        if isinstance(note.body, Calculation)
    ]
    assert calculations
    assert [name for name, extra, formula in calculations if _repeats(extra, formula)] == []


def test_a_repeated_sum_is_seen() -> None:
    assert _repeats("({paid} - {refunds}) / {charges}. Gross.", "(paid-refunds)/charges")
    assert not _repeats("The base is gross: {charges}.", "paid / charges")


def _repeats(extra: str, formula: str) -> bool:
    first = _BLANKS_AND_BRACES.sub("", extra.partition(". ")[0]).removesuffix(".")
    terms = _BLANKS_AND_BRACES.sub("", formula).removesuffix("*100")
    return first.replace("x", "*") == terms.replace("x", "*")
