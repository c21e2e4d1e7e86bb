"""Continuing education in the history: noted and removed by rows added, and read."""

from datetime import date
from datetime import datetime
from typing import Annotated
from typing import Any

import msgspec
from msgspec import Meta
from sqlalchemy import Connection
from sqlalchemy import Row
from sqlalchemy import func
from sqlalchemy import insert
from sqlalchemy import select

from cmom_srs.errors import CmomError
from cmom_srs.history.file.tables import CEU
from cmom_srs.history.identity import fresh_uid
from cmom_srs.history.instants import Milliseconds
from cmom_srs.history.instants import instant_ms
from cmom_srs.history.odd_rows import OddRowError
from cmom_srs.history.odd_rows import readable
from cmom_srs.history.store import Store
from cmom_srs.study.renewal import Ceu

_NUMBER = func.row_number().over(order_by=(CEU.c.at_ms, CEU.c.uid)).label("number")


class UnknownCeuError(CmomError):
    """Continuing education that was never noted, or is removed."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is no {name!r} among your CEUs, or it was removed.", "To list them: cmom ceu"
        )


class _CeuRow(msgspec.Struct):
    uid: str
    number: int
    title: Annotated[str, Meta(min_length=1)]
    units_hundredths: Annotated[int, Meta(ge=1, le=1_000_000)]
    earned_on: date
    at_ms: Milliseconds


def append(store: Store, ceu: Ceu, at: datetime) -> Ceu:
    """Notes continuing education, durably; it as it is stored.

    Its instant is raised above all before, so that it has the next number also when the clock was
    set back. Raises HistoryError when it cannot be written.
    """
    row = {
        "uid": fresh_uid(),
        "title": ceu.title,
        "units_hundredths": ceu.units_hundredths,
        "earned_on": ceu.earned_on,
    }
    with store.database.writing() as connection:
        _append(connection, row, at)
        return next(noted for noted in _read(connection, store) if noted.uid == row["uid"])


def remove(store: Store, ceu: Ceu, at: datetime) -> None:
    """Removes what was noted, by a row of its own. Raises UnknownCeuError if it is not there."""
    with store.database.writing() as connection:
        if ceu.uid not in {known.uid for known in _read(connection, store)}:
            raise UnknownCeuError(str(ceu.number))
        _append(connection, {"uid": fresh_uid(), "removes": ceu.uid}, at)


def read_all(store: Store) -> tuple[Ceu, ...]:
    """All that was noted and not removed, by number."""
    with store.database.reading() as connection:
        return _read(connection, store)


def _append(connection: Connection, row: dict[str, Any], at: datetime) -> None:
    is_number = func.typeof(CEU.c.at_ms) == "integer"
    last = connection.execute(select(func.max(CEU.c.at_ms)).where(is_number)).scalar_one()
    at_ms = instant_ms(at)
    row["at_ms"] = at_ms if last is None else max(at_ms, last + 1)
    connection.execute(insert(CEU), row)


def _read(connection: Connection, store: Store) -> tuple[Ceu, ...]:
    removals = connection.execute(select(CEU).where(CEU.c.removes.is_not(None)))
    removed = set(readable(removals, _to_removed, store.tell_odd))
    noted = select(CEU, _NUMBER).where(CEU.c.removes.is_(None)).order_by(_NUMBER)
    standing = (row for row in connection.execute(noted) if row.uid not in removed)
    return tuple(readable(standing, _to_ceu, store.tell_odd))


def _to_removed(row: Row[Any]) -> str:
    if not isinstance(row.removes, str):
        raise OddRowError(f"the removal {row.uid} of a CEU", "`$.removes`")
    return row.removes


def _to_ceu(row: Row[Any]) -> Ceu:
    try:
        read = msgspec.convert(row, _CeuRow, from_attributes=True)
    except ValueError as error:
        raise OddRowError(f"the CEU {row.number}", str(error)) from None
    return Ceu(read.title, read.units_hundredths, read.earned_on, read.uid, read.number)
