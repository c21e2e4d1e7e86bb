"""Histories moved to the ids that notes have now, as `Formerly` in the decks says."""

from collections.abc import Collection
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection
from sqlalchemy import Row
from sqlalchemy import delete
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.dialects.sqlite import insert

from cmom_srs.history import log
from cmom_srs.history.tables import CARD
from cmom_srs.history.tables import NOTE
from cmom_srs.history.tables import RENAMED
from cmom_srs.history.tables import REVIEW
from cmom_srs.study.notes import CardId
from cmom_srs.study.notes import Note


def move_histories(
    connection: Connection, notes: Collection[Note], today: date
) -> tuple[tuple[str, str], ...]:
    """Moves cards and answers from former ids; each (old, new) of which there was something."""
    known = set(connection.execute(select(NOTE.c.id)).scalars())
    moved = []
    for note in notes:
        for old_id in note.formerly:
            if old_id in known:
                _move(connection, old_id, note.id, is_new_known=note.id in known)
                known = known - {old_id} | {note.id}
                moved.append((old_id, note.id))
    _remember(connection, notes, today)
    return tuple(sorted(moved))


def _remember(connection: Connection, notes: Iterable[Note], today: date) -> None:
    """Keeps every former id, also one that this learner never met, so that it can be looked up."""
    known = {row.old_id: row.new_id for row in connection.execute(select(RENAMED))}
    for note in notes:
        for old_id in note.formerly:
            if known.get(old_id) != note.id:
                row = insert(RENAMED).values(old_id=old_id, new_id=note.id, renamed_on=today)
                connection.execute(row.on_conflict_do_update(set_={"new_id": note.id}))


def _move(connection: Connection, old_id: str, new_id: str, is_new_known: bool) -> None:
    if is_new_known:
        _merge(connection, old_id, new_id)
    else:
        connection.execute(update(NOTE).where(NOTE.c.id == old_id).values(id=new_id))
    connection.execute(update(RENAMED).where(RENAMED.c.new_id == old_id).values(new_id=new_id))


def _merge(connection: Connection, old_id: str, new_id: str) -> None:
    """Both ids were studied (the note was renamed first, `Formerly` written later): one history."""
    new_cards = {row.ordinal: row for row in _cards_of(connection, new_id)}
    for card in _cards_of(connection, old_id):
        if card.ordinal in new_cards:
            _merge_card(connection, card, new_cards[card.ordinal])
        else:
            is_old = log.is_card(CardId(old_id, card.ordinal))
            connection.execute(update(CARD).where(is_old).values(note_id=new_id))
    both = select(func.min(NOTE.c.first_seen_on)).where(NOTE.c.id.in_((old_id, new_id)))
    first_seen_on = connection.execute(both).scalar_one()
    connection.execute(delete(NOTE).where(NOTE.c.id == old_id))
    connection.execute(update(NOTE).where(NOTE.c.id == new_id).values(first_seen_on=first_seen_on))


def _merge_card(connection: Connection, old: Row[Any], new: Row[Any]) -> None:
    """All answers of both in one log; a switch that either had is kept."""
    old_card, new_card = CardId(old.note_id, old.ordinal), CardId(new.note_id, new.ordinal)
    taken = {row.reviewed_at_ms for row in log.rows_of(connection, new_card)}
    for row in log.rows_of(connection, old_card):
        free = log.raise_until_free(row.reviewed_at_ms, taken)
        taken.add(free)
        moved = {"note_id": new_card.note_id, "reviewed_at_ms": free}
        connection.execute(update(REVIEW).where(REVIEW.c.id == row.id).values(moved))
    switches = {
        "is_suspended": old.is_suspended or new.is_suspended,
        "buried_on": _later(old.buried_on, new.buried_on),
        "pulled_on": _later(old.pulled_on, new.pulled_on),
    }
    connection.execute(update(CARD).where(log.is_card(new_card)).values(switches))
    connection.execute(delete(CARD).where(log.is_card(old_card)))
    log.replay_card(connection, new_card)


def _later(*days: date | None) -> date | None:
    return max((day for day in days if day is not None), default=None)


def _cards_of(connection: Connection, note_id: str) -> Iterable[Row[Any]]:
    return connection.execute(select(CARD).where(CARD.c.note_id == note_id)).all()
