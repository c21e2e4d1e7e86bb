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


def merge(store: Store, answers: Iterable[tuple[int, Review]]) -> MergeReport:
    """Adds the answers that the log does not have yet, and replays their cards; one transaction.

    Each comes with its id in Anki; an answer whose card and id are known is skipped, one that was
    taken back here among them. UnknownCardError for a card that the history does not have.
    """
    with store.database.writing() as connection:
        seen = _known_answers(connection)
        added: dict[Review, int] = {}
        known = 0
        for anki_id, answer in answers:
            if (answer.card, anki_id) in seen:
                known += 1
                continue
            seen.add((answer.card, anki_id))
            added[answer] = anki_id
        log.append(connection, added, added)
    return MergeReport(len(added), known, tuple(sorted({answer.card for answer in added})))


@dataclass(frozen=True, slots=True)
class LoggedAnswer:
    """An answer that stands, with the number of its row and its id in Anki, if it has one."""

    row: int
    review: Review
    anki_id: int | None


def logged_answers(store: Store) -> tuple[LoggedAnswer, ...]:
    """All answers that were not taken back, in order of time."""
    query = select(REVIEW).where(log.IS_STANDING).order_by(*log.IN_ORDER)
    with store.database.reading() as connection:
        return tuple(
            LoggedAnswer(row.id, rows.to_review(row), row.anki_id)
            for row in connection.execute(query)
        )


def keep_anki_ids(store: Store, ids: Mapping[int, int]) -> None:
    """Stores the ids in Anki of answers, by the number of their row; one that is there stays."""
    with store.database.writing() as connection:
        for row, anki_id in ids.items():
            connection.execute(
                update(REVIEW)
                .where(REVIEW.c.id == row, REVIEW.c.anki_id.is_(None))
                .values(anki_id=anki_id)
            )


def _known_answers(connection: Connection) -> set[tuple[CardId, int]]:
    exported = select(REVIEW.c.note_id, REVIEW.c.ordinal, REVIEW.c.anki_id).where(
        REVIEW.c.anki_id.is_not(None)
    )
    return {(CardId(row.note_id, row.ordinal), row.anki_id) for row in connection.execute(exported)}
