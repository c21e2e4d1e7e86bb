"""The learner's settings: what they may be, and where they are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

import msgspec
from sqlalchemy import Connection
from sqlalchemy import delete
from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from cmom_srs.errors import CmomError
from cmom_srs.history.tables import SETTING
from cmom_srs.study import queue
from cmom_srs.study import schedule

_DECKS_HASH = "decks-hash"
OFF = "off"


class SettingError(CmomError):
    """A setting that there is not, or a value that it does not take."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner has set, else the defaults.

    `new_cards` a study day introduces, `repeat_below` this grade a card is asked again,
    `rollover_hour` of the local day begins a study day, `minutes` to study a day (None: no limit).
    """

    new_cards: int = queue.NEW_CARDS
    repeat_below: int = queue.REPEAT_BELOW
    rollover_hour: int = schedule.ROLLOVER_HOUR
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class _Range:
    lowest: int
    highest: int
    can_be_off: bool = False

    def __str__(self) -> str:
        numbers = f"a whole number from {self.lowest} to {self.highest}"
        return f"{numbers}, or {OFF}" if self.can_be_off else numbers


_RANGES: Mapping[str, _Range] = MappingProxyType(
    {
        "new-cards": _Range(0, 999),
        "repeat-below": _Range(0, 5),
        "rollover-hour": _Range(0, 23),
        "minutes": _Range(1, 1440, can_be_off=True),
    }
)
NAMES = tuple(_RANGES)


def require_known(name: str) -> None:
    """Raises SettingError, with the name that may be meant, for what is no setting."""
    if name not in _RANGES:
        close = get_close_matches(name, NAMES, n=1)
        way_out = f"Did you mean {close[0]}?" if close else f"The settings are {', '.join(NAMES)}."
        raise SettingError(f"There is no setting {name}.", way_out)


def parse(name: str, text: str) -> int | None:
    """The value that a learner typed for a setting; None when it is switched off.

    SettingError, which names the range, for any other text, and for a name that is none.
    """
    require_known(name)
    allowed, text = _RANGES[name], text.strip()
    if allowed.can_be_off and text.lower() == OFF:
        return None
    is_number = text.isascii() and text.isdecimal() and len(text) <= 4
    if not is_number or not allowed.lowest <= int(text) <= allowed.highest:
        raise SettingError(f"{name} takes {allowed}.")
    return int(text)


def load(connection: Connection) -> Settings:
    """The settings as they are stored; what a later version has added is left out."""
    values = {
        row.name.replace("-", "_"): msgspec.json.decode(row.value)
        for row in connection.execute(select(SETTING).where(SETTING.c.name.in_(NAMES)))
    }
    return Settings(**values)


def store(connection: Connection, name: str, value: Any) -> None:
    """Stores one value, in place of the one before it."""
    encoded = msgspec.json.encode(value).decode()
    row = insert(SETTING).values(name=name, value=encoded)
    connection.execute(row.on_conflict_do_update(set_={"value": encoded}))


def load_decks_hash(connection: Connection) -> str | None:
    """The hash over the deck files that the history agrees with; None when there is none."""
    stored = connection.execute(select(SETTING.c.value).where(SETTING.c.name == _DECKS_HASH))
    value = stored.scalar_one_or_none()
    return None if value is None else msgspec.json.decode(value, type=str)


def store_decks_hash(connection: Connection, decks_hash: str | None) -> None:
    """Stores that hash; None takes the stored one away, so that the decks are read again."""
    if decks_hash is None:
        connection.execute(delete(SETTING).where(SETTING.c.name == _DECKS_HASH))
    else:
        store(connection, _DECKS_HASH, decks_hash)
