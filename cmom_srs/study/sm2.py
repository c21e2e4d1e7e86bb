"""SM-2 as published: what a grade does to a card's memory. No dates, no clock, no cap, no chance.

The convention is that of Wozniak's own published code (SuperMemo2Plug, 1998): the interval is
computed from the ease factor held before the answer, rounded to the nearest whole day (halves up),
and the ease factor changes with every grade and never falls below 1.30.
"""

from dataclasses import dataclass

INITIAL_EASE_FACTOR = 250
MINIMUM_EASE_FACTOR = 130
LOWEST_PASSING_GRADE = 3

_EASE_FACTOR_DELTA = (-80, -54, -32, -14, 0, 10)


@dataclass(frozen=True, slots=True)
class Memory:
    """A card's memory, in whole numbers.

    `repetitions` are the successful reviews in a row, `interval_days` whole days (0 for a new
    card), `ease_factor` SM-2's EF in hundredths (250 at first, at least 130).
    """

    repetitions: int = 0
    interval_days: int = 0
    ease_factor: int = INITIAL_EASE_FACTOR


NEW_MEMORY = Memory()


def step(memory: Memory, grade: int) -> Memory:
    """The memory after an answer of this grade.

    Raises TypeError for a grade that is no int (a bool is none), ValueError outside 0-5.
    """
    require_grade(grade)
    ease_factor = max(MINIMUM_EASE_FACTOR, memory.ease_factor + _EASE_FACTOR_DELTA[grade])
    if grade < LOWEST_PASSING_GRADE:
        return Memory(0, 1, ease_factor)
    return Memory(memory.repetitions + 1, _next_interval(memory), ease_factor)


def require_grade(grade: int) -> None:
    """Raises TypeError for what is no int (a bool is none), ValueError outside 0-5."""
    if isinstance(grade, bool) or not isinstance(grade, int):
        raise TypeError(f"a grade is a whole number from 0 to 5, not {grade!r}")
    if not 0 <= grade <= 5:
        raise ValueError(f"a grade is a whole number from 0 to 5, not {grade}")


def multiply(days: int, ease_factor: int) -> int:
    """Days times the ease factor in hundredths, to the nearest whole day, halves up."""
    return (days * ease_factor + 50) // 100


def _next_interval(memory: Memory) -> int:
    if memory.repetitions == 0:
        return 1
    if memory.repetitions == 1:
        return 6
    return multiply(memory.interval_days, memory.ease_factor)
