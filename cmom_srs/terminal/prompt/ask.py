"""Asking for the response to each kind of question, and for the rating of the card."""

from cmom_srs.study.questions import calculation
from cmom_srs.study.questions.question import Compute
from cmom_srs.study.questions.question import FillGap
from cmom_srs.study.questions.question import PickOption
from cmom_srs.study.questions.question import PutInOrder
from cmom_srs.study.questions.question import Question
from cmom_srs.study.questions.question import Recall
from cmom_srs.study.questions.response import Computed
from cmom_srs.study.questions.response import Filled
from cmom_srs.study.questions.response import Ordered
from cmom_srs.study.questions.response import Picked
from cmom_srs.study.questions.response import Recalled
from cmom_srs.study.questions.response import Response
from cmom_srs.study.schedule import Rating
from cmom_srs.study.wording import name_of
from cmom_srs.terminal.commands import COMMANDS
from cmom_srs.terminal.commands import Command
from cmom_srs.terminal.keyboard.keys import ENTER
from cmom_srs.terminal.keyboard.keys import SPACE
from cmom_srs.terminal.prompt.prompt import LETTERS
from cmom_srs.terminal.prompt.prompt import Prompt
from cmom_srs.terminal.prompt.prompt import Wake
from cmom_srs.terminal.prompt.prompt import labels

_IN_NUMBERS = "0123456789$,.%-−() "
_NOTHING_TYPED = "Type the number, then Enter."
_LONGEST_NUMBER = 40
_NO_NUMBER = "That does not read as a number; write it like 1,250.50."


def ask_response(
    prompt: Prompt, question: Question, chosen: list[int], draft: list[str]
) -> Response | Command | Wake:
    """The response to a question, or the command given instead.

    `chosen` and `draft` hold what was chosen and typed before such a command came.
    """
    match question:
        case Recall():
            return _await(prompt, Recalled(question))
        case FillGap():
            return _await(prompt, Filled(question))
        case PickOption() if len(question.right) == 1:
            return _pick_one(prompt, question)
        case PickOption(options=options):
            command = prompt.letters(len(options), chosen, False, COMMANDS)
            return command or Picked(question, frozenset(chosen))
        case Compute():
            return _compute(prompt, question, draft)
        case PutInOrder(shown=shown):
            command = prompt.letters(len(shown), chosen, True, COMMANDS)
            return command or Ordered(question, tuple(chosen))


def _await(prompt: Prompt, response: Recalled | Filled) -> Response | Command | Wake:
    onward = prompt.onward
    wanted: dict[str, Response | Command] = {**COMMANDS, SPACE: response, ENTER: response}
    return prompt.key(f"{onward} shows the answer", wanted, f"{onward} shows the answer.")


def _pick_one(prompt: Prompt, question: PickOption) -> Response | Command | Wake:
    count = len(question.options)
    shown = labels(prompt.screen.is_plain)
    wanted: dict[str, Response | Command] = {
        label: Picked(question, frozenset({place}))
        for known in (LETTERS, shown)
        for place, label in enumerate(known[:count])
    }
    first, last = shown[0], shown[count - 1]
    return prompt.key(f"Choose {first} to {last}", wanted | COMMANDS, f"One of {first} to {last}.")


def _compute(prompt: Prompt, question: Compute, draft: list[str]) -> Response | Command | Wake:
    unit = question.calculation.unit
    words = f"Your answer ({unit})" if unit else "Your answer"
    while True:
        typed = prompt.line(
            words, COMMANDS, accepts=lambda text: _may_be_number(text, unit), draft=draft
        )
        if isinstance(typed, Command | Wake):
            return typed
        number = calculation.read_number(typed, unit)
        if number is not None:
            return Computed(question, typed, number)
        prompt.screen.show(_NO_NUMBER if typed else _NOTHING_TYPED)


def _may_be_number(text: str, unit: str) -> bool:
    """Whether a number that is being typed may read so: its unit's letters follow a digit."""
    in_unit = unit.casefold() if any(map(str.isdigit, text)) else ""
    is_known = all(character in _IN_NUMBERS + in_unit for character in text.casefold())
    return is_known and len(text) <= _LONGEST_NUMBER and not text.startswith(" ")


def ask_rating(
    prompt: Prompt, suggested: Rating | None, is_folded: bool = False
) -> Rating | Command | Wake:
    """The rating, or the command given instead; Space and Enter take the suggested one, if any.

    `is_folded` when a key shows more of the answer.
    """
    numbered = {str(number): rating for number, rating in enumerate(Rating, start=1)}
    wanted: dict[str, Rating | Command] = {**COMMANDS, **numbered}
    deliberate = (*numbered, SPACE, ENTER)
    more = "   w whys" if is_folded else ""
    if suggested is None:
        words = "Rate it 1 to 4"
        return prompt.key(f"{words}{more}", wanted, "One of 1 to 4.", deliberate=deliberate)
    wanted |= {SPACE: suggested, ENTER: suggested}
    words = f"{prompt.onward} takes {name_of(suggested)}, or 1 to 4"
    return prompt.key(f"{words}{more}", wanted, f"{words}.", deliberate=deliberate)
