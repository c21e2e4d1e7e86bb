"""What a setting may be: a number, a day, words, on or off; typed, shown and stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from typing import Protocol

import msgspec

ON = "on"
OFF = "off"


class SettingKind(Protocol):
    """The values that a setting takes, and what they look like to people."""

    def __str__(self) -> str:
        """What it takes, as in "minutes takes ..."."""

    def parse(self, text: str) -> Any:
        """The value that a learner typed, without blanks around it; ValueError for any other."""

    def check(self, value: Any) -> Any:
        """The value as it was stored; ValueError for one that the setting does not take."""

    def show(self, value: Any) -> str:
        """A value as it would be typed."""


@dataclass(frozen=True, slots=True)
class WholeNumber:
    """A whole number in a range, both ends included; None is off where it can be."""

    lowest: int
    highest: int
    can_be_off: bool = False

    def __str__(self) -> str:
        numbers = f"a whole number from {self.lowest} to {self.highest}"
        return f"{numbers}, or {OFF}" if self.can_be_off else numbers

    def parse(self, text: str) -> int | None:
        """The number, or None for `off`."""
        if self.can_be_off and text.lower() == OFF:
            return None
        if not (text.isascii() and text.isdecimal()):
            raise ValueError(text)
        return self.check(int(text))

    def check(self, value: object) -> int | None:
        """The number; a bool is none."""
        if value is None and self.can_be_off:
            return None
        if type(value) is not int or not self.lowest <= value <= self.highest:
            raise ValueError(value)
        return value

    def show(self, value: int | None) -> str:
        """The number, or `off`."""
        return OFF if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day; None is off."""

    def __str__(self) -> str:
        return f"a day such as 2027-02-01, or {OFF}"

    def parse(self, text: str) -> date | None:
        """The day, or None for `off`."""
        return None if text.lower() == OFF else date.fromisoformat(text)

    def check(self, value: object) -> date | None:
        """The day of an ISO text."""
        return None if value is None else msgspec.convert(value, date)

    def show(self, value: date | None) -> str:
        """The ISO date, or `off`."""
        return OFF if value is None else value.isoformat()


@dataclass(frozen=True, slots=True)
class Words:
    """Some of a few words, in their order, with commas between them when typed."""

    known: Sequence[str]

    def __str__(self) -> str:
        return f"one or more of {', '.join(self.known)}, with commas between them"

    def parse(self, text: str) -> tuple[str, ...]:
        """The words typed, each once."""
        return self.check([word.strip().lower() for word in text.split(",")])

    def check(self, value: object) -> tuple[str, ...]:
        """The words of a stored list."""
        words = msgspec.convert(value, tuple[str, ...])
        if not words or not set(words) <= set(self.known):
            raise ValueError(value)
        return tuple(word for word in self.known if word in words)

    def show(self, value: Sequence[str]) -> str:
        """The words as they would be typed."""
        return ",".join(value)


@dataclass(frozen=True, slots=True)
class OneWord:
    """One of a few words; None is off."""

    known: Sequence[str]

    def __str__(self) -> str:
        return f"one of {', '.join(self.known)}, or {OFF}"

    def parse(self, text: str) -> str | None:
        """The word, or None for `off`."""
        return None if text.lower() == OFF else self.check(text.lower())

    def check(self, value: object) -> str | None:
        """The word as it was stored."""
        if value is not None and value not in self.known:
            raise ValueError(value)
        return None if value is None else str(value)

    def show(self, value: str | None) -> str:
        """The word, or `off`."""
        return OFF if value is None else value


@dataclass(frozen=True, slots=True)
class OnOrOff:
    """On or off."""

    def __str__(self) -> str:
        return f"{ON} or {OFF}"

    def parse(self, text: str) -> bool:
        """Whether it is on."""
        if text.lower() not in {ON, OFF}:
            raise ValueError(text)
        return text.lower() == ON

    def check(self, value: object) -> bool:
        """The truth that was stored."""
        return msgspec.convert(value, bool)

    def show(self, value: bool) -> str:
        """On or off."""
        return ON if value else OFF
