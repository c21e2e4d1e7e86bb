"""Practice exams in the history: drawn once, their events appended, their misses pulled forward."""

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import datetime
from datetime import timedelta

from sqlalchemy import ColumnElement
from sqlalchemy import Connection
from sqlalchemy import FromClause
from sqlalchemy import and_
from sqlalchemy import exists
from sqlalchemy import func
from sqlalchemy import insert
from sqlalchemy import or_
from sqlalchemy import select

from cmom_srs.errors import CmomError
from cmom_srs.history import log
from cmom_srs.history import switches
from cmom_srs.history.exam import exam_rows
from cmom_srs.history.exam.endings import HAS_ENDED
from cmom_srs.history.file.tables import EXAM
from cmom_srs.history.file.tables import EXAM_EVENT
from cmom_srs.history.file.tables import EXAM_ITEM
from cmom_srs.history.file.tables import REVIEW
from cmom_srs.history.identity import fresh_uid
from cmom_srs.history.instants import instant_ms
from cmom_srs.history.odd_rows import readable
from cmom_srs.history.store import Store
from cmom_srs.history.switches import Switch
from cmom_srs.study import schedule
from cmom_srs.study.exam import events
from cmom_srs.study.exam import score
from cmom_srs.study.exam.draw import Used
from cmom_srs.study.exam.events import Event
from cmom_srs.study.exam.events import EventKind
from cmom_srs.study.exam.events import Sheet
from cmom_srs.study.exam.items import Exam
from cmom_srs.study.exam.items import Item


class OpenExamError(CmomError):
    """An exam is open, so that no other can be drawn."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Exam {number} is open, so no other can be drawn.",
            "To go on with it: cmom exam    To end it without a score: cmom exam drop",
        )


@dataclass(frozen=True, slots=True)
class Met:
    """What exams have shown, by note id: all whose words the learner knows, and how often drawn.

    A note's words are known when it has any answer, a taken-back one too, or was shown in an exam.
    """

    seen: frozenset[str]
    used: dict[str, Used]


def asked_before(store: Store) -> Met:
    """What the learner has met up to now: what the drawing of a new exam goes by."""
    shown = select(EXAM_ITEM.c.note_id, EXAM_ITEM.c.exam_uid).join(EXAM_EVENT, _is_shown(EXAM_ITEM))
    used: dict[str, Used] = {}
    with store.database.reading() as connection:
        seen = set(connection.execute(select(REVIEW.c.note_id).distinct()).scalars())
        exams = readable(connection.execute(select(EXAM)), exam_rows.to_exam, store.tell_odd)
        started_ms = {exam.uid: instant_ms(exam.started_at) for exam in exams}
        for note_id, exam_uid in connection.execute(shown.distinct()):
            before = used.get(note_id, Used())
            last_ms = max(before.last_ms, started_ms.get(exam_uid, 0))
            used[note_id] = Used(before.exams + 1, last_ms)
    return Met(frozenset(seen | used.keys()), used)


def met_before(store: Store, study_day: date) -> frozenset[str]:
    """The ids of the notes that were answered, or shown in an exam, before a study day."""
    answered = select(REVIEW.c.note_id).where(REVIEW.c.study_day < study_day)
    shown = (
        select(EXAM_ITEM.c.note_id)
        .join(EXAM_EVENT, _is_shown(EXAM_ITEM))
        .join(EXAM, EXAM.c.uid == EXAM_ITEM.c.exam_uid)
        .where(EXAM.c.study_day < study_day)
    )
    with store.database.reading() as connection:
        return frozenset(connection.execute(answered.union(shown)).scalars())


def ended_since(store: Store, study_day: date) -> tuple[Exam, ...]:
    """The exams of a study day or later that were submitted or expired, without their items."""
    has_result = exists().where(
        EXAM_EVENT.c.exam_uid == EXAM.c.uid,
        EXAM_EVENT.c.kind.in_([EventKind.SUBMITTED.value, EventKind.EXPIRED.value]),
    )
    query = select(EXAM).where(EXAM.c.study_day >= study_day, has_result)
    with store.database.reading() as connection:
        found = connection.execute(query.order_by(EXAM.c.started_at_ms, EXAM.c.uid))
        return tuple(readable(found, exam_rows.to_exam, store.tell_odd))


def fresh_positions(store: Store, exam: Exam) -> frozenset[int]:
    """The items whose notes the learner had not met when the exam started.

    Worked out from the logs, so that what another computer's log says holds too.
    """
    started_ms = instant_ms(exam.started_at)
    other_item = EXAM_ITEM.alias("other_item")
    was_answered = exists().where(
        REVIEW.c.note_id == EXAM_ITEM.c.note_id, REVIEW.c.reviewed_at_ms < started_ms
    )
    was_shown = exists().where(
        other_item.c.note_id == EXAM_ITEM.c.note_id,
        _is_shown(other_item),
        EXAM_EVENT.c.at_ms < started_ms,
    )
    fresh = select(EXAM_ITEM.c.position).where(
        EXAM_ITEM.c.exam_uid == exam.uid, ~or_(was_answered, was_shown)
    )
    with store.database.reading() as connection:
        return frozenset(connection.execute(fresh).scalars())


def _is_shown(items: FromClause) -> ColumnElement[bool]:
    return and_(
        EXAM_EVENT.c.exam_uid == items.c.exam_uid,
        EXAM_EVENT.c.position == items.c.position,
        EXAM_EVENT.c.kind == EventKind.SHOWN.value,
    )


def begin(store: Store, exam: Exam) -> Exam:
    """Stores a drawn exam whole, under the next number; it as it is stored.

    Raises OpenExamError while another exam is open.
    """
    with store.database.writing() as connection:
        not_ended = connection.execute(select(EXAM).where(~HAS_ENDED).order_by(EXAM.c.number))
        for unfinished in readable(not_ended, exam_rows.to_exam, store.tell_odd):
            raise OpenExamError(unfinished.number)
        stored = replace(
            exam,
            uid=fresh_uid(),
            number=_next_number(connection),
            started_at=exam_rows.as_stored(exam.started_at),
            items=tuple(_under_present_name(connection, item) for item in exam.items),
        )
        connection.execute(insert(EXAM), exam_rows.exam_row(stored))
        items = [exam_rows.item_row(stored.uid, item) for item in stored.items]
        connection.execute(insert(EXAM_ITEM), items)
    return stored


def _next_number(connection: Connection) -> int:
    highest = select(func.max(EXAM.c.number)).where(func.typeof(EXAM.c.number) == "integer")
    return int(connection.execute(highest).scalar_one() or 0) + 1


def _under_present_name(connection: Connection, item: Item) -> Item:
    """Another window may have read a rename since the exam was drawn."""
    return replace(item, note_id=log.present_note(connection, item.note_id))


def open_exam(store: Store) -> Exam | None:
    """The exam that has not ended; the newest, should there be several."""
    found = _exams(store, ~HAS_ENDED)
    return found[-1] if found else None


def by_number(store: Store, number: int) -> Exam | None:
    """The exam of a number."""
    found = _exams(store, EXAM.c.number == number)
    return found[-1] if found else None


def all_exams(store: Store) -> tuple[Exam, ...]:
    """All exams, the oldest first."""
    return _exams(store)


def sheet_of(store: Store, exam: Exam) -> Sheet:
    """What an exam's events come to."""
    with store.database.reading() as connection:
        return events.replay(exam, _events(connection, store, exam))


def append(store: Store, exam: Exam, happened: Sequence[Event], rollover_hour: int) -> Sheet:
    """Appends events, durably, and gives what all of them come to, another window's too.

    When the deadline has passed by then, the exam expires instead, at its deadline. What ends it
    pulls its misses forward to the next study day, which begins at `rollover_hour`, in the same
    transaction. After the end only the reasons of misses are taken.
    """
    with store.database.writing() as connection:
        known = _events(connection, store, exam)
        sheet = events.replay(exam, known)
        happened = _at_its_own_time(exam, known, happened)
        if sheet.ending is None:
            happened = _in_time(exam, happened)
        else:
            happened = [event for event in happened if event.kind is EventKind.REASON]
        first = max((event.sequence for event in known), default=0) + 1
        added = [
            replace(event, uid=fresh_uid(), sequence=place)
            for place, event in enumerate(happened, start=first)
        ]
        if added:
            connection.execute(
                insert(EXAM_EVENT), [exam_rows.event_row(exam.uid, event) for event in added]
            )
        after = events.replay(exam, (*known, *added))
        if sheet.ending is None and after.ending is not None:
            _pull(connection, exam, after, rollover_hour)
    return after


def close_overdue(store: Store, now: datetime, rollover_hour: int) -> tuple[Exam, ...]:
    """Lets every exam that is over by its clock expire; those exams."""
    with store.database.reading() as connection:
        open_rows = connection.execute(select(EXAM).where(~HAS_ENDED)).all()
    overdue = []
    for exam in readable(open_rows, exam_rows.to_exam, store.tell_odd):
        if exam.deadline_at is not None and exam.deadline_at <= now:
            whole = replace(exam, items=_items(store, exam.uid))
            append(store, whole, [Event(EventKind.EXPIRED, now)], rollover_hour)
            overdue.append(whole)
    return tuple(overdue)


def _at_its_own_time(exam: Exam, known: Iterable[Event], happened: Iterable[Event]) -> list[Event]:
    """The events as they will be stored, at the exam's own instants, which never run backwards."""
    at = max([exam.started_at, *(event.at for event in known)])
    timed = []
    for event in happened:
        at = max(at, exam_rows.as_stored(event.at))
        timed.append(replace(event, at=at))
    return timed


def _in_time(exam: Exam, happened: Iterable[Event]) -> list[Event]:
    """The events up to the deadline, or that the exam has expired."""
    timely: list[Event] = []
    for event in happened:
        if exam.deadline_at is not None and event.at >= exam.deadline_at:
            return [*timely, Event(EventKind.EXPIRED, exam.deadline_at)]
        timely.append(event)
    return timely


def _pull(connection: Connection, exam: Exam, sheet: Sheet, rollover_hour: int) -> None:
    ending = sheet.ending
    if ending is None or ending.how is EventKind.DROPPED:
        return
    pulled_on = schedule.study_day(ending.at, rollover_hour) + timedelta(days=1)
    for card in score.to_pull(exam, sheet):
        switches.switch_card(connection, card, Switch.PULLED, pulled_on, ending.at)


def _exams(store: Store, *conditions: ColumnElement[bool]) -> tuple[Exam, ...]:
    query = (
        select(EXAM).where(*conditions).order_by(EXAM.c.started_at_ms, EXAM.c.number, EXAM.c.uid)
    )
    with store.database.reading() as connection:
        found = tuple(readable(connection.execute(query), exam_rows.to_exam, store.tell_odd))
    return tuple(replace(exam, items=_items(store, exam.uid)) for exam in found)


def _items(store: Store, exam_uid: str) -> tuple[Item, ...]:
    query = select(EXAM_ITEM).where(EXAM_ITEM.c.exam_uid == exam_uid)
    with store.database.reading() as connection:
        found = connection.execute(query.order_by(EXAM_ITEM.c.position))
        return tuple(readable(found, exam_rows.to_item, store.tell_odd))


def _events(connection: Connection, store: Store, exam: Exam) -> tuple[Event, ...]:
    found = connection.execute(select(EXAM_EVENT).where(EXAM_EVENT.c.exam_uid == exam.uid))
    return tuple(
        readable(found, lambda row: exam_rows.to_event(row, exam.started_at), store.tell_odd)
    )
