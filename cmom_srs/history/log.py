"""The review log: answers appended and taken back, and the cards' states that they come to."""

from collections.abc import Container
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from datetime import datetime
from itertools import groupby
from types import MappingProxyType
from typing import Any

from sqlalchemy import Column
from sqlalchemy import ColumnElement
from sqlalchemy import Connection
from sqlalchemy import FromClause
from sqlalchemy import Row
from sqlalchemy import and_
from sqlalchemy import exists
from sqlalchemy import insert
from sqlalchemy import select
from sqlalchemy import tuple_
from sqlalchemy import update

from cmom_srs.errors import CmomError
from cmom_srs.history import rows
from cmom_srs.history.tables import CARD
from cmom_srs.history.tables import REVIEW
from cmom_srs.study import schedule
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Origin
from cmom_srs.study.schedule import Recorded
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind

_UNDO = "undo"  # the kind of a row that takes an answer back
_TAKEN_BACK = REVIEW.alias("taken_back")
_EARLIER = REVIEW.alias("earlier")


class UnknownCardError(CmomError):
    """A card that the history has never seen."""

    def __init__(self, card: CardId) -> None:
        super().__init__(f"There is no card {card} in the history.")


def _is_standing(review: FromClause) -> ColumnElement[bool]:
    taken_back = select(_TAKEN_BACK.c.undoes).where(_TAKEN_BACK.c.undoes.is_not(None))
    return and_(review.c.kind != _UNDO, review.c.id.not_in(taken_back))


# answers, that is rows that take nothing back, that were not taken back themselves
IS_STANDING = _is_standing(REVIEW)

IN_ORDER = (REVIEW.c.study_day, REVIEW.c.reviewed_at_ms, REVIEW.c.id)


def _is_first_with(*same: Column[Any]) -> ColumnElement[bool]:
    """The answers that are no cram and have no such answer before them with the same values."""
    return and_(
        REVIEW.c.kind != ReviewKind.CRAM.value,
        ~exists().where(
            *(_EARLIER.c[column.name] == column for column in same),
            tuple_(*(_EARLIER.c[column.name] for column in IN_ORDER)) < tuple_(*IN_ORDER),
            _EARLIER.c.kind != ReviewKind.CRAM.value,
            _is_standing(_EARLIER),
        ),
    )


# `schedule.counted` said to the database, for a few of many answers (a test holds both together)
IS_COUNTED = _is_first_with(REVIEW.c.note_id, REVIEW.c.ordinal, REVIEW.c.study_day)
IS_FIRST_SIGHT = _is_first_with(REVIEW.c.note_id, REVIEW.c.ordinal)


def is_card(card: CardId, table: FromClause = CARD) -> ColumnElement[bool]:
    """The rows of a card in a table."""
    return and_(table.c.note_id == card.note_id, table.c.ordinal == card.ordinal)


def state_of(connection: Connection, card: CardId) -> CardState:
    """The stored state of a card, retired or not. UnknownCardError when there is none."""
    row = connection.execute(select(CARD).where(is_card(card))).one_or_none()
    if row is None:
        raise UnknownCardError(card)
    return rows.to_state(row)


def append(
    connection: Connection,
    reviews: Iterable[Review],
    anki_ids: Mapping[Review, int] = MappingProxyType({}),
) -> tuple[Recorded, ...]:
    """Adds answers, wherever they were given, and stores the states that the touched cards come to.

    What each is logged as is worked out from the card's whole log: a cram stays one; the others
    are scheduled where they count, else drills. A card's states are those before and after all of
    its answers. UnknownCardError, and nothing is added, for a card that the history does not have.
    """
    by_card: dict[CardId, list[Review]] = {}
    for review in reviews:
        by_card.setdefault(review.card, []).append(review)
    return tuple(
        recorded
        for card, of_card in by_card.items()
        for recorded in _append_to(connection, card, of_card, anki_ids)
    )


def _append_to(
    connection: Connection, card: CardId, given: Iterable[Review], anki_ids: Mapping[Review, int]
) -> Iterator[Recorded]:
    before = state_of(connection, card)
    logged = rows_of(connection, card)
    taken = {row.reviewed_at_ms for row in logged}
    added = [(_with_free_instant(review, taken), anki_ids.get(review)) for review in given]
    answers = [*_standing(logged), *(review for review, _ in added)]
    counting = set(map(id, schedule.counted(answers)))
    stored = [
        (replace(review, kind=_kind(review, id(review) in counting)), anki_id)
        for review, anki_id in added
    ]
    connection.execute(
        insert(REVIEW),
        [{**rows.review_row(review), "anki_id": anki_id} for review, anki_id in stored],
    )
    after = _store_replay(connection, card, before, answers)
    return (Recorded(review, before, after) for review, _ in stored)


def _kind(review: Review, is_counted: bool) -> ReviewKind:
    if review.kind is ReviewKind.CRAM:
        return ReviewKind.CRAM
    return ReviewKind.SCHEDULED if is_counted else ReviewKind.DRILL


def _with_free_instant(review: Review, taken: set[int]) -> Review:
    """The answer, its instant raised to one that the card's log does not have, which is taken."""
    free = _free_instant(review.reviewed_at, taken)
    taken.add(rows.instant_row(free)["reviewed_at_ms"])
    return replace(review, reviewed_at=free)


def take_back(connection: Connection, at: datetime, study_day: date) -> Review | None:
    """Takes back the newest answer given here that still stands; None when there is none."""
    newest = (
        select(REVIEW)
        .where(IS_STANDING, REVIEW.c.origin != Origin.ANKI.value)
        .order_by(REVIEW.c.id.desc())
        .limit(1)
    )
    row = connection.execute(newest).one_or_none()
    if row is None:
        return None
    answer = rows.to_review(row)
    taken = {other.reviewed_at_ms for other in rows_of(connection, answer.card)}
    undo = {
        **rows.review_row(answer),
        **rows.instant_row(_free_instant(at, taken)),
        "study_day": study_day,
        "kind": _UNDO,
        "grade": None,
        "duration_ms": 0,
        "looked_up": False,
        "undoes": row.id,
    }
    connection.execute(insert(REVIEW), undo)
    replay_card(connection, answer.card)
    return answer


def replay_card(connection: Connection, card: CardId) -> CardState:
    """Stores and returns the state that a card's log comes to."""
    answers = _standing(rows_of(connection, card))
    return _store_replay(connection, card, state_of(connection, card), answers)


def replay_all(connection: Connection) -> tuple[CardId, ...]:
    """Stores the replay of every log; the cards whose stored state was another one."""
    by_card = (REVIEW.c.note_id, REVIEW.c.ordinal)
    standing = connection.execute(select(REVIEW).where(IS_STANDING).order_by(*by_card))
    answers = {
        card: tuple(of_card)
        for card, of_card in groupby(map(rows.to_review, standing), lambda review: review.card)
    }
    wrong = []
    for row in connection.execute(select(CARD).order_by(CARD.c.note_id, CARD.c.ordinal)).all():
        card, before = CardId(row.note_id, row.ordinal), rows.to_state(row)
        if _replayed(before, answers.get(card, ())) != before:
            _store_replay(connection, card, before, answers.get(card, ()))
            wrong.append(card)
    return tuple(wrong)


def rows_of(connection: Connection, card: CardId) -> Sequence[Row[Any]]:
    """A card's whole log in order of time, the taken-back answers and what took them back too."""
    of_card = select(REVIEW).where(is_card(card, REVIEW)).order_by(REVIEW.c.reviewed_at_ms)
    return connection.execute(of_card).all()


def raise_until_free(milliseconds: int, taken: Container[int]) -> int:
    """The first whole millisecond from this one on that a card's log does not have."""
    while milliseconds in taken:
        milliseconds += 1
    return milliseconds


def _free_instant(instant: datetime, taken: Container[int]) -> datetime:
    row = rows.instant_row(instant)
    free = raise_until_free(row["reviewed_at_ms"], taken)
    return rows.to_instant(free, row["utc_offset_minutes"])


def _standing(logged: Sequence[Row[Any]]) -> tuple[Review, ...]:
    taken_back = {row.undoes for row in logged}
    return tuple(
        rows.to_review(row) for row in logged if row.kind != _UNDO and row.id not in taken_back
    )


def _store_replay(
    connection: Connection, card: CardId, before: CardState, answers: Iterable[Review]
) -> CardState:
    after = _replayed(before, answers)
    connection.execute(update(CARD).where(is_card(card)).values(rows.fold_row(after)))
    return after


def _replayed(before: CardState, answers: Iterable[Review]) -> CardState:
    """The fold of the answers; the switches beside it stay as they are."""
    return replace(
        schedule.replay(answers),
        is_suspended=before.is_suspended,
        buried_on=before.buried_on,
        pulled_on=before.pulled_on,
    )
