"""What look-ups came to, on one screen: days side by side, slow topics, what deserves a tab."""

from collections.abc import Sequence
from itertools import islice
from math import inf

from rich.console import Group
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from cmom_srs.study import lookups
from cmom_srs.study.lookups import LIMIT_SECONDS
from cmom_srs.study.lookups import NEWEST
from cmom_srs.study.lookups import Entry
from cmom_srs.study.lookups import Figures
from cmom_srs.study.lookups import Lookup
from cmom_srs.study.lookups import Topic
from cmom_srs.study.tally import Tally
from cmom_srs.study.wording import count_of
from cmom_srs.study.wording import date_words
from cmom_srs.study.wording import percent
from cmom_srs.study.wording import seconds

_MOST_DAYS = 5
_MOST_SLOW = 4
_MOST_TABS = 3
_LONGEST_NAME = 32
_UNDER = f"under {LIMIT_SECONDS:g} s"


def saved(count: int) -> str:
    """What every way of leaving says: "7 look-ups saved"."""
    return f"{count_of(count, 'look-up')} saved" if count else "No look-ups to save"


def outcome(lookup: Lookup) -> str:
    """One look-up in a line: "Labor laws: found in 12.3 s, p. 212."."""
    how = "found in" if lookup.is_found else "not found, given up after"
    page = f", {lookups.page_words(lookup.page)}" if lookup.page else ""
    return f"{lookup.topic}: {how} {seconds(lookup.duration_ms)}{page}."


def summary(done: Sequence[Lookup], past: Sequence[Lookup], known: Sequence[Topic]) -> Group:
    """What a sitting came to, beside all look-ups so far, which hold those of the sitting."""
    entries = lookups.index(known, past)
    parts: list[RenderableType] = [_first_line(lookups.figures(done)), "", _over_time(past), ""]
    if slow := lookups.slowest(entries, _MOST_SLOW):
        parts += [Text("Slowest, by the median of the last three look-ups", "quiet")]
        parts += [_slow_topics(slow), ""]
    if worthy := lookups.worth_a_tab(entries, _MOST_TABS):
        names = ", ".join(_cut(entry.topic) for entry in worthy)
        parts += [Text.assemble(("Worth a tab: ", "strong"), names), ""]
    return Group(*parts, Text("Your own index of the manual: cmom lookup list", "quiet"))


def _first_line(sitting: Figures) -> Text:
    said = f"{saved(sitting.lookups)}: {sitting.under} of {sitting.lookups} {_UNDER}."
    return Text(said, "strong")


def _over_time(past: Sequence[Lookup]) -> Table:
    """The last days with look-ups, then the newest look-ups of whatever day."""
    days = lookups.by_day(past)
    table = Table.grid(padding=(0, 3, 0, 0))
    for justify in ("left", "right", "right", "right"):
        table.add_column(justify=justify)
    table.add_row(*(Text(head, "quiet") for head in ("", "look-ups", "median", _UNDER)))
    for day in islice(days, max(0, len(days) - _MOST_DAYS), None):
        table.add_row(date_words(day), *_cells(lookups.figures(days[day])))
    if len(days) > 1:
        newest = lookups.newest(past)
        table.add_row(f"The last {min(NEWEST, len(newest))}", *_cells(lookups.figures(newest)))
    return table


def _cells(figures: Figures) -> tuple[str, str, str]:
    share = percent(Tally(figures.under, figures.lookups))
    return str(figures.lookups), median(figures.median_ms), share


def median(median_ms: float | None) -> str:
    """A median in words: "12.3 s", "not found" where half or more found nothing, else a hyphen."""
    if median_ms is None:
        return "-"
    return "not found" if median_ms == inf else seconds(median_ms)


def _slow_topics(entries: Sequence[Entry]) -> Table:
    table = Table.grid(padding=(0, 3, 0, 0))
    table.add_column()
    table.add_column(justify="right")
    table.add_column(no_wrap=True, overflow="ellipsis")
    for entry in entries:
        table.add_row(_cut(entry.topic), median(entry.median_ms), entry.page or "")
    return table


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 3].rstrip()}..."
