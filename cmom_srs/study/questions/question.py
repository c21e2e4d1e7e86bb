"""A card put as a question: what is shuffled or drawn for it, and what an answer to it is worth."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from cmom_srs.study.notes import Basic
from cmom_srs.study.notes import Calculation
from cmom_srs.study.notes import Card
from cmom_srs.study.notes import CardId
from cmom_srs.study.notes import Choice
from cmom_srs.study.notes import Cloze
from cmom_srs.study.notes import Gap
from cmom_srs.study.notes import Option
from cmom_srs.study.notes import Steps
from cmom_srs.study.notes import cloze_parts
from cmom_srs.study.questions import calculation
from cmom_srs.study.questions.calculation import Draw
from cmom_srs.study.schedule import Rating
from cmom_srs.study.texts import question_text

SLOW_MS = 90_000
SLOW_CALCULATION_MS = 180_000
AWAY_MS = 600_000


@dataclass(frozen=True, slots=True)
class Recall:
    """A basic card: the learner recalls, reveals and rates."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class FillGap:
    """A cloze card: the gaps of one number are asked, the others shown."""

    text: str
    number: int


@dataclass(frozen=True, slots=True)
class PickOption:
    """A choice card with its options in the order shown; letters count them from a.

    `places` says where in the note, from 0, each of them is written; empty when they are shown so.
    """

    question: str
    options: tuple[Option, ...]
    places: tuple[int, ...] = ()

    @property
    def right(self) -> frozenset[int]:
        """The places of the right options, from 0."""
        return frozenset(place for place, option in enumerate(self.options) if option.is_right)


@dataclass(frozen=True, slots=True)
class Compute:
    """A calculation card with its numbers drawn; the question shows them."""

    question: str
    calculation: Calculation
    drawn: Draw


@dataclass(frozen=True, slots=True)
class PutInOrder:
    """A steps card: `shown` are the steps as shown, `right_places` where each of them belongs."""

    question: str
    shown: tuple[str, ...]
    right_places: tuple[int, ...]

    @property
    def solution(self) -> tuple[int, ...]:
        """The places shown, from 0, in the right order."""
        return tuple(sorted(range(len(self.shown)), key=self.right_places.__getitem__))


Question = Recall | FillGap | PickOption | Compute | PutInOrder


def seed(card: CardId, today: date, answers_today: int) -> str:
    """The seed of a card's shuffle and numbers: the same until it is answered again.

    `answers_today` counts the day's answers to the card, so that a repeat is shuffled anew and a
    question shown twice before it is answered looks the same.
    """
    return f"{card} {today.isoformat()} {answers_today}"


def ask(card: Card, rng: Random) -> Question:
    """The card as a question, shuffled or drawn by the random source."""
    match card.note.body:
        case Basic(question=question, answer=answer):
            return Recall(question, answer) if card.ordinal == 1 else Recall(answer, question)
        case Cloze(text=text):
            return FillGap(text, card.ordinal)
        case Choice(question=question, options=options):
            places = _shuffle_places(options, rng)
            return PickOption(question, tuple(options[place] for place in places), places)
        case Calculation() as body:
            drawn = calculation.draw(body, rng)
            return Compute(calculation.fill(body.question, body, drawn), body, drawn)
        case Steps(question=question, steps=steps):
            places = shuffle_steps(len(steps), rng)
            return PutInOrder(question, tuple(steps[place] for place in places), places)


def gapped_text(question: FillGap, show: Callable[[str], str] = str) -> str:
    """The text, its asked gaps as `[...]` or `[hint]` put through `show`, the others filled."""
    return _with_gaps(question, lambda gap: show(f"[{gap.hint or '...'}]"))


def filled_text(question: FillGap, show: Callable[[str], str] = str) -> str:
    """The text, its asked gaps as `«text»` put through `show`, the others filled."""
    return _with_gaps(question, lambda gap: show(f"«{gap.text}»"))


def _with_gaps(question: FillGap, show_asked: Callable[[Gap], str]) -> str:
    def shown(part: str | Gap) -> str:
        if isinstance(part, str):
            return part
        return show_asked(part) if part.number == question.number else part.text

    return "".join(map(shown, cloze_parts(question.text)))


def asked_text(card: Card) -> str:
    """What a card asks, in its own words: its gaps open, and the numbers to be drawn left out."""
    match card.note.body:
        case Basic(answer=answer) if card.ordinal == 2:
            return answer
        case Cloze(text=text):
            return gapped_text(FillGap(text, card.ordinal))
        case _:
            return question_text(card.note)


def fill(question: Question, text: str) -> str:
    """A text of the card's note (scenario, extra, why) with the numbers drawn for the question."""
    if isinstance(question, Compute):
        return calculation.fill(text, question.calculation, question.drawn)
    return text


def shuffle_options(options: Sequence[Option], rng: Random) -> tuple[Option, ...]:
    """The options shuffled; those marked `{last}` after the others, in written order."""
    return tuple(options[place] for place in _shuffle_places(options, rng))


def _shuffle_places(options: Sequence[Option], rng: Random) -> tuple[int, ...]:
    free = [place for place, option in enumerate(options) if not option.is_last]
    rng.shuffle(free)
    return (*free, *(place for place, option in enumerate(options) if option.is_last))


def shuffle_steps(count: int, rng: Random) -> tuple[int, ...]:
    """Places from 0 in an order that is never the right one; `count` at least 2."""
    places = list(range(count))
    while places == sorted(places):
        rng.shuffle(places)
    return tuple(places)


def is_right_choice(question: PickOption, chosen: Iterable[int]) -> bool:
    """Right only if exactly the marked options are chosen: no part credit."""
    return frozenset(chosen) == question.right


def wrong_places(question: PutInOrder, order: Sequence[int]) -> tuple[int, ...]:
    """The places from 0 at which `order`, places shown in the learner's order, is wrong."""
    return tuple(
        place for place, chosen in enumerate(order) if question.right_places[chosen] != place
    )


def suggest_rating(
    question: Question, is_right: bool, duration_ms: int, looked_up: bool
) -> Rating | None:
    """The rating that fits an objective answer; None after ten minutes, which count as away.

    Wrong is Again; right is Good, but Hard when it was slow or the manual was opened.
    """
    if duration_ms > AWAY_MS:
        return None
    if not is_right:
        return Rating.AGAIN
    slow_ms = SLOW_CALCULATION_MS if isinstance(question, Compute) else SLOW_MS
    return Rating.HARD if looked_up or duration_ms > slow_ms else Rating.GOOD
