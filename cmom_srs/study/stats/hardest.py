"""The notes that go wrong most, and why."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field

from cmom_srs.study.exam import score
from cmom_srs.study.exam.events import Reason
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.notes import Note
from cmom_srs.study.readiness.record import SatExam
from cmom_srs.study.schedule import CardState
from cmom_srs.study.stats.scores import is_right
from cmom_srs.study.stats.spacing import Spaced
from cmom_srs.study.tally import Tally


@dataclass(frozen=True, slots=True)
class HardNote:
    """A note and what went wrong with it, over all of its cards in use.

    `reviews` is the score of counted answers to cards seen before, `items` that of the questions
    that exams showed of it, `reasons` the learner's own for those that were missed. `ease_factor`
    is the lowest, in hundredths; None where no card was answered yet.
    """

    note: Note
    reviews: Tally
    items: Tally
    lapses: int
    ease_factor: int | None
    reasons: Mapping[Reason, int]

    @property
    def wrong(self) -> int:
        """How often it went wrong."""
        return self.asked - self.reviews.right - self.items.right

    @property
    def asked(self) -> int:
        """How often it was asked."""
        return self.reviews.total + self.items.total

    @property
    def wrong_at_least(self) -> float:
        """The lower end of Wilson's 90 % interval of the share wrong, in percent."""
        interval = Tally(self.wrong, self.asked).interval
        return interval[0] if interval else 0.0


@dataclass(slots=True)
class _Counts:
    reviews: Counter[bool] = field(default_factory=Counter)
    items: Counter[bool] = field(default_factory=Counter)
    reasons: Counter[Reason] = field(default_factory=Counter)


def hardest(
    answers: Iterable[Spaced],
    exams: Iterable[SatExam],
    states: Mapping[CardId, CardState],
    cards: Iterable[Card],
) -> tuple[HardNote, ...]:
    """The notes that went wrong, the worst first; suspended cards aside."""
    return worst_first(asked_notes(answers, exams, states, cards))


def worst_first(notes: Iterable[HardNote]) -> tuple[HardNote, ...]:
    """Those of the notes that went wrong, the worst first.

    Worst is the greatest share wrong that so few answers allow to claim, the lower end of its
    interval: one slip of one is not worse than nine of twelve. Then come lapses, ease and name.
    """
    return tuple(sorted((note for note in notes if note.wrong), key=_place))


def asked_notes(
    answers: Iterable[Spaced],
    exams: Iterable[SatExam],
    states: Mapping[CardId, CardState],
    cards: Iterable[Card],
) -> Iterator[HardNote]:
    """Every note with a card in use, and how it went."""
    used = [card for card in cards if card.id in states and not states[card.id].is_suspended]
    counts = {card.note.id: _Counts() for card in used}
    _count_reviews(counts, answers, {card.id for card in used})
    for each in exams:
        _count_items(counts, each)
    notes = {card.note.id: card.note for card in used}
    of_note: dict[str, list[CardState]] = {}
    for card in used:
        of_note.setdefault(card.note.id, []).append(states[card.id])
    return (_hard_note(notes[name], counts[name], of_note[name]) for name in notes)


def _count_reviews(
    counts: Mapping[str, _Counts], answers: Iterable[Spaced], used: set[CardId]
) -> None:
    for review, elapsed_days in answers:
        if elapsed_days is not None and review.card in used:
            counts[review.card.note_id].reviews[is_right(review)] += 1


def _count_items(counts: Mapping[str, _Counts], each: SatExam) -> None:
    for item in each.exam.items:
        of_note = counts.get(item.note_id)
        if of_note is None or item.position not in each.sheet.shown:
            continue
        is_item_right = score.is_right(item, each.sheet)
        of_note.items[is_item_right] += 1
        reason = each.sheet.reasons.get(item.position)
        if reason and not is_item_right:
            of_note.reasons[reason] += 1


def _hard_note(note: Note, counts: _Counts, states: Iterable[CardState]) -> HardNote:
    seen = [state for state in states if not state.is_new]
    return HardNote(
        note=note,
        reviews=_tally(counts.reviews),
        items=_tally(counts.items),
        lapses=sum(state.lapses for state in seen),
        ease_factor=min((state.memory.ease_factor for state in seen), default=None),
        reasons=dict(counts.reasons),
    )


def _tally(counts: Counter[bool]) -> Tally:
    return Tally(counts[True], counts.total())


def _place(note: HardNote) -> tuple[float, int, int, str]:
    return -note.wrong_at_least, -note.lapses, note.ease_factor or 0, note.note.id


def reasons(exams: Iterable[SatExam]) -> dict[Reason | None, int]:
    """Why the questions that exams showed were missed, the most frequent first.

    None, which comes last, stands for those that the learner gave no reason for.
    """
    counts: Counter[Reason | None] = Counter(
        each.sheet.reasons.get(item.position)
        for each in exams
        for item in each.exam.items
        if item.position in each.sheet.shown and not score.is_right(item, each.sheet)
    )
    in_order = sorted(counts, key=lambda reason: (reason is None, -counts[reason], reason or ""))
    return {reason: counts[reason] for reason in in_order}
