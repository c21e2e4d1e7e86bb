"""What bounds a day and a session: minutes, the learner's pace, how many new cards."""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import timedelta
from math import ceil
from statistics import fmean
from typing import NamedTuple

from cmom_srs.study.schedule import OPEN
from cmom_srs.study.schedule import Horizon

NEW_CARDS = 20
REPEAT_BELOW = 3
FIRST_SIGHT_SECONDS = 35.0
RIGHT_ANSWER_SECONDS = 12.0

_ANSWERS_FOR_A_PACE = 30


@dataclass(frozen=True, slots=True)
class Limits:
    """What bounds a day and a session.

    `new_cards` is the setting, `asked_new_cards` the learner's word for today (it wins);
    `answers` the first answers of this session; `minutes` per day or session; the two paces what
    a card takes in seconds; `horizon` what shortens waits; `start_on` the study day the exam plan
    began; `weights` the blueprint's percents by domain key; `only` the note ids of a filter.
    """

    new_cards: int = NEW_CARDS
    asked_new_cards: int | None = None
    answers: int | None = None
    minutes: float | None = None
    first_sight_seconds: float = FIRST_SIGHT_SECONDS
    right_answer_seconds: float = RIGHT_ANSWER_SECONDS
    horizon: Horizon = OPEN
    start_on: date | None = None
    weights: Mapping[str, int] = field(default_factory=dict)
    repeat_below: int = REPEAT_BELOW
    only: frozenset[str] | None = None
    is_ahead: bool = False


def pace_seconds(durations_ms: Iterable[int], until_known: float) -> float:
    """The learner's own mean in seconds after 30 answers of a kind, `until_known` before.

    The mean and not the median, since the minutes are spent by the slow answers too. An answer
    that took no time was not timed (the command line's) and does not count.
    """
    durations = tuple(filter(None, durations_ms))
    return fmean(durations) / 1000 if len(durations) >= _ANSWERS_FOR_A_PACE else until_known


def new_cards_of_day(unseen: int, today: date, limits: Limits) -> int:
    """How many cards a day introduces, of `unseen` ones when it began (schedule, rule 3).

    The learner's word; else with an exam date as many as see all cards half-way to the exam; else
    the setting. Without minutes to bound the day, a missed week must make no wall of new cards:
    then they are spread over a third of the days left at least.
    """
    if limits.asked_new_cards is not None:
        return limits.asked_new_cards
    exam_on = limits.horizon.exam_on
    if exam_on is None:
        return limits.new_cards
    start_on = limits.start_on or today
    days = (start_on + timedelta(days=(exam_on - start_on).days // 2) - today).days
    if limits.minutes is None:
        days = max(days, ceil((exam_on - today).days / 3))
    return ceil(unseen / max(1, days))


class NewCards(NamedTuple):
    """How many new cards are still asked today: before the due ones, and in all."""

    before_due: int
    in_all: int


def new_cards_left(unseen: int, introduced: int, today: date, limits: Limits) -> NewCards:
    """Today's new cards, less those that were introduced today, of `unseen` when it began.

    Before the due ones stand as many as half of the minutes allow; without minutes, all.
    """
    of_day = new_cards_of_day(unseen, today, limits)
    before_due = of_day
    if limits.minutes is not None:
        before_due = min(of_day, ceil(limits.minutes * 60 / 2 / limits.first_sight_seconds))
    return NewCards(max(0, before_due - introduced), max(0, of_day - introduced))
