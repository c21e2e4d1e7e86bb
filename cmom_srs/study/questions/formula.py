"""Formulas of calculation notes: read once, evaluated exactly in decimals.

The language is deck format rule 10: numbers, names, `+ - * / **`, unary minus, parentheses and the
functions below. It is a subset of Python's expressions, so Python's own parser reads it, in upper
case, where no name is a keyword; what is not in the subset is refused with its place.
"""

import ast
import operator
import re
from collections.abc import Callable
from collections.abc import Mapping
from decimal import ROUND_CEILING
from decimal import ROUND_FLOOR
from decimal import ROUND_HALF_UP
from decimal import Context
from decimal import Decimal
from decimal import DecimalException
from decimal import DivisionByZero
from decimal import InvalidOperation
from decimal import Overflow
from decimal import localcontext
from functools import lru_cache
from functools import partial

LONGEST = 200
LARGEST_EXPONENT = 60

_DIGITS = 28
_EXACT = Context(
    prec=_DIGITS, rounding=ROUND_HALF_UP, traps=[DivisionByZero, InvalidOperation, Overflow]
)
_WIDE = Context(prec=200, rounding=ROUND_HALF_UP)
_LARGEST = Decimal(10) ** 24
_OTHER_CHARACTER = re.compile(r"[^a-z0-9_+\-*/().,\s]")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+")


class FormulaError(ValueError):
    """A formula that is not of the language; `offset` counts its characters from 0."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class EvaluationError(ArithmeticError):
    """A formula that has no value for these numbers; the message says why."""


def round_half_away(value: Decimal, places: int) -> Decimal:
    """The value rounded to `places` decimals, halves away from zero; `places` may be negative."""
    return value.quantize(Decimal(1).scaleb(-places), context=_WIDE) + 0


def _round(value: Decimal, places: Decimal) -> Decimal:
    if places != int(places) or not 0 <= places <= 12:
        raise EvaluationError("round takes a whole number of decimals, 0 to 12")
    return round_half_away(value, int(places))


def _ceil(value: Decimal) -> Decimal:
    return value.to_integral_value(ROUND_CEILING)


def _floor(value: Decimal) -> Decimal:
    return value.to_integral_value(ROUND_FLOOR)


def _sqrt(value: Decimal) -> Decimal:
    if value < 0:
        raise EvaluationError("the root of a negative number")
    return value.sqrt()


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    if exponent != int(exponent) or not 0 <= exponent <= LARGEST_EXPONENT:
        raise EvaluationError(f"an exponent must be a whole number from 0 to {LARGEST_EXPONENT}")
    return Decimal(1) if exponent == 0 else base**exponent


def _divide(dividend: Decimal, divisor: Decimal) -> Decimal:
    if divisor == 0:
        raise EvaluationError("a division by zero")
    return dividend / divisor


# name -> (fewest arguments, most arguments, the function)
_FUNCTIONS: Mapping[str, tuple[int, int, Callable[..., Decimal]]] = {
    "min": (2, LONGEST, min),
    "max": (2, LONGEST, max),
    "round": (2, 2, _round),
    "ceil": (1, 1, _ceil),
    "floor": (1, 1, _floor),
    "sqrt": (1, 1, _sqrt),
}
FUNCTIONS = frozenset(_FUNCTIONS)

_OPERATORS: Mapping[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: _divide,
    ast.Pow: _power,
}


def names(formula: str) -> tuple[str, ...]:
    """The names a formula uses, in order, each once; FormulaError when it is not a formula."""
    return tuple(
        dict.fromkeys(
            node.id for node in _walk_values(_parse(formula)) if isinstance(node, ast.Name)
        )
    )


def evaluate(formula: str, values: Mapping[str, Decimal]) -> Decimal:
    """The formula's exact value to 28 digits, nothing rounded on the way.

    Raises FormulaError for a formula that is not of the language or a name that has no value, and
    EvaluationError where there is no value: division by zero, root of a negative, an exponent
    that is not a whole number 0-60, a result of 10^24 or more.
    """
    with localcontext(_EXACT):
        try:
            value = +_compiled(formula)(values)
        except DecimalException:
            raise EvaluationError("a number too large to compute") from None
    if abs(value) >= _LARGEST:
        raise EvaluationError("a number too large to show")
    return value


_Value = Callable[[Mapping[str, Decimal]], Decimal]


@lru_cache(maxsize=4096)
def _compiled(formula: str) -> _Value:
    """The formula as one function of its numbers: a check evaluates it ten thousand times."""
    return _value(_parse(formula))


def _value(node: ast.expr) -> _Value:
    match node:
        case ast.Constant(value=str(written)):
            number = Decimal(written)
            return lambda values: number
        case ast.Name(id=name):
            return partial(_number, name, node.col_offset)
        case ast.BinOp(left=left, op=sign, right=right):
            operate, first, second = _OPERATORS[type(sign)], _value(left), _value(right)
            return lambda values: operate(first(values), second(values))
        case ast.UnaryOp(operand=operand):
            positive = _value(operand)
            return lambda values: -positive(values)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            function, parts = _FUNCTIONS[name][2], [_value(argument) for argument in arguments]
            return lambda values: function(*[part(values) for part in parts])
        case _:
            raise AssertionError(node)  # _check lets nothing else through


def _number(name: str, offset: int, values: Mapping[str, Decimal]) -> Decimal:
    if name not in values:
        raise FormulaError(f"unknown name {name}", offset)
    return values[name]


@lru_cache(maxsize=4096)
def _parse(formula: str) -> ast.expr:
    if len(formula) > LONGEST:
        raise FormulaError(f"a formula has at most {LONGEST} characters", LONGEST)
    if other := _OTHER_CHARACTER.search(formula):
        raise FormulaError(f"a formula cannot contain {other[0]!r}", other.start())
    flat = re.sub(r"\s", " ", formula)
    source = flat.lstrip()
    margin = len(flat) - len(source)
    try:
        tree = ast.parse(source.upper(), mode="eval").body
        return _check(tree, source)
    except SyntaxError as error:
        offset = error.offset - 1 if error.offset else len(source)  # at the end there is none
        raise FormulaError("not a formula here", margin + offset) from None
    except FormulaError as error:
        raise FormulaError(error.message, margin + error.offset) from None


def _check(node: ast.expr, source: str) -> ast.expr:
    """The tree, numbers and names as written; FormulaError at what is not of the language."""
    match node:
        case ast.Constant():
            written = ast.get_source_segment(source, node) or ""
            if not _NUMBER.fullmatch(written):
                raise FormulaError(f"{written} is not a number", node.col_offset)
            return ast.copy_location(ast.Constant(written), node)
        case ast.Name(id=in_capitals):
            name = in_capitals.lower()
            if name in FUNCTIONS:
                raise FormulaError(f"{name} is a function: it needs parentheses", node.col_offset)
            return ast.copy_location(ast.Name(name, ast.Load()), node)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATORS:
            checked = ast.BinOp(_check(left, source), sign, _check(right, source))
            return ast.copy_location(checked, node)
        case ast.UnaryOp(op=ast.USub() as minus, operand=operand):
            return ast.copy_location(ast.UnaryOp(minus, _check(operand, source)), node)
        case ast.Call(func=ast.Name(id=in_capitals), args=arguments, keywords=[]):
            name = in_capitals.lower()
            _check_call(name, arguments, node.col_offset)
            function = ast.Name(name, ast.Load())
            checked_arguments = [_check(argument, source) for argument in arguments]
            return ast.copy_location(ast.Call(function, checked_arguments, []), node)
        case _:
            written = ast.get_source_segment(source, node) or source
            raise FormulaError(f"{written} is not of the formula language", node.col_offset)


def _check_call(name: str, arguments: list[ast.expr], offset: int) -> None:
    if name not in _FUNCTIONS:
        raise FormulaError(f"unknown function {name}", offset)
    fewest, most, _ = _FUNCTIONS[name]
    if not fewest <= len(arguments) <= most:
        wants = f"{fewest}" if fewest == most else f"{fewest} or more"
        raise FormulaError(f"{name} takes {wants} number{'s' * (wants != '1')}", offset)


def _walk_values(node: ast.expr) -> list[ast.expr]:
    match node:
        case ast.BinOp(left=left, right=right):
            return [*_walk_values(left), *_walk_values(right)]
        case ast.UnaryOp(operand=operand):
            return _walk_values(operand)
        case ast.Call(args=arguments):
            return [leaf for argument in arguments for leaf in _walk_values(argument)]
        case _:
            return [node]
