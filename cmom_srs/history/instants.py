"""Instants as the history keeps them: whole milliseconds of UTC, the local offset beside them."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from typing import Annotated

from msgspec import Meta

Milliseconds = Annotated[int, Meta(ge=0, le=7_258_118_400_000)]  # 1970 to 2200
OffsetMinutes = Annotated[int, Meta(ge=-1439, le=1439)]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant_row(instant: datetime) -> dict[str, int]:
    """Milliseconds since 1970 UTC and the offset; TypeError without one."""
    return {
        "reviewed_at_ms": instant_ms(instant),
        "utc_offset_minutes": offset_minutes(instant),
    }


def instant_ms(instant: datetime) -> int:
    """Milliseconds since 1970 UTC; TypeError without an offset."""
    return (instant - _EPOCH) // timedelta(milliseconds=1)


def offset_minutes(instant: datetime) -> int:
    """The offset of an instant's local time from UTC."""
    return (instant.utcoffset() or timedelta()) // timedelta(minutes=1)


def to_instant(milliseconds: int, offset_minutes: int) -> datetime:
    """The aware instant of the two numbers."""
    zone = timezone(timedelta(minutes=offset_minutes))
    return (_EPOCH + timedelta(milliseconds=milliseconds)).astimezone(zone)
