"""What charts are drawn with: bars, shares with their intervals, axes; read without color."""

import sys
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from math import floor
from typing import Any
from typing import NamedTuple
from typing import TypeVar

from rich.console import Group
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from cmom_srs.cli.output import is_json
from cmom_srs.cli.output import show
from cmom_srs.study.tally import Tally
from cmom_srs.terminal.output.screen import Screen

Value = TypeVar("Value")

_FEWEST_COLUMNS = 56
_GAP = 2
_FULL, _LIGHT = "█", "░"
_POINT, _REACH, _MARK = "●", "─", "┊"


def draw(
    value: Value,
    shape: Callable[[Value], Mapping[str, Any]],
    blocks: Callable[[Value, int], Iterable[RenderableType]],
) -> None:
    """Prints a chart on stdout: its numbers as JSON if that is asked for, else its blocks.

    `blocks` are told the columns that they have, 56 or more.
    """
    if is_json():
        show(value, shape, lambda _: ())
        return
    screen = Screen(sys.stdout)
    width = max(_FEWEST_COLUMNS, screen.text_width)
    for line in screen.rendered(Group(*blocks(value, width))):
        # Not by click, which writes UTF-8 where the output says that it takes ASCII alone.
        sys.stdout.write(f"{line}\n")


def title(text: str) -> Text:
    """The first line of a chart."""
    return Text(text, "strong")


def note(text: str) -> Text:
    """A line that explains."""
    return Text(text, "quiet")


class Column(NamedTuple):
    """A column of a table: its heading, and its width in cells; numbers stand at its right."""

    heading: str
    width: int
    is_number: bool = True


def table(columns: Iterable[Column], last: str, last_width: int) -> Table:
    """A table of columns and, last, what is drawn.

    It is as wide as its columns; on a narrower screen its right end, what is drawn, is cut off.
    """
    found = Table.grid(padding=(0, _GAP, 0, 0))
    found.show_header = True
    found.header_style = "none"
    for column in columns:
        found.add_column(
            Text(column.heading, "quiet"),
            justify="right" if column.is_number else "left",
            width=column.width,
            no_wrap=True,
            overflow="crop",
        )
    found.width = last_width + sum(column.width + _GAP for column in columns)
    found.add_column(Text(last, "quiet"), width=last_width, no_wrap=True, overflow="crop")
    return found


def width_beside(columns: Iterable[Column], width: int) -> int:
    """What columns leave for what is drawn beside them."""
    return width - sum(column.width + _GAP for column in columns)


# Counts


def bar(dark: int, light: int, most: int, width: int) -> Text:
    """Two counts end to end, where `most` fills the width; each has a cell if it is not nothing."""
    has_dark, has_light = dark > 0, light > 0
    of_both = max(round(width * (dark + light) / most), has_dark + has_light)
    of_light = max(round(width * light / most), 1) if has_light else 0
    of_dark = max(of_both - of_light, 1) if has_dark else 0
    return Text(_FULL * of_dark + _LIGHT * min(of_light, width - of_dark))


def count_axis(most: int, unit: str, width: int) -> str:
    """What the ends of a bar's line stand for: "0          120 cards"."""
    return f"0{f'{most} {unit}':>{width - 1}}"


# Shares


def share(tally: Tally, width: int, mark: float | None = None) -> Text:
    """A share on a line from 0 to 100 %: its point, its 90 % interval, and a mark to reach."""
    if tally.percent is None or tally.interval is None:
        return Text()
    low, high = (_cell(end, width) for end in tally.interval)
    cells = [_REACH if low <= cell <= high else " " for cell in range(width)]
    if mark is not None:
        cells[_cell(mark, width)] = _MARK
    cells[_cell(tally.percent, width)] = _POINT
    return Text("".join(cells).rstrip())


def _cell(percent: float, width: int) -> int:
    return min(floor(percent * width / 100), width - 1)


def percent_axis(width: int) -> str:
    """The head of a column of shares: "0%      50%     100%"."""
    half = _cell(50, width)
    return f"{'0%':<{half}}{'50%':<{width - half - 4}}100%"


SHARE_LEGEND = f"{_POINT} share right  {_REACH} 90% interval: the fewer, the wider"
MARK_LEGEND = f"{_MARK} pass mark"
PARTS_LEGEND = f"{_FULL} reviews  {_LIGHT} new cards"
