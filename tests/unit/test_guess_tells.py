"""What is read of the look of options, before any model sees it."""

import pytest

from cmom_srs.study.notes import Choice
from cmom_srs.study.notes import Option
from tests.guess import tells
from tests.guess.tells import Asked
from tests.support.builders import COLLECTION_RATE
from tests.support.builders import note


def question(*options: str, right: int = 0, text: str = "What is due?") -> Asked:
    return Asked("due", "law", text, options, right, is_case=False)


def test_what_is_guessed_at_has_one_right_option_of_three_or_more() -> None:
    three = tuple(Option(text, "", is_right=text == "b") for text in "abc")
    several = tuple(Option(text, "", is_right=text != "b") for text in "abc")
    notes = [
        note("one", Choice("Which?", three)),
        note("two-options", Choice("Which?", three[:2])),
        note("several", Choice("Which?", several)),
        note("rate", COLLECTION_RATE),
    ]
    (found,) = tells.asked(notes)
    assert (found.note_id, found.options, found.right) == ("one", ("a", "b", "c"), 1)


def test_features_tell_options_of_one_question_apart_and_nothing_between_questions() -> None:
    rows = tells.features(question("Sign the form", "Wait", "Ask her, since it is due by May 1"))
    assert len({len(row) for row in rows}) == 1
    assert [sum(column) for column in zip(*rows, strict=True)] == pytest.approx([0] * len(rows[0]))
    assert tells.features(question("Pay it", "Pay up", "Pay me")) != rows
    alike = tells.features(question("Pay", "Pay", "Pay"))
    assert all(value == 0 for row in alike for value in row)


@pytest.mark.parametrize(
    ("tell", "option"),
    [
        ("because", "Pay, since it is due"),
        ("paperwork", "Have the letter signed"),
        ("absolutes", "Nothing at all"),
        ("waiting", "Hold the claim"),
        ("once", "Once she asks"),
        ("hedges", "Usually"),
        ("not", "Do not pay"),
        ("joins", "Pay and go"),
        ("asks", "Asked again"),
        ("digits", "Within 30 days"),
    ],
)
def test_a_tell_is_counted_where_the_right_option_has_it(tell: str, option: str) -> None:
    is_right = question(option, "Pay", "Go")
    is_wrong = question("Pay", option, "Go")
    assert share_of(tell, is_right) == [1, pytest.approx(1 / 3)]
    assert share_of(tell, is_wrong) == [0, pytest.approx(1 / 3)]
    assert share_of(tell, question("Basics", "Pay", "Go")) == [0, 0]


def test_lengths_are_compared_within_a_question() -> None:
    longest = question("Pay it all", "Pay", "Go")
    assert share_of("longest", longest) == [1, pytest.approx(1 / 3)]
    assert share_of("shortest", longest) == [0, pytest.approx(1 / 3)]
    assert share_of("shortest", question("Go", "Pay", "Go")) == [1, pytest.approx(2 / 3)]


def share_of(tell: str, question: Asked) -> list[float]:
    return next(rest for name, *rest in tells.shares([question]) if name == tell)
