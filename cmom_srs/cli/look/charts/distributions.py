"""`cmom stats --chart intervals` and `--chart ease`: how the cards in use are spread."""

from collections.abc import Iterator
from typing import Any

from rich.console import RenderableType

from cmom_srs.cli.learner import Learner
from cmom_srs.cli.look.charts import drawing
from cmom_srs.cli.look.charts.bands import bars
from cmom_srs.cli.look.charts.drawing import draw
from cmom_srs.study import wording
from cmom_srs.study.sm2 import INITIAL_EASE_FACTOR
from cmom_srs.study.sm2 import MINIMUM_EASE_FACTOR
from cmom_srs.study.stats import distributions
from cmom_srs.study.stats.band_words import band_words
from cmom_srs.study.stats.band_words import ease_band_words
from cmom_srs.study.stats.band_words import ease_words
from cmom_srs.study.stats.bands import Spread

_NONE = "No card was answered yet. To study: cmom review"


def show_intervals(learner: Learner) -> None:
    """SM-2's intervals of the cards in use."""
    draw(distributions.intervals(learner.states.values()), _intervals_shape, _interval_blocks)


def show_ease(learner: Learner) -> None:
    """The ease factors of the cards in use."""
    draw(distributions.ease_factors(learner.states.values()), _ease_shape, _ease_blocks)


def _intervals_shape(spread: Spread) -> dict[str, Any]:
    return {
        "cards": spread.total,
        "median_days": spread.median,
        "intervals": [
            {"from_days": band.low, "to_days": band.high, "cards": count}
            for band, count in spread.counts.items()
        ],
    }


def _ease_shape(spread: Spread) -> dict[str, Any]:
    return {
        "cards": spread.total,
        "median": None if spread.median is None else spread.median / 100,
        "ease_factors": [
            {
                "from": band.low / 100,
                "to": None if band.high is None else band.high / 100,
                "cards": count,
            }
            for band, count in spread.counts.items()
        ],
    }


def _interval_blocks(spread: Spread, width: int) -> Iterator[RenderableType]:
    yield drawing.title("Intervals: days from one answer to the next")
    if spread.median is None:
        yield _NONE
        return
    days = wording.count_of(int(spread.median), "day")
    yield f"{_cards_words(spread)}: half of them wait {days} or less"
    yield ""
    yield from bars("days", spread, band_words, width)
    yield ""
    yield drawing.note("As SM-2 has them: an exam date shortens waits, not these.")


def _ease_blocks(spread: Spread, width: int) -> Iterator[RenderableType]:
    yield drawing.title("Ease: how much an interval grows with each answer")
    if spread.median is None:
        yield _NONE
        return
    yield f"{_cards_words(spread)}: half of them have {ease_words(spread.median)} or less"
    yield ""
    yield from bars("ease factor", spread, ease_band_words, width)
    yield ""
    yield drawing.note(
        f"Every card begins at {ease_words(INITIAL_EASE_FACTOR)}; answers below Good lower it,"
    )
    yield drawing.note(
        f"Easy raises it. {ease_words(MINIMUM_EASE_FACTOR)}, the lowest, is a card to rewrite."
    )


def _cards_words(spread: Spread) -> str:
    return f"{wording.count_of(spread.total, 'card')} in use"
