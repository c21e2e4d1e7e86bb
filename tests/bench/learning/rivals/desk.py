"""A day at the desk with a rival: due cards, new cards, and cards that must come again today.

A card with a learning step comes when the step is over, and at once where nothing else is left
(Anki's "learn ahead limit" is 20 minutes, longer than any step here). The day ends as it does for
cmom-srs: before the next card once the minutes are used. A card whose step is not over by then
goes on with it the next day, before everything else.

New cards come in the exam's proportions, the essentials first, as `in_proportion` of cmom-srs has
them, and not deck by deck; every card of a note may come on one day. Both are better for rivals.
"""

from collections import deque
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from heapq import heappop
from heapq import heappush
from operator import itemgetter
from typing import Protocol

from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import Rating
from tests.bench.learning.mind import Mind


class Program(Protocol):
    """What schedules the cards of a rival."""

    def due(self, day: int) -> Sequence[CardId]:
        """The cards of which a review is due, in their order."""
        ...

    def new_today(self) -> int:
        """How many new cards the day has, if there are so many; asked after `due`."""
        ...

    def grade(self, card: CardId, grade: Rating, day: int) -> float | None:
        """Takes an answer; the seconds until the card is to come again today, None for not."""
        ...


class StepwiseStudy:
    """A learner who studies with a rival; new cards among the due ones, or all before them."""

    def __init__(
        self, program: Program, new: Iterable[CardId], minutes: float, *, is_new_first: bool = False
    ) -> None:
        self._program = program
        self._new = deque(new)
        self._most_ms = minutes * 60_000
        self._is_new_first = is_new_first
        self._again: list[tuple[float, CardId]] = []

    def study(self, mind: Mind) -> None:
        """One day, until nothing is left or the minutes are used."""
        self._again = [(0.0, card) for _, card in sorted(self._again)]
        cards = self._cards(mind.day)
        while mind.used_ms < self._most_ms:
            card = self._next(cards, mind.used_ms / 1000)
            if card is None:
                break
            grade, _ = mind.answer(card)
            seconds = self._program.grade(card, grade, mind.day)
            if seconds is not None:
                heappush(self._again, (mind.used_ms / 1000 + seconds, card))

    def _cards(self, day: int) -> Iterator[CardId]:
        due = self._program.due(day)
        new = [self._new[place] for place in range(min(self._program.new_today(), len(self._new)))]
        for card in (*new, *due) if self._is_new_first else _mixed(new, due):
            if self._new and card == self._new[0]:
                self._new.popleft()
            yield card

    def _next(self, cards: Iterator[CardId], second: float) -> CardId | None:
        """A card whose step is over, else the next of the day, else one whose step is not over."""
        if self._again and self._again[0][0] <= second:
            return heappop(self._again)[1]
        card = next(cards, None)
        if card is None and self._again:
            return heappop(self._again)[1]
        return card


def _mixed(*parts: Sequence[CardId]) -> Iterator[CardId]:
    """All parts spread evenly, each in its order ("mix with reviews", Anki's default)."""
    placed = [
        ((place + 0.5) / len(part), card) for part in parts for place, card in enumerate(part)
    ]
    return (card for _, card in sorted(placed, key=itemgetter(0)))
