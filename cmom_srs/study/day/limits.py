"""What bounds a day and a session: minutes, the learner's pace, how many new cards."""

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import timedelta
from math import ceil
from statistics import fmean
from typing import NamedTuple

from cmom_srs.study.day import weekdays
from cmom_srs.study.schedule import OPEN
from cmom_srs.study.schedule import Horizon

NEW_CARDS = 20
REPEAT_BELOW = 3
FIRST_SIGHT_SECONDS = 35.0
RIGHT_ANSWER_SECONDS = 12.0

_ANSWERS_FOR_A_PACE = 30


@dataclass(frozen=True, slots=True)
class KeptBack:
    """Notes whose new cards no queue asks through the day `until`, when an exam asks them."""

    notes: frozenset[str] = frozenset()
    until: date | None = None

    def holds(self, note_id: str, day: date) -> bool:
        """Whether a note is kept back on a study day."""
        return self.until is not None and day <= self.until and note_id in self.notes


NOTHING_KEPT_BACK = KeptBack()


@dataclass(frozen=True, slots=True)
class Limits:
    """What bounds a day and a session.

    `new_cards` is the setting, `asked_new_cards` the learner's word for today (it wins);
    `answers` the first answers of this session; `minutes` per day, or per session where
    `bounds_session`; the two paces what a card takes in seconds; `horizon` what shortens waits;
    `start_on` the study day the exam plan began; `study_days` the weekdays that count as days to
    study (weekdays.NAMES); `weights` the blueprint's percents by domain key; `only` the note ids of
    a filter; `kept_back` what waits for the rehearsal.
    """

    new_cards: int = NEW_CARDS
    asked_new_cards: int | None = None
    answers: int | None = None
    minutes: float | None = None
    bounds_session: bool = False
    first_sight_seconds: float = FIRST_SIGHT_SECONDS
    right_answer_seconds: float = RIGHT_ANSWER_SECONDS
    horizon: Horizon = OPEN
    start_on: date | None = None
    study_days: Collection[str] = weekdays.EVERY_DAY
    weights: Mapping[str, int] = field(default_factory=dict)
    repeat_below: int = REPEAT_BELOW
    only: frozenset[str] | None = None
    is_ahead: bool = False
    kept_back: KeptBack = NOTHING_KEPT_BACK


def pace_seconds(durations_ms: Iterable[int], until_known: float) -> float:
    """The learner's own mean in seconds after 30 answers of a kind, `until_known` before.

    The mean and not the median, since the minutes are spent by the slow answers too. An answer
    that took no time was not timed (the command line's) and does not count.
    """
    durations = tuple(filter(None, durations_ms))
    return fmean(durations) / 1000 if len(durations) >= _ANSWERS_FOR_A_PACE else until_known


def new_cards_of_day(unseen: int, today: date, limits: Limits) -> int:
    """How many cards a day introduces, of `unseen` ones when it began (schedule, rule 3).

    The learner's word; else with an exam date as many as see all cards half-way to the exam, by
    the days on which the learner studies; else the setting. Without minutes to bound the day, a
    missed week must make no wall of new cards: then they are spread over a third of the days left
    at least.
    """
    if limits.asked_new_cards is not None:
        return limits.asked_new_cards
    exam_on = limits.horizon.exam_on
    if exam_on is None:
        return limits.new_cards
    days = weekdays.count(today, half_way(limits.start_on or today, exam_on), limits.study_days)
    if limits.minutes is None or limits.bounds_session:
        days = max(days, ceil(weekdays.count(today, exam_on, limits.study_days) / 3))
    return ceil(unseen / max(1, days))


def half_way(start_on: date, exam_on: date) -> date:
    """The day by which all cards are to be seen: in the middle between two days."""
    return start_on + timedelta(days=(exam_on - start_on).days // 2)


class NewCards(NamedTuple):
    """How many new cards are still asked today: before the due ones, and in all."""

    before_due: int
    in_all: int


def new_cards_left(unseen: int, introduced: int, today: date, limits: Limits) -> NewCards:
    """Today's new cards, less those that were introduced today, of `unseen` when it began.

    Before the due ones stand as many as half of the minutes allow, and with an exam date at least
    as many as see all cards in three quarters of the days left; without minutes, all.
    """
    of_day = new_cards_of_day(unseen, today, limits)
    before_due = of_day
    if limits.minutes is not None:
        of_minutes = ceil(limits.minutes * 60 / 2 / limits.first_sight_seconds)
        before_due = min(of_day, max(of_minutes, _needed_of_day(unseen, today, limits)))
    return NewCards(max(0, before_due - introduced), max(0, of_day - introduced))


def _needed_of_day(unseen: int, today: date, limits: Limits) -> int:
    """How many cards a day must introduce, lest some are never seen before the exam."""
    exam_on = limits.horizon.exam_on
    if exam_on is None:
        return 0
    days = weekdays.count(today, exam_on, limits.study_days) * 3 // 4
    return ceil(unseen / max(1, days))
