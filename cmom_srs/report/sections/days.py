"""What was done day by day: cards and minutes of twelve weeks, and the calendar of 26."""

from collections.abc import Iterator
from collections.abc import Sequence

import htpy
from htpy import Element
from htpy import Node

from cmom_srs.report import charts
from cmom_srs.report.charts import Caption
from cmom_srs.report.contents import Contents
from cmom_srs.report.sections.calendar import calendar_table
from cmom_srs.report.tables import command
from cmom_srs.report.tables import figure
from cmom_srs.study import wording
from cmom_srs.study.stats.days import DayDone

_WEEKS = 12
_MINUTE_MS = 60_000


def section(contents: Contents) -> Iterator[Node]:
    """Two charts and a table that is its own picture."""
    if not any(day.cards or day.repeats for day in contents.days):
        yield htpy.p["No day of study in the last 26 weeks. To begin: ", command("cmom review")]
        return
    days = contents.days[-7 * _WEEKS :]
    yield _cards(days)
    yield _minutes(days)
    yield calendar_table(contents.days, contents.today)


def _cards(days: Sequence[DayDone]) -> Element:
    studied = [day for day in days if day.cards]
    words = f"{wording.count_of(studied, 'day')} studied in the last {_WEEKS} weeks."
    if studied:
        total = wording.count_of(sum(day.cards for day in days), "card")
        most = max(studied, key=lambda day: day.cards)
        words = f"{total} on {words} Most on {wording.table_day(most.day)}: {most.cards}."
    caption = Caption("days-cards", "Reviews a day", words)
    chart = charts.stacks(
        caption,
        _labels(days),
        {"cards met before": [day.reviews for day in days], "new cards": [day.new for day in days]},
    )
    rows = (
        (wording.table_day(day.day), day.reviews, day.new, day.repeats)
        for day in reversed(days)
        if day.cards or day.repeats
    )
    return figure(caption, chart, ("Day", "Met before", "New", "Repeats"), rows)


def _minutes(days: Sequence[DayDone]) -> Element:
    total = sum(day.duration_ms for day in days)
    words = f"{wording.minutes(total)} in the last {_WEEKS} weeks"
    if timed := [day for day in days if day.duration_ms]:
        words += f", {wording.minutes(total / len(timed))} on a day of study"
    caption = Caption("days-minutes", "Minutes a day", f"{words}.")
    minutes = [round(day.duration_ms / _MINUTE_MS, 1) for day in days]
    chart = charts.stacks(caption, _labels(days), {"minutes": minutes})
    rows = (
        (wording.table_day(day.day), wording.minutes(day.duration_ms))
        for day in reversed(days)
        if day.duration_ms
    )
    return figure(caption, chart, ("Day", "Time"), rows)


def _labels(days: Sequence[DayDone]) -> list[str]:
    return [f"{day.day:%b} {day.day.day}" for day in days]
