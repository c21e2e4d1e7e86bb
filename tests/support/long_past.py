"""A learner who studies for months: the answers, by a simple rule, the same on every run."""

from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from datetime import timedelta
from heapq import heappop
from heapq import heappush
from random import Random

from cmom_srs.study import schedule
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import NEVER_ANSWERED
from cmom_srs.study.schedule import Review
from tests.support.builders import TODAY
from tests.support.builders import answers
from tests.support.builders import repeats


def studies(
    cards: Sequence[CardId], days: int, new_a_day: int, off: Sequence[int] = ()
) -> Iterator[Review]:
    """The answers of so many days that end yesterday, in the order of the log.

    Each day some new cards, and all that are due; a tenth of either is failed and asked again, of
    every seventh card a half. `off` are weekdays without study, Monday being 0.
    """
    chance, waiting = Random(7), iter(cards)
    states = dict.fromkeys(cards, NEVER_ANSWERED)
    due: list[tuple[date, CardId]] = []
    for today in (TODAY - timedelta(days=ago) for ago in range(days, 0, -1)):
        if today.weekday() in off:
            continue
        asked = [card for _, card in zip(range(new_a_day), waiting, strict=False)]
        while due and due[0][0] <= today:
            asked.append(heappop(due)[1])
        for minute, card in enumerate(asked):
            grade = _grade(chance, hash_of(card) % 7 == 0)
            duration_ms = chance.randrange(6_000, 40_000)
            yield answers(card, grade, on=today, minute=minute, duration_ms=duration_ms)
            if grade < 3:
                yield replace(repeats(card, on=today, minute=len(asked) + minute))
            states[card] = schedule.review(states[card], grade, today)
            heappush(due, (states[card].due_on or today, card))


def hash_of(card: CardId) -> int:
    """A number of a card that no run of Python changes."""
    return sum(card.note_id.encode()) + card.ordinal


def _grade(chance: Random, is_hard: bool) -> int:
    known = 0.5 if is_hard else 0.9
    return chance.choice((3, 4, 4, 4, 5)) if chance.random() < known else 2
