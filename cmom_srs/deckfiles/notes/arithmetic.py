"""What a calculation note comes to: its formulas over all the numbers it can draw (rule 11)."""

from collections.abc import Mapping
from collections.abc import Sequence
from decimal import Decimal
from random import Random

from msgspec.structs import replace

from cmom_srs.deckfiles.grammar.faults import Fault
from cmom_srs.deckfiles.grammar.lines import PlaceInFile
from cmom_srs.deckfiles.grammar.lines import Report
from cmom_srs.study.notes import Calculation
from cmom_srs.study.questions import calculation as drawing
from cmom_srs.study.questions.calculation import Draw
from cmom_srs.study.questions.formula import EvaluationError
from cmom_srs.study.questions.formula import evaluate
from cmom_srs.study.questions.formula import names
from cmom_srs.study.questions.formula import round_half_away

# The draws are those of one seed: the same deck gives the same errors on every machine.
_DRAWS = 200
_MOST_LOOKALIKES = 40


def check_arithmetic(
    calculation: Calculation,
    formula_place: PlaceInFile,
    mistake_places: Sequence[PlaceInFile],
    report: Report,
) -> None:
    """Reports each formula that fails for some numbers, and mistakes that look like the answer."""
    before = report.count
    _check_formula(calculation, calculation.formula, formula_place, report, is_answer=True)
    for mistake, place in zip(calculation.mistakes, mistake_places, strict=True):
        _check_formula(calculation, mistake.formula, place, report, is_answer=False)
    if report.count == before:
        _check_lookalikes(calculation, mistake_places, report)


def _check_formula(
    calculation: Calculation, formula: str, place: PlaceInFile, report: Report, *, is_answer: bool
) -> None:
    """Reports the first numbers for which the formula fails or the answer is not as expected.

    Only numbers that the formula uses are gone through: the others change nothing.
    """
    used = names(formula)
    given = tuple(parameter for parameter in calculation.given if parameter.name in used)
    for numbers in drawing.combinations(replace(calculation, given=given)):
        fault = _fault(calculation, formula, numbers, is_answer=is_answer)
        if fault:
            code, message, hint = fault
            shown = ", ".join(
                f"{parameter.name} {drawing.show_given(parameter, numbers[parameter.name])}"
                for parameter in given
            )
            report.error(place, code, f"with {shown}, {message}" if shown else message, hint)
            return


def _fault(
    calculation: Calculation, formula: str, numbers: Mapping[str, Decimal], *, is_answer: bool
) -> Fault | None:
    """What is wrong with a formula's value for these numbers."""
    try:
        value = evaluate(formula, numbers)
    except EvaluationError as error:
        hint = "narrow the given numbers, or mend the formula"
        return Fault("no-value", f"this comes to {error}", hint)
    if not is_answer:
        return None
    if not drawing.is_expected(calculation, value):
        message = f"the answer is {drawing.show_answer(calculation, value)}"
        return Fault("outside-expect", message, "if that is right, say so: `Expect: LOW to HIGH`")
    low, high = calculation.expect or (1, 1)
    if not low <= 0 <= high and round_half_away(value, calculation.decimals) == 0:
        return Fault("rounds-to-zero", "the answer rounds to 0", "show more decimals: `Decimals:`")
    return None


def _check_lookalikes(
    calculation: Calculation, mistake_places: Sequence[PlaceInFile], report: Report
) -> None:
    """Reports each mistake that too often comes to the answer, or to another mistake."""
    rng = Random(calculation.formula)
    draws = [drawing.draw_once(calculation, rng) for _ in range(_DRAWS)]
    kept = list(range(len(mistake_places)))
    if _count_lookalikes(calculation, draws, kept) <= _MOST_LOOKALIKES:
        return
    kept = []
    for mistake, place in enumerate(mistake_places):
        count = _count_lookalikes(calculation, draws, [*kept, mistake])
        if count <= _MOST_LOOKALIKES:
            kept.append(mistake)
            continue
        message = f"in {count} of {_DRAWS} draws this looks like the answer or another mistake"
        hint = "choose numbers that tell them apart, or take the mistake out"
        report.error(place, "lookalike", message, hint)


def _count_lookalikes(
    calculation: Calculation, draws: Sequence[Draw], mistakes: Sequence[int]
) -> int:
    """In how many draws the answer and these mistakes cannot be told apart."""
    return sum(
        drawing.has_lookalikes(
            calculation,
            Draw(drawn.numbers, drawn.answer, tuple(drawn.mistaken[place] for place in mistakes)),
        )
        for drawn in draws
    )
