"""Anki's fuzz: an interval moved a little, so that what was learnt together comes apart.

Source: Anki 25.2 and later, `rslib/src/scheduler/states/fuzz.rs`: 1 day up or down from 2.5 days
on, and 15 % of the days from 2.5 to 7, 10 % of those to 20, 5 % of those beyond.
"""

_RANGES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, 36_500.0, 0.05))
_LONGEST = 36_500


def fuzzed(days: float, least: int, luck: float | None) -> int:
    """Whole days for an interval, `least` of them at least.

    `luck`, from 0 to below 1, chooses within the bounds; None for the nearest day.
    """
    days = min(max(days, least), _LONGEST)
    if luck is None:
        return max(least, nearest(days))
    lower, upper = bounds(days, least)
    return int(lower + luck * (1 + upper - lower))


def bounds(days: float, least: int) -> tuple[int, int]:
    """The fewest and the most days that an interval may be moved to."""
    delta = 0.0
    if days >= 2.5:
        delta = 1.0 + sum(share * max(0.0, min(days, end) - start) for start, end, share in _RANGES)
    lower = max(least, nearest(days - delta))
    upper = max(least, nearest(days + delta))
    if lower == upper and upper > 2:
        upper = lower + 1
    return lower, upper


def nearest(days: float) -> int:
    """The nearest whole day, halves up."""
    return int(days + 0.5)
