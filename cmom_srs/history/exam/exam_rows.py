"""Rows of exams and look-ups become values here, and values rows; odd ones as in `rows`."""

from datetime import date
from datetime import datetime
from typing import Annotated
from typing import Any
from typing import Literal

import msgspec
from msgspec import Meta
from sqlalchemy import Row

from cmom_srs.history.instants import Milliseconds
from cmom_srs.history.instants import OffsetMinutes
from cmom_srs.history.instants import instant_ms
from cmom_srs.history.instants import offset_minutes
from cmom_srs.history.instants import to_instant
from cmom_srs.history.odd_rows import OddRowError
from cmom_srs.history.rows import DurationMs
from cmom_srs.study.exam.events import Event
from cmom_srs.study.exam.events import EventKind
from cmom_srs.study.exam.items import Asked
from cmom_srs.study.exam.items import Exam
from cmom_srs.study.exam.items import Item
from cmom_srs.study.exam.items import ItemWords
from cmom_srs.study.lookups import Lookup

_WORDS = msgspec.json.Decoder(ItemWords)
_ASKED = msgspec.json.Decoder(Asked)
_Count = Annotated[int, Meta(ge=1, le=100_000)]
_Percent = Annotated[int, Meta(ge=0, le=100)]
_Truth = Literal[0, 1]


class _ExamRow(msgspec.Struct):
    uid: str
    number: _Count
    profile: str
    title: str
    seed: str
    minutes: _Count | None
    pass_percent: _Percent
    started_at_ms: Milliseconds
    utc_offset_minutes: OffsetMinutes
    study_day: date
    asked: str


class _ItemRow(msgspec.Struct):
    position: _Count
    note_id: str
    domain: str
    words: str


class _EventRow(msgspec.Struct):
    uid: str
    sequence: int
    position: int | None
    at_ms: Milliseconds
    kind: EventKind
    value: str | None


class _LookupRow(msgspec.Struct):
    uid: str
    topic: Annotated[str, Meta(min_length=1)]
    started_at_ms: Milliseconds
    utc_offset_minutes: OffsetMinutes
    duration_ms: DurationMs
    found: _Truth
    page: str | None


def exam_row(exam: Exam) -> dict[str, Any]:
    """The row of an exam. TypeError for an instant without an offset."""
    return {
        "uid": exam.uid,
        "number": exam.number,
        "profile": exam.profile,
        "title": exam.title,
        "seed": exam.seed,
        "minutes": exam.minutes,
        "pass_percent": exam.pass_percent,
        "started_at_ms": instant_ms(exam.started_at),
        "utc_offset_minutes": offset_minutes(exam.started_at),
        "study_day": exam.study_day,
        "asked": _json(exam.asked),
    }


def to_exam(row: Row[Any]) -> Exam:
    """The exam of a row, without its items. Raises OddRowError."""
    try:
        read = msgspec.convert(row, _ExamRow, from_attributes=True)
        asked = _ASKED.decode(read.asked)
    except ValueError as error:
        raise OddRowError(f"the exam {row.number}", str(error)) from None
    return Exam(
        uid=read.uid,
        number=read.number,
        profile=read.profile,
        title=read.title,
        seed=read.seed,
        minutes=read.minutes,
        pass_percent=read.pass_percent,
        started_at=to_instant(read.started_at_ms, read.utc_offset_minutes),
        study_day=read.study_day,
        asked=asked,
    )


def item_row(exam_uid: str, item: Item) -> dict[str, Any]:
    """The row of an item."""
    return {
        "exam_uid": exam_uid,
        "position": item.position,
        "note_id": item.note_id,
        "domain": item.domain,
        "words": _json(item.words),
    }


def to_item(row: Row[Any]) -> Item:
    """The item of a row. Raises OddRowError."""
    try:
        read = msgspec.convert(row, _ItemRow, from_attributes=True)
        words = _WORDS.decode(read.words)
    except ValueError as error:
        raise OddRowError(f"the exam question {row.position}", str(error)) from None
    if not 1 <= words.right <= len(words.options):
        raise OddRowError(f"the exam question {row.position}", "`$.words`")
    return Item(read.position, read.note_id, read.domain, words)


def event_row(exam_uid: str, event: Event) -> dict[str, Any]:
    """The row of an event."""
    return {
        "uid": event.uid,
        "exam_uid": exam_uid,
        "sequence": event.sequence,
        "position": event.position,
        "at_ms": instant_ms(event.at),
        "kind": event.kind.value,
        "value": None if event.value is None else _json(event.value),
    }


def to_event(row: Row[Any], like: datetime) -> Event:
    """The event of a row, its instant with the offset of another one. Raises OddRowError."""
    try:
        read = msgspec.convert(row, _EventRow, from_attributes=True)
        value = None if read.value is None else msgspec.json.decode(read.value, type=int | str)
    except ValueError as error:
        raise OddRowError(f"the exam event {row.uid}", str(error)) from None
    at = to_instant(read.at_ms, offset_minutes(like))
    return Event(read.kind, at, read.position, value, read.sequence, read.uid)


def as_stored(instant: datetime) -> datetime:
    """The instant as it comes back: of whole milliseconds, with its offset and no zone's rules."""
    return to_instant(instant_ms(instant), offset_minutes(instant))


def lookup_row(lookup: Lookup) -> dict[str, Any]:
    """The row of a look-up. TypeError for an instant without an offset."""
    return {
        "uid": lookup.uid,
        "topic": lookup.topic,
        "started_at_ms": instant_ms(lookup.started_at),
        "utc_offset_minutes": offset_minutes(lookup.started_at),
        "duration_ms": lookup.duration_ms,
        "found": lookup.is_found,
        "page": lookup.page,
    }


def to_lookup(row: Row[Any]) -> Lookup:
    """The look-up of a row. Raises OddRowError."""
    try:
        read = msgspec.convert(row, _LookupRow, from_attributes=True)
    except ValueError as error:
        raise OddRowError(f"the look-up {row.id}", str(error)) from None
    return Lookup(
        topic=read.topic,
        started_at=to_instant(read.started_at_ms, read.utc_offset_minutes),
        duration_ms=read.duration_ms,
        is_found=bool(read.found),
        page=read.page,
        uid=read.uid,
    )


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
