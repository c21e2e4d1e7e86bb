"""What every memory model answers: how likely a card is recalled, and what an answer does to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from typing import Protocol
from typing import TypeVar

from cmom_srs.study import sm2
from tests.bench.learning.traits import Traits


@dataclass(frozen=True, slots=True)
class Now:
    """An instant of a learner's time.

    `day` counts the study days from 0. `seconds` is the time by which memories fade within and
    between sittings, as models of short times need it: see `ActR`.
    """

    day: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Studied:
    """One look at a card: the ease of the card, and the grade that the learner gave it."""

    ease: float
    grade: int

    @property
    def is_right(self) -> bool:
        """Whether it was recalled; at a first sight: known before."""
        return self.grade >= sm2.LOWEST_PASSING_GRADE


T = TypeVar("T")


class MemoryModel(Protocol[T]):
    """A model of how cards are kept; `T` is what it holds of one card."""

    def first(self, studied: Studied, now: Now) -> T:
        """What is held of a card after its first sight."""
        ...

    def again(self, trace: T, studied: Studied, now: Now) -> T:
        """What is held of it after another answer, right or wrong, and the look at the solution."""
        ...

    def recall(self, trace: T, now: Now) -> float:
        """The chance that it is recalled."""
        ...


MakesModel = Callable[[Traits], MemoryModel[Any]]
