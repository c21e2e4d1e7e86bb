"""The scores of practice exams over time, each with how far chance may have moved it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cmom_srs.study.readiness.record import SatExam
from cmom_srs.study.tally import Tally


@dataclass(frozen=True, slots=True)
class ExamScore:
    """An exam that was sat: when it began, its score, that of its fresh questions, its pass mark.

    `domains` are those it was drilled down to, none for an exam of all; then `passed` is None.
    """

    number: int
    day: date
    tally: Tally
    fresh: Tally
    pass_percent: int
    passed: bool | None
    domains: tuple[str, ...]


def exam_scores(exams: Iterable[SatExam]) -> tuple[ExamScore, ...]:
    """The scores in the order of the exams."""
    return tuple(
        ExamScore(
            number=each.exam.number,
            day=each.exam.study_day,
            tally=each.result.tally,
            fresh=each.result.fresh,
            pass_percent=each.exam.pass_percent,
            passed=each.result.passed,
            domains=each.exam.asked.domains,
        )
        for each in exams
    )
