"""How the ease factors and the intervals of the cards in use are spread."""

from collections.abc import Collection
from collections.abc import Iterable

from cmom_srs.study.schedule import CardState
from cmom_srs.study.stats.bands import Spread
from cmom_srs.study.stats.bands import bands
from cmom_srs.study.stats.bands import spread

EASE_FACTORS = bands(130, 131, 160, 190, 220, 250, 251)  # the lowest and the first by themselves
INTERVALS = bands(1, 2, 7, 14, 21, 45, 90, 180)


def in_use(states: Iterable[CardState]) -> tuple[CardState, ...]:
    """The states of cards that were answered and are asked again."""
    return tuple(state for state in states if not state.is_new and not state.is_suspended)


def ease_factors(states: Collection[CardState]) -> Spread:
    """The ease factors of the cards in use, in hundredths."""
    return spread([state.memory.ease_factor for state in in_use(states)], EASE_FACTORS)


def intervals(states: Collection[CardState]) -> Spread:
    """SM-2's intervals of the cards in use, in days; an exam date shortens waits, not these."""
    return spread([state.memory.interval_days for state in in_use(states)], INTERVALS)
