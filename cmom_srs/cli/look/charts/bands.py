"""How many cards lie in each band, as bars."""

from collections.abc import Callable
from collections.abc import Iterator

from rich.console import RenderableType

from cmom_srs.cli.look.charts import drawing
from cmom_srs.cli.look.charts.drawing import Column
from cmom_srs.study.stats.bands import Band
from cmom_srs.study.stats.bands import Spread

_LABEL_WIDTH = 12


def bars(
    heading: str, spread: Spread, words: Callable[[Band], str], width: int
) -> Iterator[RenderableType]:
    """A bar for each band, with its count and its percents, above the axis."""
    label = Column(heading, _LABEL_WIDTH, is_number=False)
    columns = (label, Column("cards", 6), Column("share", 5))
    room = drawing.width_beside(columns, width)
    most = max(spread.counts.values())
    found = drawing.table(columns, drawing.count_axis(most, "cards", room), room)
    for band, count in spread.counts.items():
        percent = f"{100 * count / spread.total:.0f}%"
        found.add_row(words(band), str(count), percent, drawing.bar(count, 0, most, room))
    yield found
