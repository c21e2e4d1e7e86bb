"""The days ahead, worked out with the very queue that review uses."""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import timedelta
from heapq import heapify
from heapq import heappop
from heapq import heappush

from cmom_srs.study import schedule
from cmom_srs.study.day import order
from cmom_srs.study.day import queue
from cmom_srs.study.day.limits import Limits
from cmom_srs.study.day.limits import new_cards_left
from cmom_srs.study.day.order import Waiting
from cmom_srs.study.day.queue import DayLog
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import NEVER_ANSWERED
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Horizon
from cmom_srs.study.schedule import Rating

_LONGEST_DAYS = 2 * 366
_STANDSTILL_DAYS = 30


@dataclass(frozen=True, slots=True)
class DayAhead:
    """What a study day asks: seen and new cards, and how many are still unseen when it ends."""

    day: date
    due: int
    new: int
    unseen: int = 0


def run(
    states: Mapping[CardId, CardState],
    cards: Iterable[Card],
    log: DayLog,
    today: date,
    limits: Limits,
) -> Iterator[DayAhead]:
    """The rest of today, then one study day after the other, for two years.

    Every card is answered Good when it is asked. A day ends when its minutes are used, at the
    learner's paces, as a session does; without minutes, when nothing is left. Suspended cards are
    left out.
    """
    cards = sorted(cards, key=order.place)
    active = [card for card in cards if not states.get(card.id, NEVER_ANSWERED).is_suspended]
    ahead = _Ahead({card.id: states.get(card.id, NEVER_ANSWERED) for card in active}, limits)
    ahead.new = order.in_proportion(
        (card for card in active if ahead.states[card.id].is_new), cards, limits
    )
    introduced = len(log.introduced)
    used_seconds = sum(answer.duration_ms for answer in log.answers) / 1000
    answered = queue.answered_notes(log)
    for day in (today + timedelta(days=days) for days in range(_LONGEST_DAYS)):
        yield ahead.live(day, introduced, used_seconds, answered)
        introduced, used_seconds, answered = 0, 0.0, frozenset()


def look_ahead(days: Iterable[DayAhead], at_least: int) -> tuple[DayAhead, ...]:
    """So many days at least, and on until all cards are seen, or none was for thirty days."""
    seen: list[DayAhead] = []
    standstill = 0
    for day in days:
        seen.append(day)
        standstill = 0 if day.new else standstill + 1
        is_over = not day.unseen or standstill >= _STANDSTILL_DAYS
        if is_over and len(seen) >= at_least:
            break
    return tuple(seen)


def all_seen_on(days: Iterable[DayAhead]) -> date | None:
    """The first of these days at whose end no card is unseen; None for none."""
    return next((day.day for day in days if not day.unseen), None)


class _Ahead:
    """The cards as they stand on the day that was lived last."""

    def __init__(self, states: dict[CardId, CardState], limits: Limits) -> None:
        self.states = states
        self.new: tuple[CardId, ...] = ()
        self._limits = limits
        self._await_all(limits.horizon)

    def _await_all(self, horizon: Horizon) -> None:
        """All seen cards by the day on which they are due."""
        self._horizon = horizon
        self._waiting = [
            (schedule.waits_until(state, horizon), card)
            for card, state in self.states.items()
            if not state.is_new
        ]
        heapify(self._waiting)

    def live(
        self, day: date, introduced: int, used_seconds: float, answered: frozenset[str]
    ) -> DayAhead:
        """Goes through a day's queue as a session would."""
        limits = replace(self._limits, horizon=self._limits.horizon.as_of(day))
        if limits.horizon != self._horizon:
            self._await_all(limits.horizon)
        due = self._due(day)
        free = Waiting(
            due=order.by_overdueness(
                {card: self.states[card] for card in due if self._is_free(card, day, answered)},
                day,
                limits.horizon,
            ),
            new=tuple(card for card in self.new if self._is_free(card, day, answered)),
        )
        new_cards = new_cards_left(len(self.new) + introduced, introduced, day, limits)
        first, _ = order.arrange(free, new_cards)
        asked = self._within_minutes(first, limits, used_seconds)
        new = {card for card in asked if self.states[card].is_new}
        for card in asked:
            self._answer(card, day, limits.horizon)
        for card in due.difference(asked):
            heappush(self._waiting, (day, card))
        self.new = tuple(card for card in self.new if card not in new)
        return DayAhead(day, len(asked) - len(new), len(new), len(self.new))

    def _is_free(self, card: CardId, day: date, answered: frozenset[str]) -> bool:
        return card.note_id not in answered and self.states[card].buried_on != day

    def _due(self, day: date) -> set[CardId]:
        due = set()
        while self._waiting and self._waiting[0][0] <= day:
            due.add(heappop(self._waiting)[1])
        return due

    def _within_minutes(
        self, first: Iterable[CardId], limits: Limits, used_seconds: float
    ) -> list[CardId]:
        asked = []
        for card in first:
            if limits.minutes is not None and used_seconds >= limits.minutes * 60:
                break
            is_new = self.states[card].is_new
            used_seconds += limits.first_sight_seconds if is_new else limits.right_answer_seconds
            asked.append(card)
        return asked

    def _answer(self, card: CardId, day: date, horizon: Horizon) -> None:
        self.states[card] = schedule.review(self.states[card], Rating.GOOD, day)
        heappush(self._waiting, (schedule.waits_until(self.states[card], horizon), card))
