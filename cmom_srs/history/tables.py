"""The history's tables, as the newest migration leaves them.

Instants are milliseconds since 1970 UTC, the offset in minutes beside them; dates are ISO text.
`review` and `switch` are logs: rows are added, never changed or taken away; what stands in `card`
is their fold. A row's `uid` is its identity on every computer; `review.id` is only its local place.
"""

from sqlalchemy import Boolean
from sqlalchemy import Column
from sqlalchemy import Date
from sqlalchemy import ForeignKey
from sqlalchemy import ForeignKeyConstraint
from sqlalchemy import Index
from sqlalchemy import Integer
from sqlalchemy import MetaData
from sqlalchemy import Table
from sqlalchemy import Text

METADATA = MetaData()

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
    Column("as_of", Date),
    Column("manual", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("first_seen_on", Date, nullable=False),
    Column("retired_on", Date),
)

CARD = Table(
    "card",
    METADATA,
    Column("note_id", Text, ForeignKey("note.id", onupdate="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("repetitions", Integer, nullable=False),
    Column("interval_days", Integer, nullable=False),
    Column("ease_factor", Integer, nullable=False),
    Column("due_on", Date),
    Column("lapses", Integer, nullable=False),
    Column("last_reviewed_on", Date),
    Column("is_suspended", Boolean, nullable=False),
    Column("buried_on", Date),
    Column("pulled_on", Date),
    Column("retired_on", Date),
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
    Column("study_day", Date, nullable=False),
    Column("kind", Text, nullable=False),
    Column("grade", Integer),
    Column("duration_ms", Integer, nullable=False),
    Column("looked_up", Boolean, nullable=False),
    Column("is_right", Boolean),
    Column("response", Text),
    Column("origin", Text, nullable=False),
    Column("anki_id", Integer),
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

RENAMED = Table(
    "renamed",
    METADATA,
    Column("old_id", Text, primary_key=True),
    Column("new_id", Text, nullable=False),
    Column("renamed_on", Date, nullable=False),
)

SETTING = Table(
    "setting",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
