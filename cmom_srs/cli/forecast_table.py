"""The load of the days ahead as a small table."""

from collections.abc import Sequence

from cmom_srs.study.day.forecast import DayAhead
from cmom_srs.study.wording import short_day

_LABEL_WIDTH = 13
_DAY_WIDTH = 9


def forecast_lines(days: Sequence[DayAhead], width: int) -> list[str]:
    """As many days as fit the width, at least one."""
    shown = days[: max(1, (width - _LABEL_WIDTH) // _DAY_WIDTH)]
    head = f"Next {len(shown)} days" if len(shown) > 1 else "Next day"
    rows = (
        (head, [short_day(ahead.day) for ahead in shown]),
        ("  to review", [str(ahead.due) for ahead in shown]),
        ("  new", [str(ahead.new) for ahead in shown]),
    )
    return [
        f"{label:<{_LABEL_WIDTH}}" + "".join(f"{value:>{_DAY_WIDTH}}" for value in values)
        for label, values in rows
    ]
