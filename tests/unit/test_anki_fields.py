"""A note's fields: what Anki shows of each kind, finished at export."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from cmom_srs.anki.notes import fields
from cmom_srs.anki.notes.fields import UnsafeFieldError
from cmom_srs.anki.notes.fields import markdown
from cmom_srs.anki.notes.fields import render
from cmom_srs.anki.notes.note_types import NOTE_TYPES
from cmom_srs.anki.notes.verbatim import verbatim
from cmom_srs.study.notes import Basic
from cmom_srs.study.notes import Body
from cmom_srs.study.notes import Calculation
from cmom_srs.study.notes import Choice
from cmom_srs.study.notes import Cloze
from cmom_srs.study.notes import Mistake
from cmom_srs.study.notes import Note
from cmom_srs.study.notes import Option
from cmom_srs.study.notes import Parameter
from cmom_srs.study.notes import Steps
from cmom_srs.study.questions import calculation
from cmom_srs.study.questions.markup import PARSER
from tests.support.builders import BASIC
from tests.support.builders import CHOICE
from tests.support.builders import COLLECTION_RATE
from tests.support.builders import REVERSIBLE
from tests.support.builders import STEPS
from tests.support.builders import cloze
from tests.support.builders import decks
from tests.support.builders import note
from tests.support.builders import unhurried

PLACE = "Billing > Claims"


def rendered(body: Body, **changed: object) -> dict[str, str]:
    return render(replace(note(body=body), **changed), PLACE)  # type: ignore[arg-type]  # any field


def items(field: str) -> list[str]:
    return re.findall(r"<li.*?</li>", field, re.DOTALL)


@given(decks())
@unhurried
def test_every_note_has_all_fields_of_its_note_type_in_order(notes: tuple[Note, ...]) -> None:
    for each in notes:
        assert tuple(render(each, PLACE)) == NOTE_TYPES[each.kind].fields


@given(decks())
@unhurried
def test_a_note_is_always_rendered_the_same(notes: tuple[Note, ...]) -> None:
    for each in notes:
        assert render(each, PLACE) == render(each, PLACE)


def test_what_all_kinds_share() -> None:
    found = rendered(
        BASIC,
        scenario="A *long* day.",
        extra="More.",
        source="29 CFR 541 & more",
        as_of=date(2026, 1, 2),
        manual="3. *Chapter*",
    )
    assert found["Scenario"] == "A <em>long</em> day."
    assert found["Extra"] == "More."
    assert found["Source"] == "29 CFR 541 &amp; more"
    assert found["As of"] == "2026-01-02"
    assert found["Manual"] == "3. <em>Chapter</em>"
    assert found["Place"] == "Billing &gt; Claims"
    assert found["ID"] == "fact"
    assert {found[f"Spare {number}"] for number in (1, 2, 3, 4)} == {""}


def test_until_when_a_note_holds_stands_behind_its_as_of() -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    assert rendered(BASIC, as_of=first, until=last)["As of"] == "2026-01-01, until 2026-12-31"
    assert rendered(BASIC, until=last)["As of"] == "any day until 2026-12-31"


def test_the_quotation_marks_of_a_title_stay_as_they_are() -> None:
    assert render(note(), '"Billing" > Claims')["Place"] == '"Billing" &gt; Claims'


def test_what_is_missing_is_empty() -> None:
    found = rendered(BASIC)
    assert found["Scenario"] == found["Extra"] == found["As of"] == found["Manual"] == ""


def test_a_reversible_note_says_yes() -> None:
    assert rendered(REVERSIBLE)["Reverse"] == "yes"
    assert rendered(BASIC)["Reverse"] == ""


def test_a_cloze_keeps_its_gaps_and_hints() -> None:
    text = "Keep the {{c1::300}} log, *not* {{c2::301 & more::form}}."
    assert rendered(Cloze(text))["Text"] == (
        "Keep the {{c1::300}} log, <em>not</em> {{c2::301 &amp; more::form}}."
    )


def test_options_and_rationales_stand_in_one_order_and_only_the_rationales_tell() -> None:
    found = rendered(CHOICE)
    options, rationales = items(found["Options"]), items(found["Rationales"])
    assert len(options) == len(rationales) == len(CHOICE.options)
    for number, (option, rationale) in enumerate(zip(options, rationales, strict=True), 1):
        assert f'data-n="{number}"' in option
        assert f'data-n="{number}"' in rationale
        text = re.sub(r"<[^>]*>", "", option)
        (meant,) = [each for each in CHOICE.options if each.text == text]
        assert f'{meant.text}<div class="why">{meant.why}</div>' in rationale
        assert ('class="right"' in rationale) == meant.is_right
        assert ('data-last="1"' in option) == meant.is_last
    assert "right" not in found["Options"]
    assert "None of these" in options[-1]
    assert found["Select"] == ""


# The scripts of the cards, also those that learners imported long ago, find their way by these


def test_the_html_of_a_choice_is_a_list_of_options_and_one_of_rationales() -> None:
    right = Option("A plan", "It pays.", is_right=True)
    found = rendered(Choice("Who *is* it?", (right, Option("None", "One is.", is_last=True))))
    assert found["Question"] == "Who <em>is</em> it?"
    assert found["Options"] == (
        '<ol class="options"><li data-n="1">A plan</li><li data-n="2" data-last="1">None</li></ol>'
    )
    assert found["Rationales"] == (
        '<ol class="rationales">'
        '<li data-n="1" class="right">A plan<div class="why">It pays.</div></li>'
        '<li data-n="2" data-last="1">None<div class="why">One is.</div></li></ol>'
    )


def test_the_html_of_steps_is_a_list_as_shown_and_one_in_order() -> None:
    found = rendered(Steps("Which *order*?", ("one", "two")))
    assert found["Question"] == "Which <em>order</em>?"
    assert found["Steps"] == '<ol class="steps"><li data-n="2">two</li><li data-n="1">one</li></ol>'
    assert found["Ordered"] == (
        '<ol class="ordered"><li data-n="1">one</li><li data-n="2">two</li></ol>'
    )


def test_the_html_of_a_calculation_is_its_solution_and_a_list_of_draws() -> None:
    mistakes = (Mistake("x + 1", "One more."), Mistake("x + 2", "*Two* more."))
    doubled = Calculation(
        "Twice {x}?", (Parameter("x", choices=(Decimal(4),)),), "x * 2", 0, mistakes=mistakes
    )
    found = rendered(doubled)
    solution = '<div class="formula">x * 2</div><div class="numbers">4 * 2 = 8</div>'
    assert (found["Question"], found["Answer"], found["Solution"]) == ("Twice 4?", "8", solution)
    drawn = (
        '<li data-unit="" data-low="7.5" data-high="8.5"><div class="question">Twice 4?</div>'
        f'<div class="answer">8</div><div class="solution">{solution}</div>'
        '<div class="mistake" data-low="4.5" data-high="5.5">One more.</div>'
        '<div class="mistake" data-low="5.5" data-high="6.5"><em>Two</em> more.</div></li>'
    )
    assert found["Draws"] == f'<ol class="draws" hidden>{drawn * fields.DRAWS}</ol>'


def test_options_keep_their_order_when_the_note_is_renamed() -> None:
    renamed = replace(note("other", CHOICE), formerly=("fact",))
    assert render(renamed, PLACE)["Options"] == rendered(CHOICE)["Options"]


def test_several_right_options_are_asked_for() -> None:
    all_right = replace_options(is_right=True)
    assert rendered(all_right)["Select"] == "Select all that apply"


def replace_options(**changed: object) -> Body:
    options = tuple(structs.replace(option, **changed) for option in CHOICE.options)
    return structs.replace(CHOICE, options=options)


def test_steps_are_shown_in_a_wrong_order_and_ordered_on_the_back() -> None:
    found = rendered(STEPS)
    shown = re.findall(r'data-n="(\d)"', found["Steps"])
    assert sorted(shown) == ["1", "2", "3", "4"]
    assert shown != sorted(shown)
    assert items(found["Ordered"]) == [
        f'<li data-n="{number}">{step}</li>' for number, step in enumerate(STEPS.steps, 1)
    ]


def test_a_calculation_shows_its_first_draw_and_carries_thirty() -> None:
    found = rendered(COLLECTION_RATE, scenario="{charges} went out.", extra="Of {charges}.")
    draws = items(found["Draws"])
    assert len(draws) == fields.DRAWS
    charges = re.match(r"\$[0-9,]+", found["Question"])
    assert charges
    assert found["Scenario"] == f"{charges[0]} went out."
    assert found["Extra"] == f"Of {charges[0]}."
    assert f'<div class="question">{found["Question"]}</div>' in draws[0]
    assert f'<div class="answer">{found["Answer"]}</div>' in draws[0]
    assert found["Solution"] in draws[0]
    assert '<div class="extra">' not in items(rendered(COLLECTION_RATE, extra="Plain.")["Draws"])[0]
    assert len({re.findall(r'class="question">(.*?)<', draw)[0] for draw in draws}) > 20


def test_a_draw_says_between_which_numbers_the_answer_and_each_mistake_lie() -> None:
    drawn = items(rendered(COLLECTION_RATE)["Draws"])[0]
    bounds = re.findall(r'data-low="([^"]*)" data-high="([^"]*)"', drawn)
    assert len(bounds) == 2
    shown = re.findall(r"\$([0-9,]+)", drawn)
    charges, payments = (Decimal(number.replace(",", "")) for number in shown[:2])
    answer = payments / charges * 100
    low, high = map(Decimal, bounds[0])
    assert low <= answer <= high
    assert high - low == 2 * calculation.tolerance(COLLECTION_RATE)
    low, high = map(Decimal, bounds[1])
    assert low <= charges / payments * 100 <= high
    assert "This inverts the ratio." in drawn
    assert 'data-unit="%"' in drawn


def test_author_text_is_no_html_and_links_stay_as_written() -> None:
    assert markdown("a <b>bold</b> & [x](y) ![z](w)") == (
        "a &lt;b&gt;bold&lt;/b&gt; &amp; [x](y) ![z](w)"
    )
    assert markdown("> 10 employees") == "&gt; 10 employees"
    assert markdown("# 24") == "# 24"


def test_lists_tables_and_paragraphs_are_rendered() -> None:
    assert markdown("- one\n- two").startswith("<ul>")
    assert "<th>a</th>" in markdown("| a |\n|---|\n| b |")
    assert markdown("one\n\ntwo") == "<p>one</p>\n<p>two</p>"
    assert markdown("one\ntwo") == "one\ntwo"


awkward = st.text("ab1.)- +*_`\\&<>\n|[]!~:\"'#=\t\x85\u2028\xa0;{}", max_size=12) | st.text()


@given(awkward)
@unhurried
def test_the_quick_way_for_plain_texts_is_markdowns_own(text: str) -> None:
    rendered = PARSER.render(text).strip()
    paragraph = fields._ONE_PARAGRAPH.fullmatch(rendered)
    assert markdown(text) == verbatim(paragraph[1] if paragraph else rendered)
    assert fields._inline(text) == verbatim(PARSER.renderInline(text))


@given(awkward)
@unhurried
def test_no_author_text_becomes_an_element_of_its_own(text: str) -> None:
    allowed = {"p", "br", "span", "em", "strong", "code", "ul", "ol", "li"}
    allowed |= {"table", "thead", "tbody", "tr", "th", "td"}
    assert {name.lower() for name in re.findall(r"<\s*/?\s*([^\s/>]*)", markdown(text))} <= allowed


def test_the_texts_are_in_unicodes_composed_form() -> None:
    assert rendered(Basic("cafe\u0301", "yes"))["Question"] == "caf\u00e9"


@pytest.mark.parametrize("control", ["\x1f", "\x00", "\x07", "\x7f"])
def test_a_control_character_stops_the_build_with_note_and_field_named(control: str) -> None:
    with pytest.raises(UnsafeFieldError) as stopped:
        rendered(Basic("fine", f"not{control}fine"))
    assert "fact" in stopped.value.sentence
    assert "Answer" in stopped.value.sentence


def test_a_tab_and_a_line_break_are_fine() -> None:
    assert rendered(Basic("a\tb", "c\nd"))["Question"] == "a\tb"


def test_the_guid_is_plain_and_hangs_on_the_first_id_and_the_kind() -> None:
    assert fields.guid(note("fact")) == "cmom/basic/fact"
    assert fields.guid(replace(note("new"), formerly=("old", "newer"))) == "cmom/basic/old"
    assert fields.guid(note("fact", cloze(1))) == "cmom/cloze/fact"
