"""What a plan is for: an exam date, and what the learner gives of time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from datetime import timedelta

from cmom_srs.study.day import weekdays
from cmom_srs.study.day.limits import half_way

_SHORTEST_WITH_REHEARSAL_DAYS = 28


@dataclass(frozen=True, slots=True)
class Goal:
    """An exam ahead.

    `start_on` is the study day on which an exam date was set while none was; `minutes` a day (None:
    no limit); `study_days` the weekdays on which the learner studies (weekdays.NAMES);
    `wants_rehearsal` whether questions may be kept back for one.
    """

    exam_on: date
    start_on: date
    minutes: int | None = None
    study_days: Collection[str] = weekdays.EVERY_DAY
    wants_rehearsal: bool = True

    @property
    def half_way_on(self) -> date:
        """The day by which all cards are to be seen."""
        return half_way(self.start_on, self.exam_on)

    @property
    def is_long(self) -> bool:
        """Whether it leaves time for an exam two weeks before: four weeks or more."""
        return (self.exam_on - self.start_on).days >= _SHORTEST_WITH_REHEARSAL_DAYS

    def study_days_from(self, day: date) -> int:
        """The days left to study, from a day on to the eve of the exam."""
        return weekdays.count(day, self.exam_on, self.study_days)

    def on_or_before(self, day: date) -> date:
        """The last study day that is not after a day."""
        return weekdays.last_until(day, self.study_days)

    def days_before(self, days: int) -> date:
        """The study day so many days before the exam, or the last one before that."""
        return self.on_or_before(self.exam_on - timedelta(days=days))
