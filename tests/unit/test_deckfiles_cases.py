"""Every slip that an author can make: one error or advice, at its own line (tests/decks)."""

from pathlib import Path

import pytest

from tests.support.deck_text import findings
from tests.support.deck_text import lines
from tests.support.deck_text import read_deck

CASES = sorted((Path(__file__).parent.parent / "decks").glob("*.md"))
SEPARATOR = "\n=====\n"


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_case_file_yields_what_stands_below_its_deck(case: Path, tmp_path: Path) -> None:
    deck, separator, expected = case.read_text(encoding="utf-8").partition(SEPARATOR)
    assert separator
    assert lines(findings(read_deck(tmp_path, deck + "\n"))) == expected.splitlines()


def test_a_case_file_without_a_slip_yields_nothing_and_any_other_one_finding() -> None:
    found = {
        case.stem: len(case.read_text(encoding="utf-8").partition(SEPARATOR)[2].splitlines())
        for case in CASES
    }
    assert found == {name: 0 if name.startswith("good-") else 1 for name in found}
    assert len(found) > 100
