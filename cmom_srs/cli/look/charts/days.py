"""`cmom stats --chart days`: the cards and the minutes of the last two weeks, day by day."""

from collections.abc import Iterator
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from rich.console import RenderableType

from cmom_srs.cli import json_shapes
from cmom_srs.cli.learner import Learner
from cmom_srs.cli.look.charts import drawing
from cmom_srs.cli.look.charts.drawing import Column
from cmom_srs.cli.look.charts.drawing import draw
from cmom_srs.study import wording
from cmom_srs.study.stats.days import DayDone
from cmom_srs.study.stats.days import days_done
from cmom_srs.study.stats.spacing import spaced

_DAYS = 14
_COLUMNS = (
    Column("day", 10, is_number=False),
    Column("reviews", 7),
    Column("new", 4),
    Column("repeats", 7),
    Column("min", 4),
)


def show(learner: Learner) -> None:
    """Each of the last 14 study days."""
    answers = learner.store.answers()
    first_on = learner.today - timedelta(days=_DAYS - 1)
    draw(days_done(answers, spaced(answers), first_on, learner.today), _shape, _blocks)


def _shape(days: Sequence[DayDone]) -> dict[str, Any]:
    return {"days": [json_shapes.day_done(each) for each in days]}


def _blocks(days: Sequence[DayDone], width: int) -> Iterator[RenderableType]:
    yield drawing.title(f"The last {_DAYS} days: cards and minutes a day")
    most = max(day.cards for day in days)
    if not most:
        yield f"No answers in these {_DAYS} days. To study: cmom review"
        return
    yield _words(days)
    yield ""
    room = drawing.width_beside(_COLUMNS, width)
    found = drawing.table(_COLUMNS, drawing.count_axis(most, "cards", room), room)
    for day in days:
        found.add_row(
            wording.table_day(day.day),
            *(str(number or "-") for number in (day.reviews, day.new, day.repeats)),
            _minutes(day),
            drawing.bar(day.reviews, day.new, most, room),
        )
    yield found
    yield drawing.note(f"{drawing.PARTS_LEGEND}; repeats are of the same day")


def _minutes(day: DayDone) -> str:
    if not day.duration_ms:
        return "-"
    return str(round(day.duration_ms / 60_000) or "<1")


def _words(days: Sequence[DayDone]) -> str:
    studied = wording.count_of(sum(day.cards > 0 for day in days), "day")
    cards = wording.count_of(sum(day.cards for day in days), "card")
    return f"{studied} studied, {cards}, {wording.minutes(sum(day.duration_ms for day in days))}"
