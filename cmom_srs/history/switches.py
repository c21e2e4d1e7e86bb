"""The switches beside the fold of the answers: a log of their own, its last word in `card`."""

from collections.abc import Iterable
from collections.abc import Mapping
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
from cmom_srs.history.instants import instant_ms
from cmom_srs.history.odd_rows import readable
from cmom_srs.study.notes import CardId


class Switch(StrEnum):
    """What can be switched: a card suspended, buried, pulled forward; a note's remark."""

    SUSPENDED = "suspended"
    BURIED = "buried"
    PULLED = "pulled"
    REMARK = "remark"


# The columns of `card` that switches set, and what they hold
_COLUMNS: Mapping[str, tuple[str, type[Any]]] = {
    Switch.SUSPENDED.value: ("is_suspended", bool),
    Switch.BURIED.value: ("buried_on", date),
    Switch.PULLED.value: ("pulled_on", date),
}


def switch_card(
    connection: Connection, card: CardId, name: Switch, value: bool | date, at: datetime
) -> None:
    """Switches a card, by its present name, and stores what that comes to.

    UnknownCardError when there is none.
    """
    card = log.present_card(connection, card)
    _append(connection, card.note_id, card.ordinal, name, value, at)
    fold_cards(connection, card.note_id)


def keep_remark(connection: Connection, note_id: str, remark: str, at: datetime) -> None:
    """Keeps the learner's own line with a note; an empty one takes it away."""
    note_id = log.present_note(connection, note_id)
    _append(connection, note_id, None, Switch.REMARK, remark or None, at)


def remarks(
    connection: Connection, note_ids: Iterable[str] | None = None, tell: log.Tell = log.say_nothing
) -> dict[str, str]:
    """The learner's own lines by note id: of these notes, or of all."""
    query = select(SWITCH).where(SWITCH.c.name == Switch.REMARK.value)
    if note_ids is not None:
        query = query.where(SWITCH.c.note_id.in_(note_ids))
    last = dict(readable(connection.execute(_in_order(query)), _to_remark, tell))
    return {note_id: remark for note_id, remark in last.items() if remark}


def _to_remark(row: Row[Any]) -> tuple[str, str]:
    return row.note_id, "" if row.value is None else rows.to_switched(row, str)


def fold_cards(connection: Connection, note_id: str) -> None:
    """Stores the last word of each switch of a note's cards."""
    of_cards = (SWITCH.c.ordinal.is_not(None), SWITCH.c.name.in_(_COLUMNS))
    switched = _in_order(select(SWITCH).where(SWITCH.c.note_id == note_id, *of_cards))
    folded: dict[int, dict[str, Any]] = {}
    for ordinal, values in readable(connection.execute(switched), _to_column):
        folded.setdefault(ordinal, {}).update(values)
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
    at_ms = instant_ms(at)
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


def _to_column(row: Row[Any]) -> tuple[int, dict[str, Any]]:
    """The card's ordinal, and the value of its column."""
    column, kind = _COLUMNS[row.name]
    return row.ordinal, {column: rows.to_switched(row, kind)}
