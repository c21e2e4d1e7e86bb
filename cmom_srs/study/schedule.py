"""From memory to dates: study day, waiting, early passes, lapses, leeches, replay of a log."""

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date
from datetime import datetime
from datetime import timedelta
from enum import IntEnum
from enum import StrEnum

from cmom_srs.study import sm2
from cmom_srs.study.notes import CardId
from cmom_srs.study.sm2 import NEW_MEMORY
from cmom_srs.study.sm2 import Memory

ROLLOVER_HOUR = 4
LEECH_LAPSES = 8
SHORTEST_EXAM_WAIT_DAYS = 5


class Rating(IntEnum):
    """The learner's four buttons; each value is the grade it gives."""

    AGAIN = 2
    HARD = 3
    GOOD = 4
    EASY = 5


class ReviewKind(StrEnum):
    """What an answer was shown as. A drill is a failed card asked again the same day."""

    SCHEDULED = "scheduled"
    DRILL = "drill"
    CRAM = "cram"


class Origin(StrEnum):
    """Where an answer was given."""

    TERMINAL = "terminal"
    COMMAND = "command"
    ANKI = "anki"


@dataclass(frozen=True, slots=True)
class Review:
    """One answer. `reviewed_at` is an aware instant, `grade` 0-5, `duration_ms` milliseconds.

    `is_right` is None where the learner alone judges; `response` what was given, as JSON. Once
    stored it has a `uid`, its identity on every computer, and perhaps an id in Anki's log; two
    answers that say the same are equal without them.
    """

    card: CardId
    reviewed_at: datetime
    study_day: date
    kind: ReviewKind
    grade: int
    duration_ms: int = 0
    looked_up: bool = False
    origin: Origin = Origin.TERMINAL
    is_right: bool | None = None
    response: str | None = None
    uid: str = field(default="", compare=False)
    anki_id: int | None = field(default=None, compare=False)


def in_order(review: Review) -> tuple[date, datetime, str]:
    """The place of an answer in the log, as a key to sort by: the same on every computer."""
    return (review.study_day, review.reviewed_at, review.uid)


@dataclass(frozen=True, slots=True)
class CardState:
    """What is known of a card. Everything up to `last_reviewed_on` is the fold of its answers.

    `due_on` is published SM-2's date, `last_reviewed_on` plus the interval; None for a new card.
    `pulled_on` is the day a missed exam question is pulled forward to, `buried_on` the study day
    on which the card is hidden.
    """

    memory: Memory = NEW_MEMORY
    due_on: date | None = None
    lapses: int = 0
    last_reviewed_on: date | None = None
    is_suspended: bool = False
    buried_on: date | None = None
    pulled_on: date | None = None

    @property
    def is_new(self) -> bool:
        """Whether the card has never been answered for its schedule."""
        return self.last_reviewed_on is None


NEVER_ANSWERED = CardState()


@dataclass(frozen=True, slots=True)
class Recorded:
    """An answer as it was stored, and the card's state before and after it."""

    review: Review
    before: CardState
    after: CardState


def study_day(
    now: datetime, rollover_hour: int = ROLLOVER_HOUR, last_logged: date | None = None
) -> date:
    """The local date of an aware instant, less one before the rollover hour.

    When the log's last study day is exactly one day later (a flight west), that day goes on.
    """
    if now.tzinfo is None:
        raise ValueError("a study day needs an instant with an offset")
    day = now.date() - timedelta(days=now.hour < rollover_hour)
    return last_logged if last_logged == day + timedelta(days=1) else day


def next_rollover(now: datetime, rollover_hour: int = ROLLOVER_HOUR) -> datetime:
    """The next instant, by the offset of `now`, at which a study day begins."""
    rollover = now.replace(hour=rollover_hour, minute=0, second=0, microsecond=0)
    return rollover if rollover > now else rollover + timedelta(days=1)


def is_clock_behind(today: date, last_logged: date | None) -> bool:
    """Whether the log runs so far ahead of today that the clock must have been wrong."""
    return last_logged is not None and last_logged > today + timedelta(days=1)


def review(state: CardState, grade: int, today: date) -> CardState:
    """The state after a scheduled answer on a study day.

    A pass before the interval is over gives max(interval, elapsed days * ease factor), so that
    answering early cannot inflate an interval; a late pass gives no credit (schedule, rule 6).
    Raises as sm2.step does for what is no grade.
    """
    is_lapse = grade < sm2.LOWEST_PASSING_GRADE and state.memory.repetitions >= 1
    memory = sm2.step(state.memory, grade)
    if grade >= sm2.LOWEST_PASSING_GRADE and _is_early(state, today):
        memory = replace(memory, interval_days=_early_interval(state, today))
    return replace(
        state,
        memory=memory,
        due_on=today + timedelta(days=memory.interval_days),
        lapses=state.lapses + is_lapse,
        last_reviewed_on=today,
    )


def _is_early(state: CardState, today: date) -> bool:
    return state.due_on is not None and today < state.due_on


def _early_interval(state: CardState, today: date) -> int:
    elapsed_days = _elapsed_days(state, today)
    return max(state.memory.interval_days, sm2.multiply(elapsed_days, state.memory.ease_factor))


def _elapsed_days(state: CardState, today: date) -> int:
    return 0 if state.last_reviewed_on is None else (today - state.last_reviewed_on).days


def counted(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """The answers that count, in the order of the log: what schedules and statistics rest on.

    Of each card and study day the first that is no cram. What an answer was shown as beyond that
    is not trusted: another may have been given earlier elsewhere and come later. The answers are
    those that were not taken back.
    """
    first: dict[tuple[CardId, date], Review] = {}
    for answer in sorted(reviews, key=in_order):
        if answer.kind is not ReviewKind.CRAM:
            first.setdefault((answer.card, answer.study_day), answer)
    return tuple(first.values())


def replay(reviews: Iterable[Review]) -> CardState:
    """The state that one card's answers come to.

    The switches (suspended, buried, pulled) are not part of the fold.
    """
    state = NEVER_ANSWERED
    for answer in counted(reviews):
        state = review(state, answer.grade, answer.study_day)
    return state


@dataclass(frozen=True, slots=True)
class Horizon:
    """What shortens waits: an exam ahead, and the longest wait the learner wants.

    `exam_on` is None without an exam and from exam day on; `longest_days` None for no cap.
    """

    exam_on: date | None = None
    longest_days: int | None = None

    def as_of(self, day: date) -> "Horizon":
        """The horizon on a study day: an exam that has come shortens nothing any more."""
        has_come = self.exam_on is not None and self.exam_on <= day
        return replace(self, exam_on=None) if has_come else self


OPEN = Horizon()


def wait_days(state: CardState, horizon: Horizon = OPEN) -> int:
    """Days from the last answer of a seen card until it is due (schedule, rule 1).

    With an exam at most half of the days from the last answer to the exam, but never under five
    for that reason. ValueError for a new card, which waits for nothing.
    """
    if state.last_reviewed_on is None:
        raise ValueError("a new card has no wait")
    wait = state.memory.interval_days
    if horizon.exam_on is not None:
        days_to_exam = (horizon.exam_on - state.last_reviewed_on).days
        wait = min(wait, max(SHORTEST_EXAM_WAIT_DAYS, days_to_exam // 2))
    return wait if horizon.longest_days is None else min(wait, max(1, horizon.longest_days))


def overdueness(state: CardState, today: date, horizon: Horizon = OPEN) -> float:
    """Elapsed days over the wait of a seen card: due from 1 on, larger is more urgent (rule 2)."""
    return _elapsed_days(state, today) / wait_days(state, horizon)


def waits_until(state: CardState, horizon: Horizon = OPEN) -> date:
    """The study day on which a seen card is due again; from exam day on no exam shortens a wait."""
    if state.last_reviewed_on is None:
        raise ValueError("a new card has no wait")
    due_on = state.last_reviewed_on + timedelta(days=wait_days(state, horizon))
    ahead = horizon.as_of(due_on)
    return due_on if ahead is horizon else waits_until(state, ahead)


def is_pulled(state: CardState, today: date) -> bool:
    """Whether an exam miss pulls the card forward: from its day on, until it is answered."""
    if state.pulled_on is None or state.pulled_on > today:
        return False
    return state.last_reviewed_on is None or state.last_reviewed_on < state.pulled_on


def is_leech_alert(lapses: int, threshold: int = LEECH_LAPSES) -> bool:
    """Whether this many lapses raise the alert: at the threshold, then every half of it."""
    if threshold <= 0 or lapses < threshold:
        return False
    return (lapses - threshold) % ((threshold + 1) // 2) == 0


@dataclass(frozen=True, slots=True)
class Preview:
    """What a button does: days until the card is due, and from then after a Good on time.

    `is_shortened` when an exam date brings the first of the two forward.
    """

    wait_days: int
    then_days: int
    is_shortened: bool


def preview(after: CardState, horizon: Horizon = OPEN) -> Preview:
    """The wait of a seen card as it stands, and the one after a Good on time."""
    due_on = waits_until(after, horizon)
    later = review(after, Rating.GOOD, due_on)
    return Preview(
        wait_days=_elapsed_days(after, due_on),
        then_days=_elapsed_days(later, waits_until(later, horizon)),
        is_shortened=due_on < waits_until(after, replace(horizon, exam_on=None)),
    )
