"""The log's traffic with Anki: answers given there come once, ours get the ids of theirs."""

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy import and_
from sqlalchemy import bindparam
from sqlalchemy import select
from sqlalchemy import update

from cmom_srs.history import log
from cmom_srs.history import rows
from cmom_srs.history import settings
from cmom_srs.history.file.tables import CARD
from cmom_srs.history.file.tables import NOTE
from cmom_srs.history.file.tables import REVIEW
from cmom_srs.history.instants import instant_ms
from cmom_srs.history.odd_rows import readable
from cmom_srs.history.store import Store
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import Origin
from cmom_srs.study.schedule import Rating
from cmom_srs.study.schedule import Review
from cmom_srs.watch import Watch
from cmom_srs.watch import unwatched

MOST_TAKEN_BACK_UNASKED = 10


@dataclass(frozen=True, slots=True)
class AnkiImport:
    """What a file of Anki's says of cards that the history knows.

    `reviews` have their uids and their ids in Anki; `cards` are all that the file holds, answered
    or not; two files whose `marks` have one in common come from one collection.
    """

    reviews: tuple[Review, ...]
    cards: frozenset[CardId]
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: answers added, known before, taken back there and so here; the cards."""

    added: int
    known: int
    taken_back: int
    cards: tuple[CardId, ...]


def notes_by_first_id(store: Store) -> Mapping[str, str]:
    """The present id of every note ever known, by the id it was born with."""
    with store.database.reading() as connection:
        return {
            row.first_id: row.id for row in connection.execute(select(NOTE.c.first_id, NOTE.c.id))
        }


def known_cards(store: Store) -> frozenset[CardId]:
    """Every card ever known, retired ones too."""
    with store.database.reading() as connection:
        known = connection.execute(select(CARD.c.note_id, CARD.c.ordinal))
        return frozenset(CardId(row.note_id, row.ordinal) for row in known)


def withdrawn(store: Store, taken: AnkiImport) -> tuple[Review, ...]:
    """The answers that an earlier import of this collection brought and that are gone from it.

    They were taken back in Anki. An answer to a card that the file does not hold says nothing,
    nor does a file without any answer: it was exported without them.
    """
    with store.database.reading() as connection:
        return _withdrawn(connection, taken)


def take_in(
    store: Store,
    taken: AnkiImport,
    at: datetime,
    today: date,
    taking_back: Collection[Review] = (),
    watch: Watch = unwatched,
) -> ImportReport:
    """Adds the answers that the log does not have yet, and replays their cards; one transaction.

    An answer is known, also if it was taken back here, by its uid, its id in Anki, or when card,
    instant and button are those of an answer given here: it is that answer, come home. Those of
    `taking_back` are taken back. What was added is remembered as the last import, which `cmom
    undo` reaches. UnknownCardError for a card that the history does not have.
    """
    with store.database.writing() as connection:
        collection = _collection(connection, taken.marks)
        known = _Known(connection)
        added = [review for review in taken.reviews if known.is_new(review)]
        log.append(connection, added, watch)
        uids = [review.uid for review in added]
        _set_collection(connection, uids, collection)
        log.take_back(connection, taking_back, at, today)
        if added:
            settings.store_last_import(connection, at, uids)
    cards = {review.card for review in (*added, *taking_back)}
    passed_over = len(taken.reviews) - len(added)
    return ImportReport(len(added), passed_over, len(taking_back), tuple(sorted(cards)))


def last_import(store: Store) -> tuple[datetime, tuple[Review, ...]] | None:
    """When the last import was, and those of its answers that still stand; None for none."""
    with store.database.reading() as connection:
        stored = settings.load_last_import(connection)
        if stored is None:
            return None
        at, uids = stored
        imported = set(uids)
        of_anki = select(REVIEW).where(log.IS_STANDING, REVIEW.c.origin == Origin.ANKI.value)
        found = connection.execute(of_anki.order_by(*log.IN_ORDER))
        reviews = readable(found, rows.to_review)
        standing = tuple(review for review in reviews if review.uid in imported)
        return (at, standing) if standing else None


def take_back_all(store: Store, reviews: Collection[Review], at: datetime, today: date) -> None:
    """Takes a whole import back; one transaction."""
    with store.database.writing() as connection:
        log.take_back(connection, reviews, at, today)


class _Known:
    """The answers of the log, by all that an answer from Anki may be recognized by."""

    def __init__(self, connection: Connection) -> None:
        # Also of rows that cannot be read: none comes in twice.
        self._uids = set(connection.execute(select(REVIEW.c.uid)).scalars())
        self._anki_ids: set[tuple[CardId, int | None]] = set()
        self._given: set[tuple[CardId, int, int]] = set()
        found = connection.execute(select(REVIEW).where(REVIEW.c.grade.is_not(None)))
        for review in readable(found, rows.to_review):
            self._given.add(_as_given(review))
            if review.anki_id is not None:
                self._anki_ids.add((review.card, review.anki_id))

    def is_new(self, review: Review) -> bool:
        """Whether the log does not have the answer; it does from then on."""
        if (
            review.uid in self._uids
            or (review.card, review.anki_id) in self._anki_ids
            or _as_given(review) in self._given
        ):
            return False
        self._uids.add(review.uid)
        self._anki_ids.add((review.card, review.anki_id))
        return True


def _as_given(review: Review) -> tuple[CardId, int, int]:
    """Card, instant and button: what is left of a grade in Anki, where any failure is Again."""
    milliseconds = instant_ms(review.reviewed_at)
    return review.card, milliseconds, max(review.grade, Rating.AGAIN)


def _withdrawn(connection: Connection, taken: AnkiImport) -> tuple[Review, ...]:
    known = settings.load_collections(connection)
    numbers = {known[mark] for mark in taken.marks if mark in known}
    if not numbers or not taken.reviews:
        return ()
    there = {(review.card, review.anki_id) for review in taken.reviews}
    imported = select(REVIEW).where(log.IS_STANDING, REVIEW.c.anki_collection.in_(numbers))
    return tuple(
        review
        for review in readable(connection.execute(imported), rows.to_review)
        if review.card in taken.cards and (review.card, review.anki_id) not in there
    )


def _collection(connection: Connection, marks: Collection[str]) -> int | None:
    """Our number for the collection with these marks, a new one if none of them was met."""
    if not marks:
        return None
    known = dict(settings.load_collections(connection))
    met = [known[mark] for mark in marks if mark in known]
    number = min(met, default=max(known.values(), default=0) + 1)
    settings.store_collections(connection, known | dict.fromkeys(marks, number))
    return number


def _set_collection(connection: Connection, uids: Iterable[str], number: int | None) -> None:
    imported = [{"its_uid": uid, "anki_collection": number} for uid in uids]
    if imported:
        connection.execute(update(REVIEW).where(REVIEW.c.uid == bindparam("its_uid")), imported)


def keep_anki_ids(store: Store, ids: Mapping[str, int]) -> None:
    """Stores the ids in Anki of answers, by the answers' uids; one that is there stays."""
    given = [{"its_uid": uid, "anki_id": anki_id} for uid, anki_id in ids.items()]
    if given:
        is_open = and_(REVIEW.c.uid == bindparam("its_uid"), REVIEW.c.anki_id.is_(None))
        with store.database.writing() as connection:
            connection.execute(update(REVIEW).where(is_open), given)
