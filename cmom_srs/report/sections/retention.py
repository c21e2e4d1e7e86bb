"""How much of what was met before was still known, by domain and by the days gone by."""

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
from cmom_srs.study.stats.bands import Band
from cmom_srs.study.tally import Tally


def section(contents: Contents) -> Iterator[Node]:
    """Two charts, observed shares with their intervals."""
    retention = contents.retention
    if not retention.whole.total:
        yield htpy.p[
            "No card was asked on a second day yet. Tomorrow there is more: ",
            command("cmom review"),
        ]
        return
    yield htpy.p[
        f"{_share_words(retention.whole)} of the answers to cards met before were right. The lines "
        "across the bars show how far chance may have moved a share (90% interval)."
    ]
    by_domain = {contents.title_of(key): tally for key, tally in retention.by_domain.items()}
    yield _figure("retention-domains", "Recall by domain", "Domain", by_domain)
    by_days = {_days_words(band): tally for band, tally in retention.by_elapsed_days.items()}
    title = "Recall by the days since the answer before"
    yield _figure("retention-days", title, "Since then", by_days)


def _figure(name: str, title: str, heading: str, tallies: Mapping[str, Tally]) -> Element:
    caption = Caption(name, title, _words(tallies))
    return figure(
        caption,
        charts.shares(caption, tallies),
        (heading, "Right", "Share", "90% interval"),
        (
            (group, str(tally), wording.percent(tally), wording.interval(tally))
            for group, tally in tallies.items()
        ),
    )


def _days_words(band: Band) -> str:
    return "1 day" if band.high == 1 else f"{band_words(band)} days"


def _words(tallies: Mapping[str, Tally]) -> str:
    shares = {group: tally for group, tally in tallies.items() if tally.total}
    ends = sorted(shares, key=lambda group: shares[group].right / shares[group].total)
    lowest, highest = ends[0], ends[-1]
    said = f"Lowest: {lowest}, {_share_words(shares[lowest])}."
    if len(ends) == 1:
        return said
    return f"{said} Highest: {highest}, {_share_words(shares[highest])}."


def _share_words(tally: Tally) -> str:
    return f"{wording.percent(tally)} ({tally})"
