"""What differs between simulated learners, and between cards for one learner: drawn from a seed.

Every arm gets the same learner: the same traits, the same ease of each card, the same draw of luck
at a card's nth answer, the same seconds.
"""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from random import Random

from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId

FIRST_SIGHT_SECONDS = 35.0
RIGHT_SECONDS = 12.0
WRONG_SECONDS = 20.0
REPEAT_SECONDS = 10.0

_KINDS_SECONDS = {"basic": 0.8, "cloze": 0.8, "choice": 1.0, "calculation": 1.6, "steps": 1.3}
_PACE_SPREAD = 0.25  # of the logarithm: two learners of three within 22 % below and 28 % above
_KNOWN_BEFORE = -1.1  # as log-odds: one card in four, for the mean learner
_KNOWN_SPREAD_OF_LEARNERS = 0.5
_KNOWN_SPREAD_OF_DOMAINS = 0.5
_KNOWN_BY_EASE = 0.7


@dataclass(frozen=True, slots=True)
class Traits:
    """A learner in numbers.

    `strength` of what is learnt at first, and `forgetting`, are standard normal; each memory model
    says what one of them means to it. `pace` multiplies all seconds. `known_before` are the
    log-odds, by domain, that a card of average ease is known when it is first seen. `ease` by card
    is standard normal.
    """

    seed: int
    strength: float
    forgetting: float
    pace: float
    known_before: Mapping[str, float]
    ease: Mapping[CardId, float]

    def knows_before(self, card: Card) -> float:
        """The chance that a card is known at its first sight."""
        ease = self.ease[card.id]
        return 1 / (1 + exp(-self.known_before[card.note.domain] - _KNOWN_BY_EASE * ease))

    def seconds(self, card: Card, base: float) -> float:
        """What an answer takes that takes `base` seconds on average."""
        return base * _KINDS_SECONDS[card.note.kind] * self.pace

    def luck(self, card: CardId) -> Random:
        """The draws of a card's answers, the first, the second and so on: the same in every arm."""
        return Random(f"{self.seed} {card}")


def draw_traits(seed: int, cards: Iterable[Card]) -> Traits:
    """The learner of this seed."""
    rng = Random(seed)
    strength, forgetting, pace = (rng.gauss(0, 1) for _ in range(3))
    knows = rng.gauss(_KNOWN_BEFORE, _KNOWN_SPREAD_OF_LEARNERS)
    cards = sorted(cards, key=lambda card: card.id)
    domains = sorted({card.note.domain for card in cards})
    return Traits(
        seed=seed,
        strength=strength,
        forgetting=forgetting,
        pace=exp(_PACE_SPREAD * pace),
        known_before={domain: knows + rng.gauss(0, _KNOWN_SPREAD_OF_DOMAINS) for domain in domains},
        ease={card.id: rng.gauss(0, 1) for card in cards},
    )
