"""The order of a day's cards: by urgency, in the exam's proportions, one card of each note."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from math import inf

from cmom_srs.study import schedule
from cmom_srs.study.day.limits import Limits
from cmom_srs.study.day.limits import NewCards
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import NEVER_ANSWERED
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Horizon


@dataclass(frozen=True, slots=True)
class Waiting:
    """The cards that could be asked, each part in the order in which it would be.

    `pulled` are those that an exam brings forward, seen and unseen; `pulled_new` counts the
    unseen of them.
    """

    pulled: tuple[CardId, ...] = ()
    due: tuple[CardId, ...] = ()
    new: tuple[CardId, ...] = ()
    ahead: tuple[CardId, ...] = ()
    pulled_new: int = 0


def sort_out(
    askable: Iterable[Card],
    all_cards: Iterable[Card],
    states: Mapping[CardId, CardState],
    today: date,
    limits: Limits,
) -> Waiting:
    """The askable cards by part; all cards, in their places, give the order of the new ones."""
    parts: dict[_Part, list[_Classified]] = {part: [] for part in _Part}
    for card in askable:
        classified = _classify(card, states.get(card.id, NEVER_ANSWERED), today, limits)
        parts[classified.part].append(classified)
    pulled_new = {each.card.note.id for each in parts[_Part.PULLED] if each.urgency == inf}
    return Waiting(
        pulled=_weightiest_first(parts[_Part.PULLED], limits.weights),
        due=_by_urgency(parts[_Part.DUE]),
        new=in_proportion((each.card for each in parts[_Part.NEW]), all_cards, limits),
        ahead=_by_urgency(parts[_Part.AHEAD]),
        pulled_new=len(pulled_new),
    )


def arrange(waiting: Waiting, new_cards: NewCards) -> tuple[tuple[CardId, ...], tuple[CardId, ...]]:
    """The day's cards in their order, and those ahead of their time: one card of each note.

    Of sisters the one that comes first in this order is asked (rule 7); chosen before ordering, a
    due card that the minutes never reach would hide a new one for ever. A card that an exam
    pulled is asked whatever its sisters are.
    """
    taken: set[str] = set()
    pulled = _pick(waiting.pulled, taken)
    before_due = _pick(waiting.new, taken, new_cards.before_due)
    due = _pick(waiting.due, taken)
    after_due = _pick(waiting.new, taken, new_cards.in_all - len(before_due))
    return (*before_due, *pulled, *due, *after_due), _pick(waiting.ahead, taken)


def _pick(cards: Iterable[CardId], taken: set[str], most: int | None = None) -> tuple[CardId, ...]:
    """The first cards, at most so many, whose notes are not taken; they are from then on."""
    picked: list[CardId] = []
    for card in cards:
        if most is not None and len(picked) >= most:
            break
        if card.note_id not in taken:
            taken.add(card.note_id)
            picked.append(card)
    return tuple(picked)


def by_urgency(
    states: Mapping[CardId, CardState], cards: Iterable[Card], today: date, limits: Limits
) -> tuple[CardId, ...]:
    """Any cards in the order of rule 2, unseen ones last in the order of the decks."""
    waiting = [
        _classify(card, states.get(card.id, NEVER_ANSWERED), today, limits)
        for card in sorted(cards, key=place)
    ]
    unseen = tuple(card.card.id for card in waiting if card.part is _Part.NEW)
    return _by_urgency(card for card in waiting if card.part is not _Part.NEW) + unseen


class _Part(IntEnum):
    """Why a card can be asked."""

    PULLED = 0
    DUE = 1
    NEW = 2
    AHEAD = 3


@dataclass(frozen=True, slots=True)
class _Classified:
    card: Card
    part: _Part
    urgency: float


def _classify(card: Card, state: CardState, today: date, limits: Limits) -> _Classified:
    if state.is_new:
        part = _Part.PULLED if schedule.is_pulled(state, today) else _Part.NEW
        return _Classified(card, part, inf)
    urgency = schedule.overdueness(state, today, limits.horizon)
    if schedule.is_pulled(state, today):
        return _Classified(card, _Part.PULLED, urgency)
    return _Classified(card, _Part.DUE if urgency >= 1 else _Part.AHEAD, urgency)


def place(card: Card) -> tuple[str, str, int, str, int]:
    """Where a card stands in the decks, as a key to sort by."""
    return (card.note.domain, card.note.deck, card.note.position, card.note.id, card.ordinal)


def _weightiest_first(
    waiting: Iterable[_Classified], weights: Mapping[str, int]
) -> tuple[CardId, ...]:
    """By the weight of their domains in the exam; within a domain unseen ones, then by urgency."""

    def key(one: _Classified) -> tuple[int, float, CardId]:
        return (-weights.get(one.card.note.domain, 0), -one.urgency, one.card.id)

    return tuple(one.card.id for one in sorted(waiting, key=key))


def _by_urgency(waiting: Iterable[_Classified]) -> tuple[CardId, ...]:
    return _most_urgent_first({one.card.id: one.urgency for one in waiting})


def _most_urgent_first(urgency: Mapping[CardId, float]) -> tuple[CardId, ...]:
    """The most overdue for their wait first, then by card id."""
    return tuple(sorted(urgency, key=lambda card: (-urgency[card], card)))


def by_overdueness(
    states: Mapping[CardId, CardState], today: date, horizon: Horizon
) -> tuple[CardId, ...]:
    """Seen cards in the order of rule 2: the most overdue for their wait first, then by card id."""
    return _most_urgent_first(
        {card: schedule.overdueness(state, today, horizon) for card, state in states.items()}
    )


def in_proportion(
    unseen: Iterable[Card], all_cards: Iterable[Card], limits: Limits
) -> tuple[CardId, ...]:
    """Unseen cards by (place in the domain + 0.5) / the domain's weight (rule 5)."""
    places = _places_in_domains(all_cards)

    def key(card: Card) -> tuple[float, str, int, int]:
        place = places[card.note.id]
        weight = limits.weights.get(card.note.domain, 0)
        return (
            (place + 0.5) / weight if weight > 0 else inf,
            card.note.domain,
            card.ordinal,
            place,
        )

    return tuple(card.id for card in sorted(unseen, key=key))


def _places_in_domains(all_cards: Iterable[Card]) -> dict[str, int]:
    """Each note's place in its domain from 0: decks by file name, notes as written."""
    places: dict[str, int] = {}
    in_domain: Counter[str] = Counter()
    for card in all_cards:
        if card.note.id not in places:
            places[card.note.id] = in_domain[card.note.domain]
            in_domain[card.note.domain] += 1
    return places
