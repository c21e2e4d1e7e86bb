"""Drawing an exam: which notes, in what order, fresh ones and cases first."""

from collections import Counter
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from fractions import Fraction
from random import Random
from typing import NamedTuple

from cmom_srs.errors import CmomError
from cmom_srs.study.blueprint import Profile
from cmom_srs.study.exam import shares
from cmom_srs.study.exam.items import Item
from cmom_srs.study.exam.items import is_case
from cmom_srs.study.exam.supply import frozen_words
from cmom_srs.study.exam.supply import is_exam_item
from cmom_srs.study.notes import Note

MOST_CALCULATIONS = Fraction(15, 100)
_CASES = Fraction(1, 3)


class ShortSupplyError(CmomError):
    """Domains that cannot supply their share of an exam, each with what it can supply."""

    def __init__(self, short: Mapping[str, tuple[int, int]]) -> None:
        said = "; ".join(
            f"{domain} can supply {there} of {wanted} questions"
            for domain, (wanted, there) in short.items()
        )
        super().__init__(f"The decks are short of exam questions: {said}.", self._way_out(short))

    @staticmethod
    def _way_out(short: Mapping[str, tuple[int, int]]) -> str:
        if not any(there for _, there in short.values()):
            return "An exam asks choice notes of three or more options, and calculations."
        return "For a shorter exam: cmom exam --questions N"


class NothingAskedError(CmomError):
    """An exam that would have no question: none is wished, or its domains weigh nothing."""

    def __init__(self, profile: Profile) -> None:
        asked = ", ".join(domain for domain, weight in profile.weights.items() if weight)
        super().__init__(
            f"The exam would have no question. {profile.title} asks of: {asked}.",
            "Ask for one question or more, and of one of these.",
        )


@dataclass(frozen=True, slots=True)
class Wishes:
    """What an exam is to be.

    `questions` None for as many as a full exam takes from these `domains` (none named: all). The
    notes `kept_back` are for the rehearsal, and for it alone; `suspended` ones are not asked.
    """

    questions: int | None = None
    domains: tuple[str, ...] = ()
    is_rehearsal: bool = False
    kept_back: frozenset[str] = field(default_factory=frozenset)
    suspended: frozenset[str] = field(default_factory=frozenset)


class Used(NamedTuple):
    """In how many exams a note was drawn, and when for the last time (milliseconds)."""

    exams: int = 0
    last_ms: int = 0


class Supply(NamedTuple):
    """What of a learner's an exam is drawn from; see `draw`, and Wishes for the two sets."""

    notes: Sequence[Note]
    suspended: frozenset[str]
    seen: Collection[str]
    used: Mapping[str, Used]
    kept_back: frozenset[str] = frozenset()


def draw(
    notes: Iterable[Note],
    profile: Profile,
    rng: Random,
    wishes: Wishes,
    seen: Collection[str],
    used: Mapping[str, Used],
) -> tuple[Item, ...]:
    """The items of a new exam: the same for the same decks, log and random source.

    `notes` are those that are not retired; `seen` the ids of those whose words are not fresh to
    the learner. Raises ShortSupplyError; NothingAskedError where the wishes come to no question.
    """
    wanted = shares.of_profile(profile, wishes.domains, wishes.questions)
    if not any(wanted.values()):
        raise NothingAskedError(profile)
    supply = _by_domain(_askable(notes, wishes), wanted)
    calculations = allot_calculations(supply, wanted)
    _require_supply(supply, wanted, calculations)
    drawn: list[Note] = []
    for domain, share in wanted.items():
        by_chance = {note.id: rng.random() for note in supply[domain]}
        picking = _Picking(share, calculations[domain], supply[domain], wishes, seen, used)
        drawn += picking.pick(by_chance)
    rng.shuffle(drawn)
    return tuple(
        Item(position, note.id, note.domain, frozen_words(note, rng))
        for position, note in enumerate(drawn, start=1)
    )


def _askable(notes: Iterable[Note], wishes: Wishes) -> list[Note]:
    """Sorted, so that the order in which notes are given does not matter."""
    barred = wishes.suspended if wishes.is_rehearsal else wishes.suspended | wishes.kept_back
    found = (note for note in notes if is_exam_item(note) and note.id not in barred)
    return sorted(found, key=lambda note: note.id)


def _by_domain(notes: Iterable[Note], wanted: Iterable[str]) -> dict[str, list[Note]]:
    supply: dict[str, list[Note]] = {domain: [] for domain in wanted}
    for note in notes:
        if note.domain in supply:
            supply[note.domain].append(note)
    return supply


def is_calculation(note: Note) -> bool:
    """Whether a note has numbers to work with."""
    return note.kind == "calculation"


def allot_calculations(
    supply: Mapping[str, Sequence[Note]], wanted: Mapping[str, int]
) -> dict[str, int]:
    """The most calculations of each domain, of what it can supply and how many items are wanted.

    What it cannot do without, the rest of the most that an exam may ask by its share.
    """
    most = int(sum(wanted.values()) * MOST_CALCULATIONS)
    there = {domain: sum(map(is_calculation, notes)) for domain, notes in supply.items()}
    allotted = {
        domain: min(there[domain], max(0, wanted[domain] - (len(notes) - there[domain])))
        for domain, notes in supply.items()
    }
    left = max(0, most - sum(allotted.values()))
    room = {domain: min(there[domain], wanted[domain]) - allotted[domain] for domain in allotted}
    more = shares.largest_remainder(room, min(left, sum(room.values())))
    in_all = {domain: allotted[domain] + more[domain] for domain in allotted}
    return in_all if sum(in_all.values()) <= most else shares.largest_remainder(allotted, most)


def _require_supply(
    supply: Mapping[str, Sequence[Note]],
    wanted: Mapping[str, int],
    calculations: Mapping[str, int],
) -> None:
    short = {}
    for domain, notes in supply.items():
        choices = sum(not is_calculation(note) for note in notes)
        there = choices + min(calculations[domain], len(notes) - choices)
        if there < wanted[domain]:
            short[domain] = (wanted[domain], there)
    if short:
        raise ShortSupplyError(short)


class _Picking:
    """One domain's items being picked, one after the other."""

    def __init__(
        self,
        share: int,
        calculations: int,
        supply: Sequence[Note],
        wishes: Wishes,
        seen: Collection[str],
        used: Mapping[str, Used],
    ) -> None:
        self._share = share
        self._calculations = calculations
        self._wishes = wishes
        self._seen = seen
        self._used = used
        self._left = list(supply)
        # A deck's part of the share, as its supply has it of the domain's.
        decks = Counter(note.deck for note in supply)
        self._deck_shares = {
            deck: Fraction(share * count, len(supply)) for deck, count in decks.items()
        }
        self._picked: list[Note] = []
        self._picked_of: Counter[str] = Counter()
        self._cases = 0

    def pick(self, by_chance: Mapping[str, float]) -> list[Note]:
        """The domain's items; what the rules leave open is decided by these numbers."""
        while len(self._picked) < self._share:
            best = min(self._possible(), key=lambda note: (*self._rank(note), by_chance[note.id]))
            self._left.remove(best)
            self._picked.append(best)
            self._picked_of[best.deck] += 1
            self._cases += is_case(best.scenario)
        return self._picked

    def _possible(self) -> list[Note]:
        if sum(map(is_calculation, self._picked)) < self._calculations:
            return self._left
        return [note for note in self._left if not is_calculation(note)]

    def _rank(self, note: Note) -> tuple[bool, bool, bool, bool, int, int]:
        """What is picked first has the least; the order of the rules in docs/spec/exam.md."""
        needs_cases = self._cases < self._share * _CASES
        used = self._used.get(note.id, Used())
        return (
            note.id not in self._wishes.kept_back,
            note.id in self._seen,
            needs_cases and not is_case(note.scenario),
            self._picked_of[note.deck] > self._deck_shares[note.deck],
            used.exams,
            used.last_ms,
        )
