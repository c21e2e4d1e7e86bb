"""What happens in an exam: events, and their fold into a sheet of responses, marks and times."""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from datetime import timedelta
from enum import StrEnum

from cmom_srs.study.exam.items import Exam


class EventKind(StrEnum):
    """What can happen; the first of SUBMITTED, EXPIRED and DROPPED ends the exam."""

    SHOWN = "shown"
    ANSWERED = "answered"
    CLEARED = "cleared"
    MARKED = "marked"
    UNMARKED = "unmarked"
    MANUAL_OPENED = "manual-opened"
    MANUAL_CLOSED = "manual-closed"
    LEFT = "left"
    RETURNED = "returned"
    SUBMITTED = "submitted"
    EXPIRED = "expired"
    DROPPED = "dropped"
    REASON = "reason"


ENDINGS = frozenset({EventKind.SUBMITTED, EventKind.EXPIRED, EventKind.DROPPED})


class Reason(StrEnum):
    """Why an item was missed, as the learner sees it."""

    KNOWLEDGE = "knowledge"
    MISREAD = "misread"
    TWO_GOOD = "two-good"
    TOO_SLOW = "too-slow"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: at an item, or to the whole exam (`position` None).

    `value` is the place chosen, from 1 (ANSWERED), or a Reason (REASON). `sequence` orders the
    events of one instant on one computer, `uid` those of two.
    """

    kind: EventKind
    at: datetime
    position: int | None = None
    value: int | str | None = None
    sequence: int = 0
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """How an exam ended, and when."""

    how: EventKind
    at: datetime


@dataclass(frozen=True, slots=True)
class Consultation:
    """A stretch with the manual open at an item."""

    position: int
    duration_ms: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the events come to.

    `responses` are the places chosen, from 1, by position; `first_responses` those chosen first.
    `spent_ms` runs from an item's showing to the next one, to leaving or to the end. `position` is
    the item shown last, None before the first; `manual_since` while the manual is open; `last_at`
    the instant of the last event before or at the end, of the start where there is none.
    """

    responses: Mapping[int, int] = field(default_factory=dict)
    first_responses: Mapping[int, int] = field(default_factory=dict)
    marked: frozenset[int] = frozenset()
    shown: frozenset[int] = frozenset()
    spent_ms: Mapping[int, int] = field(default_factory=dict)
    consultations: tuple[Consultation, ...] = ()
    reasons: Mapping[int, Reason] = field(default_factory=dict)
    position: int | None = None
    manual_since: datetime | None = None
    ending: Ending | None = None
    last_at: datetime | None = None

    def now(self, clock: datetime) -> datetime:
        """The exam's own instant: a clock set back halts it until it has caught up."""
        return clock if self.last_at is None else max(clock, self.last_at)


def replay(exam: Exam, events: Iterable[Event]) -> Sheet:
    """The fold of an exam's events, in any order; what says nothing of its items is passed over.

    What comes after the end counts for nothing, but for the reasons of misses.
    """
    fold = _Fold(exam)
    for event in sorted(events, key=lambda event: (event.at, event.sequence, event.uid)):
        fold.take(event)
    return fold.sheet()


class _Fold:
    def __init__(self, exam: Exam) -> None:
        self._options = {item.position: len(item.words.options) for item in exam.items}
        self._responses: dict[int, int] = {}
        self._first_responses: dict[int, int] = {}
        self._marked: set[int] = set()
        self._spent_ms: dict[int, int] = {}
        self._consultations: list[Consultation] = []
        self._reasons: dict[int, Reason] = {}
        self._position: int | None = None
        self._since: datetime | None = None
        self._manual: tuple[int, datetime] | None = None  # the item it is open at, and since when
        self._ending: Ending | None = None
        self._last_at = exam.started_at

    def sheet(self) -> Sheet:
        return Sheet(
            responses=self._responses,
            first_responses=self._first_responses,
            marked=frozenset(self._marked),
            shown=frozenset(self._spent_ms),
            spent_ms=self._spent_ms,
            consultations=tuple(self._consultations),
            reasons=self._reasons,
            position=self._position,
            manual_since=self._manual[1] if self._manual else None,
            ending=self._ending,
            last_at=self._last_at,
        )

    def take(self, event: Event) -> None:
        position = event.position or 0
        is_item = position in self._options
        if event.kind is EventKind.REASON and is_item and event.value in list(Reason):
            self._reasons[position] = Reason(str(event.value))
        if self._ending or event.kind is EventKind.REASON:
            return
        self._last_at = max(self._last_at, event.at)
        if is_item:
            self._take_of_item(event, position)
        self._take_of_exam(event)

    def _take_of_item(self, event: Event, position: int) -> None:
        match event.kind:
            case EventKind.SHOWN:
                self._stop(event.at)
                self._position, self._since = position, event.at
                self._spent_ms.setdefault(position, 0)
            case EventKind.ANSWERED if self._is_option(position, event.value):
                place = int(event.value or 0)
                self._first_responses.setdefault(position, place)
                self._responses[position] = place
            case EventKind.CLEARED:
                self._responses.pop(position, None)
            case EventKind.MARKED:
                self._marked.add(position)
            case EventKind.UNMARKED:
                self._marked.discard(position)
            case EventKind.MANUAL_OPENED:
                self._manual = self._manual or (position, event.at)
            case EventKind.MANUAL_CLOSED:
                self._close_manual(event.at)
            case _:
                pass

    def _take_of_exam(self, event: Event) -> None:
        if event.kind is EventKind.LEFT:
            self._stop(event.at)
        elif event.kind in ENDINGS:
            self._stop(event.at)
            self._ending = Ending(event.kind, event.at)

    def _is_option(self, position: int, value: int | str | None) -> bool:
        return isinstance(value, int) and 1 <= value <= self._options[position]

    def _stop(self, at: datetime) -> None:
        """Ends the time of the item in view, and a look into the manual with it."""
        self._close_manual(at)
        if self._position is not None and self._since is not None:
            self._spent_ms[self._position] += _milliseconds(self._since, at)
        self._since = None

    def _close_manual(self, at: datetime) -> None:
        if self._manual:
            position, since = self._manual
            self._consultations.append(Consultation(position, _milliseconds(since, at)))
        self._manual = None


def _milliseconds(begin: datetime, end: datetime) -> int:
    return (end - begin) // timedelta(milliseconds=1)
