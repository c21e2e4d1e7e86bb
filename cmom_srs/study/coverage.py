"""What the decks cover: notes by domain, deck and kind, the supply for exams, how old facts are."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cmom_srs.study.blueprint import Blueprint
from cmom_srs.study.exam import shares
from cmom_srs.study.exam.supply import is_exam_item
from cmom_srs.study.notes import Note

OLDEST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class DeckCoverage:
    """One deck: its notes by kind, and how many are scenarios or fit for an exam."""

    domain: str
    deck: str
    kinds: Mapping[str, int]
    scenarios: int
    exam_items: int

    @property
    def notes(self) -> int:
        """All notes of the deck."""
        return sum(self.kinds.values())


@dataclass(frozen=True, slots=True)
class DomainCoverage:
    """One domain: its decks, and how many questions a full exam takes from it."""

    domain: str
    decks: tuple[DeckCoverage, ...]
    exam_questions: int

    @property
    def notes(self) -> int:
        """All notes of the domain."""
        return sum(deck.notes for deck in self.decks)

    @property
    def exam_items(self) -> int:
        """The notes of the domain that an exam can ask."""
        return sum(deck.exam_items for deck in self.decks)

    @property
    def exams(self) -> float | None:
        """How many full exams the supply fills without repeating; None when an exam takes none."""
        return self.exam_items / self.exam_questions if self.exam_questions else None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The domains in the blueprint's order, and the dated notes with the oldest facts.

    `ending` counts the notes that say until when they hold by the year of that day, ascending.
    """

    domains: tuple[DomainCoverage, ...]
    oldest: tuple[tuple[date, str], ...]
    ending: Mapping[int, int]


def cover(notes: Iterable[Note], blueprint: Blueprint) -> Coverage:
    """What these notes cover of the blueprint's first profile."""
    notes = tuple(notes)
    questions = shares.of_profile(blueprint.profile())
    domains = tuple(
        _domain(
            domain.key,
            [note for note in notes if note.domain == domain.key],
            questions.get(domain.key, 0),
        )
        for domain in blueprint.domains
    )
    dated = sorted((note.as_of, note.id) for note in notes if note.as_of)
    years = Counter(sorted(note.until.year for note in notes if note.until))
    return Coverage(domains, tuple(dated[:OLDEST_SHOWN]), years)


def _domain(domain: str, notes: Sequence[Note], questions: int) -> DomainCoverage:
    decks = dict.fromkeys(note.deck for note in notes)
    covered = tuple(
        _deck(domain, deck, [note for note in notes if note.deck == deck]) for deck in decks
    )
    return DomainCoverage(domain, covered, questions)


def _deck(domain: str, deck: str, notes: Sequence[Note]) -> DeckCoverage:
    return DeckCoverage(
        domain=domain,
        deck=deck,
        kinds=Counter(note.kind for note in notes),
        scenarios=sum(bool(note.scenario) and note.kind == "choice" for note in notes),
        exam_items=sum(map(is_exam_item, notes)),
    )
