"""The queue of a study day: which cards are asked today, and in which order."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date
from datetime import timedelta
from enum import IntEnum
from math import ceil
from math import inf
from statistics import median

from cmom_srs.study import schedule
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import NEVER_ANSWERED
from cmom_srs.study.schedule import OPEN
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Horizon
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind

NEW_CARDS = 15
REPEAT_BELOW = 3
FIRST_SIGHT_SECONDS = 35.0
RIGHT_ANSWER_SECONDS = 12.0

_ANSWERS_FOR_A_PACE = 30


@dataclass(frozen=True, slots=True)
class DayLog:
    """What was answered on a study day, taken-back answers left out.

    `answers` are in the order given, crams among them; `introduced` are the cards whose first
    counted answer is of this day.
    """

    answers: tuple[Review, ...] = ()
    introduced: frozenset[CardId] = frozenset()


@dataclass(frozen=True, slots=True)
class Limits:
    """What bounds a day and a sitting.

    `new_cards` is the setting, `asked_new_cards` the learner's word for today (it wins);
    `answers` the first answers of this sitting; `minutes` per day or sitting; `horizon` what
    shortens waits; `start_on` the study day the exam plan began;
    `weights` the blueprint's percents by domain key; `only` the note ids of a filter.
    """

    new_cards: int = NEW_CARDS
    asked_new_cards: int | None = None
    answers: int | None = None
    minutes: float | None = None
    first_sight_seconds: float = FIRST_SIGHT_SECONDS
    horizon: Horizon = OPEN
    start_on: date | None = None
    weights: Mapping[str, int] = field(default_factory=dict)
    repeat_below: int = REPEAT_BELOW
    only: frozenset[str] | None = None
    is_ahead: bool = False


def pace_seconds(durations_ms: Iterable[int], until_known: float) -> float:
    """The learner's own median in seconds after 30 answers of a kind, `until_known` before.

    An answer that took no time was not timed (the command line's) and does not count.
    """
    durations = tuple(filter(None, durations_ms))
    return median(durations) / 1000 if len(durations) >= _ANSWERS_FOR_A_PACE else until_known


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
    all_cards = sorted(cards, key=_place)
    askable = [card for card in all_cards if is_askable(card, states, today, limits)]
    answered = {answer.card.note_id for answer in log.answers if answer.kind is not ReviewKind.CRAM}
    waiting = _one_of_each_note(
        _classify(card, states.get(card.id, NEVER_ANSWERED), today, limits)
        for card in askable
        if card.note.id not in answered
    )
    due = _by_urgency(card for card in waiting if card.part in (_Part.PULLED, _Part.DUE))
    ahead = _by_urgency(card for card in waiting if card.part is _Part.AHEAD)
    new = _in_proportion(
        (card.card for card in waiting if card.part is _Part.NEW), all_cards, limits
    )
    unseen = sum(_was_unseen(card, states, log) for card in all_cards)
    before_due, after_due = _share_new_cards(new, unseen, log, today, limits)
    askable_ids = {card.id for card in askable}
    repeats = tuple(card for card in _failed(log, limits.repeat_below) if card in askable_ids)
    queue = DayQueue((*before_due, *due, *after_due), repeats, ahead if limits.is_ahead else ())
    return _cut(queue, limits.answers)


def by_urgency(
    states: Mapping[CardId, CardState], cards: Iterable[Card], today: date, limits: Limits
) -> tuple[CardId, ...]:
    """Any cards in the order of rule 2, unseen ones last in the order of the decks."""
    waiting = [
        _classify(card, states.get(card.id, NEVER_ANSWERED), today, limits)
        for card in sorted(cards, key=_place)
    ]
    unseen = tuple(card.card.id for card in waiting if card.part is _Part.NEW)
    return _by_urgency(card for card in waiting if card.part is not _Part.NEW) + unseen


def is_askable(card: Card, states: Mapping[CardId, CardState], today: date, limits: Limits) -> bool:
    """Whether the filter takes the card and it is neither suspended nor buried today."""
    state = states.get(card.id, NEVER_ANSWERED)
    is_chosen = limits.only is None or card.note.id in limits.only
    return is_chosen and not state.is_suspended and state.buried_on != today


def new_cards_of_day(unseen: int, today: date, limits: Limits) -> int:
    """How many cards a day introduces, of `unseen` ones when it began (schedule, rule 3).

    The learner's word; else with exam date and minutes as many as see all cards half-way to
    the exam; else the setting.
    """
    if limits.asked_new_cards is not None:
        return limits.asked_new_cards
    exam_on = limits.horizon.exam_on
    if exam_on is None or limits.minutes is None:
        return limits.new_cards
    start_on = limits.start_on or today
    halfway_on = start_on + timedelta(days=(exam_on - start_on).days // 2)
    return ceil(unseen / max(1, (halfway_on - today).days))


class _Part(IntEnum):
    """Why a card can be asked; of the cards of one note the lowest part is asked."""

    PULLED = 0
    DUE = 1
    NEW = 2
    AHEAD = 3


@dataclass(frozen=True, slots=True)
class _Waiting:
    card: Card
    part: _Part
    urgency: float


def _classify(card: Card, state: CardState, today: date, limits: Limits) -> _Waiting:
    if state.is_new:
        part = _Part.PULLED if schedule.is_pulled(state, today) else _Part.NEW
        return _Waiting(card, part, inf)
    urgency = schedule.overdueness(state, today, limits.horizon)
    if schedule.is_pulled(state, today):
        return _Waiting(card, _Part.PULLED, urgency)
    return _Waiting(card, _Part.DUE if urgency >= 1 else _Part.AHEAD, urgency)


def _place(card: Card) -> tuple[str, str, int, str, int]:
    return (card.note.domain, card.note.deck, card.note.position, card.note.id, card.ordinal)


def _one_of_each_note(waiting: Iterable[_Waiting]) -> list[_Waiting]:
    best: dict[str, _Waiting] = {}
    for card in sorted(waiting, key=lambda waiting: (waiting.part, waiting.card.ordinal)):
        best.setdefault(card.card.note.id, card)
    return list(best.values())


def _by_urgency(waiting: Iterable[_Waiting]) -> tuple[CardId, ...]:
    """Pulled cards, then the most overdue for their wait, then by card id."""

    def key(card: _Waiting) -> tuple[bool, float, CardId]:
        return (card.part is not _Part.PULLED, -card.urgency, card.card.id)

    return tuple(card.card.id for card in sorted(waiting, key=key))


def _in_proportion(
    unseen: Iterable[Card], all_cards: Iterable[Card], limits: Limits
) -> list[CardId]:
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

    return [card.id for card in sorted(unseen, key=key)]


def _places_in_domains(all_cards: Iterable[Card]) -> dict[str, int]:
    """Each note's place in its domain from 0: decks by file name, notes as written."""
    places: dict[str, int] = {}
    in_domain: Counter[str] = Counter()
    for card in all_cards:
        if card.note.id not in places:
            places[card.note.id] = in_domain[card.note.domain]
            in_domain[card.note.domain] += 1
    return places


def _was_unseen(card: Card, states: Mapping[CardId, CardState], log: DayLog) -> bool:
    """Whether a card was still to be introduced when the day began; a suspended one never is."""
    state = states.get(card.id, NEVER_ANSWERED)
    return card.id in log.introduced or (state.is_new and not state.is_suspended)


def _share_new_cards(
    new: list[CardId], unseen: int, log: DayLog, today: date, limits: Limits
) -> tuple[list[CardId], list[CardId]]:
    """Today's new cards before the due ones, and after them; those introduced today count."""
    introduced = len(log.introduced)
    of_day = new_cards_of_day(unseen, today, limits)
    before_due = of_day
    if limits.minutes is not None:
        before_due = min(of_day, ceil(limits.minutes * 60 / 2 / limits.first_sight_seconds))
    still_today = new[: max(0, of_day - introduced)]
    split = max(0, before_due - introduced)
    return still_today[:split], still_today[split:]


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
