"""Reading a deck: what was written comes back, and no text at all can break the reader."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from cmom_srs.deckfiles.read import Decks
from cmom_srs.study.notes import Note
from tests.support.deck_text import Style
from tests.support.deck_text import lines
from tests.support.deck_text import notes_of_a_deck
from tests.support.deck_text import read_deck
from tests.support.deck_text import render
from tests.support.deck_text import styles
from tests.unit.test_deckfiles_cases import CASES
from tests.unit.test_deckfiles_cases import SEPARATOR

unhurried = settings(deadline=None)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reading")


@unhurried
@given(notes=notes_of_a_deck(), style=styles())
def test_a_deck_written_out_reads_back_as_the_same_notes(
    place: Path, notes: tuple[Note, ...], style: Style
) -> None:
    decks = read_deck(place, render("A deck", notes, style))
    assert lines(decks.problems) == []
    assert decks.notes == notes


@unhurried
@given(data=st.one_of(st.binary(), st.text().map(str.encode)))
def test_any_bytes_yield_notes_and_problems(place: Path, data: bytes) -> None:
    assert_sound(read_deck(place, data), data)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A deck of every kind of note with a few lines deleted, moved, doubled, cut or scrambled."""
    written = render("A deck", draw(notes_of_a_deck()), draw(styles())).split("\n")
    for _ in range(draw(st.integers(1, 6))):
        row = draw(st.integers(0, len(written) - 1))
        line = written[row]
        at = draw(st.integers(0, len(line)))
        piece = draw(st.sampled_from((*"{}[]()#:-.,$%\t\0 9xA", "{{", "}}", "::", "## ", "- ")))
        written[row : row + 1] = draw(
            st.sampled_from(
                (
                    [],
                    [line, line],
                    [line.lstrip()],
                    [f"  {line}"],
                    [line[:at] + piece + line[at:]],
                    [line[:at], line[at:]],
                    [line[:at]],
                    [line[:at] + line[at + 1 :]],
                    [line, draw(st.sampled_from(written))],
                )
            )
        ) or [""]
    return "\n".join(written).encode()


@settings(unhurried, max_examples=100)
@given(data=mutated())
def test_a_deck_with_slips_yields_notes_and_problems(place: Path, data: bytes) -> None:
    assert_sound(read_deck(place, data), data)


def assert_sound(decks: Decks, data: bytes) -> None:
    last = data.count(b"\n") + 1
    assert list(decks.problems) == sorted(decks.problems)
    assert all(1 <= problem.line <= last and problem.column >= 1 for problem in decks.problems)
    assert all(problem.message and problem.hint for problem in decks.problems)
    assert not (decks.notes and decks.has_errors)


@settings(unhurried, max_examples=50)
@given(notes=notes_of_a_deck(), style=styles(), data=st.data())
def test_a_misspelt_label_is_one_error_at_its_line(
    place: Path, notes: tuple[Note, ...], style: Style, data: st.DataObject
) -> None:
    written = render("A deck", notes, style).split("\n")
    labeled = [row for row, line in enumerate(written) if re.match(r"[A-Z][a-z]+( of)?:", line)]
    row = data.draw(st.sampled_from(labeled))
    letter = data.draw(st.integers(1, written[row].index(":") - 1))
    written[row] = written[row][:letter] + written[row][letter - 1].lower() + written[row][letter:]
    problems = read_deck(place, "\n".join(written)).problems
    assert [(problem.line, problem.code) for problem in problems] == [(row + 1, "unknown-label")]


def test_all_slips_in_one_deck_are_reported_in_one_run(tmp_path: Path) -> None:
    blocks: list[str] = []
    expected: list[str] = []
    for case in CASES:
        deck, _, finding = case.read_text(encoding="utf-8").partition(SEPARATOR)
        slip = re.fullmatch(
            r"# Accounts receivable\nSource: practice\n\n(## (?:aging|rate)\n.+)\n## next-note.+",
            f"{deck}\n",
            re.DOTALL,
        )
        if slip and " error " in finding and "duplicate-id" not in finding:
            number = len(blocks)
            blocks.append(re.sub(r"(?m)^## \S+", f"## note-{number}", slip[1]))
            expected.append(finding.split()[2])
    decks = read_deck(tmp_path, "# All slips\nSource: practice\n\n" + "\n".join(blocks))
    assert [problem.code for problem in decks.problems] == expected
    assert len(expected) > 80
