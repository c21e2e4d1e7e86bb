"""Whether the cards fit into the minutes until the exam, and the ways out where they do not."""

from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from enum import StrEnum
from math import ceil

from cmom_srs.study.day.limits import Limits
from cmom_srs.study.plan.goal import Goal

_MOST_MINUTES = 1440
_MOST_DAYS_LATER = 2 * 366
_LONGEST = 2  # from that many times the tight limit on there is time to spare


class Verdict(StrEnum):
    """How much time there is for each card."""

    DOES_NOT_FIT = "does not fit"
    TIGHT = "tight"
    FITS = "fits"
    AMPLE = "ample"


@dataclass(frozen=True, slots=True)
class Fit:
    """The time for each card, and what it comes to.

    `enough_minutes` a day would do: to fit at all where it does not, to be no longer tight where it
    is, to know the cards where there is more than that; None where it fits, and where no day has
    that many. `fits_from` is the first later exam date at which it fits at the same minutes; None
    where it fits already, or in no two years.
    """

    verdict: Verdict
    seconds_per_card: float
    enough_minutes: int | None = None
    fits_from: date | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done: how many cards, and the seconds answered since the plan began."""

    cards: int
    answered_seconds: float


def judge(work: Work, goal: Goal, today: date, limits: Limits) -> Fit | None:
    """How the cards fit into the minutes; None without minutes, or without cards.

    The seconds for each card are those answered since the plan began and before today, and the
    minutes of all study days left, over all cards to be known. A card that is to stay takes two
    first sights at the least, and four right answers beside them to sit well; twice that is plenty.
    The paces are the learner's own.
    """
    if goal.minutes is None or not work.cards:
        return None
    days = goal.study_days_from(today)
    least = 2 * limits.first_sight_seconds
    good = least + 4 * limits.right_answer_seconds
    plenty = _LONGEST * good
    seconds = (work.answered_seconds + 60 * goal.minutes * days) / work.cards
    if seconds < least:
        return Fit(
            Verdict.DOES_NOT_FIT,
            seconds,
            _minutes_for(least, work, days),
            _fits_from(least, work, goal, today),
        )
    if seconds <= good:
        return Fit(Verdict.TIGHT, seconds, _minutes_for(good, work, days))
    if seconds <= plenty:
        return Fit(Verdict.FITS, seconds)
    return Fit(Verdict.AMPLE, seconds, _minutes_for(plenty, work, days))


def _minutes_for(seconds_per_card: float, work: Work, days: int) -> int | None:
    """The minutes a day, one at least, that leave so many seconds for each card."""
    if not days:
        return None
    missing = seconds_per_card * work.cards - work.answered_seconds
    minutes = max(1, ceil(missing / 60 / days))
    return minutes if minutes <= _MOST_MINUTES else None


def _fits_from(seconds_per_card: float, work: Work, goal: Goal, today: date) -> date | None:
    """The first later exam date that leaves so many seconds for each card."""
    missing = seconds_per_card * work.cards - work.answered_seconds
    days_needed = ceil(missing / 60 / (goal.minutes or 1))
    study_days = goal.study_days_from(today)
    for later in range(1, _MOST_DAYS_LATER):
        eve = goal.exam_on + timedelta(days=later - 1)
        study_days += goal.on_or_before(eve) == eve
        if study_days >= days_needed:
            return eve + timedelta(days=1)
    return None
