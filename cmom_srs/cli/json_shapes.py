"""The JSON shapes of the machine output: additions keep the schema number, changes raise it."""

from collections.abc import Sequence
from datetime import date
from math import inf
from typing import Any

import msgspec

from cmom_srs.study.day.session import Counts
from cmom_srs.study.day.session import QueueName
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import Note
from cmom_srs.study.questions import question
from cmom_srs.study.questions.question import Compute
from cmom_srs.study.questions.question import FillGap
from cmom_srs.study.questions.question import PickOption
from cmom_srs.study.questions.question import PutInOrder
from cmom_srs.study.questions.question import Question
from cmom_srs.study.questions.question import Recall
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Review
from cmom_srs.study.stats.days import DayDone
from cmom_srs.study.tally import Tally


def day(value: date | None) -> str | None:
    """An ISO date; null when unknown."""
    return value.isoformat() if value else None


def rounded(percent: float | None) -> float | None:
    """A percentage with one decimal; null when unknown."""
    return None if percent is None else round(percent, 1)


def interval(tally: Tally) -> list[float] | None:
    """Wilson's 90 % interval in percent, one decimal; null of nothing."""
    return [round(end, 1) for end in tally.interval] if tally.interval else None


def share(tally: Tally) -> dict[str, Any]:
    """Answers, how many of them were right, and how far chance may have moved their share."""
    return {
        "answers": tally.total,
        "right": tally.right,
        "percent": rounded(tally.percent),
        "interval": interval(tally),
    }


def day_done(done: DayDone) -> dict[str, Any]:
    """What was done on a study day."""
    return {
        "day": day(done.day),
        "reviews": done.reviews,
        "new": done.new,
        "repeats": done.repeats,
        "duration_ms": done.duration_ms,
    }


def seconds(milliseconds: float | None) -> float | None:
    """Seconds with one decimal; null when unknown, or without an end."""
    if milliseconds is None or milliseconds == inf:
        return None
    return round(milliseconds / 1000, 1)


def counts(left: Counts) -> dict[str, int]:
    """What is left of a day."""
    return {"new": left.new, "due": left.due, "drill": left.again}


def queued_card(card: Card, queue: QueueName, state: CardState) -> dict[str, Any]:
    """A card of today's queue."""
    return {
        "card": str(card.id),
        "queue": str(queue),
        "due_on": day(state.due_on),
        "domain": card.note.domain,
        "deck": card.note.deck,
        "note_kind": card.note.kind,
    }


def state(state: CardState) -> dict[str, Any]:
    """A card's schedule; the ease factor with two decimals."""
    return {
        "repetitions": state.memory.repetitions,
        "interval_days": state.memory.interval_days,
        "ease_factor": state.memory.ease_factor / 100,
        "due_on": day(state.due_on),
        "lapses": state.lapses,
    }


def note(note: Note) -> dict[str, Any]:
    """A note's words, as stored, and where they come from."""
    return {
        "note": note.id,
        "note_kind": note.kind,
        "domain": note.domain,
        "deck": note.deck,
        "scenario": note.scenario or None,
        "body": msgspec.to_builtins(note.body),
        "extra": note.extra or None,
        "source": note.source,
        "as_of": day(note.as_of),
        "until": day(note.until),
        "manual": note.manual or None,
        "tags": list(note.tags),
        "formerly": list(note.formerly),
    }


def answer(review: Review) -> dict[str, Any]:
    """One answer of the log."""
    return {
        "reviewed_at": review.reviewed_at.isoformat(),
        "study_day": day(review.study_day),
        "kind": str(review.kind),
        "grade": review.grade,
        "duration_ms": review.duration_ms,
        "looked_up": review.looked_up,
        "is_right": review.is_right,
        "response": None if review.response is None else msgspec.json.decode(review.response),
        "origin": str(review.origin),
    }


def asked(card: Card, asked: Question) -> dict[str, Any]:
    """A question as `cmom review` would show it, without its answer."""
    text = question.gapped_text(asked) if isinstance(asked, FillGap) else asked.question
    return {
        "scenario": question.fill(asked, card.note.scenario) or None,
        "question": text,
        "options": [
            {"letter": "abcdefgh"[place], "text": option}
            for place, option in enumerate(_options(asked))
        ],
    }


def _options(asked: Question) -> Sequence[str]:
    match asked:
        case PickOption(options=options):
            return [option.text for option in options]
        case PutInOrder(shown=steps):
            return steps
        case Recall() | FillGap() | Compute():
            return ()
