"""The decks' notes brought into the history: new words in, nothing lost."""

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy import Row
from sqlalchemy import bindparam
from sqlalchemy import insert
from sqlalchemy import select
from sqlalchemy import update

from cmom_srs.history import renames
from cmom_srs.history import rows
from cmom_srs.history import settings
from cmom_srs.history.file.tables import CARD
from cmom_srs.history.file.tables import NOTE
from cmom_srs.history.store import Store
from cmom_srs.study import notes as study_notes
from cmom_srs.study.notes import CardId
from cmom_srs.study.notes import Note
from cmom_srs.study.schedule import NEVER_ANSWERED
from cmom_srs.watch import Watch
from cmom_srs.watch import unwatched

MOST_RETIRED_UNASKED = 10
_BATCH = 500

Item = TypeVar("Item")

DeckKey = tuple[str, str]

_Known = Mapping[str, Row[Any]]


@dataclass(frozen=True, slots=True)
class DecksRead:
    """The decks as they were read, each named by (domain, deck).

    `broken` are those with errors; of `unread_domains` not even the names of decks are known.
    `present` are all whose files are there (None: all that are known); `hash` is over the files,
    None when it is not to be kept.
    """

    notes: Sequence[Note]
    broken: frozenset[DeckKey] = frozenset()
    present: frozenset[DeckKey] | None = None
    hash: str | None = None
    unread_domains: frozenset[str] = frozenset()

    def is_known(self, deck: DeckKey) -> bool:
        """Whether all is known of a deck, so that what is not in it is gone."""
        return deck not in self.broken and deck[0] not in self.unread_domains


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did, by note ids, sorted.

    `changed` are notes of another meaning under their old id; a note that only moved within the
    decks is none. `renamed` are (old, new) ids of histories moved. `refused` are notes that are
    gone but were not retired: for being too many, or for having gone with their whole file.
    `vanished` are the decks whose files are gone. `probable_renames` are (gone, added) ids of one
    meaning: a rename without `Formerly`, most likely.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    retired: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    vanished: tuple[DeckKey, ...] = ()
    probable_renames: tuple[tuple[str, str], ...] = ()


def sync(
    store: Store,
    decks: DecksRead,
    today: date,
    is_retiring_meant: bool = False,
    watch: Watch = unwatched,
) -> SyncReport:
    """Makes the history's notes and cards those of the decks; card states stay as they are.

    What is stored of broken decks stays. More than ten notes and more than a fifth of all, and
    notes whose whole file is gone, are retired only if that is meant. The hash is kept, so that
    the decks need not be read again, only when nothing was broken and nothing refused. `watch`
    hands on what is to be stored.
    """
    read = {note.id: note for note in decks.notes if (note.domain, note.deck) not in decks.broken}
    in_decks = {note_id for note in decks.notes for note_id in (note.id, *note.formerly)}
    with store.database.writing() as connection:
        renamed = renames.move_histories(connection, read.values(), today)
        known: _Known = {row.id: row for row in connection.execute(select(NOTE))}
        gone = _gone(known, in_decks, decks)
        refused = () if is_retiring_meant else _refused(gone, known, decks.present)
        retired = tuple(note_id for note_id in gone if note_id not in refused)
        _write_notes(connection, read, known, today, watch)
        _retire_notes(connection, retired, today)
        _write_cards(connection, read, retired, today, watch)
        is_clean = not (decks.broken or decks.unread_domains or refused)
        settings.store_decks_hash(connection, decks.hash if is_clean else None)
    return SyncReport(
        added=tuple(sorted(read.keys() - known.keys())),
        changed=_changed(read, known),
        renamed=renamed,
        retired=retired,
        returned=tuple(sorted(_retired(known) & read.keys())),
        refused=refused,
        vanished=_vanished(gone, known, decks.present),
        probable_renames=_probable_renames(read, known, in_decks),
    )


def _retired(known: _Known) -> set[str]:
    return {row.id for row in known.values() if row.retired_on is not None}


def _gone(known: _Known, in_decks: Collection[str], decks: DecksRead) -> tuple[str, ...]:
    """Notes not yet retired that stand in no file any more, but for those of broken files."""
    return tuple(
        sorted(
            row.id
            for row in known.values()
            if row.retired_on is None
            and row.id not in in_decks
            and decks.is_known((row.domain, row.deck))
        )
    )


def _refused(
    gone: Collection[str], known: _Known, present: Collection[DeckKey] | None
) -> tuple[str, ...]:
    """Of the notes that are gone those that may not be meant to be.

    All when they are so many that it looks like the wrong folder, or one that was copied by half;
    else those of files that are gone whole, as a cloud drive takes them away.
    """
    there = len(known) - len(_retired(known))
    if len(gone) > MOST_RETIRED_UNASKED and len(gone) * 5 > there:
        return tuple(gone)
    vanished = _vanished(gone, known, present)
    return tuple(note_id for note_id in gone if _deck_of(known[note_id]) in vanished)


def _vanished(
    gone: Iterable[str], known: _Known, present: Collection[DeckKey] | None
) -> tuple[DeckKey, ...]:
    if present is None:
        return ()
    return tuple(sorted({_deck_of(known[note_id]) for note_id in gone}.difference(present)))


def _deck_of(row: Row[Any]) -> DeckKey:
    return row.domain, row.deck


def _changed(read: Mapping[str, Note], known: _Known) -> tuple[str, ...]:
    return tuple(
        sorted(
            note_id
            for note_id in read.keys() & known.keys() - _retired(known)
            if read[note_id].fingerprint != known[note_id].fingerprint
        )
    )


def _probable_renames(
    read: Mapping[str, Note], known: _Known, in_decks: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """Also of notes that an earlier sync retired: cut in one edit, pasted in the next."""
    added = {read[note_id].fingerprint: note_id for note_id in sorted(read.keys() - known.keys())}
    return tuple(
        sorted(
            (row.id, added[row.fingerprint])
            for row in known.values()
            if row.id not in in_decks and row.fingerprint in added
        )
    )


def _batches(items: Sequence[Item]) -> list[Sequence[Item]]:
    """The items in their order, some hundreds together: what one statement stores."""
    return [items[begin : begin + _BATCH] for begin in range(0, len(items), _BATCH)]


def _write_notes(
    connection: Connection, read: Mapping[str, Note], known: _Known, today: date, watch: Watch
) -> None:
    """New notes, and new words where anything of the stored ones differs."""
    for notes in watch(_batches(tuple(read.values())), "Storing notes"):
        _write_batch(connection, notes, known, today)


def _write_batch(connection: Connection, notes: Iterable[Note], known: _Known, today: date) -> None:
    added, changed = [], []
    for note in notes:
        row = {**rows.note_row(note), "retired_on": None}
        if note.id not in known:
            added.append({**row, "first_seen_on": today})
        elif any(known[note.id]._mapping[name] != stored for name, stored in _as_stored(row)):
            changed.append({**row, "known_id": note.id})
    if added:
        connection.execute(insert(NOTE), added)
    if changed:
        connection.execute(update(NOTE).where(NOTE.c.id == bindparam("known_id")), changed)


def _as_stored(row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The row's values as they are read back: dates as text."""
    for name, value in row.items():
        yield name, value.isoformat() if isinstance(value, date) else value


def _retire_notes(connection: Connection, note_ids: Collection[str], today: date) -> None:
    if note_ids:
        gone = [{"known_id": note_id, "retired_on": today} for note_id in note_ids]
        connection.execute(update(NOTE).where(NOTE.c.id == bindparam("known_id")), gone)


def _write_cards(
    connection: Connection,
    read: Mapping[str, Note],
    retired: Collection[str],
    today: date,
    watch: Watch,
) -> None:
    """The cards that the notes yield now: new ones, and old ones as they were; the rest retired."""
    asked = {
        CardId(note.id, ordinal)
        for note in read.values()
        for ordinal in study_notes.ordinals(note.body)
    }
    stored = connection.execute(select(CARD.c.note_id, CARD.c.ordinal, CARD.c.retired_on))
    known = {CardId(row.note_id, row.ordinal): row.retired_on for row in stored}
    for new in watch(_batches(sorted(asked - known.keys())), "Storing cards"):
        connection.execute(insert(CARD), [rows.card_row(card, NEVER_ANSWERED) for card in new])
    touched = read.keys() | set(retired)
    gone = {card for card in known.keys() - asked if card.note_id in touched}
    _set_retired(connection, (card for card in gone if known[card] is None), today)
    _set_retired(connection, (card for card in asked & known.keys() if known[card]), None)


def _set_retired(connection: Connection, cards: Iterable[CardId], on: date | None) -> None:
    changes = [
        {"its_note": card.note_id, "its_ordinal": card.ordinal, "retired_on": on} for card in cards
    ]
    if changes:
        is_card = (CARD.c.note_id == bindparam("its_note")) & (
            CARD.c.ordinal == bindparam("its_ordinal")
        )
        connection.execute(update(CARD).where(is_card), changes)
