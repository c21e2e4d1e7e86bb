"""`cmom exam list` and `cmom exam show`: the exams sat, and the result of one."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from typing import NamedTuple

from cmom_srs.cli import json_shapes
from cmom_srs.cli.exam import result
from cmom_srs.cli.learner import Learner
from cmom_srs.cli.learner import learning
from cmom_srs.cli.output import show
from cmom_srs.errors import CmomError
from cmom_srs.history.exam import exams
from cmom_srs.history.store import Store
from cmom_srs.study import wording
from cmom_srs.study.exam.events import EventKind
from cmom_srs.study.exam.events import Sheet
from cmom_srs.study.exam.items import Exam

_BELOW = 1


class NoResultError(CmomError):
    """An exam without a result: there is none of that number, it is open, or it was dropped."""


class _Sat(NamedTuple):
    exam: Exam
    sheet: Sheet

    @property
    def state(self) -> str:
        """How it ended; "open" while it has not."""
        return str(self.sheet.ending.how) if self.sheet.ending else "open"

    @property
    def has_score(self) -> bool:
        """Whether it ended and counts."""
        return self.state in (EventKind.SUBMITTED, EventKind.EXPIRED)


def show_list() -> None:
    """Every exam, the oldest first."""
    with learning() as learner:
        sat = _all_sat(learner.store)
        show(sat, partial(_list_shape, learner), partial(_list_lines, learner))


def _all_sat(store: Store) -> list[_Sat]:
    return [_Sat(exam, exams.sheet_of(store, exam)) for exam in exams.all_exams(store)]


def _list_shape(learner: Learner, sat: list[_Sat]) -> dict[str, Any]:
    return {"exams": [_row_shape(learner, each) for each in sat]}


def _row_shape(learner: Learner, sat: _Sat) -> dict[str, Any]:
    of_result = result.result_of(learner, *sat) if sat.has_score else None
    return {
        "id": sat.exam.number,
        "profile": sat.exam.profile,
        "started_at": sat.exam.started_at.isoformat(),
        "state": sat.state,
        "questions": len(sat.exam.items),
        "right": of_result.tally.right if of_result else None,
        "percent": json_shapes.rounded(of_result.tally.percent) if of_result else None,
        "passed": of_result.passed if of_result else None,
        "fresh": (
            {"questions": of_result.fresh.total, "right": of_result.fresh.right}
            if of_result
            else None
        ),
    }


def _list_lines(learner: Learner, sat: list[_Sat]) -> Iterator[str]:
    if not sat:
        yield "No exam was sat yet. To sit one: cmom exam"
    for each in sat:
        exam = each.exam
        head = f"{exam.number:>3}  {wording.date_words(exam.started_at.date()):<18}"
        if each.has_score:
            yield f"{head}  {result.verdict(exam, result.result_of(learner, *each))}"
        else:
            questions = wording.count_of(exam.items, "question")
            yield f"{head}  {questions}, {each.state}"


def show_one(number: int | None, *, has_misses: bool, lowest_percent: float | None) -> int:
    """The result of an exam, the last that has one without a number; the exit code.

    1 for a score below `lowest_percent`. Raises NoResultError.
    """
    with learning() as learner:
        sat = _find(learner, number)
        of_result = result.result_of(learner, *sat)
        show(
            sat,
            lambda sat: {"exam": result.shape(learner, *sat)},
            lambda sat: _lines(learner, sat, has_misses),
        )
    percent = of_result.tally.percent or 0
    return _BELOW if lowest_percent is not None and percent < lowest_percent else 0


def _lines(learner: Learner, sat: _Sat, has_misses: bool) -> Iterator[str]:
    yield from result.lines(learner, *sat)
    if has_misses:
        yield from result.explained_lines(learner, *sat)


def _find(learner: Learner, number: int | None) -> _Sat:
    store = learner.store
    if number is None:
        found = [sat for sat in _all_sat(store) if sat.has_score]
        if not found:
            raise NoResultError("No exam has a result yet.", "To sit one: cmom exam")
        return found[-1]
    exam = exams.by_number(store, number)
    if exam is None:
        raise NoResultError(f"There is no exam {number}.", "To list them: cmom exam list")
    sat = _Sat(exam, exams.sheet_of(store, exam))
    if sat.sheet.ending is None:
        raise NoResultError(
            f"Exam {number} is open: what it shows would give its answers away.",
            "To go on with it: cmom exam",
        )
    if not sat.has_score:
        raise NoResultError(f"Exam {number} was dropped and has no score.")
    return sat
