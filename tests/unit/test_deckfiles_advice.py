"""Advice on the craft of notes, where the case files do not show it."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from cmom_srs.deckfiles.advice import advise
from cmom_srs.deckfiles.read import read
from tests.support.deck_text import findings
from tests.support.deck_text import read_deck
from tests.support.deck_text import write_decks

HEAD = "# Craft\nSource: practice\n"


LONG = (
    "How long does a medical office of 5 people keep its log of injuries, its training records, "
    "its exposure plan and its hepatitis vaccination forms?"
)


def basic(note_id: str, question: str, more: str = "") -> str:
    return f"\n## {note_id}\nQuestion: {question}\nAnswer: This\n{more}"


def choice(*options: str) -> str:
    written = "".join(f"- [{option[0]}] {option[1:]}\n  Why: It is so.\n" for option in options)
    return f"{HEAD}\n## which\nQuestion: Which?\n{written}"


def codes(tmp_path: Path, text: str) -> list[str]:
    return [problem.code for problem in findings(read_deck(tmp_path, text))]


def test_nothing_is_stale_unless_it_is_asked_for(tmp_path: Path) -> None:
    text = HEAD + basic("old", "What was?", "As of: 1999-01-01\n")
    decks = read_deck(tmp_path, text)
    assert advise(decks, None) == ()
    assert [problem.code for problem in advise(decks, date(1999, 1, 2))] == ["stale"]
    assert advise(decks, date(1999, 1, 1)) == ()


def test_nothing_is_expiring_unless_it_is_asked_for(tmp_path: Path) -> None:
    decks = read_deck(tmp_path, HEAD + basic("rate", "What is?", "Until: 2026-12-31\n"))
    assert advise(decks, None) == ()
    assert advise(decks, None, date(2026, 12, 30)) == ()
    (problem,) = advise(decks, None, date(2026, 12, 31))
    assert (problem.code, problem.line, problem.column) == ("expiring", 7, 8)


def test_a_stale_head_is_one_advice_at_its_line(tmp_path: Path) -> None:
    text = f"{HEAD}As of: 1999-01-01\n" + basic("one", "What is one?") + basic("two", "And two?")
    decks = read_deck(tmp_path, text)
    assert [(problem.line, problem.column) for problem in advise(decks, date(2020, 1, 1))] == [
        (3, 8)
    ]


def test_the_same_question_in_another_scenario_is_another_question(tmp_path: Path) -> None:
    question = "Question: What must the manager do?\nAnswer: {}\n"
    monday = "\n## one\nScenario: A claim was denied on Monday.\n" + question.format("Appeal")
    friday = "\n## two\nScenario: A nurse fell in the hall at noon.\n" + question.format("Log it")
    assert codes(tmp_path, HEAD + monday + friday) == []
    again = "\n## three\nScenario: A claim was denied\n  on monday.\n" + question.format("Wait")
    assert codes(tmp_path, HEAD + monday + again) == ["duplicate-question"]


def test_a_cloze_is_compared_with_its_gaps_filled(tmp_path: Path) -> None:
    one = "\n## one\nCloze: The log is kept for {{c1::five}} years by every employer.\n"
    two = "\n## two\nCloze: The log is kept for five years by {{c1::every::who}} employer.\n"
    assert codes(tmp_path, HEAD + one + two) == ["duplicate-question"]


def test_numbers_tell_questions_apart_and_kinds_do_too(tmp_path: Path) -> None:
    five = basic("five", LONG)
    six = five.replace("## five", "## six").replace("5 people", "6 people")
    steps = "1. One\n2. Two\n3. Three\n"
    ordered = five.replace("## five", "## order").replace("Answer: This\n", steps)
    assert codes(tmp_path, HEAD + five + six) == ["near-duplicate-question"]
    assert codes(tmp_path, HEAD + five + ordered.replace("forms?", "forms then?")) == []
    assert codes(tmp_path, HEAD + basic("one", "Is 5 enough?") + basic("two", "Is 6 enough?")) == []


def test_advice_is_given_across_decks_at_the_later_note(tmp_path: Path) -> None:
    folder = write_decks(
        tmp_path, alpha=HEAD + basic("one", "What is it?"), beta=HEAD + basic("two", "What is IT?")
    )
    (problem,) = advise(read(folder), None)
    assert (problem.path, problem.line) == ("practice/beta.md", 5)
    assert "`one` (practice/alpha.md, line 4)" in problem.message


def test_the_longest_option_may_be_right_by_a_little(tmp_path: Path) -> None:
    assert codes(tmp_path, choice("x" + "a" * 61, " " + "b" * 40)) == ["longest-option"]
    assert codes(tmp_path, choice("x" + "a" * 60, " " + "b" * 40)) == []
    assert codes(tmp_path, choice("x" + "a" * 24, " " + "b" * 4)) == []
    assert codes(tmp_path, choice("x" + "a" * 90, "xyes", " no")) == []


def test_the_last_option_may_speak_of_the_others_when_it_stays_last(tmp_path: Path) -> None:
    for words in ("All of the above", "both of these", "NONE OF THE ABOVE"):
        assert codes(tmp_path, choice("xOne, not all", f" {words}")) == ["unpinned-option"]
        assert codes(tmp_path, choice("xOne, not all", f" {words} {{last}}")) == []


def test_words_that_also_stand_in_the_right_option_give_nothing_away(tmp_path: Path) -> None:
    assert codes(tmp_path, choice("xOnly one", " Never", " Always")) == []
    assert codes(tmp_path, choice("xOne", " Finally", " Onlyness")) == []


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("craft")


_QUESTIONS = st.lists(
    st.lists(
        st.sampled_from(["ledger", "claim", "denial", "payer", "audit", "log", "fee"]), min_size=1
    ),
    min_size=2,
    max_size=12,
)


@settings(deadline=None, max_examples=60)
@given(questions=_QUESTIONS)
def test_near_duplicates_are_found_as_by_comparing_all_with_all(
    place: Path, questions: list[list[str]]
) -> None:
    asked = [" ".join(words) for words in questions]
    notes = [basic(f"note-{number}", question) for number, question in enumerate(asked)]
    decks = read_deck(place, HEAD + "".join(notes))
    found = [entry for entry in advise(decks, None) if entry.code == "near-duplicate-question"]
    expected = [
        4 + 4 * number
        for number, words in enumerate(questions)
        if any(
            asked[number] != asked[earlier] and is_near(set(words), set(questions[earlier]))
            for earlier in range(number)
        )
    ]
    assert [problem.line - 1 for problem in found] == expected


def is_near(one: set[str], other: set[str]) -> bool:
    return 100 * len(one & other) >= 85 * len(one | other)


@pytest.mark.parametrize(
    "gap",
    [
        "{{c1::std::vector}}",
        "{{c1::Foo::Bar}}",
        "{{c1::obj::get_item}}",
        "{{c1::list::append()}}",
        "{{c1::3::1}}",
        "{{c1::one::two::three}}",
        "{{c1::a::::b}}",
        "{{c1::boost::asio}} beside std::vector",
    ],
)
def test_a_gap_whose_hint_may_be_part_of_the_answer_is_advised(tmp_path: Path, gap: str) -> None:
    assert codes(tmp_path, f"{HEAD}\n## one\nCloze: It is {gap} here.\n") == ["gap-with-colons"]


@pytest.mark.parametrize(
    "gap",
    [
        "{{c1::10::number}}",
        "{{c1::payment::money}}",
        "{{c1::Montana::state}}",
        "{{c1::MIPS::four letters}}",
        "{{c1::$684::weekly amount}}",
        "{{c1::revenue::on the P&L}}",
        "{{c1::std&#58;&#58;vector}}",
        "{{c1::profit and loss statement (P&L)::name of the statement}}",
    ],
)
def test_an_ordinary_hint_is_none_of_our_business(tmp_path: Path, gap: str) -> None:
    assert codes(tmp_path, f"{HEAD}\n## one\nCloze: It is {gap} here.\n") == []


@pytest.mark.parametrize("text", [r"\( x \)", r"\[ x \]", r"x \) y", r"a\, b", r"x \]"])
def test_a_backslash_that_markdown_drops_is_advised_once_a_note(tmp_path: Path, text: str) -> None:
    note = f"\n## one\nQuestion: What is {text}?\nAnswer: It is {text}.\n"
    assert codes(tmp_path, HEAD + note) == ["lost-backslash"]
    options = choice(f"x{text}", " no")
    assert codes(tmp_path, options) == ["lost-backslash"]
    why = choice("xyes", " no").replace("It is so", text)
    assert codes(tmp_path, why) == ["lost-backslash"]


@pytest.mark.parametrize(
    "text",
    [r"\*x\*", r"\[blank\]", r"5\_6", r"`\( x \)`", r"C:\Users\x", r"\$5", r"\# 5", r"a \ b"],
)
def test_a_backslash_that_does_its_work_is_not(tmp_path: Path, text: str) -> None:
    assert codes(tmp_path, HEAD + basic("one", f"What is {text}?")) == []


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("Her insurance cover ends in May.", "coverage"),
        ("The vaccine is free for those without cover.", "coverage"),
        ("She lost her cover.", "coverage"),
        ("A full-time post is open.", "position"),
        ("Two biopsies are dearer than one.", "more expensive"),
        ("The sign was turned round.", "around"),
        ("It is the other way\n  round.", "around"),
        ("The plan pays of its own accord.", "on its own, without being asked"),
        ("She must attest anew.", "again"),
        ("The notice was sent in due form.", "in proper form, properly"),
        ("When has the billing office to appeal?", "does ... have to"),
        ("A patient telephones the office.", "calls, or the phones"),
        ("The two-yearly count is due.", "every two years"),
        ("They move house in June.", "move"),
        ("She asks for a pay rise.", "raise"),
        ("She is paid each fortnight.", "two weeks"),
        ("The office is closed at the weekend.", "on weekends, on the weekend"),
        ("It holds as from January 1.", "starting"),
        ("He was in hospital for a week.", "in the hospital"),
        ("The patient ticks each box.", "check the box"),
        ("That is different to the rule.", "different from"),
    ],
)
def test_what_an_american_office_does_not_say_is_named_with_what_it_says(
    tmp_path: Path, said: str, instead: str
) -> None:
    (problem,) = findings(read_deck(tmp_path, HEAD + basic("one", said)))
    assert (problem.code, problem.hint) == ("idiom", f"say: {instead}")


def test_a_wording_is_named_once_in_a_note_and_each_of_several(tmp_path: Path) -> None:
    one = basic("one", "Is it dearer whilst it rains?", "Extra: It is dearer.\n")
    found = findings(read_deck(tmp_path, HEAD + one + basic("two", "Is that dearer?")))
    assert [(problem.line, problem.column) for problem in found] == [(5, 17), (5, 24), (10, 19)]


@pytest.mark.parametrize(
    "said",
    [
        "Does her insurance cover the vaccine? Her plan covers it.",
        "What does health insurance cover?",
        "Attach a cover letter and an insurance cover sheet, with its cover page.",
        "The probe has a disposable cover. Without cover sheets nothing is faxed.",
        "Post a payment, post Form 300A by the post-exposure steps, and post-date nothing.",
        "Her post names a patient, and the post has said enough.",
        "The second round is over; pay is the same all year round.",
        "Everybody gets on the line, and gets on with it.",
        "She answers the telephone and writes the telephone number down.",
        "The yearly count, the weekly list.",
        "They move the house call to Monday.",
        "At the weekend clinic nobody waits.",
        "In hospital outpatient departments it is another rate.",
        "On holiday weekends the rate is the same.",
        "A contribution of 4% of pay rises with the wage.",
        "It is different to have a plan.",
        "What has the office manager told her?",
        "Put the steps of the appeal in order.",
    ],
)
def test_what_an_american_office_does_say_is_no_idiom(tmp_path: Path, said: str) -> None:
    assert codes(tmp_path, HEAD + basic("one", said)) == []
