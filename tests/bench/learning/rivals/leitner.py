"""Leitner's boxes: five of them, looked through every 1, 2, 4, 8 and 16 days.

Source: Leitner, "So lernt man lernen" (1972), with the doubling intervals that programs give the
boxes. A right answer moves a card to the next box, a wrong one back to the first; the last box
keeps what is right.

Chosen as is better for it: each card waits by itself (a common day of a box would make heaps); a
failed card waits for the next day (asked again the same day as well, it is up to 5 points less);
what was due first comes first (lower boxes first is 0.6 points more or less).
"""

from collections.abc import Sequence

from cmom_srs.study import sm2
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import Rating

BOX_DAYS = (1, 2, 4, 8, 16)


class Leitner:
    """The five boxes."""

    def __init__(self, new_a_day: int) -> None:
        self._new_a_day = new_a_day
        self._boxes: dict[CardId, int] = {}
        self._due: dict[CardId, int] = {}

    def due(self, day: int) -> Sequence[CardId]:
        """What was due first, then the lower box, then by name."""
        found = [card for card, due_day in self._due.items() if due_day <= day]
        return sorted(found, key=lambda card: (self._due[card], self._boxes[card], card))

    def new_today(self) -> int:
        """As many as the learner wants a day."""
        return self._new_a_day

    def grade(self, card: CardId, grade: Rating, day: int) -> float | None:
        """None: nothing comes again today."""
        is_right = grade >= sm2.LOWEST_PASSING_GRADE
        box = self._boxes.get(card, -1) + 1 if is_right else 0
        self._boxes[card] = min(box, len(BOX_DAYS) - 1)
        self._due[card] = day + BOX_DAYS[self._boxes[card]]
        return None
