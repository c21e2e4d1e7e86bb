"""What readiness is judged by: a learner's cards, answers, look-ups and ended exams."""

from collections.abc import Collection
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from typing import NamedTuple

from cmom_srs.study import schedule
from cmom_srs.study.exam import score
from cmom_srs.study.exam.events import EventKind
from cmom_srs.study.exam.events import Sheet
from cmom_srs.study.exam.items import Exam
from cmom_srs.study.exam.score import Result
from cmom_srs.study.lookups import Lookup
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import Review


class SatExam(NamedTuple):
    """An exam that was sat to its end, its events' fold, and what it came to."""

    exam: Exam
    sheet: Sheet
    result: Result


def sat(exam: Exam, sheet: Sheet, fresh: Collection[int]) -> SatExam | None:
    """The exam with its result; None while it is open, once it was dropped, and if all is blank.

    `fresh` are the positions of the items whose notes were new to the learner. An exam without a
    response was not sat: it says nothing of what the learner knows.
    """
    ending = sheet.ending
    if ending is None or ending.how is EventKind.DROPPED or not sheet.responses:
        return None
    return SatExam(exam, sheet, score.score(exam, sheet, fresh))


@dataclass(frozen=True, slots=True)
class Record:
    """A learner's cards that are not retired, and all that was done up to now.

    `answers` are those that stand, in the order of the log; `lookups` and `exams` the
    oldest first. `minutes` has the time allotted by each profile.
    """

    cards: Collection[Card] = ()
    answers: Collection[Review] = ()
    lookups: tuple[Lookup, ...] = ()
    exams: tuple[SatExam, ...] = ()
    minutes: Mapping[str, int] = field(default_factory=dict)

    def counted(self) -> Mapping[CardId, tuple[Review, ...]]:
        """Each card's first answers of a day, in order; cards never answered are not there."""
        by_card: dict[CardId, list[Review]] = {}
        for answer in schedule.counted(self.answers):
            by_card.setdefault(answer.card, []).append(answer)
        return {card: tuple(answers) for card, answers in by_card.items()}

    def full_exams_in_time(self) -> tuple[SatExam, ...]:
        """The full exams that were sat with the profile's clock, or a shorter one."""
        return tuple(each for each in self.exams if each.exam.asked.is_full and self._timed(each))

    def _timed(self, each: SatExam) -> bool:
        given = each.exam.minutes
        return given is not None and given <= self.minutes.get(each.exam.profile, given)
