"""The two faces of every kind of card, as text."""

import io
from dataclasses import replace
from datetime import date
from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import example
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Group
from rich.console import RenderableType

from cmom_srs.study.notes import Basic
from cmom_srs.study.notes import Note
from cmom_srs.study.notes import Option
from cmom_srs.study.questions import calculation
from cmom_srs.study.questions.calculation import TypedNumber
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
from cmom_srs.study.questions.response import is_right
from cmom_srs.terminal.output import faces
from cmom_srs.terminal.output.gaps import tightened
from cmom_srs.terminal.output.markdown import author_text
from cmom_srs.terminal.output.markdown import stand_out
from cmom_srs.terminal.output.screen import Screen
from tests.support.builders import COLLECTION_RATE
from tests.support.builders import TODAY
from tests.support.builders import unhurried

NO_WORDS = ("", None)


def text_of(block: RenderableType, **environ: str) -> str:
    output = io.StringIO()
    Screen(output, environ={"COLUMNS": "80", **environ}).show(block)
    return output.getvalue()


def before(question: Question, is_plain: bool = False) -> str:
    return text_of(faces.unanswered(question, is_plain))


def after(response: Response, is_plain: bool = False) -> str:
    return text_of(faces.answered(response, is_plain))


def test_the_allowed_markdown_is_shown_and_the_rest_means_itself() -> None:
    written = (
        "*soft*, **strong**, `code`, <b>kept</b>, [blank], [link](url), ![image](url), a_b_c\n"
        "# no heading\n\n> 90 days\n\n- one\n- two\n\n1. first"
    )
    assert text_of(author_text(written)).splitlines() == [
        "  soft, strong, code, <b>kept</b>, [blank], [link](url), ![image](url), a_b_c",
        "  # no heading",
        "",
        "  > 90 days",
        "",
        "   • one",
        "   • two",
        "",
        "   1 first",
    ]


def test_a_table_is_aligned_and_has_no_empty_edges() -> None:
    written = (
        "before\n\n| bucket | balance |\n|---|--:|\n| 0-30 | $12 |\n| over 120 | $900 |\n\nafter"
    )
    assert text_of(author_text(written)).splitlines() == [
        "  before",
        "",
        "  bucket    balance",
        "  ─────────────────",
        "  0-30          $12",
        "  over 120     $900",
        "",
        "  after",
    ]


def test_a_list_that_comes_first_has_no_empty_line_before_it() -> None:
    assert text_of(author_text("- one\n- two\n\nafter")) == "   • one\n   • two\n\n  after\n"


def test_words_stand_out_wherever_they_stand() -> None:
    written = f"non{stand_out('«*exempt*»')}, `a{stand_out('b')}` and | {stand_out('c')}"
    assert text_of(author_text(written)) == "  non«exempt», ab and | c\n"
    colored = text_of(author_text(f"non{stand_out('«x»')}ly"), FORCE_COLOR="1")
    assert "non\x1b[1m«x»\x1b[0mly" in colored


def test_a_basic_card_shows_scenario_and_question_then_the_answer() -> None:
    question = Recall("What is an EOB?", "An explanation of benefits.")
    scenario = note("eob", scenario="A patient calls.")
    assert (
        text_of(faces.stem(question, scenario.scenario))
        == "  A patient calls.\n\n  What is an EOB?\n\n"
    )
    assert before(question) == ""
    assert after(Recalled(question)) == "  Answer\n  An explanation of benefits.\n\n"
    assert is_right(Recalled(question)) is None


def test_a_cloze_hides_the_asked_gap_alone_and_marks_it_when_filled() -> None:
    text = "Salary {{c1::basis}}, salary {{c2::level::how much}}, {{c1::duties}}."
    assert before(FillGap(text, 1)) == "  Salary [...], salary level, [...].\n\n"
    assert before(FillGap(text, 2)) == "  Salary basis, salary [how much], duties.\n\n"
    assert after(Filled(FillGap(text, 1))) == "  Salary «basis», salary level, «duties».\n\n"
    assert text_of(faces.stem(FillGap(text, 1), "")) == ""
    assert is_right(Filled(FillGap(text, 1))) is None


def test_a_hint_beside_a_parenthesis_is_no_link() -> None:
    assert before(FillGap("Pay {{c1::684::amount}}(a week)", 1)) == "  Pay [amount](a week)\n\n"


ONE = PickOption("Who?", (Option("A plan", "It pays.", is_right=True), Option("A cat", "It naps.")))
TWO = PickOption(
    "Who?",
    (
        Option("A plan", "It pays.", is_right=True),
        Option("A cat", "It naps."),
        Option("A clinic", "It bills.", is_right=True),
    ),
)


def test_options_keep_order_and_letters_beside_their_whys() -> None:
    assert before(ONE) == "    a) A plan\n    b) A cat\n\n"
    wrong, right = Picked(ONE, frozenset({1})), Picked(ONE, frozenset({0}))
    assert after(wrong).splitlines() == [
        "  ✗ Wrong: the answer is a.",
        "  ✓ a) A plan",
        "       Right. It pays.",
        "  ✗ b) A cat",
        "       Wrong, your choice. It naps.",
        "",
    ]
    assert after(right).startswith("  ✓ Right.\n  ✓ a) A plan\n       Right, your choice. It pays.")
    assert (is_right(right), is_right(wrong)) == (True, False)


def test_plain_options_have_numbers_and_words_in_place_of_signs() -> None:
    assert before(ONE, is_plain=True) == "  1) A plan\n  2) A cat\n\n"
    said = after(Picked(ONE, frozenset({1})), is_plain=True)
    assert said.startswith("  Wrong: the answer is 1.\n  1) A plan\n     Right. It pays.\n")
    assert not set("✓✗") & set(said)


def test_several_options_say_how_many_were_right() -> None:
    assert before(TWO).startswith("  Select all that apply.\n\n    a) A plan")
    assert after(Picked(TWO, frozenset({0, 2}))).startswith("  ✓ Right.")
    half, too_many = Picked(TWO, frozenset({0})), Picked(TWO, frozenset({0, 1, 2}))
    assert "Wrong: 1 of the 2 right options chosen.\n" in after(half)
    assert "Wrong: 2 of the 2 right options chosen, and 1 wrong.\n" in after(too_many)
    assert not is_right(too_many)


def test_eight_options_have_eight_labels() -> None:
    question = PickOption("Who?", tuple(Option(f"No. {place}", "x") for place in range(8)))
    assert "h) No. 7" in before(question)
    assert "8) No. 7" in before(question, is_plain=True)


def compute() -> Compute:
    numbers = {"charges": Decimal(80_000), "payments": Decimal(40_000)}
    drawn = calculation.work_out(COLLECTION_RATE, numbers)
    asked = calculation.fill(COLLECTION_RATE.question, COLLECTION_RATE, drawn)
    return Compute(asked, COLLECTION_RATE, drawn)


def test_a_calculation_shows_its_work_in_words_and_in_numbers() -> None:
    right = Computed(compute(), "50", TypedNumber(Decimal(50)))
    assert after(right).splitlines() == [
        "  ✓ Right: 50.0%.",
        "",
        "  payments / charges * 100",
        "  $40,000 / $80,000 * 100 = 50.0%",
        "",
    ]
    assert is_right(right)


def test_a_number_that_is_a_known_mistake_has_its_why() -> None:
    wrong = Computed(compute(), "200%", TypedNumber(Decimal(200), has_percent=True))
    lines = after(wrong).splitlines()
    assert lines[0] == "  ✗ Wrong: you answered 200%, the answer is 50.0%."
    assert lines[2].strip() == COLLECTION_RATE.mistakes[0].why
    other = Computed(compute(), "7", TypedNumber(Decimal(7)))
    assert COLLECTION_RATE.mistakes[0].why not in after(other)


def test_numbers_are_filled_into_scenario_and_extra() -> None:
    written = note("rate", scenario="Charged: {charges}.", extra="{payments} came in.")
    assert "Charged: $80,000." in text_of(faces.stem(compute(), written.scenario))
    assert "$40,000 came in." in footer(compute(), written)


ORDER = PutInOrder("Check-in?", ("Verify", "Copay", "Greet"), (1, 2, 0))


def test_steps_name_the_wrong_places_and_where_each_was_put() -> None:
    assert before(ORDER).splitlines()[2:] == ["    a) Verify", "    b) Copay", "    c) Greet", ""]
    assert after(Ordered(ORDER, (0, 2, 1))).splitlines() == [
        "  ✗ Wrong: places 1 and 2.",
        "  ✗ 1. Greet",
        "       You put it in place 2.",
        "  ✗ 2. Verify",
        "       You put it in place 1.",
        "  ✓ 3. Copay",
        "",
    ]
    assert after(Ordered(ORDER, (2, 0, 1))).startswith("  ✓ Right.\n  ✓ 1. Greet\n")
    assert "places 1, 2 and 3" in after(Ordered(ORDER, (0, 1, 2)))


def test_on_a_small_screen_an_answer_takes_fewer_lines() -> None:
    three = PickOption("Who?", (*ONE.options, Option("A *dog*", "It barks at all of them.")))
    folded = faces.folded(Picked(three, frozenset({1})))
    assert folded is not None
    assert text_of(folded).splitlines()[-2:] == ["    c) A dog", ""]
    assert faces.folded(Picked(ONE, frozenset({1}))) is None
    steps = faces.folded(Ordered(ORDER, (0, 2, 1)))
    assert steps is not None
    assert "  ✗ 1. Greet (you: 2)\n" in text_of(steps)
    assert faces.folded(Recalled(Recall("a", "b"))) is None


def test_a_tight_page_loses_its_empty_lines_in_the_order_they_are_missed() -> None:
    written = note("tight", scenario="A scenario.", extra="More.", source="x")
    question = Recall("A question?", "b")
    page = Group(
        faces.stem(question, written.scenario),
        faces.answered(Recalled(question), is_plain=False),
        faces.footer(question, written, TODAY, NO_WORDS, is_plain=False),
    )
    tight = [text_of(tightened(page, tightness)).count("\n\n") for tightness in range(6)]
    assert tight == [5, 5, 3, 2, 1, 0]
    assert "A scenario.\n\n  A question?\n\n  Answer\n  b\n  More." in text_of(tightened(page, 2))
    assert text_of(tightened(page, 5)).splitlines() == [
        "  A scenario.",
        "  A question?",
        "  Answer",
        "  b",
        "  More.",
        "  Source: x",
    ]


def test_the_footer_has_what_there_is() -> None:
    question = Recall("a", "b")
    full = note("full", source="29 CFR 541", as_of=date(2026, 1, 1), manual="Labor", extra="More.")
    assert footer(question, full) == (
        "  More.\n\n  Source: 29 CFR 541 · As of January 1, 2026 · Manual: Labor\n\n"
    )
    assert footer(question, full, is_plain=True).splitlines()[2:5] == [
        "  Source: 29 CFR 541",
        "  As of January 1, 2026",
        "  Manual: Labor",
    ]
    assert "Manual: Labor (p. 212)" in footer(question, full, ("", "p. 212"))
    assert footer(question, note("bare", source="x")) == "  Source: x\n\n"


def test_the_footer_says_until_when_a_note_holds_and_plainly_once_that_is_past() -> None:
    question, last_day = Recall("a", "b"), replace(note("rate", source="x"), until=TODAY)
    assert footer(question, last_day) == "  Source: x · Until December 1, 2026\n\n"
    past = replace(last_day, as_of=date(2026, 1, 1), until=TODAY - timedelta(days=1), extra="More.")
    assert footer(question, past, ("Mine.", None)) == (
        "  More.\n\n  Held until November 30, 2026: check it before you rely on it.\n\n"
        "  Your note: Mine.\n\n  Source: x · As of January 1, 2026\n\n"
    )


def test_the_learners_own_line_stands_between_the_extra_and_the_source() -> None:
    noted = note("noted", source="x", extra="More.")
    assert footer(Recall("a", "b"), noted, ("See [tab 4].", None)) == (
        "  More.\n\n  Your note: See [tab 4].\n\n  Source: x\n\n"
    )


@unhurried
@given(st.text(), st.booleans())
@example("a\ue001b\ue000", False)
def test_any_text_of_an_author_can_be_shown(text: str, is_plain: bool) -> None:
    question = PickOption(text, (Option(text, text, is_right=True), Option("b", text)))
    assert "Right, your choice." in after(Picked(question, frozenset({0})), is_plain)
    assert text_of(faces.stem(question, text))


def footer(
    question: Question,
    note: Note,
    own_words: tuple[str, str | None] = NO_WORDS,
    *,
    is_plain: bool = False,
) -> str:
    return text_of(faces.footer(question, note, TODAY, own_words, is_plain))


def note(note_id: str, **fields: Any) -> Note:
    made = Note(note_id, "law", "labor", "Labor", 0, Basic("a", "b"), source="29 CFR 541")
    return replace(made, **fields)
