"""Anki with the settings it comes with, before anyone turns FSRS on: its own SM-2.

Source: Anki 25.2 and later, `rslib/src/scheduler/states/{learning,review,relearning}.rs`; the
intervals are held against the real library in `tests/unit/test_bench_learning.py`. Steps of 1 and
10 minutes, then a day (Easy: 4 days at once); 20 new cards and 200 reviews a day, the new ones
within these 200; after a failure 10 minutes, then a day; ease 2.50, -0.20, -0.15, 0, +0.15, at
least 1.30; Hard 1.2, Easy bonus 1.3; a late answer is given half (Good) or all (Easy) of the days
it was late. Fuzz is on, as it is by default. Leeches are marked and not suspended, siblings not
buried: both as new collections have it. Reviews come by due date, and of a date at random.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from random import Random

from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import Rating
from tests.bench.learning.rivals.fuzz import fuzzed

NEW_A_DAY = 20
REVIEWS_A_DAY = 200

_STEPS = (60.0, 600.0)
_HARD_AT_FIRST = 330.0  # between the two steps
_RELEARNING = {Rating.AGAIN: 600.0, Rating.HARD: 900.0}
_EASY_DAYS = 4
_EASE = {Rating.AGAIN: -20, Rating.HARD: -15, Rating.GOOD: 0, Rating.EASY: 15}
_LEAST_EASE = 130


@dataclass(frozen=True, slots=True)
class AnkiCard:
    """A card: the learning step it is on (None once it is reviewed), interval, ease in hundredths.

    `is_relearning` after a failure, until its step is over.
    """

    step: int | None = 0
    days: int = 0
    ease: int = 250
    is_relearning: bool = False


class AnkiSm2:
    """Anki's scheduler; `seed` None for no fuzz."""

    def __init__(self, seed: int | None, new_a_day: int = NEW_A_DAY) -> None:
        self._luck = None if seed is None else Random(seed)
        self._order = Random(seed or 0)
        self._new_a_day = new_a_day
        self._cards: dict[CardId, AnkiCard] = {}
        self._due: dict[CardId, int] = {}
        self._reviews_left = REVIEWS_A_DAY

    def due(self, day: int) -> Sequence[CardId]:
        """By due date, then at random; 200 at most."""
        found = [card for card, due_day in self._due.items() if due_day <= day]
        self._order.shuffle(found)
        found.sort(key=self._due.__getitem__)
        self._reviews_left = max(0, REVIEWS_A_DAY - len(found))
        return found[:REVIEWS_A_DAY]

    def new_today(self) -> int:
        """Twenty, as far as the reviews leave room for them."""
        return min(self._new_a_day, self._reviews_left)

    def grade(self, card: CardId, grade: Rating, day: int) -> float | None:
        """The seconds of a step, or None: then it is due on another day."""
        before = self._cards.get(card, AnkiCard())
        late = day - self._due.pop(card, day)
        luck = None if self._luck is None else self._luck.random()
        after, seconds = answered(before, grade, late, luck)
        self._cards[card] = after
        if seconds is None:
            self._due[card] = day + after.days
        return seconds


def answered(
    card: AnkiCard, grade: Rating, late: int = 0, luck: float | None = None
) -> tuple[AnkiCard, float | None]:
    """A card after an answer so many days late, and the seconds of its step if it is on one."""
    if card.is_relearning:
        return _relearnt(card, grade)
    if card.step is not None:
        return _learnt(card, card.step, grade, luck)
    ease = max(_LEAST_EASE, card.ease + _EASE[grade])
    if grade is Rating.AGAIN:
        return AnkiCard(None, 1, ease, is_relearning=True), _RELEARNING[grade]
    return replace(card, days=_next_days(card, grade, late, luck), ease=ease), None


def _learnt(
    card: AnkiCard, step: int, grade: Rating, luck: float | None
) -> tuple[AnkiCard, float | None]:
    match grade:
        case Rating.AGAIN:
            return replace(card, step=0), _STEPS[0]
        case Rating.HARD:
            return card, _HARD_AT_FIRST if step == 0 else _STEPS[step]
        case Rating.GOOD if step == 0:
            return replace(card, step=1), _STEPS[1]
        case Rating.GOOD:
            return replace(card, step=None, days=1), None
        case Rating.EASY:
            return replace(card, step=None, days=fuzzed(_EASY_DAYS, 1, luck)), None


def _relearnt(card: AnkiCard, grade: Rating) -> tuple[AnkiCard, float | None]:
    if grade in _RELEARNING:
        return card, _RELEARNING[grade]
    return replace(card, days=card.days + (grade is Rating.EASY), is_relearning=False), None


def _next_days(card: AnkiCard, grade: Rating, late: int, luck: float | None) -> int:
    hard = fuzzed(card.days * 1.2, card.days + 1, luck)
    if grade is Rating.HARD:
        return hard
    good = fuzzed((card.days + late / 2) * card.ease / 100, hard + 1, luck)
    if grade is Rating.GOOD:
        return good
    return fuzzed((card.days + late) * card.ease / 100 * 1.3, good + 1, luck)
