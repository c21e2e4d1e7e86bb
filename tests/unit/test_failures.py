"""How often cards fail: the learner's own shares, and failures laid out without chance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmom_srs.study.day import failures
from cmom_srs.study.day.failures import UNTIL_KNOWN
from cmom_srs.study.day.failures import Failing
from cmom_srs.study.day.failures import FailureShares
from cmom_srs.study.day.failures import Outcome
from tests.support.builders import unhurried


def outcomes(elapsed_days: int | None, right: int, wrong: int) -> list[Outcome]:
    """So many answers of one stage."""
    return [Outcome(elapsed_days, is_pass=True)] * right + [Outcome(elapsed_days, False)] * wrong


def test_until_200_answers_are_known_a_tenth_fails() -> None:
    assert failures.shares_of(outcomes(None, 0, 199)) == UNTIL_KNOWN
    assert FailureShares(0.1, 0.1, 0.1) == UNTIL_KNOWN


def test_from_200_answers_on_each_stage_has_its_own_share() -> None:
    own = outcomes(None, 60, 40) + outcomes(20, 45, 5) + outcomes(21, 40, 10)
    assert failures.shares_of(own) == FailureShares(new=0.4, young=0.1, mature=0.2)


def test_a_stage_of_few_answers_takes_the_share_of_all() -> None:
    own = outcomes(None, 0, 29) + outcomes(3, 171, 0)
    assert failures.shares_of(own) == FailureShares(29 / 200, 0.0, 29 / 200)


@unhurried
@given(st.floats(0, 1), st.integers(1, 300), st.sampled_from((None, 1, 20, 21, 400)))
def test_the_share_comes_true_within_one_answer(
    share: float, answers: int, elapsed_days: int | None
) -> None:
    failing = Failing(FailureShares(share, share, share))
    failed = sum(failing.fails(elapsed_days) for _ in range(answers))
    assert failed == pytest.approx(share * answers, abs=1)


def test_the_stages_fail_apart() -> None:
    failing = Failing(FailureShares(new=1.0, young=0.0, mature=0.5))
    assert [failing.fails(None), failing.fails(20), failing.fails(21), failing.fails(21)] == [
        True,
        False,
        True,
        False,
    ]
