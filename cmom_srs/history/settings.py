"""The learner's settings: which there are, and where they are kept."""

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any
from typing import TypeVar

import msgspec
from sqlalchemy import Connection
from sqlalchemy import Row
from sqlalchemy import delete
from sqlalchemy import select

from cmom_srs.errors import CmomError
from cmom_srs.history.file.dialect import upsert
from cmom_srs.history.file.tables import SETTING
from cmom_srs.history.odd_rows import OddRowError
from cmom_srs.history.odd_rows import readable
from cmom_srs.history.setting_kinds import Day
from cmom_srs.history.setting_kinds import OneWord
from cmom_srs.history.setting_kinds import OnOrOff
from cmom_srs.history.setting_kinds import SettingKind
from cmom_srs.history.setting_kinds import WholeNumber
from cmom_srs.history.setting_kinds import Words
from cmom_srs.study import schedule
from cmom_srs.study.day import limits
from cmom_srs.study.day import weekdays

_DECKS_HASH = "decks-hash"
_COLLECTIONS = "anki-collections"
_LAST_IMPORT = "last-import"

Kept = TypeVar("Kept")

KINDS: Mapping[str, SettingKind] = MappingProxyType(
    {
        "new-cards": WholeNumber(0, 999),
        "repeat-below": WholeNumber(0, 5),
        "rollover-hour": WholeNumber(0, 23),
        "minutes": WholeNumber(1, 1440, can_be_off=True),
        "longest-wait": WholeNumber(1, 3650, can_be_off=True),
        "renewal-on": Day(),
    }
)
NAMES = tuple(KINDS)

# What `cmom plan` sets, several at once
PLAN_KINDS: Mapping[str, SettingKind] = MappingProxyType(
    {
        "exam-date": Day(),
        "plan-start": Day(),
        "study-days": Words(weekdays.NAMES),
        "rehearsal": OnOrOff(),
        "exam-result": OneWord(("asked", "passed", "failed")),
    }
)
_ALL_KINDS = {**KINDS, **PLAN_KINDS}


class SettingError(CmomError):
    """A setting that there is not, or a value that it does not take."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner has set, else the defaults.

    `new_cards` a study day introduces, `repeat_below` this grade a card is asked again,
    `rollover_hour` of the local day begins a study day, `minutes` to study a day, `longest_wait`
    in days until any card is asked again (both None: no limit). `renewal_on` the credential runs
    out (None: with the calendar year).

    Of the plan: the `exam_date` (None: none is set), `plan_start` the study day on which it was set
    while none was, `study_days` the weekdays on which to study, whether it keeps questions back for
    a `rehearsal`, and `exam_result`: how the exam went, or that it was asked.
    """

    new_cards: int = limits.NEW_CARDS
    repeat_below: int = limits.REPEAT_BELOW
    rollover_hour: int = schedule.ROLLOVER_HOUR
    minutes: int | None = None
    longest_wait: int | None = None
    renewal_on: date | None = None
    exam_date: date | None = None
    plan_start: date | None = None
    study_days: Sequence[str] = weekdays.EVERY_DAY
    rehearsal: bool = True
    exam_result: str | None = None

    def by_name(self) -> dict[str, Any]:
        """The values of `cmom set` by the names that a learner types."""
        return {name: getattr(self, _field(name)) for name in NAMES}


def _field(name: str) -> str:
    return name.replace("-", "_")


def require_known(name: str) -> None:
    """Raises SettingError, with the name that may be meant, for what `cmom set` does not set."""
    if name in PLAN_KINDS:
        raise SettingError(f"{name} is a part of the plan.", "To change it: cmom plan --help")
    if name not in KINDS:
        close = get_close_matches(name, NAMES, n=1)
        way_out = f"Did you mean {close[0]}?" if close else f"The settings are {', '.join(NAMES)}."
        raise SettingError(f"There is no setting {name}.", way_out)


def parse(name: str, text: str) -> Any:
    """The value that a learner typed for a setting; None when it is switched off.

    SettingError, which names what it takes, for any other text, and for a name that is none.
    """
    require_known(name)
    try:
        return KINDS[name].parse(text.strip())
    except ValueError:
        raise SettingError(f"{name} takes {KINDS[name]}.") from None


def load(connection: Connection, tell: Callable[[OddRowError], None]) -> Settings:
    """The settings as they are stored; what a later version has added is left out.

    `tell` is told of each that holds what it does not take; its default is used.
    """
    stored = connection.execute(select(SETTING).where(SETTING.c.name.in_(_ALL_KINDS)))
    values = dict(readable(stored, _to_value, tell))
    return Settings(**{_field(name): value for name, value in values.items()})


def _to_value(row: Row[Any]) -> tuple[str, Any]:
    try:
        return row.name, _ALL_KINDS[row.name].check(msgspec.json.decode(row.value))
    except (TypeError, ValueError):
        raise OddRowError(f"the setting {row.name}", f"it takes {_ALL_KINDS[row.name]}") from None


def store(connection: Connection, name: str, value: Any) -> None:
    """Stores one value, in place of the one before it."""
    encoded = msgspec.json.encode(value).decode()
    connection.execute(upsert(SETTING, {"name": name, "value": encoded}, ["value"]))


def load_decks_hash(connection: Connection) -> str | None:
    """The hash over the deck files that the history agrees with; None when there is none."""
    return _load(connection, _DECKS_HASH, str)


def store_decks_hash(connection: Connection, decks_hash: str | None) -> None:
    """Stores that hash; None takes the stored one away, so that the decks are read again."""
    if decks_hash is None:
        connection.execute(delete(SETTING).where(SETTING.c.name == _DECKS_HASH))
    else:
        store(connection, _DECKS_HASH, decks_hash)


# What is kept beside the learner's own settings, under names of the same table


def load_collections(connection: Connection) -> Mapping[str, int]:
    """Our number for each mark of an Anki collection that was imported from."""
    return _load(connection, _COLLECTIONS, dict[str, int]) or {}


def store_collections(connection: Connection, numbers: Mapping[str, int]) -> None:
    """Stores those numbers."""
    store(connection, _COLLECTIONS, dict(numbers))


def load_last_import(connection: Connection) -> tuple[datetime, list[str]] | None:
    """When reviews were last imported from Anki, and the uids of those; None for never."""
    return _load(connection, _LAST_IMPORT, tuple[datetime, list[str]])


def store_last_import(connection: Connection, at: datetime, uids: Sequence[str]) -> None:
    """Stores when reviews were imported, and their uids."""
    store(connection, _LAST_IMPORT, (at, list(uids)))


def _load(connection: Connection, name: str, kind: type[Kept]) -> Kept | None:
    """What is kept under a name; None when it is not there or not of its kind."""
    stored = connection.execute(select(SETTING.c.value).where(SETTING.c.name == name))
    try:
        return msgspec.json.decode(stored.scalar_one_or_none() or "null", type=kind | None)
    except (TypeError, ValueError):
        return None
