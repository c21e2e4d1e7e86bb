"""The calendar: whole weeks of study days, each from Monday to Sunday."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from datetime import timedelta

from cmom_srs.study.stats.days import DayDone

CALENDAR_WEEKS = 26
LEVELS = (1, 20, 50, 100)  # the fewest cards of each level


@dataclass(frozen=True, slots=True)
class Week:
    """A week: its Monday, and its seven days, None for those that are yet to come."""

    monday: date
    days: tuple[DayDone | None, ...]


def monday_of(day: date) -> date:
    """The Monday that begins a day's week."""
    return day - timedelta(days=day.weekday())


def calendar_start(today: date) -> date:
    """The first day of the 26 weeks of which today's is the last."""
    return monday_of(today) - timedelta(weeks=CALENDAR_WEEKS - 1)


def calendar(days: Iterable[DayDone], today: date) -> tuple[Week, ...]:
    """The 26 weeks, the oldest first; a day that is not among these was not studied."""
    done = {each.day: each for each in days}
    weeks = (calendar_start(today) + timedelta(weeks=week) for week in range(CALENDAR_WEEKS))
    return tuple(Week(monday, _days(monday, done, today)) for monday in weeks)


def _days(monday: date, done: dict[date, DayDone], today: date) -> tuple[DayDone | None, ...]:
    week = (monday + timedelta(days=days) for days in range(7))
    return tuple(None if day > today else done.get(day, DayDone(day)) for day in week)


def level(cards: int) -> int:
    """How much so many cards a day are, from 0 for none to 4: the same for every learner."""
    return bisect_right(LEVELS, cards)
