"""The switches beside the fold of the answers: a log of their own, its last word in `card`."""

from collections.abc import Iterable
from datetime import date
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Connection
from sqlalchemy import Row
from sqlalchemy import func
from sqlalchemy import insert
from sqlalchemy import select
from sqlalchemy import update

from cmom_srs.history import log
from cmom_srs.history import rows
from cmom_srs.history.file.tables import CARD
from cmom_srs.history.file.tables import SWITCH
from cmom_srs.history.identity import fresh_uid
from cmom_srs.study.notes import CardId


class Switch(StrEnum):
    """What can be switched: a card suspended, buried, pulled forward; a note's remark."""

    SUSPENDED = "suspended"
    BURIED = "buried"
    PULLED = "pulled"
    REMARK = "remark"


def switch_card(
    connection: Connection, card: CardId, name: Switch, value: bool | date, at: datetime
) -> None:
    """Switches a card and stores what that comes to. UnknownCardError when there is none."""
    log.state_of(connection, card)
    _append(connection, card.note_id, card.ordinal, name, value, at)
    fold_cards(connection, card.note_id)


def keep_remark(connection: Connection, note_id: str, remark: str, at: datetime) -> None:
    """Keeps the learner's own line with a note; an empty one takes it away."""
    _append(connection, note_id, None, Switch.REMARK, remark or None, at)


def remarks(connection: Connection, note_ids: Iterable[str] | None = None) -> dict[str, str]:
    """The learners' own lines by note id: of these notes, or of all."""
    query = select(SWITCH).where(SWITCH.c.name == Switch.REMARK.value)
    if note_ids is not None:
        query = query.where(SWITCH.c.note_id.in_(note_ids))
    last = {row.note_id: row.value for row in connection.execute(_in_order(query))}
    return {note_id: _decoded(value) for note_id, value in last.items() if value is not None}


def fold_cards(connection: Connection, note_id: str) -> None:
    """Stores the last word of each switch of a note's cards."""
    switched = _in_order(select(SWITCH).where(SWITCH.c.note_id == note_id))
    folded: dict[int, dict[str, Any]] = {}
    for row in connection.execute(switched):
        if row.ordinal is not None:
            folded.setdefault(row.ordinal, {}).update(_column(row))
    for ordinal, values in folded.items():
        of_card = log.is_card(CardId(note_id, ordinal))
        connection.execute(update(CARD).where(of_card).values(values))


def _append(
    connection: Connection,
    note_id: str,
    ordinal: int | None,
    name: Switch,
    value: bool | date | str | None,
    at: datetime,
) -> None:
    """Adds a row that is the last word, also when the clock was set back meanwhile."""
    same = (
        SWITCH.c.note_id == note_id,
        SWITCH.c.ordinal.is_not_distinct_from(ordinal),
        SWITCH.c.name == name.value,
    )
    last = connection.execute(select(func.max(SWITCH.c.at_ms)).where(*same)).scalar_one()
    at_ms = rows.instant_row(at)["reviewed_at_ms"]
    row = {
        "uid": fresh_uid(),
        "note_id": note_id,
        "ordinal": ordinal,
        "name": name.value,
        "value": None if value is None else msgspec.json.encode(value).decode(),
        "at_ms": at_ms if last is None else max(at_ms, last + 1),
    }
    connection.execute(insert(SWITCH), row)


def _in_order(query: Any) -> Any:
    return query.order_by(SWITCH.c.at_ms, SWITCH.c.uid)


def _column(row: Row[Any]) -> dict[str, Any]:
    """The column of `card` that a switch sets, and its value there."""
    match Switch(row.name):
        case Switch.SUSPENDED:
            return {"is_suspended": msgspec.json.decode(row.value, type=bool)}
        case Switch.BURIED:
            return {"buried_on": msgspec.json.decode(row.value, type=date)}
        case Switch.PULLED:
            return {"pulled_on": msgspec.json.decode(row.value, type=date)}
        case Switch.REMARK:
            return {}


def _decoded(value: str) -> str:
    return msgspec.json.decode(value, type=str)
