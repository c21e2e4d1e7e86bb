"""The learner's own index of the manual, and how fast topics are found in it."""

from collections.abc import Iterator
from math import inf

import htpy
from htpy import Node

from cmom_srs.report.contents import Contents
from cmom_srs.report.tables import command
from cmom_srs.report.tables import table
from cmom_srs.study import wording
from cmom_srs.study.lookups import LIMIT_SECONDS
from cmom_srs.study.lookups import Entry


def section(contents: Contents) -> Iterator[Node]:
    """What `cmom lookup list` says, with the times beside."""
    if not contents.index:
        yield htpy.p["No note names a topic of the manual, and nothing was looked up yet."]
        return
    yield _words(contents)
    yield table(
        "Index of the manual",
        ("Topic", "Page or tab", "Look-ups", "Median of the last three"),
        (_cells(entry) for entry in contents.index),
    )


def _words(contents: Contents) -> Node:
    noted = sum(entry.page is not None for entry in contents.index)
    pages = f"{noted} of {wording.count_of(contents.index, 'topic')} with a page or tab."
    figures = contents.lookups
    if not figures.lookups:
        return htpy.p[pages, " Nothing was looked up yet: ", command("cmom lookup")]
    return htpy.p[
        f"{pages} Of the last {wording.count_of(figures.lookups, 'look-up')}, {figures.under} took "
        f"under {LIMIT_SECONDS:g} seconds."
    ]


def _cells(entry: Entry) -> tuple[Node, ...]:
    return entry.topic, entry.page or "", entry.lookups or "-", _median(entry.median_ms)


def _median(median_ms: float | None) -> str:
    if median_ms is None:
        return "-"
    return "not found" if median_ms == inf else wording.seconds(median_ms)
