"""What a learner gives in response, as the log keeps it."""

import json
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmom_srs.study.notes import Card
from cmom_srs.study.notes import Choice
from cmom_srs.study.notes import Option
from cmom_srs.study.notes import Steps
from cmom_srs.study.questions import calculation
from cmom_srs.study.questions import question as questions
from cmom_srs.study.questions.calculation import TypedNumber
from cmom_srs.study.questions.question import Compute
from cmom_srs.study.questions.question import FillGap
from cmom_srs.study.questions.question import PickOption
from cmom_srs.study.questions.question import PutInOrder
from cmom_srs.study.questions.question import Recall
from cmom_srs.study.questions.response import Computed
from cmom_srs.study.questions.response import Filled
from cmom_srs.study.questions.response import Ordered
from cmom_srs.study.questions.response import Picked
from cmom_srs.study.questions.response import Recalled
from cmom_srs.study.questions.response import Response
from cmom_srs.study.questions.response import is_right
from cmom_srs.study.questions.response import to_json
from tests.support.builders import COLLECTION_RATE
from tests.support.builders import note
from tests.support.builders import unhurried

CHOICE = Choice(
    "Which?",
    (
        Option("a", "", is_right=True),
        Option("b", ""),
        Option("c", "", is_right=True),
        Option("none of these", "", is_last=True),
    ),
)
STEPS = Steps("Order?", ("one", "two", "three", "four"))


@unhurried
@given(seed=st.integers(), chosen=st.frozensets(st.integers(0, 3)))
def test_options_are_kept_by_their_places_in_the_note(seed: int, chosen: frozenset[int]) -> None:
    asked = questions.ask(Card(note(body=CHOICE), 1), Random(seed))
    assert isinstance(asked, PickOption)
    kept = json.loads(to_json(Picked(asked, chosen)) or "")
    assert [CHOICE.options[place - 1] for place in kept] == sorted(
        (asked.options[place] for place in chosen), key=CHOICE.options.index
    )


def test_the_right_options_are_the_same_however_they_were_shuffled() -> None:
    for seed in range(20):
        asked = questions.ask(Card(note(body=CHOICE), 1), Random(seed))
        assert isinstance(asked, PickOption)
        given = Picked(asked, asked.right)
        assert (is_right(given), to_json(given)) == (True, "[1,3]")


def test_options_shown_as_they_are_written_are_kept_by_their_places_too() -> None:
    as_written = PickOption(CHOICE.question, CHOICE.options)
    assert to_json(Picked(as_written, frozenset({2, 0}))) == "[1,3]"


@unhurried
@given(seed=st.integers(), order=st.permutations(range(4)))
def test_steps_are_kept_as_their_numbers_in_the_order_given(seed: int, order: list[int]) -> None:
    asked = questions.ask(Card(note(body=STEPS), 1), Random(seed))
    assert isinstance(asked, PutInOrder)
    given = Ordered(asked, tuple(order))
    steps = [asked.shown[place] for place in order]
    assert [STEPS.steps[number - 1] for number in json.loads(to_json(given) or "")] == steps
    assert is_right(given) is (steps == list(STEPS.steps))


def test_steps_in_their_right_order_are_right() -> None:
    asked = questions.ask(Card(note(body=STEPS), 1), Random(1))
    assert isinstance(asked, PutInOrder)
    in_order = sorted(range(4), key=lambda shown: asked.right_places[shown])
    assert is_right(Ordered(asked, tuple(in_order))) is True


def test_a_calculation_keeps_the_numbers_drawn_and_the_text_typed() -> None:
    numbers = {"charges": Decimal(80_000), "payments": Decimal("40000.50")}
    drawn = calculation.work_out(COLLECTION_RATE, numbers)
    asked = Compute("What?", COLLECTION_RATE, drawn)
    given = Computed(asked, "50 %", TypedNumber(Decimal(50), has_percent=True))
    kept = to_json(given)
    assert is_right(given) is True
    assert is_right(Computed(asked, "5", TypedNumber(Decimal(5)))) is False
    assert json.loads(kept or "") == {
        "drawn": {"charges": "80000", "payments": "40000.50"},
        "typed": "50 %",
    }
    long = to_json(Computed(asked, "5" * 5000, TypedNumber(Decimal(5))))
    assert len(long or "") < 2000


@pytest.mark.parametrize(
    "given",
    [Recalled(Recall("a", "b")), Filled(FillGap("{{c1::a}}", 1))],
)
def test_where_the_learner_alone_judges_nothing_was_given(given: Response) -> None:
    assert to_json(given) is None
    assert is_right(given) is None
