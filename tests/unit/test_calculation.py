"""Calculation notes: numbers drawn, typed numbers judged, work shown."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import combinations as pairs
from math import prod
from random import Random

import pytest
from hypothesis import assume
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from msgspec.structs import replace

from cmom_srs.study.notes import Calculation
from cmom_srs.study.notes import Mistake
from cmom_srs.study.notes import Parameter
from cmom_srs.study.questions import calculation
from cmom_srs.study.questions.calculation import Draw
from cmom_srs.study.questions.calculation import Judgment
from cmom_srs.study.questions.calculation import TypedNumber
from cmom_srs.study.questions.formula import EvaluationError
from tests.support.builders import COLLECTION_RATE
from tests.support.builders import unhurried

CHARGES, PAYMENTS = COLLECTION_RATE.given
EIGHTY = {"charges": Decimal(80_000), "payments": Decimal(47_680)}
DRAWN = calculation.work_out(COLLECTION_RATE, EIGHTY)


def numbers(*values: int | str) -> tuple[Decimal, ...]:
    return tuple(Decimal(value) for value in values)


def one_of(name: str, *values: int | str) -> Parameter:
    return Parameter(name, choices=numbers(*values))


def spread(name: str, low: str, high: str, step: str) -> Parameter:
    return Parameter(name, low=Decimal(low), high=Decimal(high), step=Decimal(step))


def asking(
    *given_numbers: Parameter, formula: str = "a", wrong: tuple[str, ...] = ()
) -> Calculation:
    mistakes = tuple(Mistake(text, "why") for text in wrong)
    return Calculation("{a}?", given_numbers, formula, decimals=0, mistakes=mistakes)


parameters = st.one_of(
    st.builds(
        lambda low, steps, step: Parameter(
            "", low=low, high=low + steps * step, step=step, decimals=2
        ),
        st.decimals(-500, 500, places=2),
        st.integers(1, 40),
        st.decimals("0.05", 20, places=2),
    ),
    st.lists(st.decimals(-500, 500, places=2), min_size=1, max_size=5).map(
        lambda values: Parameter("", choices=tuple(values), decimals=2)
    ),
)
givens = st.lists(parameters, min_size=1, max_size=3).map(
    lambda drawn: tuple(replace(one, name=name) for name, one in zip("abc", drawn, strict=False))
)


# Drawing


@pytest.mark.parametrize(
    ("parameter", "size"),
    [
        (spread("a", "1", "10", "1"), 10),
        (spread("a", "0.1", "0.5", "0.1"), 5),
        (spread("a", "-3", "3", "1.5"), 5),
        (one_of("a", 7), 1),
        (one_of("a", 1, 5, 9), 3),
    ],
)
def test_a_parameter_takes_its_low_and_high_and_every_step_between(
    parameter: Parameter, size: int
) -> None:
    values = [each["a"] for each in calculation.combinations(asking(parameter))]
    assert calculation.size(parameter) == len(values) == size
    assert parameter.choices == tuple(values) or (
        (values[0], values[-1]) == (parameter.low, parameter.high)
    )


def test_all_combinations_are_tried_when_they_are_ten_thousand() -> None:
    hundred = spread("a", "1", "100", "1")
    every = list(calculation.combinations(asking(hundred, replace(hundred, name="b"))))
    assert len(every) == len({(each["a"], each["b"]) for each in every}) == 10_000


def test_beyond_ten_thousand_all_ends_and_a_thousand_seeded_draws_are_tried() -> None:
    thousand = spread("a", "1", "1000", "1")
    long = asking(thousand, replace(thousand, name="b"), one_of("c", 4, 2, 9), one_of("d", 5))
    tried = list(calculation.combinations(long))
    ends = [tuple(each.values()) for each in tried[:8]]
    assert sorted(ends) == [
        numbers(a, b, c, 5) for a in (1, 1000) for b in (1, 1000) for c in (2, 9)
    ]
    assert len(tried) == 8 + 1_000
    assert tried == list(calculation.combinations(long))


def test_the_ends_are_never_more_than_ten_thousand() -> None:
    many = tuple(spread(f"p{place}", "1", "2", "1") for place in range(14))
    assert len(list(calculation.combinations(asking(*many)))) == 10_000 + 1_000


def test_the_same_seed_draws_the_same_numbers() -> None:
    first, second = (calculation.draw(COLLECTION_RATE, Random("seed")) for _ in range(2))
    assert first == second
    assert first != calculation.draw(COLLECTION_RATE, Random("another"))


def test_a_draw_is_worked_out_with_its_mistakes() -> None:
    assert DRAWN.answer == Decimal("59.6")
    assert [round(value, 3) for value in DRAWN.mistaken] == [Decimal("167.785")]


def test_a_draw_in_which_a_mistake_gives_the_answer_is_drawn_again() -> None:
    squares = asking(one_of("a", 2, 3), formula="a * a", wrong=("a + a",))
    assert {calculation.draw(squares, Random(seed)).answer for seed in range(40)} == {Decimal(9)}


def test_a_calculation_whose_every_draw_looks_alike_still_draws() -> None:
    always = asking(one_of("a", 2), formula="a * a", wrong=("a + a",))
    assert calculation.draw(always, Random(1)).answer == 4


def test_a_draw_without_a_value_says_so() -> None:
    with pytest.raises(EvaluationError, match="division by zero"):
        calculation.draw(asking(one_of("a", 0), formula="1 / a"), Random(1))


@unhurried
@given(given_numbers=givens, seed=st.integers(0, 10**6))
def test_a_drawn_number_lies_on_a_step(given_numbers: tuple[Parameter, ...], seed: int) -> None:
    drawn = calculation.draw_once(asking(*given_numbers), Random(seed))
    for parameter in given_numbers:
        value = drawn.numbers[parameter.name]
        if parameter.choices:
            assert value in parameter.choices
        else:
            steps = Fraction(value - parameter.low) / Fraction(parameter.step)
            assert parameter.low <= value <= parameter.high
            assert steps.denominator == 1


@settings(unhurried, max_examples=40)
@given(given_numbers=givens)
def test_the_combinations_are_all_there_each_once(given_numbers: tuple[Parameter, ...]) -> None:
    assume(all(len(set(one.choices)) == len(one.choices) for one in given_numbers))
    expected = prod(calculation.size(one) for one in given_numbers)
    assume(expected <= 10_000)
    seen = {tuple(each.values()) for each in calculation.combinations(asking(*given_numbers))}
    assert len(seen) == expected


# Against fractions


@unhurried
@given(seed=st.integers(0, 10**6))
def test_a_drawn_answer_agrees_with_exact_fractions(seed: int) -> None:
    drawn = calculation.draw(COLLECTION_RATE, Random(seed))
    charges, payments = (Fraction(drawn.numbers[name]) for name in ("charges", "payments"))
    for value, exact in zip(
        (drawn.answer, *drawn.mistaken),
        (payments / charges * 100, charges / payments * 100),
        strict=True,
    ):
        assert abs(Fraction(value) - exact) <= exact / 10**26


rates = st.decimals("0.1", "999.9", places=3)
typed_values = st.decimals(-1_000, 1_000, places=4)


@unhurried
@given(
    values=st.lists(rates, min_size=1, max_size=4),
    typed=st.builds(TypedNumber, typed_values, st.booleans()),
    unit=st.sampled_from(("%", "$", "days", "")),
    decimals=st.integers(0, 3),
    tolerance=st.none() | st.decimals(0, 5, places=2),
)
def test_a_typed_number_is_judged_as_exact_fractions_judge_it(
    values: list[Decimal],
    typed: TypedNumber,
    unit: str,
    decimals: int,
    tolerance: Decimal | None,
) -> None:
    allowed = Fraction(1, 2 * 10**decimals) if tolerance is None else Fraction(tolerance)
    readings = [Fraction(typed.value)]
    if unit == "%" and not typed.has_percent:
        readings.append(Fraction(typed.value) * 100)
    met = [
        place
        for place, exact in enumerate(values)
        if any(abs(reading - Fraction(exact)) <= allowed for reading in readings)
    ]
    asked = Calculation("?", (), "1", decimals, unit, tolerance)
    judged = calculation.judge(asked, Draw({}, values[0], tuple(values[1:])), typed)
    mistake = met[0] - 1 if met and met[0] > 0 else None
    assert judged == Judgment(is_right=0 in met, mistake=mistake)


# Typed numbers


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1250", "1250"),
        ("1,250.00", "1250"),
        ("12,345,678", "12345678"),
        ("$1,250", "1250"),
        (" $ 1,250 ", "1250"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("- 5", "-5"),
        ("-$1,250.00", "-1250"),
        ("- $ 5", "-5"),
        ("$-5", "-5"),
        ("$ -5", "-5"),
        ("(1,250)", "-1250"),
        ("($1,250.00)", "-1250"),
        ("$(1,250)", "-1250"),
        ("( 5 )", "-5"),
        (".596", "0.596"),
        ("5.", "5"),
        ("0", "0"),
        ("007", "7"),
        ("\u00a05\t", "5"),
    ],
)
def test_a_number_may_be_typed_as_people_write_it(typed: str, value: str) -> None:
    assert calculation.read_number(typed) == TypedNumber(Decimal(value))


@pytest.mark.parametrize(
    ("typed", "value"),
    [("59.6%", "59.6"), ("59.6 %", "59.6"), ("-5%", "-5"), ("(5%)", "-5"), ("(5)%", "-5")],
)
def test_a_percent_sign_is_remembered(typed: str, value: str) -> None:
    assert calculation.read_number(typed, "%") == TypedNumber(Decimal(value), has_percent=True)


@pytest.mark.parametrize("typed", ["40 days", "40days", "40 DAYS", "40"])
def test_the_units_word_may_be_typed(typed: str) -> None:
    assert calculation.read_number(typed, "days") == TypedNumber(Decimal(40))


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "-", "$", "%", ".", "days", "abc", "1,25", "12,50", "1,2345", ",5", "1..5",
        "1.5.2", "1 250", "5-", "+5", "--5", "-(5)", "(-5)", "((5))", "(5", "5)", "()", "$$5",
        "5$", "5%%", "1e5", "0x10", "1/2", "1_000", "٣", "５", "²", "nan", "inf", "5 visits",
    ],
)  # fmt: skip
def test_what_does_not_read_as_a_number_is_none(typed: str) -> None:
    assert calculation.read_number(typed, "days") is None


@unhurried
@given(
    value=st.decimals(0, 10**9, places=2),
    sign=st.sampled_from(("", "-", "−", "()")),
    dollar=st.booleans(),
    commas=st.booleans(),
    percent=st.sampled_from(("", "%", " %")),
    blank=st.sampled_from(("", " ", "\u00a0")),
)
def test_every_way_of_writing_a_number_reads_as_the_number(
    value: Decimal, sign: str, dollar: bool, commas: bool, percent: str, blank: str
) -> None:
    written = f"{'$' if dollar else ''}{value:{',' if commas else ''}.2f}"
    written = f"({written})" if sign == "()" else f"{sign}{written}"
    read = calculation.read_number(f"{blank}{written}{percent}{blank}", "%")
    assert read == TypedNumber(-value if sign else value, has_percent=bool(percent))


@unhurried
@given(typed=st.text("0123456789.,-−$%() days\u00a0", max_size=12))
def test_any_line_is_a_number_or_asked_again(typed: str) -> None:
    read = calculation.read_number(typed, "days")
    assert read is None or read.value.is_finite()


# Judging


@pytest.mark.parametrize(
    ("typed", "judgment"),
    [
        ("59.6", Judgment(is_right=True)),
        ("59.6%", Judgment(is_right=True)),
        ("59.55", Judgment(is_right=True)),
        ("59.65", Judgment(is_right=True)),
        ("59.66", Judgment(is_right=False)),
        ("59.54", Judgment(is_right=False)),
        (".596", Judgment(is_right=True)),
        (".5955", Judgment(is_right=True)),
        (".5965", Judgment(is_right=True)),
        (".596%", Judgment(is_right=False)),
        ("167.8", Judgment(is_right=False, mistake=0)),
        ("1.678", Judgment(is_right=False, mistake=0)),
        ("-59.6", Judgment(is_right=False)),
    ],
)
def test_a_rate_is_right_within_half_of_its_last_decimal(typed: str, judgment: Judgment) -> None:
    number = calculation.read_number(typed, "%")
    assert number is not None
    assert calculation.judge(COLLECTION_RATE, DRAWN, number) == judgment


def test_a_hundredth_is_right_for_rates_alone() -> None:
    days = replace(COLLECTION_RATE, unit="days")
    assert not calculation.judge(days, DRAWN, TypedNumber(Decimal("0.596"))).is_right


def test_the_first_mistake_that_is_met_names_it() -> None:
    drawn = Draw({}, Decimal(10), numbers(20, 30, 30))
    assert calculation.judge(asking(), drawn, TypedNumber(Decimal(30))).mistake == 1


@pytest.mark.parametrize(
    ("decimals", "tolerance", "allowed"),
    [(0, None, "0.5"), (2, None, "0.005"), (2, "0.5", "0.5"), (2, "0", "0")],
)
def test_the_tolerance_is_half_of_the_last_decimal_unless_written(
    decimals: int, tolerance: str | None, allowed: str
) -> None:
    written = None if tolerance is None else Decimal(tolerance)
    asked = Calculation("?", (), "1", decimals, tolerance=written)
    assert calculation.tolerance(asked) == Decimal(allowed)


@pytest.mark.parametrize(
    ("unit", "expect", "answer", "is_expected"),
    [
        ("$", None, "0.01", True),
        ("$", None, "0", False),
        ("", None, "-1", False),
        ("%", None, "0", True),
        ("%", None, "1000", True),
        ("%", None, "1000.1", False),
        ("%", None, "-0.1", False),
        ("$", ("-5", "0"), "-5", True),
        ("$", ("-5", "0"), "0", True),
        ("%", ("10", "20"), "20.5", False),
    ],
)
def test_an_answer_lies_within_expect_or_the_default_of_its_unit(
    unit: str, expect: tuple[str, str] | None, answer: str, is_expected: bool
) -> None:
    written = None if expect is None else (Decimal(expect[0]), Decimal(expect[1]))
    asked = Calculation("?", (), "1", 1, unit, expect=written)
    assert calculation.is_expected(asked, Decimal(answer)) is is_expected


# Lookalikes


@pytest.mark.parametrize(
    ("unit", "answer", "mistaken", "has_lookalikes"),
    [
        ("", "10", ("11",), False),
        ("", "10", ("10.5",), True),
        ("", "10.4", ("9.6",), True),  # typed as shown, 10 is near both
        ("", "10", ("20", "20.2"), True),
        ("", "10", ("20", "30"), False),
        ("%", "50", ("0.5",), True),
        ("$", "50", ("0.5",), False),
        ("", "10", (), False),
    ],
)
def test_values_look_alike_when_a_number_typed_for_one_is_read_as_another(
    unit: str, answer: str, mistaken: tuple[str, ...], has_lookalikes: bool
) -> None:
    asked = Calculation("?", (), "1", 0, unit)
    drawn = Draw({}, Decimal(answer), numbers(*mistaken))
    assert calculation.has_lookalikes(asked, drawn) is has_lookalikes


@unhurried
@given(values=st.lists(rates, min_size=1, max_size=4), unit=st.sampled_from(("%", "$")))
def test_without_lookalikes_each_value_typed_as_shown_is_read_as_itself(
    values: list[Decimal], unit: str
) -> None:
    asked = Calculation("?", (), "1", 1, unit)
    drawn = Draw({}, values[0], tuple(values[1:]))
    readings = [read_as(asked, drawn, calculation.show_answer(asked, value)) for value in values]
    if calculation.has_lookalikes(asked, drawn):
        assert any(
            abs(one * scale - other) <= Decimal("0.1")
            for one, other in pairs(values, 2)
            for scale in (1, 100, Decimal("0.01"))
        )
    else:
        assert readings == [None, *range(len(values) - 1)]


def read_as(asked: Calculation, drawn: Draw, shown: str) -> int | None:
    typed = calculation.read_number(shown, asked.unit)
    assert typed is not None
    judged = calculation.judge(asked, drawn, typed)
    assert judged.is_right or judged.mistake is not None
    return judged.mistake


# Showing


@pytest.mark.parametrize(
    ("unit", "decimals", "value", "shown"),
    [
        ("$", 2, "1250", "$1,250.00"),
        ("$", 2, "-1250", "-$1,250.00"),
        ("$", 2, "-0.004", "$0.00"),
        ("$", 2, "0.005", "$0.01"),
        ("%", 1, "59.6", "59.6%"),
        ("%", 1, "-5.25", "-5.3%"),
        ("days", 1, "40", "40.0 days"),
        ("visits", 0, "1234567.5", "1,234,568 visits"),
        ("", 0, "7", "7"),
    ],
)
def test_an_answer_is_shown_with_its_unit(unit: str, decimals: int, value: str, shown: str) -> None:
    asked = Calculation("?", (), "1", decimals, unit)
    assert calculation.show_answer(asked, Decimal(value)) == shown


@pytest.mark.parametrize(
    ("parameter", "value", "shown"),
    [
        (CHARGES, "50000", "$50,000"),
        (Parameter("a", decimals=2, prefix="$"), "-1250", "-$1,250.00"),
        (Parameter("a", decimals=1, suffix="%"), "5.5", "5.5%"),
        (Parameter("a"), "1200", "1,200"),
    ],
)
def test_a_given_number_is_shown_as_written(parameter: Parameter, value: str, shown: str) -> None:
    assert calculation.show_given(parameter, Decimal(value)) == shown


def test_each_name_in_braces_shows_its_number() -> None:
    text = "{charges} was charged, {payments} collected, {visits} and {Charges} stay."
    assert calculation.fill(text, COLLECTION_RATE, DRAWN) == (
        "$80,000 was charged, $47,680 collected, {visits} and {Charges} stay."
    )


def test_the_work_is_shown_in_words_and_in_numbers() -> None:
    assert calculation.show_work(COLLECTION_RATE, DRAWN) == (
        "payments / charges * 100",
        "$47,680 / $80,000 * 100 = 59.6%",
    )


def test_a_negative_number_stands_in_parentheses_and_an_underline_is_a_blank() -> None:
    refunds: Mapping[str, Decimal] = {"net_change": Decimal(-5)}
    asked = Calculation(
        "?", (Parameter("net_change", prefix="$"),), "max(net_change, 2 * 3)", 2, "$"
    )
    assert calculation.show_work(asked, calculation.work_out(asked, refunds)) == (
        "max(net change, 2 * 3)",
        "max((-$5), 2 * 3) = $6.00",
    )


def test_the_work_shows_a_given_percentage_as_the_number_that_is_computed_with() -> None:
    asked = Calculation(
        "What is {rate} of {bill}?",
        (
            Parameter("rate", choices=(Decimal(12),), suffix="%"),
            Parameter("bill", choices=(Decimal(500),), prefix="$"),
        ),
        "bill * rate / 100",
        decimals=2,
        unit="$",
    )
    drawn = calculation.draw(asked, Random(1))
    assert calculation.show_work(asked, drawn)[1] == "$500 * 12 / 100 = $60.00"
