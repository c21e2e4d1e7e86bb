"""The days of the week on which a learner studies, and how many of them a stretch has."""

from collections.abc import Collection
from datetime import date
from datetime import timedelta

NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY_DAY = NAMES


def is_study_day(day: date, names: Collection[str] = EVERY_DAY) -> bool:
    """Whether the learner studies on a day; `names` are some of NAMES."""
    return NAMES[day.weekday()] in names


def count(first: date, end: date, names: Collection[str] = EVERY_DAY) -> int:
    """How many days with these names there are from `first` on and before `end`; 0 for none."""
    weeks, rest = divmod(max(0, (end - first).days), len(NAMES))
    odd_days = (first + timedelta(days=days) for days in range(rest))
    return weeks * len(names) + sum(is_study_day(day, names) for day in odd_days)


def last_until(day: date, names: Collection[str] = EVERY_DAY) -> date:
    """The last day with one of these names that is not after `day`."""
    return next(
        earlier
        for earlier in (day - timedelta(days=days) for days in range(len(NAMES)))
        if is_study_day(earlier, names)
    )
