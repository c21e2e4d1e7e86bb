"""The practice exams: their scores over time, and what each came to."""

from collections.abc import Iterator
from collections.abc import Sequence

import htpy
from htpy import Node

from cmom_srs.report import charts
from cmom_srs.report.charts import Caption
from cmom_srs.report.contents import Contents
from cmom_srs.report.tables import command
from cmom_srs.report.tables import figure
from cmom_srs.study import wording
from cmom_srs.study.stats.exam_scores import ExamScore
from cmom_srs.study.stats.exam_scores import exam_scores

_MOST_DRAWN = 30
_HEADINGS = ("Exam", "Day", "Right", "Share", "90% interval", "Fresh", "Pass mark", "Result")


def section(contents: Contents) -> Iterator[Node]:
    """One chart of the last exams, the table of all."""
    found = exam_scores(contents.exams)
    if not found:
        yield htpy.p["No practice exam was sat to its end yet. To sit one: ", command("cmom exam")]
        return
    drawn = found[-_MOST_DRAWN:]
    caption = Caption("exam-scores", "Scores of practice exams", _words(found))
    chart = charts.scores(
        caption,
        [str(score.number) for score in drawn],
        [score.tally for score in drawn],
        [score.pass_percent for score in drawn],
    )
    rows = (_cells(contents, score) for score in reversed(found))
    yield figure(caption, chart, _HEADINGS, rows, is_open=True)
    yield htpy.p(".note")[
        "Fresh: the questions that you had never met before. Some domains alone are neither passed "
        "nor failed."
    ]


def _words(found: Sequence[ExamScore]) -> str:
    last, passed = found[-1], sum(bool(score.passed) for score in found)
    drawn = f" The chart has the last {_MOST_DRAWN}." if len(found) > _MOST_DRAWN else ""
    return (
        f"{wording.count_of(found, 'exam')} sat, {passed} passed. The last, exam {last.number}: "
        f"{last.tally} right ({wording.whole_percent(last.tally)}), pass mark {last.pass_percent}%."
        f"{drawn}"
    )


def _cells(contents: Contents, score: ExamScore) -> tuple[Node, ...]:
    return (
        score.number,
        wording.table_date(score.day),
        str(score.tally),
        wording.whole_percent(score.tally),
        wording.interval(score.tally),
        str(score.fresh) if score.fresh.total else "none",
        f"{score.pass_percent}%",
        _result(contents, score),
    )


def _result(contents: Contents, score: ExamScore) -> str:
    if score.passed is None:
        return f"of {', '.join(map(contents.title_of, score.domains))} alone"
    return "passed" if score.passed else "not passed"
