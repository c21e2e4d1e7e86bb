"""What the page shows: one value, of values of the study."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cmom_srs.study.day.forecast import DayAhead
from cmom_srs.study.exam.events import Reason
from cmom_srs.study.lookups import Entry
from cmom_srs.study.lookups import Figures
from cmom_srs.study.plan.plan import Plan
from cmom_srs.study.readiness.record import SatExam
from cmom_srs.study.readiness.summary import Readiness
from cmom_srs.study.stats.bands import Spread
from cmom_srs.study.stats.days import DayDone
from cmom_srs.study.stats.hardest import HardNote
from cmom_srs.study.stats.overview import Overview
from cmom_srs.study.stats.retention import Retention
from cmom_srs.study.stats.weak_topics import WeakTopic


@dataclass(frozen=True, slots=True)
class Contents:
    """A learner's way on one study day.

    `titles` are those of the domains by their keys, in the blueprint's order. `days` go on to
    today, from the first of the calendar at the latest; `ahead` begins today and ends on the eve of
    the exam, `exam_on` being None where none is ahead.
    """

    version: str
    titles: Mapping[str, str]
    overview: Overview
    readiness: Readiness
    exams: tuple[SatExam, ...]
    retention: Retention
    days: tuple[DayDone, ...]
    plan: Plan | None
    ahead: tuple[DayAhead, ...]
    exam_on: date | None
    ease_factors: Spread
    intervals: Spread
    hardest: tuple[HardNote, ...]
    reasons: Mapping[Reason | None, int]
    weak_topics: tuple[WeakTopic, ...]
    lookups: Figures
    index: tuple[Entry, ...]

    @property
    def today(self) -> date:
        """The study day that the page is of."""
        return self.overview.today_on

    @property
    def is_begun(self) -> bool:
        """Whether anything was answered, sat or looked up yet."""
        has_studied = any(day.cards or day.repeats for day in self.days)
        return bool(has_studied or self.ease_factors.total or self.exams or self.lookups.lookups)

    def title_of(self, domain: str) -> str:
        """A domain's title; its key where it is not known any more."""
        return self.titles.get(domain, domain)
