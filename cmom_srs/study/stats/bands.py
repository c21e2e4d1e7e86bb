"""Whole numbers in bands that follow one another, the last of them without an end."""

from bisect import bisect_right
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Band:
    """The numbers from `low` to `high`, both included; `high` None without an end."""

    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Spread:
    """How many values lie in each band, in order, and the median of all; None of nothing."""

    counts: Mapping[Band, int]
    median: float | None

    @property
    def total(self) -> int:
        """All values."""
        return sum(self.counts.values())


def bands(*lows: int) -> tuple[Band, ...]:
    """The bands that begin at these ascending numbers."""
    highs = (*(low - 1 for low in lows[1:]), None)
    return tuple(Band(low, high) for low, high in zip(lows, highs, strict=True))


def band_of(number: int, among: tuple[Band, ...]) -> Band:
    """The band that a number lies in; the first for one below all of them."""
    return among[max(0, bisect_right(among, number, key=lambda band: band.low) - 1)]


def spread(numbers: Collection[int], among: tuple[Band, ...]) -> Spread:
    """How these numbers lie in the bands."""
    return Spread(_counts(numbers, among), median(numbers) if numbers else None)


def _counts(numbers: Iterable[int], among: tuple[Band, ...]) -> dict[Band, int]:
    counts = dict.fromkeys(among, 0)
    for number in numbers:
        counts[band_of(number, among)] += 1
    return counts
