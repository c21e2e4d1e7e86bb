"""Practice exams for tests: notes that exams ask, drawn exams, and what happens in them."""

from dataclasses import replace
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from decimal import Decimal

from cmom_srs.study.blueprint import Profile
from cmom_srs.study.exam.events import Event
from cmom_srs.study.exam.events import EventKind
from cmom_srs.study.exam.events import Reason
from cmom_srs.study.exam.items import CASE_WORDS
from cmom_srs.study.exam.items import Asked
from cmom_srs.study.exam.items import Exam
from cmom_srs.study.exam.items import Item
from cmom_srs.study.exam.items import ItemOption
from cmom_srs.study.exam.items import ItemWords
from cmom_srs.study.notes import Calculation
from cmom_srs.study.notes import Choice
from cmom_srs.study.notes import Mistake
from cmom_srs.study.notes import Note
from cmom_srs.study.notes import Option
from cmom_srs.study.notes import Parameter
from tests.support.builders import TODAY
from tests.support.builders import note

STARTED_AT = datetime(2026, 12, 1, 12, tzinfo=UTC)
CASE = " ".join(["word"] * CASE_WORDS)
CHOICE = Choice(
    "Which one?",
    (
        Option("This", "It is.", is_right=True),
        Option("That", "It is not."),
        Option("Another", "Nor is it."),
        Option("None of these", "One is.", is_last=True),
    ),
)
CALCULATION = Calculation(
    "{charges} was charged, {payments} collected. What is the rate?",
    (
        Parameter("charges", low=Decimal(500), high=Decimal(900), step=Decimal(10), prefix="$"),
        Parameter("payments", low=Decimal(300), high=Decimal(490), step=Decimal(10), prefix="$"),
    ),
    "payments / charges * 100",
    decimals=1,
    unit="%",
    mistakes=(
        Mistake("charges / payments * 100", "This inverts the ratio of {charges}."),
        Mistake("(charges - payments) / charges * 100", "This is what was not collected."),
        Mistake("payments / (charges + payments) * 100", "This adds what was paid."),
        Mistake("payments / charges * 100 / 2", "This is half."),
    ),
)


def profile(questions: int = 10, **weights: int) -> Profile:
    """A profile of the exam, by default of one domain."""
    return Profile(
        id="short",
        title="A short exam",
        questions=questions,
        minutes=12,
        pass_percent=75,
        weights=weights or {"law": 100},
        source="made up",
        weights_source="made up",
        as_of=date(2026, 1, 1),
    )


def choices(
    count: int, domain: str = "law", deck: str = "hipaa", *, scenario: str = ""
) -> tuple[Note, ...]:
    """So many choice notes of a deck, `hipaa-000`, `hipaa-001` and so on."""
    return tuple(
        replace(note(f"{deck}-{place:03}", CHOICE, domain, deck, place), scenario=scenario)
        for place in range(count)
    )


def calculations(count: int, domain: str = "law", deck: str = "rates") -> tuple[Note, ...]:
    """So many calculations of a deck, `rates-000`, `rates-001` and so on."""
    return tuple(
        note(f"{deck}-{place:03}", CALCULATION, domain, deck, place) for place in range(count)
    )


def item(position: int, note_id: str = "", domain: str = "law", right: int = 1) -> Item:
    """An item of three options, of the note `note-1` where the position is 1 and so on."""
    options = (ItemOption("This", "It is."), ItemOption("That"), ItemOption("Another"))
    words = ItemWords(f"Which is {position}?", options, right)
    return Item(position, note_id or f"note-{position}", domain, words)


def exam(
    *items: Item, minutes: int | None = 10, domains: tuple[str, ...] = (), pass_percent: int = 75
) -> Exam:
    """An exam that starts at noon, of three items where none are given."""
    return Exam(
        uid="e" * 32,
        number=1,
        profile="short",
        title="A short exam",
        seed="7",
        minutes=minutes,
        pass_percent=pass_percent,
        started_at=STARTED_AT,
        study_day=TODAY,
        asked=Asked(domains),
        items=items or tuple(item(position) for position in (1, 2, 3)),
    )


def second(seconds: float) -> datetime:
    """So many seconds after the exam started."""
    return STARTED_AT + timedelta(seconds=seconds)


def happens(
    kind: EventKind, at: float, position: int | None = None, value: int | str | None = None
) -> Event:
    """Something that happens so many seconds after the start; later ones have later uids."""
    milliseconds = round(at * 1000)
    uid = f"{milliseconds:010} {kind} {position} {value}"
    return Event(kind, second(at), position, value, sequence=milliseconds, uid=uid)


def shows(position: int, at: float) -> Event:
    """An item comes into view."""
    return happens(EventKind.SHOWN, at, position)


def chooses(position: int, place: int, at: float) -> Event:
    """The learner chooses an option, places counted from 1."""
    return happens(EventKind.ANSWERED, at, position, place)


def marks(position: int, at: float) -> Event:
    """The learner marks an item."""
    return happens(EventKind.MARKED, at, position)


def opens_manual(position: int, at: float) -> Event:
    """The learner opens the manual at an item."""
    return happens(EventKind.MANUAL_OPENED, at, position)


def closes_manual(position: int, at: float) -> Event:
    """The learner closes the manual."""
    return happens(EventKind.MANUAL_CLOSED, at, position)


def leaves(at: float) -> Event:
    """The learner leaves the exam open."""
    return happens(EventKind.LEFT, at)


def submits(at: float) -> Event:
    """The learner submits the exam."""
    return happens(EventKind.SUBMITTED, at)


def drops(at: float) -> Event:
    """The learner drops the exam."""
    return happens(EventKind.DROPPED, at)


def explains(position: int, reason: Reason, at: float) -> Event:
    """The learner says why an item was missed."""
    return happens(EventKind.REASON, at, position, reason.value)
