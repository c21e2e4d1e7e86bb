"""Notes, cards, answers and whole pasts for tests, named as what authors and learners do."""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from decimal import Decimal
from itertools import groupby

from hypothesis import settings
from hypothesis import strategies as st

from cmom_srs.study import notes
from cmom_srs.study import schedule
from cmom_srs.study.day import weekdays
from cmom_srs.study.day.limits import KeptBack
from cmom_srs.study.day.limits import Limits
from cmom_srs.study.day.queue import DayLog
from cmom_srs.study.notes import Basic
from cmom_srs.study.notes import Body
from cmom_srs.study.notes import Calculation
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.notes import Choice
from cmom_srs.study.notes import Cloze
from cmom_srs.study.notes import Mistake
from cmom_srs.study.notes import Note
from cmom_srs.study.notes import Option
from cmom_srs.study.notes import Parameter
from cmom_srs.study.notes import Steps
from cmom_srs.study.schedule import NEVER_ANSWERED
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Horizon
from cmom_srs.study.schedule import Recorded
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind
from cmom_srs.study.sm2 import Memory

unhurried = settings(deadline=None)  # no machine is too slow for a property

TODAY = date(2026, 12, 1)
DOMAINS = ("billing", "law", "people")


def day(offset: int) -> date:
    """The study day so many days after TODAY."""
    return TODAY + timedelta(days=offset)


def moment(minute: int = 0, on: date = TODAY) -> datetime:
    """An instant of a study day, so many minutes after noon."""
    return datetime(on.year, on.month, on.day, 12, tzinfo=UTC) + timedelta(minutes=minute)


BASIC = Basic("What does the CMS-1500 ask for?", "Professional services")
REVERSIBLE = Basic("EOB", "Explanation of benefits", is_reversible=True)
CHOICE = Choice(
    "Who is a covered entity?",
    (
        Option("A health plan", "Plans are covered.", is_right=True),
        Option("A landlord", "Handles no claims."),
        Option("An employer", "Not as an employer."),
        Option("None of these", "A plan is.", is_last=True),
    ),
)
STEPS = Steps("Put check-in in order.", ("Greet", "Verify identity", "Verify insurance", "Copay"))
COLLECTION_RATE = Calculation(
    "{charges} was charged, {payments} collected. What is the gross collection rate?",
    (
        Parameter(
            "charges",
            low=Decimal(50_000),
            high=Decimal(90_000),
            step=Decimal(1_000),
            prefix="$",
        ),
        Parameter(
            "payments",
            low=Decimal(30_000),
            high=Decimal(49_000),
            step=Decimal(1_000),
            prefix="$",
        ),
    ),
    "payments / charges * 100",
    decimals=1,
    unit="%",
    mistakes=(Mistake("charges / payments * 100", "This inverts the ratio."),),
)


def cloze(*numbers: int) -> Cloze:
    """A sentence with gaps of these numbers."""
    return Cloze(" and ".join(f"{{{{c{number}::word {number}}}}}" for number in numbers))


def note(
    note_id: str = "fact",
    body: Body = BASIC,
    domain: str = "billing",
    deck: str = "claims",
    position: int = 0,
) -> Note:
    """A note as an author writes it."""
    return Note(note_id, domain, deck, deck.title(), position, body, "42 CFR 410.26")


def cards_of(*written: Note) -> tuple[Card, ...]:
    """All cards of these notes."""
    return tuple(card for each in written for card in notes.cards(each))


def facts(count: int, domain: str = "billing", deck: str = "claims") -> tuple[Card, ...]:
    """So many basic cards of one deck, `billing-00`, `billing-01` and so on, as written."""
    return cards_of(
        *(
            note(f"{domain}-{place:02}", BASIC, domain, deck, position=place)
            for place in range(count)
        )
    )


def seen(
    interval_days: int = 10,
    days_ago: int = 0,
    *,
    ease_factor: int = 250,
    repetitions: int = 3,
    lapses: int = 0,
) -> CardState:
    """A card last answered so many days ago."""
    last = day(-days_ago)
    return CardState(
        Memory(repetitions, interval_days, ease_factor),
        due_on=last + timedelta(days=interval_days),
        lapses=lapses,
        last_reviewed_on=last,
    )


def answers(
    card: CardId,
    grade: int = 4,
    *,
    on: date = TODAY,
    minute: int = 0,
    kind: ReviewKind = ReviewKind.SCHEDULED,
    duration_ms: int = 10_000,
) -> Review:
    """The learner answers a card, so many minutes after noon."""
    return Review(card, moment(minute, on), on, kind, grade, duration_ms)


def fails(card: CardId, *, minute: int = 0, on: date = TODAY) -> Review:
    """The learner presses Again."""
    return answers(card, 2, minute=minute, on=on)


def repeats(card: CardId, grade: int = 4, *, minute: int = 0, on: date = TODAY) -> Review:
    """The learner answers a failed card again the same day."""
    return answers(card, grade, minute=minute, on=on, kind=ReviewKind.DRILL)


def crams(card: CardId, grade: int = 4, *, minute: int = 0, on: date = TODAY) -> Review:
    """The learner answers a card without scheduling it."""
    return answers(card, grade, minute=minute, on=on, kind=ReviewKind.CRAM)


def stored(states: Mapping[CardId, CardState], review: Review) -> Recorded:
    """What a history gives back that nobody else writes: the answer counts as it was shown."""
    before = states.get(review.card, NEVER_ANSWERED)
    is_counted = review.kind is ReviewKind.SCHEDULED
    after = schedule.review(before, review.grade, review.study_day) if is_counted else before
    return Recorded(review, before, after)


@dataclass(frozen=True)
class Past:
    """A learner's cards, every answer so far in order, and the states these come to."""

    cards: tuple[Card, ...]
    answers: tuple[Review, ...] = ()
    suspended: frozenset[CardId] = frozenset()
    buried: frozenset[CardId] = frozenset()
    pulled: frozenset[CardId] = frozenset()

    @property
    def states(self) -> Mapping[CardId, CardState]:
        """The state of each card, worked out from the log."""
        by_card = sorted(self.answers, key=lambda review: review.card)
        states = {
            card: schedule.replay(reviews)
            for card, reviews in groupby(by_card, key=lambda review: review.card)
        }
        return {card.id: self._switched(states, card.id) for card in self.cards}

    def _switched(self, states: Mapping[CardId, CardState], card: CardId) -> CardState:
        return replace(
            states.get(card, NEVER_ANSWERED),
            is_suspended=card in self.suspended,
            buried_on=TODAY if card in self.buried else None,
            pulled_on=TODAY if card in self.pulled else None,
        )

    @property
    def log(self) -> DayLog:
        """What was answered today."""
        counted: dict[CardId, date] = {}
        for review in self.answers:
            if review.kind is not ReviewKind.CRAM:
                counted.setdefault(review.card, review.study_day)
        return DayLog(
            tuple(review for review in self.answers if review.study_day == TODAY),
            frozenset(card for card, first_on in counted.items() if first_on == TODAY),
        )


def _bodies() -> st.SearchStrategy[Body]:
    numbers = st.lists(st.integers(1, 4), min_size=1, max_size=3)
    return st.one_of(
        st.sampled_from((BASIC, REVERSIBLE, CHOICE, STEPS, COLLECTION_RATE)),
        numbers.map(lambda chosen: cloze(*chosen)),
    )


@st.composite
def decks(draw: st.DrawFn, most_notes: int = 8) -> tuple[Note, ...]:
    """Notes of several domains and decks, their ids in another order than their places."""
    bodies = draw(st.lists(_bodies(), min_size=1, max_size=most_notes))
    names = draw(st.permutations([f"note-{place}" for place in range(len(bodies))]))
    return tuple(
        note(name, body, draw(st.sampled_from(DOMAINS)), draw(st.sampled_from("ab")), place)
        for place, (name, body) in enumerate(zip(names, bodies, strict=True))
    )


def _answers(card: CardId) -> st.SearchStrategy[list[Review]]:
    one = st.builds(
        lambda days_ago, minute, grade, kind: answers(
            card, grade, on=day(-days_ago), minute=minute, kind=kind
        ),
        st.sampled_from((0, 0, 1, 2, 6, 7, 20, 90)),
        st.integers(0, 400),
        st.integers(0, 5),
        st.sampled_from((ReviewKind.SCHEDULED, ReviewKind.DRILL, ReviewKind.CRAM)),
    )
    return st.lists(one, max_size=3, unique_by=lambda review: review.reviewed_at)


@st.composite
def pasts(draw: st.DrawFn, most_notes: int = 8) -> Past:
    """Decks with any answers, some of today; some cards suspended, buried or pulled today."""
    cards = cards_of(*draw(decks(most_notes)))
    ids = [card.id for card in cards]
    given = [review for card in ids for review in draw(_answers(card))]
    return Past(
        cards,
        tuple(sorted(given, key=lambda review: (review.reviewed_at, review.card))),
        suspended=draw(_few(ids)),
        buried=draw(_few(ids)),
        pulled=draw(_few(ids)),
    )


def _few(ids: Iterable[CardId]) -> st.SearchStrategy[frozenset[CardId]]:
    return st.one_of(st.just(frozenset()), st.frozensets(st.sampled_from(list(ids)), max_size=2))


def limits() -> st.SearchStrategy[Limits]:
    """Any bounds of a day, with and without an exam."""
    return st.builds(
        Limits,
        new_cards=st.integers(0, 12),
        asked_new_cards=st.none() | st.integers(0, 12),
        minutes=st.none() | st.integers(0, 30),
        first_sight_seconds=st.sampled_from((5.0, 35.0, 61.5)),
        horizon=st.builds(
            Horizon, st.none() | st.integers(1, 60).map(day), st.none() | st.integers(1, 30)
        ),
        start_on=st.none() | st.integers(-60, 0).map(day),
        weights=st.fixed_dictionaries({name: st.integers(0, 60) for name in DOMAINS}),
        repeat_below=st.integers(0, 5),
        is_ahead=st.booleans(),
        study_days=st.just(weekdays.EVERY_DAY)
        | st.sets(st.sampled_from(weekdays.NAMES), min_size=1),
        kept_back=st.builds(
            KeptBack,
            st.frozensets(st.sampled_from([f"note-{place}" for place in range(8)])),
            st.none() | st.sampled_from((-1, 0, 1)).map(day),
        ),
    )
