"""One sitting of reviews, as a value: plan, start, reveal, grade, go on, put aside."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date
from datetime import datetime
from enum import StrEnum
from random import Random

from cmom_srs.study import schedule
from cmom_srs.study.day import order
from cmom_srs.study.day import queue
from cmom_srs.study.day.limits import Limits
from cmom_srs.study.day.queue import DayLog
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.questions import question as questions
from cmom_srs.study.questions.question import AWAY_MS
from cmom_srs.study.questions.question import Question
from cmom_srs.study.schedule import NEVER_ANSWERED
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Recorded
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind


class QueueName(StrEnum):
    """Why a card is asked: it is new, it is due (or asked ahead), or it failed today."""

    NEW = "new"
    DUE = "due"
    DRILL = "drill"


@dataclass(frozen=True, slots=True)
class Counts:
    """Cards left: unseen, seen and waiting, failed today and asked again."""

    new: int
    due: int
    again: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.new + self.due + self.again


@dataclass(frozen=True, slots=True)
class Session:
    """One sitting: the cards still to ask, by part, and the answers given.

    `answers_today` counts the study day's answers to each card, those before this sitting too.
    `used_ms` is the time that counts against the minutes: the day's, or this sitting's. A
    session keeps the study day it began with. `leeches` raised the alert in it. `is_cut` when a
    limit of answers left cards out, `is_cram` when nothing it asks changes a schedule.
    """

    study_day: date
    limits: Limits
    states: Mapping[CardId, CardState]
    first: tuple[CardId, ...]
    repeats: tuple[CardId, ...] = ()
    ahead: tuple[CardId, ...] = ()
    done: tuple[Review, ...] = ()
    answers_today: Mapping[CardId, int] = field(default_factory=dict)
    used_ms: int = 0
    leeches: tuple[CardId, ...] = ()
    is_cut: bool = False
    is_cram: bool = False
    is_revealed: bool = False


def plan(
    states: Mapping[CardId, CardState],
    cards: Iterable[Card],
    log: DayLog,
    today: date,
    limits: Limits,
) -> tuple[CardId, ...]:
    """Today's queue in the order it is asked: first answers, repeats, cards ahead if asked for."""
    day = queue.build(states, cards, log, today, limits)
    return day.first + day.repeats + day.ahead


def start(
    states: Mapping[CardId, CardState],
    cards: Iterable[Card],
    log: DayLog,
    today: date,
    limits: Limits,
    used_ms: int = 0,
) -> Session:
    """A sitting over today's queue; `used_ms` of the minutes are used already."""
    day = queue.build(states, cards, log, today, limits)
    return Session(
        study_day=today,
        limits=limits,
        states=states,
        first=day.first,
        repeats=day.repeats,
        ahead=day.ahead,
        answers_today=count_answers(log),
        used_ms=used_ms,
        is_cut=day.is_cut,
    )


def count_answers(log: DayLog) -> Mapping[CardId, int]:
    """How many of a day's answers are to each card."""
    return Counter(answer.card for answer in log.answers)


def start_cram(
    states: Mapping[CardId, CardState],
    cards: Iterable[Card],
    log: DayLog,
    today: date,
    limits: Limits,
) -> Session:
    """A sitting that changes no schedule: every card of the filter, the most urgent first."""
    chosen = [card for card in cards if queue.is_askable(card, states, today, limits)]
    ordered = order.by_urgency(states, chosen, today, limits)[: limits.answers]
    return Session(
        study_day=today,
        limits=limits,
        states=states,
        first=ordered,
        answers_today=count_answers(log),
        is_cram=True,
    )


def current(session: Session) -> CardId | None:
    """The card to ask now; None when the sitting is over: nothing left, or the minutes are used."""
    if is_out_of_time(session):
        return None
    return next(iter(session.first + session.repeats + session.ahead), None)


def is_out_of_time(session: Session) -> bool:
    """Whether the minutes are used up."""
    minutes = session.limits.minutes
    return minutes is not None and session.used_ms >= minutes * 60_000


def state_of(session: Session, card: CardId) -> CardState:
    """What is known of a card; a card without a state is new."""
    return session.states.get(card, NEVER_ANSWERED)


def queue_of(session: Session, card: CardId) -> QueueName:
    """Why a card of this sitting is asked."""
    if card in session.repeats:
        return QueueName.DRILL
    return QueueName.NEW if state_of(session, card).is_new else QueueName.DUE


def counts(session: Session) -> Counts:
    """What is left of the sitting."""
    waiting = session.first + session.ahead
    new = sum(state_of(session, card).is_new for card in waiting)
    return Counts(new=new, due=len(waiting) - new, again=len(session.repeats))


def question(session: Session, card: Card) -> Question:
    """A card as the session's next question: the same until it is answered again.

    Shuffled and drawn by the day's answers to it, so that a repeat looks different.
    """
    answers_today = session.answers_today.get(card.id, 0)
    return questions.ask(card, Random(questions.seed(card.id, session.study_day, answers_today)))


def reveal(session: Session) -> Session:
    """The session with its card's answer shown."""
    return replace(session, is_revealed=True)


def grade(
    session: Session, grade: int, reviewed_at: datetime, duration_ms: int, looked_up: bool = False
) -> Review:
    """The answer to record for the card asked now, graded 0-5; `go_on` takes what was stored.

    Over ten minutes counts as away and is logged as ten minutes. ValueError when no card is
    asked or its answer was not revealed.
    """
    card = current(session)
    if card is None or not session.is_revealed:
        raise ValueError("only a revealed card can be graded")
    kind, duration_ms = kind_of(session, card), min(duration_ms, AWAY_MS)
    return Review(card, reviewed_at, session.study_day, kind, grade, duration_ms, looked_up)


def go_on(session: Session, recorded: Recorded) -> Session:
    """The session after an answer as it was stored: its kind and the card's state are the log's.

    The card may have another name by now than the one it was asked under.
    """
    review, before, after = recorded.review, recorded.before, recorded.after
    went_on = replace(
        _without(_without(session, current(session) or review.card), review.card),
        states={**session.states, review.card: after},
        done=(*session.done, review),
        answers_today=Counter({**session.answers_today}) + Counter([review.card]),
        used_ms=session.used_ms + review.duration_ms,
    )
    if after.lapses > before.lapses and schedule.is_leech_alert(after.lapses):
        went_on = replace(went_on, leeches=(*session.leeches, review.card))
    if is_repeated(session, review.grade):
        went_on = replace(went_on, repeats=(*went_on.repeats, review.card))
    return went_on


def kind_of(session: Session, card: CardId) -> ReviewKind:
    """What an answer to a card of this sitting is logged as."""
    if session.is_cram:
        return ReviewKind.CRAM
    return ReviewKind.DRILL if card in session.repeats else ReviewKind.SCHEDULED


def is_repeated(session: Session, grade: int) -> bool:
    """Whether a card graded so is asked again in this sitting.

    When a limit of answers cut the queue, the repeats are left for later; a cram has none.
    """
    return grade < session.limits.repeat_below and not session.is_cut and not session.is_cram


def put_aside(session: Session, card: CardId, state: CardState) -> Session:
    """The session without a card that was buried or suspended, and with its new state."""
    return replace(_without(session, card), states={**session.states, card: state})


def _without(session: Session, card: CardId) -> Session:
    return replace(
        session,
        first=_except(session.first, card),
        repeats=_except(session.repeats, card),
        ahead=_except(session.ahead, card),
        is_revealed=False,
    )


def _except(cards: tuple[CardId, ...], card: CardId) -> tuple[CardId, ...]:
    return tuple(other for other in cards if other != card)
