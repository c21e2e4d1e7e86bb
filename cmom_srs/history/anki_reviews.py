"""The log's traffic with Anki: answers given there are merged once, ours get the ids of theirs."""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy import select
from sqlalchemy import update

from cmom_srs.history import log
from cmom_srs.history import rows
from cmom_srs.history.store import Store
from cmom_srs.history.tables import CARD
from cmom_srs.history.tables import NOTE
from cmom_srs.history.tables import REVIEW
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import Rating
from cmom_srs.study.schedule import Review


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge did: answers added, answers known before, and cards that got new ones."""

    added: int
    known: int
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


def merge(store: Store, reviews: Iterable[Review]) -> MergeReport:
    """Adds the answers that the log does not have yet, and replays their cards; one transaction.

    Each comes with its uid and its id in Anki. One is known, also if it was taken back here, by
    either, or when card, instant and button are those of an answer given here: it is that answer,
    come home. UnknownCardError for a card that the history does not have.
    """
    with store.database.writing() as connection:
        known = _Known(connection)
        added = []
        passed_over = 0
        for review in reviews:
            if known.has(review):
                passed_over += 1
            else:
                known.add(review)
                added.append(review)
        log.append(connection, added)
    return MergeReport(len(added), passed_over, tuple(sorted({review.card for review in added})))


class _Known:
    """The answers of the log, by all that an answer from Anki may be recognised by."""

    def __init__(self, connection: Connection) -> None:
        self._uids: set[str] = set()
        self._anki_ids: set[tuple[CardId, int | None]] = set()
        self._given: set[tuple[CardId, int, int]] = set()
        query = select(
            REVIEW.c.uid,
            REVIEW.c.note_id,
            REVIEW.c.ordinal,
            REVIEW.c.anki_id,
            REVIEW.c.reviewed_at_ms,
            REVIEW.c.grade,
        ).where(REVIEW.c.grade.is_not(None))
        for row in connection.execute(query):
            card = CardId(row.note_id, row.ordinal)
            self._uids.add(row.uid)
            self._given.add((card, row.reviewed_at_ms, _button(row.grade)))
            if row.anki_id is not None:
                self._anki_ids.add((card, row.anki_id))

    def has(self, review: Review) -> bool:
        """Whether the log has the answer."""
        return (
            review.uid in self._uids
            or (review.card, review.anki_id) in self._anki_ids
            or _as_given(review) in self._given
        )

    def add(self, review: Review) -> None:
        """Knows the answer from now on."""
        self._uids.add(review.uid)
        self._anki_ids.add((review.card, review.anki_id))


def _as_given(review: Review) -> tuple[CardId, int, int]:
    milliseconds = rows.instant_row(review.reviewed_at)["reviewed_at_ms"]
    return review.card, milliseconds, _button(review.grade)


def _button(grade: int) -> int:
    """What is left of a grade in Anki: any failure is Again there."""
    return max(grade, Rating.AGAIN)


def keep_anki_ids(store: Store, ids: Mapping[str, int]) -> None:
    """Stores the ids in Anki of answers, by the answers' uids; one that is there stays."""
    with store.database.writing() as connection:
        for uid, anki_id in ids.items():
            connection.execute(
                update(REVIEW)
                .where(REVIEW.c.uid == uid, REVIEW.c.anki_id.is_(None))
                .values(anki_id=anki_id)
            )
