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

from cmom_srs.history import log
from cmom_srs.history import switches
from cmom_srs.history.file.dialect import upsert
from cmom_srs.history.file.tables import CARD
from cmom_srs.history.file.tables import EXAM_ITEM
from cmom_srs.history.file.tables import NOTE
from cmom_srs.history.file.tables import RENAMED
from cmom_srs.history.file.tables import REVIEW
from cmom_srs.history.file.tables import SWITCH
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
                row = {"old_id": old_id, "new_id": note.id, "renamed_on": today}
                connection.execute(upsert(RENAMED, row, ["new_id"]))


def _move(connection: Connection, old_id: str, new_id: str, is_new_known: bool) -> None:
    if is_new_known:
        _merge(connection, old_id, new_id)
    else:
        connection.execute(update(NOTE).where(NOTE.c.id == old_id).values(id=new_id))
    connection.execute(update(RENAMED).where(RENAMED.c.new_id == old_id).values(new_id=new_id))


def _merge(connection: Connection, old_id: str, new_id: str) -> None:
    """Both ids were studied (the note was renamed first, `Formerly` written later): one history."""
    known = {row.ordinal for row in _cards_of(connection, new_id)}
    for table in (SWITCH, EXAM_ITEM):
        connection.execute(update(table).where(table.c.note_id == old_id).values(note_id=new_id))
    for card in _cards_of(connection, old_id):
        old = CardId(old_id, card.ordinal)
        if card.ordinal not in known:
            connection.execute(update(CARD).where(log.is_card(old)).values(note_id=new_id))
            continue
        answers = update(REVIEW).where(log.is_card(old, REVIEW))
        connection.execute(answers.values(note_id=new_id))
        connection.execute(delete(CARD).where(log.is_card(old)))
        log.replay_card(connection, CardId(new_id, card.ordinal))
    switches.fold_cards(connection, new_id)
    both = select(func.min(NOTE.c.first_seen_on)).where(NOTE.c.id.in_((old_id, new_id)))
    first_seen_on = connection.execute(both).scalar_one()
    connection.execute(delete(NOTE).where(NOTE.c.id == old_id))
    connection.execute(update(NOTE).where(NOTE.c.id == new_id).values(first_seen_on=first_seen_on))


def _cards_of(connection: Connection, note_id: str) -> Iterable[Row[Any]]:
    return connection.execute(select(CARD).where(CARD.c.note_id == note_id)).all()
