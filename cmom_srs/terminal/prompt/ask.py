"""Asking for the answer to each kind of question, and for the rating of it."""

from cmom_srs.study import calculation
from cmom_srs.study.question import Compute
from cmom_srs.study.question import FillGap
from cmom_srs.study.question import PickOption
from cmom_srs.study.question import PutInOrder
from cmom_srs.study.question import Question
from cmom_srs.study.question import Recall
from cmom_srs.study.response import Answer
from cmom_srs.study.response import Computed
from cmom_srs.study.response import Filled
from cmom_srs.study.response import Ordered
from cmom_srs.study.response import Picked
from cmom_srs.study.response import Recalled
from cmom_srs.study.schedule import Rating
from cmom_srs.terminal.keyboard.keys import ENTER
from cmom_srs.terminal.keyboard.keys import SPACE
from cmom_srs.terminal.prompt.prompt import LETTERS
from cmom_srs.terminal.prompt.prompt import NUMBERS
from cmom_srs.terminal.prompt.prompt import Asker
from cmom_srs.terminal.prompt.prompt import Command
from cmom_srs.terminal.prompt.prompt import labels
from cmom_srs.terminal.ratings import name_of

_NO_NUMBER = "That does not read as a number; write it like 1,250.50."


def ask_answer(asker: Asker, question: Question, chosen: list[int]) -> Answer | Command:
    """The answer to a question, or the command given instead.

    `chosen` holds what was chosen before such a command came.
    """
    match question:
        case Recall():
            return _await(asker, Recalled(question))
        case FillGap():
            return _await(asker, Filled(question))
        case PickOption() if len(question.right) == 1:
            return _pick_one(asker, question)
        case PickOption(options=options):
            command = asker.letters(len(options), chosen, is_ordered=False)
            return command or Picked(question, frozenset(chosen))
        case Compute():
            return _compute(asker, question)
        case PutInOrder(shown=shown):
            command = asker.letters(len(shown), chosen, is_ordered=True)
            return command or Ordered(question, tuple(chosen))


def _await(asker: Asker, answer: Recalled | Filled) -> Answer | Command:
    onward = asker.onward
    wanted: dict[str, Answer] = {SPACE: answer, ENTER: answer}
    return asker.key(f"{onward} shows the answer", wanted, f"{onward} shows the answer.")


def _pick_one(asker: Asker, question: PickOption) -> Answer | Command:
    count = len(question.options)
    wanted: dict[str, Answer] = {
        label: Picked(question, frozenset({place}))
        for known in (LETTERS, NUMBERS)
        for place, label in enumerate(known[:count])
    }
    shown = labels(asker.paper.is_plain)
    first, last = shown[0], shown[count - 1]
    return asker.key(f"Choose {first} to {last}", wanted, f"One of {first} to {last}.")


def _compute(asker: Asker, question: Compute) -> Answer | Command:
    unit = question.calculation.unit
    while True:
        typed = asker.line(f"Your answer ({unit})" if unit else "Your answer")
        if isinstance(typed, Command):
            return typed
        number = calculation.read_number(typed, unit)
        if number is not None:
            return Computed(question, typed, number)
        asker.paper.show(_NO_NUMBER)


def ask_rating(asker: Asker, suggested: Rating | None) -> Rating | Command:
    """The rating, or the command given instead; Space and Enter take the suggested one, if any."""
    wanted = {str(number): rating for number, rating in enumerate(Rating, start=1)}
    if suggested is None:
        return asker.key("Rate it 1 to 4", wanted, "One of 1 to 4.")
    wanted |= {SPACE: suggested, ENTER: suggested}
    takes = f"{asker.onward} takes {name_of(suggested)}, or choose 1 to 4"
    return asker.key(takes, wanted, f"{takes}.")
