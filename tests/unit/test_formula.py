"""The formula language: what it reads, what it refuses and where, what it comes to."""

import ast
import re
from decimal import Context
from decimal import Decimal
from decimal import localcontext
from fractions import Fraction
from math import ceil
from math import floor
from math import isqrt

import pytest
from hypothesis import assume
from hypothesis import given
from hypothesis import strategies as st

from cmom_srs.study.questions import formula
from cmom_srs.study.questions.formula import EvaluationError
from cmom_srs.study.questions.formula import FormulaError
from tests.support.builders import unhurried

VALUES = {
    "charges": Decimal(80_000),
    "payments": Decimal(47_680),
    "rate": Decimal("5.5"),
    "return": Decimal(7),
}


def value(text: str) -> Decimal:
    return formula.evaluate(text, VALUES)


# What it comes to


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("payments / charges * 100", "59.6"),
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("7 - 4 - 2", "1"),
        ("24 / 4 / 2", "3"),
        ("2 ** 3 ** 2", "512"),
        ("-2 ** 2", "-4"),
        ("--2", "2"),
        ("2 * -rate", "-11"),
        (".5 + 0.25", "0.75"),
        ("min(charges, payments)", "47680"),
        ("max(3, 9, 4)", "9"),
        ("round(2.345, 2)", "2.35"),
        ("round(-2.345, 2)", "-2.35"),
        ("round(2.5, 0)", "3"),
        ("round(1 / 3, 12)", "0.333333333333"),
        ("ceil(2.1)", "3"),
        ("ceil(-2.1)", "-2"),
        ("floor(2.9)", "2"),
        ("floor(-2.1)", "-3"),
        ("sqrt(2.25)", "1.5"),
        ("0 ** 0", "1"),
        ("2 ** 60", "1152921504606846976"),
        ("0.1 + 0.2", "0.3"),
        ("\tpayments\n  / charges", "0.596"),
    ],
)
def test_a_formula_comes_to_its_exact_value(text: str, expected: str) -> None:
    assert value(text) == Decimal(expected)


def test_a_quotient_has_28_digits_and_nothing_is_rounded_before_the_end() -> None:
    assert value("2 / 3") == Decimal("0.6666666666666666666666666667")
    assert value("2 / 3 * 3") == Decimal("2.000000000000000000000000000")


def test_a_value_is_exact_whatever_the_caller_computes_with() -> None:
    with localcontext(Context(prec=4)):
        found = value("2 / 3")
    assert found == Decimal("0.6666666666666666666666666667")


def test_a_name_may_be_a_word_of_python() -> None:
    assert formula.names("return / (class + for)") == ("return", "class", "for")
    assert value("return * 2") == 14


def test_the_names_are_listed_once_in_order() -> None:
    assert formula.names("max(b, a) + -d * sqrt(c2) - b") == ("b", "a", "d", "c2")
    assert formula.names("1 + 2") == ()


def test_twenty_one_numbers_have_a_largest() -> None:
    assert value(f"max({', '.join(str(number) for number in range(21))})") == 20


# What it refuses


@pytest.mark.parametrize(
    ("text", "message", "offset"),
    [
        ("", "not a formula here", 0),
        ("   ", "not a formula here", 3),
        ("payments +", "not a formula here", 10),
        (" payments / (2 +", "not a formula here", 12),
        ("payments charges", "not a formula here", 9),
        ("2(3", "not a formula here", 1),
        ("1,000 / 2", "1,000 / 2 is not of the formula language", 0),
        ("payments // 2", "payments // 2 is not of the formula language", 0),
        ("1 + (payments % 2)", "a formula cannot contain '%'", 14),
        ("+payments", "+payments is not of the formula language", 0),
        ("Payments", "a formula cannot contain 'P'", 0),
        ("a = b", "a formula cannot contain '='", 2),
        ("a\n * 'b'", 'a formula cannot contain "\'"', 5),
        ("1 + 1e5", "1e5 is not a number", 4),
        ("  1 + 0x1f", "0x1f is not a number", 6),
        ("1_000", "1_000 is not a number", 0),
        ("1.", "1. is not a number", 0),
        ("2j", "2j is not a number", 0),
        ("1or 2", "not a formula here", 0),
        ("payments.real", "payments.real is not of the formula language", 0),
        ("max(*a, b)", "*a is not of the formula language", 4),
        ("f(a)(b)", "f(a)(b) is not of the formula language", 0),
        ("1 + log(2)", "unknown function log", 4),
        ("1 + max", "max is a function: it needs parentheses", 4),
        ("max(1)", "max takes 2 or more numbers", 0),
        ("sqrt(1, 2)", "sqrt takes 1 number", 0),
        ("round(1)", "round takes 2 numbers", 0),
    ],
)
def test_what_is_not_of_the_language_is_refused_at_its_place(
    text: str, message: str, offset: int
) -> None:
    for use in (formula.names, value):
        with pytest.raises(FormulaError) as refused:
            use(text)
        assert (refused.value.message, refused.value.offset) == (message, offset)


def test_a_formula_has_at_most_200_characters() -> None:
    assert value("1+" * 99 + "10") == 109
    with pytest.raises(FormulaError, match="at most 200") as refused:
        value("1+" * 100 + "1")
    assert refused.value.offset == 200


@pytest.mark.parametrize(
    "text", ["(" * 99 + "1" + ")" * 99, "-" * 199 + "1", "min(1," * 28 + "1" + ")" * 28]
)
def test_the_deepest_formula_that_fits_is_read(text: str) -> None:
    assert abs(value(text)) == 1


def test_a_name_without_a_value_is_refused_at_its_place() -> None:
    with pytest.raises(FormulaError, match="unknown name visits") as refused:
        value("charges / visits")
    assert refused.value.offset == 10


# Where there is no value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1 / 0", "a division by zero"),
        ("1 / (rate - rate)", "a division by zero"),
        ("sqrt(-1)", "the root of a negative number"),
        ("2 ** 61", "an exponent must be a whole number from 0 to 60"),
        ("2 ** -1", "an exponent must be a whole number from 0 to 60"),
        ("2 ** 0.5", "an exponent must be a whole number from 0 to 60"),
        ("round(1, 13)", "round takes a whole number of decimals, 0 to 12"),
        ("round(1, -1)", "round takes a whole number of decimals, 0 to 12"),
        ("round(1, 0.5)", "round takes a whole number of decimals, 0 to 12"),
        ("10 ** 24", "a number too large to show"),
        ("-10 ** 24", "a number too large to show"),
        ("9 ** 60 ** 2", "an exponent must be a whole number from 0 to 60"),
        ("((((9 ** 60) ** 60) ** 60) ** 60) ** 60", "a number too large to compute"),
        ("round(9 ** 60 ** 1 * 9 ** 60 * 9 ** 60 * 9 ** 60, 2)", "a number too large to compute"),
    ],
)
def test_a_formula_without_a_value_says_why(text: str, reason: str) -> None:
    with pytest.raises(EvaluationError) as failed:
        value(text)
    assert str(failed.value) == reason


# Rounding


@pytest.mark.parametrize(
    ("number", "places", "rounded"),
    [
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("0.125", 2, "0.13"),
        ("-0.004", 2, "0"),
        ("59.6", 1, "59.6"),
        ("1250", -2, "1300"),
    ],
)
def test_a_half_is_rounded_away_from_zero(number: str, places: int, rounded: str) -> None:
    result = formula.round_half_away(Decimal(number), places)
    assert result == Decimal(rounded)
    assert not (result.is_zero() and result.is_signed())


# Against fractions

written_numbers = st.decimals(0, 100, places=2).map(lambda number: f"{number:f}")


def _join(parts: tuple[str, str, str]) -> str:
    left, sign, right = parts
    return f"({left}) {sign} ({right})"


expressions = st.recursive(
    written_numbers | st.sampled_from(("a", "b", "c")),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(_join),
        st.tuples(inner, st.just("**"), st.integers(0, 3).map(str)).map(_join),
        inner.map(lambda text: f"-({text})"),
        inner.map(lambda text: f"ceil({text})"),
        inner.map(lambda text: f"floor({text})"),
        inner.map(lambda text: f"round({text}, 2)"),
        st.tuples(inner, inner).map(lambda pair: f"min({pair[0]}, {pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"max({pair[0]}, {pair[1]})"),
    ),
    max_leaves=6,
)


def half_away(number: Fraction, places: int) -> Fraction:
    scaled = abs(number) * 10**places + Fraction(1, 2)
    return Fraction(floor(scaled), 10**places) * (1 if number >= 0 else -1)


IN_FRACTIONS = {
    "F": Fraction,
    "ceil": lambda number: Fraction(ceil(number)),
    "floor": lambda number: Fraction(floor(number)),
    "round": lambda number, places: half_away(number, int(places)),
}


def in_fractions(text: str, values: dict[str, Fraction]) -> Fraction:
    """The formula's value by Python's own reading of it, in exact fractions."""
    exact = re.sub(r"[0-9.]+", lambda number: f"F('{number[0]}')", text)
    return Fraction(eval(exact, IN_FRACTIONS | values))


def part_values(text: str, values: dict[str, Fraction]) -> list[Fraction]:
    """The exact values of the formula's parts."""
    parts = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.expr)]
    functions = [node.func for node in parts if isinstance(node, ast.Call)]
    return [in_fractions(ast.unparse(node), values) for node in parts if node not in functions]


def is_tame(number: Fraction) -> bool:
    """Whether 28 digits tell a number from zero, from too much and from the edges of rounding."""
    distance = abs(number * 200 - round(number * 200))
    is_off_the_edge = distance == 0 or distance > Fraction(1, 10**6)
    return is_off_the_edge and (number == 0 or Fraction(1, 10**4) < abs(number) < 10**9)


@unhurried
@given(text=expressions, numbers=st.tuples(*(st.decimals(-100, 100, places=2) for _ in range(3))))
def test_a_formula_agrees_with_exact_fractions(text: str, numbers: tuple[Decimal, ...]) -> None:
    assume(len(text) <= formula.LONGEST)
    values = dict(zip("abc", numbers, strict=True))
    exact_values = {name: Fraction(number) for name, number in values.items()}
    try:
        exact = in_fractions(text, exact_values)
    except ZeroDivisionError:
        with pytest.raises(EvaluationError, match="division by zero"):
            formula.evaluate(text, values)
        return
    assume(all(is_tame(number) for number in part_values(text, exact_values)))
    difference = abs(Fraction(formula.evaluate(text, values)) - exact)
    assert difference <= max(Fraction(1), abs(exact)) / 10**9


@unhurried
@given(root=st.integers(0, 10**12))
def test_the_root_of_a_square_is_exact(root: int) -> None:
    assert value(f"sqrt({root * root})") == isqrt(root * root)


@unhurried
@given(number=st.decimals(-(10**9), 10**9, places=8), places=st.integers(0, 6))
def test_rounding_agrees_with_exact_fractions(number: Decimal, places: int) -> None:
    rounded = formula.round_half_away(number, places)
    assert Fraction(rounded) == half_away(Fraction(number), places)


@unhurried
@given(text=st.text("ab01 .,+-*/()_rmeinot\n\t\u00a0A%", max_size=30))
def test_any_text_is_a_formula_or_is_refused_at_a_place_within_it(text: str) -> None:
    try:
        formula.names(text)
    except FormulaError as error:
        refused = error
    else:
        return
    assert 0 <= refused.offset <= len(text)
    assert refused.message
