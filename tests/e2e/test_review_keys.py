"""A review by single keys, on a real pseudo-terminal."""

import re
import time
from pathlib import Path

import pytest

pytest.importorskip("termios", reason="pseudo-terminals are not on this system")

from tests.support.review_screen import READING_SECONDS
from tests.support.review_screen import review

AGAIN, HARD, GOOD, EASY = 2, 3, 4, 5


def grades(answers: list[tuple[str, str, int, int]]) -> list[tuple[str, int]]:
    return [(card, grade) for card, _, grade, _ in answers]


def test_space_reveals_and_space_again_is_good(tmp_path: Path) -> None:
    learner = review(tmp_path, "basic", "cloze/2")
    assert "Salary basis" not in learner.wait_for("Space shows the answer")
    learner.press(" ")
    shown = learner.wait_for("1 Again")
    assert "what three tests" in shown
    assert "Salary basis" in shown
    learner.rate(" ")
    assert "$684 a week, which is [...] a year" in learner.wait_for("[...]")
    learner.press("\r")
    assert "which is «$35,568» a year" in learner.wait_for("«")
    learner.rate("\r")
    learner.wait_for("u takes back")
    assert grades(learner.answers()) == [("basic/1", GOOD), ("cloze/2", GOOD)]


def test_what_was_graded_is_on_disk_when_the_next_card_is_shown(tmp_path: Path) -> None:
    learner = review(tmp_path, "basic", "cloze")
    learner.wait_for("Space shows")
    learner.press(" ")
    learner.rate("4")
    learner.wait_for("[weekly amount]")
    assert grades(learner.answers()) == [("basic/1", EASY)]


def test_a_letter_answers_a_choice_and_the_right_one_suggests_good(tmp_path: Path) -> None:
    learner = review(tmp_path, "choice")
    learner.wait_for("Choose a to d")
    learner.press("c")
    shown = learner.wait_for("> 3 Good")
    assert "✓ Right." in shown
    assert "Right, your choice. Her duties" in shown
    learner.rate(" ")
    learner.wait_for("u takes back")
    assert grades(learner.answers()) == [("choice/1", GOOD)]


def test_a_wrong_letter_suggests_again(tmp_path: Path) -> None:
    learner = review(tmp_path, "choice", lines=30)
    learner.wait_for("Choose a to d")
    learner.press("b")
    shown = learner.wait_for("> 1 Again")
    assert "✗ Wrong: the answer is c." in shown
    assert re.search(r"✗ b\) Rewrite .*\n +Wrong, your choice. Tidy", shown)
    assert re.search(r"✓ c\) Pay .*\n +Right. Her duties", shown)
    assert re.search(r"  a\) Nothing.*\n +The salary level is one test", shown)
    assert shown.count("Rewrite her job description") == 1
    assert "None of the above" in shown.split("c) Pay")[1]
    learner.rate("3")
    learner.wait_for("u takes back")
    assert grades(learner.answers()) == [("choice/1", GOOD)]


@pytest.mark.parametrize(
    ("card", "letters", "shown"),
    [
        ("choice", "c", "✓ Right."),
        ("several", "e", "[ ] a  [ ] b  [ ] c  [ ] d  [x] e"),
        ("steps", "b", "Your order: b _ _ _ _"),
        ("basic", " ", "Answer"),
    ],
)
def test_before_the_answer_digits_do_nothing(
    tmp_path: Path, card: str, letters: str, shown: str
) -> None:
    learner = review(tmp_path, card)
    learner.wait_for("── 1 new")
    learner.press("12345678", letters)
    learner.wait_for(shown)
    assert learner.answers() == []


def test_letters_toggle_where_several_apply(tmp_path: Path) -> None:
    learner = review(tmp_path, "several")
    learner.wait_for("Select all that apply.")
    learner.press("\r")
    learner.wait_for("Nothing is chosen yet.")
    learner.press("a", "b", "d", "b", "e")
    learner.wait_for("[x] a  [ ] b  [ ] c  [x] d  [x] e   Enter submits")
    learner.press("\r")
    assert "✓ Right." in learner.wait_for("> 3 Good")


def test_several_options_have_no_part_credit_but_say_how_many_were_right(tmp_path: Path) -> None:
    learner = review(tmp_path, "several")
    learner.wait_for("Enter submits")
    learner.press("a", "c", "\r")
    shown = learner.wait_for("> 1 Again")
    assert "Wrong: 1 of the 3 right options chosen, and 1 wrong." in shown
    assert re.search(r"✓ d\) Call-back number\n +Right. Needed", shown)


def test_a_right_number_is_right_with_or_without_its_unit(tmp_path: Path) -> None:
    learner = review(tmp_path, "calculation")
    learner.wait_for("$180,000. In the last 91 days")
    learner.press("40.7 days\r")
    shown = learner.wait_for("> 3 Good")
    assert "✓ Right: 40.7 days." in shown
    assert "receivables / (charges / days)" in shown
    assert "$180,000 / ($402,000 / 91) = 40.7 days" in shown
    assert "Average daily charges are $402,000 / 91." in shown


def test_a_known_mistake_is_named_with_its_own_numbers(tmp_path: Path) -> None:
    learner = review(tmp_path, "calculation")
    learner.wait_for("(days):")
    learner.press("163.4\r")
    shown = learner.wait_for("> 1 Again")
    assert "Wrong: you answered 163.4, the answer is 40.7 days." in shown
    assert "The charges cover 91 days" in shown


def test_what_does_not_read_as_a_number_is_asked_again(tmp_path: Path) -> None:
    learner = review(tmp_path, "calculation")
    learner.wait_for("(days):")
    learner.press("45", "\x7f", "\r")
    learner.wait_for("you answered 4,")
    learner.rate("1")
    learner.wait_for("Your answer (days):")
    learner.press("4,0\r")
    learner.wait_for("does not read as a number")
    learner.press("12", "\x15", "34")
    learner.wait_for("(days): 34 ")
    learner.press("\x1b")
    learner.wait_for("(days):    ? keys   q leave")
    learner.press("-5\r")
    learner.wait_for("you answered -5")


def test_a_letter_is_not_echoed_into_a_number(tmp_path: Path) -> None:
    learner = review(tmp_path, "calculation")
    learner.wait_for("Your answer (days):    ? keys   q leave")
    learner.press("a4bqz0.7 xdays")
    learner.wait_for("Your answer (days): 40.7 days   Enter submits   Esc clears")
    learner.press("\r")
    learner.wait_for("✓ Right")


def test_a_command_key_acts_on_an_empty_line_of_a_number(tmp_path: Path) -> None:
    learner = review(tmp_path, "calculation", "basic")
    learner.wait_for("(days):    ? keys   q leave")
    learner.press("i")
    learner.wait_for("calculation/1: decks/labor.md:42")
    learner.press(" ")
    learner.wait_for("(days):    ? keys   q leave")
    learner.press("4i0")
    learner.wait_for("(days): 40 ")
    learner.press("\x1b")
    learner.wait_for("(days):    ? keys   q leave")
    learner.press("!")
    learner.wait_for("Suspended")
    learner.wait_for("Space shows the answer")


def test_only_a_line_that_is_one_command_key_is_a_command(tmp_path: Path) -> None:
    learner = review(tmp_path, "calculation", "basic")
    learner.wait_for("(days):")
    learner.press("-5\r")
    learner.wait_for("you answered -5")
    learner.rate("1")
    learner.wait_for("Space shows the answer")
    learner.press(" ")
    learner.rate("3")
    learner.wait_for("Your answer (days):")
    learner.press("-\r")
    learner.wait_for("Buried: hidden until tomorrow.")
    learner.wait_for("2 answers saved")
    assert grades(learner.answers()) == [("calculation/1", AGAIN), ("basic/1", GOOD)]


def test_steps_are_put_in_order_letter_by_letter(tmp_path: Path) -> None:
    learner = review(tmp_path, "steps")
    learner.wait_for("Your order: _ _ _ _ _")
    learner.press("c", "a", "a", "\x7f", "b", "a", "\r")
    learner.wait_for("2 steps are still to place.")
    learner.press("d", "\r")
    learner.wait_for("One step is still to place.")
    learner.press("e")
    learner.wait_for("Your order: c b a d e   Enter submits")
    learner.press("\r")
    shown = learner.wait_for("> 3 Good")
    assert "✓ Right." in shown


def test_the_answer_of_steps_says_which_places_were_wrong(tmp_path: Path) -> None:
    learner = review(tmp_path, "steps")
    learner.wait_for("Your order:")
    learner.press("a", "b", "c", "d", "e", "\r")
    shown = learner.wait_for("> 1 Again")
    assert "Wrong: places 1 and 3." in shown
    assert re.search(r"✗ 1. Log the day of receipt.*\n +You put it in place 3.", shown)
    assert "✓ 2. Verify who is asking" in shown


def test_after_the_answer_digits_are_ratings_only(tmp_path: Path) -> None:
    learner = review(tmp_path, "several")
    learner.wait_for("Enter submits")
    learner.press("a", "b", "\r")
    learner.wait_for("> 1 Again")
    learner.press("5", "a")
    learner.rate("2")
    learner.wait_for("u takes back")
    assert grades(learner.answers()) == [("several/1", HARD)]


def test_undo_takes_back_answer_after_answer_of_this_session_then_asks(tmp_path: Path) -> None:
    learner = review(tmp_path, "basic", "cloze", "--answered", "reverse/2")
    learner.wait_for("Space shows")
    learner.press(" ")
    learner.rate("1")
    learner.wait_for("[weekly amount]")
    learner.press(" ")
    learner.rate("4")
    learner.wait_for("0 new, 0 to review, 1 to repeat")
    learner.press("u")
    shown = learner.wait_for("1 new, 0 to review, 1 to repeat")
    assert shown.startswith('  Taken back: Easy for "As of 2026, the federal salary level for')
    assert "$684" not in shown
    learner.press("u")
    learner.wait_for('Taken back: Again for "Under federal law, what three tests must an')
    assert learner.answers() == [("reverse/2", "scheduled", GOOD, 5000)]
    learner.press("u")
    shown = learner.wait_for("Take that one back? y or n")
    assert "The newest answer is of Tuesday, December 1, not of this session:" in shown
    assert 'Good for "CMS-1500".' in shown
    learner.press("u", " ", "n")
    shown = learner.wait_for(is_asked)
    assert shown.startswith("  Nothing was taken back.\n──")
    assert "newest answer" not in shown
    learner.press("u")
    learner.wait_for("Take that one back? y or n")
    learner.press("y")
    learner.wait_for('Taken back: Good for "CMS-1500".')
    assert learner.answers() == []
    learner.press("u")
    learner.wait_for("Nothing is left to take back.")


def is_asked(text: str) -> bool:
    """Whether a card is on the screen, down to its prompt."""
    return text.endswith("Space shows the answer   ? keys   q leave")


@pytest.mark.parametrize(
    ("card", "keys", "asked", "again"),
    [
        ("choice", "b", "Choose a to d", "c"),
        ("basic", " ", "Space shows", " "),
        ("calculation", "12\r", "(days):", "40.7\r"),
        ("several", "ab\r", "[x] a  [x] b  [ ] c  [ ] d  [ ] e", "bde\r"),
        ("steps", "abcde\r", "a b c d e   Enter submits", "\x7f" * 5 + "cbade\r"),
    ],
)
def test_undo_before_the_rating_goes_back_to_the_same_question(
    tmp_path: Path, *, card: str, keys: str, asked: str, again: str
) -> None:
    learner = review(tmp_path, card, "cloze", lines=30)
    before = learner.wait_for(lambda text: text.endswith(("q leave", "submits", "takes back")))
    learner.press(keys)
    learner.wait_for("1 to 4   ? keys   q leave")
    learner.press("u")
    shown = learner.wait_for(asked)
    assert shown.startswith("  Back to the question.\n── 2 new")
    assert shown.splitlines()[2:-1] == before.splitlines()[2:-1]
    learner.press(again)
    shown = learner.wait_for("> 3 Good")
    if card != "basic":
        assert "✓ Right" in shown
    learner.rate(" ")
    learner.wait_for("[weekly amount]")
    assert grades(learner.answers()) == [(f"{card}/1", GOOD)]


def test_the_last_answer_can_be_taken_back_at_the_end(tmp_path: Path) -> None:
    learner = review(tmp_path, "basic")
    learner.wait_for("Space shows")
    for rating in "13":
        learner.press(" ")
        learner.rate(rating)
    learner.wait_for("u takes back the last answer")
    learner.press("u")
    learner.wait_for('Taken back: Good for "Under federal law')
    learner.press(" ")
    learner.rate("2")
    learner.wait_for("2 answers saved")
    learner.press("x")
    assert learner.wait_for_end() == 0
    assert grades(learner.answers()) == [("basic/1", AGAIN), ("basic/1", HARD)]


def test_what_a_terminal_says_by_itself_answers_no_card(tmp_path: Path) -> None:
    learner = review(tmp_path, "choice", "basic")
    learner.wait_for("Choose a to d")
    color, place, click = "\x1b]11;rgb:1e1e/1c1c/1a1a\x1b\\", "\x1b[12;40R", "\x1b[M b3"
    for said in (color, place, click, "\x1b[I", "\x1b[200~b\r3\r\x1b[201~", "\x1bP1$r3m\x1b\\"):
        learner.press(said)
    learner.press("c")
    learner.wait_for("> 3 Good")
    for said in (color, place, click):
        learner.press(said)
    learner.rate("4")
    learner.wait_for("Space shows the answer")
    assert grades(learner.answers()) == [("choice/1", EASY)]
    assert b"\x1b[?2004h" in learner.sent


def test_pastes_come_in_brackets_only_while_the_review_has_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "editor").write_text("echo editing\n", encoding="utf-8")
    learner = review(tmp_path, "basic")
    learner.wait_for("Space shows the answer")
    learner.press("v")
    learner.wait_for("Nothing was changed.")
    learner.press("q")
    learner.wait_for_end()
    assert re.findall(rb"2004[hl]|editing", learner.sent) == [
        b"2004h",
        b"2004l",
        b"editing",
        b"2004h",
        b"2004l",
    ]


def test_what_is_typed_before_the_first_card_is_seen_answers_none(tmp_path: Path) -> None:
    learner = review(tmp_path, "basic", "choice")
    learner.press(" 3 3 3\r\r")
    learner.wait_for("Space shows the answer")
    time.sleep(READING_SECONDS)
    learner.press("i")
    learner.wait_for("basic/1: decks/labor.md:42")
    assert learner.answers() == []


def test_space_held_down_for_two_seconds_grades_no_card(tmp_path: Path) -> None:
    learner = review(tmp_path, "basic", "cloze", "reverse")
    learner.wait_for("Space shows the answer")
    for pause in (0.3, *[0.033] * 50):
        learner.press(" ")
        time.sleep(pause)
    learner.wait_for("> 3 Good")
    assert learner.answers() == []
    learner.rate(" ")
    learner.wait_for("[weekly amount]")
    assert grades(learner.answers()) == [("basic/1", GOOD)]
