"""Numbers over the log and the states: a sitting's result, the forecast, what is left to see."""

from collections import Counter
from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from statistics import median

from cmom_srs.study import schedule
from cmom_srs.study import sm2
from cmom_srs.study.day.forecast import DayAhead
from cmom_srs.study.day.session import Session
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import NEVER_ANSWERED
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind
from cmom_srs.study.tally import Tally

YOUNG_DAYS = 21
USUAL_OVER_DAYS = 14
RECENT_DAYS = 30


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """What a sitting came to.

    `by_domain` maps domain keys to the scores of first answers; `leeches` are the cards that
    raised the alert in it; `tomorrow` what the next study day asks.
    """

    score: Tally
    repeats: int
    duration_ms: int
    by_domain: Mapping[str, Tally]
    leeches: tuple[CardId, ...]
    tomorrow: DayAhead


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the cards are: unseen, in the first three weeks, or beyond; and suspended ones."""

    unseen: int
    young: int
    mature: int
    suspended: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.unseen + self.young + self.mature + self.suspended


@dataclass(frozen=True, slots=True)
class Period:
    """The answers of a stretch of study days, crams aside: days studied, time, score.

    `first` is the score of a day's first answers to a card: how much was known, without repeats.
    """

    days: int
    duration_ms: int
    score: Tally
    first: Tally


@dataclass(frozen=True, slots=True)
class DomainNumbers:
    """How far the cards of a domain are, and the score of its recent first answers."""

    domain: str
    progress: Progress
    score: Tally


@dataclass(frozen=True, slots=True)
class Overview:
    """What a learner's answers come to: today, the last 30 study days, each domain."""

    today_on: date
    today: Period
    recent: Period
    domains: tuple[DomainNumbers, ...]


def period_start(today: date) -> date:
    """The first of the 30 study days that end today."""
    return today - timedelta(days=RECENT_DAYS - 1)


def overview(
    reviews: Iterable[Review],
    states: Mapping[CardId, CardState],
    cards: Collection[Card],
    today: date,
    domains: Iterable[str],
) -> Overview:
    """The numbers over the answers since `period_start`, for the domains in this order.

    An answer to a card that is not among `cards` counts for no domain.
    """
    recent = [review for review in reviews if review.kind is not ReviewKind.CRAM]
    domain_of = {card.id: card.note.domain for card in cards}
    firsts = [review for review in schedule.counted(recent) if review.card in domain_of]
    scores = score_by(firsts, lambda review: domain_of[review.card])
    return Overview(
        today_on=today,
        today=period([review for review in recent if review.study_day == today]),
        recent=period(recent),
        domains=tuple(
            DomainNumbers(domain, progress, scores.get(domain, Tally(0, 0)))
            for domain, progress in progress_by_domain(states, cards, domains).items()
        ),
    )


def period(reviews: Collection[Review]) -> Period:
    """What the answers of a stretch of days come to."""
    return Period(
        days=len({review.study_day for review in reviews}),
        duration_ms=sum(review.duration_ms for review in reviews),
        score=score(reviews),
        first=score(schedule.counted(reviews)),
    )


def is_right(review: Review) -> bool:
    """Whether an answer was right: what was given decides; where it cannot, the grade does.

    A wrong choice rated Easy is wrong; a card recalled is right from Hard (3) on.
    """
    if review.is_right is None:
        return review.grade >= sm2.LOWEST_PASSING_GRADE
    return review.is_right


def score(reviews: Iterable[Review]) -> Tally:
    """The score of these answers."""
    right = [is_right(review) for review in reviews]
    return Tally(sum(right), len(right))


def score_by(answers: Iterable[Review], group: Callable[[Review], str]) -> dict[str, Tally]:
    """The scores of the answers' groups, by the group's name."""
    grouped: dict[str, list[Review]] = {}
    for answer in answers:
        grouped.setdefault(group(answer), []).append(answer)
    return {name: score(grouped[name]) for name in sorted(grouped)}


def summarize(session: Session, domains: Mapping[str, str], tomorrow: DayAhead) -> SessionSummary:
    """What a sitting came to; `domains` maps the ids of its notes to domain keys."""
    first = [answer for answer in session.done if answer.kind is not ReviewKind.DRILL]
    return SessionSummary(
        score=score(first),
        repeats=len(session.done) - len(first),
        duration_ms=sum(answer.duration_ms for answer in session.done),
        by_domain=score_by(first, lambda answer: domains[answer.card.note_id]),
        leeches=session.leeches,
        tomorrow=tomorrow,
    )


def usual_day(answers: Iterable[Review], today: date) -> float | None:
    """The median of first answers a day, over the days studied before today; None for none."""
    per_day = Counter(
        answer.study_day for answer in schedule.counted(answers) if answer.study_day < today
    )
    return median(per_day.values()) if per_day else None


def progress(states: Mapping[CardId, CardState], cards: Iterable[Card]) -> Progress:
    """How far these cards are."""
    counted: Counter[str] = Counter(_stage(states.get(card.id, NEVER_ANSWERED)) for card in cards)
    return Progress(
        **{stage: counted[stage] for stage in ("unseen", "young", "mature", "suspended")}
    )


def _stage(state: CardState) -> str:
    if state.is_suspended:
        return "suspended"
    if state.is_new:
        return "unseen"
    return "young" if state.memory.interval_days < YOUNG_DAYS else "mature"


def progress_by_domain(
    states: Mapping[CardId, CardState], cards: Iterable[Card], domains: Iterable[str]
) -> dict[str, Progress]:
    """How far the cards of each domain are, the domains in this order."""
    by_domain: dict[str, list[Card]] = {domain: [] for domain in domains}
    for card in cards:
        by_domain[card.note.domain].append(card)
    return {domain: progress(states, of_domain) for domain, of_domain in by_domain.items()}


def leeches(states: Mapping[CardId, CardState]) -> tuple[tuple[CardId, CardState], ...]:
    """The cards that lapsed eight times or more, the worst first."""
    found = [
        (card, state) for card, state in states.items() if state.lapses >= schedule.LEECH_LAPSES
    ]
    return tuple(sorted(found, key=lambda leech: (-leech[1].lapses, leech[0])))
