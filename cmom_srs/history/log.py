"""The review log: answers appended and taken back, and the cards' states that they come to."""

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Container
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Column
from sqlalchemy import ColumnElement
from sqlalchemy import Connection
from sqlalchemy import FromClause
from sqlalchemy import Row
from sqlalchemy import and_
from sqlalchemy import exists
from sqlalchemy import func
from sqlalchemy import insert
from sqlalchemy import select
from sqlalchemy import tuple_
from sqlalchemy import update

from cmom_srs.errors import CmomError
from cmom_srs.history import rows
from cmom_srs.history.file.tables import CARD
from cmom_srs.history.file.tables import NOTE
from cmom_srs.history.file.tables import RENAMED
from cmom_srs.history.file.tables import REVIEW
from cmom_srs.history.identity import fresh_uid
from cmom_srs.history.instants import instant_row
from cmom_srs.history.instants import to_instant
from cmom_srs.history.odd_rows import OddRowError
from cmom_srs.history.odd_rows import readable
from cmom_srs.study import schedule
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Origin
from cmom_srs.study.schedule import Recorded
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind
from cmom_srs.watch import Watch
from cmom_srs.watch import unwatched

Tell = Callable[[OddRowError], None]

_BATCH = 1000
_UNDO = "undo"  # the kind of a row that takes an answer back
_TAKEN_BACK = REVIEW.alias("taken_back")
_EARLIER = REVIEW.alias("earlier")


def say_nothing(odd: OddRowError) -> None:
    """Where an odd row needs no word, since the same row is told of elsewhere."""


class UnknownCardError(CmomError):
    """A card that the history has never seen."""

    def __init__(self, card: CardId) -> None:
        super().__init__(f"There is no card {card} in the history.")


def is_standing(review: FromClause) -> ColumnElement[bool]:
    """The answers of a table, that is rows that take nothing back, that were not taken back."""
    taken_back = select(_TAKEN_BACK.c.undoes).where(_TAKEN_BACK.c.undoes.is_not(None))
    return and_(review.c.kind != _UNDO, review.c.uid.not_in(taken_back))


IS_STANDING = is_standing(REVIEW)

IN_ORDER = (REVIEW.c.study_day, REVIEW.c.reviewed_at_ms, REVIEW.c.uid)


def _is_first_with(*same: Column[Any]) -> ColumnElement[bool]:
    """The answers that are no cram and have no such answer before them with the same values."""
    return and_(
        REVIEW.c.kind != ReviewKind.CRAM.value,
        ~exists().where(
            *(_EARLIER.c[column.name] == column for column in same),
            tuple_(*(_EARLIER.c[column.name] for column in IN_ORDER)) < tuple_(*IN_ORDER),
            _EARLIER.c.kind != ReviewKind.CRAM.value,
            is_standing(_EARLIER),
        ),
    )


# `schedule.counted` said to the database, for a few of many answers (a test holds both together)
IS_COUNTED = _is_first_with(REVIEW.c.note_id, REVIEW.c.ordinal, REVIEW.c.study_day)
IS_FIRST_SIGHT = _is_first_with(REVIEW.c.note_id, REVIEW.c.ordinal)


def is_card(card: CardId, table: FromClause = CARD) -> ColumnElement[bool]:
    """The rows of a card in a table."""
    return and_(table.c.note_id == card.note_id, table.c.ordinal == card.ordinal)


def present_note(connection: Connection, note_id: str) -> str:
    """The id that a note has now, where it was renamed meanwhile; else the one that is given."""
    if connection.execute(select(NOTE.c.id).where(NOTE.c.id == note_id)).first():
        return note_id
    renamed = select(RENAMED.c.new_id).where(RENAMED.c.old_id == note_id)
    return connection.execute(renamed).scalar_one_or_none() or note_id


def present_card(connection: Connection, card: CardId) -> CardId:
    """The card under the name that it has now, where its note was renamed meanwhile.

    UnknownCardError when the history has neither.
    """
    found = CardId(present_note(connection, card.note_id), card.ordinal)
    if connection.execute(select(CARD.c.ordinal).where(is_card(found))).first():
        return found
    raise UnknownCardError(card)


def state_of(connection: Connection, card: CardId) -> CardState:
    """The stored state of a card, retired or not. UnknownCardError when there is none."""
    row = connection.execute(select(CARD).where(is_card(card))).one_or_none()
    if row is None:
        raise UnknownCardError(card)
    return to_state(connection, row)


def to_state(connection: Connection, row: Row[Any], tell: Tell = say_nothing) -> CardState:
    """The state of a row of `card`; where that cannot be right, what the log comes to."""
    try:
        return rows.to_state(row)
    except OddRowError as odd:
        tell(odd)
        answers = _standing(rows_of(connection, CardId(row.note_id, row.ordinal)))
        return schedule.replay(answers)


def append(
    connection: Connection, reviews: Iterable[Review], watch: Watch = unwatched
) -> tuple[Recorded, ...]:
    """Adds answers, wherever they were given, and stores the states that the touched cards come to.

    What each is logged as is worked out from the card's whole log: a cram stays one; the others
    are scheduled where they count, else drills. An answer without a uid gets one. A card's states
    are those before and after all of its answers. UnknownCardError, and nothing is added, for a
    card that the history does not have.
    """
    by_card: dict[CardId, list[Review]] = {}
    for review in reviews:
        by_card.setdefault(review.card, []).append(review)
    return tuple(
        recorded
        for card, of_card in watch(tuple(by_card.items()), "Storing answers")
        for recorded in _append_to(connection, card, of_card)
    )


def _append_to(connection: Connection, card: CardId, given: Iterable[Review]) -> Iterator[Recorded]:
    before = state_of(connection, card)
    logged = rows_of(connection, card)
    added = [_identified(connection, review) for review in given]
    answers = (*_standing(logged), *added)
    counting = {review.uid for review in schedule.counted(answers)}
    stored = [replace(review, kind=_kind(review, review.uid in counting)) for review in added]
    connection.execute(insert(REVIEW), [rows.review_row(review) for review in stored])
    after = _store_replay(connection, card, before, answers)
    return (Recorded(review, before, after) for review in stored)


def _identified(connection: Connection, review: Review) -> Review:
    """The answer with a uid; given here, also with an instant of its own on its study day.

    So "the newest" is one answer, even where the clock stands still.
    """
    review = review if review.uid else replace(review, uid=fresh_uid())
    if review.origin is Origin.ANKI:
        return review
    of_day = select(REVIEW.c.reviewed_at_ms).where(REVIEW.c.study_day == review.study_day)
    taken = frozenset(connection.execute(of_day).scalars())
    return replace(review, reviewed_at=_free_instant(review.reviewed_at, taken))


def _kind(review: Review, is_counted: bool) -> ReviewKind:
    if review.kind is ReviewKind.CRAM:
        return ReviewKind.CRAM
    return ReviewKind.SCHEDULED if is_counted else ReviewKind.DRILL


def newest(connection: Connection) -> Review | None:
    """The newest answer given here that still stands; None when there is none."""
    query = (
        select(REVIEW)
        .where(IS_STANDING, REVIEW.c.origin != Origin.ANKI.value)
        .order_by(REVIEW.c.reviewed_at_ms.desc(), REVIEW.c.uid.desc())
    )
    return next(readable(connection.execute(query), rows.to_review), None)


def standing(connection: Connection, uid: str) -> Review | None:
    """The answer of this uid; None when there is none or it was taken back."""
    found = connection.execute(select(REVIEW).where(IS_STANDING, REVIEW.c.uid == uid))
    return next(readable(found, rows.to_review), None)


def take_back(
    connection: Connection, answers: Collection[Review], at: datetime, study_day: date
) -> None:
    """Appends the rows that take answers back, and stores the states that their cards come to."""
    if not answers:
        return
    undone = [_undo_row(answer, at, study_day) for answer in answers]
    connection.execute(insert(REVIEW), undone)
    for card in dict.fromkeys(answer.card for answer in answers):
        replay_card(connection, card)


def _undo_row(answer: Review, at: datetime, study_day: date) -> dict[str, Any]:
    return {
        **rows.review_row(replace(answer, reviewed_at=at, study_day=study_day, duration_ms=0)),
        "uid": fresh_uid(),
        "kind": _UNDO,
        "grade": None,
        "looked_up": False,
        "is_right": None,
        "response": None,
        "anki_id": None,
        "undoes": answer.uid,
    }


def replay_card(connection: Connection, card: CardId) -> None:
    """Stores the state that a card's log comes to."""
    answers = _standing(rows_of(connection, card))
    _store_replay(connection, card, state_of(connection, card), answers)


def replay_all(connection: Connection, watch: Watch = unwatched) -> tuple[CardId, ...]:
    """Stores the replay of every log; the cards whose stored state was another one."""
    standing = _all_standing(connection, watch)
    logged = {
        card: tuple(of_card)
        for card, of_card in groupby(standing, lambda row: (row.note_id, row.ordinal))
    }
    wrong = []
    cards = connection.execute(select(CARD).order_by(CARD.c.note_id, CARD.c.ordinal)).all()
    for row in watch(cards, "Working out schedules"):
        card, odd = CardId(row.note_id, row.ordinal), list[OddRowError]()
        before = to_state(connection, row, odd.append)
        answers = tuple(readable(logged.get(card, ()), rows.to_review))
        if odd or _replayed(before, answers) != before:
            _store_replay(connection, card, before, answers)
            wrong.append(card)
    return tuple(wrong)


def _all_standing(connection: Connection, watch: Watch) -> list[Row[Any]]:
    """The rows of all answers that stand, by card."""
    by_card = (REVIEW.c.note_id, REVIEW.c.ordinal)
    found = connection.execute(select(REVIEW).where(IS_STANDING).order_by(*by_card))
    most = connection.execute(select(func.count()).select_from(REVIEW)).scalar_one()
    batches = watch(range(0, most, _BATCH), "Reading answers")
    return [row for _ in batches for row in found.fetchmany(_BATCH)]


def rows_of(connection: Connection, card: CardId) -> Sequence[Row[Any]]:
    """A card's whole log in its order, the taken-back answers and what took them back too."""
    of_card = select(REVIEW).where(is_card(card, REVIEW)).order_by(*IN_ORDER)
    return connection.execute(of_card).all()


def _free_instant(instant: datetime, taken: Container[int]) -> datetime:
    """The first whole millisecond from this one on that is not taken."""
    row = instant_row(instant)
    milliseconds = row["reviewed_at_ms"]
    while milliseconds in taken:
        milliseconds += 1
    return to_instant(milliseconds, row["utc_offset_minutes"])


def _standing(logged: Sequence[Row[Any]]) -> tuple[Review, ...]:
    taken_back = {row.undoes for row in logged}
    standing = (row for row in logged if row.kind != _UNDO and row.uid not in taken_back)
    return tuple(readable(standing, rows.to_review))


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
