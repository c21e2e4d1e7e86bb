"""The history as the commands use it: every read and every write, each one transaction."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import datetime
from pathlib import Path
from typing import Any
from typing import Self

from sqlalchemy import ColumnElement
from sqlalchemy import Row
from sqlalchemy import func
from sqlalchemy import select

from cmom_srs.history import log
from cmom_srs.history import rows
from cmom_srs.history import settings
from cmom_srs.history import switches
from cmom_srs.history.file import migrations
from cmom_srs.history.file.creation import create_if_absent
from cmom_srs.history.file.database import Database
from cmom_srs.history.file.tables import CARD
from cmom_srs.history.file.tables import NOTE
from cmom_srs.history.file.tables import REVIEW
from cmom_srs.history.odd_rows import OddRowError
from cmom_srs.history.odd_rows import readable
from cmom_srs.history.settings import Settings
from cmom_srs.history.switches import Switch
from cmom_srs.study import sm2
from cmom_srs.study.day.queue import DayLog
from cmom_srs.study.notes import CardId
from cmom_srs.study.notes import Note
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Recorded
from cmom_srs.study.schedule import Review
from cmom_srs.watch import Watch
from cmom_srs.watch import unwatched

BUSY_TIMEOUT_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class StoredNote:
    """A note as it was last read, and the day it was gone from the decks; None while it is not."""

    note: Note
    retired_on: date | None


class Store:
    """An open history. Closes with the `with` block it is used in.

    Every method raises HistoryError when the file cannot be read, and one that writes also when
    it cannot be written: then nothing is.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.odd_rows: dict[str, OddRowError] = {}  # rows met that are no values, by what they say

    def tell_odd(self, odd: OddRowError) -> None:
        """Keeps a row that is no value for `odd_rows`; each is kept once."""
        self.odd_rows[str(odd)] = odd

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.database.close()

    @property
    def is_read_only(self) -> bool:
        """Whether the file or its folder cannot be written."""
        return self.database.unwritable is not None

    def require_writable(self) -> None:
        """Raises UnwritableError for a history that can only be read."""
        if self.database.unwritable is not None:
            raise self.database.unwritable

    # What is known

    def notes(self) -> tuple[Note, ...]:
        """All notes that are not retired, by domain, deck and position."""
        query = (
            select(NOTE)
            .where(NOTE.c.retired_on.is_(None))
            .order_by(NOTE.c.domain, NOTE.c.deck, NOTE.c.position, NOTE.c.id)
        )
        with self.database.reading() as connection:
            return tuple(readable(connection.execute(query), rows.to_note, self.tell_odd))

    def note(self, note_id: str) -> StoredNote | None:
        """The note of this id or, if there is none, the one that once had it; retired ones too."""
        with self.database.reading() as connection:
            present_id = log.present_note(connection, note_id)
            found = connection.execute(select(NOTE).where(NOTE.c.id == present_id))
            return next(readable(found, _to_stored_note, self.tell_odd), None)

    def fingerprints(self) -> frozenset[str]:
        """The fingerprints of all notes known, which were without error when they were read."""
        with self.database.reading() as connection:
            return frozenset(connection.execute(select(NOTE.c.fingerprint)).scalars())

    def states(self) -> dict[CardId, CardState]:
        """The states of all cards that are not retired."""
        with self.database.reading() as connection:
            known = connection.execute(select(CARD).where(CARD.c.retired_on.is_(None)))
            return {
                CardId(row.note_id, row.ordinal): log.to_state(connection, row, self.tell_odd)
                for row in known.all()
            }

    def state(self, card: CardId) -> CardState:
        """The state of a card, retired or renamed or not. UnknownCardError if there is none."""
        with self.database.reading() as connection:
            return log.state_of(connection, log.present_card(connection, card))

    # What was answered

    def day_log(self, study_day: date) -> DayLog:
        """What was answered on a study day."""
        query = (
            select(REVIEW, log.IS_FIRST_SIGHT.label("is_first_sight"))
            .where(log.IS_STANDING, REVIEW.c.study_day == study_day)
            .order_by(*log.IN_ORDER)
        )
        with self.database.reading() as connection:
            logged = connection.execute(query).all()
            introduced = (CardId(row.note_id, row.ordinal) for row in logged if row.is_first_sight)
            answers = readable(logged, rows.to_review, self.tell_odd)
            return DayLog(tuple(answers), frozenset(introduced))

    def last_study_day(self) -> date | None:
        """The last study day with an answer; None when there is none."""
        with self.database.reading() as connection:
            days = select(func.max(REVIEW.c.study_day)).where(log.IS_STANDING)
            return rows.to_date(connection.execute(days).scalar_one())

    def answers(self, since: date | None = None, before: date | None = None) -> tuple[Review, ...]:
        """All answers from a study day on and before another, in order of time.

        None of them was taken back; without a day there is no bound on its side.
        """
        bounds = [REVIEW.c.study_day >= since] if since else []
        bounds += [REVIEW.c.study_day < before] if before else []
        return self._answers(*bounds)

    def answers_of(self, card: CardId) -> tuple[Review, ...]:
        """A card's answers that were not taken back, in order of time."""
        return self._answers(log.is_card(card, REVIEW))

    def _answers(self, *conditions: ColumnElement[bool]) -> tuple[Review, ...]:
        query = select(REVIEW).where(log.IS_STANDING, *conditions).order_by(*log.IN_ORDER)
        with self.database.reading() as connection:
            return tuple(readable(connection.execute(query), rows.to_review, self.tell_odd))

    def record(self, review: Review) -> Recorded:
        """Stores an answer and the state it leads to, durably; the answer as it was stored.

        Its kind is worked out anew from the log, and its instant raised by a millisecond until
        no other answer of its study day has it. Where the note was renamed meanwhile, the answer
        goes to its new name. UnknownCardError for a card that the history has under no name.
        """
        sm2.require_grade(review.grade)
        with self.database.writing() as connection:
            card = log.present_card(connection, review.card)
            (recorded,) = log.append(connection, [replace(review, card=card)])
        return recorded

    def newest(self) -> Review | None:
        """The newest answer given here, by its instant, that still stands; None for none."""
        with self.database.reading() as connection:
            return log.newest(connection)

    def take_back(self, at: datetime, study_day: date, uid: str | None = None) -> Review | None:
        """Takes back an answer: the one of this uid, else the newest given here; None for none."""
        with self.database.writing() as connection:
            answer = log.newest(connection) if uid is None else log.standing(connection, uid)
            log.take_back(connection, [answer] if answer else [], at, study_day)
        return answer

    def rebuild(self, watch: Watch = unwatched) -> tuple[CardId, ...]:
        """Replays every log; the cards whose stored state was not its replay, now put right."""
        with self.database.writing() as connection:
            return log.replay_all(connection, watch)

    # The switches beside the fold

    def set_suspended(self, card: CardId, is_suspended: bool, at: datetime) -> None:
        """Takes a card out of all queues, or back into them."""
        self._switch(card, Switch.SUSPENDED, is_suspended, at)

    def bury(self, card: CardId, study_day: date, at: datetime) -> None:
        """Hides a card on a study day."""
        self._switch(card, Switch.BURIED, study_day, at)

    def pull(self, card: CardId, study_day: date, at: datetime) -> None:
        """Pulls a card forward to a study day."""
        self._switch(card, Switch.PULLED, study_day, at)

    def _switch(self, card: CardId, name: Switch, value: bool | date, at: datetime) -> None:
        with self.database.writing() as connection:
            switches.switch_card(connection, card, name, value, at)

    def keep_remark(self, note_id: str, remark: str, at: datetime) -> None:
        """Keeps the learner's own line with a note, in place of the one before; empty for none."""
        with self.database.writing() as connection:
            switches.keep_remark(connection, note_id, remark, at)

    def remarks(self) -> dict[str, str]:
        """The learner's own lines, by the ids of their notes."""
        with self.database.reading() as connection:
            return switches.remarks(connection, tell=self.tell_odd)

    def remark(self, note_id: str) -> str:
        """The learner's own line with a note; empty for none."""
        with self.database.reading() as connection:
            present_id = log.present_note(connection, note_id)
            return switches.remarks(connection, (present_id,), self.tell_odd).get(present_id, "")

    # The settings

    def settings(self) -> Settings:
        """What the learner has set, else the defaults."""
        with self.database.reading() as connection:
            return settings.load(connection, self.tell_odd)

    def set_setting(self, name: str, text: str) -> None:
        """Stores a setting as it was typed; SettingError for what it does not take."""
        value = settings.parse(name, text)
        with self.database.writing() as connection:
            settings.store(connection, name, value)

    def change_plan(self, changes: Mapping[str, Any]) -> None:
        """Stores values of the plan, and perhaps of `minutes`, by their names, all or none."""
        with self.database.writing() as connection:
            for name, value in changes.items():
                settings.store(connection, name, value)

    def decks_hash(self) -> str | None:
        """The hash over the deck files when they were last read without fault; None: read them."""
        with self.database.reading() as connection:
            return settings.load_decks_hash(connection)


def _to_stored_note(row: Row[Any]) -> StoredNote:
    return StoredNote(rows.to_note(row), rows.to_date(row.retired_on))


def open_history(
    path: Path,
    busy_timeout_seconds: float = BUSY_TIMEOUT_SECONDS,
    *,
    is_default_place: bool = False,
    watch: Watch = unwatched,
) -> Store:
    """The history in a file, which is made or brought to the newest schema if need be.

    At the default place its folder is made too. `watch` hands on the cards that are replayed after
    an upgrade. Raises HistoryError for a file that is empty, no
    history, damaged, of a newer program, or in use by another program for longer than the timeout.
    """
    create_if_absent(path, is_default_place)
    with ExitStack() as stack:
        database = Database(path, busy_timeout_seconds)
        stack.callback(database.close)
        is_upgraded = migrations.migrate(database)
        database.leave_write_ahead_log()
        store = Store(database)
        if is_upgraded:
            store.rebuild(watch)  # a schema may bring another order of the answers
        stack.pop_all()
    return store
