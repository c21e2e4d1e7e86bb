"""How far cards are: unseen, in their first three weeks, beyond, put aside; and the leeches."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass

from cmom_srs.study import schedule
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.schedule import NEVER_ANSWERED
from cmom_srs.study.schedule import CardState

YOUNG_DAYS = 21


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
