"""An exam's clock: what is left of its time, and whether the answers keep up with it."""

from datetime import datetime
from datetime import timedelta
from math import floor

from cmom_srs.study.exam.events import Sheet
from cmom_srs.study.exam.items import Exam

# Said once when so many minutes are left.
WARNINGS = (timedelta(minutes=10), timedelta(minutes=2))


def left(exam: Exam, sheet: Sheet, now: datetime) -> timedelta | None:
    """The time left, 0 when it is over; None without a clock."""
    if exam.deadline_at is None:
        return None
    return max(timedelta(), exam.deadline_at - sheet.now(now))


def used(exam: Exam, sheet: Sheet, now: datetime) -> timedelta:
    """The time since the exam started."""
    return sheet.now(now) - exam.started_at


def ahead(exam: Exam, sheet: Sheet, now: datetime) -> int | None:
    """How many answers more than the pace asks for, negative for fewer; None without a clock.

    The pace is as many of the items as the part of the time that is used.
    """
    if exam.minutes is None:
        return None
    part = used(exam, sheet, now) / timedelta(minutes=exam.minutes)
    return len(sheet.responses) - floor(len(exam.items) * part)
