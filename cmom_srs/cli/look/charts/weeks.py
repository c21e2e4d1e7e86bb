"""`cmom stats --chart calendar`: how much was studied on each day of 26 weeks."""

from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from cmom_srs.cli import json_shapes
from cmom_srs.cli.learner import Learner
from cmom_srs.cli.look.charts import drawing
from cmom_srs.cli.look.charts.drawing import draw
from cmom_srs.study import wording
from cmom_srs.study.stats import weeks
from cmom_srs.study.stats.days import DayDone
from cmom_srs.study.stats.days import days_done
from cmom_srs.study.stats.spacing import spaced
from cmom_srs.study.stats.weeks import CALENDAR_WEEKS
from cmom_srs.study.stats.weeks import LEVELS
from cmom_srs.study.stats.weeks import Week

_SHADES = "·░▒▓█"
_LABEL_WIDTH = 4


def show(learner: Learner) -> None:
    """The last 26 weeks, each a column from Monday down to Sunday."""
    answers = learner.store.answers()
    first_on = weeks.calendar_start(learner.today)
    days = days_done(answers, spaced(answers), first_on, learner.today)
    draw(weeks.calendar(days, learner.today), _shape, _blocks)


def _shape(found: Sequence[Week]) -> dict[str, Any]:
    return {
        "weeks": [
            {
                "monday": json_shapes.day(week.monday),
                "days": [json_shapes.day_done(day) for day in week.days if day],
            }
            for week in found
        ]
    }


def _blocks(found: Sequence[Week], width: int) -> Iterator[RenderableType]:
    yield drawing.title(f"The last {CALENDAR_WEEKS} weeks: cards a day")
    days = [day for week in found for day in week.days if day]
    if not any(day.cards for day in days):
        yield f"No answers in these {CALENDAR_WEEKS} weeks. To study: cmom review"
        return
    yield _words(days)
    yield ""
    yield drawing.note(_months(found))
    for place, name in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")):
        shades = " ".join(_shade(week.days[place]) for week in found)
        yield Text.assemble((f"{name:<{_LABEL_WIDTH}}", "quiet"), shades)
    yield ""
    yield drawing.note(_legend())


def _words(days: Sequence[DayDone]) -> str:
    studied = sum(day.cards > 0 for day in days)
    cards = wording.count_of(sum(day.cards for day in days), "card")
    minutes = wording.minutes(sum(day.duration_ms for day in days))
    return f"{studied} of {wording.count_of(days, 'day')} studied, {cards}, {minutes}"


def _months(found: Sequence[Week]) -> str:
    """Each month's name above the week in which it begins, where there is room."""
    line = " " * _LABEL_WIDTH
    for place, week in enumerate(found):
        begins = week.monday.day <= 7 or not place
        column = _LABEL_WIDTH + 2 * place
        if begins and len(line) <= column and column + 3 <= _LABEL_WIDTH + 2 * len(found):
            line = f"{line:<{column}}{week.monday:%b} "
    return line.rstrip()


def _shade(day: DayDone | None) -> str:
    return _SHADES[weeks.level(day.cards)] if day else " "


def _legend() -> str:
    ends = (*(low - 1 for low in LEVELS[1:]), None)
    spans = [
        f"{low} and more" if end is None else f"{low}-{end}"
        for low, end in zip(LEVELS, ends, strict=True)
    ]
    return "   ".join(f"{shade} {span}" for shade, span in zip(_SHADES, ("0", *spans), strict=True))
