"""How the cards in use are spread: their intervals and their ease factors."""

from collections.abc import Iterator
from collections.abc import Mapping

import htpy
from htpy import Element
from htpy import Node

from cmom_srs.report import charts
from cmom_srs.report.charts import Caption
from cmom_srs.report.contents import Contents
from cmom_srs.report.tables import command
from cmom_srs.report.tables import figure
from cmom_srs.study import wording
from cmom_srs.study.stats.band_words import band_words
from cmom_srs.study.stats.band_words import ease_band_words
from cmom_srs.study.stats.band_words import ease_words


def section(contents: Contents) -> Iterator[Node]:
    """Two charts of counts."""
    intervals, ease_factors = contents.intervals, contents.ease_factors
    if intervals.median is None or ease_factors.median is None:
        yield htpy.p["No card was answered yet. To begin: ", command("cmom review")]
        return
    in_use = f"{wording.count_of(intervals.total, 'card')} in use"
    half = wording.count_of(int(intervals.median), "day")
    yield _figure(
        Caption("intervals", "Intervals in days", f"{in_use}: half of them wait {half} or less."),
        "Days",
        {band_words(band): count for band, count in intervals.counts.items()},
    )
    median = ease_words(ease_factors.median)
    yield _figure(
        Caption("ease", "Ease factors", f"{in_use}: half of them have {median} or less."),
        "Ease factor",
        {ease_band_words(band): count for band, count in ease_factors.counts.items()},
    )


def _figure(caption: Caption, heading: str, counts: Mapping[str, int]) -> Element:
    total = sum(counts.values())
    return figure(
        caption,
        charts.counts(caption, counts),
        (heading, "Cards", "Share"),
        ((name, count, f"{100 * count / total:.0f}%") for name, count in counts.items()),
    )
