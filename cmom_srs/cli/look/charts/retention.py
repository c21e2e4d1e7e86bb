"""`cmom stats --chart retention`: what was still known, by domain and by the days gone by."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from rich.console import RenderableType

from cmom_srs.cli import json_shapes
from cmom_srs.cli.learner import Learner
from cmom_srs.cli.look.charts import drawing
from cmom_srs.cli.look.charts.drawing import Column
from cmom_srs.cli.look.charts.drawing import draw
from cmom_srs.study import wording
from cmom_srs.study.stats.band_words import band_words
from cmom_srs.study.stats.retention import Retention
from cmom_srs.study.stats.retention import retention
from cmom_srs.study.stats.spacing import spaced
from cmom_srs.study.tally import Tally

_LABEL_WIDTHS = (18, 34)
_NUMBERS = (Column("right", 5), Column("answers", 7))


def show(learner: Learner) -> None:
    """The share right of counted answers to cards seen before."""
    counted = spaced(learner.store.answers())
    draw(
        retention(counted, learner.cards.values(), learner.domains()),
        _shape,
        partial(_blocks, learner),
    )


def _shape(found: Retention) -> dict[str, Any]:
    return {
        **json_shapes.share(found.whole),
        "domains": [
            {"domain": domain, **json_shapes.share(tally)}
            for domain, tally in found.by_domain.items()
        ],
        "elapsed_days": [
            {"from": band.low, "to": band.high, **json_shapes.share(tally)}
            for band, tally in found.by_elapsed_days.items()
        ],
    }


def _blocks(learner: Learner, found: Retention, width: int) -> Iterator[RenderableType]:
    yield drawing.title("Retention: what you still knew of cards seen before")
    if not found.whole.total:
        yield "No card was answered on a second day yet. To study: cmom review"
        return
    yield _whole_words(found.whole)
    yield ""
    days = ((band_words(band), tally) for band, tally in found.by_elapsed_days.items())
    yield from _group("days since seen", days, width)
    yield ""
    domains = ((learner.domain_title(key), tally) for key, tally in found.by_domain.items())
    yield from _group("domain", domains, width)
    yield drawing.note(drawing.SHARE_LEGEND)


def _whole_words(whole: Tally) -> str:
    low, high = whole.interval or (0, 0)
    answers = wording.count_of(whole.total, "answer")
    return f"{wording.percent(whole)} of {answers} right, 90% interval {low:.0f}% to {high:.0f}%"


def _group(heading: str, rows: Iterator[tuple[str, Tally]], width: int) -> Iterator[RenderableType]:
    fewest, most = _LABEL_WIDTHS
    label_width = max(fewest, min(width // 2 - 8, most))
    columns = (Column(heading, label_width, is_number=False), *_NUMBERS)
    room = drawing.width_beside(columns, width)
    found = drawing.table(columns, drawing.percent_axis(room), room)
    for label, tally in rows:
        percent, answers = wording.percent(tally), str(tally.total)
        found.add_row(label, percent, answers, drawing.share(tally, room))
    yield found
