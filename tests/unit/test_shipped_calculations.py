"""Shipped calculations are fair to whoever rounds on the way, and go both ways where they can."""

import re
from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from decimal import Decimal
from random import Random
from typing import NamedTuple

import msgspec
import pytest

from cmom_srs.deckfiles.read import read
from cmom_srs.study.notes import Calculation
from cmom_srs.study.notes import Note
from cmom_srs.study.notes import Parameter
from cmom_srs.study.questions import calculation
from cmom_srs.study.questions.calculation import Draw
from cmom_srs.study.questions.calculation import TypedNumber
from tests.conftest import REPOSITORY
from tests.support import by_hand
from tests.support.builders import note
from tests.support.by_hand import Habit

# Words below say that the sign matters, and it does not: "the unfavorable variance"
NAMES_ITS_SIGN = {"budget-variance-percent-expense", "fca-smallest-exposure-2025"}

_DRAWS = 200
_MOST_WRONG = _DRAWS / 100
_FEWEST_OF_A_BRANCH = _DRAWS / 5
_SAYS_WHAT_TO_ROUND = re.compile(r"\bround(?:ed|ing)?\b", re.IGNORECASE)
_SIGN_MATTERS = re.compile(
    r"net present value|variance|favorable|settle|still (?:due|owed|owes)", re.IGNORECASE
)


class Drawn(NamedTuple):
    """A calculation note with numbers drawn as reviews draw them."""

    note: Note
    calculation: Calculation
    draws: tuple[Draw, ...]

    @property
    def text(self) -> str:
        """What is read before the answer is typed."""
        return f"{self.note.scenario} {self.calculation.question}"


@pytest.fixture(scope="module")
def shipped() -> tuple[Drawn, ...]:
    notes = read(REPOSITORY / "decks").notes
    return tuple(drawn(note) for note in notes if isinstance(note.body, Calculation))


def drawn(note: Note) -> Drawn:
    assert isinstance(note.body, Calculation)
    rng = Random(note.id)
    draws = tuple(calculation.draw(note.body, rng) for _ in range(_DRAWS))
    return Drawn(note, note.body, draws)


def test_sensible_rounding_on_the_way_is_not_marked_wrong(shipped: Sequence[Drawn]) -> None:
    unfair = {each.note.id: said for each in shipped if (said := ", ".join(_unfairness(each)))}
    assert unfair == {}


def test_every_branch_is_a_fifth_of_the_draws(shipped: Sequence[Drawn]) -> None:
    one_sided = {each.note.id: said for each in shipped if (said := ", ".join(_one_sides(each)))}
    assert one_sided == {}


def _unfairness(of: Drawn) -> Iterator[str]:
    """The habits that are marked wrong too often, with how often."""
    if _SAYS_WHAT_TO_ROUND.search(of.text):
        return
    for habit in by_hand.habits(of.calculation):
        wrong = sum(not _is_right(of.calculation, draw, habit) for draw in of.draws)
        if wrong > _MOST_WRONG:
            yield f"{habit.name}: {100 * wrong // _DRAWS}% wrong"


def _is_right(body: Calculation, draw: Draw, habit: Habit) -> bool:
    typed = by_hand.type_answer(body, draw.numbers, habit)
    return calculation.judge(body, draw, TypedNumber(typed, body.unit == "%")).is_right


def _one_sides(of: Drawn) -> Iterator[str]:
    """The branches that are drawn too seldom, with how often; the sign is one of them."""
    counts: Counter[tuple[str, int]] = Counter()
    branches: dict[str, int] = {}
    for draw in of.draws:
        for written, count, deciding in by_hand.decisions(of.calculation, draw.numbers):
            branches[written] = count
            counts.update((written, place) for place in deciding)
        counts["the sign", int(draw.answer < 0)] += 1
    if _has_two_signs(of):
        branches["the sign"] = 2
    for written, count in branches.items():
        for place in range(count):
            if counts[written, place] < _FEWEST_OF_A_BRANCH:
                yield f"{written}, branch {place + 1}: {100 * counts[written, place] // _DRAWS}%"


def _has_two_signs(of: Drawn) -> bool:
    """Whether the answer may be negative, or should be, because the sign is what is decided by."""
    low, high = of.calculation.expect or (0, 0)
    return low < 0 < high or (
        of.note.id not in NAMES_ITS_SIGN and _SIGN_MATTERS.search(of.text) is not None
    )


# What people do by hand


def dollars(name: str, decimals: int = 0) -> Parameter:
    return Parameter(name, (Decimal(1),), decimals=decimals, prefix="$")


def number(name: str, suffix: str = "") -> Parameter:
    return Parameter(name, (Decimal(1),), suffix=suffix)


DAYS = Calculation(
    "Days in A/R?",
    (dollars("receivables"), dollars("charges"), number("days")),
    "receivables / (charges / days)",
    1,
    "days",
)
LABOR = Calculation(
    "What does an hour cost?",
    (dollars("wage", 2), number("hours")),
    "wage * 2080 * 1.0765 / hours",
    2,
    "$",
)
PER_HOUR = "wage * 2080 * 1.0765 / 1800"
LOSS = Calculation(
    "The share lost?",
    (dollars("lost"), dollars("all")),
    "lost / all * 100",
    1,
    "%",
)
NET = Calculation(
    "What is left?",
    (dollars("placed"), number("recovered", "%"), number("fee", "%")),
    "placed * recovered / 100 * (1 - fee / 100)",
    0,
    "$",
)


@pytest.mark.parametrize(
    ("body", "numbers", "typed"),
    [
        # 100,000 in 31 days are 3,225.806 a day
        (DAYS, (163_390, 100_000, 31), {"two decimals": "50.7", "whole dollars": "50.6"}),
        # 21.50 with its tax is 23.14475
        (LABOR, ("21.50", 1800), {"cents": "26.75", "cents, in another order": "26.74"}),
        # .5962 is not taken for .60, and the rate that is left, .825, not for .83
        (LOSS, (5962, 10_000), {"two decimals": "59.6", "whole dollars": "59.6"}),
        (NET, (2000, 10, "17.5"), {"two decimals": "165", "whole dollars": "165"}),
    ],
)
def test_what_is_typed_after_rounding_on_the_way(
    body: Calculation, numbers: Sequence[str | int], typed: Mapping[str, str]
) -> None:
    given = {each.name: Decimal(one) for each, one in zip(body.given, numbers, strict=True)}
    found = {
        habit.name: str(by_hand.type_answer(body, given, habit)) for habit in by_hand.habits(body)
    }
    assert {name: found[name] for name in typed} == typed


def test_whole_dollars_are_no_habit_where_cents_are_given_or_asked_for() -> None:
    cents_asked_for = msgspec.structs.replace(NET, decimals=2)
    names = [{habit.name for habit in by_hand.habits(body)} for body in (DAYS, LABOR, NET)]
    assert ["whole dollars" in of_body for of_body in names] == [True, False, True]
    assert "whole dollars" not in {habit.name for habit in by_hand.habits(cents_asked_for)}


def test_what_decides_a_smallest_and_a_largest_is_known() -> None:
    body = msgspec.structs.replace(DAYS, formula="min(receivables, charges) + max(days, 7, 30)")
    given = {"receivables": Decimal(5), "charges": Decimal(5), "days": Decimal(31)}
    assert set(by_hand.decisions(body, given)) == {
        ("min(receivables, charges)", 2, frozenset({0, 1})),
        ("max(days, 7, 30)", 3, frozenset({0})),
    }


def test_a_sign_that_matters_and_is_never_drawn_is_seen() -> None:
    assert list(_one_sides(drawn(note("net", NET)))) == []
    either = msgspec.structs.replace(NET, expect=(Decimal(-9), Decimal(9)))
    assert list(_one_sides(drawn(note("either", either)))) == ["the sign, branch 2: 0%"]
    npv = msgspec.structs.replace(NET, question="What is the net present value?")
    assert list(_one_sides(drawn(note("npv", npv)))) == ["the sign, branch 2: 0%"]


def test_rounding_that_is_marked_wrong_is_seen_unless_the_question_says_what_to_round() -> None:
    wage = Parameter("wage", (), Decimal(20), Decimal(25), Decimal("0.05"), 2, "$")
    labor = msgspec.structs.replace(LABOR, given=(wage, number("hours")), formula=PER_HOUR)
    (said,) = _unfairness(drawn(note("labor", labor)))
    assert said.startswith("cents, in another order: ")
    told = msgspec.structs.replace(labor, question="Round only the result.")
    assert list(_unfairness(drawn(note("labor", told)))) == []
