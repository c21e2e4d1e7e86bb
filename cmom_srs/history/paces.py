"""How long answers took and how they went: what the learner's own paces are made of."""

from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy import func
from sqlalchemy import select

from cmom_srs.history import log
from cmom_srs.history import rows
from cmom_srs.history.file.tables import REVIEW
from cmom_srs.history.odd_rows import readable
from cmom_srs.history.store import Store
from cmom_srs.study import sm2
from cmom_srs.study.day.failures import Outcome
from cmom_srs.study.schedule import ReviewKind

_BEFORE = REVIEW.alias("before")

# The last study day before an answer's on which its card was answered; NULL at the first sight
_ANSWERED_BEFORE_ON = (
    select(func.max(_BEFORE.c.study_day))
    .where(
        _BEFORE.c.note_id == REVIEW.c.note_id,
        _BEFORE.c.ordinal == REVIEW.c.ordinal,
        _BEFORE.c.study_day < REVIEW.c.study_day,
        _BEFORE.c.kind != ReviewKind.CRAM.value,
        log.is_standing(_BEFORE),
    )
    .correlate(REVIEW)
    .scalar_subquery()
)


def first_sight_durations(store: Store, last: int) -> tuple[int, ...]:
    """Milliseconds of the newest first answers to a card, as many as asked for."""
    return _durations(store, last, log.IS_FIRST_SIGHT)


def right_answer_durations(store: Store, last: int) -> tuple[int, ...]:
    """Milliseconds of the newest passed reviews of cards seen before, as many as asked for."""
    return _durations(
        store,
        last,
        log.IS_COUNTED,
        REVIEW.c.grade >= sm2.LOWEST_PASSING_GRADE,
        ~log.IS_FIRST_SIGHT,
    )


def _durations(store: Store, last: int, *conditions: ColumnElement[bool]) -> tuple[int, ...]:
    """Answers that were not timed, as those of `cmom grade`, are left out."""
    query = (
        select(REVIEW.c.duration_ms)
        .where(log.IS_STANDING, REVIEW.c.duration_ms > 0, *conditions)
        .order_by(*(column.desc() for column in log.IN_ORDER))
        .limit(last)
    )
    with store.database.reading() as connection:
        return tuple(connection.execute(query).scalars())


def outcomes(store: Store, last: int) -> tuple[Outcome, ...]:
    """How the newest counted answers went, the newest first, as many as asked for."""
    before_on = _ANSWERED_BEFORE_ON.label("answered_before_on")
    query = (
        select(REVIEW, before_on)
        .where(log.IS_STANDING, log.IS_COUNTED)
        .order_by(*(column.desc() for column in log.IN_ORDER))
        .limit(last)
    )
    with store.database.reading() as connection:
        return tuple(readable(connection.execute(query).all(), rows.to_outcome))


def answered_ms(store: Store, since: date, before: date) -> int:
    """Milliseconds of all answers from one study day on and before another."""
    total = select(func.total(REVIEW.c.duration_ms)).where(
        log.IS_STANDING, REVIEW.c.study_day >= since, REVIEW.c.study_day < before
    )
    with store.database.reading() as connection:
        return int(connection.execute(total).scalar_one())
