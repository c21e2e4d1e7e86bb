"""The two faces of a card: its question, and its answer beside the question."""

from collections.abc import Container
from collections.abc import Iterable
from datetime import date

from rich.console import Group
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from cmom_srs.study import lookups
from cmom_srs.study import wording
from cmom_srs.study.notes import Note
from cmom_srs.study.notes import Option
from cmom_srs.study.questions import calculation
from cmom_srs.study.questions import question as questions
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
from cmom_srs.terminal.output.gaps import ABOVE_RATINGS
from cmom_srs.terminal.output.gaps import BELOW_QUESTION
from cmom_srs.terminal.output.gaps import BELOW_SCENARIO
from cmom_srs.terminal.output.gaps import IN_ANSWER
from cmom_srs.terminal.output.markdown import author_text
from cmom_srs.terminal.output.markdown import plain_text
from cmom_srs.terminal.output.markdown import stand_out
from cmom_srs.terminal.prompt.prompt import labels

_WORDS = {
    (True, True): "Right, your choice. ",
    (True, False): "Right. ",
    (False, True): "Wrong, your choice. ",
    (False, False): "",
}

_Row = tuple[Text, str, RenderableType]


def stem(question: Question, scenario: str) -> RenderableType:
    """What stays on the screen while it is answered: the scenario, if any, and the question."""
    parts: list[RenderableType] = []
    if scenario:
        parts += [author_text(questions.fill(question, scenario)), BELOW_SCENARIO]
    if not isinstance(question, FillGap):
        parts += [author_text(question.question, style="strong"), BELOW_QUESTION]
    return Group(*parts)


def unanswered(question: Question, is_plain: bool) -> RenderableType:
    """What the answer takes the place of: the text with its gap, the options, the steps."""
    match question:
        case Recall():
            return Group()
        case FillGap():
            return Group(author_text(questions.gapped_text(question, stand_out)), "")
        case PickOption(options=options):
            several = ["Select all that apply.", ""] if len(question.right) > 1 else []
            return Group(*several, choices([option.text for option in options], is_plain), "")
        case Compute():
            hint = Text("Type a number or a command key, then Enter.", "quiet")
            return Group(hint, "") if is_plain else Group()
        case PutInOrder(shown=shown):
            return Group("Put these steps in order.", "", choices(shown, is_plain), "")


def answered(response: Response, is_plain: bool) -> RenderableType:
    """The answer, what the learner gave, and why."""
    match response:
        case Recalled(question=question):
            return Group(Text("Answer", "quiet"), author_text(question.answer), IN_ANSWER)
        case Filled(question=question):
            return Group(author_text(questions.filled_text(question, stand_out)), IN_ANSWER)
        case Picked():
            return picked(response, is_plain)
        case Computed():
            return _computed(response, is_plain)
        case Ordered():
            return _ordered(response, is_plain)


def folded(response: Response) -> RenderableType | None:
    """The answer in fewer lines, for a small screen; None where there are none to save.

    An option that was neither chosen nor right is cut to a line, without its why; a step says on
    its own line where it was put.
    """
    match response:
        case Picked(question=question, chosen=chosen):
            others = set(range(len(question.options))) - question.right - chosen
            return picked(response, False, folded=others) if others else None
        case Ordered():
            return _ordered(response, False, is_folded=True)
        case _:
            return None


def footer(
    question: Question,
    note: Note,
    today: date,
    own_words: tuple[str, str | None],
    is_plain: bool,
) -> RenderableType:
    """What follows every answer: the extra, the learner's own line, then where it is from.

    `own_words` are that line, and the page of the manual noted for the note's topic.
    """
    remark, page = own_words
    extra = questions.fill(question, note.extra)
    holding = wording.holding(note.as_of, note.until, today)
    facts = origin(note.source, holding, lookups.with_page(note.manual, page), is_plain)
    warning = wording.warning(note.until, today)
    return Group(*beside_answer(extra, warning, remark), facts, ABOVE_RATINGS)


def beside_answer(extra: str, warning: str, remark: str) -> list[RenderableType]:
    """The author's and the learner's words beside an answer, as far as there are any.

    Between them the warning that it no longer holds.
    """
    parts: list[RenderableType] = []
    if extra:
        parts += [author_text(extra), IN_ANSWER]
    if warning:
        parts += [Text(warning, "strong"), IN_ANSWER]
    if remark:
        parts += [Text(f"Your note: {remark}"), IN_ANSWER]
    return parts


def origin(source: str, holding: str, manual: str, is_plain: bool) -> Text:
    """Where an answer is from, when it holds, and where the manual has it."""
    facts = [f"Source: {source}"]
    if holding:
        facts.append(holding)
    if manual:
        facts.append(f"Manual: {manual}")
    return Text(("\n" if is_plain else " · ").join(facts), "quiet")


def choices(texts: Iterable[str], is_plain: bool, chosen: int | None = None) -> RenderableType:
    """Labeled options to choose from; a sign before the one chosen, by its place from 0."""
    rows: list[_Row] = []
    for place, (label, text) in enumerate(zip(labels(is_plain), texts, strict=False)):
        is_chosen = place == chosen
        sign = Text(">" if is_chosen else "", "strong")
        rows.append((sign, f"{label})", author_text(text, "strong" if is_chosen else "none")))
    return _listed(rows, is_plain)


def picked(
    response: Picked, is_plain: bool, folded: Container[int] = (), has_verdict: bool = True
) -> RenderableType:
    """The options with their whys, the right one and the chosen one signed; above, if it is right.

    Those at the places `folded`, from 0, are cut to a line, without their why.
    """
    rows: list[_Row] = []
    for place, option in enumerate(response.question.options):
        is_chosen = place in response.chosen
        sign = option.is_right if option.is_right or is_chosen else None
        shown = _cut(option.text) if place in folded else _with_why(option, is_chosen)
        rows.append((_sign(sign), f"{labels(is_plain)[place]})", shown))
    verdict = _verdict(*_judge_choice(response, labels(is_plain)), is_plain)
    return Group(*([verdict] if has_verdict else []), _listed(rows, is_plain), IN_ANSWER)


def _judge_choice(response: Picked, labels: str) -> tuple[bool, str]:
    right, chosen = response.question.right, response.chosen
    if chosen == right:
        return True, "Right."
    if len(right) == 1:
        return False, f"Wrong: the answer is {labels[min(right)]}."
    of_right = f"{len(chosen & right)} of the {len(right)} right options chosen"
    of_wrong = f", and {len(chosen - right)} wrong" if chosen - right else ""
    return False, f"Wrong: {of_right}{of_wrong}."


def _with_why(option: Option, is_chosen: bool) -> RenderableType:
    why = f"{_WORDS[option.is_right, is_chosen]}{option.why}".strip()
    if not why:
        return author_text(option.text, style="quiet")
    if option.is_right or is_chosen:
        return Group(author_text(option.text, style="strong"), author_text(why))
    return Group(author_text(option.text, style="quiet"), author_text(why, style="quiet"))


def _cut(text: str) -> Text:
    """As much of a text as one line holds."""
    return Text(plain_text(text), "quiet", no_wrap=True, overflow="ellipsis")


def _computed(response: Computed, is_plain: bool) -> RenderableType:
    question, judgment = response.question, response.judgment
    body, drawn = question.calculation, question.drawn
    shown = calculation.show_answer(body, drawn.answer)
    words = f"Wrong: you answered {response.text}, the answer is {shown}."
    if judgment.is_right:
        words = f"Right: {shown}."
    parts: list[RenderableType] = [_verdict(judgment.is_right, words, is_plain), IN_ANSWER]
    if judgment.mistake is not None:
        why = body.mistakes[judgment.mistake].why
        parts += [author_text(questions.fill(question, why)), IN_ANSWER] if why else []
    in_words, in_numbers = calculation.show_work(body, drawn)
    return Group(*parts, Text(in_words, "quiet"), Text(in_numbers), IN_ANSWER)


def _ordered(response: Ordered, is_plain: bool, is_folded: bool = False) -> RenderableType:
    question = response.question
    wrong = questions.wrong_places(question, response.order)
    rows: list[_Row] = []
    for place, shown in enumerate(question.solution):
        step, yours = question.shown[shown], response.order.index(shown) + 1
        text: RenderableType = author_text(step)
        if place in wrong and is_folded:
            text = author_text(f"{step} (you: {yours})")
        elif place in wrong:
            text = Group(text, Text(f"You put it in place {yours}.", "quiet"))
        rows.append((_sign(place not in wrong), f"{place + 1}.", text))
    words = f"Wrong: {_places(wrong)}." if wrong else "Right."
    return Group(_verdict(not wrong, words, is_plain), _listed(rows, is_plain), IN_ANSWER)


def _places(wrong: tuple[int, ...]) -> str:
    """Never fewer than two: a step out of its place takes that of another."""
    numbers = [str(place + 1) for place in wrong]
    return f"places {', '.join(numbers[:-1])} and {numbers[-1]}"


def _verdict(is_right: bool, words: str, is_plain: bool) -> Text:
    said = words if is_plain else f"{_sign(is_right)} {words}"
    return Text(said, "right" if is_right else "wrong")


def _sign(is_right: bool | None) -> Text:
    """The mark of what is right, of what was given wrongly, or none."""
    if is_right is None:
        return Text("")
    return Text("✓", "right") if is_right else Text("✗", "wrong")


def _listed(rows: Iterable[_Row], is_plain: bool) -> Table:
    """Rows of a sign, a label and a text that stays to the right of both.

    Plain rows have no sign: their words say the same.
    """
    table = Table.grid(padding=(0, 1, 0, 0), expand=True)
    if not is_plain:
        table.add_column(width=1)
    table.add_column(width=2)
    table.add_column(ratio=1)
    for sign, label, text in rows:
        table.add_row(*(() if is_plain else (sign,)), label, text)
    return table
