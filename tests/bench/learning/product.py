"""cmom-srs as it is studied with: the product's own sessions, day by day.

`session.start` until `session.current` is None, each card revealed, graded and gone on from, with
the limits that the command line makes: the learner's paces from the last 200 answers of their kind
(`cli/learner.py`), a mean after 30 of them. What a history would give back of an answer is worked
out by `schedule.review`, as `history/log.py` does.
"""

from collections import deque
from collections.abc import Callable
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta

from cmom_srs.study import schedule
from cmom_srs.study import sm2
from cmom_srs.study.day import limits as bounds
from cmom_srs.study.day import session
from cmom_srs.study.day.failures import FailureShares
from cmom_srs.study.day.failures import Outcome
from cmom_srs.study.day.failures import shares_of
from cmom_srs.study.day.limits import Limits
from cmom_srs.study.day.queue import DayLog
from cmom_srs.study.day.session import Session
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import NEVER_ANSWERED
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Horizon
from cmom_srs.study.schedule import Recorded
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind
from tests.bench.learning.mind import Mind

START_ON = date(2027, 1, 4)
_DURATIONS_FOR_A_PACE = 200
_ANSWERS_FOR_SHARES = 1000

LimitsOfDay = Callable[[Limits, date], Limits]


def date_of(day: int) -> date:
    """The date of a study day."""
    return START_ON + timedelta(days=day)


class CmomSrs:
    """A learner who studies with cmom-srs, within the limits that `limits_of_day` makes of a day.

    `states` are those of the cards that were answered or pulled.
    """

    def __init__(self, cards: Iterable[Card], limits: Limits, limits_of_day: LimitsOfDay) -> None:
        self.states: dict[CardId, CardState] = {}
        self.cards = tuple(cards)
        self._limits = limits
        self._limits_of_day = limits_of_day
        self._first_sights: deque[int] = deque(maxlen=_DURATIONS_FOR_A_PACE)
        self._right_answers: deque[int] = deque(maxlen=_DURATIONS_FOR_A_PACE)
        self._outcomes: deque[Outcome] = deque(maxlen=_ANSWERS_FOR_SHARES)

    def study(self, mind: Mind) -> None:
        """One day: a session until nothing is left or the minutes are used."""
        today = date_of(mind.day)
        sitting = session.start(dict(self.states), self.cards, DayLog(), today, self.limits(today))
        while (card := session.current(sitting)) is not None:
            sitting = self._answer(sitting, card, mind)

    def limits(self, today: date) -> Limits:
        """The bounds of a day with the paces that are known by now."""
        first_sight = bounds.pace_seconds(self._first_sights, bounds.FIRST_SIGHT_SECONDS)
        right_answer = bounds.pace_seconds(self._right_answers, bounds.RIGHT_ANSWER_SECONDS)
        paced = replace(
            self._limits, first_sight_seconds=first_sight, right_answer_seconds=right_answer
        )
        return self._limits_of_day(paced, today)

    def failure_shares(self) -> FailureShares:
        """How often the learner's cards fail, by the last 1,000 answers that count."""
        return shares_of(self._outcomes)

    def pull(self, cards: Iterable[CardId], on: date) -> None:
        """Pulls the misses of an exam forward to a study day (exam, rule 21)."""
        for card in cards:
            self.states[card] = replace(self.states.get(card, NEVER_ANSWERED), pulled_on=on)

    def _answer(self, sitting: Session, card: CardId, mind: Mind) -> Session:
        grade, spent_ms = mind.answer(card)
        at = datetime.combine(sitting.study_day, time(12), UTC)
        at += timedelta(milliseconds=mind.used_ms)
        revealed = session.reveal(sitting)
        review = session.grade(revealed, grade, at, spent_ms)
        return session.go_on(revealed, self._record(review))

    def _record(self, review: Review) -> Recorded:
        before = self.states.get(review.card, NEVER_ANSWERED)
        if review.kind is not ReviewKind.SCHEDULED:
            return Recorded(review, before, before)
        after = schedule.review(before, review.grade, review.study_day)
        self.states[review.card] = after
        last_on = before.last_reviewed_on
        elapsed_days = None if last_on is None else (review.study_day - last_on).days
        is_pass = review.grade >= sm2.LOWEST_PASSING_GRADE
        self._outcomes.append(Outcome(elapsed_days, is_pass))
        if before.is_new:
            self._first_sights.append(review.duration_ms)
        elif is_pass:
            self._right_answers.append(review.duration_ms)
        return Recorded(review, before, after)


def without_date(limits: Limits, today: date) -> Limits:
    """Plain SM-2: no exam date, new cards as the setting has them."""
    return limits


def until_exam(exam_on: date) -> LimitsOfDay:
    """As a plan sets it: the exam date, and the day on which it was set."""

    def limits_of_day(limits: Limits, today: date) -> Limits:
        return replace(limits, horizon=Horizon(exam_on).as_of(today), start_on=START_ON)

    return limits_of_day


def capped(exam_on: date, new_a_day: int) -> LimitsOfDay:
    """SM-2 of which no wait ends after the eve of the exam, and new cards as many as told.

    The wait is `min(interval, eve - last)`. Before the eve that makes no other card due than the
    interval alone; on the eve every card is due that was not answered on it, which is the same as
    a longest wait of one day.
    """

    def limits_of_day(limits: Limits, today: date) -> Limits:
        is_eve = (exam_on - today).days == 1
        horizon = Horizon(longest_days=1 if is_eve else None)
        return replace(limits, new_cards=new_a_day, horizon=horizon)

    return limits_of_day
