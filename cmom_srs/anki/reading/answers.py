"""Anki's log: which of its rows are answers to our notes, and which rows cannot be."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from datetime import datetime
from typing import Any
from typing import NamedTuple

from cmom_srs.anki.reading import foreign

_GUID = re.compile(r"cmom/[a-z]{1,20}/[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_GUID = 90
_LAST_ORDINAL = 99

# What Anki logs beside answers: cards that were set to a day, or moved by new settings.
_FILTERED, _MANUAL, _RESCHEDULED = 3, 4, 5
_ANSWERED = range(_MANUAL)

# Instants that a calendar has, with years to spare for every zone and every interval.
_INSTANTS = range(
    int(datetime(2000, 1, 1, tzinfo=UTC).timestamp() * 1000),
    int(datetime(3000, 1, 1, tzinfo=UTC).timestamp() * 1000),
)
_DEFAULT_DECK = 1

ODD_NOTE = "a note that cannot be"
ODD_CARD = "a card that cannot be"
ODD_DATE = "a date that cannot be"
ODD_BUTTON = "a button that does not exist"
ODD_KIND = "a kind that is not known here"


class AnkiCard(NamedTuple):
    """A card of ours as Anki knows it: its note's GUID, and its ordinal, counted from 1."""

    guid: str
    ordinal: int

    @property
    def first_id(self) -> str:
        """The id that the note was born with."""
        return self.guid.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class AnkiAnswer:
    """One answer given in Anki.

    `anki_id` is the instant in milliseconds since 1970, in the years 2000 to 2999, and the row's
    identity in its collection; `button` is 1-4. `is_cram` when it was given in a filtered deck
    that leaves the schedule alone.
    """

    card: AnkiCard
    anki_id: int
    button: int
    duration_ms: int
    is_cram: bool

    @property
    def guid(self) -> str:
        """The GUID of the note."""
        return self.card.guid

    @property
    def ordinal(self) -> int:
        """Which of the note's cards, counted from 1."""
        return self.card.ordinal


@dataclass(frozen=True, slots=True)
class AnkiLog:
    """What a collection, or the part of it that was exported, says of our notes.

    `answers` in order of time; `cards` are all cards of ours in it, answered or not. Two files
    whose `marks` have one in common come from one collection; a file without any says nothing of
    where it comes from. `refused` counts rows that cannot be answers, by the reason: "a date that
    cannot be".
    """

    answers: tuple[AnkiAnswer, ...]
    cards: frozenset[AnkiCard]
    marks: frozenset[str]
    refused: Mapping[str, int]


def read_log(collection: sqlite3.Connection) -> AnkiLog:
    """Everything about our notes in a collection that `foreign` opened.

    Raises ForeignDataError and sqlite3.Error as `foreign.rows` does.
    """
    cards, decks = _our_cards(collection)
    answers: list[AnkiAnswer] = []
    refused: Counter[str] = Counter()
    columns = ("cid", "id", "ease", "time", "type", "factor")
    for card_id, *row in foreign.rows(collection, "revlog", columns):
        card = cards.get(card_id)
        found = card if isinstance(card, str | None) else _judge(card, *row)
        if isinstance(found, AnkiAnswer):
            answers.append(found)
        elif found:
            refused[found] += 1
    return AnkiLog(
        tuple(sorted(answers, key=lambda answer: (answer.anki_id, answer.card))),
        frozenset(card for card in cards.values() if isinstance(card, AnkiCard)),
        frozenset(_marks(collection, decks)),
        dict(sorted(refused.items())),
    )


def _our_cards(
    collection: sqlite3.Connection,
) -> tuple[dict[object, AnkiCard | str], set[object]]:
    """Each of our cards by its id in this collection, or what is odd about it; their decks."""
    guids = {
        note_id: guid
        for note_id, guid in foreign.rows(collection, "notes", ("id", "guid"))
        if isinstance(guid, str) and guid.startswith("cmom/")
    }
    cards: dict[object, AnkiCard | str] = {}
    decks: set[object] = set()
    columns = ("id", "nid", "ord", "did", "odid")
    for card_id, note_id, ord_, deck, home in foreign.rows(collection, "cards", columns):
        if guid := guids.get(note_id):
            cards[card_id] = _card(guid, ord_)
            decks.add(home or deck)  # a card in a filtered deck has its own as `odid`
    return cards, decks


def _card(guid: str, ord_: object) -> AnkiCard | str:
    if len(guid) > _LONGEST_GUID or not _GUID.fullmatch(guid):
        return ODD_NOTE
    if not isinstance(ord_, int) or ord_ not in range(_LAST_ORDINAL):
        return ODD_CARD
    return AnkiCard(guid, ord_ + 1)


def _judge(
    card: AnkiCard, anki_id: Any, ease: Any, duration_ms: Any, kind: Any, factor: Any
) -> AnkiAnswer | str | None:
    """The answer that a row is, or what is odd about it, or None for what is no answer."""
    if ease == 0 or kind in (_MANUAL, _RESCHEDULED):
        return None
    if not isinstance(kind, int) or kind not in _ANSWERED:
        return ODD_KIND
    if not isinstance(ease, int) or ease not in range(1, 5):
        return ODD_BUTTON
    if not isinstance(anki_id, int) or anki_id not in _INSTANTS:
        return ODD_DATE
    if not isinstance(duration_ms, int):
        duration_ms = 0
    # A filtered deck that reschedules logs the ease that the answer left, the others log none.
    is_cram = kind == _FILTERED and not (isinstance(factor, int) and factor)
    return AnkiAnswer(card, anki_id, ease, max(0, duration_ms), is_cram)


def _marks(collection: sqlite3.Connection, decks: set[object]) -> Iterator[str]:
    """The day the collection was made, with each deck of ours in it.

    Anki gives a deck that a package brings the instant of the import as its id, keeps it in every
    device and writes it into every export; the day alone many collections have in common.
    """
    (made_at,) = next(foreign.rows(collection, "col", ("crt",)), (None,))
    for deck in decks:
        if isinstance(made_at, int) and isinstance(deck, int) and deck > _DEFAULT_DECK:
            yield f"{made_at}/{deck}"
