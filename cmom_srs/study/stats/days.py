"""What was done on each study day: cards reviewed, cards met, repeats, and the time they took."""

from collections import Counter
from collections.abc import Collection
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from statistics import median

from cmom_srs.study import schedule
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind
from cmom_srs.study.stats.spacing import Spaced

USUAL_OVER_DAYS = 14


@dataclass(frozen=True, slots=True)
class DayDone:
    """A study day, crams aside.

    Counted answers to cards seen before (`reviews`) and to new ones (`new`), every other answer
    (`repeats`), and the time of all of them.
    """

    day: date
    reviews: int = 0
    new: int = 0
    repeats: int = 0
    duration_ms: int = 0

    @property
    def cards(self) -> int:
        """The cards answered."""
        return self.reviews + self.new


def days_done(
    answers: Iterable[Review], counted: Collection[Spaced], first_on: date, last_on: date
) -> tuple[DayDone, ...]:
    """Each study day from the first to the last, those without an answer too.

    `answers` are all standing ones of these days at least, `counted` what the whole log counts.
    """
    new = Counter(each.review.study_day for each in counted if each.elapsed_days is None)
    seen = Counter(each.review.study_day for each in counted if each.elapsed_days is not None)
    given: Counter[date] = Counter()
    duration_ms: Counter[date] = Counter()
    for answer in answers:
        if answer.kind is not ReviewKind.CRAM:
            given[answer.study_day] += 1
            duration_ms[answer.study_day] += answer.duration_ms
    days = (first_on + timedelta(days=days) for days in range((last_on - first_on).days + 1))
    return tuple(
        DayDone(day, seen[day], new[day], given[day] - seen[day] - new[day], duration_ms[day])
        for day in days
    )


def usual_day(answers: Iterable[Review], today: date) -> float | None:
    """The median of first answers a day, over the days studied before today; None for none."""
    per_day = Counter(
        answer.study_day for answer in schedule.counted(answers) if answer.study_day < today
    )
    return median(per_day.values()) if per_day else None
