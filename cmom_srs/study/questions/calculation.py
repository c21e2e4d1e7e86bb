"""Calculation notes: draw the numbers, judge what was typed, show the work."""

import re
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from itertools import product
from math import prod
from random import Random

from cmom_srs.study.notes import Calculation
from cmom_srs.study.notes import Parameter
from cmom_srs.study.questions import formula

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")

_MOST_COMBINATIONS = 10_000
_SEEDED_DRAWS = 1_000
_MOST_TRIES = 200
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_SIGNS = re.compile(r"^(?:- ?\$?|\$ ?-?|) ?")
_NUMBER = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+")


@dataclass(frozen=True, slots=True)
class Draw:
    """One set of numbers, and what they come to.

    `numbers` maps each parameter's name to its value; `answer` and the values of the mistakes (in
    the note's order) are exact to 28 digits.
    """

    numbers: Mapping[str, Decimal]
    answer: Decimal
    mistaken: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A number as a learner typed it; `has_percent` when a percent sign was typed."""

    value: Decimal
    has_percent: bool = False


@dataclass(frozen=True, slots=True)
class Judgment:
    """What a typed number is worth; `mistake` is the place of the mistake it meets, or None."""

    is_right: bool
    mistake: int | None = None


def draw(calculation: Calculation, rng: Random) -> Draw:
    """Numbers for one review: none in which the answer and a mistake look alike (rule 11).

    Raises formula.EvaluationError when the formulas have no value for the drawn numbers, which
    the deck reader excludes.
    """
    for _ in range(_MOST_TRIES):
        drawn = draw_once(calculation, rng)
        if not has_lookalikes(calculation, drawn):
            break
    return drawn


def draw_once(calculation: Calculation, rng: Random) -> Draw:
    """One draw, whether or not its answer can be told from its mistakes."""
    return work_out(calculation, {given.name: _pick(given, rng) for given in calculation.given})


def work_out(calculation: Calculation, numbers: Mapping[str, Decimal]) -> Draw:
    """The draw with these numbers."""
    return Draw(
        numbers,
        formula.evaluate(calculation.formula, numbers),
        tuple(formula.evaluate(mistake.formula, numbers) for mistake in calculation.mistakes),
    )


def combinations(calculation: Calculation) -> Iterator[Mapping[str, Decimal]]:
    """Every combination of the given numbers, to 10,000; beyond, all ends, 1,000 seeded draws."""
    given = calculation.given
    if prod(size(parameter) for parameter in given) <= _MOST_COMBINATIONS:
        yield from _products(given, [_values(parameter) for parameter in given])
        return
    yield from islice(
        _products(given, [_ends(parameter) for parameter in given]), _MOST_COMBINATIONS
    )
    rng = Random(calculation.formula)
    for _ in range(_SEEDED_DRAWS):
        yield {parameter.name: _pick(parameter, rng) for parameter in given}


def size(parameter: Parameter) -> int:
    """How many values a parameter can take."""
    if parameter.choices:
        return len(parameter.choices)
    return int((parameter.high - parameter.low) / parameter.step) + 1


def _products(
    given: tuple[Parameter, ...], values: list[tuple[Decimal, ...]]
) -> Iterator[Mapping[str, Decimal]]:
    for combination in product(*values):
        yield {parameter.name: value for parameter, value in zip(given, combination, strict=True)}


def _values(parameter: Parameter) -> tuple[Decimal, ...]:
    return parameter.choices or tuple(
        _value_at(parameter, index) for index in range(size(parameter))
    )


def _ends(parameter: Parameter) -> tuple[Decimal, ...]:
    if parameter.choices:
        return tuple(dict.fromkeys((min(parameter.choices), max(parameter.choices))))
    return (parameter.low, parameter.high)


def _pick(parameter: Parameter, rng: Random) -> Decimal:
    return _value_at(parameter, rng.randrange(size(parameter)))


def _value_at(parameter: Parameter, index: int) -> Decimal:
    return parameter.choices[index] if parameter.choices else parameter.low + index * parameter.step


def tolerance(calculation: Calculation) -> Decimal:
    """How far a typed number may be from the exact answer, ends included."""
    if calculation.tolerance is not None:
        return calculation.tolerance
    return Decimal(5).scaleb(-calculation.decimals - 1)


def is_expected(calculation: Calculation, answer: Decimal) -> bool:
    """Whether the answer lies in Expect: by default above 0, with the unit `%` from 0 to 1000."""
    if calculation.expect is not None:
        low, high = calculation.expect
        return low <= answer <= high
    return 0 <= answer <= 1000 if calculation.unit == "%" else answer > 0


def has_lookalikes(calculation: Calculation, drawn: Draw) -> bool:
    """Whether a number typed for one of answer and mistakes would be read as another of them."""
    values = (drawn.answer, *drawn.mistaken)
    right = [bounds(calculation, value) for value in values]
    return any(
        _is_within(calculation, TypedNumber(typed), right[other])
        for place, value in enumerate(values)
        for typed in (value, formula.round_half_away(value, calculation.decimals))
        for other in range(len(values))
        if place != other
    )


def read_number(text: str, unit: str = "") -> TypedNumber | None:
    """The number a learner typed, or None when it does not read as one (rule 12).

    It may carry `$`, commas in threes, blanks, `%`, the unit's word, a leading minus or
    accountant's parentheses, and a decimal point.
    """
    rest = " ".join(text.replace("−", "-").casefold().split())
    if unit and unit not in "$%":
        rest = rest.removesuffix(unit.casefold()).rstrip()
    rest, is_in_parentheses = _strip_parentheses(rest)
    has_percent = rest.endswith("%")
    rest = rest.removesuffix("%").rstrip()
    number = _SIGNS.sub("", rest)
    if not _NUMBER.fullmatch(number) or (is_in_parentheses and "-" in rest):
        return None
    value = Decimal(number.replace(",", ""))
    is_negative = is_in_parentheses or "-" in rest
    return TypedNumber(-value if is_negative else value, has_percent)


def _strip_parentheses(text: str) -> tuple[str, bool]:
    inside = re.fullmatch(r"(\$? ?)\((.*)\)( ?%?)", text)
    return (f"{inside[1]}{inside[2]}{inside[3]}".strip(), True) if inside else (text, False)


def judge(calculation: Calculation, drawn: Draw, typed: TypedNumber) -> Judgment:
    """Right within the tolerance of the exact answer; else the first mistake met the same way."""
    if _meets(calculation, typed, drawn.answer):
        return Judgment(is_right=True)
    met = (place for place, value in enumerate(drawn.mistaken) if _meets(calculation, typed, value))
    return Judgment(is_right=False, mistake=next(met, None))


def bounds(calculation: Calculation, exact: Decimal) -> tuple[Decimal, Decimal]:
    """The lowest and the highest number that is right for an exact value, both ends included."""
    allowed = tolerance(calculation)
    return exact - allowed, exact + allowed


def _meets(calculation: Calculation, typed: TypedNumber, exact: Decimal) -> bool:
    return _is_within(calculation, typed, bounds(calculation, exact))


def _is_within(
    calculation: Calculation, typed: TypedNumber, right: tuple[Decimal, Decimal]
) -> bool:
    low, high = right
    if low <= typed.value <= high:
        return True
    is_fraction = calculation.unit == "%" and not typed.has_percent
    return is_fraction and low <= typed.value * 100 <= high


def show_answer(calculation: Calculation, value: Decimal) -> str:
    """A value as the learner sees it: `$1,250.00`, `-$1,250.00`, `59.6%`, `40.0 days`."""
    prefix = "$" if calculation.unit == "$" else ""
    number = _show_number(value, calculation.decimals, prefix)
    if calculation.unit == "%":
        return f"{number}%"
    return number if prefix or not calculation.unit else f"{number} {calculation.unit}"


def show_given(parameter: Parameter, value: Decimal) -> str:
    """A drawn value as written: with its `$` or `%`, commas, and the parameter's decimals."""
    return _show_number(value, parameter.decimals, parameter.prefix) + parameter.suffix


def _show_number(value: Decimal, decimals: int, prefix: str) -> str:
    rounded = formula.round_half_away(value, decimals)
    sign = "-" if rounded < 0 else ""
    return f"{sign}{prefix}{abs(rounded):,.{decimals}f}"


def fill(text: str, calculation: Calculation, drawn: Draw) -> str:
    """The text with each `{name}` replaced by the drawn value as written."""
    shown = shown_numbers(calculation, drawn)
    return PLACEHOLDER.sub(lambda match: shown.get(match[1], match[0]), text)


def shown_numbers(calculation: Calculation, drawn: Draw) -> dict[str, str]:
    """Each parameter's name with its drawn value as written."""
    return {given.name: show_given(given, drawn.numbers[given.name]) for given in calculation.given}


def show_work(calculation: Calculation, drawn: Draw) -> tuple[str, str]:
    """The formula in words, and the same with the drawn numbers and the answer.

    A given percentage stands without its sign, because the formula takes the number before it.
    """
    shown = {
        name: _in_formula(number.removesuffix("%"))
        for name, number in shown_numbers(calculation, drawn).items()
    }
    in_words = _NAME.sub(lambda name: name[0].replace("_", " "), calculation.formula)
    in_numbers = _NAME.sub(lambda name: shown.get(name[0], name[0]), calculation.formula)
    return in_words, f"{in_numbers} = {show_answer(calculation, drawn.answer)}"


def _in_formula(shown: str) -> str:
    return f"({shown})" if shown.startswith("-") else shown
