"""Progress put into a package: schedules and the review log, as Anki keeps them."""

import json
import sqlite3
from collections.abc import Container
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta

from cmom_srs.study import schedule
from cmom_srs.study import sm2
from cmom_srs.study.schedule import NEVER_ANSWERED
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind
from cmom_srs.watch import Watch
from cmom_srs.watch import unwatched

_LEARN, _REVIEW, _RELEARN, _FILTERED = range(4)
_REVIEW_CARD = 2
_SUSPENDED = -1


@dataclass(frozen=True, slots=True)
class CardProgress:
    """A card to be carried over: its place in Anki, its state, its answers in order of time.

    `due_on` is the study day on which the card is asked next. Each answer comes with the id that
    its row has in Anki: its instant in milliseconds, unique among all rows.
    """

    guid: str
    ordinal: int
    state: CardState
    due_on: date
    answers: Sequence[tuple[int, Review]]


def unique_ids(answers: Iterable[tuple[Review, int | None]]) -> list[int]:
    """The Anki id of each answer: the one it has, else its milliseconds raised until free."""
    answers = list(answers)
    taken = {anki_id for _, anki_id in answers if anki_id is not None}
    ids = []
    for answer, anki_id in answers:
        ids.append(_free_id(answer, taken) if anki_id is None else anki_id)
        taken.add(ids[-1])
    return ids


def _free_id(answer: Review, taken: Container[int]) -> int:
    anki_id = int(answer.reviewed_at.timestamp() * 1000)
    while anki_id in taken:
        anki_id += 1
    return anki_id


def add_progress(
    database: sqlite3.Connection,
    progress: Iterable[CardProgress],
    now: datetime,
    rollover_hour: int,
    watch: Watch = unwatched,
) -> int:
    """Writes schedules and log rows into a package's collection; how many cards got some.

    Anki counts days from the collection's day zero, in the zone where it was made, so the
    due dates are exact wherever the package is imported. `now` is aware, in the learner's zone.
    """
    carried = list(progress)
    cards = _anki_cards(database)
    day_zero = min(
        (answer.study_day for card in carried for _, answer in card.answers), default=None
    )
    day_zero = day_zero or schedule.study_day(now, rollover_hour)
    _set_day_zero(database, day_zero, now, rollover_hour)
    found = [
        (cards[card.guid, card.ordinal], card)
        for card in carried
        if (card.guid, card.ordinal) in cards
    ]
    for anki_card, card in watch(found, "Adding progress"):
        _write_card(database, anki_card, card, day_zero)
        _write_log(database, anki_card, card)
    database.commit()
    return len(found)


def _anki_cards(database: sqlite3.Connection) -> Mapping[tuple[str, int], int]:
    query = "SELECT notes.guid, cards.ord, cards.id FROM cards JOIN notes ON notes.id = cards.nid"
    return {(guid, ord_ + 1): card for guid, ord_, card in database.execute(query)}


def _set_day_zero(
    database: sqlite3.Connection, day_zero: date, now: datetime, rollover_hour: int
) -> None:
    begins_at = datetime.combine(day_zero, time(rollover_hour), now.tzinfo)
    west = -(begins_at.utcoffset() or timedelta()) // timedelta(minutes=1)
    (stored,) = database.execute("SELECT conf FROM col").fetchone()
    conf = json.loads(stored) | {
        "schedVer": 2,  # without it Anki rewrites the answers of learning cards
        "creationOffset": west,
        "rollover": rollover_hour,
    }
    database.execute(
        "UPDATE col SET crt = ?, conf = ?",
        (int(begins_at.timestamp()), json.dumps(conf, sort_keys=True)),
    )


def _write_card(
    database: sqlite3.Connection, anki_card: int, card: CardProgress, day_zero: date
) -> None:
    if card.state.is_new:
        if card.state.is_suspended:
            database.execute("UPDATE cards SET queue = ? WHERE id = ?", (_SUSPENDED, anki_card))
        return
    memory = card.state.memory
    database.execute(
        "UPDATE cards SET type = ?, queue = ?, due = ?, ivl = ?, factor = ?, reps = ?, lapses = ?, "
        "data = ? WHERE id = ?",
        (
            _REVIEW_CARD,
            _SUSPENDED if card.state.is_suspended else _REVIEW_CARD,
            (card.due_on - day_zero).days,
            max(1, memory.interval_days),
            memory.ease_factor * 10,
            len(card.answers),
            card.state.lapses,
            json.dumps(_last_answered(card)),
            anki_card,
        ),
    )


def _last_answered(card: CardProgress) -> dict[str, int]:
    """When a card was answered last, in seconds, under the name that Anki has for it."""
    return {"lrt": card.answers[-1][0] // 1000} if card.answers else {}


def _write_log(database: sqlite3.Connection, anki_card: int, card: CardProgress) -> None:
    state = NEVER_ANSWERED
    counted = set(map(id, schedule.counted(answer for _, answer in card.answers)))
    for anki_id, answer in card.answers:
        is_counted = id(answer) in counted
        after = schedule.review(state, answer.grade, answer.study_day) if is_counted else state
        kind = _kind(answer, state)
        database.execute(
            # Answers from two collections can share an id; Anki too keeps the first of them.
            "INSERT OR IGNORE INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)",
            (
                anki_id,
                anki_card,
                _button(answer.grade),
                after.memory.interval_days,
                state.memory.interval_days,
                # With an ease, an answer in a filtered deck is an early review.
                0 if kind == _FILTERED else after.memory.ease_factor * 10,
                answer.duration_ms,
                kind,
            ),
        )
        state = after


def _button(grade: int) -> int:
    """Anki's button of a grade: a failure of any degree is Again."""
    return 1 if grade < sm2.LOWEST_PASSING_GRADE else grade - 1


def _kind(answer: Review, before: CardState) -> int:
    if answer.kind is ReviewKind.CRAM:
        return _FILTERED
    if before.is_new:
        return _LEARN
    return _REVIEW if before.memory.repetitions else _RELEARN
