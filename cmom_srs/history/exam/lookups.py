"""Look-ups in the manual in the history: appended, and read."""

from dataclasses import replace

from sqlalchemy import ColumnElement
from sqlalchemy import Connection
from sqlalchemy import insert
from sqlalchemy import select

from cmom_srs.history.exam import exam_rows
from cmom_srs.history.file.tables import LOOKUP
from cmom_srs.history.identity import fresh_uid
from cmom_srs.history.instants import instant_ms
from cmom_srs.history.instants import offset_minutes
from cmom_srs.history.instants import to_instant
from cmom_srs.history.odd_rows import readable
from cmom_srs.history.store import Store
from cmom_srs.study import lookups
from cmom_srs.study.lookups import Lookup


def append(store: Store, lookup: Lookup) -> Lookup:
    """Appends a look-up, durably; it as it is stored.

    Its instant is raised above those of its topic, so that what is typed last holds also when the
    clock was set back. Raises HistoryError when it cannot be written.
    """
    with store.database.writing() as connection:
        of_topic = _read(connection, store, LOOKUP.c.topic == lookup.topic)
        earliest_ms = max((instant_ms(each.started_at) + 1 for each in of_topic), default=0)
        started_ms = max(instant_ms(lookup.started_at), earliest_ms)
        started_at = to_instant(started_ms, offset_minutes(lookup.started_at))
        stored = replace(lookup, started_at=started_at, uid=fresh_uid())
        connection.execute(insert(LOOKUP), exam_rows.lookup_row(stored))
    return stored


def read_all(store: Store) -> tuple[Lookup, ...]:
    """All look-ups, in order of time."""
    with store.database.reading() as connection:
        return _read(connection, store)


def _read(
    connection: Connection, store: Store, *conditions: ColumnElement[bool]
) -> tuple[Lookup, ...]:
    found = connection.execute(select(LOOKUP).where(*conditions))
    return lookups.in_order(readable(found, exam_rows.to_lookup, store.tell_odd))
