"""Notes as authors write them, and the cards they yield."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import blake2b
from typing import Any
from typing import NamedTuple

import msgspec

NOTE_KINDS = ("basic", "cloze", "choice", "calculation", "steps")

_CLOZE = re.compile(r"\{\{c([1-9][0-9]?)::(?!::)([^{}]++)\}\}")


class CardId(NamedTuple):
    """One thing to ask, named `<note id>/<ordinal>`; ordinals count from 1."""

    note_id: str
    ordinal: int

    def __str__(self) -> str:
        return f"{self.note_id}/{self.ordinal}"


def parse_card_id(text: str) -> CardId | None:
    """The card named by `note-id/2`; a note id alone means its card 1. None when it is neither."""
    match = re.fullmatch(r"([a-z0-9]+(?:-[a-z0-9]+)*)(?:/([1-9][0-9]?))?", text)
    return CardId(match[1], int(match[2] or 1)) if match else None


# The bodies are stored as JSON in learners' histories. The tags are written out, a field added
# later has a default, and none is removed or renamed without a migration.


class Basic(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="note_kind", tag="basic"):
    """A question and its answer; a reversible note also asks for the question by the answer."""

    question: str
    answer: str
    is_reversible: bool = False


class Cloze(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="note_kind", tag="cloze"):
    """A sentence with gaps written `{{c1::text}}` or `{{c1::text::hint}}`."""

    text: str


class Option(msgspec.Struct, frozen=True, omit_defaults=True):
    """One option of a choice note, and why it is right or wrong; empty where nobody said."""

    text: str
    why: str
    is_right: bool = False
    is_last: bool = False


class Choice(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="note_kind", tag="choice"):
    """A question with two to eight options, at least one of them right."""

    question: str
    options: tuple[Option, ...]

    @property
    def has_several_right(self) -> bool:
        """Whether the learner selects all that apply instead of the one right option."""
        return sum(option.is_right for option in self.options) > 1


class Parameter(msgspec.Struct, frozen=True, omit_defaults=True):
    """One given number of a calculation: LOW to HIGH by STEP, or one of `choices`.

    Shown with `prefix` (`$` or nothing), `suffix` (`%` or nothing) and `decimals` decimals.
    """

    name: str
    choices: tuple[Decimal, ...] = ()
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    step: Decimal = Decimal(0)
    decimals: int = 0
    prefix: str = ""
    suffix: str = ""


class Mistake(msgspec.Struct, frozen=True, omit_defaults=True):
    """A formula that learners use by mistake, and what is wrong with it, or empty."""

    formula: str
    why: str


class Calculation(
    msgspec.Struct, frozen=True, omit_defaults=True, tag_field="note_kind", tag="calculation"
):
    """A question whose numbers are drawn anew at each review.

    `expect` is where every answer must lie (both ends included), None for the default of the
    unit; `tolerance` None means half of the last decimal shown.
    """

    question: str
    given: tuple[Parameter, ...]
    formula: str
    decimals: int
    unit: str = ""
    tolerance: Decimal | None = None
    expect: tuple[Decimal, Decimal] | None = None
    mistakes: tuple[Mistake, ...] = ()


class Steps(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="note_kind", tag="steps"):
    """Three to eight steps, in their right order."""

    question: str
    steps: tuple[str, ...]


Body = Basic | Cloze | Choice | Calculation | Steps


def note_kind(body: Body) -> str:
    """The kind's name, as stored and as shown: one of NOTE_KINDS."""
    match body:
        case Basic():
            return "basic"
        case Cloze():
            return "cloze"
        case Choice():
            return "choice"
        case Calculation():
            return "calculation"
        case Steps():
            return "steps"


@dataclass(frozen=True, slots=True)
class Note:
    """What an author writes under one id.

    `formerly` are the earlier ids, oldest first. `position` counts the notes of the deck file
    from 0. `tags` holds the deck's tags and the note's own, sorted. `fingerprint` tells *that*
    the note's meaning changed, never *which* note it is. What it says was so on the day `as_of`,
    and is known to hold up to the day `until`.
    """

    id: str
    domain: str
    deck: str
    deck_title: str
    position: int
    body: Body
    source: str
    formerly: tuple[str, ...] = ()
    scenario: str = ""
    extra: str = ""
    as_of: date | None = None
    until: date | None = None
    manual: str = ""
    tags: tuple[str, ...] = ()
    fingerprint: str = ""

    @property
    def first_id(self) -> str:
        """The id the note was born with: what Anki's GUID is made of."""
        return self.formerly[0] if self.formerly else self.id

    @property
    def kind(self) -> str:
        """The note kind's name."""
        return note_kind(self.body)


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to ask, with the note it comes from."""

    note: Note
    ordinal: int

    @property
    def id(self) -> CardId:
        """The card's id."""
        return CardId(self.note.id, self.ordinal)


def ordinals(body: Body) -> tuple[int, ...]:
    """The ordinals of the cards that a note with this body yields, ascending."""
    match body:
        case Basic(is_reversible=is_reversible):
            return (1, 2) if is_reversible else (1,)
        case Cloze(text=text):
            return tuple(sorted({gap.number for gap in cloze_parts(text) if isinstance(gap, Gap)}))
        case Choice() | Calculation() | Steps():
            return (1,)


def cards(note: Note) -> tuple[Card, ...]:
    """All cards of a note, by ordinal."""
    return tuple(Card(note, ordinal) for ordinal in ordinals(note.body))


class Gap(NamedTuple):
    """One `{{c1::text::hint}}` of a cloze text."""

    number: int
    text: str
    hint: str


def cloze_parts(text: str) -> Iterator[str | Gap]:
    """The text cut into plain pieces and gaps, in order; joining them gives the whole back."""
    end = 0
    for match in _CLOZE.finditer(text):
        if match.start() > end:
            yield text[end : match.start()]
        hidden, _, hint = match[2].partition("::")
        yield Gap(int(match[1]), hidden, hint)
        end = match.end()
    if end < len(text):
        yield text[end:]


def fill_gaps(text: str) -> str:
    """The cloze text as it reads once every gap is filled; any other text as it is."""
    return "".join(part.text if isinstance(part, Gap) else part for part in cloze_parts(text))


def fingerprint(note: Note) -> str:
    """A hash of the note's meaning: kind, texts with blanks collapsed, tags, source, dates, manual.

    Not its id, former ids, comment, deck, domain or place. Deck format, rule 13.
    """
    meaning = [
        msgspec.to_builtins(note.body),
        note.scenario,
        note.extra,
        sorted(note.tags),
        note.source,
        note.as_of.isoformat() if note.as_of else "",
        note.manual,
        *([note.until.isoformat()] if note.until else []),  # others keep the hash they had
    ]
    return blake2b(
        msgspec.json.encode(_collapse_blanks(meaning), order="sorted"), digest_size=16
    ).hexdigest()


def _collapse_blanks(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, dict):
        return {key: _collapse_blanks(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_collapse_blanks(item) for item in value]
    return value
