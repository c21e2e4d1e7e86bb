"""Calculations as people do them with pencil and pocket calculator, rounding on the way."""

import ast
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from cmom_srs.study.notes import Calculation
from cmom_srs.study.questions import formula

_LETTERS = "abcdefgh"


class Habit(NamedTuple):
    """How somebody writes down what comes out on the way: with so many decimals.

    `is_of_dollars` when that is done with amounts of money alone; `is_turned` when of numbers that
    are multiplied the last one is taken before the one in the middle: a wage with its payroll tax,
    then the hours.
    """

    name: str
    decimals: int
    is_of_dollars: bool = True
    is_turned: bool = False


class Decision(NamedTuple):
    """A `min` or `max` of a formula: how many branches it has, and which decide, from 0."""

    written: str
    branches: int
    deciding: frozenset[int]


class _Result(NamedTuple):
    """What came out. A rate is made of percentages and constants alone: nobody rounds it."""

    value: Decimal
    is_dollars: bool = False
    is_rate: bool = False


def habits(calculation: Calculation) -> Iterator[Habit]:
    """The habits that are sensible with these numbers.

    Whole dollars are, where all amounts given are whole dollars and the answer needs no cents.
    """
    yield Habit("two decimals", 2, is_of_dollars=False)
    yield Habit("cents", 2)
    yield Habit("cents, in another order", 2, is_turned=True)
    amounts = [given for given in calculation.given if given.prefix]
    wants_cents = calculation.unit == "$" and calculation.decimals > 0
    if amounts and not any(given.decimals for given in amounts) and not wants_cents:
        yield Habit("whole dollars", 0)


def type_answer(calculation: Calculation, numbers: Mapping[str, Decimal], habit: Habit) -> Decimal:
    """What somebody with this habit types for these numbers."""
    result = _Worker(calculation, numbers, habit).work_out(_tree(calculation.formula))
    return formula.round_half_away(result.value, calculation.decimals)


def decisions(calculation: Calculation, numbers: Mapping[str, Decimal]) -> Iterator[Decision]:
    """Each `min` and `max` of the formula, with what decides it for these numbers."""
    for node in ast.walk(_tree(calculation.formula)):
        if isinstance(node, ast.Call) and (name := _name(node.func)) in ("min", "max"):
            written = [ast.unparse(argument).lower() for argument in node.args]
            values = [formula.evaluate(each, numbers) for each in written]
            decided = min(values) if name == "min" else max(values)
            deciding = frozenset(place for place, value in enumerate(values) if value == decided)
            yield Decision(f"{name}({', '.join(written)})", len(values), deciding)


@lru_cache(maxsize=1024)
def _tree(text: str) -> ast.expr:
    """The formula as Python reads it, in capitals, where no name is a keyword."""
    return ast.parse(" ".join(text.split()).upper(), mode="eval").body


def _name(node: ast.expr) -> str:
    assert isinstance(node, ast.Name)
    return node.id.lower()


def _factors(node: ast.expr) -> list[tuple[ast.expr, bool]]:
    """The factors of a product or quotient, each with whether it divides."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div):
        return [*_factors(node.left), (node.right, isinstance(node.op, ast.Div))]
    return [(node, False)]


class _Worker:
    """Somebody who works a formula out for the numbers given, with a habit."""

    def __init__(
        self, calculation: Calculation, numbers: Mapping[str, Decimal], habit: Habit
    ) -> None:
        self._given = {given.name: given for given in calculation.given}
        self._numbers = numbers
        self._habit = habit

    def work_out(self, node: ast.expr) -> _Result:
        """What comes out at a node, before it is written down."""
        match node:
            case ast.Constant(value=value):
                return _Result(Decimal(str(value)), is_rate=True)
            case ast.Name():
                given = self._given[_name(node)]
                return _Result(self._numbers[given.name], given.prefix == "$", given.suffix == "%")
            case ast.UnaryOp(operand=operand):
                result = self.work_out(operand)
                return result._replace(value=-result.value)
            case ast.BinOp(op=ast.Mult() | ast.Div()):
                return self._product(_factors(node))
            case ast.BinOp(left=left, op=sign, right=right):
                return _combined(sign, self._written(left), self._written(right))
            case ast.Call(func=function, args=arguments):
                return _called(_name(function), [self._written(each) for each in arguments])
            case _:
                raise AssertionError(ast.dump(node))

    def _written(self, node: ast.expr) -> _Result:
        result = self.work_out(node)
        return result if isinstance(node, ast.Constant | ast.Name) else self._rounded(result)

    def _rounded(self, result: _Result) -> _Result:
        if result.is_rate or (self._habit.is_of_dollars and not result.is_dollars):
            return result
        rounded = formula.round_half_away(result.value, self._habit.decimals)
        return result._replace(value=rounded)

    def _product(self, factors: Sequence[tuple[ast.expr, bool]]) -> _Result:
        first, *others = [(self._written(node), divides) for node, divides in factors]
        if self._habit.is_turned and len(others) > 1 and not (others[0][1] or others[1][1]):
            others[:2] = others[1::-1]
        total = first[0]
        for place, (other, divides) in enumerate(others):
            # A share that becomes a percentage is one step: .5962 is not written down as .60.
            if place > 0 and not (other.is_rate and other.value == 100):
                total = self._rounded(total)
            total = _multiplied(total, other, divides)
        return total


def _multiplied(one: _Result, other: _Result, divides: bool) -> _Result:
    is_rate = one.is_rate and other.is_rate
    if divides:
        is_dollars = one.is_dollars and not other.is_dollars
        return _Result(one.value / other.value, is_dollars, is_rate)
    return _Result(one.value * other.value, one.is_dollars or other.is_dollars, is_rate)


def _combined(sign: ast.operator, one: _Result, other: _Result) -> _Result:
    is_dollars, is_rate = one.is_dollars or other.is_dollars, one.is_rate and other.is_rate
    match sign:
        case ast.Add():
            return _Result(one.value + other.value, is_dollars, is_rate)
        case ast.Sub():
            return _Result(one.value - other.value, is_dollars, is_rate)
        case ast.Pow():
            return _Result(one.value**other.value, one.is_dollars, is_rate)
        case _:
            raise AssertionError(sign)


def _called(name: str, results: Sequence[_Result]) -> _Result:
    values = {letter: result.value for letter, result in zip(_LETTERS, results, strict=False)}
    return _Result(
        formula.evaluate(f"{name}({', '.join(values)})", values),
        is_dollars=any(result.is_dollars for result in results),
        is_rate=all(result.is_rate for result in results),
    )
