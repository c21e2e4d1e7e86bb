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
from math import inf

from cmom_srs.study import schedule
from cmom_srs.study.day import order
from cmom_srs.study.day import queue
from cmom_srs.study.day import weekdays
from cmom_srs.study.day.failures import NEVER
from cmom_srs.study.day.failures import Failing
from cmom_srs.study.day.failures import FailureShares
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
    """What a study day asks, and how many cards are still unseen when it ends.

    `due` and `new` count first answers to seen and new cards, `seconds` is what these and the
    repeats of failed ones take, `introduced` are the new cards in their order.
    """

    day: date
    due: int
    new: int
    unseen: int = 0
    seconds: float = 0.0
    introduced: tuple[CardId, ...] = ()


def run(
    states: Mapping[CardId, CardState],
    cards: Iterable[Card],
    log: DayLog,
    today: date,
    limits: Limits,
    shares: FailureShares = NEVER,
) -> Iterator[DayAhead]:
    """The rest of today, then one study day after the other, for two years.

    Every card is answered Good when it is asked, but for the share that fails: those are Again,
    and repeated once that day. A day ends when its minutes are used, at the learner's paces, as a
    session does; without minutes, when nothing is left. Nothing is asked on a day on which the
    learner does not study. Suspended cards are left out; notes kept back are unseen, and come when
    they are no longer kept back.
    """
    cards = sorted(cards, key=order.place)
    active = [card for card in cards if not states.get(card.id, NEVER_ANSWERED).is_suspended]
    ahead = _Ahead(
        {card.id: states.get(card.id, NEVER_ANSWERED) for card in active}, limits, shares
    )
    ahead.new = order.in_proportion(
        (card for card in active if ahead.states[card.id].is_new), cards, limits
    )
    introduced = len(log.introduced)
    used_seconds = sum(answer.duration_ms for answer in log.answers) / 1000
    answered = queue.answered_notes(log)
    for day in (today + timedelta(days=days) for days in range(_LONGEST_DAYS)):
        if weekdays.is_study_day(day, limits.study_days):
            yield ahead.live(day, introduced, used_seconds, answered)
        else:
            yield DayAhead(day, 0, 0, len(ahead.new))
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

    def __init__(
        self, states: dict[CardId, CardState], limits: Limits, shares: FailureShares
    ) -> None:
        self.states = states
        self.new: tuple[CardId, ...] = ()
        self._limits = limits
        self._failing = Failing(shares)
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
        new = [card for card in self.new if not limits.kept_back.holds(card.note_id, day)]
        free = Waiting(
            due=order.by_overdueness(
                {card: self.states[card] for card in due if self._is_free(card, day, answered)},
                day,
                limits.horizon,
            ),
            new=tuple(card for card in new if self._is_free(card, day, answered)),
        )
        new_cards = new_cards_left(len(new) + introduced, introduced, day, limits)
        first, _ = order.arrange(free, new_cards)
        asked, seconds = self._ask(first, day, limits, used_seconds)
        for card in due.difference(asked):
            heappush(self._waiting, (day, card))
        seen_first = tuple(card for card in asked if card not in due)
        unseen = set(self.new).difference(seen_first)
        self.new = tuple(card for card in self.new if card in unseen)
        due_count = len(asked) - len(seen_first)
        return DayAhead(day, due_count, len(seen_first), len(self.new), seconds, seen_first)

    def _is_free(self, card: CardId, day: date, answered: frozenset[str]) -> bool:
        return card.note_id not in answered and self.states[card].buried_on != day

    def _due(self, day: date) -> set[CardId]:
        due = set()
        while self._waiting and self._waiting[0][0] <= day:
            due.add(heappop(self._waiting)[1])
        return due

    def _ask(
        self, first: Iterable[CardId], day: date, limits: Limits, used_seconds: float
    ) -> tuple[list[CardId], float]:
        """Answers cards until the minutes are used; those, and the seconds that it all takes."""
        most_seconds = inf if limits.minutes is None else limits.minutes * 60
        asked, failed, seconds = list[CardId](), 0, used_seconds
        for card in first:
            if seconds >= most_seconds:
                break
            is_new = self.states[card].is_new
            seconds += limits.first_sight_seconds if is_new else limits.right_answer_seconds
            failed += self._answer(card, day, limits.horizon)
            asked.append(card)
        while failed and seconds < most_seconds:
            seconds += limits.right_answer_seconds
            failed -= 1
        return asked, seconds - used_seconds

    def _answer(self, card: CardId, day: date, horizon: Horizon) -> bool:
        """Answers a card; whether it failed."""
        state = self.states[card]
        last_on = state.last_reviewed_on
        is_failure = self._failing.fails(None if last_on is None else (day - last_on).days)
        grade = Rating.AGAIN if is_failure else Rating.GOOD
        self.states[card] = schedule.review(state, grade, day)
        heappush(self._waiting, (schedule.waits_until(self.states[card], horizon), card))
        return is_failure
