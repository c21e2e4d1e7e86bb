"""Reasons that are missing: an error in the shipped decks, advice in anybody else's."""

from pathlib import Path

import pytest

from cmom_srs.deckfiles.advice import advise
from cmom_srs.deckfiles.editing.missing_ids import mend_missing_ids
from cmom_srs.deckfiles.editing.rename import rename_note
from cmom_srs.deckfiles.read import Decks
from cmom_srs.deckfiles.read import read
from cmom_srs.study.notes import Calculation
from cmom_srs.study.notes import Choice
from cmom_srs.study.texts import texts
from tests.support.deck_text import lines
from tests.support.deck_text import write_decks

HEAD = "# Own deck\nSource: practice\n\n"
CHOICE = HEAD + "## which\nQuestion: Which?\n- [x] This\n- [ ] That\n  Why: No.\n- [ ] Those\n"
RATE = (
    HEAD + "## rate\nQuestion: {aa} of 100?\nGiven:\n- aa: 1 to 9 by 1\n"
    "Formula: aa * 2\nWrong: aa * 3\nWrong: aa * 4\n  Why: Not four times.\n"
)


def read_own(place: Path, text: str) -> Decks:
    return read(write_decks(place, case=text), is_why_required=False)


def test_in_a_users_own_decks_a_missing_why_is_one_advice_a_note(tmp_path: Path) -> None:
    decks = read_own(tmp_path, CHOICE)
    assert decks.problems == ()
    assert lines(advise(decks, None)) == [
        "6:1 advice missing-why this option has no `Why:`, nor has 1 more"
    ]
    (note,) = decks.notes
    assert isinstance(note.body, Choice)
    assert [option.why for option in note.body.options] == ["", "No.", ""]
    assert list(texts(note)) == ["Which?", "This", "That", "No.", "Those"]


def test_a_missing_why_of_a_mistake_is_advice_too(tmp_path: Path) -> None:
    decks = read_own(tmp_path, RATE)
    assert decks.problems == ()
    assert lines(advise(decks, None)) == ["9:1 advice missing-why this mistake has no `Why:`"]
    (note,) = decks.notes
    assert isinstance(note.body, Calculation)
    assert [mistake.why for mistake in note.body.mistakes] == ["", "Not four times."]


@pytest.mark.parametrize("text", [CHOICE, RATE])
def test_an_explanation_of_the_whole_question_may_stand_in_extra(tmp_path: Path, text: str) -> None:
    decks = read_own(tmp_path, text + "Extra: This is how it is.\n")
    assert (decks.problems, advise(decks, None)) == ((), ())
    decks = read_own(tmp_path, text + "Comment: keep missing-why\n")
    assert (decks.problems, advise(decks, None)) == ((), ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CHOICE, ["6:1", "9:1"]),
        (CHOICE + "Extra: This is how it is.\n", ["6:1", "9:1"]),
        (RATE, ["9:1"]),
    ],
)
def test_in_the_shipped_decks_each_missing_why_is_an_error(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    decks = read(write_decks(tmp_path, case=text))
    assert [line.split()[0] for line in lines(decks.problems)] == expected
    assert {problem.code for problem in decks.problems} == {"missing-why"}
    assert (decks.notes, decks.files[0].notes, advise(decks, None)) == ((), (), ())


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("  Why: No.", "  why: No.", "8:3 error missing-why `why:` is not `Why:`"),
        ("  Why: No.", "  Wy: No.", "8:3 error missing-why `Wy:` is not `Why:`"),
        ("  Why: No.", "  Why:", "8:1 error empty-text `Why:` has no text"),
        ("  Why: No.", "Why: No.", "8:1 error unindented-why `Why:` is not indented"),
    ],
)
def test_a_why_that_is_badly_written_is_an_error_in_any_deck(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    assert lines(read_own(tmp_path, CHOICE.replace(old, new)).problems) == [expected]


def test_a_mistake_of_several_lines_without_why_is_an_error_in_any_deck(tmp_path: Path) -> None:
    text = RATE.replace("aa * 3\n", "aa * 3\n  that is too much\n")
    assert lines(read_own(tmp_path, text).problems) == [
        "9:1 error missing-why this mistake has no `Why:`"
    ]


def test_decks_without_whys_can_be_renamed_and_given_ids(tmp_path: Path) -> None:
    folder = write_decks(tmp_path, case=CHOICE.replace("## which", "##"))
    assert mend_missing_ids(folder) == {"practice/case.md": ("note",)}
    rename_note(folder, "note", "which-one")
    assert [note.id for note in read(folder, is_why_required=False).notes] == ["which-one"]
