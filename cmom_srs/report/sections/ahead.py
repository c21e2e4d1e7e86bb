"""The forecast: what the days until the exam ask."""

from collections.abc import Iterator
from collections.abc import Sequence

import htpy
from htpy import Node

from cmom_srs.report import charts
from cmom_srs.report.charts import Caption
from cmom_srs.report.contents import Contents
from cmom_srs.report.tables import figure
from cmom_srs.study import wording
from cmom_srs.study.stats.ahead import StretchAhead
from cmom_srs.study.stats.ahead import stretches

_MOST_COLUMNS = 42


def section(contents: Contents) -> Iterator[Node]:
    """One chart, in stretches of days that fit it."""
    found = stretches(contents.ahead, _MOST_COLUMNS)
    if not any(stretch.due or stretch.new for stretch in found):
        yield htpy.p["Nothing is asked in the days ahead."]
        return
    caption = Caption("forecast", _title(contents), _words(found))
    chart = charts.stacks(
        caption,
        [f"{stretch.first_on:%b} {stretch.first_on.day}" for stretch in found],
        {
            "cards met before": [stretch.due for stretch in found],
            "new cards": [stretch.new for stretch in found],
        },
    )
    headings = ("Days", "Met before", "New", "Still unseen after")
    rows = ((_days_words(each), each.due, each.new, each.unseen) for each in found)
    yield figure(caption, chart, headings, rows)


def _title(contents: Contents) -> str:
    if contents.exam_on:
        return f"Cards asked until the exam on {wording.date_words(contents.exam_on)}"
    return "Cards asked in the next four weeks"


def _words(found: Sequence[StretchAhead]) -> str:
    reviews = wording.count_of(sum(stretch.due for stretch in found), "review")
    new = wording.count_of(sum(stretch.new for stretch in found), "new card")
    most = max(found, key=lambda stretch: stretch.due + stretch.new)
    unseen = found[-1].unseen
    left = f"{wording.count_of(unseen, 'card')} still unseen then." if unseen else "All seen then."
    return f"{reviews} and {new}. Most: {_days_words(most)}, {most.due + most.new}. {left}"


def _days_words(stretch: StretchAhead) -> str:
    first, last = wording.table_day(stretch.first_on), wording.table_day(stretch.last_on)
    return first if stretch.first_on == stretch.last_on else f"{first} to {last}"
