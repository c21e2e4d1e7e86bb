"""SM-2 as published: the reference vectors, and the properties of the algorithm."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmom_srs.study import sm2
from cmom_srs.study.schedule import Rating
from cmom_srs.study.sm2 import Memory
from tests.support.builders import unhurried

VECTORS = json.loads(
    (Path(__file__).parent / "vectors" / "sm2_vectors.json").read_text(encoding="utf-8")
)
DISPUTED = [entry for entry in VECTORS["disputed"] if entry["convention"] == "reference"]

grades = st.integers(0, 5)
passing_grades = st.integers(3, 5)
memories = st.builds(
    Memory,
    repetitions=st.integers(0, 12),
    interval_days=st.integers(1, 2_000),
    ease_factor=st.integers(130, 400),
)


def after(sequence: list[int], memory: Memory = sm2.NEW_MEMORY) -> Memory:
    for grade in sequence:
        memory = sm2.step(memory, grade)
    return memory


def as_published(memory: Memory) -> list[float]:
    return [memory.repetitions, memory.ease_factor / 100, memory.interval_days]


def test_all_reference_vectors_are_there() -> None:
    assert len(VECTORS["vectors"]) == VECTORS["count"] == 168
    assert len(DISPUTED) == 8


@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda vector: vector["name"])
def test_every_reference_vector_is_met_at_each_answer(vector: dict[str, Any]) -> None:
    memory = sm2.NEW_MEMORY
    met = []
    for grade in vector["grades"]:
        memory = sm2.step(memory, grade)
        met.append(as_published(memory))
    assert met == vector["expected"]["reference"]


@pytest.mark.parametrize("entry", DISPUTED, ids=lambda entry: entry["name"])
def test_where_implementations_disagree_exact_arithmetic_decides(entry: dict[str, Any]) -> None:
    # In three of the eight ties only exact arithmetic gives the listed answer that goes up.
    assert as_published(after(entry["grades"])) == entry["exact_arithmetic_answer"]


def test_a_new_card_has_an_ease_factor_of_two_and_a_half() -> None:
    assert Memory() == Memory(repetitions=0, interval_days=0, ease_factor=250)


@pytest.mark.parametrize(
    ("grade", "ease_factor"), [(0, 170), (1, 196), (2, 218), (3, 236), (4, 250), (5, 260)]
)
def test_the_first_answer_moves_the_ease_factor_by_its_grade(grade: int, ease_factor: int) -> None:
    assert sm2.step(Memory(), grade).ease_factor == ease_factor


def test_three_passes_wait_one_six_and_then_the_ease_factor_times_six_days() -> None:
    assert [after([4] * count).interval_days for count in (1, 2, 3)] == [1, 6, 15]


def test_the_interval_comes_from_the_ease_factor_before_the_answer() -> None:
    assert sm2.step(Memory(2, 10, 200), 5) == Memory(3, 20, 210)


def test_an_interval_is_rounded_to_the_nearest_day_and_a_half_goes_up() -> None:
    assert sm2.step(Memory(2, 5, 130), 4).interval_days == 7  # 6.5
    assert sm2.step(Memory(2, 3, 148), 4).interval_days == 4  # 4.44
    assert sm2.step(Memory(2, 3, 183), 4).interval_days == 5  # 5.49


def test_a_failure_lowers_the_ease_factor_and_starts_over() -> None:
    assert sm2.step(Memory(4, 40, 250), 2) == Memory(0, 1, 218)
    assert after([4, 4, 4, 2, 4, 4]).interval_days == 6


def test_each_button_is_a_grade() -> None:
    assert sm2.step(Memory(), Rating.GOOD) == sm2.step(Memory(), 4)


@pytest.mark.parametrize("grade", [-1, 6, 100])
def test_a_grade_outside_zero_to_five_is_refused(grade: int) -> None:
    with pytest.raises(ValueError, match="0 to 5"):
        sm2.step(Memory(), grade)


@pytest.mark.parametrize("grade", [True, False, 3.0, "4", None])
def test_a_grade_that_is_no_whole_number_is_refused(grade: Any) -> None:
    with pytest.raises(TypeError, match="whole number"):
        sm2.step(Memory(), grade)


@unhurried
@given(sequence=st.lists(grades, max_size=60))
def test_the_ease_factor_never_falls_below_the_floor(sequence: list[int]) -> None:
    assert after(sequence).ease_factor >= 130


@unhurried
@given(memory=memories)
def test_a_good_answer_leaves_the_ease_factor(memory: Memory) -> None:
    assert sm2.step(memory, 4).ease_factor == memory.ease_factor


@unhurried
@given(memory=memories, grade=passing_grades)
def test_the_first_two_intervals_do_not_depend_on_the_ease_factor(
    memory: Memory, grade: int
) -> None:
    first = sm2.step(Memory(0, memory.interval_days, memory.ease_factor), grade)
    assert first.interval_days == 1
    assert sm2.step(first, grade).interval_days == 6


@unhurried
@given(memory=memories, grade=passing_grades)
def test_a_pass_after_the_second_lengthens_every_interval_of_two_days_or_more(
    memory: Memory, grade: int
) -> None:
    if memory.repetitions >= 2 and memory.interval_days >= 2:
        assert sm2.step(memory, grade).interval_days > memory.interval_days


@unhurried
@given(memory=memories, grade=st.integers(0, 2))
def test_a_failure_always_gives_no_repetitions_and_one_day(memory: Memory, grade: int) -> None:
    failed = sm2.step(memory, grade)
    assert (failed.repetitions, failed.interval_days) == (0, 1)


@unhurried
@given(memory=memories)
def test_all_passing_grades_wait_the_same_now_and_order_the_ease_factors(memory: Memory) -> None:
    hard, good, easy = (sm2.step(memory, grade) for grade in (3, 4, 5))
    assert hard.interval_days == good.interval_days == easy.interval_days
    assert hard.ease_factor <= good.ease_factor < easy.ease_factor


@unhurried
@given(sequence=st.lists(grades, max_size=40), cut=st.integers(0, 40))
def test_going_on_from_a_stored_memory_is_the_same_as_never_stopping(
    sequence: list[int], cut: int
) -> None:
    assert after(sequence[cut:], after(sequence[:cut])) == after(sequence)
