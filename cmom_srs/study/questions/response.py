"""What a learner gives in response to a question, and whether it is right."""

from dataclasses import dataclass

import msgspec

from cmom_srs.study.questions import calculation
from cmom_srs.study.questions import question as questions
from cmom_srs.study.questions.calculation import Judgment
from cmom_srs.study.questions.calculation import TypedNumber
from cmom_srs.study.questions.question import Compute
from cmom_srs.study.questions.question import FillGap
from cmom_srs.study.questions.question import PickOption
from cmom_srs.study.questions.question import PutInOrder
from cmom_srs.study.questions.question import Recall

_LONGEST_TYPED = 100


@dataclass(frozen=True, slots=True)
class Recalled:
    """A basic card whose answer was shown: only the learner knows whether it is right."""

    question: Recall


@dataclass(frozen=True, slots=True)
class Filled:
    """A cloze card whose gap was filled: only the learner knows whether it is right."""

    question: FillGap


@dataclass(frozen=True, slots=True)
class Picked:
    """The places, from 0, of the options chosen."""

    question: PickOption
    chosen: frozenset[int]


@dataclass(frozen=True, slots=True)
class Computed:
    """The number as typed, and as read."""

    question: Compute
    text: str
    number: TypedNumber

    @property
    def judgment(self) -> Judgment:
        """What the number is worth."""
        return calculation.judge(self.question.calculation, self.question.drawn, self.number)


@dataclass(frozen=True, slots=True)
class Ordered:
    """The places shown, from 0, in the learner's order."""

    question: PutInOrder
    order: tuple[int, ...]


Response = Recalled | Filled | Picked | Computed | Ordered


def is_right(response: Response) -> bool | None:
    """Whether the response is right; None where the learner is the judge."""
    match response:
        case Recalled() | Filled():
            return None
        case Picked(question=question, chosen=chosen):
            return questions.is_right_choice(question, chosen)
        case Computed():
            return response.judgment.is_right
        case Ordered(question=question, order=order):
            return not questions.wrong_places(question, order)


def to_json(response: Response) -> str | None:
    """What was given, for the log; None where only the answer was shown.

    Of a choice the places of the options in the note, of steps their numbers in the order given,
    both from 1; of a calculation the numbers drawn and the text typed.
    """
    match response:
        case Recalled() | Filled():
            return None
        case Picked(question=question, chosen=chosen):
            places = question.places or range(len(question.options))
            return _encoded(sorted(places[place] + 1 for place in chosen))
        case Computed(question=question, text=text):
            drawn = {name: str(value) for name, value in question.drawn.numbers.items()}
            return _encoded({"drawn": drawn, "typed": text[:_LONGEST_TYPED]})
        case Ordered(question=question, order=order):
            return _encoded([question.right_places[shown] + 1 for shown in order])


def _encoded(given: list[int] | dict[str, object]) -> str:
    return msgspec.json.encode(given).decode()
