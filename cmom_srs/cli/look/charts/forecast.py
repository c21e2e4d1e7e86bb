"""`cmom stats --chart forecast`: what the days to the exam ask."""

from collections.abc import Iterator
from collections.abc import Sequence
from datetime import date
from functools import partial
from math import ceil
from typing import Any

from rich.console import RenderableType

from cmom_srs.cli import json_shapes
from cmom_srs.cli.learner import Learner
from cmom_srs.cli.look.charts import drawing
from cmom_srs.cli.look.charts.drawing import Column
from cmom_srs.cli.look.charts.drawing import draw
from cmom_srs.study import wording
from cmom_srs.study.day import forecast
from cmom_srs.study.day.forecast import DayAhead
from cmom_srs.study.stats.ahead import StretchAhead
from cmom_srs.study.stats.ahead import days_to_exam
from cmom_srs.study.stats.ahead import stretches

_MOST_ROWS = 14
_DAYS_WITHOUT_YEAR = 300
_COLUMNS = (Column("reviews", 7), Column("new", 5), Column("min/day", 7))


def show(learner: Learner) -> None:
    """The days to the exam, or the next four weeks."""
    exam_on = learner.limits().horizon.as_of(learner.today).exam_on
    days = days_to_exam(learner.run_ahead(), learner.today, exam_on)
    draw(days, partial(_shape, exam_on), partial(blocks, exam_on))


def _shape(exam_on: date | None, days: Sequence[DayAhead]) -> dict[str, Any]:
    return {
        "exam_on": json_shapes.day(exam_on),
        "days": [
            {
                "day": json_shapes.day(day.day),
                "due": day.due,
                "new": day.new,
                "unseen": day.unseen,
                "seconds": round(day.seconds),
            }
            for day in days
        ],
    }


def blocks(exam_on: date | None, days: Sequence[DayAhead], width: int) -> Iterator[RenderableType]:
    """The chart of these days to the exam, or of the next ones without."""
    yield drawing.title(_title(exam_on, days))
    if not any(day.due or day.new for day in days):
        yield "Nothing will be asked: no card is in use. To see notes: cmom browse"
        return
    yield _words(days)
    yield _seen_words(days)
    yield ""
    yield _table(stretches(days, _MOST_ROWS), width)
    yield drawing.note(f"{drawing.PARTS_LEGEND}; failures are reckoned with")


def _title(exam_on: date | None, days: Sequence[DayAhead]) -> str:
    span = wording.count_of(days, "day")
    if exam_on is None:
        return f"The next {span}: cards a day (no exam is set)"
    return f"The {span} to the exam on {wording.table_date(exam_on)}: cards a day"


def _words(days: Sequence[DayAhead]) -> str:
    reviews = wording.count_of(sum(day.due for day in days), "review")
    new = wording.count_of(sum(day.new for day in days), "new card")
    return f"{reviews}, {new}, {wording.minutes(1000 * sum(day.seconds for day in days))}"


def _seen_words(days: Sequence[DayAhead]) -> str:
    seen_on = forecast.all_seen_on(days)
    if seen_on is None:
        return f"{wording.count_of(days[-1].unseen, 'card')} still unseen after them"
    return f"All cards will have been seen by {wording.table_date(seen_on)}"


def _table(found: Sequence[StretchAhead], width: int) -> RenderableType:
    has_years = (found[-1].last_on - found[0].first_on).days > _DAYS_WITHOUT_YEAR
    words = wording.table_date if has_years else wording.table_day
    columns = (Column("from", 12 if has_years else 10, is_number=False), *_COLUMNS)
    room = drawing.width_beside(columns, width)
    most = max(_cards_a_day(each) for each in found)
    axis = drawing.count_axis(ceil(most), "cards a day", room)
    rows = drawing.table(columns, axis, room)
    for each in found:
        rows.add_row(
            words(each.first_on),
            str(each.due or "-"),
            str(each.new or "-"),
            _minutes_a_day(each),
            drawing.bar(each.due, each.new, ceil(most) * each.days, room),
        )
    return rows


def _minutes_a_day(stretch: StretchAhead) -> str:
    if not stretch.seconds:
        return "-"
    return str(round(stretch.seconds / 60 / stretch.days) or "<1")


def _cards_a_day(stretch: StretchAhead) -> float:
    return (stretch.due + stretch.new) / stretch.days
