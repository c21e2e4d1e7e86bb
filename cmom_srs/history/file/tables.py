"""The history's tables, as the newest migration leaves them.

Instants are milliseconds since 1970 UTC, the offset in minutes beside them; dates are ISO text.
`review`, `switch`, `exam_event`, `lookup` and `ceu` are logs: rows are added, never changed or
taken away; what stands in `card` is the fold of the first two. An exam and its items are written
once. A row's `uid` is its identity on every computer; `review.id` and `exam.number` are only local
places. What is read is as SQLite has it, any type at all: only `rows` and `exam_rows` make values
of it, of the rows of `setting` only `settings`, and of those of `ceu` only `ceus`.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import Column
from sqlalchemy import Dialect
from sqlalchemy import ForeignKey
from sqlalchemy import ForeignKeyConstraint
from sqlalchemy import Index
from sqlalchemy import Integer
from sqlalchemy import MetaData
from sqlalchemy import Table
from sqlalchemy import Text
from sqlalchemy.types import UserDefinedType

METADATA = MetaData()


class IsoDate(UserDefinedType[date]):
    """A date written as ISO text; what is read is the text, which `rows` makes a date of."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """The column's type in SQL."""
        return "DATE"

    def bind_processor(self, dialect: Dialect) -> Callable[[date | str | None], str | None]:
        """What is stored of a date; text that was read stays as it is."""
        return lambda value: value.isoformat() if isinstance(value, date) else value


class Flag(UserDefinedType[bool]):
    """A truth written as 0 or 1; what is read is the number, which `rows` makes a truth of."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """The column's type in SQL."""
        return "BOOLEAN"

    def bind_processor(self, dialect: Dialect) -> Callable[[bool | None], int | None]:
        """What is stored of a truth."""
        return lambda value: None if value is None else int(value)


NOTE = Table(
    "note",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("note_kind", Text, nullable=False),
    Column("first_id", Text, nullable=False),
    Column("deck", Text, nullable=False),
    Column("deck_title", Text, nullable=False),
    Column("domain", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("scenario", Text, nullable=False),
    Column("extra", Text, nullable=False),
    Column("tags", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("as_of", IsoDate),
    Column("manual", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("first_seen_on", IsoDate, nullable=False),
    Column("retired_on", IsoDate),
    Column("until", IsoDate),
)

CARD = Table(
    "card",
    METADATA,
    Column("note_id", Text, ForeignKey("note.id", onupdate="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("repetitions", Integer, nullable=False),
    Column("interval_days", Integer, nullable=False),
    Column("ease_factor", Integer, nullable=False),
    Column("due_on", IsoDate),
    Column("lapses", Integer, nullable=False),
    Column("last_reviewed_on", IsoDate),
    Column("is_suspended", Flag, nullable=False),
    Column("buried_on", IsoDate),
    Column("pulled_on", IsoDate),
    Column("retired_on", IsoDate),
    Index("card_due_on", "due_on"),
)

REVIEW = Table(
    "review",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("note_id", Text, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("reviewed_at_ms", Integer, nullable=False),
    Column("utc_offset_minutes", Integer, nullable=False),
    Column("study_day", IsoDate, nullable=False),
    Column("kind", Text, nullable=False),
    Column("grade", Integer),
    Column("duration_ms", Integer, nullable=False),
    Column("looked_up", Flag, nullable=False),
    Column("is_right", Flag),
    Column("response", Text),
    Column("origin", Text, nullable=False),
    Column("anki_id", Integer),
    Column("anki_collection", Integer),
    Column("undoes", Text),
    ForeignKeyConstraint(
        ["note_id", "ordinal"], ["card.note_id", "card.ordinal"], onupdate="CASCADE"
    ),
    Index("review_card", "note_id", "ordinal", "study_day", "reviewed_at_ms"),
    Index("review_study_day", "study_day"),
    Index("review_undoes", "undoes"),
)

SWITCH = Table(
    "switch",
    METADATA,
    Column("uid", Text, primary_key=True),
    Column("note_id", Text, ForeignKey("note.id", onupdate="CASCADE"), nullable=False),
    Column("ordinal", Integer),
    Column("name", Text, nullable=False),
    Column("value", Text),
    Column("at_ms", Integer, nullable=False),
    Index("switch_note", "note_id"),
)

EXAM = Table(
    "exam",
    METADATA,
    Column("uid", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("profile", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("seed", Text, nullable=False),
    Column("minutes", Integer),
    Column("pass_percent", Integer, nullable=False),
    Column("started_at_ms", Integer, nullable=False),
    Column("utc_offset_minutes", Integer, nullable=False),
    Column("study_day", IsoDate, nullable=False),
    Column("asked", Text, nullable=False),
)

EXAM_ITEM = Table(
    "exam_item",
    METADATA,
    Column("exam_uid", Text, ForeignKey("exam.uid"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("note_id", Text, ForeignKey("note.id", onupdate="CASCADE"), nullable=False),
    Column("domain", Text, nullable=False),
    Column("words", Text, nullable=False),
    Index("exam_item_note", "note_id"),
)

EXAM_EVENT = Table(
    "exam_event",
    METADATA,
    Column("uid", Text, primary_key=True),
    Column("exam_uid", Text, ForeignKey("exam.uid"), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("position", Integer),
    Column("at_ms", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("value", Text),
    Index("exam_event_exam", "exam_uid"),
)

LOOKUP = Table(
    "lookup",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("topic", Text, nullable=False),
    Column("started_at_ms", Integer, nullable=False),
    Column("utc_offset_minutes", Integer, nullable=False),
    Column("duration_ms", Integer, nullable=False),
    Column("found", Flag, nullable=False),
    Column("page", Text),
)

CEU = Table(
    "ceu",
    METADATA,
    Column("uid", Text, primary_key=True),
    Column("title", Text),
    Column("units_hundredths", Integer),
    Column("earned_on", IsoDate),
    Column("at_ms", Integer, nullable=False),
    Column("removes", Text),
)

RENAMED = Table(
    "renamed",
    METADATA,
    Column("old_id", Text, primary_key=True),
    Column("new_id", Text, nullable=False),
    Column("renamed_on", IsoDate, nullable=False),
)

SETTING = Table(
    "setting",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
