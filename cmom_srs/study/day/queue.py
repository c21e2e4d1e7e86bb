"""The queue of a study day: which cards are asked today, and in which order."""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from datetime import date

from cmom_srs.study.day import order
from cmom_srs.study.day.limits import Limits
from cmom_srs.study.day.limits import new_cards_left
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import NEVER_ANSWERED
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind


@dataclass(frozen=True, slots=True)
class DayLog:
    """What was answered on a study day, taken-back answers left out.

    `answers` are in the order given, crams among them; `introduced` are the cards whose first
    counted answer is of this day.
    """

    answers: tuple[Review, ...] = ()
    introduced: frozenset[CardId] = frozenset()


@dataclass(frozen=True, slots=True)
class DayQueue:
    """The day's cards by part: first answers, repeats of failed cards, cards ahead of their time.

    `is_cut` when the limit of answers left cards out; then the repeats are for later.
    """

    first: tuple[CardId, ...]
    repeats: tuple[CardId, ...]
    ahead: tuple[CardId, ...]
    is_cut: bool = False


def build(
    states: Mapping[CardId, CardState],
    cards: Iterable[Card],
    log: DayLog,
    today: date,
    limits: Limits,
) -> DayQueue:
    """Today's queue (schedule, rules 2, 3, 4, 5 and 7).

    First the new cards before the due ones, the due ones, the rest of the day's new cards. The
    same for any order of `cards`, which are all that are not retired; a card without a state is
    new.
    """
    all_cards = sorted(cards, key=order.place)
    askable = [card for card in all_cards if is_askable(card, states, today, limits)]
    answered = answered_notes(log)
    free = [card for card in askable if card.note.id not in answered]
    waiting = order.sort_out(free, all_cards, states, today, limits)
    unseen = sum(_was_unseen(card, states, log, today, limits) for card in all_cards)
    introduced = len(log.introduced) + waiting.pulled_new
    new_cards = new_cards_left(unseen, introduced, today, limits)
    first, ahead = order.arrange(waiting, new_cards)
    askable_ids = {card.id for card in askable}
    repeats = tuple(card for card in _failed(log, limits.repeat_below) if card in askable_ids)
    return _cut(DayQueue(first, repeats, ahead if limits.is_ahead else ()), limits.answers)


def answered_notes(log: DayLog) -> frozenset[str]:
    """The notes of which a card was answered that day: their sisters wait until the next."""
    return frozenset(
        answer.card.note_id for answer in log.answers if answer.kind is not ReviewKind.CRAM
    )


def is_askable(card: Card, states: Mapping[CardId, CardState], today: date, limits: Limits) -> bool:
    """Whether the filter takes the card, and nothing puts it aside today."""
    state = states.get(card.id, NEVER_ANSWERED)
    is_chosen = limits.only is None or card.note.id in limits.only
    return is_chosen and not _is_out(card, state, today, limits) and state.buried_on != today


def _is_out(card: Card, state: CardState, today: date, limits: Limits) -> bool:
    """Whether a card is suspended, or new and kept back."""
    return state.is_suspended or (state.is_new and limits.kept_back.holds(card.note.id, today))


def _was_unseen(
    card: Card, states: Mapping[CardId, CardState], log: DayLog, today: date, limits: Limits
) -> bool:
    """Whether a card was to be introduced when the day began; one that is put aside is not."""
    state = states.get(card.id, NEVER_ANSWERED)
    return card.id in log.introduced or (state.is_new and not _is_out(card, state, today, limits))


def _failed(log: DayLog, repeat_below: int) -> list[CardId]:
    """Cards whose last answer of the day is below `repeat_below`, in the order of answering."""
    last_grades: dict[CardId, int] = {}
    for answer in log.answers:
        if answer.kind is not ReviewKind.CRAM:
            last_grades.pop(answer.card, None)
            last_grades[answer.card] = answer.grade
    return [card for card, grade in last_grades.items() if grade < repeat_below]


def _cut(queue: DayQueue, answers: int | None) -> DayQueue:
    if answers is None:
        return queue
    if len(queue.first) > answers:
        return DayQueue(queue.first[:answers], (), (), is_cut=True)
    return replace(queue, ahead=queue.ahead[: answers - len(queue.first)])
