"""What was done on each study day: cards reviewed, cards met, repeats, and the time they took."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from statistics import median

from cmom_srs.study import schedule
from cmom_srs.study.schedule import Review

USUAL_OVER_DAYS = 14


def usual_day(answers: Iterable[Review], today: date) -> float | None:
    """The median of first answers a day, over the days studied before today; None for none."""
    per_day = Counter(
        answer.study_day for answer in schedule.counted(answers) if answer.study_day < today
    )
    return median(per_day.values()) if per_day else None
