"""The forecast in stretches of days that fit a picture."""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from itertools import groupby
from itertools import takewhile

from cmom_srs.study.day.forecast import DayAhead
from cmom_srs.study.stats.weeks import monday_of

DAYS_WITHOUT_EXAM = 28
_STRETCHES = (1, 7, 14, 28, 56)


@dataclass(frozen=True, slots=True)
class StretchAhead:
    """What the days from the first to the last ask, and how many cards are unseen after them.

    `seconds` is what all of them take.
    """

    first_on: date
    last_on: date
    due: int
    new: int
    unseen: int
    seconds: float

    @property
    def days(self) -> int:
        """How many days these are."""
        return (self.last_on - self.first_on).days + 1


def days_to_exam(
    days: Iterable[DayAhead], today: date, exam_on: date | None
) -> tuple[DayAhead, ...]:
    """The days of a forecast until the eve of the exam; the next four weeks where none is ahead."""
    end = exam_on or today
    if end <= today:
        end = today + timedelta(days=DAYS_WITHOUT_EXAM)
    return tuple(takewhile(lambda ahead: ahead.day < end, days))


def stretches(days: Sequence[DayAhead], most: int) -> tuple[StretchAhead, ...]:
    """The days in at most so many stretches: of a day, a week, two, four or eight, from Monday.

    The first and the last may be shorter; eight weeks, where even these are too many.
    """
    for length in _STRETCHES:
        found = tuple(_stretches(days, length))
        if len(found) <= most:
            break
    return found


def _stretches(days: Sequence[DayAhead], length: int) -> Iterator[StretchAhead]:
    for _, grouped in groupby(
        days, key=lambda day: (day.day - monday_of(days[0].day)).days // length
    ):
        stretch = tuple(grouped)
        yield StretchAhead(
            first_on=stretch[0].day,
            last_on=stretch[-1].day,
            due=sum(day.due for day in stretch),
            new=sum(day.new for day in stretch),
            unseen=stretch[-1].unseen,
            seconds=sum(day.seconds for day in stretch),
        )
