"""Rows of the history become values here, and values rows; those of settings in `settings`.

A row that is no value of ours is an odd one; see `odd_rows`.
"""

from datetime import date
from typing import Annotated
from typing import Any
from typing import Literal
from typing import TypeVar

import msgspec
from msgspec import Meta
from sqlalchemy import Row

from cmom_srs.history.instants import Milliseconds
from cmom_srs.history.instants import OffsetMinutes
from cmom_srs.history.instants import instant_row
from cmom_srs.history.instants import to_instant
from cmom_srs.history.odd_rows import OddNoteError
from cmom_srs.history.odd_rows import OddRowError
from cmom_srs.study import sm2
from cmom_srs.study.day.failures import Outcome
from cmom_srs.study.notes import Body
from cmom_srs.study.notes import CardId
from cmom_srs.study.notes import Note
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Origin
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind
from cmom_srs.study.sm2 import Memory

Value = TypeVar("Value")

_BODY = msgspec.json.Decoder[Body](Body)
_TAGS = msgspec.json.Decoder[tuple[str, ...]](tuple[str, ...])

_Truth = Literal[0, 1]
_Ordinal = Annotated[int, Meta(ge=1, le=99)]
_Count = Annotated[int, Meta(ge=0, le=1_000_000)]
# The calendar must not end before a card is due, nor before it is due once more.
_IntervalDays = Annotated[int, Meta(ge=0, le=300_000)]
_EaseFactor = Annotated[int, Meta(ge=130, le=100_000)]
DurationMs = Annotated[int, Meta(ge=0, le=10**12)]
_Grade = Annotated[int, Meta(ge=0, le=5)]


class _CardRow(msgspec.Struct):
    note_id: str
    ordinal: _Ordinal
    repetitions: _Count
    interval_days: _IntervalDays
    ease_factor: _EaseFactor
    due_on: date | None
    lapses: _Count
    last_reviewed_on: date | None
    is_suspended: _Truth
    buried_on: date | None
    pulled_on: date | None


class _ReviewRow(msgspec.Struct):
    uid: str
    note_id: str
    ordinal: _Ordinal
    reviewed_at_ms: Milliseconds
    utc_offset_minutes: OffsetMinutes
    study_day: date
    kind: ReviewKind
    grade: _Grade
    duration_ms: DurationMs
    looked_up: _Truth
    is_right: _Truth | None
    response: str | None
    origin: Origin
    anki_id: int | None


class _OutcomeRow(msgspec.Struct):
    study_day: date
    grade: _Grade
    answered_before_on: date | None


class _NoteRow(msgspec.Struct):
    id: str
    first_id: str
    deck: str
    deck_title: str
    domain: str
    position: int
    body: str
    scenario: str
    extra: str
    tags: str
    source: str
    as_of: date | None
    until: date | None
    manual: str
    fingerprint: str
    retired_on: date | None


def note_row(note: Note) -> dict[str, Any]:
    """What the note's author decides of its row: all columns but those with dates of our own."""
    return {
        "id": note.id,
        "note_kind": note.kind,
        "first_id": note.first_id,
        "deck": note.deck,
        "deck_title": note.deck_title,
        "domain": note.domain,
        "position": note.position,
        "body": _json(note.body),
        "scenario": note.scenario,
        "extra": note.extra,
        "tags": _json(note.tags),
        "source": note.source,
        "as_of": note.as_of,
        "until": note.until,
        "manual": note.manual,
        "fingerprint": note.fingerprint,
    }


def to_note(row: Row[Any]) -> Note:
    """The note of a row; of its former ids the first one only. Raises OddRowError."""
    try:
        read = msgspec.convert(row, _NoteRow, from_attributes=True)
        body, tags = _BODY.decode(read.body), _TAGS.decode(read.tags)
    except ValueError as error:
        raise OddNoteError(f"the note {row.id}", str(error)) from None
    return Note(
        id=read.id,
        domain=read.domain,
        deck=read.deck,
        deck_title=read.deck_title,
        position=read.position,
        body=body,
        source=read.source,
        formerly=() if read.first_id == read.id else (read.first_id,),
        scenario=read.scenario,
        extra=read.extra,
        as_of=read.as_of,
        until=read.until,
        manual=read.manual,
        tags=tags,
        fingerprint=read.fingerprint,
    )


def to_date(text: Any) -> date | None:
    """The date of a column by itself; None for none, and for what is no date."""
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None


def fold_row(state: CardState) -> dict[str, Any]:
    """What a card's answers decide of its row: all but the switches beside the fold."""
    return {
        "repetitions": state.memory.repetitions,
        "interval_days": state.memory.interval_days,
        "ease_factor": state.memory.ease_factor,
        "due_on": state.due_on,
        "lapses": state.lapses,
        "last_reviewed_on": state.last_reviewed_on,
    }


def card_row(card: CardId, state: CardState) -> dict[str, Any]:
    """The row of a card that is not retired."""
    return {
        "note_id": card.note_id,
        "ordinal": card.ordinal,
        **fold_row(state),
        "is_suspended": state.is_suspended,
        "buried_on": state.buried_on,
        "pulled_on": state.pulled_on,
    }


def to_state(row: Row[Any]) -> CardState:
    """The state of a card's row. Raises OddRowError."""
    try:
        read = msgspec.convert(row, _CardRow, from_attributes=True)
    except ValueError as error:
        raise OddRowError(f"the card {row.note_id}/{row.ordinal}", str(error)) from None
    if read.last_reviewed_on is not None and not read.interval_days >= 1:
        raise OddRowError(f"the card {row.note_id}/{row.ordinal}", "`$.interval_days`")
    return CardState(
        memory=Memory(read.repetitions, read.interval_days, read.ease_factor),
        due_on=read.due_on,
        lapses=read.lapses,
        last_reviewed_on=read.last_reviewed_on,
        is_suspended=bool(read.is_suspended),
        buried_on=read.buried_on,
        pulled_on=read.pulled_on,
    )


def review_row(review: Review) -> dict[str, Any]:
    """The row of an answer. TypeError for an instant without an offset."""
    return {
        "note_id": review.card.note_id,
        "ordinal": review.card.ordinal,
        **instant_row(review.reviewed_at),
        "study_day": review.study_day,
        "kind": review.kind.value,
        "grade": review.grade,
        "duration_ms": review.duration_ms,
        "looked_up": review.looked_up,
        "is_right": review.is_right,
        "response": review.response,
        "origin": review.origin.value,
        "uid": review.uid,
        "anki_id": review.anki_id,
    }


def to_review(row: Row[Any]) -> Review:
    """The answer of a row; its instant has the offset it was given with. Raises OddRowError."""
    try:
        read = msgspec.convert(row, _ReviewRow, from_attributes=True)
    except ValueError as error:
        raise OddRowError(f"the answer {row.id}", str(error)) from None
    return Review(
        card=CardId(read.note_id, read.ordinal),
        reviewed_at=to_instant(read.reviewed_at_ms, read.utc_offset_minutes),
        study_day=read.study_day,
        kind=read.kind,
        grade=read.grade,
        duration_ms=read.duration_ms,
        looked_up=bool(read.looked_up),
        origin=read.origin,
        is_right=None if read.is_right is None else bool(read.is_right),
        response=_json_or_none(read.response),
        uid=read.uid,
        anki_id=read.anki_id,
    )


def to_outcome(row: Row[Any]) -> Outcome:
    """How an answer went, of its day, its grade and the day of the one before. Raises OddRowError.

    What is odd is told where the answers are read whole.
    """
    try:
        read = msgspec.convert(row, _OutcomeRow, from_attributes=True)
    except ValueError as error:
        raise OddRowError("an answer", str(error)) from None
    before_on = read.answered_before_on
    elapsed_days = None if before_on is None else (read.study_day - before_on).days
    return Outcome(elapsed_days, read.grade >= sm2.LOWEST_PASSING_GRADE)


def _json_or_none(text: str | None) -> str | None:
    """The text if it is JSON: an answer counts, whatever became of what was given."""
    try:
        if text is not None:
            msgspec.json.decode(text)
    except ValueError:
        return None
    return text


def to_switched(row: Row[Any], kind: type[Value]) -> Value:
    """The value in a switch's row. Raises OddRowError."""
    try:
        return msgspec.json.decode(row.value, type=kind)
    except (TypeError, ValueError):
        raise OddRowError(f"the switch {row.uid}", "`$.value`") from None


def _json(value: Body | tuple[str, ...]) -> str:
    return msgspec.json.encode(value).decode()
