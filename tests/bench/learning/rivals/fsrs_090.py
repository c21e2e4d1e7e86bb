"""FSRS-6 as the scheduler, at its default of 90 % recall, with the package's default parameters.

Source: PyPI `fsrs` 6. As it comes it has steps of 1 and 10 minutes, and of 10 after a failure;
`has_steps` False leaves them out, as its makers allow: then a failed card comes the next day.

Chosen as is better for it: what is due comes by due date, of a date at random, as in Anki (by the
chance of recall, the highest first, it is 0.1 to 12 points less); fuzz is Anki's (the package's own
draws from a source that no seed reaches, and strays by a day).
"""

from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from random import Random

import fsrs

from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import Rating
from tests.bench.learning.memories.fsrs_6 import rating_of
from tests.bench.learning.rivals.fuzz import fuzzed

_BEGAN_AT = datetime(2027, 1, 1, 12, tzinfo=UTC)


class Fsrs090:
    """The package as a program to study with. Days are noons: it counts whole days between them."""

    def __init__(self, seed: int | None, new_a_day: int, *, has_steps: bool) -> None:
        self._scheduler = fsrs.Scheduler(enable_fuzzing=False)
        if not has_steps:
            self._scheduler.learning_steps = self._scheduler.relearning_steps = ()
        self._luck = None if seed is None else Random(seed)
        self._order = Random(seed or 0)
        self._new_a_day = new_a_day
        self._cards: dict[CardId, fsrs.Card] = {}
        self._due: dict[CardId, int] = {}

    def due(self, day: int) -> Sequence[CardId]:
        """By due date, then at random."""
        found = [card for card, due_day in self._due.items() if due_day <= day]
        self._order.shuffle(found)
        return sorted(found, key=self._due.__getitem__)

    def new_today(self) -> int:
        """As many as the learner wants a day."""
        return self._new_a_day

    def grade(self, card: CardId, grade: Rating, day: int) -> float | None:
        """The seconds of a step, or None: then it is due on another day."""
        now = _BEGAN_AT + timedelta(days=day)
        before = self._cards.get(card) or fsrs.Card(card_id=1, due=now)
        after, _ = self._scheduler.review_card(before, rating_of(grade), now)
        self._cards[card] = after
        self._due.pop(card, None)
        wait = after.due - now
        if after.state is not fsrs.State.Review:
            return wait.total_seconds()
        luck = None if self._luck is None else self._luck.random()
        self._due[card] = day + fuzzed(wait.days, 1, luck)
        return None
