"""How many of so many were right, and how far chance may have moved that."""

from dataclasses import dataclass
from math import sqrt

Z_90 = 1.6448536269514722  # the 95th percentile of the normal distribution


@dataclass(frozen=True, slots=True)
class Tally:
    """So many right out of a total of answers or questions."""

    right: int
    total: int

    def __str__(self) -> str:
        return f"{self.right} of {self.total}"

    @property
    def percent(self) -> float | None:
        """From 0 to 100; None of nothing."""
        return 100 * self.right / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 90 % interval in percent; None of nothing."""
        return wilson(self.right, self.total) if self.total else None


def wilson(right: int, total: int, z: float = Z_90) -> tuple[float, float]:
    """Wilson's score interval for a share, in percent (Wilson 1927, without continuity correction).

    `z` is the normal quantile of its confidence, by default that of 90 %.
    """
    share, squared = right / total, z * z / total
    middle = share + squared / 2
    half = z * sqrt(share * (1 - share) / total + squared / (4 * total))
    low, high = ((middle - half) / (1 + squared), (middle + half) / (1 + squared))
    # At the ends the sums are exact on paper, and off by a rounding here.
    return (100 * low if right else 0.0, 100 * high if right < total else 100.0)
