"""The one place where the clock is read."""

import os
import time
from datetime import datetime
from datetime import timedelta

import click

_STARTED = "cmom_srs.started"
_YEARS = range(1970, 2200)  # intervals need room before the calendar ends


def now() -> datetime:
    """The present instant with the local offset, or the one given by CMOM_NOW.

    A CMOM_NOW that is no ISO-8601 instant with an offset is wrong usage (exit 2).
    """
    given = os.environ.get("CMOM_NOW")
    if not given:
        return datetime.now().astimezone()
    try:
        instant = datetime.fromisoformat(given)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None or instant.year not in _YEARS:
        raise click.UsageError(
            f"CMOM_NOW is {given!r}; it must be an ISO-8601 instant with an offset, "
            "such as 2026-12-01T08:30:00-06:00"
        )
    return instant


def running() -> datetime:
    """The present instant; one given by CMOM_NOW runs on from the command's first look at it."""
    if not os.environ.get("CMOM_NOW"):
        return now()
    started = click.get_current_context().find_root().meta.setdefault(_STARTED, elapsed())
    return now() + timedelta(seconds=elapsed() - started)


def elapsed() -> float:
    """Seconds on a clock that nobody sets: for durations only."""
    return time.monotonic()
