"""What keeps the credential: continuing education earned, against what a period needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from cmom_srs.study.blueprint import Renewal

# Without a renewal date a period begins with a calendar year, or with months counted from one.
_END_OF_A_YEAR = date(1999, 12, 31)


@dataclass(frozen=True, slots=True)
class Ceu:
    """Continuing education as it was noted: what it was, its units in hundredths, its day.

    `number` is its place among all that were ever noted here, removed ones too: it never becomes
    another's. `uid` and `number` are empty until it is stored.
    """

    title: str
    units_hundredths: int
    earned_on: date
    uid: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Period:
    """The days in which units count together, the first and the last included."""

    begins_on: date
    ends_on: date

    def __contains__(self, day: date) -> bool:
        return self.begins_on <= day <= self.ends_on


@dataclass(frozen=True, slots=True)
class Earned:
    """What a period's units come to; `ceus` in order of their days. Units are in hundredths.

    `days_left` is 0 on the last day of the period, and None when it is over.
    """

    period: Period
    needed: int
    ceus: tuple[Ceu, ...]
    days_left: int | None

    @property
    def units(self) -> int:
        """What was earned."""
        return sum(ceu.units_hundredths for ceu in self.ceus)

    @property
    def missing(self) -> int:
        """What is still to be earned; 0 for enough or more."""
        return max(0, self.needed - self.units)


def present_period(renewal: Renewal, renews_on: date | None, today: date) -> Period:
    """The period that today counts in: it ends with the renewal date while that lies ahead.

    So a first one, which may be further off than the months of a period, makes a longer period. A
    renewal date that has passed stands for those that follow it. Without one the months are
    counted from a January on: twelve are the calendar year.
    """
    period = _period_of(renewal, renews_on, today)
    if renews_on is None or renews_on <= period.ends_on:
        return period
    return replace(period, ends_on=renews_on)


def period_by(renewal: Renewal, renews_on: date | None, year: int) -> Period:
    """The last period that ended within a year, or before it."""
    found = _period_of(renewal, renews_on, date(year, 12, 31))
    if found.ends_on.year <= year:
        return found
    return _period_of(renewal, renews_on, found.begins_on - timedelta(days=1))


def period_with(renewal: Renewal, renews_on: date | None, today: date, day: date) -> Period:
    """The period that a day counts in: the present one, or the one that the day is in."""
    present = present_period(renewal, renews_on, today)
    return present if day in present else _period_of(renewal, renews_on, day)


def earned(ceus: Iterable[Ceu], renewal: Renewal, period: Period, today: date) -> Earned:
    """What was earned in a period, seen from a day."""
    counted = [ceu for ceu in ceus if ceu.earned_on in period]
    days_left = (period.ends_on - today).days
    return Earned(
        period=period,
        needed=100 * renewal.units,
        ceus=tuple(sorted(counted, key=lambda ceu: (ceu.earned_on, ceu.number))),
        days_left=days_left if days_left >= 0 else None,
    )


def _period_of(renewal: Renewal, renews_on: date | None, day: date) -> Period:
    """The period that a day is in; all of them join, counted from one end of any."""
    one_end, months = renews_on or _END_OF_A_YEAR, renewal.every_months

    def ends_on(number: int) -> date:
        return one_end + relativedelta(months=number * months)

    apart = 12 * (day.year - one_end.year) + day.month - one_end.month
    number = apart // months  # its end is in the day's month, or in one before
    if ends_on(number) < day:
        number += 1
    return Period(ends_on(number - 1) + timedelta(days=1), ends_on(number))
