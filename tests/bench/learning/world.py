"""What all simulated learners share: the shipped cards, the exam, the situations, the models."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cmom_srs.deckfiles.read import read
from cmom_srs.study import notes
from cmom_srs.study.blueprint import Profile
from cmom_srs.study.day import order
from cmom_srs.study.day.limits import Limits
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from tests.bench.learning.memories.act_r import ActR
from tests.bench.learning.memories.fsrs_6 import Fsrs6
from tests.bench.learning.memories.trace import MakesModel
from tests.bench.learning.memories.two_components import TwoComponents

MODELS: Mapping[str, MakesModel] = {
    "FSRS-6": Fsrs6,
    "ACT-R": ActR,
    "two components": TwoComponents,
}


@dataclass(frozen=True, slots=True)
class Situation:
    """So many days until the exam, so many minutes on each of them."""

    weeks: int
    minutes: int

    @property
    def days(self) -> int:
        """Study days; the exam is in the morning after the last."""
        return self.weeks * 7

    def __str__(self) -> str:
        return f"{self.weeks} weeks, {self.minutes} minutes a day"


SITUATIONS = (
    Situation(8, 60),
    Situation(8, 30),
    Situation(8, 20),
    Situation(3, 20),
    Situation(4, 30),
    Situation(12, 30),
)


@dataclass(frozen=True, slots=True)
class World:
    """The cards in the order of the decks, all notes, and the exam as the blueprint has it.

    `introduced` are the cards in the order in which every arm introduces them (schedule, rule 5).
    """

    cards: tuple[Card, ...]
    profile: Profile
    introduced: tuple[CardId, ...]

    @property
    def notes(self) -> tuple[notes.Note, ...]:
        """The notes of the cards."""
        return tuple({card.note.id: card.note for card in self.cards}.values())

    @property
    def domains(self) -> Mapping[str, tuple[CardId, ...]]:
        """The cards of each domain."""
        found: dict[str, list[CardId]] = {}
        for card in self.cards:
            found.setdefault(card.note.domain, []).append(card.id)
        return {domain: tuple(cards) for domain, cards in found.items()}


def of_shipped_decks(folder: Path) -> World:
    """The world of the decks in a folder."""
    decks = read(folder)
    if decks.blueprint is None:
        raise ValueError(f"no blueprint in {folder}")
    cards = tuple(
        sorted((card for note in decks.notes for card in notes.cards(note)), key=order.place)
    )
    profile = decks.blueprint.profile()
    introduced = order.in_proportion(cards, cards, Limits(weights=profile.weights))
    return World(cards, profile, introduced)
