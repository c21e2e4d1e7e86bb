"""Rows of the history become values here, and values rows."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from typing import Any

import msgspec
from sqlalchemy import Row

from cmom_srs.study.notes import Body
from cmom_srs.study.notes import CardId
from cmom_srs.study.notes import Note
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Origin
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind
from cmom_srs.study.sm2 import Memory

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BODY = msgspec.json.Decoder[Body](Body)
_TAGS = msgspec.json.Decoder[tuple[str, ...]](tuple[str, ...])


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
        "manual": note.manual,
        "fingerprint": note.fingerprint,
    }


def to_note(row: Row[Any]) -> Note:
    """The note of a row; of its former ids the first one only."""
    return Note(
        id=row.id,
        domain=row.domain,
        deck=row.deck,
        deck_title=row.deck_title,
        position=row.position,
        body=_BODY.decode(row.body),
        source=row.source,
        formerly=() if row.first_id == row.id else (row.first_id,),
        scenario=row.scenario,
        extra=row.extra,
        as_of=row.as_of,
        manual=row.manual,
        tags=_TAGS.decode(row.tags),
        fingerprint=row.fingerprint,
    )


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
    """The state of a card's row."""
    return CardState(
        memory=Memory(row.repetitions, row.interval_days, row.ease_factor),
        due_on=row.due_on,
        lapses=row.lapses,
        last_reviewed_on=row.last_reviewed_on,
        is_suspended=row.is_suspended,
        buried_on=row.buried_on,
        pulled_on=row.pulled_on,
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
    """The answer of a row; its instant has the offset it was given with."""
    return Review(
        card=CardId(row.note_id, row.ordinal),
        reviewed_at=to_instant(row.reviewed_at_ms, row.utc_offset_minutes),
        study_day=row.study_day,
        kind=ReviewKind(row.kind),
        grade=row.grade,
        duration_ms=row.duration_ms,
        looked_up=row.looked_up,
        origin=Origin(row.origin),
        is_right=row.is_right,
        response=row.response,
        uid=row.uid,
        anki_id=row.anki_id,
    )


def instant_row(instant: datetime) -> dict[str, int]:
    """An instant in whole milliseconds since 1970 UTC, and its offset; TypeError without one."""
    return {
        "reviewed_at_ms": (instant - _EPOCH) // timedelta(milliseconds=1),
        "utc_offset_minutes": (instant.utcoffset() or timedelta()) // timedelta(minutes=1),
    }


def to_instant(milliseconds: int, offset_minutes: int) -> datetime:
    """The aware instant of the two numbers."""
    zone = timezone(timedelta(minutes=offset_minutes))
    return (_EPOCH + timedelta(milliseconds=milliseconds)).astimezone(zone)


def _json(value: Body | tuple[str, ...]) -> str:
    return msgspec.json.encode(value).decode()
