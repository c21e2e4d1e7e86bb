"""How long the numbers of a long past take: a year of answers, against finding what counts."""

import time
from collections.abc import Callable
from collections.abc import Iterator
from datetime import timedelta
from statistics import median

from cmom_srs.study import schedule
from cmom_srs.study.notes import CardId
from cmom_srs.study.stats import distributions
from cmom_srs.study.stats import hardest
from cmom_srs.study.stats import weeks
from cmom_srs.study.stats.days import days_done
from cmom_srs.study.stats.retention import retention
from cmom_srs.study.stats.spacing import spaced
from tests.support.builders import DOMAINS
from tests.support.builders import TODAY
from tests.support.builders import cards_of
from tests.support.builders import note
from tests.support.long_past import studies

RUNS = 5
_CARDS, _NEW_A_DAY, _DAYS = 4_700, 13, 365


def report() -> Iterator[str]:
    """One line for each number: its median in milliseconds, and its ratio to the floor's."""
    cards = cards_of(
        *(
            note(f"fact-{place:04}", domain=DOMAINS[place % 3], position=place)
            for place in range(_CARDS)
        )
    )
    log = tuple(studies([card.id for card in cards], _DAYS, _NEW_A_DAY))
    by_card: dict[CardId, list[schedule.Review]] = {card.id: [] for card in cards}
    for review in log:
        by_card[review.card].append(review)
    states = {card: schedule.replay(reviews) for card, reviews in by_card.items()}
    counted = spaced(log)
    first_on = TODAY - timedelta(days=_DAYS)
    floor = _seconds(lambda: schedule.counted(log))
    yield f"what counts of {len(log)} answers in a year: {floor * 1000:.0f} ms"
    numbers: dict[str, Callable[[], object]] = {
        "with the days between": lambda: spaced(log),
        "retention": lambda: retention(counted, cards, DOMAINS),
        "days": lambda: days_done(log, counted, first_on, TODAY),
        "calendar": lambda: weeks.calendar(days_done(log, counted, first_on, TODAY), TODAY),
        "ease and intervals": lambda: (
            distributions.ease_factors(states.values()),
            distributions.intervals(states.values()),
        ),
        "hardest notes": lambda: hardest.hardest(counted, (), states, cards),
    }
    for name, work_out in numbers.items():
        took = _seconds(work_out)
        yield f"{name}: {took * 1000:.0f} ms; ratio {took / floor:.2f}"


def _seconds(work_out: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        work_out()
        times.append(time.perf_counter() - begun)
    return median(times)
