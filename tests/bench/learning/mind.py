"""A simulated learner at the desk: is asked cards, recalls them or not, takes time, forgets.

A schedule sees of it what a program sees of a person: a grade and the seconds it took. How an
answer comes about: of the chance p of recall and a draw u, the card is recalled if u < p; it was
Hard if p - u is below 0.2, Easy above 0.8, else Good; what is not recalled is graded Again. A card
known before is Hard in 15 cases of 100 at its first sight, Good in 65, Easy in 20.
"""

from collections.abc import Iterable
from statistics import fmean
from typing import Any

from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import Rating
from tests.bench.learning.memories.act_r import BETWEEN_SITTINGS
from tests.bench.learning.memories.act_r import DAY_SECONDS
from tests.bench.learning.memories.trace import MakesModel
from tests.bench.learning.memories.trace import Now
from tests.bench.learning.memories.trace import Studied
from tests.bench.learning.traits import FIRST_SIGHT_SECONDS
from tests.bench.learning.traits import REPEAT_SECONDS
from tests.bench.learning.traits import RIGHT_SECONDS
from tests.bench.learning.traits import WRONG_SECONDS
from tests.bench.learning.traits import Traits

_HARD_BELOW = 0.2
_EASY_ABOVE = 0.8


class Mind:
    """What one learner holds of all cards, day after day."""

    def __init__(self, makes_model: MakesModel, traits: Traits, cards: Iterable[Card]) -> None:
        self.cards = {card.id: card for card in cards}
        self.day = 0
        self.used_ms = 0
        self._model = makes_model(traits)
        self._traits = traits
        self._traces: dict[CardId, Any] = {}
        self._luck = {card: traits.luck(card) for card in self.cards}
        self._answered_on: dict[CardId, int] = {}
        self._morning = 0.0

    def answer(self, card: CardId) -> tuple[Rating, int]:
        """The grade that the learner gives to a card, and the milliseconds that it took."""
        is_first = card not in self._traces
        is_repeat = self._answered_on.get(card) == self.day
        now = self._now()
        luck, ease = self._luck[card].random(), self._traits.ease[card]
        if is_first:
            grade = _first_grade(self.knows_before(card), luck)
            self._traces[card] = self._model.first(Studied(ease, grade), now)
        else:
            grade = _grade(self._model.recall(self._traces[card], now), luck)
            self._traces[card] = self._model.again(self._traces[card], Studied(ease, grade), now)
        self._answered_on[card] = self.day
        spent_ms = self._spends_ms(card, grade, is_first, is_repeat)
        self.used_ms += spent_ms
        return grade, spent_ms

    def sleep(self) -> None:
        """The day ends; the next begins."""
        self._morning = self._after(1)
        self.day += 1
        self.used_ms = 0

    def has_seen(self, card: CardId) -> bool:
        """Whether a card was ever answered."""
        return card in self._traces

    def knows_before(self, card: CardId) -> float:
        """The chance that a card is known when it is first seen."""
        return self._traits.knows_before(self.cards[card])

    def recall(self, card: CardId, in_days: int = 0) -> float:
        """The chance that a card is recalled in the morning; a card never seen is not."""
        if card not in self._traces:
            return 0.0
        return self._model.recall(self._traces[card], Now(self.day + in_days, self._after(in_days)))

    def mean_recall(self, cards: Iterable[CardId], in_days: int = 0) -> float:
        """The share of some cards that is recalled, on the mean."""
        return fmean(self.recall(card, in_days) for card in cards)

    def _now(self) -> Now:
        return Now(self.day, self._morning + self.used_ms / 1000)

    def _after(self, days: int) -> float:
        used = self.used_ms / 1000
        return self._morning + used + BETWEEN_SITTINGS * max(0.0, days * DAY_SECONDS - used)

    def _spends_ms(self, card: CardId, grade: Rating, is_first: bool, is_repeat: bool) -> int:
        base = RIGHT_SECONDS if grade > Rating.AGAIN else WRONG_SECONDS
        if is_first:
            base = FIRST_SIGHT_SECONDS
        elif is_repeat:
            base = REPEAT_SECONDS
        return round(1000 * self._traits.seconds(self.cards[card], base))


def _grade(chance: float, luck: float) -> Rating:
    """The grade of an answer to a card that was seen before."""
    margin = chance - luck
    if margin <= 0:
        return Rating.AGAIN
    if margin < _HARD_BELOW:
        return Rating.HARD
    return Rating.EASY if margin > _EASY_ABOVE else Rating.GOOD


def _first_grade(chance: float, luck: float) -> Rating:
    """The grade of a first sight."""
    if luck >= chance:
        return Rating.AGAIN
    place = luck / chance
    if place < 0.15:
        return Rating.HARD
    return Rating.EASY if place > 0.8 else Rating.GOOD
