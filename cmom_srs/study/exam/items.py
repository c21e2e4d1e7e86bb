"""One practice exam as it was drawn: its items, whose words are frozen, and its bounds."""

from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import datetime
from datetime import timedelta

import msgspec

from cmom_srs.study.notes import CardId
from cmom_srs.study.notes import Option
from cmom_srs.study.questions.question import PickOption

CASE_WORDS = 60


class ItemOption(msgspec.Struct, frozen=True, omit_defaults=True):
    """An option as shown, and why it is right or wrong; empty where nobody said."""

    text: str
    why: str = ""


class ItemWords(
    msgspec.Struct, frozen=True, omit_defaults=True, tag_field="item_kind", tag="one-right-option"
):
    """All words of an item, its numbers drawn and its options in the order shown.

    `right` is the place of the right option, from 1. `drawn` and `solution` belong to a
    calculation: the numbers by their names, and the formula in words and in numbers. Stored as
    JSON: a field added later has a default, and none is removed or renamed without a migration.
    """

    question: str
    options: tuple[ItemOption, ...]
    right: int
    scenario: str = ""
    drawn: dict[str, str] = {}
    solution: tuple[str, ...] = ()
    extra: str = ""
    source: str = ""
    as_of: date | None = None
    manual: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered question of an exam; positions count from 1."""

    position: int
    note_id: str
    domain: str
    words: ItemWords

    @property
    def card(self) -> CardId:
        """The card that the item was made of: kinds of notes with one card alone are asked."""
        return CardId(self.note_id, 1)

    @property
    def question(self) -> PickOption:
        """The item as a review puts such a question."""
        words = self.words
        options = (
            Option(option.text, option.why, is_right=place == words.right)
            for place, option in enumerate(words.options, start=1)
        )
        return PickOption(words.question, tuple(options))


def is_case(scenario: str) -> bool:
    """Whether a scenario is long enough to be a case: 60 words or more."""
    return len(scenario.split()) >= CASE_WORDS


class Asked(msgspec.Struct, frozen=True, omit_defaults=True):
    """The options an exam was drawn with: `questions` None for as many as the profile has."""

    domains: tuple[str, ...] = ()
    questions: int | None = None
    is_rehearsal: bool = False

    @property
    def is_full(self) -> bool:
        """Whether it is as long as the exam, over all of its domains."""
        return not self.domains and self.questions is None


@dataclass(frozen=True, slots=True)
class Exam:
    """A drawn exam. `number` is its place in this history; `minutes` None for no clock."""

    uid: str
    number: int
    profile: str
    title: str
    seed: str
    minutes: int | None
    pass_percent: int
    started_at: datetime
    study_day: date
    asked: Asked = field(default_factory=Asked)
    items: tuple[Item, ...] = ()

    @property
    def deadline_at(self) -> datetime | None:
        """When its time is over; None without a clock."""
        if self.minutes is None:
            return None
        return self.started_at + timedelta(minutes=self.minutes)
