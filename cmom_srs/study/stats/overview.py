"""What a learner's answers come to: today, in the last thirty study days, in each domain."""

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import timedelta

from cmom_srs.study import schedule
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import CardState
from cmom_srs.study.schedule import Review
from cmom_srs.study.schedule import ReviewKind
from cmom_srs.study.stats.progress import Progress
from cmom_srs.study.stats.progress import progress_by_domain
from cmom_srs.study.stats.scores import score
from cmom_srs.study.stats.scores import score_by
from cmom_srs.study.tally import Tally

RECENT_DAYS = 30


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
