"""The last that a rule allows, the first that it does not, and what holds by default."""

from pathlib import Path

import pytest

from cmom_srs.study.notes import Calculation
from tests.support.deck_text import lines
from tests.support.deck_text import read_deck

HEAD = "# Bounds\nSource: head\n\n"


def problems(place: Path, text: str) -> list[str]:
    return [" ".join(line.split()[:3]) for line in lines(read_deck(place, text).problems)]


def basic(note_id: str = "aging", more: str = "") -> str:
    return f"{HEAD}## {note_id}\nQuestion: What?\nAnswer: This\n{more}"


def rate(given: str = "1 to 9 by 1", formula: str = "aa", more: str = "") -> str:
    return f"{HEAD}## rate\nQuestion: {{aa}}?\nGiven:\n- aa: {given}\nFormula: {formula}\n{more}"


@pytest.mark.parametrize(
    ("note_id", "expected"),
    [
        ("abc", []),
        ("ab", ["4:4 error bad-id"]),
        ("a" * 60, []),
        ("a" * 61, ["4:4 error bad-id"]),
    ],
)
def test_an_id_has_three_to_sixty_characters(
    tmp_path: Path, note_id: str, expected: list[str]
) -> None:
    assert problems(tmp_path, basic(note_id)) == expected


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        ("{{c1::a{b}}", ["5:8 error bad-gap"]),
        ("{{c1::a}b}}", ["5:8 error bad-gap"]),
        ("{{c1::a::h{i}}", ["5:8 error bad-gap"]),
        ("{{c1::a}}}", ["5:8 error bad-gap"]),
        ("{ {{c1::a}} }", []),
        ("{{c99::a}}", []),
        ("{{c100::a}}", ["5:8 error bad-gap"]),
        ("{{c0::a}}", ["5:8 error bad-gap"]),
        ("{{c1::a {{c2::b}} {{c3::c}}}}", ["5:16 error nested-gap"]),
        ("{{c1::a {{c2::b}}", ["5:8 error unclosed-gap"]),
        ("{{c1::a}} }} {{c2::b", ["5:18 error stray-brace", "5:21 error unclosed-gap"]),
        ("{{c1::a}}{{c2::b}}", []),
    ],
)
def test_a_gap_is_closed_and_holds_no_other_brace(
    tmp_path: Path, gap: str, expected: list[str]
) -> None:
    assert problems(tmp_path, f"{HEAD}## aging\nCloze: {gap}\n") == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("1 to 2 by 1", []),
        ("1 to 1 by 1", ["7:7 error bad-range"]),
        ("1 to 2 by 0", ["7:7 error bad-range"]),
        ("1 to 2 by 3", ["7:7 error bad-range"]),
        ("999999999999999", []),
        ("9999999999999999", ["7:7 error bad-number"]),
        ("0.0000000001", []),
        ("0.00000000001", ["7:7 error bad-number"]),
        ("$1 or $2", []),
        ("$1 or 2", ["7:13 error mixed-signs"]),
        ("1 or", ["7:7 error bad-number"]),
        ("1 to", ["7:7 error bad-number"]),
        ("1 to 5 by", ["7:7 error bad-range"]),
        ("1\n  to 3\n  by 1", []),
        ("1\n  or\n  3", []),
        ("to 5 by 1", ["7:7 error bad-number"]),
        ("1 to 2 to 3 by 1", ["7:12 error bad-number"]),
    ],
)
def test_a_given_number_keeps_to_its_form(tmp_path: Path, given: str, expected: list[str]) -> None:
    assert problems(tmp_path, rate(given, "1 + aa * 0")) == expected


@pytest.mark.parametrize(
    ("more", "decimals"),
    [("", 0), ("Unit: $\n", 2), ("Unit: %\n", 1), ("Unit: days\n", 0), ("Decimals: 4\n", 4)],
)
def test_decimals_follow_the_unit_where_none_are_said(
    tmp_path: Path, more: str, decimals: int
) -> None:
    (note,) = read_deck(tmp_path, rate(more=more)).notes
    assert isinstance(note.body, Calculation)
    assert note.body.decimals == decimals


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("Tolerance: 0\n", []),
        ("Tolerance: -1\n", ["9:12 error bad-tolerance"]),
        ("Expect: 0 to 9\n", []),
        ("Expect: -5 to 9\n", []),
        ("Expect: 1 to 8\n", ["8:10 error outside-expect"]),
        ("Expect: 9 to 1\n", ["9:9 error bad-expect"]),
        ("Expect: 1 to 2 by 1\n", ["9:9 error bad-expect"]),
        ("Expect: 1\n", ["9:9 error bad-expect"]),
        ("Unit: $\nExpect: $1 to $9\n", []),
        ("Unit: $\nExpect: 1% to 9%\n", ["10:9 error mixed-signs"]),
    ],
)
def test_tolerance_and_expect_take_their_ends_in(
    tmp_path: Path, more: str, expected: list[str]
) -> None:
    assert problems(tmp_path, rate(more=more)) == expected


def test_an_answer_may_be_one_number_or_round_to_zero_where_zero_is_expected(
    tmp_path: Path,
) -> None:
    tiny = {"formula": "aa / 1000"}
    assert problems(tmp_path, rate(**tiny)) == ["8:10 error rounds-to-zero"]
    assert problems(tmp_path, rate(**tiny, more="Expect: 0 to 1\n")) == []
    assert problems(tmp_path, rate(**tiny, more="Expect: -1 to 0.01\n")) == []
    assert problems(tmp_path, rate("5", more="Expect: 5 to 5\n")) == []


def test_a_notes_own_source_holds_before_the_heads(tmp_path: Path) -> None:
    own, other = read_deck(
        tmp_path, basic("one", "Source: mine\n") + basic("two").removeprefix(HEAD)
    ).notes
    assert (own.source, other.source) == ("mine", "head")


def test_errors_behind_a_line_that_was_guessed_are_reported_too(tmp_path: Path) -> None:
    text = f"{HEAD}## aging\nquestion: What?\nAnswer: ![x](y)\nExtra:\nManual: ![x](y)\n"
    assert problems(tmp_path, text) == [
        "5:1 error unknown-label",
        "6:9 error image",
        "7:1 error empty-text",
        "8:9 error image",
    ]


def test_a_text_begun_below_its_label_has_its_own_column(tmp_path: Path) -> None:
    text = basic(more="Tags:\n\n     Bad Tag,\n       ok, No\n")
    assert lines(read_deck(tmp_path, text).problems) == [
        "9:6 error bad-tag `Bad Tag` is not an id",
        "10:12 error bad-tag `No` is not an id",
    ]
