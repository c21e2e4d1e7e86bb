"""`cmom stats --chart exams`: the scores of practice exams over time, against the pass mark."""

from collections.abc import Iterator
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from cmom_srs.cli import json_shapes
from cmom_srs.cli.learner import Learner
from cmom_srs.cli.look.charts import drawing
from cmom_srs.cli.look.charts.drawing import Column
from cmom_srs.cli.look.charts.drawing import draw
from cmom_srs.cli.record import sat_exams
from cmom_srs.study import wording
from cmom_srs.study.stats.exam_scores import ExamScore
from cmom_srs.study.stats.exam_scores import exam_scores

_MOST_ROWS = 14
_WIDTH_FOR_FRESH = 70
_VERDICTS = {True: ("passed", "right"), False: ("failed", "wrong"), None: ("part", "quiet")}


def show(learner: Learner) -> None:
    """The exams that were sat to their end."""
    draw(exam_scores(sat_exams(learner)), _shape, partial(blocks, learner.today))


def _shape(scores: Sequence[ExamScore]) -> dict[str, Any]:
    return {
        "exams": [
            {
                "id": each.number,
                "day": json_shapes.day(each.day),
                "questions": each.tally.total,
                "right": each.tally.right,
                "percent": json_shapes.rounded(each.tally.percent),
                "interval": json_shapes.interval(each.tally),
                "fresh": {"questions": each.fresh.total, "right": each.fresh.right},
                "pass_percent": each.pass_percent,
                "passed": each.passed,
                "domains": list(each.domains),
            }
            for each in scores
        ]
    }


def blocks(today: date, scores: Sequence[ExamScore], width: int) -> Iterator[RenderableType]:
    """The chart of these scores as of today."""
    yield drawing.title("Practice exams: scores over time")
    if not scores:
        yield "No exam was sat to its end yet. To sit one: cmom exam"
        return
    yield _words(scores)
    yield ""
    yield _table(today, scores[-_MOST_ROWS:], width)
    yield drawing.note(drawing.SHARE_LEGEND)
    yield drawing.note(f"{drawing.MARK_LEGEND}  part: of some domains, no verdict")
    if width >= _WIDTH_FOR_FRESH:
        yield drawing.note("fresh: questions that you had not met before; count on these")


def _words(scores: Sequence[ExamScore]) -> str:
    said = wording.count_of(scores, "exam")
    if len(scores) > _MOST_ROWS:
        said = f"{said}, the last {_MOST_ROWS} shown"
    whole = [each for each in scores if each.passed is not None]
    if not whole:
        return f"{said}, none of them of all domains"
    passed = sum(each.passed is True for each in whole)
    return f"{said}; passed: {passed} of {len(whole)} of all domains"


def _table(today: date, scores: Sequence[ExamScore], width: int) -> RenderableType:
    has_years = any(each.day.year != today.year for each in scores)
    columns = [
        Column("exam", 4),
        Column("day", 12 if has_years else 6, is_number=False),
        Column("score", 10),
        Column("", 6, is_number=False),
    ]
    has_fresh = width >= _WIDTH_FOR_FRESH
    if has_fresh:
        columns.insert(3, Column("fresh", 5))
    room = drawing.width_beside(columns, width)
    rows = drawing.table(columns, drawing.percent_axis(room), room)
    for each in scores:
        day = wording.table_date(each.day)
        verdict, style = _VERDICTS[each.passed]
        rows.add_row(
            str(each.number),
            day if has_years else day.partition(",")[0],
            f"{wording.whole_percent(each.tally)} of {each.tally.total}",
            *([str(each.fresh.total)] if has_fresh else []),
            Text(verdict, style),
            drawing.share(each.tally, room, None if each.domains else each.pass_percent),
        )
    return rows
