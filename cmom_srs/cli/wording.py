"""Numbers, durations and days as people read them."""

from collections.abc import Sequence
from collections.abc import Sized
from datetime import date

from cmom_srs.study.forecast import DayAhead
from cmom_srs.study.stats import Score


def count_of(things: Sized | int, name: str) -> str:
    """A count with its noun: `1 note`, `12 notes`."""
    count = things if isinstance(things, int) else len(things)
    return f"{count} {name}{'s' * (count != 1)}"


def percent(score: Score | None) -> str:
    """A score in percent, a hyphen without an answer."""
    value = score.percent if score else None
    return "-" if value is None else f"{value:.0f}%"


def minutes(duration_ms: float) -> str:
    """A duration in words: `under a minute`, `12 min`, `1 h 05 min`."""
    whole = round(duration_ms / 60_000)
    if whole < 1:
        return "under a minute"
    return f"{whole} min" if whole < 60 else f"{whole // 60} h {whole % 60:02} min"


def day_words(day: date) -> str:
    """A study day as people say it."""
    return f"{day:%A} {day.day} {day:%B}"


def forecast_lines(loads: Sequence[DayAhead], width: int) -> list[str]:
    """The load of as many days as fit the width, at least one, as a small table."""
    loads = loads[: max(1, (width - 13) // 9)]
    return [
        f"{f'Next {len(loads)} days':<13}"
        + "".join(f"{load.day:%a %d}".rjust(9) for load in loads),
        f"{'  due':<13}" + "".join(f"{load.due:>9}" for load in loads),
        f"{'  new':<13}" + "".join(f"{load.new:>9}" for load in loads),
    ]
